// What may happen to the browser's store, to the clock, and to a page that is put aside: whatever it is, the report is
// shown, what is typed is not lost, a sentence says what cannot be kept, and it is kept as soon as it can be.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { dist, openPage, openSleepyPage } from "./launch.mjs";
import { serve } from "./server.mjs";
import { around, forget, goesOn, htmlPage, json, onStage, readJson, script, showsAReport, thrownIn } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

const CELL = "requests.received.natural_person";
const published = readJson("www/demo/2023-suqian.json");
const ELEMENT = '<nianbao-report id="r" src="report.json" mode="edit"></nianbao-report>';

/** The address of a page with one editor, which browsers may keep for coming back to it. */
function host({ body = ELEMENT, report = published } = {}) {
  server.answers["/report.json"] = json(report);
  server.answers["/host.html"] = { ...htmlPage(around + body, script), headers: { "cache-control": "no-cache" } };
  server.answers["/other.html"] = { ...htmlPage("<p>别的网页</p>"), headers: { "cache-control": "no-cache" } };
  return `${server.url}host.html`;
}

async function open(page, address = host()) {
  await page.goto(address);
  await showsAReport(page, "#r");
}

const inside = (page) => page.locator("#r");
const button = (page, name) => inside(page).getByRole("button", { name });
const notice = (page) => inside(page).locator("#draft-notice");
const state = (page) => inside(page).locator("#draft-state");
const figure = (page) => page.evaluate((cell) => document.getElementById("r").report.figures[cell], CELL);
const undo = (page) => page.evaluate(() => document.getElementById("r").undo());
const saved = (page) => state(page).filter({ hasText: "草稿已存于本机" }).waitFor();
/** Waits until a figure is stored: what was saved last is said to be saved while the next key is on its way. */
const keeps = (page, figure) => until(`${figure} is stored`, async () => (await kept(page)) === figure);
const unsaved = (page, why) => state(page).filter({ hasText: why }).waitFor();
/** Whether leaving the page would ask. */
const asks = (page) => page.evaluate(() => !window.dispatchEvent(new Event("beforeunload", { cancelable: true })));

/** Types a figure over what stands there, and waits until the report has it. */
async function type(page, text) {
  await page.evaluate((cell) => document.getElementById("r").focusCell(cell), CELL);
  await page.waitForFunction((cell) => document.activeElement?.shadowRoot?.activeElement?.dataset.cell === cell, CELL);
  await page.evaluate(() => document.activeElement.shadowRoot.activeElement.select());
  await page.keyboard.type(text);
  await page.waitForFunction(([cell, figure]) => document.getElementById("r").report.figures[cell] === figure, [CELL, Number(text)]);
}

/** What is stored, as it is. A store that is not there is not made by looking for it. */
const stored = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("nianbao");
        opening.onupgradeneeded = () => opening.transaction.abort();
        opening.onerror = () => (opening.error.name === "AbortError" ? resolve([]) : reject(opening.error));
        opening.onsuccess = () => {
          const all = opening.result.transaction("drafts").objectStore("drafts").getAll();
          all.onsuccess = () => (opening.result.close(), resolve(all.result));
        };
      }),
  );
const kept = async (page) => {
  const [draft] = await stored(page);
  return draft && JSON.parse(draft.report).figures[CELL];
};
const until = async (what, condition) => {
  for (let time = 0; time < 200; time++) {
    if (await condition()) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`${what}: that did not come to pass`);
};

/** What keeps a store from answering, in the page; all but the first until `window.answers` is set. */
const silent = {
  "opening it is never answered": [
    () => {
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (...given) {
        return window.answers ? open.apply(this, given) : Object.create(IDBOpenDBRequest.prototype, { addEventListener: { value() {} } , onsuccess: { writable: true }, onerror: { writable: true }, onblocked: { writable: true }, onupgradeneeded: { writable: true } });
      };
    },
    /浏览器不让本网站存数据/,
  ],
  "looking into it is never answered": [
    () => {
      const { get } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.get = function (...given) {
        const request = get.apply(this, given);
        // The answer comes, and nobody hears of it.
        if (!window.answers) for (const name of ["onsuccess", "onerror"]) Object.defineProperty(request, name, { set() {} });
        return request;
      };
    },
    /这次没有写成/,
  ],
  "every transaction is broken off": [
    () => {
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (...given) {
        const request = put.apply(this, given);
        if (!window.answers) this.transaction.abort();
        return request;
      };
    },
    /这次没有写成/,
  ],
};

