// Perspective's own charts. A flow is not among them.
import "@perspective-dev/viewer-d3fc";

/** `view` makes a viewer: it is handed over, so that what both use stays in the first bundle. */
export async function draw({ applicants, outcomes, disputes }, placed, view) {
  const bars = (name, rows) => view(placed("chart"), name, { name: "string", value: "integer" }, rows, { plugin: "X Bar", group_by: ["name"], columns: ["value"] });
  await bars("applicants", applicants);
  await bars("outcomes", outcomes);
  const records = disputes.series.flatMap(({ name, data }) => data.map((value, at) => ({ route: disputes.rows[at], result: name, value })));
  const schema = { route: "string", result: "string", value: "integer" };
  await view(placed("chart"), "disputes_chart", schema, records, { plugin: "X Bar", group_by: ["route"], split_by: ["result"], columns: ["value"] });
}
