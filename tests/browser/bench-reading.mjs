// How fast files are read where the page reads them, in a worker: `make bench`. The same files as
// benches/reading.rs reads natively. "opening" is the module `container`, its crates included; "reading" the rest.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { record } from "./figures.mjs";
import { dist, openPage, root } from "./launch.mjs";
import { serve } from "./server.mjs";
import { htmlPage } from "./stage.mjs";

const ROUNDS = Number(process.env.NIANBAO_BENCH_ROUNDS || 9);
const FIXTURES = [
  "containers/numbered.docx",
  "containers/sheets.xlsx",
  "containers/sheets.ods",
  "containers/one-sheet.xls",
  "containers/utf8-base64.mhtml",
  "pdf/writer.pdf",
  "pdf/chromium.pdf",
  "pdf/cid.pdf",
];

/** What the worker does: reads each file again and again, and tells the median times. */
const source = `
  const program = async (name) => {
    const { begin } = await import("./" + name + ".js");
    const begun = begin();
    await begun.default({ module_or_path: name + "_bg.wasm" });
    return begun;
  };
  // The page hears only of what is thrown.
  addEventListener("unhandledrejection", ({ reason }) => {
    throw reason;
  });
  addEventListener("message", async ({ data: { report, files, rounds } }) => {
    const [reader, container, writer, office] = await Promise.all(["reader", "container", "writer", "office"].map(program));
    for (const format of ["html", "docx", "xlsx", "csv", "md", "json"]) {
      files.push({ name: "demo." + format, bytes: (/^(docx|xlsx)$/.test(format) ? office : writer).write(report, format, "zh", [], undefined, []) });
    }
    const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
    postMessage(files.map(({ name, bytes }) => {
      const [opening, reading] = [[], []];
      for (let round = 0; round < rounds; round++) {
        const start = performance.now();
        const document = reader.is_container(bytes) ? container.document(bytes, "zh") : undefined;
        const opened = performance.now();
        document === undefined ? reader.read(bytes, name, "zh", [], "") : reader.read_document(document, name, "zh", [], "");
        opening.push(document === undefined ? 0 : opened - start);
        reading.push(performance.now() - opened);
      }
      const runs = opening.map((time, round) => time + reading[round]);
      return { name, size: bytes.length, runs, opening: median(opening), reading: median(reading) };
    }));
  });`;

const server = await serve(dist);
server.answers["/bench.js"] = { type: "text/javascript; charset=utf-8", body: source };
server.answers["/host.html"] = htmlPage("", "");
const { page, close } = await openPage({});
await page.goto(`${server.url}host.html`);
const files = FIXTURES.map((name) => ({ name, bytes: Array.from(readFileSync(join(root, "tests/fixtures", name))) }));
const report = readFileSync(join(root, "www/demo/2023-suqian.json"), "utf8");
const measured = await page.evaluate(
  ([report, files, rounds]) =>
    new Promise((done, failed) => {
      const worker = new Worker("./bench.js", { type: "module" });
      worker.onerror = (event) => failed(new Error(event.message));
      worker.onmessage = ({ data }) => done(data);
      worker.postMessage({ report, files: files.map(({ name, bytes }) => ({ name, bytes: new Uint8Array(bytes) })), rounds });
    }),
  [report, files, ROUNDS],
);
await close();
await server.close();

console.log(`Reading in a worker of Chromium; medians of ${ROUNDS} rounds.`);
console.log(["file".padEnd(30), "bytes".padStart(9), "opening".padStart(12), "reading".padStart(12), "MB/s".padStart(8)].join(""));
const ms = (time) => `${time.toFixed(2)} ms`;
for (const { name, size, runs, opening, reading } of measured) {
  record(name, "ms", runs);
  const rate = (size / 1e3 / (opening + reading)).toFixed(2);
  console.log([name.padEnd(30), String(size).padStart(9), ms(opening).padStart(12), ms(reading).padStart(12), rate.padStart(8)].join(""));
}
const sum = (of) => measured.reduce((all, file) => all + of(file), 0);
const rate = sum((file) => file.size) / 1e3 / sum((file) => file.opening + file.reading);
record("all of these files", "MB/s", [rate]);
console.log(`all of them: ${rate.toFixed(2)} MB/s`);