for (const [what, [break_, sentence]] of Object.entries(silent)) {
  test(`where ${what}, the report is shown, the editor says what is not kept, and keeps it as soon as it can`, { timeout: 90_000 }, () =>
    onStage({}, async ({ page, complaints }) => {
      await page.addInitScript(break_);
      await open(page);
      await type(page, "321");
      await unsaved(page, sentence);
      assert.equal(await asks(page), true, "what is not kept is asked about");
      await goesOn(page);
      await page.evaluate(() => (window.answers = true));
      await saved(page);
      await keeps(page, 321);
      await until("leaving asks no more", async () => !(await asks(page)));
      await page.reload();
      await page.evaluate(() => (window.answers = true));
      assert.deepEqual(complaints, []);
    }));
}

test("where another tab is changing the store and does not come to an end, nobody waits for it; once it does, the draft is kept", { timeout: 90_000 }, () =>
  onStage({}, async ({ page, complaints }) => {
    const other = await page.context().newPage();
    host();
    await other.goto(`${server.url}other.html`);
    await other.evaluate(() => {
      const opening = indexedDB.open("nianbao", 1);
      window.opening = opening;
      return new Promise((begun) => {
        opening.onupgradeneeded = () => {
          const drafts = opening.result.createObjectStore("drafts");
          const { transaction } = opening;
          // It asks for one thing after the other, so that its change never ends.
          const again = () => (drafts.get("nothing").onsuccess = () => (window.ends ? transaction.abort() : again()));
          again();
          begun();
        };
        opening.onerror = (event) => event.preventDefault();
      });
    });
    await open(page);
    await type(page, "321");
    await unsaved(page, /没有保存在本机/);
    assert.equal(await asks(page), true);
    await other.evaluate(() => (window.ends = true));
    await saved(page);
    await keeps(page, 321);
    assert.deepEqual(complaints, []);
  }));

test("where another tab deletes the store, it has not to wait, and what is edited is kept anew", () =>
  onStage({}, async ({ page, complaints }) => {
    await open(page);
    await type(page, "321");
    await saved(page);
    const other = await page.context().newPage();
    await other.goto(`${server.url}other.html`);
    const outcome = await other.evaluate(
      () =>
        new Promise((resolve) => {
          const deleting = indexedDB.deleteDatabase("nianbao");
          deleting.onsuccess = () => resolve("deleted");
          deleting.onblocked = () => resolve("blocked");
        }),
    );
    assert.equal(outcome, "deleted");
    await type(page, "654");
    await keeps(page, 654);
    assert.deepEqual(complaints, []);
  }));

test("where a newer version takes the store while one edits, the editor says so and asks before it loses anything", () =>
  onStage({}, async ({ page, complaints }) => {
    await open(page);
    await type(page, "321");
    await saved(page);
    const other = await page.context().newPage();
    await other.goto(`${server.url}other.html`);
    await other.evaluate(
      () =>
        new Promise((resolve) => {
          const opening = indexedDB.open("nianbao", 2);
          opening.onsuccess = () => (opening.result.close(), resolve());
        }),
    );
    await type(page, "654");
    await unsaved(page, /较新版本的组件/);
    assert.equal(await asks(page), true);
    assert.equal(await figure(page), 654);
    assert.equal(await kept(page), 321, "what the newer version has is as it was");
    assert.deepEqual(complaints, []);
  }));

/** Puts this into the store before the widget comes. */
const prepare = (page, { stores = ["drafts"], records = {} }) =>
  page.evaluate(
    ({ stores, records }) =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("nianbao", 1);
        opening.onupgradeneeded = () => stores.forEach((name) => opening.result.createObjectStore(name));
        opening.onsuccess = () => {
          const database = opening.result;
          const end = () => (database.close(), resolve());
          if (stores.length === 0) return end();
          const transaction = database.transaction(stores, "readwrite");
          for (const [key, record] of Object.entries(records)) transaction.objectStore(stores[0]).put(record, key);
          transaction.oncomplete = end;
        };
        opening.onerror = () => reject(opening.error);
      }),
    { stores, records },
  );

test("where the store has lost its part for drafts, the editor says that nothing is kept, and edits all the same", () =>
  onStage({}, async ({ page, complaints }) => {
    const address = host();
    await page.goto(`${server.url}other.html`);
    await prepare(page, { stores: [] });
    await open(page, address);
    await type(page, "321");
    await unsaved(page, /这次没有写成/);
    assert.equal(await asks(page), true);
    await button(page, "草稿").press("Enter");
    await inside(page).locator("#drafts").waitFor();
    await goesOn(page);
    assert.deepEqual(complaints, []);
  }));

