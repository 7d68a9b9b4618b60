// The offline file: opened from file:// without a network, under its own policy, in a browser that logs every request.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { getDocumentProxy } from "unpdf";
import { faults, noAxe } from "./accessibility.mjs";
import { dist, openLasting, root } from "./launch.mjs";
import { bundled, check, heldBy, nianbao, offline, put } from "./offline.mjs";
import { serve } from "./server.mjs";
import { focused, htmlPage, json, onStage, readJson, script, shownFigures, showsAReport } from "./stage.mjs";

const CELL = "requests.granted.natural_person";
const suqian = () => readJson("www/demo/2023-suqian.json");

/** A page without a network; what it asks for, and what its policy has to refuse, is kept. */
function onIsland(play, { context = {}, picker = false, before } = {}) {
  return onStage({ offline: true, acceptDownloads: true, ...context }, async (stage) => {
    const { page, complaints } = stage;
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.addInitScript((picker) => {
      window.refused = [];
      addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => window.refused.push(`${violatedDirective} ${blockedURI}`));
      if (!picker) delete window.showSaveFilePicker;
    }, picker);
    if (before) await page.addInitScript(before);
    await play(stage);
    if (context.javaScriptEnabled !== false) assert.deepEqual(await page.evaluate(() => window.refused), [], "its policy had to refuse nothing");
    assert.deepEqual(requests.filter((url) => !/^(file|data|blob):/.test(url)), [], "it asks nobody for anything");
    const files = requests.filter((url) => url.startsWith("file:"));
    assert.ok(files.every((url) => /\.html$/.test(url)), `of files, only itself is opened: ${files}`);
    assert.deepEqual(complaints, []);
  });
}

async function open(page, file) {
  await page.goto(file.address);
  await showsAReport(page);
  await says(page, "与文件一致");
}

const element = (page, run, given) => page.evaluate(`(${run})(document.querySelector("nianbao-report"), ${JSON.stringify(given ?? null)})`);
const figure = (page, cell = CELL) => element(page, (report, cell) => report.report.figures[cell] ?? null, cell);
const state = (page) => page.locator(".nianbao-state");
const says = (page, text) => state(page).filter({ hasText: text }).waitFor();
const fingerprint = (page) => element(page, (report) => report.fingerprint);

/** Types a figure as a person does. */
async function type(page, value, cell = CELL) {
  await page.locator(`nianbao-report input[data-cell="${cell}"], nianbao-report [data-cell="${cell}"] input`).first().focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(String(value));
}

/** Presses keys that save, and gives what was downloaded as a file of its own. */
async function download(page, act = () => page.keyboard.press("Control+s")) {
  const [event] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: event.suggestedFilename(), text: readFileSync(await event.path(), "utf8") };
}

