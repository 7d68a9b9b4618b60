// Adds up the runs of the ledger, prints them as a table and writes them as Markdown and JSON:
// node scripts/fuzz-figures.mjs LEDGER OUT "TARGET …"
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const [ledger, out, order] = process.argv.slice(2);
const lines = existsSync(ledger) ? readFileSync(ledger, "utf8").split("\n").filter(Boolean) : [];
const figures = new Map();
for (const line of lines) {
  const [target, ...numbers] = line.split("\t");
  const [seconds, inputs, crashes, coverage, features, corpus] = numbers.map(Number);
  const sum = figures.get(target) ?? { target, seconds: 0, inputs: 0, crashes: 0 };
  sum.seconds += seconds;
  sum.inputs += inputs;
  sum.crashes += crashes;
  // A run that ends while it loads its corpus says less than the one before it.
  for (const [name, value] of Object.entries({ coverage, features, corpus })) sum[name] = Math.max(sum[name] ?? 0, value);
  figures.set(target, sum);
}
const wanted = order.split(" ").filter(Boolean);
const place = ({ target }) => (wanted.includes(target) ? wanted.indexOf(target) : wanted.length);
const rows = [...figures.values()].sort((a, b) => place(a) - place(b));
for (const row of rows) {
  row.seconds = Math.round(row.seconds);
  row.perSecond = row.seconds ? Math.round(row.inputs / row.seconds) : 0;
}
const shown = (number) => number.toLocaleString("en");
const cells = (row) =>
  [row.seconds, row.inputs, row.perSecond, row.corpus, row.coverage, row.features, row.crashes].map(shown);
const table = [
  "| target | processor time, s | inputs | inputs/s | corpus | edges | features | crashes |",
  "|---|---:|---:|---:|---:|---:|---:|---:|",
  ...rows.map((row) => `| \`${row.target}\` | ${cells(row).join(" | ")} |`),
].join("\n");
console.log(table);
writeFileSync(`${out}.md`, `${table}\n`);
writeFileSync(`${out}.json`, `${JSON.stringify(rows, null, 2)}\n`);
