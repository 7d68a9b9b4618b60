// Files are read away from the page: dropped, pasted, opened; with progress, cancelled, and where things go wrong.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { notFound, serve } from "./server.mjs";
import { beginReading, forget, htmlPage, json, onStage, readJson, script, showsAReport, showsReport, tabTo } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

const published = readFileSync(new URL("fixtures/published.html", import.meta.url), "utf8");
const text = readFileSync(new URL("../../www/demo/2020-yisuhe.txt", import.meta.url), "utf8");
const shown = readJson("www/demo/2023-hongze.json");

async function host(page, attributes = 'src="shown.json"', head = script) {
  server.answers["/shown.json"] = json(shown);
  server.answers["/host.html"] = htmlPage(`<nianbao-report id="r" ${attributes}></nianbao-report>`, head);
  await page.goto(`${server.url}host.html`);
  await page.waitForFunction(() => document.getElementById("r").shadowRoot?.querySelector(".nianbao"));
  if (attributes.includes("src=")) await showsAReport(page, "#r");
}

/** A module in the place of another, for the server to answer with. */
/** The script of a program that exports these. */
const program = (exported) => ({
  status: 200,
  type: "text/javascript; charset=utf-8",
  body: `export const begin = () => ({ default: async () => {}, ${exported} });`,
});
/** A reader that takes so many milliseconds, and finds this report in everything. */
const slowReader = (milliseconds, report = { ...shown, agency: "某局" }) =>
  program(`is_container: () => false, read(bytes, file, language, forms, prior) {
      for (const end = Date.now() + ${milliseconds}; Date.now() < end; );
      return JSON.stringify({ report: ${JSON.stringify(report)}, findings: [], leftover: [] });
    }`);

const inside = (page) => page.locator("#r");
const card = (page) => inside(page).locator(".card");
const agency = (page) => page.evaluate(() => document.getElementById("r").report?.agency);
/** Waits until there are so many workers: one that is in the middle of something takes a while to end. */
async function workersAre(page, count) {
  for (const end = Date.now() + 10_000; page.workers().length !== count && Date.now() < end; ) await page.waitForTimeout(50);
  assert.equal(page.workers().length, count);
}
const outcome = (page) => page.waitForFunction(() => window.read !== undefined).then(() => page.evaluate(() => window.read));
const read = async (page, content, name) => {
  await beginReading(page, content, name);
  return outcome(page);
};
const exported = (page) =>
  page.evaluate(async () => JSON.parse(await (await document.getElementById("r").exportAs("json", { provenance: true })).text()));

/** Drags over parts of the element: `[["dragenter", ".title"], …]`; gives after each whether it shows where to drop. */
const drag = (page, steps, files, kind = "Files") =>
  page.evaluate(
    ([steps, files, kind]) => {
      const root = document.getElementById("r").shadowRoot;
      const dataTransfer = new DataTransfer();
      if (kind === "Files") files.forEach(([content, name]) => dataTransfer.items.add(new File([content], name)));
      else dataTransfer.setData("text/plain", "一段文字");
      return steps.map(([type, selector]) => {
        const event = new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true });
        root.querySelector(selector).dispatchEvent(event);
        return [getComputedStyle(root.querySelector(".dropping")).display !== "none", event.defaultPrevented];
      });
    },
    [steps, files, kind],
  );
const drop = (page, ...files) => drag(page, [["dragenter", ".title"], ["dragover", ".title"], ["drop", ".title"]], files);

test("a page that is dropped is read away from the page, and its figures remember the file", () =>
  onStage({}, async ({ page, complaints }) => {
    await host(page);
    await drop(page, [published, "2023年报.html"]);
    await showsReport(page, "宿迁市", 2023, "#r");
    assert.equal(page.workers().length, 1);
    assert.equal((await exported(page)).provenance.file, "2023年报.html");
    assert.equal((await page.evaluate(() => document.getElementById("r").report)).provenance, undefined);
    assert.deepEqual(complaints, []);
  }));