test("it opens without a network, is filled in, saves itself by a download, and the saved file opens with the edit and makes a Word document", () =>
  onIsland(async ({ page }) => {
    await open(page, await offline());
    assert.equal(await page.locator(".nianbao-whose").innerText(), "宿迁市 2023年");
    assert.match(await state(page).innerText(), /与文件一致/);
    const before = await fingerprint(page);
    assert.match(before, /^([0-9A-F]{4}-){3}[0-9A-F]{4}$/);

    await type(page, 1157);
    await says(page, "还没有保存");
    assert.notEqual(await fingerprint(page), before);
    // The focus is in a field.
    const saved = await download(page);
    const day = new Date().toLocaleDateString("sv").replaceAll("-", "");
    assert.equal(saved.name, `宿迁市2023年-gongkai-2021-${day}.html`);
    await says(page, /下载为“宿迁市2023年.*仍是旧文件/);
    assert.equal((await focused(page)).cell, CELL, "the focus stays");
    const held = heldBy(saved.text);
    assert.equal(held.report.figures[CELL], 1157);
    assert.equal(held.previous.figures[CELL], suqian().figures[CELL]);
    assert.equal(held.previous.fingerprint, before);

    await open(page, put(saved.text));
    assert.equal(await figure(page), 1157);
    assert.match(await state(page).innerText(), /与文件一致/);
    assert.equal(await fingerprint(page), held.report.fingerprint);
    const word = await element(page, async (report) => {
      const bytes = new Uint8Array(await (await report.exportAs("docx")).arrayBuffer());
      return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
    });
    assert.ok(Buffer.from(word, "base64").subarray(0, 2).equals(Buffer.from("PK")));
    const again = await element(
      page,
      async (report, word) => {
        await report.importFile(new File([Uint8Array.from(atob(word), (character) => character.charCodeAt(0))], "report.docx"));
        return [report.report.figures, report.undo()];
      },
      word,
    );
    assert.equal(again[0][CELL], 1157, "the Word document reads as the same report");

    const { path } = put(saved.text);
    const told = check(path);
    assert.deepEqual([told.figures[CELL], told.fingerprint], [1157, held.report.fingerprint]);
    assert.deepEqual([told.offline.program, told.offline.intact, told.stderr], ["same", true, ""]);
    assert.ok(told.status === 1 && told.findings.some(({ severity }) => severity === "error"), "the figure does not add up");
    // What was done to the program, or to what is seen, is told.
    const meddled = check(put(saved.text.replace(/(data-nianbao="editor\.js">\d+ .{50})(.)(.)/, (_, head, one, other) => head + other + one)).path);
    assert.deepEqual([meddled.offline.program, meddled.offline.intact, meddled.figures[CELL]], ["differs", false, 1157]);
    assert.match(meddled.stderr, /程序/);
    const painted = check(put(saved.text.replace(/(<td data-cell="requests\.granted\.natural_person"[^>]*>)1157/, "$11175")).path);
    assert.deepEqual([painted.offline.program, painted.offline.intact, painted.figures[CELL]], ["same", false, 1157]);
  }));

test("the command makes the same files, to the byte, and empty ones for a list of bodies", async () => {
  const { path } = put("", "bundle.html");
  const made = nianbao("bundle", join(root, "www/demo/2023-suqian.json"), "--mode", "edit", "--formats", "-o", path);
  assert.deepEqual([made.status, made.stderr], [0, ""]);
  assert.ok(readFileSync(path, "utf8") === (await bundled()), "as the browser makes it");
  const list = put("机关,年度\n某镇人民政府,2025\n某局,2025\n", "list.csv");
  const folder = mkdtempSync(join(tmpdir(), "nianbao-templates-"));
  try {
    const many = nianbao("bundle", "--empty", "--form", "gongkai-2021", "--agencies", list.path, "-o", folder);
    assert.equal(many.status, 0, many.stderr);
    const text = readFileSync(join(folder, "某镇人民政府2025年-gongkai-2021.html"), "utf8");
    await onIsland(async ({ page }) => {
      await open(page, put(text));
      assert.equal(await page.locator(".nianbao-whose").innerText(), "某镇人民政府 2025年");
      await type(page, 7, "requests.received.natural_person");
      await says(page, "还没有保存");
      const told = check(put((await download(page)).text).path);
      assert.deepEqual([told.agency, told.year, told.figures["requests.received.natural_person"]], ["某镇人民政府", 2025, 7]);
      assert.deepEqual([told.offline.program, told.offline.intact], ["same", true]);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("saved without a change it is the same file to the byte, and saving twice gives the same twice", () =>
  onIsland(async ({ page }) => {
    const text = await bundled();
    await open(page, put(text));
    assert.ok((await download(page)).text === text, "unchanged");
    await type(page, 1157);
    await says(page, "还没有保存");
    const [first, second] = [await download(page), await download(page)];
    assert.notEqual(first.text, text);
    assert.ok(first.text === second.text, "twice the same");
    const parts = (text) => text.match(/<script type="text\/plain"[^]*$/)[0];
    assert.ok(parts(first.text) === parts(text), "the program is the same to the byte");
  }));

/** A stand-in for the browser's dialogue: what is written to the file that is chosen, save by save. */
function chooses() {
  window.asked = [];
  window.written = [];
  window.showSaveFilePicker = async (options) => {
    window.asked.push(options.suggestedName);
    if (window.refusal) throw new DOMException("refused", window.refusal);
    const name = decodeURIComponent(location.pathname.split("/").pop());
    const createWritable = async () => {
      if (window.full) throw new DOMException("The disk is full.", "QuotaExceededError");
      let written = "";
      return { write: async (blob) => void (written = await blob.text()), close: async () => void window.written.push(written), };
    };
    return { name, createWritable };
  };
}

test("where the browser can, it saves in place: it asks once, and says when", () =>
  onIsland(
    async ({ page }) => {
      await open(page, await offline());
      await type(page, 1157);
      await page.locator(".nianbao-save").click();
      await says(page, /已于 \d\d:\d\d 保存到“\d+\.html”/);
      assert.equal(await page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true }))), false, "leaving asks nothing");
      assert.equal(await element(page, (report) => report.undo()), true, "what was done can still be taken back");
      await says(page, "还没有保存");
      assert.equal(await page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true }))), true, "leaving asks");
      await page.keyboard.press("Control+s");
      await page.waitForFunction(() => window.written.length === 2);
      assert.equal(await page.evaluate(() => window.asked.length), 1, "the file is known");
      const [first, second] = (await page.evaluate(() => window.written)).map(heldBy);
      assert.deepEqual([first.report.figures[CELL], first.previous.figures[CELL]], [1157, suqian().figures[CELL]]);
      assert.deepEqual([second.report.figures[CELL], second.previous.figures[CELL]], [suqian().figures[CELL], 1157]);
    },
    { picker: true, before: chooses },
  ));

