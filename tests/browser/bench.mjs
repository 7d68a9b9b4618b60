// How long it takes from a key to the painted result of the check: `make bench`.
//
// A report with every cell filled and with findings is edited in Chromium, its processor throttled six times.
// A key is timed from its event to the end of the frame in which its result is painted.
import { record } from "./figures.mjs";
import { dist, openPage } from "./launch.mjs";
import { serve } from "./server.mjs";
import { addressesOf, faulty, htmlPage, json, readJson, script, showsAReport } from "./stage.mjs";

const THROTTLE = Number(process.env.NIANBAO_BENCH_THROTTLE || 6);
const KEYS = Number(process.env.NIANBAO_BENCH_KEYS || 300);
const EDITS = Number(process.env.NIANBAO_BENCH_EDITS || 10_000);

const server = await serve(dist);
const report = faulty();
for (const { rows } of addressesOf(readJson(`forms/${report.form}.json`))) {
  for (const cell of rows.flat()) report.figures[cell] ??= 0;
}
server.answers["/report.json"] = json(report);
server.answers["/host.html"] = htmlPage('<nianbao-report id="r" src="report.json" mode="edit"></nianbao-report>', script);
// Frames come as fast as they can, so that what is timed is work and no waiting for the screen.
const fast = ["--disable-frame-rate-limit", "--disable-gpu-vsync"];
const { page, browser, close } = await openPage({ viewport: { width: 1280, height: 900 } }, fast);
// WebAssembly's memory is no part of the script's heap.
await page.addInitScript(() => {
  window.memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await own.apply(WebAssembly, given);
      window.memories.add((made.instance ?? made).exports.memory);
      return made;
    };
  }
});
await page.goto(`${server.url}host.html`);
await showsAReport(page, "#r");
const session = await page.context().newCDPSession(page);
const throttle = (rate) => session.send("Emulation.setCPUThrottlingRate", { rate });

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const ms = (number) => `${number.toFixed(1)} ms`;
const mib = (bytes) => `${(bytes / 1048576).toFixed(2)} MiB`;

/**
 * Does something in the page again and again, and tells how long it takes until its tasks are done, and until
 * the frame that shows them is made. `act` is the text of a function of the time's number; each waits until
 * the page has come to rest.
 */
const time = (act, times) =>
  page.evaluate(
    async ([act, times]) => {
      const does = new Function("time", act);
      const next = (channel = new MessageChannel()) => new Promise((done) => ((channel.port1.onmessage = done), channel.port2.postMessage(0)));
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      const [work, painted] = [[], []];
      for (let time = 0; time < times; time++) {
        await new Promise((rest) => setTimeout(rest, 150));
        await frame();
        await next();
        const start = performance.now();
        does(time);
        await next();
        work.push(performance.now() - start);
        await frame();
        // The message comes after the frame that the animation frame belongs to.
        await next();
        painted.push(performance.now() - start);
      }
      return { work, painted };
    },
    [act, times],
  );

const told = [];
const tell = (name, { work, painted }) => {
  const of = (list) => list.sort((a, b) => a - b);
  const [median, worst] = [quantile(of(painted), 0.5), quantile(painted, 0.99)];
  told.push({ name, median, worst, painted });
  console.log(
    `${name}: painted after ${ms(median)} (median), ${ms(worst)} (99th percentile); work ${ms(quantile(of(work), 0.5))}, ${ms(quantile(work, 0.99))}; ${work.length} times`,
  );
};

const goTo = (cell) => page.evaluate((cell) => document.getElementById("r").focusCell(cell), cell);
const field = 'const field = document.getElementById("r").shadowRoot.activeElement;';
// What a key does to a field, by the browser's own way of typing.
const type = `${field} if (time % 3 === 0) field.select(); document.execCommand("insertText", false, String((time * 7) % 10));`;
const arrow = `${field} field.dispatchEvent(new KeyboardEvent("keydown", { key: time % 40 < 20 ? "ArrowDown" : "ArrowUp", bubbles: true, composed: true, cancelable: true }));`;
const paste = `${field} const clipboardData = new DataTransfer();
  const rows = Array.from({ length: 25 }, (_, row) => Array.from({ length: 7 }, (_, column) => row * 7 + column + time).join("\\t"));
  clipboardData.setData("text/plain", rows.join("\\n"));
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));`;

await goTo("requests.granted.natural_person");
await throttle(THROTTLE);
console.log(`Chromium ${browser.version()}, processor throttled ${THROTTLE} times`);
tell("a key in a cell", await time(type, KEYS));
await goTo("requests.received.natural_person");
tell("an arrow to the next cell", await time(arrow, KEYS / 2));
await goTo("requests.received.natural_person");
tell("a paste of the whole table", await time(paste, 20));

// The same markup without the widget: what the browser needs by itself.
await page.evaluate(() => {
  const element = document.getElementById("r");
  const bare = document.createElement("div");
  bare.attachShadow({ mode: "open" }).innerHTML = element.shadowRoot.innerHTML;
  element.replaceWith(bare);
  bare.id = "r";
  bare.shadowRoot.querySelector('input[data-cell="requests.granted.natural_person"]').focus();
});
tell("a key in the same markup alone", await time(type, KEYS));
const [key, , , floor] = told;
for (const { name, painted, worst } of told) {
  const beside = name === key.name ? floor.name : undefined;
  record(name, "ms", painted, beside);
  record(`${name}: 99th percentile`, "ms", [worst], beside && `${beside}: 99th percentile`);
}
console.log(`a key costs ${(key.median / floor.median).toFixed(1)} times what it costs in the markup alone (median), ${(key.worst / floor.worst).toFixed(1)} times (99th percentile)`);
await throttle(1);
await page.reload();
await showsAReport(page, "#r");

const memory = async () => {
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  return usedSize + (await page.evaluate(() => [...window.memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0)));
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
await edit(EDITS);
const again = await memory();
await undo(EDITS);
for (const [what, bytes] of [["before", before], [`after ${EDITS} edits`, edited], ["after undoing them", after], ["after as many again", again], ["after undoing these", await memory()]]) {
  record(`memory of page and module ${what}`, "MiB", [bytes / 1048576]);
}
console.log(`memory of page and module: ${mib(before)} before, ${mib(edited)} after ${EDITS} edits, ${mib(after)} after undoing ${undone} of them, ${mib(again)} after as many edits again, ${mib(await memory())} after undoing these`);
await close();
await server.close();
