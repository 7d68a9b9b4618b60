// Nothing is ever lost: what is edited is kept in the browser and is there again.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import { focusIs, focused, forget, htmlPage, json, onStage, readJson, script, showsAReport, showsReport } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

/** A report with one wrong figure, in which its row and its column fail. */
function oneWrongCell(more = {}) {
  const report = { ...readJson("www/demo/2023-suqian.json"), ...more };
  report.figures = { ...report.figures, "requests.granted.natural_person": 1157 };
  return report;
}
const CELL = "requests.granted.natural_person";
const right = readJson("www/demo/2023-suqian.json").figures[CELL];

/** Where a page with one editor is. */
function host({ report = oneWrongCell(), attributes = "", name = "host" } = {}) {
  server.answers[`/${name}.json`] = json(report);
  server.answers[`/${name}.html`] = htmlPage(`<nianbao-report id="r" src="${name}.json" mode="edit" ${attributes}></nianbao-report>`, script);
  return `${server.url}${name}.html`;
}

async function open(page, address) {
  await page.goto(address);
  await showsAReport(page, "#r");
}

const inside = (page) => page.locator("#r");
const button = (page, name) => inside(page).getByRole("button", { name });
const figure = (page) => page.evaluate((cell) => document.getElementById("r").report.figures[cell], CELL);
const call = (page, method) => page.evaluate((method) => document.getElementById("r")[method](), method);
// The page moves smoothly to what was changed: from then on buttons are pressed by key, not aimed at.
const apply = (page) => button(page, /^采用/).first().press("Enter");
const shows = (page, text) => inside(page).getByText(text).first().waitFor();
const saved = (page) => inside(page).locator("#draft-state", { hasText: "草稿已存于本机" }).waitFor();
const notice = (page) => inside(page).locator("#draft-notice");
/** Whether leaving the page would ask. */
const asks = (page) => page.evaluate(() => !window.dispatchEvent(new Event("beforeunload", { cancelable: true })));
/** What is stored, as it is. */
const stored = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("nianbao");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const all = opening.result.transaction("drafts").objectStore("drafts").getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(all.result);
          };
        };
      }),
  );
const until = async (what, condition) => {
  for (let time = 0; time < 100; time++) {
    if (await condition()) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`${what}: that did not come to pass`);
};

test("a change is stored at once, is there again after a reload, says so, and what is published can be had again", () =>
  onStage({}, async ({ page, complaints }) => {
    await page.addInitScript(() => {
      const { transaction } = IDBDatabase.prototype;
      window.durabilities = [];
      IDBDatabase.prototype.transaction = function (...given) {
        const begun = transaction.apply(this, given);
        if (begun.mode === "readwrite") window.durabilities.push(begun.durability);
        return begun;
      };
    });
    await open(page, host());
    assert.deepEqual(await stored(page), [], "what was not changed is no draft");
    await apply(page);
    await saved(page);
    assert.deepEqual(await page.evaluate(() => window.durabilities), ["strict"], "one change is one write, to the disk");
    assert.equal(await asks(page), false, "a saved draft needs no warning");
    const [draft] = await stored(page);
    assert.equal(draft.key, `src ${server.url}host.json`);
    assert.deepEqual([draft.agency, draft.year, draft.form], [readJson("www/demo/2023-suqian.json").agency, 2023, "gongkai-2021"]);
    assert.equal(JSON.parse(draft.report).figures[CELL], right);

    await page.reload();
    await showsAReport(page, "#r");
    assert.equal(await figure(page), right);
    assert.match(await notice(page).innerText(), /已恢复 \d+月\d+日 \d+:\d\d 的草稿。/);
    assert.equal((await focused(page)).id, "", "the focus is where it was");
    await button(page, "用发布的内容重新开始").press("Enter");
    await notice(page).filter({ hasText: "现在显示的是发布的内容" }).waitFor();
    await focusIs(page, "draft-notice");
    assert.equal(await figure(page), 1157);
    await until("the draft is gone", async () => (await stored(page)).length === 0);
    assert.equal(await call(page, "undo"), true);
    assert.equal(await figure(page), right, "going back was a change like another");
    await saved(page);
    assert.equal(JSON.parse((await stored(page))[0].report).figures[CELL], right);
    assert.deepEqual(complaints, []);
  }));

