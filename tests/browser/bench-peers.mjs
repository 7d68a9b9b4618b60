// The widget beside what else a portal could build the same report with: `make bench`, or alone `make bench-peers`.
// Bytes, time until the tables stand with the result of their check, blocking time, memory, all in one run, over the
// same slow line and with the same slow processor; see benches/peers/README.md for what each page is.
//
//   node tests/browser/bench-peers.mjs            measures, prints a table, leaves it in target/bench/peers.md and .json
//   node tests/browser/bench-peers.mjs --check    only looks whether every page shows every figure; pictures are left
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { cpus, release } from "node:os";
import { extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { buildPeers, pageOf, peers } from "../../benches/peers/build.mjs";
import { dist, openPage, root } from "./launch.mjs";
import { serve } from "./server.mjs";
import { addressesOf, readJson } from "./stage.mjs";
import { cell, median, mustStand, recordAll, rest, watch } from "./standing.mjs";

const TIMES = Number(process.env.NIANBAO_BENCH_TIMES || 5);
const THROTTLE = Number(process.env.NIANBAO_BENCH_THROTTLE || 4);
// "Slow 4G" of Chromium's developer tools: 1.6 Mbit/s down, 0.75 up, 150 ms there and back. What is set for each
// request is what the tools set: nine tenths of the rate, and 3.75 times the way, for opening a connection too.
const LINE = { offline: false, latency: 150 * 3.75, downloadThroughput: ((1.6e6 / 8) * 9) / 10, uploadThroughput: ((0.75e6 / 8) * 9) / 10 };
// How long a page is watched after it stands: what it blocks then counts too.
const AFTER = 2000;
const PATIENCE = 180_000;
const ICON = "/favicon.ico";

const out = join(root, "target/bench");
const site = join(out, "peers");
const report = buildPeers(site);
const form = readJson(`forms/${report.form}.json`);
/** The figures of all tables in the order in which they are read. */
const figures = addressesOf(form).flatMap(({ rows }) => rows.flat().map((address) => report.figures[address]));

/**
 * How to see in a page that its tables stand: where they are, what shows the result of the check and what it says,
 * what a cell is and what a chart is; `charts` says how many there have to be.
 */
const peerPage = (cells, within) => ({ within, result: "#result", says: /核对了 42 条关系，全部成立/, cells, chart: ".chart", drawn: "body[data-charts=drawn]" });
const own = { within: "nianbao-report", result: "#counts", says: /核对无误/, cells: "td[data-cell]", chart: "figure", charts: 4 };
const pages = {
  widget: { name: `nianbao ${readVersion()}`, ...own },
  // One element shows the one or the other: for both, a page has two. This page has one.
  switched: { name: `nianbao ${readVersion()}, charts alone`, ...own, count: 0, only: "charts" },
  tabulator: { ...peers.tabulator, ...peerPage(".tabulator-cell"), charts: 4 },
  "ag-grid": { ...peers["ag-grid"], ...peerPage(".ag-cell"), charts: 4 },
  handsontable: { ...peers.handsontable, ...peerPage(".ht_master td"), charts: 4 },
  // Its charts have no flow.
  perspective: { ...peers.perspective, ...peerPage("td", "perspective-viewer-datagrid"), charts: 3 },
  static: { name: "static HTML, no check", cells: "td", chart: "figure", charts: 4 },
};
const setUps = { tables: "Tables with the result of their check", charts: "Tables and charts" };

function readVersion() {
  return /^version = "(.*)"/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))[1];
}

const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml" };
const looking = process.argv.includes("--check");
/** Everything goes over the line as a well-kept server sends it; where it is not measured, how small is the same. */
function packed(body, name) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: looking ? 1 : 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  return { status: 200, type: types[extname(name)], headers: { "cache-control": "max-age=600" }, encoding: "br", body: brotliCompressSync(body, { params }) };
}

