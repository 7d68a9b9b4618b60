// AG Grid Community: the modules that are used, column groups for the heads, row spanning for the labels of rows,
// a height that follows the rows, as its documentation advises for few of them.
import { CellSpanModule, CellStyleModule, ClientSideRowModelModule, ModuleRegistry, RowAutoHeightModule, createGrid } from "ag-grid-community";
import { show } from "./page.mjs";
import { recordOf, withLabels } from "./report.mjs";

ModuleRegistry.registerModules([ClientSideRowModelModule, CellSpanModule, CellStyleModule, RowAutoHeightModule]);

const column = ({ id, label, heads }) =>
  heads
    ? { headerName: label, children: heads.map(column) }
    : { headerName: label, field: id, type: "rightAligned", flex: 1, minWidth: 70, wrapHeaderText: true, autoHeaderHeight: true };

/** Cells are spanned where neighbours are equal; what has no label at a level is never one with its neighbour. */
const labelColumn = (field, headerName) => ({
  headerName,
  field,
  flex: 2,
  minWidth: 120,
  wrapText: true,
  autoHeight: true,
  spanRows: ({ valueA, valueB }) => Boolean(valueA) && valueA === valueB,
});

function build(place, table) {
  const group = (headerName, children) => ({ headerName, children });
  return new Promise((built) => {
    createGrid(place, {
      columnDefs: [...withLabels(table, group, labelColumn), ...table.columns.map(column)],
      rowData: table.rows.map((row) => recordOf(table, row)),
      defaultColDef: { sortable: false, resizable: false, suppressMovable: true },
      domLayout: "autoHeight",
      enableCellSpan: true,
      onFirstDataRendered: () => built(),
    });
  });
}

show({ build, charts: () => import("./echarts.mjs") });