test("undoing everything leaves no draft, and reasons are kept too", () =>
  onStage({}, async ({ page }) => {
    const report = oneWrongCell({ year: 2020 });
    await open(page, host({ report }));
    await button(page, /^填写说明/).first().press("Enter");
    await page.keyboard.type("情况属实");
    await page.keyboard.press("Control+Enter");
    await saved(page);
    await page.reload();
    await showsAReport(page, "#r");
    const answers = await page.evaluate(() => document.getElementById("r").report.answers.map(({ reason }) => reason));
    assert.deepEqual(answers, ["情况属实"]);
    await apply(page);
    await saved(page);
    await call(page, "undo");
    await call(page, "undo");
    await until("no draft is left", async () => (await stored(page)).length === 0);
    await page.reload();
    await showsAReport(page, "#r");
    assert.equal(await notice(page).count(), 0);
  }));

test("where what is published has changed since, the notice says so", () =>
  onStage({}, async ({ page }) => {
    const address = host();
    await open(page, address);
    await apply(page);
    await saved(page);
    const report = oneWrongCell();
    report.figures["requests.received.total"] += 1;
    host({ report });
    await open(page, address);
    assert.match(await notice(page).innerText(), /发布的内容又有改动/);
    assert.equal(await figure(page), right);
  }));

test("drafts are listed by agency and year, are opened, and deleting asks", () =>
  onStage({}, async ({ page, complaints }) => {
    await open(page, host({ report: oneWrongCell({ agency: "乙县", year: 2022 }), name: "second" }));
    await apply(page);
    await saved(page);
    await open(page, host({ report: oneWrongCell({ agency: "甲县" }), name: "first" }));
    await apply(page);
    await saved(page);

    await button(page, "草稿").press("Enter");
    await focusIs(page, "drafts");
    const entries = inside(page).locator(".draft");
    assert.equal(await entries.count(), 2);
    const texts = await entries.allInnerTexts();
    assert.ok(texts.some((text) => /乙县 2022年[\s\S]*2021[\s\S]*\d+月\d+日 \d+:\d\d 保存[\s\S]*打开/.test(text)), texts.join("\n"));
    const own = entries.filter({ hasText: "甲县 2023年" });
    assert.match(await own.innerText(), /正在编辑/);
    const other = entries.filter({ hasText: "乙县" });

    await other.getByRole("button", { name: /^删除/ }).press("Enter");
    await focusIs(page, "draft-keep");
    assert.match(await other.innerText(), /删除后不能恢复。/);
    await page.keyboard.press("Enter");
    assert.equal((await stored(page)).length, 2, "it was asked, and answered with no");
    await until("the focus is back", async () => (await focused(page)).id.startsWith("draft-delete-"));

    await other.getByRole("button", { name: /^打开/ }).press("Enter");
    await showsReport(page, "乙县", 2022, "#r");
    await focusIs(page, "title");
    await notice(page).filter({ hasText: "已打开" }).waitFor();
    assert.equal(await figure(page), right);
    // What is changed now is changed in that draft.
    await button(page, /^填写说明/).first().press("Enter");
    await page.keyboard.type("属实");
    await page.keyboard.press("Control+Enter");
    await until("it is in that draft", async () => {
      const draft = (await stored(page)).find(({ agency }) => agency === "乙县");
      return draft.key.endsWith("second.json") && JSON.parse(draft.report).answers?.[0].reason === "属实";
    });

    await button(page, "草稿").press("Enter");
    await entries.filter({ hasText: "甲县" }).getByRole("button", { name: /^删除/ }).press("Enter");
    await focusIs(page, "draft-keep");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await shows(page, "草稿已删除。");
    await focusIs(page, "drafts");
    assert.deepEqual((await stored(page)).map(({ agency }) => agency), ["乙县"]);
    await button(page, "关闭").press("Enter");
    await focusIs(page, "drafts-button");
    assert.deepEqual(complaints, []);
  }));

test("the draft that is shown can be deleted: what is published takes its place", () =>
  onStage({}, async ({ page }) => {
    await open(page, host());
    await apply(page);
    await saved(page);
    await button(page, "草稿").press("Enter");
    await inside(page).locator(".draft").getByRole("button", { name: /^删除/ }).press("Enter");
    await inside(page).locator(".draft-question").getByRole("button", { name: /^删除/ }).press("Enter");
    await shows(page, "草稿已删除。");
    assert.equal(await figure(page), 1157);
    assert.deepEqual(await stored(page), []);
  }));

test("where what is published cannot be read, the draft can", () =>
  onStage({}, async ({ page }) => {
    const address = host();
    await open(page, address);
    await apply(page);
    await saved(page);
    server.answers["/host.json"] = { status: 503, type: "text/plain", body: "" };
    await open(page, address);
    await notice(page).filter({ hasText: "没有读到发布的内容" }).waitFor();
    assert.equal(await figure(page), right);
    host({ report: oneWrongCell() });
    await button(page, "重新读取").press("Enter");
    await notice(page).filter({ hasText: "已恢复" }).waitFor();
    await button(page, "用发布的内容重新开始").press("Enter");
    assert.equal(await figure(page), 1157);
  }));