test("where a file may be dropped is shown as long as one is over the element, whatever is below it", () =>
  onStage({}, async ({ page }) => {
    await host(page);
    const over = await drag(page, [
      ["dragenter", ".nianbao"], ["dragover", ".nianbao"],
      ["dragenter", ".title"], ["dragleave", ".nianbao"], ["dragover", ".title"],
      ["dragenter", "td[data-cell]"], ["dragleave", ".title"], ["dragover", "td[data-cell]"],
      ["dragleave", "td[data-cell]"],
    ], [["", "a.html"]]);
    assert.deepEqual(over.map(([shows]) => shows), [true, true, true, true, true, true, true, true, false]);
    assert.ok(over.every(([, taken]) => taken));
    const words = await drag(page, [["dragenter", ".title"], ["dragover", ".title"], ["drop", ".title"]], [], "text");
    assert.deepEqual(words, [[false, false], [false, false], [false, false]]);
    assert.equal(await agency(page), shown.agency);
  }));

test("of several files the first is read, and that is said", () =>
  onStage({}, async ({ page }) => {
    await host(page);
    await drop(page, [text, "年报.txt"], [published, "b.html"], ["", "c.html"]);
    await showsReport(page, "湘潭县易俗河镇", 2020, "#r");
    const said = card(page).getByRole("status");
    assert.match(await said.innerText(), /年报\.txt.*另外 2 个/);
    await inside(page).getByRole("button", { name: "知道了" }).click();
    await card(page).waitFor({ state: "detached" });
  }));

test("a file that is dropped into the editor is an edit that can be taken back", () =>
  onStage({}, async ({ page }) => {
    await host(page, 'src="shown.json" mode="edit"');
    await drop(page, [published, "2023年报.html"]);
    await showsReport(page, "宿迁市", 2023, "#r");
    assert.equal((await exported(page)).provenance.file, "2023年报.html");
    assert.equal(await page.evaluate(() => document.getElementById("r").undo()), true);
    await showsReport(page, shown.agency, 2023, "#r");
  }));

test("a file is opened by the keyboard, or pasted; pictures beside cells are none", () =>
  onStage({}, async ({ page }) => {
    await host(page, 'src="shown.json" mode="edit"');
    // The browser has to know that it is waited for before the key comes.
    const choosing = page.waitForEvent("filechooser");
    await tabTo(page, ({ id }) => id === "open-file");
    await page.keyboard.press("Enter");
    const chooser = await choosing;
    await chooser.setFiles({ name: "年报.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
    await showsReport(page, "湘潭县易俗河镇", 2020, "#r");
    const paste = (name, type, content) =>
      page.evaluate(
        ([name, type, content]) => {
          const clipboardData = new DataTransfer();
          clipboardData.items.add(new File([content], name, { type }));
          const target = document.getElementById("r").shadowRoot.querySelector("#cover-agency");
          target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));
        },
        [name, type, content],
      );
    await paste("图.png", "image/png", "");
    await paste("年报.html", "text/html", published);
    await showsReport(page, "宿迁市", 2023, "#r");
    assert.deepEqual(await inside(page).getByText("没有读到").count(), 0);
  }));