test("who thinks better of it saves nothing, and where the file cannot be written it is downloaded, with why", () =>
  onIsland(
    async ({ page }) => {
      await open(page, await offline());
      await type(page, 1157);
      await page.evaluate(() => (window.refusal = "AbortError"));
      await page.keyboard.press("Control+s");
      await page.waitForFunction(() => window.asked.length === 1);
      await says(page, "还没有保存");
      await page.evaluate(() => (window.refusal = "SecurityError"));
      assert.equal(heldBy((await download(page)).text).report.figures[CELL], 1157);
      await says(page, /没有让写入原文件（refused），改为下载。.*下载为/);
      await type(page, 1158);
      await page.evaluate(() => ((window.refusal = ""), (window.full = true)));
      assert.equal(heldBy((await download(page)).text).report.figures[CELL], 1158);
      await says(page, /没有让写入原文件（The disk is full\.），改为下载/);
    },
    { picker: true, before: chooses },
  ));

test("what is typed while it saves is unsaved, and a second save waits for its turn", () =>
  onIsland(
    async ({ page }) => {
      await open(page, await offline());
      await type(page, 1157);
      await page.evaluate(() => {
        const { showSaveFilePicker: choose } = window;
        window.showSaveFilePicker = async (options) => {
          const handle = await choose(options);
          const { createWritable } = handle;
          handle.createWritable = async () => {
            if (window.written.length === 0) await new Promise((goOn) => (window.goOn = goOn));
            return createWritable();
          };
          return handle;
        };
      });
      await page.keyboard.press("Control+s");
      await says(page, "正在保存");
      await page.waitForFunction(() => window.goOn);
      await type(page, 1158);
      await page.keyboard.press("Control+s");
      await page.evaluate(() => window.goOn());
      await page.waitForFunction(() => window.written.length === 2);
      await says(page, "保存到");
      const figures = (await page.evaluate(() => window.written)).map((text) => heldBy(text).report.figures[CELL]);
      assert.deepEqual(figures, [1157, 1158]);
    },
    { picker: true, before: chooses },
  ));

test("the state before is kept beside the new one, and comes back as one edit", () =>
  onIsland(async ({ page }) => {
    const previous = suqian();
    previous.figures[CELL] = 1111;
    await open(page, await offline({ previous }));
    await page.locator(".nianbao-more").click();
    const panel = page.locator("#nianbao-about");
    const back = panel.getByRole("button", { name: "取回那时的内容" });
    await back.focus();
    await page.keyboard.press("Enter");
    await panel.getByText("已取回上一次保存之前的内容").waitFor();
    assert.equal(await figure(page), 1111);
    await page.waitForFunction(() => document.activeElement.id === "nianbao-back");
    await says(page, "还没有保存");
    assert.equal(await element(page, (report) => report.undo()), true);
    assert.equal(await figure(page), suqian().figures[CELL]);
  }));