const edited = JSON.stringify({ ...published, figures: { ...published.figures, [CELL]: 321 } });
const whole = () => ({
  key: `src ${server.url}report.json`,
  agency: published.agency,
  year: 2023,
  form: "gongkai-2021",
  title: "",
  report: edited,
  base: "",
  saved: Date.UTC(2024, 0, 5, 4),
  writer: "another",
  revision: 7,
});

/** What of a record may be torn, and whether its report is still there. */
const torn = [
  ["is nothing", () => null, false],
  ["is a text", () => "321", false],
  ["is a list", () => [1, 2], false],
  ["has no report", () => ({ ...whole(), report: undefined }), false],
  ["has a number for a report", () => ({ ...whole(), report: 321 }), false],
  ["has lost all but its report", () => ({ report: edited }), true],
  ["does not say when it was saved", () => ({ ...whole(), saved: undefined }), true],
  ["was saved at no time", () => ({ ...whole(), saved: NaN }), true],
  ["was saved before there were clocks", () => ({ ...whole(), saved: -1e18 }), true],
  ["has a text for a year and a number for an agency", () => ({ ...whole(), year: "2023", agency: 7, form: null }), true],
  ["does not say who wrote it", () => ({ ...whole(), writer: undefined, revision: "x" }), true],
  ["was written more often than can be counted", () => ({ ...whole(), revision: 1e300 }), true],
];

for (const [what, record, lives] of torn) {
  test(`a draft that ${what} ${lives ? "is shown, for its report is there" : "is none"}, and what is typed is kept`, () =>
    onStage({}, async ({ page, complaints }) => {
      const address = host();
      await page.goto(`${server.url}other.html`);
      // What no JSON holds goes by its name.
      const made = record();
      const strange = made && typeof made === "object" && !Array.isArray(made) ? Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)) : made;
      await prepare(page, { records: { [whole().key]: strange } });
      await open(page, address);
      assert.equal(await figure(page), lives ? 321 : published.figures[CELL]);
      if (lives) {
        await notice(page).filter({ hasText: /已恢复 .*\d.*的草稿/ }).waitFor();
        assert.doesNotMatch(await notice(page).innerText(), /NaN|Invalid|undefined|null/);
        assert.equal(await undo(page), true, "what is published is the step before");
        assert.equal(await figure(page), published.figures[CELL]);
      } else {
        assert.equal(await notice(page).count(), 0);
      }
      await type(page, "654");
      await saved(page);
      await keeps(page, 654);
      await button(page, "草稿").press("Enter");
      const listed = inside(page).locator(".draft");
      await listed.first().waitFor();
      assert.doesNotMatch((await listed.allInnerTexts()).join(), /NaN|Invalid|undefined|null/);
      await goesOn(page);
      assert.deepEqual(complaints, []);
    }));
}

test("a draft whose report cannot be read is left alone until it is deleted; what is typed meanwhile stays and is kept then", () =>
  onStage({}, async ({ page, complaints }) => {
    const address = host();
    await page.goto(`${server.url}other.html`);
    await prepare(page, { records: { [whole().key]: { ...whole(), report: '{"form": "gongkai-20' } } });
    await open(page, address);
    await unsaved(page, /读不出它的内容/);
    await type(page, "654");
    assert.equal(await asks(page), true);
    assert.equal((await stored(page))[0].report, '{"form": "gongkai-20');
    await button(page, "草稿").press("Enter");
    await inside(page).locator(".draft").getByRole("button", { name: /^删除/ }).press("Enter");
    await inside(page).locator(".draft-question").getByRole("button", { name: /^删除/ }).press("Enter");
    await saved(page);
    assert.equal(await figure(page), 654, "what was typed is still there");
    await keeps(page, 654);
    await until("leaving asks no more", async () => !(await asks(page)));
    assert.deepEqual(complaints, []);
  }));

/** In the page: a clock that can be set. */
function settableClock() {
  window.set = 0;
  const { now } = Date;
  const { now: since } = Performance.prototype;
  const Plain = Date;
  Performance.prototype.now = function () {
    return since.call(this) + window.set;
  };
  window.Date = class extends Plain {
    constructor(...given) {
      super(...(given.length ? given : [now() + window.set]));
    }
    static now() {
      return now() + window.set;
    }
  };
}

