// How long it takes from a click to the painted charts, beside a bare page on which ECharts, tree-shaken, draws the
// same ones; and what a key costs while charts follow the figures: `make bench`.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { formOf } from "../../benches/peers/build.mjs";
import { drawingsOf } from "../../benches/peers/drawings.mjs";
import { optionsOf } from "../../benches/peers/echarts-options.mjs";
import { record } from "./figures.mjs";
import { dist, openPage, root } from "./launch.mjs";
import { serve } from "./server.mjs";
import { htmlPage, json, readJson, script, showsAReport } from "./stage.mjs";

const THROTTLE = Number(process.env.NIANBAO_BENCH_THROTTLE || 4);
const TIMES = Number(process.env.NIANBAO_BENCH_TIMES || 9);
const KEYS = Number(process.env.NIANBAO_BENCH_KEYS || 100);
// What Lighthouse calls a slow 4G line.
const SLOW = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };

const report = readJson("www/demo/2023-suqian.json");

/** What ECharts draws: who asks, what became of it, from received to handled, and disputes. */
function options() {
  const requests = formOf(readJson(`forms/${report.form}.json`)).tables.find(({ id }) => id === "requests");
  return optionsOf(drawingsOf(requests.rows, report.figures));
}

/** ECharts with what these charts need and nothing else. */
function bundle() {
  const out = join(root, "target/bench/echarts.js");
  execFileSync("esbuild", [join(root, "benches/peers/echarts-core.mjs"), "--bundle", "--minify", "--format=esm", "--target=chrome83", "--log-level=error", `--outfile=${out}`]);
  return readFileSync(out);
}

const types = { ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".wasm": "application/wasm" };
/** Everything goes over the line as a well-kept server sends it. */
const packed = (body, type) => ({ status: 200, type, encoding: "br", body: brotliCompressSync(body) });
const echarts = bundle();
const server = await serve(dist);
for (const name of readdirSync(dist).filter((name) => types[extname(name)])) {
  server.answers[`/${name}`] = packed(readFileSync(join(dist, name)), types[extname(name)]);
}
server.answers["/echarts.js"] = packed(echarts, types[".js"]);
server.answers["/report.json"] = json(report);
server.answers["/tables.html"] = htmlPage('<nianbao-report id="r" src="report.json"></nianbao-report>', script);
server.answers["/editor.html"] = htmlPage('<nianbao-report id="r" src="report.json" mode="edit"></nianbao-report>', script);
server.answers["/echarts.html"] = htmlPage(
  '<button id="b">图表</button><div id="charts"></div>',
  `<style>#charts > div { width: 60rem; height: 22rem }</style>
  <script type="module">
    const options = ${JSON.stringify(options()).replaceAll("<", "\\u003c")};
    window.draw = async () => {
      const { init } = await import("./echarts.js");
      for (const option of options) {
        const place = document.getElementById("charts").appendChild(document.createElement("div"));
        init(place, null, { renderer: "svg" }).setOption({ animation: false, ...option });
      }
    };
    document.getElementById("b").onclick = window.draw;
  </script>`,
);

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ms = (number) => `${number.toFixed(0)} ms`;
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** From a click on what `button` finds until `drawn` finds marks and their frame is made, in milliseconds. */
const fromClick = (page, button, drawn) =>
  page.evaluate(
    ([button, drawn]) =>
      new Promise((done) => {
        const [find, marks] = [new Function(`return ${button}`), new Function(`return ${drawn}`)];
        const start = performance.now();
        const look = () => (marks() ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))) : requestAnimationFrame(look));
        find().click();
        look();
      }),
    [button, drawn],
  );

async function measure(address, { button, drawn, before, line }) {
  const taken = [];
  for (let time = 0; time < TIMES; time++) {
    const { page, close } = await openPage({ viewport: { width: 1280, height: 900 } }, ["--disable-frame-rate-limit", "--disable-gpu-vsync"]);
    await page.goto(server.url + address);
    await before(page);
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    if (line) await session.send("Network.emulateNetworkConditions", line);
    await session.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
    taken.push(await fromClick(page, button, drawn));
    await close();
  }
  return taken;
}

const ours = {
  button: 'document.getElementById("r").shadowRoot.getElementById("view-charts")',
  drawn: 'document.getElementById("r").shadowRoot.querySelectorAll("figure svg").length >= 4',
  before: (page) => showsAReport(page, "#r"),
};
const theirs = { button: 'document.getElementById("b")', drawn: 'document.querySelectorAll("#charts svg").length >= 4', before: (page) => page.waitForFunction(() => window.draw) };
const loaded = { ...theirs, before: async (page) => (await theirs.before(page), page.evaluate(() => import("./echarts.js"))) };

console.log(`processor throttled ${THROTTLE} times; median of ${TIMES}; ECharts ${readJson("benches/peers/package.json").dependencies.echarts}, tree-shaken: ${kb(echarts.length)}, brotli ${kb(brotliCompressSync(echarts).length)}`);
const OWN = "from the click to the painted charts, all of the report";
const ownRuns = await measure("tables.html", ours);
const own = median(ownRuns);
record(OWN, "ms", ownRuns);
console.log(`from the click to the painted charts, all of the report: ${ms(own)}`);
for (const [name, how] of [
  ["ECharts, four of them, loaded before", loaded],
  ["ECharts, loaded by the click", theirs],
  ["ECharts, loaded by the click over slow 4G", { ...theirs, line: SLOW }],
]) {
  const runs = await measure("echarts.html", how);
  record(name, "ms", runs, OWN);
  const time = median(runs);
  console.log(`${name}: ${ms(time)}, ${(time / own).toFixed(1)} times as long`);
}
const slowly = await measure("tables.html", { ...ours, line: SLOW });
record("the widget’s charts over slow 4G", "ms", slowly, OWN);
console.log(`the widget’s charts over slow 4G: ${ms(median(slowly))}`);

/** What a key in a cell costs until its frame is made. */
async function keys(view) {
  const { page, close } = await openPage({ viewport: { width: 1280, height: 900 } }, ["--disable-frame-rate-limit", "--disable-gpu-vsync"]);
  await page.goto(`${server.url}editor.html`);
  await showsAReport(page, "#r");
  await page.evaluate((view) => (document.getElementById("r").view = view), view);
  if (view === "charts") await page.waitForFunction(() => document.getElementById("r").shadowRoot.querySelector("figure svg"));
  await page.evaluate(() => document.getElementById("r").focusCell("requests.granted.natural_person"));
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: THROTTLE });
  const taken = await page.evaluate(async (times) => {
    const next = (channel = new MessageChannel()) => new Promise((done) => ((channel.port1.onmessage = done), channel.port2.postMessage(0)));
    const taken = [];
    for (let time = 0; time < times; time++) {
      await new Promise((rest) => setTimeout(rest, 150));
      const field = document.getElementById("r").shadowRoot.activeElement;
      const start = performance.now();
      field.select();
      document.execCommand("insertText", false, String(1000 + time));
      await next();
      await new Promise((done) => requestAnimationFrame(done));
      await next();
      taken.push(performance.now() - start);
    }
    return taken;
  }, KEYS);
  await close();
  return taken;
}
const [tablesAlone, withCharts] = [await keys("tables"), await keys("charts")];
record("a key in a cell, with tables alone", "ms", tablesAlone);
record("a key in a cell, while the charts follow", "ms", withCharts, "a key in a cell, with tables alone");
const [alone, followed] = [median(tablesAlone), median(withCharts)];
console.log(`a key in a cell: ${alone.toFixed(1)} ms with tables alone, ${followed.toFixed(1)} ms while the charts follow`);
await server.close();
