// What a page does that adds its sums up by itself: the relations between rows and columns that the form states,
// and nothing else. The same for every peer.

/** The rows or columns of a tree of heads, in order. */
const ids = (heads) => heads.flatMap(({ id, heads }) => (heads ? ids(heads) : [id]));

/** Every relation: its name, what is equal, and to what. */
function* relations(form, figure) {
  const sum = (addresses) => addresses.reduce((whole, address) => whole + figure(address), 0);
  const named = (name) => form.tables.find(({ id }) => id === name);
  for (const name of ["requests", "disputes"]) {
    const parts = ids(named(name).columns).filter((column) => column !== "total");
    for (const row of ids(named(name).rows)) {
      yield [`${name}.${row}: 总计`, sum(parts.map((column) => `${name}.${row}.${column}`)), figure(`${name}.${row}.total`)];
    }
  }
  const apart = ["received", "carried_in", "handled_total", "carried_out"];
  const handled = ids(named("requests").rows).filter((row) => !apart.includes(row));
  for (const column of ids(named("requests").columns)) {
    const at = (row) => `requests.${row}.${column}`;
    yield [`${column}: 三（七）总计`, sum(handled.map(at)), figure(at("handled_total"))];
    yield [`${column}: 一＋二＝三＋四`, sum([at("received"), at("carried_in")]), sum([at("handled_total"), at("carried_out")])];
  }
}

/** How many relations there are, and those that do not hold. */
export function check(form, figures) {
  const all = [...relations(form, (address) => figures[address])];
  return { count: all.length, failing: all.filter(([, is, shouldBe]) => is !== shouldBe) };
}