test("while a file is read the page goes on, says how far it is, and shows what it showed", () =>
  onStage({}, async ({ page }) => {
    server.answers["/reader.js"] = slowReader(2000);
    await host(page);
    await page.evaluate(() => {
      let last = performance.now();
      window.longest = 0;
      const frame = (now) => {
        window.longest = Math.max(window.longest, now - last);
        last = now;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await beginReading(page, "一页", "2023年报.html");
    await card(page).getByRole("status").filter({ hasText: "正在读取 2023年报.html" }).waitFor();
    await card(page).getByText("识别表格").waitFor();
    assert.equal(await inside(page).getByRole("progressbar", { name: "进度" }).getAttribute("value"), "3");
    assert.equal(await agency(page), shown.agency);
    assert.equal(await page.evaluate(() => document.documentElement.scrollHeight), height, "nothing moves");
    assert.equal(await outcome(page), null);
    assert.equal(await agency(page), "某局");
    // On the page's own thread it would have been two seconds.
    const longest = await page.evaluate(() => window.longest);
    assert.ok(longest < 1000, `no frame came for ${longest} ms`);
    await card(page).waitFor({ state: "detached" });
  }));

for (const [how, cancel] of [
  ["by its button", (page) => inside(page).getByRole("button", { name: "取消" }).click()],
  ["by the Escape key", async (page) => {
    await inside(page).locator("a.sentence").first().click();
    await page.keyboard.press("Escape");
  }],
]) {
  for (const mode of ["view", "edit"]) {
    test(`reading is cancelled ${how} in mode ${mode}; what was shown stays, and the next file is read`, () =>
      onStage({}, async ({ page }) => {
        server.answers["/reader.js"] = slowReader(600_000);
        await host(page, `src="shown.json" mode="${mode}"`);
        await beginReading(page, "一页", "a.html");
        await inside(page).getByRole("button", { name: "取消" }).waitFor();
        await cancel(page);
        const [name, message] = await outcome(page);
        assert.deepEqual([name, message], ["AbortError", "读取已取消。"]);
        assert.equal(await agency(page), shown.agency);
        await card(page).waitFor({ state: "detached" });
        delete server.answers["/reader.js"];
        assert.equal(await read(page, text, "年报.txt"), null);
        assert.equal(await agency(page), "湘潭县易俗河镇");
        await workersAre(page, 1);
      }));
  }
}

test("where nothing was shown before, cancelling says so, and it can be read again", () =>
  onStage({}, async ({ page }) => {
    server.answers["/reader.js"] = slowReader(600_000);
    server.answers["/slow.txt"] = { status: 200, type: "text/plain; charset=utf-8", body: text };
    server.answers["/host.html"] = htmlPage('<nianbao-report id="r" src="slow.txt"></nianbao-report>', script);
    await page.goto(`${server.url}host.html`);
    await card(page).getByRole("status").filter({ hasText: "slow.txt" }).waitFor();
    await inside(page).getByRole("button", { name: "取消" }).click();
    await inside(page).getByRole("alert").filter({ hasText: "读取已取消" }).waitFor();
    delete server.answers["/reader.js"];
    await inside(page).getByRole("button", { name: "重新读取" }).click();
    await showsReport(page, "湘潭县易俗河镇", 2020, "#r");
  }));

test("two files at once: cancelling the reading of one does not lose the other", () =>
  onStage({}, async ({ page }) => {
    server.answers["/host.html"] = htmlPage('<nianbao-report id="r"></nianbao-report><nianbao-report id="other"></nianbao-report>', script);
    server.answers["/reader.js"] = program(`is_container: () => false, read(bytes) {
        for (const end = Date.now() + (bytes.length < 10 ? 600_000 : 0); Date.now() < end; );
        return JSON.stringify({ report: ${JSON.stringify({ ...shown, agency: "另一局" })}, findings: [], leftover: [] });
      }`);
    await page.goto(`${server.url}host.html`);
    await page.waitForFunction(() => document.getElementById("other").shadowRoot?.querySelector(".nianbao"));
    await beginReading(page, "慢", "a.html");
    await inside(page).getByRole("button", { name: "取消" }).waitFor();
    await page.evaluate((text) => void document.getElementById("other").importFile(new File([text], "b.txt")), text);
    await inside(page).getByRole("button", { name: "取消" }).click();
    await showsReport(page, "另一局", 2023, "#other");
  }));

test("a reader that breaks down is told in a sentence, what was shown stays, and the next file has a new one", () =>
  onStage({}, async ({ page }) => {
    await host(page);
    server.answers["/reader.js"] = program(`is_container: () => false, read: () => { throw new WebAssembly.RuntimeError("unreachable"); }`);
    const [, message] = await read(page, text, "年报.txt");
    assert.match(message, /程序出了错.*换用/);
    assert.match(await card(page).getByRole("status").innerText(), /程序出了错/);
    assert.equal(await agency(page), shown.agency);
    assert.equal((await page.evaluate(() => document.getElementById("r").check())).length > 0, true);
    delete server.answers["/reader.js"];
    assert.equal(await read(page, text, "年报.txt"), null);
    assert.equal(await agency(page), "湘潭县易俗河镇");
    assert.equal(await card(page).count(), 0, "what was said before is gone");
  }));

test("what is no report is refused in a sentence over what is shown", () =>
  onStage({}, async ({ page }) => {
    await host(page);
    const [name, message] = await read(page, "你好", "a.txt");
    assert.equal(name, "Error");
    assert.match(message, /[\u4e00-\u9fff]{6,}。/);
    assert.equal(await card(page).getByRole("status").innerText(), message);
    assert.equal(await agency(page), shown.agency);
    const folder = await page.evaluate(() => {
      const folder = { name: "资料", slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException("", "NotFoundError")) }) };
      return document.getElementById("r").importFile(folder).catch((error) => error.message);
    });
    assert.match(folder, /文件夹/);
  }));

