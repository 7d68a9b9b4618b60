// The report as one file without network, beside what else there is for that: `make bench`, or alone
// `make bench-offline`. How large the files are, and how long it takes from the double click until every figure stands
// with the result of the check, with a processor that is throttled; all in one run.
//
//   node tests/browser/bench-offline.mjs            measures, prints a table, leaves it in target/bench/offline.md and .json
//   node tests/browser/bench-offline.mjs --check    only looks whether every file shows every figure; pictures are left
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { buildHandsontable, buildIxbrl } from "../../benches/peers/singles.mjs";
import { dist, openPage, root } from "./launch.mjs";
import { serve } from "./server.mjs";
import { cell, median, mustStand, recordAll, rest, watch } from "./standing.mjs";
import { addressesOf, htmlPage, readJson, script } from "./stage.mjs";

const TIMES = Number(process.env.NIANBAO_BENCH_TIMES || 5);
const THROTTLE = Number(process.env.NIANBAO_BENCH_THROTTLE || 4);
const AFTER = 1000;

const looking = process.argv.includes("--check");
const out = join(root, "target/bench/offline");
mkdirSync(out, { recursive: true });
const report = readJson("www/demo/2023-suqian.json");
const form = readJson(`forms/${report.form}.json`);
const figures = addressesOf(form).flatMap(({ rows }) => rows.flat().map((address) => report.figures[address]));

const { IXBRL_VIEWER_VERSION: viewerVersion } = process.env;
const [, version] = /^version = "(.*)"/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"));
const handsontable = `Handsontable ${readJson("benches/peers/package.json").dependencies.handsontable}`;
const own = { within: "nianbao-report", alone: true, result: "#counts", says: /核对无误/, cells: "td[data-cell]", count: figures.length };
const table = { within: undefined, result: "#result", says: /全部成立/, cells: ".ht_master td", chart: ".chart", drawn: "body[data-charts=drawn]", count: figures.length };

/** The files: what they are, and how to see that they stand. */
const files = {
  view: { name: `nianbao ${version}, to read`, options: { mode: "view", charts: false, formats: false }, ...own },
  charts: { name: "… with charts", options: { mode: "view", charts: true, formats: false }, ...own },
  "charts-formats": { name: "… with charts and office formats", options: { mode: "view", charts: true, formats: true }, ...own },
  edit: { name: "nianbao, to fill in (charts are in it)", options: { mode: "edit", formats: false }, ...own },
  "edit-formats": { name: "… with office formats", options: { mode: "edit", formats: true }, ...own },
  "handsontable-plain": { name: `${handsontable}, tables`, ...table },
  "handsontable-charts": { name: "… with charts", ...table, charts: 4, wantsCharts: true },
  ixbrl: { name: `ixbrl-viewer ${viewerVersion}, two files`, with: "ixbrlviewer.js", result: "#ixv.post-processing-complete", cells: "td[data-cell]", frames: true, count: figures.length },
};

const pathOf = (id) => join(out, `${id}.html`);

/** Writes all files: ours by the element itself, as a reader would save them. */
async function writeFiles() {
  buildHandsontable(out, report);
  const server = await serve(dist);
  const { page, close } = await openPage();
  server.answers["/bench.html"] = htmlPage("<nianbao-report src=report.json></nianbao-report>", script);
  server.answers["/report.json"] = { status: 200, type: "application/json", body: readFileSync(join(root, "www/demo/2023-suqian.json")) };
  try {
    await page.goto(`${server.url}bench.html`);
    const write = (format, options) =>
      page.evaluate(async ([format, options]) => {
        const element = document.querySelector("nianbao-report");
        await customElements.whenDefined("nianbao-report");
        await element.check();
        return (await element.exportAs(format, options)).text();
      }, [format, options]);
    for (const [id, { options }] of Object.entries(files)) if (options) writeFileSync(pathOf(id), await write("offline", options));
    const viewer = readFileSync(join(process.env.IXBRL_VIEWER_HOME, "ixbrlviewer.js"), "utf8");
    buildIxbrl(out, report, await write("html", {}), viewer);
  } finally {
    await close();
    await server.close();
  }
}

