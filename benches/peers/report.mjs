// The report as every peer gets it: rows and columns with the chains of heads over them, and the figures.
// `form` is the form's tables as a page would write them down, made from forms/ when the pages are built.
import form from "form";

/** The cells at the ends of a tree of heads, each with the labels from the top down to its own. */
function leaves(heads, above = []) {
  return heads.flatMap((head) => {
    const chain = [...above, head.label];
    return head.heads ? leaves(head.heads, chain) : [{ id: head.id, address: head.address, chain }];
  });
}

/** A table that is printed across has its columns again under each of its rows, and a single row of figures. */
function laidAcross(heads, columns) {
  return heads.map(({ id, label, heads }) => ({
    label,
    heads: heads ? laidAcross(heads, columns) : columns.map((column) => ({ ...column, id: `${id}-${column.id}`, address: `${id}.${column.id}` })),
  }));
}

/** The tables as they are printed: heads, and rows of figures as a peer's data. */
function tablesOf({ figures }, across) {
  return form.tables.map((table) => {
    const turned = across && table.across;
    const columns = turned ? laidAcross(table.rows, table.columns) : table.columns;
    const ends = leaves(columns);
    const rows = turned ? [{ chain: [] }] : leaves(table.rows);
    const figure = (row, column) => figures[`${table.id}.${column.address ?? `${row.id}.${column.id}`}`];
    return {
      ...table,
      columns,
      leaves: ends,
      // How many columns the labels of the rows take.
      depth: Math.max(...rows.map(({ chain }) => chain.length)),
      rows: rows.map((row) => ({ ...row, figures: ends.map((column) => figure(row, column)) })),
    };
  });
}

/** A row as an object: `label0`, `label1`, … and a figure under each column's id. */
export function recordOf(table, row) {
  const record = {};
  for (let level = 0; level < table.depth; level++) record[`label${level}`] = row.chain[level] ?? "";
  table.leaves.forEach(({ id }, at) => (record[id] = row.figures[at]));
  return record;
}

/** The columns of labels: one has the corner of the table as its head, several stand under it; some tables have none. */
export function withLabels({ depth, corner }, group, labelColumn) {
  if (depth < 2) return depth ? [labelColumn("label0", corner)] : [];
  return [group(corner, Array.from({ length: depth }, (_, level) => labelColumn(`label${level}`, "")))];
}

/** The sections in the order of the form: heading, paragraphs, tables. */
export function sectionsOf(report, across) {
  const paragraphs = (text) => (text ?? "").split(/\n\n+/).filter(Boolean);
  const tables = tablesOf(report, across);
  const parts = form.sections.map(({ id, tables: ids }, at) => ({
    heading: report.headings[at],
    paragraphs: paragraphs(report.sections[id]),
    tables: tables.filter((table) => ids.includes(table.id)),
  }));
  return [{ heading: undefined, paragraphs: paragraphs(report.sections.preamble), tables: [] }, ...parts];
}
