// What the widget does in every browser that it is for: the same tests in each, in one process of it, for a reader who
// prefers a dark look.
//
//   testEverywhere("Firefox", noFirefox, openFirefox);
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { constants, inflateSync } from "node:zlib";
import { dist, root } from "./launch.mjs";
import { check, heldBy, offline, put } from "./offline.mjs";
import { serve, withType } from "./server.mjs";
import { faulty, htmlPage, json, readJson, script } from "./stage.mjs";
import { listening } from "./webdriver.mjs";

/** What stands in a PDF, with its compressed parts as they are when unpacked. */
function uncompressed(pdf) {
  const text = pdf.toString("latin1");
  const unpack = ([, packed]) => {
    try {
      return inflateSync(Buffer.from(packed, "latin1"), { finishFlush: constants.Z_SYNC_FLUSH }).toString("latin1");
    } catch {
      return "";
    }
  };
  return [text, ...Array.from(text.matchAll(/stream\r?\n([^]*?)endstream/g), unpack)].join("\n");
}

const CELL = "requests.granted.natural_person";
const right = readJson("www/demo/2023-suqian.json");

/** With `again`, a test that fails is played once more in a process of its own: for an engine that crashes by itself. */
export function testEverywhere(name, skip, open, { again = false } = {}) {
  let server;
  let engine;
  let page;
  const start = async () => {
    engine = await open({ dark: true });
    page = engine.page;
  };
  before(async () => {
    if (skip) return;
    server = await serve(dist);
    await start();
  });
  after(async () => {
    await engine?.close();
    await server?.close();
  });

  let count = 0;
  /** A page of its own, with a report of its own: what one test keeps as a draft is none of the next one's. */
  async function show(attributes, { report, content = "", head = "" } = {}) {
    count += 1;
    server.answers[`/report-${count}.json`] = json(report);
    const tag = `<nianbao-report ${report ? `src="report-${count}.json"` : ""} ${attributes}>${content}</nianbao-report>`;
    server.answers[`/page-${count}.html`] = htmlPage(tag, listening + head + script);
    await page.goto(`${server.url}page-${count}.html`);
  }
  /** Waits until a function of the widget's shadow root gives something true, and gives that. */
  const inShadow = (run, given) =>
    page.waitForFunction(`(given) => { const root = document.querySelector("nianbao-report").shadowRoot; return root && (${run})(root, given); }`, given);
  const shows = () =>
    inShadow((root) => root.querySelector("td[data-cell]")).catch(async (error) => {
      const shown = await page.evaluate(() => document.querySelector("nianbao-report").shadowRoot?.textContent.slice(0, 200));
      throw new Error(`${error.message} It shows: ${shown} It complains: ${await page.complaints()} It asked for: ${server.requests}`);
    });
  const element = (run, given) => page.evaluate(`(given) => (${run})(document.querySelector("nianbao-report"), given)`, given);
  const figure = (cell) => element((report, cell) => report.report.figures[cell] ?? null, cell);
  const figureIs = (cell, value) =>
    page
      .waitForFunction(([cell, value]) => (document.querySelector("nianbao-report").report.figures[cell] ?? null) === value, [cell, value])
      .catch(async () => assert.equal(await figure(cell), value, cell));
  const focusIs = (id) =>
    inShadow((root, id) => root.activeElement && (root.activeElement.id === id || root.activeElement.dataset.cell === id), id).catch(async (error) => {
      const at = await page.evaluate(() => document.querySelector("nianbao-report").shadowRoot.activeElement?.outerHTML.slice(0, 200));
      throw new Error(`${error.message} The focus should be on ${id} and is on ${at}`);
    });
  const noComplaints = async () => assert.deepEqual(await page.complaints(), []);
  const played = async (play, context) => {
    try {
      await play(context);
    } catch (error) {
      if (!again) throw error;
      console.warn(`In a new ${name}, after: ${error.message}`);
      await engine.close();
      await start();
      await play(context);
    }
  };
  const it = (sentence, play) => test(`${sentence} in ${name}`, { skip, timeout: 300_000 }, (context) => played(play, context));

  it("the report stands in its own style, dark as the reader prefers it, every figure under and beside its heads, with what the check found", async () => {
    await show("", { report: faulty() });
    await shows();
    assert.match(await inShadow((root) => root.querySelector("#summary").textContent), /3 处错误/);
    const findings = await element((report) => report.findings.map(({ severity }) => severity));
    assert.equal(findings.filter((severity) => severity === "error").length, 3);
    const astray = await page.evaluate(() => {
      const root = document.querySelector("nianbao-report").shadowRoot;
      const heads = (cell) => cell.getAttribute("headers").split(" ").map((id) => root.getElementById(id));
      const stands = (cell, head) => {
        const [inner, outer] = [cell, head].map((one) => one.getBoundingClientRect());
        const over = outer.left <= inner.left + 1 && inner.right <= outer.right + 1 && outer.bottom <= inner.top + 1;
        const beside = outer.top <= inner.top + 1 && inner.bottom <= outer.bottom + 1 && outer.right <= inner.left + 1;
        return over || beside;
      };
      const cells = Array.from(root.querySelectorAll("td[data-cell]"));
      return [cells.length, cells.filter((cell) => !heads(cell).every((head) => stands(cell, head))).map(({ dataset }) => dataset.cell)];
    });
    assert.ok(astray[0] > 190, `${astray[0]} figures`);
    assert.deepEqual(astray[1], []);
    const look = await page.evaluate(() => {
      const root = document.querySelector("nianbao-report").shadowRoot;
      const style = (selector) => getComputedStyle(root.querySelector(selector));
      return [style("td[data-cell]").borderTopStyle, style(".nianbao").backgroundColor, style(".title").textAlign, style(".verdict").display, style("th").backgroundColor];
    });
    assert.deepEqual(look, ["solid", "rgb(19, 23, 29)", "center", "flex", "rgb(31, 38, 48)"]);
    await noComplaints();
  });

  it("on a page that is English and has a light look only it is English and light", async () => {
    server.answers["/light.css"] = { status: 200, type: "text/css", body: ":root { color-scheme: light; }" };
    await show('lang="en"', { report: faulty(), head: '<link rel="stylesheet" href="/light.css">' });
    await shows();
    assert.match(await inShadow((root) => root.querySelector("#summary").textContent), /3 errors/);
    const colours = await inShadow((root) => ["color", "backgroundColor"].map((name) => getComputedStyle(root.querySelector(".nianbao"))[name]));
    assert.deepEqual(colours, ["rgb(27, 35, 48)", "rgb(255, 255, 255)"]);
    await noComplaints();
  });

  it("a finding opens by a click, and leads to its cell", async () => {
    await show("", { report: faulty() });
    await shows();
    await page.click(".finding .toggle");
    await inShadow((root) => root.querySelectorAll(".about .equation .term").length === 7);
    assert.ok(await inShadow((root) => root.querySelector(".about").getBoundingClientRect().height > 50));
    await page.click(".finding .sentence");
    await focusIs(`cell-${CELL}`);
    await page.waitForFunction(() => {
      const { top, bottom } = document.querySelector("nianbao-report").shadowRoot.activeElement.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    await noComplaints();
  });

  it("cells are filled in by keys: digits, Tab, arrows, Enter, undo and redo", async () => {
    await show('mode="edit"', { report: { ...right, figures: {} } });
    await shows();
    const [first, second, below] = [`requests.received.natural_person`, "requests.received.business", "requests.carried_in.natural_person"];
    await page.click(`input[data-cell="${first}"]`);
    await focusIs(first);
    await page.keyboard.type("12");
    await figureIs(first, 12);
    await page.keyboard.press("Tab");
    await focusIs(second);
    await page.keyboard.type("3");
    await page.keyboard.press("Enter");
    await focusIs(below);
    await page.keyboard.press("ArrowUp");
    await focusIs(first);
    await page.keyboard.press("ArrowRight");
    await focusIs(second);
    await page.keyboard.press("Shift+Tab");
    await focusIs(first);
    for (const [cell, value] of [[first, 12], [second, 3]]) await figureIs(cell, value);
    await page.keyboard.press("Control+z");
    await figureIs(second, null);
    await page.keyboard.press("Control+Shift+z");
    await figureIs(second, 3);
    await noComplaints();
  });

  it("a suggestion is followed and undone", async () => {
    await show('mode="edit"', { report: faulty() });
    await shows();
    await page.click(".finding .beside .action");
    await figureIs(CELL, right.figures[CELL]);
    assert.equal(await element((report) => report.undo()), true);
    await figureIs(CELL, 1157);
    await noComplaints();
  });

  it("what was typed is there again after a reload, and is listed as a draft", async () => {
    await show('mode="edit"', { report: faulty() });
    await shows();
    await page.click(`input[data-cell="${CELL}"]`);
    await focusIs(CELL);
    await page.keyboard.type("1175");
    await figureIs(CELL, 1175);
    // It says so after the first digit already; leaving asks until the last one is stored.
    const stored = (root) => /草稿已存于本机/.test(root.querySelector("#draft-state")?.textContent) && window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    await inShadow(stored);
    await page.reload();
    await shows();
    await figureIs(CELL, 1175);
    await inShadow((root) => /已恢复/.test(root.querySelector("#draft-notice")?.textContent));
    await page.click("#drafts-button");
    await inShadow((root) => /宿迁市/.test(root.querySelector(".draft")?.textContent));
    await noComplaints();
  });

  it("charts are drawn and saved, and a mark leads to its cell and back", async () => {
    await show('view="charts"', { report: right });
    await inShadow((root) => root.querySelectorAll(".picture .datum").length > 40);
    // Bars are as long as their figures, in their tone, with their pattern.
    const painted = await page.evaluate(() => {
      const root = document.querySelector("nianbao-report").shadowRoot;
      const bar = root.querySelector("#mark-outcomes-1 rect.paint-fill");
      const pattern = bar.nextElementSibling.getAttribute("fill");
      return [bar.getBoundingClientRect().width > 10, getComputedStyle(bar).fill, Boolean(root.querySelector(pattern.slice(4, -1)))];
    });
    assert.deepEqual(painted, [true, "rgb(128, 229, 225)", true]);
    // What the browser would save is kept here.
    const saved = await page.evaluate(async () => {
      const saved = [];
      HTMLAnchorElement.prototype.click = function () {
        fetch(this.href).then((answer) => answer.blob()).then(({ size, type }) => saved.push([this.download.slice(-4), type, size > 2000]));
      };
      document.querySelector("nianbao-report").shadowRoot.querySelectorAll("#chart-outcomes ~ .chart-tools .file").forEach((button) => button.click());
      while (saved.length < 2) await new Promise((later) => setTimeout(later, 50));
      return saved.sort();
    });
    assert.deepEqual(saved, [[".png", "image/png", true], [".svg", "image/svg+xml", true]]);
    await page.evaluate(() => document.querySelector("nianbao-report").shadowRoot.querySelector("#mark-outcomes-0").focus());
    await inShadow((root) => root.querySelector(".tip"));
    await page.keyboard.press("Enter");
    await focusIs("cell-requests.granted.total");
    await page.keyboard.press("Escape");
    await focusIs("mark-outcomes-0");
    await noComplaints();
  });

  const word = readFileSync(join(root, "tests/fixtures/containers/libreoffice.docx")).toString("base64");
  const inWord = readJson("tests/fixtures/containers/report.json");
  /** Gives the widget a file, and what it shows then. */
  const read = (base64, name) =>
    element(
      async (report, [base64, name]) => {
        await report.importFile(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name));
        return report.report;
      },
      [base64, name],
    );

  it("a Word document is read in a worker, written again, and what was written reads the same", async () => {
    await show("", { report: faulty() });
    await shows();
    await page.evaluate(() => {
      const Before = Worker;
      window.workers = [];
      window.Worker = function (...given) {
        const worker = new Before(...given);
        worker.addEventListener("message", ({ data }) => window.workers.push(data === "ready" ? data : Object.keys(data).pop()));
        return worker;
      };
    });
    const report = await read(word, "年报.docx");
    assert.deepEqual([report.agency, report.year, report.figures], [inWord.agency, inWord.year, inWord.figures]);
    // It has greeted and has answered, so that it was not the page's own thread.
    const told = await page.evaluate(() => window.workers);
    assert.equal(told[0], "ready");
    assert.ok(told.includes("result"), told.join());
    for (const format of ["docx", "html"]) {
      const written = await element(async (report, format) => {
        const bytes = new Uint8Array(await (await report.exportAs(format)).arrayBuffer());
        return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
      }, format);
      const again = await read(written, `again.${format}`);
      assert.deepEqual(again.figures, inWord.figures, format);
    }
    await noComplaints();
  });

  it("the published page's own tables become the live report", async () => {
    await show("", { content: readFileSync(new URL("fixtures/published.html", import.meta.url), "utf8") });
    await shows();
    const { figures } = await element((report) => report.report);
    assert.deepEqual(figures, right.figures);
    assert.match(await inShadow((root) => root.querySelector("#summary").textContent), /核对无误|错误|确认/);
    const hidden = await element((report) => Array.from(report.querySelectorAll("table"), (table) => table.getClientRects().length));
    assert.deepEqual([hidden.length > 2, hidden.every((count) => count === 0)], [true, true]);
    await noComplaints();
  });

  it("a module under a wrong type starts all the same", async () => {
    const before = server.requests.length;
    server.answers["/widget_bg.wasm"] = withType("application/octet-stream");
    await show("", { report: right });
    await shows();
    delete server.answers["/widget_bg.wasm"];
    assert.ok(server.requests.indexOf("/widget_bg.wasm", before) > 0);
    await noComplaints();
  });

  it("without WebAssembly the page's own content stays, with a sentence that says why", async () => {
    const content = "<p id=inside>年报全文</p>";
    await show("", { content, report: right, head: "<script>delete window.WebAssembly;</script>" });
    await inShadow((root) => /不支持 WebAssembly/.test(root.textContent));
    assert.ok(await page.evaluate(() => document.getElementById("inside").getClientRects().length > 0));
  });

  it("without custom elements the page's own content stays", async () => {
    const content = "<p id=inside>年报全文</p>";
    await show("", { content, report: right, head: "<script>Object.defineProperty(window, 'customElements', { value: undefined });</script>" });
    assert.ok(await page.evaluate(() => document.getElementById("inside").getClientRects().length > 0));
  });

  it("what is printed is A4, and reads back as the same report", async (context) => {
    await show("", { report: right });
    await shows();
    const printed = await page.pdf();
    if (!printed) return context.skip("its driver cannot print");
    const sizes = Array.from(uncompressed(printed).matchAll(/\/MediaBox *\[ *0 +0 +([\d.]+) +([\d.]+) *\]/g), ([, width, height]) => [width, height].map((size) => Math.round(Number(size))));
    assert.ok(sizes.length > 2, `${sizes.length} pages`);
    for (const size of sizes) assert.ok(Math.abs(size[0] - 595) <= 1 && Math.abs(size[1] - 842) <= 1, size.join(" × "));
    const { figures } = await read(printed.toString("base64"), "printed.pdf");
    assert.deepEqual(figures, right.figures);
  });

  /** Opens an offline file; what it hands to the browser as a download is kept. */
  async function openFile(file) {
    await page.goto(file.address);
    await shows();
    await pageSays("与文件一致");
    await page.evaluate(() => {
      window.files = [];
      delete window.showSaveFilePicker;
      const made = new Map();
      const address = URL.createObjectURL;
      URL.createObjectURL = (blob) => {
        const given = address.call(URL, blob);
        made.set(given, blob);
        return given;
      };
      const click = HTMLAnchorElement.prototype.click;
      HTMLAnchorElement.prototype.click = function () {
        if (this.download) window.files.push({ name: this.download, blob: made.get(this.href) });
        else click.call(this);
      };
    });
  }
  const pageSays = (text) => page.waitForFunction((text) => document.querySelector(".nianbao-state").textContent.includes(text), text);
  /** Presses the keys that save, and gives the file that is saved. */
  async function save() {
    await page.keyboard.press("Control+s");
    await page.waitForFunction(() => window.files.length > 0);
    await pageSays("下载为");
    return page.evaluate(async () => {
      const { name, blob } = window.files.pop();
      return { name, text: await blob.text() };
    });
  }
  /** What the page has asked for: nothing but itself. */
  const asksNobody = async () => {
    const asked = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    assert.deepEqual(asked.filter((address) => !/^(file|data|blob):/.test(address)), []);
  };

  it("an offline file opens from a folder, is filled in and saves itself, and what is saved opens with the edit, writes a Word document and is read by the command", async () => {
    await openFile(await offline());
    const before = await element((report) => report.fingerprint);
    await page.click(`input[data-cell="${CELL}"]`);
    await focusIs(CELL);
    await page.keyboard.type("1157");
    await figureIs(CELL, 1157);
    await pageSays("还没有保存");
    assert.notEqual(await element((report) => report.fingerprint), before);
    const saved = await save();
    assert.match(saved.name, /^宿迁市2023年-gongkai-2021-\d{8}\.html$/);
    const held = heldBy(saved.text);
    assert.deepEqual([held.report.figures[CELL], held.previous.figures[CELL]], [1157, right.figures[CELL]]);
    await page.click(".nianbao-more");
    await page.waitForFunction(() => document.querySelector("#nianbao-about dt"));
    await asksNobody();

    const again = put(saved.text);
    await openFile(again);
    assert.equal(await figure(CELL), 1157);
    assert.equal(await element((report) => report.fingerprint), held.report.fingerprint);
    assert.equal(await element(async (report) => (await report.exportAs("docx")).slice(0, 2).text()), "PK");
    assert.equal((await save()).text, saved.text, "saved unchanged it is the same to the byte");
    await asksNobody();
    const told = check(again.path);
    assert.deepEqual([told.figures[CELL], told.fingerprint, told.offline.program, told.offline.intact], [1157, held.report.fingerprint, "same", true]);
  });

  it("an empty form that was handed out is filled in, compared with last year's report in the file, saved and read by the command", async () => {
    const agency = "某镇人民政府";
    const prior = encodeURIComponent(JSON.stringify({ ...right, agency, year: 2024 }));
    const report = { form: "gongkai-2021", agency, year: 2025, figures: {} };
    await openFile(await offline({ report, formats: false, attributes: { "prior-src": `data:application/json;charset=utf-8,${prior}` } }));
    const [first, second] = ["requests.received.natural_person", "requests.carried_in.natural_person"];
    await page.click(`input[data-cell="${first}"]`);
    await focusIs(first);
    await page.keyboard.type("7");
    await page.keyboard.press("Enter");
    await focusIs(second);
    await page.keyboard.type("5");
    await figureIs(second, 5);
    await page.waitForFunction(() => document.querySelector("nianbao-report").findings.some(({ rule }) => rule === "carry-over"));
    await pageSays("还没有保存");
    const saved = await save();
    assert.match(saved.name, /^某镇人民政府2025年-gongkai-2021-\d{8}\.html$/);
    const again = put(saved.text);
    await openFile(again);
    assert.deepEqual([await figure(first), await figure(second)], [7, 5]);
    await asksNobody();
    const told = check(again.path);
    assert.deepEqual([told.agency, told.year, told.figures[first], told.figures[second], told.offline.intact], [agency, 2025, 7, 5, true]);
  });

  it("an offline file for reading opens from a folder, and says what it cannot do", async () => {
    await page.goto((await offline({ mode: "view" })).address);
    await shows();
    assert.deepEqual((await element((report) => report.report)).figures, right.figures);
    const refused = await element((report) => report.importFile(new File(["<table><tr><td>1"], "a.html")).catch((error) => error.message));
    assert.match(refused, /没有读取其他文件的程序/);
  });

  it("every shipped module has been run by now", async () => {
    const shipped = readdirSync(dist).filter((name) => name.endsWith(".wasm"));
    assert.deepEqual([shipped.length > 0, shipped.filter((name) => !server.requests.includes(`/${name}`))], [true, []]);
  });
}
