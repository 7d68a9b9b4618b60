// How long it takes from a key to the painted result of the check: `make bench`.
//
// A report with every cell filled and with findings is edited in Chromium, its processor throttled six times.
// A key is timed from its event to the end of the frame in which its result is painted.
import { dist, openPage } from "./launch.mjs";
import { serve } from "./server.mjs";
import { faulty, htmlPage, json, script, showsAReport } from "./stage.mjs";

const THROTTLE = 6;
const KEYS = Number(process.env.NIANBAO_BENCH_KEYS || 300);
const EDITS = Number(process.env.NIANBAO_BENCH_EDITS || 10_000);

const server = await serve(dist);
server.answers["/report.json"] = json(faulty());
server.answers["/host.html"] = htmlPage('<nianbao-report id="r" src="report.json" mode="edit"></nianbao-report>', script);
const { page, browser, close } = await openPage({ viewport: { width: 1280, height: 900 } });
await page.goto(`${server.url}host.html`);
await showsAReport(page, "#r");
const session = await page.context().newCDPSession(page);
const throttle = (rate) => session.send("Emulation.setCPUThrottlingRate", { rate });

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const ms = (number) => `${number.toFixed(1)} ms`;
const mib = (bytes) => `${(bytes / 1048576).toFixed(2)} MiB`;

/** Has the page note, for every event of a kind, how long it takes until its result is painted. */
const watch = (kind) =>
  page.evaluate((kind) => {
    window.times = [];
    window.inHandlers = [];
    const { port1, port2 } = new MessageChannel();
    let start = 0;
    // The message comes after the frame that the animation frame belongs to.
    port1.onmessage = () => window.times.push(performance.now() - start);
    window.unwatch?.();
    const begin = (event) => {
      start = event.timeStamp;
      const entered = performance.now();
      requestAnimationFrame(() => port2.postMessage(0));
      // What the widget does runs in this event and the microtasks behind it.
      setTimeout(() => window.inHandlers.push(performance.now() - entered), 0);
    };
    addEventListener(kind, begin, true);
    window.unwatch = () => removeEventListener(kind, begin, true);
  }, kind);

const report = async (name) => {
  const { times, inHandlers } = await page.evaluate(() => ({ times: window.times, inHandlers: window.inHandlers }));
  for (const [what, list] of [["to the painted result", times], ["of work in the page", inHandlers]]) {
    const sorted = list.sort((a, b) => a - b);
    console.log(`${name}, ${what}: median ${ms(quantile(sorted, 0.5))}, 99th percentile ${ms(quantile(sorted, 0.99))} (${sorted.length})`);
  }
};

const goTo = (cell) => page.evaluate((cell) => document.getElementById("r").focusCell(cell), cell);
const settled = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))));

await throttle(THROTTLE);
console.log(`Chromium ${browser.version()}, processor throttled ${THROTTLE} times`);
await goTo("requests.granted.natural_person");
await settled();
await watch("keydown");
for (let key = 0; key < KEYS; key++) {
  if (key % 4 === 3) await page.keyboard.press("ArrowDown");
  else await page.keyboard.press(String((key * 7) % 10));
  await settled();
}
await report("a key");

const tsv = Array.from({ length: 25 }, (_, row) => Array.from({ length: 7 }, (_, column) => row * 7 + column).join("\t")).join("\n");
await goTo("requests.received.natural_person");
await settled();
await watch("paste");
for (let time = 0; time < 20; time++) {
  await page.evaluate((text) => {
    const field = document.getElementById("r").shadowRoot.activeElement;
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));
  }, tsv.replace(/^0/, String(time)));
  await settled();
  await settled();
}
await report("a paste of the whole table");
await throttle(1);

const memory = async () => {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const wasm = await page.evaluate(() => performance.memory?.usedJSHeapSize ?? 0);
  return { usedSize, wasm };
};
const edit = (count) =>
  page.evaluate(async (count) => {
    const root = document.getElementById("r").shadowRoot;
    const fields = Array.from(root.querySelectorAll("[role=gridcell] input"));
    for (let at = 0; at < count; at++) {
      const field = fields[(at * 31) % fields.length];
      field.focus();
      field.value = String(at % 1000);
      field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      if (at % 50 === 49) await new Promise((frame) => requestAnimationFrame(frame));
    }
  }, count);
const undo = (count) =>
  page.evaluate(async (count) => {
    const element = document.getElementById("r");
    let undone = 0;
    while (undone < count && element.undo()) {
      undone++;
      if (undone % 50 === 49) await new Promise((frame) => requestAnimationFrame(frame));
    }
    return undone;
  }, count);

const before = await memory();
await edit(EDITS);
const edited = await memory();
const undone = await undo(EDITS);
const after = await memory();
console.log(`memory: ${mib(before.usedSize)} before, ${mib(edited.usedSize)} after ${EDITS} edits, ${mib(after.usedSize)} after undoing ${undone} of them`);
await close();
await server.close();