/** Two windows on one draft. */
async function twoWindows(page, address) {
  await open(page, address);
  await apply(page);
  await saved(page);
  const second = await page.context().newPage();
  await open(second, address);
  await notice(second).filter({ hasText: "正在另一个窗口编辑" }).waitFor();
  return second;
}

for (const locks of [true, false]) {
  test(`a second window is told and reads only until it takes over, ${locks ? "by a lock" : "without locks"}`, () =>
    onStage({}, async ({ page, complaints }) => {
      if (!locks) await page.context().addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
      const second = await twoWindows(page, host({ report: oneWrongCell({ year: 2020 }) }));
      assert.equal(await figure(second), right, "it shows the draft as it is stored");
      assert.equal(await call(second, "undo"), false);
      assert.equal(await button(second, "撤销").count(), 0);

      // The last change is not written yet when the second asks for the draft.
      await Promise.all([call(page, "undo"), call(page, "redo"), button(second, "在这里编辑").press("Enter")]);
      await notice(second).filter({ hasText: "现在可以在这里编辑" }).waitFor();
      await focusIs(second, "draft-notice");
      await notice(page).filter({ hasText: "正在另一个窗口编辑" }).waitFor();
      assert.equal(await call(page, "undo"), false);
      assert.equal(await figure(second), right);
      assert.equal(await asks(page), false, "there is nothing to lose in the first");

      await button(second, "草稿").waitFor();
      await second.evaluate(() => document.getElementById("r").shadowRoot.querySelector("[id^=write-]").click());
      await second.waitForFunction(() => document.getElementById("r").shadowRoot.activeElement?.matches("textarea"));
      await second.keyboard.type("第二个窗口");
      await second.keyboard.press("Control+Enter");
      await saved(second);
      const reason = async (of) => (await of.evaluate(() => document.getElementById("r").report.answers?.[0].reason)) ?? null;
      assert.equal(await reason(page), null);
      await button(page, "在这里编辑").press("Enter");
      await notice(page).filter({ hasText: "现在可以在这里编辑" }).waitFor();
      assert.equal(await reason(page), "第二个窗口", "what the other wrote is what is edited");
      await notice(second).filter({ hasText: "正在另一个窗口编辑" }).waitFor();
      await page.close();
      await button(second, "在这里编辑").press("Enter");
      await notice(second).filter({ hasText: "现在可以在这里编辑" }).waitFor();
      assert.deepEqual(complaints, []);
    }));
}

test("what another has written is not overwritten even where nobody was asked", () =>
  onStage({}, async ({ page }) => {
    await open(page, host());
    await apply(page);
    await saved(page);
    const write = (change) =>
      page.evaluate(
        (change) =>
          new Promise((resolve) => {
            const opening = indexedDB.open("nianbao");
            opening.onsuccess = () => {
              const transaction = opening.result.transaction("drafts", "readwrite");
              const drafts = transaction.objectStore("drafts");
              const all = drafts.getAll();
              all.onsuccess = () => drafts.put({ ...all.result[0], ...change }, all.result[0].key);
              transaction.oncomplete = () => (opening.result.close(), resolve());
            };
          }),
        change,
      );
    await write({ writer: "somebody", revision: 1 });
    await call(page, "undo");
    await notice(page).filter({ hasText: "正在另一个窗口编辑" }).waitFor();
    assert.equal((await stored(page))[0].writer, "somebody");
    assert.match(await notice(page).innerText(), /这里最后的改动没有存下/);
    assert.equal(await asks(page), true, "the last change is only here");
    await button(page, "在这里编辑").press("Enter");
    await notice(page).filter({ hasText: "现在可以在这里编辑" }).waitFor();
    assert.equal(await figure(page), right);
    await call(page, "undo");
    assert.equal(await figure(page), 1157, "one's own change is the step before");
    // A draft that nobody here can read is left as it is.
    await until("it is written", async () => (await stored(page)).length === 0);
    await call(page, "redo");
    await saved(page);
    await write({ report: "{" });
    await page.reload();
    await shows(page, "读不出它的内容");
    await apply(page);
    assert.equal((await stored(page))[0].report, "{");
    assert.equal(await asks(page), true);
  }));

const refusals = {
  "the browser has no store": () => Object.defineProperty(window, "indexedDB", { value: undefined }),
  "opening it throws": () => (IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); }),
};