test("the panel tells what there is to know of the file, follows the editing, and closes by Escape", () =>
  onIsland(async ({ page }) => {
    const file = await offline();
    await open(page, file);
    const opening = page.locator(".nianbao-more");
    await opening.focus();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("region", { name: "关于这个文件" });
    const entry = async (name) => (await panel.locator("dt", { hasText: name }).locator("+ dd").innerText()).trim();
    const { report } = heldBy(readFileSync(file.path, "utf8"));
    assert.match(await entry("现在显示的数据指纹"), new RegExp(report.fingerprint));
    assert.equal(await entry("文件里的数据指纹"), report.fingerprint);
    assert.match(await entry("程序的校验码"), /^([0-9A-F]{4}-){3}[0-9A-F]{4}/);
    assert.match(await entry("文件里带有"), /填写和修改[^]*图表[^]*Word、Excel、PDF[^]*导出 Word/);
    assert.match(await entry("网络"), /不访问网络/);
    assert.match(await entry("收到的人怎样核对"), new RegExp(`nianbao check ${basename(file.path)}`));
    await type(page, 1157);
    await says(page, "还没有保存");
    await panel.locator("dd").first().filter({ hasText: await fingerprint(page) }).waitFor();
    assert.equal(await entry("文件里的数据指纹"), report.fingerprint);
    await panel.getByRole("button", { name: "关闭" }).focus();
    await page.keyboard.press("Escape");
    assert.equal(await panel.count(), 0);
    assert.equal(await opening.evaluate((button) => document.activeElement === button), true);
  }));

test("in view mode there is nothing to save, the key stays the browser's, and what a plain file cannot do it says", () =>
  onIsland(async ({ page, complaints }) => {
    await open(page, await offline({ mode: "view" }));
    assert.equal(await page.locator(".nianbao-save").isVisible(), false);
    assert.equal(await page.evaluate(() => document.dispatchEvent(new KeyboardEvent("keydown", { key: "s", ctrlKey: true, cancelable: true }))), true);
    const refused = (run) => element(page, `(report) => (${run})(report).then(() => "done", (error) => error.message)`);
    assert.match(await refused((report) => report.importFile(new File(["<table><tr><td>1"], "a.html"))), /没有读取其他文件的程序/);
    for (const format of ["docx", "html", "offline"]) assert.match(await refused(`(report) => report.exportAs("${format}")`), /json/, format);
    await page.locator("nianbao-report #download").click();
    assert.deepEqual(await page.locator("nianbao-report [role=menuitem]").allInnerTexts(), ["JSON\n.json"]);
    await page.keyboard.press("Escape");
    await element(page, (report) => {
      const data = new DataTransfer();
      data.items.add(new File(["PK"], "a.docx"));
      report.shadowRoot.querySelector("td[data-cell]").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, composed: true, cancelable: true }));
    });
    await page.locator("nianbao-report").getByText("没有读取其他文件的程序").first().waitFor();
    assert.equal(await page.locator("nianbao-report").getByText("网络").count(), 0);
    const json = JSON.stringify({ ...suqian(), agency: "某县" });
    assert.equal(await element(page, async (report, json) => (await report.importFile(new File([json], "a.json")), report.report.agency), json), "某县");
    await says(page, "不是这个文件里的报告");
    await element(page, (report) => (report.mode = "edit"));
    await says(page, "里面没有填写的程序");
    await element(page, (report) => (report.mode = "view"));
    await says(page, "不是这个文件里的报告");
    await page.locator("nianbao-report #view-charts").click();
    await says(page, "没有画图表的程序");
    // For whoever looks into it, the browser's console has them too.
    assert.deepEqual(complaints.splice(0).map((text) => /(\w+) is not in this file/.exec(text)?.[1]), ["editor", "charts"]);
  }));