test("where the clock is set back between edits, the last edit is the draft, and its time is one that the clock has shown", () =>
  onStage({}, async ({ page, complaints }) => {
    await page.addInitScript(settableClock);
    await open(page);
    const DAY = 86_400_000;
    const set = (time) => page.evaluate((time) => (window.set = time), time);
    let written = 0;
    for (const [time, text] of [[0, "1"], [-400 * DAY, "22"], [DAY, "333"], [-DAY, "4444"]]) {
      await set(time);
      await type(page, text);
      await keeps(page, Number(text));
      await saved(page);
      assert.match(await state(page).innerText(), /\d\d:\d\d/);
      const [draft] = await stored(page);
      assert.ok(Math.abs(draft.saved - (Date.now() + time)) < DAY / 2, `${draft.saved}`);
      assert.ok(draft.revision > written, "more with every write, whatever the time");
      written = draft.revision;
    }
    // A text that is written over a clock that jumps is there as it was written.
    const text = inside(page).locator("textarea").first();
    await text.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("甲");
    await set(-800 * DAY);
    await page.keyboard.type("乙");
    await page.waitForFunction(() => Object.values(document.getElementById("r").report.sections).some((text) => text.endsWith("甲乙")));
    await until("it is kept", async () => /甲乙/.test((await stored(page))[0].report));
    await page.reload();
    await showsAReport(page, "#r");
    assert.equal(await figure(page), 4444);
    assert.match(await notice(page).innerText(), /已恢复 (\d+年)?\d+月\d+日 \d+:\d\d 的草稿/);
    await button(page, "草稿").press("Enter");
    const entry = inside(page).locator(".draft");
    assert.match(await entry.innerText(), /\d+月\d+日 \d+:\d\d 保存/);
    assert.doesNotMatch(await entry.innerText(), /NaN|Invalid|-\d/);
    assert.deepEqual(complaints, []);
  }));

/** What a person does in a page, where only its own means are at hand. */
const by = {
  arrive: async (page, locks = true) => {
    if (!locks) await page.evaluateOnNewDocument(() => Object.defineProperty(navigator, "locks", { value: undefined }));
    await page.goto(host());
    await page.waitForFunction(() => document.getElementById("r")?.shadowRoot?.querySelector("td[data-cell]"), { polling: 100 });
    await page.evaluate(() => document.getElementById("r").check());
  },
  type: async (page, figure) => {
    await page.evaluate(
      (cell, figure) => {
        const field = document.getElementById("r").shadowRoot.querySelector(`input[data-cell="${cell}"]`);
        field.focus();
        field.value = figure;
        field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      },
      CELL,
      figure,
    );
    await page.waitForFunction((cell, figure) => document.getElementById("r").report.figures[cell] === Number(figure), { polling: 50 }, CELL, figure);
  },
  press: (page, name) =>
    page.evaluate((name) => {
      const buttons = Array.from(document.getElementById("r").shadowRoot.querySelectorAll("button"));
      buttons.find(({ textContent }) => textContent.trim() === name).click();
    }, name),
  /** Waits for what a part of the element says, also in a tab that nobody looks at. */
  says: (page, id, text) =>
    page
      .waitForFunction((id, text) => document.getElementById("r")?.shadowRoot?.getElementById(id)?.textContent.includes(text), { polling: 100 }, id, text)
      .catch(async (error) => {
        throw new Error(`${error.message}: ${text}. It says: ${await page.evaluate((id) => document.getElementById("r").shadowRoot.getElementById(id)?.textContent, id)}`);
      }),
};