function* filesIn(folder, under = "") {
  for (const name of readdirSync(join(folder, under))) {
    const path = under ? `${under}/${name}` : name;
    if (statSync(join(folder, path)).isDirectory()) yield* filesIn(folder, path);
    else if (types[extname(name)]) yield path;
  }
}

/** Pages with these headers may ask the browser how much memory they hold. */
const isolated = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

async function serveAll() {
  const server = await serve(site, { headers: isolated });
  const answer = (path, body) => (server.answers[`/${path}`] = packed(Buffer.from(body), path));
  for (const path of filesIn(site)) answer(path, readFileSync(join(site, path)));
  for (const path of filesIn(dist)) answer(`widget/${path}`, readFileSync(join(dist, path)));
  answer("widget/report.json", JSON.stringify(report, null, 2));
  const script = '<script type="module" src="nianbao.js"></script>';
  const element = (attribute) => `<nianbao-report src="report.json"${attribute}></nianbao-report>`;
  answer("widget/tables.html", pageOf(report.title, script, element(""), false));
  // As on the pages of the peers, what draws comes after the tables.
  const then = `<script type="module">document.querySelector("nianbao-report").addEventListener("nianbao-ready",({target})=>target.insertAdjacentHTML("afterend",'${element(' view="charts"')}'),{once:true})</script>`;
  answer("widget/charts.html", pageOf(report.title, script, element("") + then, false));
  answer("widget/switched.html", pageOf(report.title, script, element(' view="charts"'), false));
  answer("blank.html", pageOf("", "", "", false));
  for (const [setUp, text] of Object.entries(await writeStatic(server.url))) answer(`static/${setUp}.html`, text);
  return server;
}

/** The page without script, as the widget itself saves it. */
async function writeStatic(url) {
  const { page, close } = await openPage();
  await page.goto(`${url}widget/tables.html`);
  const written = await page.evaluate(async () => {
    const element = document.querySelector("nianbao-report");
    await customElements.whenDefined("nianbao-report");
    await element.check();
    const text = async (options) => (await element.exportAs("html", options)).text();
    return { tables: await text({}), charts: await text({ charts: true }) };
  });
  await close();
  return written;
}

const addressOf = (id, setUp) => (id === "switched" ? "widget/switched" : `${id}/${setUp}`);
/** The pages with what they show, each once. */
const all = Object.entries(pages).flatMap(([id, { only }]) => Object.keys(setUps).filter((setUp) => (only ?? setUp) === setUp).map((setUp) => [id, setUp]));

/** Opens a page of the site; `slow` puts it on the slow line. */
async function open(server, id, setUp, slow) {
  const opened = await openPage({ viewport: { width: 1280, height: 900 } }, ["--enable-blink-features=ForceEagerMeasureMemory"]);
  const { page } = opened;
  page.setDefaultTimeout(PATIENCE);
  const { within, result, cells, chart, charts, drawn, count = figures.length } = pages[id] ?? {};
  // The program of the page starts here, so that what is measured has one that is ready.
  await page.goto(`${server.url}blank.html`);
  if (pages[id]) await page.addInitScript(watch, { within, result, cells, chart, charts, drawn, count, wantsCharts: setUp === "charts" });
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Performance.enable");
  const traffic = { bytes: 0, requests: 0 };
  const counted = new Set();
  session.on("Network.requestWillBeSent", ({ request, requestId }) => {
    // Browsers ask for an icon whatever the page is.
    if (!request.url.startsWith("http") || request.url.endsWith(ICON)) return;
    counted.add(requestId);
    traffic.requests++;
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => counted.has(requestId) && (traffic.bytes += encodedDataLength));
  if (slow) {
    await session.send("Network.emulateNetworkConditions", LINE);
    await session.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
  }
  server.requests.length = 0;
  if (pages[id]) await page.goto(`${server.url}${addressOf(id, setUp)}.html`, { waitUntil: "commit" });
  return { ...opened, session, traffic };
}

/** Throws unless the page shows every figure, in order, the result of the check, and every chart it has to. */
async function mustShow(page, id, setUp) {
  await mustStand(page, figures.slice(0, pages[id].count), pages[id].says);
  const empty = setUp === "charts" ? await page.evaluate(() => window.bench.emptyCharts()) : 0;
  if (empty) throw new Error(`${empty} of its charts are empty.`);
}

/** What the page's own process has written for itself alone, in bytes; undefined where the system does not tell. */
async function privateMemory(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const sizes = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => privateOf(id)).filter(Boolean);
  return sizes.length ? Math.max(...sizes) : undefined;
}