test("where the formats of others are left out, it says so of each, and reads what it can", () =>
  onIsland(async ({ page }) => {
    await open(page, await offline({ formats: false }));
    const word = readFileSync(join(root, "tests/fixtures/containers/libreoffice.docx")).toString("base64");
    const refused = await element(
      page,
      (report, word) => report.importFile(new File([Uint8Array.from(atob(word), (character) => character.charCodeAt(0))], "a.docx")).catch((error) => error.message),
      word,
    );
    assert.match(refused, /没有打开 Word、Excel 和 PDF 的程序/);
    assert.match(await element(page, (report) => report.exportAs("xlsx").catch((error) => error.message)), /xlsx|Excel/);
    const csv = await element(page, async (report) => (await report.exportAs("csv")).text());
    assert.equal(await element(page, async (report, csv) => (await report.importFile(new File([csv], "a.csv")), report.report.agency), csv), "宿迁市");
    assert.match(await state(page).innerText(), /与文件一致|还没有保存/);
  }));

test("charts are drawn where they are carried", () =>
  onIsland(async ({ page }) => {
    await page.goto((await offline({ mode: "view", charts: true, attributes: { view: "charts" } })).address);
    await page.waitForFunction(() => document.querySelector("nianbao-report").shadowRoot?.querySelector(".picture"));
  }));

test("whatever a report holds is data, never markup", () =>
  onIsland(async ({ page }) => {
    const report = suqian();
    const hostile = `</script><script>window.hacked = 1</script><!-- --> <img src=x onerror="window.hacked=1"> \u2028\u2029 ]]> </nianbao-report> & &amp; 𠮷`;
    report.agency = `某县</title><script>window.hacked = 1</script>`;
    report.sections.overview = hostile;
    report.sections.other = "长".repeat(3_500_000);
    for (const mode of ["edit", "view"]) {
      const file = await offline({ report, mode });
      await open(page, file);
      const shown = await element(page, (report) => report.report);
      assert.equal(shown.sections.overview, hostile, mode);
      assert.equal(shown.agency, report.agency);
      assert.equal(shown.sections.other.length, 3_500_000);
      assert.deepEqual(shown.figures, report.figures);
      assert.equal(await page.evaluate(() => window.hacked), undefined);
      if (mode === "edit") assert.ok((await download(page)).text === readFileSync(file.path, "utf8"), "saved unchanged");
    }
  }));

test("without scripts the tables and the texts are there to read", () =>
  onIsland(
    async ({ page }) => {
      await page.goto((await offline()).address);
      const text = await page.locator("nianbao-report article").innerText();
      assert.ok(text.includes("宿迁市2023年政府信息公开工作年度报告") && text.includes(String(suqian().figures[CELL])));
      assert.equal(await page.locator(`article td[data-cell="${CELL}"]`).isVisible(), true);
      assert.equal(await page.locator(".nianbao-bar").count(), 0);
    },
    { context: { javaScriptEnabled: false } },
  ));

const lacking = {
  DecompressionStream: () => delete window.DecompressionStream,
  "a worker": () => {
    window.Worker = class {
      constructor() {
        throw new DOMException("no", "SecurityError");
      }
    };
  },
};
for (const [what, before] of Object.entries(lacking)) {
  test(`it does without ${what}`, () =>
    onIsland(
      async ({ page }) => {
        await open(page, await offline());
        await type(page, 1157);
        assert.equal(heldBy((await download(page)).text).report.figures[CELL], 1157);
        const type_ = await element(page, async (report) => (await report.exportAs("xlsx")).type);
        assert.match(type_, /spreadsheetml/);
      },
      { before },
    ));
}

test("where WebAssembly is missing, or a part is damaged, the tables stay, with a sentence", () =>
  onStage({ offline: true }, async ({ page }) => {
    const text = await bundled();
    await page.addInitScript(() => {
      if (location.hash === "#without") delete window.WebAssembly;
    });
    const article = page.locator("nianbao-report article");
    await page.goto(`${put(text).address}#without`);
    await page.getByRole("alert").filter({ hasText: "不支持 WebAssembly" }).waitFor();
    assert.equal(await article.isVisible(), true);
    // Of another script than that which the policy names, nothing runs.
    const altered = text.replace(/(data-nianbao="page\.js">\d+ )(.)(.)/, (_, head, one, other) => head + other + one);
    assert.notEqual(altered, text);
    await page.goto(put(altered).address);
    await page.getByRole("alert").filter({ hasText: "打不开" }).waitFor();
    assert.equal(await article.isVisible(), true);
    // A module that is damaged is told by the element.
    const module = text.replace(/(data-nianbao="editor\.wasm">\d+ .{3000})(.)(.)/, (_, head, one, other) => head + other + one);
    await page.goto(put(module).address);
    await page.locator("nianbao-report").getByRole("alert").filter({ hasText: "年报组件没有启动" }).waitFor();
    assert.equal(await article.isVisible(), true);
  }));