for (const locks of [true, false]) {
  test(`a tab that was frozen while another took its draft over overwrites nothing when it is thawed, ${locks ? "with a lock" : "without locks"}`, { timeout: 90_000 }, async () => {
    const { browser, page, complaints, close } = await openSleepyPage();
    try {
      const arrive = (tab) => by.arrive(tab, locks);
      await arrive(page);
      await page.evaluate(() => {
        window.frozen = 0;
        document.addEventListener("freeze", () => (window.frozen += 1));
      });
      await by.type(page, "321");
      await by.says(page, "draft-state", "草稿已存于本机");
      // A last change for which there was no time.
      await page.evaluate(() => {
        const { transaction } = IDBDatabase.prototype;
        IDBDatabase.prototype.transaction = function (...given) {
          if (!window.thawed) throw new DOMException("not now", "AbortError");
          return transaction.apply(this, given);
        };
      });
      await by.type(page, "999");
      await by.says(page, "draft-state", "没有保存在本机");
      const sleep = await page.target().createCDPSession();
      await sleep.send("Page.setWebLifecycleState", { state: "frozen" });
      const second = await browser.newPage();
      await arrive(second);
      await by.says(second, "draft-notice", "正在另一个窗口编辑");
      await by.press(second, "在这里编辑");
      await by.says(second, "draft-notice", "现在可以在这里编辑");
      assert.equal(await figure(second), 321, "it shows what was kept");
      await by.type(second, "654");
      await until("it is kept", async () => (await kept(second)) === 654);

      await sleep.send("Page.setWebLifecycleState", { state: "active" });
      assert.equal(await page.evaluate(() => ((window.thawed = true), window.frozen)), 1, "it was frozen");
      await by.says(page, "draft-notice", "正在另一个窗口编辑");
      await by.says(page, "draft-notice", "这里最后的改动没有存下");
      assert.equal(await figure(page), 999, "what was typed last is still on its screen");
      assert.equal(await asks(page), true);
      assert.equal(await undo(page), false, "it reads only");
      assert.equal(await kept(second), 654);
      await by.type(second, "655");
      await until("the other goes on", async () => (await kept(second)) === 655);
      // Taken back, it goes on from what the other has written; its own last change is a step to undo.
      await by.press(page, "在这里编辑");
      await by.says(page, "draft-notice", "现在可以在这里编辑");
      assert.equal(await figure(page), 655);
      assert.equal(await undo(page), true);
      assert.equal(await figure(page), 999);
      assert.deepEqual(complaints, []);
    } finally {
      await close();
    }
  });
}

test("where a tab was frozen in the middle of a write, another shows what is published and says what it cannot keep; nothing is overwritten", { timeout: 120_000 }, async () => {
  const { browser, page, complaints, close } = await openSleepyPage();
  try {
    await by.arrive(page);
    await by.type(page, "321");
    await by.says(page, "draft-state", "草稿已存于本机");
    // It asks for one thing after the other, so that it is never through.
    await page.evaluate(
      () =>
        new Promise((begun) => {
          const opening = indexedDB.open("nianbao");
          opening.onsuccess = () => {
            const drafts = opening.result.transaction("drafts", "readwrite").objectStore("drafts");
            const again = () => (drafts.get("nothing").onsuccess = () => window.thawed || again());
            again();
            begun();
          };
        }),
    );
    const sleep = await page.target().createCDPSession();
    await sleep.send("Page.setWebLifecycleState", { state: "frozen" });
    const second = await browser.newPage();
    await by.arrive(second);
    await by.says(second, "draft-notice", "正在另一个窗口编辑");
    await by.press(second, "在这里编辑");
    await by.says(second, "draft-notice", "现在可以在这里编辑");
    assert.equal(await figure(second), published.figures[CELL], "what is kept cannot be had");
    await by.type(second, "654");
    await by.says(second, "draft-state", "没有保存在本机");
    assert.equal(await asks(second), true);
    await sleep.send("Page.setWebLifecycleState", { state: "active" });
    await page.evaluate(() => (window.thawed = true));
    // What was kept is not what the second has seen: it leaves it, and has its own on the screen.
    await by.says(second, "draft-notice", "这里最后的改动没有存下");
    assert.equal(await figure(second), 654);
    assert.equal(await kept(second), 321);
    await by.press(second, "在这里编辑");
    await by.says(second, "draft-notice", "现在可以在这里编辑");
    assert.equal(await figure(second), 321);
    assert.equal(await undo(second), true);
    assert.equal(await figure(second), 654, "nothing that was typed is lost");
    await until("it is kept", async () => (await kept(second)) === 654);
    assert.deepEqual(complaints, []);
  } finally {
    await close();
  }
});