function privateOf(process) {
  try {
    const lines = readFileSync(`/proc/${process}/smaps_rollup`, "utf8").matchAll(/^Private_Dirty:\s+(\d+) kB/gm);
    return [...lines].reduce((sum, [, size]) => sum + Number(size) * 1024, 0);
  } catch {
    return undefined;
  }
}

async function memory({ browser, page, session }) {
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  // What is still compiled in the background takes memory that it gives back.
  await page.waitForTimeout(1000);
  for (let time = 0; time < 3; time++) await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const metric = (name) => metrics.find((metric) => metric.name === name).value;
  const whole = await page.evaluate(() => (performance.measureUserAgentSpecificMemory ? performance.measureUserAgentSpecificMemory() : undefined));
  return { heap: metric("JSHeapUsedSize"), nodes: metric("Nodes"), page: whole?.bytes, kinds: whole && kindsOf(whole), process: await privateMemory(browser) };
}

/** What the browser says of a page's memory, by kind. */
function kindsOf({ breakdown }) {
  const kinds = {};
  for (const { bytes, types } of breakdown) if (bytes) kinds[types.join("+") || "other"] = (kinds[types.join("+") || "other"] ?? 0) + bytes;
  return kinds;
}

async function measure(server, id, setUp) {
  const stage = await open(server, id, setUp, true);
  const { page, traffic, complaints, close } = stage;
  try {
    await rest(page, AFTER);
    const taken = await page.evaluate((after) => {
      const { stood, drawn, tasks } = window.bench;
      const end = (drawn || stood) + after;
      const files = performance.getEntriesByType("resource").map(({ name, startTime, responseEnd, encodedBodySize }) => ({ name: name.slice(name.lastIndexOf("/") + 1), startTime, responseEnd, encodedBodySize }));
      return {
        stood,
        drawn: drawn && Math.max(drawn, stood),
        painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
        blocked: tasks.filter(({ startTime }) => startTime < end).reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0),
        tasks,
        files,
      };
    }, AFTER);
    await mustShow(page, id, setUp);
    // What a worker asks for by itself would not be counted.
    const asked = server.requests.filter((path) => path !== ICON).length;
    if (asked > traffic.requests) throw new Error(`${asked} requests came, ${traffic.requests} were counted: ${server.requests.join(" ")}`);
    // Where there are charts alone, no tables stand.
    if (pages[id].count === 0) taken.stood = undefined;
    return { ...taken, bytes: traffic.bytes, requests: asked, ...(await memory(stage)) };
  } catch (error) {
    throw new Error(`${id}/${setUp}: ${error.message} The page complained: ${complaints.join("; ") || "of nothing"}`, { cause: error });
  } finally {
    await close();
  }
}

async function measureBlank(server) {
  const stage = await open(server, "blank", "", false);
  const taken = await memory(stage);
  await stage.close();
  return taken;
}

const columnsOf = (setUp, blank) => [
  { head: "on the wire, kB", of: ({ bytes }) => bytes, unit: 1000, digits: 1 },
  { head: "requests", of: ({ requests }) => requests, unit: 1, digits: 0 },
  { head: "tables stand, s", of: ({ stood }) => stood, unit: 1000, digits: 2 },
  ...(setUp === "charts" ? [{ head: "charts too, s", of: ({ drawn }) => drawn, unit: 1000, digits: 2 }] : []),
  { head: "first paint, s", of: ({ painted }) => painted, unit: 1000, digits: 2 },
  { head: "blocked, ms", of: ({ blocked }) => blocked, unit: 1, digits: 0 },
  { head: "script heap, MB", of: ({ heap }) => heap, unit: 1e6, digits: 1 },
  { head: "page’s memory, MB", of: ({ page }) => page, unit: 1e6, digits: 1 },
  { head: "process over a blank page, MB", of: ({ process }) => process && process - blank, unit: 1e6, digits: 1 },
  { head: "nodes", of: ({ nodes }) => nodes, unit: 1, digits: 0 },
];