/** Opens a file as a double click does; `slow` throttles the processor. */
async function open(id, slow) {
  const opened = await openPage({ viewport: { width: 1280, height: 900 }, offline: true });
  const { page } = opened;
  page.setDefaultTimeout(60_000);
  const { within, alone, frames, result, cells, chart, charts, drawn, count, wantsCharts } = files[id];
  // The program of the page starts here, so that what is measured has one that is ready.
  await page.goto(pathToFileURL(join(out, "blank.html")).href);
  await page.addInitScript(watch, { within, alone, frames, result, cells, chart, charts, drawn, count, wantsCharts });
  const asked = [];
  page.on("request", (request) => /^(https?|wss?):/.test(request.url()) && asked.push(request.url()));
  const session = await page.context().newCDPSession(page);
  if (slow) await session.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
  await page.goto(pathToFileURL(pathOf(id)).href, { waitUntil: "commit" });
  return { ...opened, asked };
}

async function measure(id, slow) {
  const { page, asked, complaints, close } = await open(id, slow);
  try {
    await rest(page, AFTER);
    const taken = await page.evaluate(() => ({
      stood: Math.max(window.bench.stood, window.bench.drawn || 0),
      painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
      blocked: window.bench.tasks.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0),
    }));
    await mustStand(page, figures, files[id].says);
    if (asked.length) throw new Error(`It asked for ${asked.join(" ")}`);
    if (!slow) await page.screenshot({ path: join(out, `${id}.png`) });
    const parts = [pathOf(id), ...(files[id].with ? [join(out, files[id].with)] : [])].map((path) => readFileSync(path));
    const sum = (sizes) => sizes.reduce((one, other) => one + other, 0);
    return { ...taken, size: sum(parts.map(({ length }) => length)), packed: sum(parts.map((part) => gzipSync(part, { level: 9 }).length)) };
  } catch (error) {
    throw new Error(`${id}: ${error.message} The page complained: ${complaints.join("; ") || "of nothing"}`, { cause: error });
  } finally {
    await close();
  }
}

const columns = [
  { head: "file, kB", of: ({ size }) => size, unit: 1000, digits: 0 },
  { head: "… zipped, kB", of: ({ packed }) => packed, unit: 1000, digits: 0 },
  { head: "first paint, s", of: ({ painted }) => painted, unit: 1000, digits: 2 },
  { head: "ready, s", of: ({ stood }) => stood, unit: 1000, digits: 2 },
  { head: "blocked, ms", of: ({ blocked }) => blocked, unit: 1, digits: 0 },
];

async function bench() {
  const { browser, close } = await openPage();
  const chromium = browser.version();
  await close();
  const runs = Object.fromEntries(Object.keys(files).map((id) => [id, []]));
  for (let time = 0; time < TIMES; time++) {
    for (const id of Object.keys(files)) {
      process.stderr.write(`\r${time + 1}/${TIMES} ${id}\x1b[K`);
      runs[id].push(await measure(id, true));
    }
  }
  process.stderr.write("\r\x1b[K");
  recordAll(runs, Object.fromEntries(Object.entries(files).map(([id, { name }]) => [id, name])), columns);
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rows = Object.entries(files).map(([id, { name }]) => line([name, ...columns.map((column) => cell(runs[id], runs.view, column))]));
  const circumstances = [
    `Chromium ${chromium} from file://, no network, processor throttled ${THROTTLE} times (${cpus().length} × ${cpus()[0].model}, Linux ${release()})`,
    `median of ${TIMES} runs (least–most), ×: how many times the first one’s`,
  ];
  const text = [...circumstances.map((line) => `- ${line}`), "", line(["", ...columns.map(({ head }) => head)]), line(["---", ...columns.map(() => "---:")]), ...rows, ""].join("\n");
  writeFileSync(join(root, "target/bench/offline.md"), text);
  writeFileSync(join(root, "target/bench/offline.json"), JSON.stringify({ circumstances, runs }, null, 1));
  console.log(text);
}

/** Opens every file as fast as it goes, looks at it and leaves a picture. */
async function look() {
  for (const id of Object.keys(files)) {
    const outcome = await measure(id, false).then(({ size, stood }) => `ok ${id}: ${size} bytes, ${Math.round(stood)} ms`, (error) => `not ok ${error.message}`);
    if (outcome.startsWith("not")) process.exitCode = 1;
    console.log(outcome);
  }
}

writeFileSync(join(out, "blank.html"), "<!doctype html><title>blank</title>");
await writeFiles();
await (looking ? look() : bench());