for (const missing of ["/background.js", "/background-worker.js", "/reader.js", "/reader_bg.wasm"]) {
  test(`where ${missing} cannot be had, that is told, and once it can the file is read`, () =>
    onStage({}, async ({ page }) => {
      server.answers[missing] = notFound;
      await host(page);
      const [, message] = await read(page, text, "年报.txt");
      assert.match(message, new RegExp(`${missing === "/reader_bg.wasm" ? "reader.js" : missing.slice(1)}.*没有加载成功`));
      if (missing === "/background.js") return;
      delete server.answers[missing];
      assert.equal(await read(page, text, "年报.txt"), null);
    }));
}

const forbids = (policy) => `<meta http-equiv="Content-Security-Policy" content="${policy}">${script}`;
for (const [what, policy, workers] of [
  ["a policy of its own files only", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'", 1],
  ["a policy that forbids workers", "worker-src 'none'", 0],
  // Whether what such a worker imports is one too is not the same in all browsers.
  ["a policy that allows only workers of the page's making", "worker-src blob:"],
]) {
  test(`under ${what} a file is read all the same`, () =>
    onStage({}, async ({ page }) => {
      await host(page, undefined, forbids(policy));
      for (const [content, name, agencyOf] of [[text, "年报.txt", "湘潭县易俗河镇"], [published, "年报.html", "宿迁市"]]) {
        assert.equal(await read(page, content, name), null);
        assert.equal(await agency(page), agencyOf);
      }
      if (workers !== undefined) assert.equal(page.workers().length, workers);
      assert.equal((await read(page, "你好", "a.txt"))[0], "Error");
    }));
}

test("without workers it is said that a file is read before the page stands still", () =>
  onStage({}, async ({ page }) => {
    await host(page, undefined, forbids("worker-src 'none'"));
    server.answers["/reader.js"] = slowReader(200);
    await page.evaluate(() => {
      window.cards = [];
      const root = document.getElementById("r").shadowRoot;
      new MutationObserver(() => window.cards.push(root.querySelector(".card")?.textContent)).observe(root, { subtree: true, childList: true, characterData: true });
    });
    assert.equal(await read(page, text, "年报.txt"), null);
    const cards = await page.evaluate(() => window.cards);
    assert.ok(cards.some((card) => /正在读取 年报\.txt/.test(card)), cards.join());
  }));

test("embedded from another site, a file is read in a worker too", () =>
  onStage({}, async ({ page }) => {
    const site = await serve(dist, { headers: { "access-control-allow-origin": "*" } });
    try {
      await host(page, undefined, `<script type="module" src="${site.url}nianbao.js"></script>`);
      assert.equal(await read(page, text, "年报.txt"), null);
      assert.equal(await agency(page), "湘潭县易俗河镇");
      assert.equal(page.workers().length, 1);
      assert.ok(site.requests.includes("/reader_bg.wasm"));
      assert.ok(!server.requests.some((path) => path.startsWith("/reader") || path.startsWith("/background")));
    } finally {
      await site.close();
    }
  }));

test("a worker that has nothing to do is ended after a minute, and another reads the next file", () =>
  onStage({}, async ({ page }) => {
    await page.clock.install();
    await host(page);
    const takes = (content, name) => Promise.all([read(page, content, name), page.clock.runFor(1000)]);
    await takes(text, "年报.txt");
    await page.clock.runFor(58_000);
    assert.equal(page.workers().length, 1);
    await page.clock.runFor(2000);
    await workersAre(page, 0);
    await takes(published, "年报.html");
    assert.equal(await agency(page), "宿迁市");
  }));

test("a container is opened by a program of its own, and last year's report is a hint to the reader", () =>
  onStage({}, async ({ page }) => {
    const line = (text) => ({ kind: "Paragraph", cells: [{ text, column: 0, span: 1 }], apart: false });
    const document = { lines: text.split("\n").map(line), title: null, is_page: false, carried: null, asks_password: false };
    server.answers["/container.js"] = program(`document(bytes, language) {
        if (bytes.length < 9) throw "文件不完整（" + language + "）。";
        return ${JSON.stringify(JSON.stringify(document))};
      }`);
    await host(page);
    assert.equal(await read(page, published, "年报.html"), null);
    assert.ok(!server.requests.includes("/container.js"));
    assert.equal(await read(page, "PK\u0003\u0004 word/document.xml", "年报.docx"), null);
    assert.equal(await agency(page), "湘潭县易俗河镇");
    assert.equal((await exported(page)).provenance.file, "年报.docx");
    assert.deepEqual(await read(page, "PK\u0003\u0004", "坏.docx"), ["Error", "文件不完整（zh-CN）。"]);
    const hinting = slowReader(0).body.replace("return JSON", "return JSON.stringify({ report: { ...JSON.parse(prior), title: file }, findings: [], leftover: [] }); JSON");
    server.answers["/reader.js"] = { ...slowReader(0), body: hinting };
    server.answers["/x/年报.txt"] = { status: 200, type: "text/plain", body: "一页" };
    await host(page, 'src="x/%E5%B9%B4%E6%8A%A5.txt?v=1" prior-src="shown.json"');
    const { title, agency: hinted } = await page.evaluate(() => document.getElementById("r").report);
    assert.deepEqual([title, hinted], ["年报.txt", shown.agency]);
  }));

test("what the reader suggests is adopted by a click, and then no longer told", () =>
  onStage({}, async ({ page }) => {
    const cell = "requests.received.business";
    const figures = { ...shown.figures };
    delete figures[cell];
    const findings = [{
      rule: "unread", severity: "warning", message: "“l2”可能是 12。", cells: [cell], expected: null, actual: null,
      repairs: [{ changes: [{ cell, from: "", to: "12" }], why: "字母 l 像数字 1" }],
    }];
    const found = JSON.stringify({ report: { ...shown, figures, unread: [cell] }, findings, leftover: [] });
    server.answers["/reader.js"] = program(`is_container: () => false, read: () => ${JSON.stringify(found)}`);
    await host(page, 'src="shown.json" mode="edit"');
    assert.equal(await read(page, "一页", "a.html"), null);
    const finding = inside(page).locator(".finding").filter({ hasText: "可能是 12" });
    await finding.getByText("字母 l 像数字 1").waitFor();
    await finding.getByRole("button", { name: /^采用/ }).click();
    await finding.waitFor({ state: "detached" });
    assert.equal(await page.evaluate((cell) => document.getElementById("r").report.figures[cell], cell), 12);
    await page.evaluate(() => document.getElementById("r").undo());
    await finding.waitFor();
  }));

test("a large page is read while the page goes on", () =>
  onStage({}, async ({ page }, t) => {
    await host(page);
    const filler = `<p>${"工作动态。".repeat(200)}</p>`.repeat(5000);
    const result = await page.evaluate(
      async ([published, filler]) => {
        const tasks = [];
        new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ entryTypes: ["longtask"] });
        const file = new File([published.replace("</body>", "") + filler], "大.html");
        const start = performance.now();
        await document.getElementById("r").importFile(file);
        return { size: file.size, took: performance.now() - start, longest: Math.max(0, ...tasks) };
      },
      [published, filler],
    );
    console.log(`# ${(result.size / 2 ** 20).toFixed(1)} MB read in ${result.took.toFixed(0)} ms, longest task ${result.longest.toFixed(0)} ms`);
    await showsReport(page, "宿迁市", 2023, "#r");
  }));