test("a script that is not the program's is refused by the page's own policy", () =>
  onStage({ offline: true }, async ({ page }) => {
    const text = await bundled({ mode: "view" });
    await page.goto(put(text.replace("<nianbao-report", '<script>window.hacked = 1</script><img src="https://example.org/x.png"><nianbao-report')).address);
    await showsAReport(page);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    const asked = await page.evaluate(() => fetch("https://example.org/").then(() => "answered", () => "refused"));
    assert.equal(asked, "refused");
  }));

test("an empty form is filled in by keyboard alone and saved", () =>
  onIsland(async ({ page }) => {
    const report = { form: "gongkai-2021", agency: "", year: null, figures: {} };
    await open(page, await offline({ report, formats: false }));
    assert.equal(await page.locator(".nianbao-whose").innerText(), "还没有填写机关名称");
    const tab = async (wanted) => {
      for (let time = 0; time < 60; time++) {
        await page.keyboard.press("Tab");
        if (wanted(await focused(page))) return;
      }
      throw new Error(`The Tab key did not come to it: ${JSON.stringify(await focused(page))}`);
    };
    await tab(({ id }) => /agency/.test(id));
    await page.keyboard.type("某镇人民政府");
    await tab(({ id }) => /year/.test(id));
    await page.keyboard.type("2023");
    await tab(({ cell }) => Boolean(cell));
    const { cell } = await focused(page);
    await page.keyboard.type("7");
    await page.keyboard.press("Enter");
    await page.keyboard.type("3");
    await page.locator(".nianbao-whose", { hasText: "某镇人民政府 2023年" }).waitFor();
    const saved = await download(page);
    assert.match(saved.name, /^某镇人民政府2023年-gongkai-2021-\d{8}\.html$/);
    await open(page, put(saved.text));
    const filled = await element(page, (report) => report.report);
    assert.deepEqual([filled.agency, filled.year, filled.figures[cell]], ["某镇人民政府", 2023, 7]);
    assert.equal((await shownFigures(page))[cell], "7");
    assert.match(await page.locator(".nianbao-whose").innerText(), /某镇人民政府 2023年/);
  }));

test("after a crash the draft is there, and another file at the same path has none of it", async () => {
  const profile = mkdtempSync(join(tmpdir(), "nianbao-lasting-"));
  const file = await offline({}, "lasting.html");
  let running;
  const start = async () => (running = await openLasting(profile)).page;
  try {
    const first = await start();
    await open(first, file);
    await first.locator(`nianbao-report [data-cell="${CELL}"] input`).focus();
    // All of it at once: what is told of a draft is told of this one.
    await first.keyboard.insertText("1157");
    await first.locator("#draft-state", { hasText: "草稿已存于本机" }).waitFor();
    await running.kill();

    const second = await start();
    // The same file elsewhere finds it too.
    for (const place of [file, put(readFileSync(file.path, "utf8"), "elsewhere.html")]) {
      await second.goto(place.address);
      await showsAReport(second);
      await says(second, "还没有保存");
      assert.equal(await figure(second), 1157);
    }
    const other = suqian();
    other.figures["requests.received.total"] += 1;
    await open(second, await offline({ report: other }, "lasting.html"));
    assert.equal(await figure(second), suqian().figures[CELL]);
  } finally {
    await running?.kill().catch(() => {});
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

test("on every sheet of paper stands the fingerprint of what is seen", () =>
  onIsland(async ({ page }) => {
    await open(page, await offline());
    await type(page, 1157);
    await says(page, "还没有保存");
    const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ format: "A4", preferCSSPageSize: true })));
    const shown = await fingerprint(page);
    assert.ok(pdf.numPages > 2);
    for (let at = 1; at <= pdf.numPages; at++) {
      const { items } = await (await pdf.getPage(at)).getTextContent();
      const text = items.map(({ str }) => str).join("").replace(/\s/g, "");
      assert.ok(text.includes(shown), `sheet ${at}: ${text.slice(-80)}`);
      assert.ok(!text.includes("关于这个文件"), "the bar is not printed");
    }
  }));