function tableOf(setUp, runs, blank) {
  const columns = columnsOf(setUp, blank);
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rows = Object.entries(pages).filter(([id]) => runs[id].length).map(([id, { name }]) => line([name, ...columns.map((column) => cell(runs[id], runs.widget, column))]));
  return [`### ${setUps[setUp]}`, "", line(["", ...columns.map(({ head }) => head)]), line(["---", ...columns.map(() => "---:")]), ...rows].join("\n");
}

async function bench(server) {
  const { browser, close } = await openPage();
  const chromium = browser.version();
  await close();
  const blanks = [];
  const runs = Object.fromEntries(Object.keys(setUps).map((setUp) => [setUp, Object.fromEntries(Object.keys(pages).map((id) => [id, []]))]));
  // One after the other, time after time: what disturbs the machine meets all alike.
  for (let time = 0; time < TIMES; time++) {
    blanks.push(await measureBlank(server));
    for (const [id, setUp] of all) {
      process.stderr.write(`\r${time + 1}/${TIMES} ${id} ${setUp}\x1b[K`);
      runs[setUp][id].push(await measure(server, id, setUp));
    }
  }
  process.stderr.write("\r\x1b[K");
  const blank = median(blanks.map(({ process }) => process));
  const names = Object.fromEntries(Object.entries(pages).map(([id, { name }]) => [id, name]));
  for (const setUp of Object.keys(setUps)) recordAll(runs[setUp], names, columnsOf(setUp, blank), `${setUps[setUp]}: `);
  const circumstances = [
    `Chromium ${chromium}, processor throttled ${THROTTLE} times (${cpus().length} × ${cpus()[0].model}, Linux ${release()})`,
    `Slow 4G of Chromium’s developer tools: ${(LINE.downloadThroughput * 8) / 1e6} Mbit/s down, ${LINE.latency} ms each request; HTTP/1.1, everything Brotli at quality 11, nothing cached`,
    `median of ${TIMES} runs (least–most), ×: how many times the widget’s`,
  ];
  const text = [...circumstances.map((line) => `- ${line}`), "", ...Object.keys(setUps).flatMap((setUp) => [tableOf(setUp, runs[setUp], blank), ""])].join("\n");
  writeFileSync(join(out, "peers.md"), text);
  writeFileSync(join(out, "peers.json"), JSON.stringify({ circumstances, names, blanks, runs }, null, 1));
  console.log(text);
}

/** Opens every page as fast as it goes, looks at it and leaves a picture; says whether all show what they should. */
async function look(server) {
  let failed = 0;
  const pictures = join(out, "pictures");
  mkdirSync(pictures, { recursive: true });
  for (const [id, setUp] of all) {
    const { page, close } = await open(server, id, setUp, false);
    const failure = await rest(page, 500).then(() => mustShow(page, id, setUp)).then(() => undefined, (error) => error);
    await page.screenshot({ path: join(pictures, `${id}-${setUp}.png`), fullPage: true });
    const { count = figures.length, charts } = pages[id];
    console.log(`${failure ? "not ok" : "ok"} ${id}/${setUp}: ${failure ? failure.message : `${count} figures, ${setUp === "charts" ? charts : 0} charts or more`}`);
    failed += failure ? 1 : 0;
    await close();
  }
  process.exitCode = failed ? 1 : 0;
}

mkdirSync(out, { recursive: true });
const server = await serveAll();
try {
  await (looking ? look(server) : bench(server));
} finally {
  await server.close();
}