for (const [name, refuse] of Object.entries(refusals)) {
  test(`a plain sentence where ${name}; editing goes on, and leaving asks`, () =>
    onStage({}, async ({ page, complaints }) => {
      await page.addInitScript(refuse);
      await open(page, host());
      await shows(page, /没有保存在本机：浏览器不让本网站存数据/);
      assert.equal(await asks(page), false, "nothing was changed yet");
      await apply(page);
      assert.equal(await figure(page), right);
      await until("leaving asks", () => asks(page));
      await shows(page, /没有保存在本机/);
      await button(page, "草稿").press("Enter");
      await inside(page).locator("#drafts").getByText(/浏览器不让本网站存数据/).waitFor();
      assert.deepEqual(complaints, []);
    }));
}

test("where a newer version has the store, the editor says so", () =>
  onStage({}, async ({ page }) => {
    await page.goto(`${server.url}nianbao.css`);
    await page.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open("nianbao", 2);
          opening.onsuccess = () => (opening.result.close(), resolve());
        }),
    );
    await open(page, host());
    await shows(page, /较新版本的组件/);
    await apply(page);
    await until("leaving asks", () => asks(page));
  }));

test("where there is no room left, the editor says so and goes on by itself when there is", () =>
  onStage({}, async ({ page }) => {
    await page.addInitScript(() => {
      const { put } = IDBObjectStore.prototype;
      window.full = true;
      IDBObjectStore.prototype.put = function (...given) {
        if (window.full) throw new DOMException("full", "QuotaExceededError");
        return put.apply(this, given);
      };
    });
    await open(page, host());
    await apply(page);
    await shows(page, /没有保存在本机：本机的存储空间已满/);
    assert.equal(await asks(page), true);
    await page.evaluate(() => (window.full = false));
    await saved(page);
    assert.equal(await asks(page), false);
    assert.equal(JSON.parse((await stored(page))[0].report).figures[CELL], right);
  }));

test("each element has its own draft, a report that is set too, and a page may do without", () =>
  onStage({}, async ({ page }) => {
    const inline = (id) =>
      `<nianbao-report id="${id}" mode="edit"><script type="application/json">${JSON.stringify(oneWrongCell())}</script></nianbao-report>`;
    server.answers["/two.html"] = htmlPage(inline("r") + inline("s") + inline("").replace('id=""', "") + inline("").replace('id=""', ""), script);
    await page.goto(`${server.url}two.html`);
    await showsAReport(page, "#s");
    const every = () => page.evaluate(async () => Promise.all([...document.querySelectorAll("nianbao-report")].map((element) => element.check())));
    await every();
    for (let element = 0; element < 4; element++) {
      await page.locator("nianbao-report").nth(element).getByRole("button", { name: /^采用/ }).first().press("Enter");
    }
    await until("four drafts", async () => (await stored(page)).length === 4);
    assert.equal(new Set((await stored(page)).map(({ key }) => key)).size, 4);

    await page.evaluate((report) => (document.getElementById("r").report = report), oneWrongCell({ agency: "丙县" }));
    await showsReport(page, "丙县", 2023, "#r");
    await apply(page);
    await until("a fifth", async () => (await stored(page)).some(({ key }) => key === "report gongkai-2021 丙县 2023"));

    await open(page, host({ attributes: 'drafts="off"' }));
    await apply(page);
    assert.equal(await button(page, "草稿").count(), 0);
    await page.waitForTimeout(400);
    assert.equal((await stored(page)).length, 5);
    assert.equal(await asks(page), false);
  }));

test("an element that is taken out and put back, in another language, or switched to editing keeps its draft", () =>
  onStage({}, async ({ page, complaints }) => {
    await open(page, host());
    await apply(page);
    await page.evaluate(async () => {
      const element = document.getElementById("r");
      element.remove();
      await new Promise((later) => setTimeout(later, 50));
      document.body.append(element);
    });
    await showsAReport(page, "#r");
    assert.equal(await figure(page), right);
    await call(page, "check");
    assert.equal(await notice(page).count(), 0);
    const [draft] = await stored(page);
    assert.equal(draft.key, `src ${server.url}host.json`, "it is the same draft");

    await page.reload();
    await showsAReport(page, "#r");
    await page.evaluate(() => (document.getElementById("r").lang = "en"));
    await shows(page, /is restored/);
    assert.equal(await figure(page), right);
    assert.equal(await call(page, "undo"), true);
    assert.equal(await figure(page), 1157, "what is published is the step before the draft");
    await call(page, "redo");

    await page.evaluate(() => document.getElementById("r").setAttribute("mode", "view"));
    await until("read-only", async () => (await button(page, "Drafts").count()) === 0);
    await page.evaluate(() => document.getElementById("r").setAttribute("mode", "edit"));
    await button(page, "Drafts").waitFor();
    assert.equal(await figure(page), right);

    const address = host();
    server.answers["/host.html"].body = server.answers["/host.html"].body.replace('mode="edit"', "");
    await open(page, address);
    assert.equal(await figure(page), 1157, "a reader sees what is published");
    await page.evaluate(() => (document.getElementById("r").mode = "edit"));
    await notice(page).filter({ hasText: "已恢复" }).waitFor();
    assert.equal(await figure(page), right);
    assert.deepEqual(complaints, []);
  }));