/** A browser that keeps pages for coming back to them, as browsers of people do. */
async function onKeepingStage(play) {
  const stage = await openPage({}, [], { ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  stage.page.setDefaultTimeout(30_000);
  try {
    return await play(stage);
  } finally {
    await stage.close();
  }
}

/** In the page: notes what is said of it when it is left and when it is shown. */
function notePassage() {
  window.passage = [];
  for (const name of ["pagehide", "pageshow"]) addEventListener(name, ({ persisted }) => window.passage.push(`${name} ${persisted}`));
}

/** Leaves the page by a link, and comes back by the browser's button; it has to be the very page that was left. */
async function leaveAndComeBack(page, meanwhile = async () => {}) {
  await page.evaluate(() => (window.passage = window.passage.slice(0, 0)));
  await page.goto(`${server.url}other.html`);
  await meanwhile();
  await page.evaluate(() => void setTimeout(() => history.back()));
  await page.waitForFunction(() => window.passage && window.passage.includes("pageshow true"));
  assert.deepEqual(await page.evaluate(() => window.passage), ["pagehide true", "pageshow true"]);
}

const locksHeld = (page) => page.evaluate(async () => (await navigator.locks.query()).held.map(({ name }) => name));

test("a page that is come back to as it was left has its edits, what can be undone, and its draft again", { timeout: 90_000 }, () =>
  onKeepingStage(async ({ page, complaints }) => {
    await page.addInitScript(notePassage);
    await open(page);
    await type(page, "321");
    // It is left before there was time to write.
    await type(page, "654");
    await leaveAndComeBack(page, async () => {
      await until("the draft is free", async () => (await locksHeld(page)).length === 0);
      assert.equal(await kept(page), 654, "it was written on leaving");
    });
    assert.equal(await figure(page), 654);
    await until("the draft is had again", async () => (await locksHeld(page)).length === 1);
    assert.equal(await notice(page).count(), 0, "nothing has happened of which to tell");
    assert.equal(await undo(page), true);
    await type(page, "777");
    await keeps(page, 777);
    await leaveAndComeBack(page);
    await type(page, "778");
    await keeps(page, 778);
    const second = await page.context().newPage();
    await second.goto(`${server.url}host.html`);
    await notice(second).filter({ hasText: "正在另一个窗口编辑" }).waitFor();
    await goesOn(page);
    assert.deepEqual(complaints, []);
  }));

test("what another tab wrote while a page was put aside is shown when it is come back to, and its own is a step to undo", { timeout: 90_000 }, () =>
  onKeepingStage(async ({ page, complaints }) => {
    await page.addInitScript(notePassage);
    await open(page);
    await type(page, "321");
    await saved(page);
    await leaveAndComeBack(page, async () => {
      const second = await page.context().newPage();
      await second.goto(`${server.url}host.html`);
      await showsAReport(second, "#r");
      assert.equal(await figure(second), 321);
      assert.doesNotMatch(await notice(second).innerText(), /另一个窗口/, "nobody has the draft meanwhile");
      await type(second, "654");
      await keeps(second, 654);
      await second.close();
    });
    await notice(page).filter({ hasText: /已恢复/ }).waitFor();
    assert.equal(await figure(page), 654);
    assert.equal(await undo(page), true);
    assert.equal(await figure(page), 321);
    await keeps(page, 321);
    assert.deepEqual(complaints, []);
  }));

test("where another tab still edits, a page that is come back to reads only, and takes over when it is asked to", { timeout: 90_000 }, () =>
  onKeepingStage(async ({ page, complaints }) => {
    await page.addInitScript(notePassage);
    await open(page);
    await type(page, "321");
    await saved(page);
    const second = await page.context().newPage();
    await leaveAndComeBack(page, async () => {
      await second.goto(`${server.url}host.html`);
      await showsAReport(second, "#r");
      await type(second, "654");
      await saved(second);
    });
    await notice(page).filter({ hasText: "正在另一个窗口编辑" }).waitFor();
    assert.equal(await undo(page), false);
    assert.equal(await kept(second), 654);
    await button(page, "在这里编辑").press("Enter");
    await notice(page).filter({ hasText: "现在可以在这里编辑" }).waitFor();
    assert.equal(await figure(page), 654);
    await notice(second).filter({ hasText: "正在另一个窗口编辑" }).waitFor();
    await type(page, "655");
    await keeps(page, 655);
    assert.deepEqual(complaints, []);
  }));

test("a page that only shows a report is come back to as it was left, with what was open", () =>
  onKeepingStage(async ({ page, complaints }) => {
    await page.addInitScript(notePassage);
    await open(page, host({ body: '<nianbao-report id="r" src="report.json"></nianbao-report>' }));
    await inside(page).locator("#view-charts").press("Enter");
    await inside(page).locator(".picture").first().waitFor();
    const asked = server.requests.length;
    await leaveAndComeBack(page);
    assert.ok(await inside(page).locator(".picture").first().isVisible());
    assert.deepEqual(server.requests.slice(asked).filter((path) => !/other|favicon/.test(path)), [], "nothing was fetched for it");
    await page.evaluate(() => document.getElementById("r").setAttribute("view", "tables"));
    await inside(page).locator("td[data-cell]").first().waitFor();
    await goesOn(page);
    assert.deepEqual(complaints, []);
  }));
