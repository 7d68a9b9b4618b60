// How long it takes from a click to the painted charts, beside a bare page on which ECharts, tree-shaken, draws the
// same ones; and what a key costs while charts follow the figures: `make bench`.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync, mkdirSync } from "node:fs";
import { extname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { dist, openPage, root } from "./launch.mjs";
import { serve } from "./server.mjs";
import { htmlPage, json, readJson, script, showsAReport } from "./stage.mjs";

const THROTTLE = Number(process.env.NIANBAO_BENCH_THROTTLE || 4);
const TIMES = Number(process.env.NIANBAO_BENCH_TIMES || 9);
const KEYS = Number(process.env.NIANBAO_BENCH_KEYS || 100);
// What Lighthouse calls a slow 4G line.
const SLOW = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };

const report = readJson("www/demo/2023-suqian.json");
const form = readJson(`forms/${report.form}.json`);
const { figures } = report;

/** The rows of the requests with their labels and what they come to, and the heads that they stand under. */
function outcomes() {
  const table = form.tables.find(({ id }) => id === "requests");
  const results = table.rows.find(({ heads }) => heads).heads;
  const label = ({ short, label }) => (short ?? label).zh.replace(/^(（.）|\d\.)/, "").replace(/（.*$/, "");
  const count = ({ id }) => figures[`requests.${id}.total`] ?? 0;
  return results
    .filter(({ id }) => id !== "handled_total")
    .map((head) => ({ name: label(head), value: (head.heads ?? [head]).reduce((sum, row) => sum + count(row), 0), parts: (head.heads ?? []).map((row) => ({ name: label(row), value: count(row) })) }));
}

/** What ECharts draws: who asks, what became of it, from received to handled, and disputes. */
function options() {
  const bars = (rows) => ({
    tooltip: {},
    aria: { enabled: true, decal: { show: true } },
    grid: { left: 8, right: 48, top: 8, bottom: 8, containLabel: true },
    xAxis: { type: "value" },
    yAxis: { type: "category", inverse: true, data: rows.map(({ name }) => name) },
    series: [{ type: "bar", label: { show: true, position: "right" }, data: rows.map(({ value }) => value) }],
  });
  const columns = { natural_person: "自然人", business: "商业企业", research: "科研机构", public_interest: "社会公益组织", legal_service: "法律服务机构", other_organization: "其他" };
  const all = outcomes();
  const [received, carriedIn, handled, carriedOut] = ["received", "carried_in", "handled_total", "carried_out"].map((row) => figures[`requests.${row}.total`]);
  const results = { upheld: "结果维持", corrected: "结果纠正", other: "其他结果", pending: "尚未审结" };
  const routes = { review: "行政复议", litigation_direct: "未经复议直接起诉", litigation_after_review: "复议后起诉" };
  return [
    bars(Object.entries(columns).map(([column, name]) => ({ name, value: figures[`requests.received.${column}`] }))),
    bars(all.flatMap(({ parts, ...whole }) => [whole, ...parts.filter(({ value }) => value)])),
    {
      tooltip: {},
      aria: { enabled: true, decal: { show: true } },
      series: [
        {
          type: "sankey",
          layoutIterations: 0,
          data: ["本年新收", "上年结转", "本年应办", ...all.map(({ name }) => name), "办结", "结转下年度"].map((name) => ({ name })),
          links: [
            { source: "本年新收", target: "本年应办", value: received },
            { source: "上年结转", target: "本年应办", value: carriedIn },
            ...all.filter(({ value }) => value).flatMap(({ name, value }) => [{ source: "本年应办", target: name, value }, { source: name, target: "办结", value }]),
            { source: "本年应办", target: "结转下年度", value: carriedOut },
          ],
        },
      ],
    },
    {
      tooltip: {},
      legend: {},
      aria: { enabled: true, decal: { show: true } },
      grid: { left: 8, right: 48, top: 40, bottom: 8, containLabel: true },
      xAxis: { type: "value" },
      yAxis: { type: "category", inverse: true, data: Object.values(routes) },
      series: Object.entries(results).map(([column, name]) => ({ name, type: "bar", stack: "all", data: Object.keys(routes).map((row) => figures[`disputes.${row}.${column}`]) })),
    },
  ];
}

/** ECharts with what these charts need and nothing else, as its handbook advises. */
function bundle() {
  const folder = join(root, "target/bench");
  mkdirSync(folder, { recursive: true });
  const entry = join(folder, "echarts-entry.mjs");
  writeFileSync(
    entry,
    `import { use, init } from "echarts/core";
    import { BarChart, SankeyChart } from "echarts/charts";
    import { GridComponent, TooltipComponent, LegendComponent, AriaComponent } from "echarts/components";
    import { SVGRenderer } from "echarts/renderers";
    use([BarChart, SankeyChart, GridComponent, TooltipComponent, LegendComponent, AriaComponent, SVGRenderer]);
    export { init };`,
  );
  const out = join(folder, "echarts.js");
  execFileSync("esbuild", [entry, "--bundle", "--minify", "--format=esm", "--target=chrome83", "--log-level=error", `--outfile=${out}`], {
    env: { ...process.env, NODE_PATH: join(process.env.ECHARTS_HOME, "node_modules") },
  });
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
  return median(taken);
}

const ours = {
  button: 'document.getElementById("r").shadowRoot.getElementById("view-charts")',
  drawn: 'document.getElementById("r").shadowRoot.querySelectorAll("figure svg").length >= 4',
  before: (page) => showsAReport(page, "#r"),
};
const theirs = { button: 'document.getElementById("b")', drawn: 'document.querySelectorAll("#charts svg").length >= 4', before: (page) => page.waitForFunction(() => window.draw) };
const loaded = { ...theirs, before: async (page) => (await theirs.before(page), page.evaluate(() => import("./echarts.js"))) };

console.log(`processor throttled ${THROTTLE} times; median of ${TIMES}; ECharts ${JSON.parse(readFileSync(join(process.env.ECHARTS_HOME, "node_modules/echarts/package.json"))).version}, tree-shaken: ${kb(echarts.length)}, brotli ${kb(brotliCompressSync(echarts).length)}`);
const own = await measure("tables.html", ours);
console.log(`from the click to the painted charts, all of the report: ${ms(own)}`);
for (const [name, how] of [
  ["ECharts, four of them, loaded before", loaded],
  ["ECharts, loaded by the click", theirs],
  ["ECharts, loaded by the click over slow 4G", { ...theirs, line: SLOW }],
]) {
  const time = await measure("echarts.html", how);
  console.log(`${name}: ${ms(time)}, ${(time / own).toFixed(1)} times as long`);
}
console.log(`the widget’s charts over slow 4G: ${ms(await measure("tables.html", { ...ours, line: SLOW }))}`);

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
  return median(taken);
}
const [alone, followed] = [await keys("tables"), await keys("charts")];
console.log(`a key in a cell: ${alone.toFixed(1)} ms with tables alone, ${followed.toFixed(1)} ms while the charts follow`);
await server.close();