/** A file that is taken along, as a page that holds the report itself. */
function carried(name, report) {
  const data = JSON.stringify(report).replace(/</g, "\\u003c");
  const content = `<script type="application/json">${data}</script><article><h1>${report.title}</h1></article>`;
  server.answers[`/${name}.html`] = htmlPage(`<nianbao-report id="r" mode="edit" offline>${content}</nianbao-report>`, script);
  return `${server.url}${name}.html`;
}
const shownFingerprint = (page) => page.evaluate(() => document.getElementById("r").fingerprint);

test("a file that is taken along finds its draft wherever it lies, and another in its place never gets it", () =>
  onStage({}, async ({ page, complaints }) => {
    const report = oneWrongCell();
    await open(page, carried("here", report));
    const fingerprint = await shownFingerprint(page);
    await apply(page);
    await saved(page);
    const key = `offline gongkai-2021 ${report.agency} 2023 ${fingerprint}`;
    assert.deepEqual((await stored(page)).map((draft) => draft.key), [key]);
    await open(page, carried("here", oneWrongCell({ agency: "另一镇" })));
    assert.equal(await figure(page), 1157);
    await open(page, carried("there", report));
    assert.equal(await figure(page), right);
    assert.match(await notice(page).innerText(), /已恢复/);
    assert.deepEqual(complaints, []);
  }));

test("what was saved has no draft, and what is taken back then is one of what was saved", () =>
  onStage({}, async ({ page, complaints }) => {
    await open(page, carried("here", oneWrongCell()));
    const before = await shownFingerprint(page);
    const edited = () => page.evaluate(() => document.getElementById("r")._widget.edited());
    const settle = (text) => page.evaluate((text) => document.getElementById("r")._saved(text), text);
    await apply(page);
    assert.equal(await edited(), true);
    assert.equal(await settle("{}"), false, "something else was written");
    assert.equal(await edited(), true);
    assert.equal(await settle(await page.evaluate(() => document.getElementById("r")._widget.text())), true);
    assert.equal(await edited(), false);
    await until("the draft is gone", async () => (await stored(page)).length === 0);
    assert.equal(await asks(page), false);
    const after = await shownFingerprint(page);
    assert.notEqual(after, before);
    await page.evaluate(() => (document.getElementById("r").lang = "en"));
    await inside(page).getByText(`Fingerprint: ${after}`).waitFor();
    assert.deepEqual([await edited(), await stored(page)], [false, []], "another language changes nothing");
    assert.equal(await call(page, "undo"), true);
    assert.deepEqual([await figure(page), await edited()], [1157, true]);
    await until("the change is kept", async () => (await stored(page)).length === 1);
    const [draft] = await stored(page);
    assert.ok(draft.key.endsWith(after) && JSON.parse(draft.report).figures[CELL] === 1157, draft.key);
    assert.equal(await call(page, "redo"), true);
    assert.equal(await edited(), false);
    await until("the same is no draft", async () => (await stored(page)).length === 0);
    assert.deepEqual(complaints, []);
  }));

test("what is typed while it is being saved is a draft of what was saved", () =>
  onStage({}, async ({ page }) => {
    await open(page, carried("here", oneWrongCell()));
    await apply(page);
    await saved(page);
    const field = inside(page).locator('input[data-cell="disputes.review.upheld"]');
    await field.focus();
    const after = await page.evaluate(() => {
      const element = document.getElementById("r");
      element._saved();
      const { fingerprint } = element;
      const typing = element.shadowRoot.activeElement;
      typing.value = "7";
      typing.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      return fingerprint;
    });
    await until("one draft is kept", async () => {
      const drafts = await stored(page);
      return drafts.length === 1 && drafts[0].key.endsWith(after);
    });
    assert.equal(JSON.parse((await stored(page))[0].report).figures["disputes.review.upheld"], 7);
    assert.equal(await inside(page).locator("input").first().isEditable(), true);
  }));
