// Tabulator: its core with the modules that are used, column groups for the heads. It merges no cells of rows, so
// that the label of a group stands in the first of its rows alone.
import { FormatModule, Tabulator } from "tabulator-tables";
import "tabulator-tables/dist/css/tabulator.min.css";
import { show } from "./page.mjs";
import { recordOf, withLabels } from "./report.mjs";

Tabulator.registerModule([FormatModule]);

const column = ({ id, label, heads }) =>
  heads
    ? { title: label, headerHozAlign: "center", columns: heads.map(column) }
    : { title: label, field: id, hozAlign: "right", headerHozAlign: "center", headerWordWrap: true, minWidth: 80 };

/** Each label once, where its group begins. */
function records(table) {
  let before = [];
  return table.rows.map((row) => {
    const record = recordOf(table, row);
    const repeated = row.chain.map((label, level) => row.chain.slice(0, level + 1).join() === before.slice(0, level + 1).join());
    repeated.forEach((repeats, level) => repeats && (record[`label${level}`] = ""));
    before = row.chain;
    return record;
  });
}

function build(place, table) {
  const label = (field, title) => ({ title, field, headerHozAlign: "center", formatter: "textarea", minWidth: 120, widthGrow: 2 });
  const group = (title, columns) => ({ title, headerHozAlign: "center", columns });
  return new Promise((built) => {
    new Tabulator(place, {
      data: records(table),
      layout: "fitColumns",
      columns: [...withLabels(table, group, label), ...table.columns.map(column)],
    }).on("tableBuilt", built);
  });
}

show({ build, charts: () => import("./echarts.mjs") });