for (const [look, context, attributes] of [
  ["", {}, {}],
  [" in the dark in English", { colorScheme: "dark" }, { lang: "en" }],
  [" at 360 px in large text", { viewport: { width: 360, height: 740 } }, { "text-size": "larger" }],
]) {
  test(`axe finds nothing wrong in the bar and the panel${look}`, { skip: noAxe }, () =>
    onStage({ offline: true, bypassCSP: true, reducedMotion: "reduce", ...context }, async ({ page }) => {
      const previous = suqian();
      previous.figures[CELL] = 1111;
      await page.goto((await offline({ previous, formats: false, attributes })).address);
      await showsAReport(page);
      await page.locator(".nianbao-more").click();
      await page.locator(".nianbao-about details").evaluate((details) => (details.open = true));
      assert.deepEqual(await faults(page), []);
      await type(page, 1157);
      await page.locator('.nianbao-state[data-kind="unsaved"]').waitFor();
      assert.deepEqual(await faults(page), [], "unsaved");
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${wide} px too wide`);
    }));
}

test("the file of every released version still opens, and is read by this version's widget", async () => {
  const folder = join(root, "tests/fixtures/offline");
  const versions = readdirSync(folder);
  assert.ok(versions.length > 0);
  const server = await serve(dist);
  try {
    server.answers["/host.html"] = htmlPage("<nianbao-report></nianbao-report>", script);
    for (const version of versions) {
      const text = readFileSync(join(folder, version), "utf8");
      const { report } = heldBy(text);
      await onIsland(async ({ page }) => {
        await open(page, put(text));
        assert.deepEqual((await element(page, (report) => report.report)).figures, report.figures, version);
      });
      await onStage({}, async ({ page }) => {
        await page.goto(`${server.url}host.html`);
        const read = await element(
          page,
          async (report, [name, text]) => {
            await customElements.whenDefined("nianbao-report");
            await report.importFile(new File([text], name, { type: "text/html" }));
            return [report.report, report.fingerprint, report.findings.map(({ rule }) => rule)];
          },
          [version, text],
        );
        assert.deepEqual([read[0].figures, read[1]], [report.figures, report.fingerprint], version);
        assert.ok(!read[2].includes("carried") && !read[2].includes("fingerprint"), `${version}: ${read[2]}`);
      });
    }
  } finally {
    await server.close();
  }
});

test("a page of a portal gives an offline file too, with what stands at its addresses", async () => {
  const server = await serve(dist);
  try {
    server.answers["/report.json"] = json(suqian());
    server.answers["/prior.json"] = json({ ...suqian(), year: 2022 });
    server.answers["/host.html"] = htmlPage('<nianbao-report src="report.json" prior-src="prior.json" mode="edit"></nianbao-report>', script);
    const text = await onStage({}, async ({ page, complaints }) => {
      await page.goto(`${server.url}host.html`);
      await showsAReport(page);
      const text = await element(page, async (report) => (await report.exportAs("offline", { formats: false })).text());
      assert.deepEqual(complaints, []);
      return text;
    });
    assert.match(text, /^<!DOCTYPE html>/);
    assert.match(text, /prior-src="data:application\/json;charset=utf-8,%7B/);
    assert.ok(!text.includes('data-nianbao="office.wasm"') && text.includes('data-nianbao="editor.wasm"'));
    await onIsland(async ({ page }) => {
      await open(page, put(text));
      assert.deepEqual((await element(page, (report) => report.report)).figures, suqian().figures);
      assert.ok(await element(page, (report) => report.findings.some(({ rule }) => rule === "carry-over" || rule === "stock")), "last year's report is compared");
      const view = await element(page, async (report) => (await report.exportAs("offline", { mode: "view" })).text());
      assert.ok(!view.includes('data-nianbao="writer.wasm"') && view.includes('mode="view"'));
      await open(page, put(view));
      assert.deepEqual((await element(page, (report) => report.report)).figures, suqian().figures);
    });
  } finally {
    await server.close();
  }
});
