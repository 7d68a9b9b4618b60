// Handsontable: its base with the plugins that are used, nested headers for the heads, merged cells for the labels
// of rows, its main theme by the theme interface, every row drawn, for a report is read and printed as a whole.
import Handsontable from "handsontable/base";
import { NumericCellType, registerCellType } from "handsontable/cellTypes";
import { MergeCells, NestedHeaders, registerPlugin } from "handsontable/plugins";
import { mainTheme, registerTheme } from "handsontable/themes";
import { show } from "./page.mjs";

registerCellType(NumericCellType);
registerPlugin(NestedHeaders);
registerPlugin(MergeCells);
const theme = registerTheme(mainTheme);

const heightOf = (heads) => Math.max(...heads.map(({ heads }) => (heads ? 1 + heightOf(heads) : 1)));
const widthOf = ({ heads }) => (heads ? heads.reduce((sum, head) => sum + widthOf(head), 0) : 1);

/** The rows of headers, a cell that spans several rows in the first of them alone. */
function headers(table) {
  const height = heightOf(table.columns);
  const rows = Array.from({ length: height }, () => []);
  const lay = (heads, level) => {
    for (const head of heads) {
      rows[level].push({ label: head.label, colspan: widthOf(head), rowspan: head.heads ? 1 : height - level });
      if (head.heads) lay(head.heads, level + 1);
      else for (let under = level + 1; under < height; under++) rows[under].push("");
    }
  };
  if (table.depth) rows[0].push({ label: table.corner, colspan: table.depth, rowspan: height });
  for (const row of rows.slice(1)) row.push(...Array(table.depth).fill(""));
  lay(table.columns, 0);
  return rows;
}

/** A label that is the same in several rows is one cell; one with nothing after it reaches up to the figures. */
function merged(table) {
  const cells = [];
  const same = (one, other, level) => other && one.chain.slice(0, level + 1).join() === other.chain.slice(0, level + 1).join();
  table.rows.forEach((row, at) => {
    row.chain.forEach((_, level) => {
      if (same(row, table.rows[at - 1], level)) return;
      let rowspan = 1;
      while (same(row, table.rows[at + rowspan], level)) rowspan++;
      const last = level === row.chain.length - 1;
      const colspan = last ? table.depth - level : 1;
      if (rowspan > 1 || colspan > 1) cells.push({ row: at, col: level, rowspan, colspan });
    });
  });
  return cells;
}

function build(place, table) {
  const labels = Array.from({ length: table.depth }, () => ({ width: table.depth > 1 ? 180 : 300 }));
  const labelsOf = ({ chain }) => labels.map((_, level) => chain[level] ?? "");
  new Handsontable(place, {
    data: table.rows.map((row) => [...labelsOf(row), ...row.figures]),
    columns: [...labels, ...table.leaves.map(() => ({ type: "numeric", width: table.leaves.length > 10 ? 80 : 90 }))],
    nestedHeaders: headers(table),
    mergeCells: merged(table),
    readOnly: true,
    renderAllRows: true,
    width: "100%",
    height: "auto",
    theme,
    licenseKey: "non-commercial-and-evaluation",
  });
}

show({ build, charts: () => import("./chartjs.mjs") });
