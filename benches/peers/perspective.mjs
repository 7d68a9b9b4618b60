// Perspective: its ES modules with both of its programs fetched beside the bundle and announced by the page, one
// viewer a table, one worker for all. It has neither merged heads nor merged rows but those of a pivot, so that a
// row or a column carries the labels of all its heads, and the table that is printed across stands by rows.
import perspective from "@perspective-dev/client";
import SERVER from "@perspective-dev/server/dist/wasm/perspective-server.wasm";
import perspectiveViewer from "@perspective-dev/viewer";
import CLIENT from "@perspective-dev/viewer/dist/wasm/perspective-viewer.wasm";
import "@perspective-dev/viewer-datagrid";
import "@perspective-dev/viewer/dist/css/pro.css";
import { show } from "./page.mjs";

const started = Promise.all([perspective.init_server(fetch(SERVER)), perspectiveViewer.init_client(fetch(CLIENT))]).then(() => perspective.worker());

/** A viewer of these records. */
async function view(place, name, schema, records, config) {
  const client = await started;
  const table = await client.table(schema, { name });
  await table.update(records);
  const viewer = document.createElement("perspective-viewer");
  place.append(viewer);
  // A report is searched and printed as a whole: what is further down the page is drawn too.
  viewer.setAutoPause(false);
  await viewer.load(client);
  await viewer.restore({ table: name, settings: false, theme: "Pro Light", ...config });
  await viewer.flush();
  return viewer;
}

// The shortest part of the chain that is one column's alone.
function columnNames(columns) {
  const named = columns.map(({ chain }) => chain.at(-1));
  return columns.map(({ chain }, at) => (named.indexOf(named[at]) === named.lastIndexOf(named[at]) ? named[at] : chain.join(" ")));
}

async function build(place, table) {
  place.style.height = `${table.rows.length * 23 + 120}px`;
  const figures = columnNames(table.leaves);
  const exact = table.rows.some((row) => row.figures.some((figure) => !Number.isInteger(figure)));
  // The labels of the rows are a column of text.
  const labels = table.depth ? [table.corner] : [];
  const schema = { ...Object.fromEntries(labels.map((name) => [name, "string"])), ...Object.fromEntries(figures.map((name) => [name, exact ? "float" : "integer"])) };
  const records = table.rows.map((row) => ({
    ...Object.fromEntries(labels.map((name) => [name, row.chain.join(" ")])),
    ...Object.fromEntries(row.figures.map((figure, at) => [figures[at], figure])),
  }));
  const columns_config = exact ? Object.fromEntries(figures.map((name) => [name, { number_format: { maximumFractionDigits: 4 } }])) : {};
  await view(place, table.id, schema, records, { plugin: "Datagrid", title: table.name, columns: [...labels, ...figures], columns_config });
}

async function charts() {
  const { draw } = await import("./d3fc.mjs");
  return { draw: (drawings, placed) => draw(drawings, placed, view) };
}

show({ build, charts, across: false });
