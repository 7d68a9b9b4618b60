// The element's life in a page: moved, taken away, put back, cloned, many times over. Nothing is lost, nothing stays behind.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { dist, openPage } from "./launch.mjs";
import { serve } from "./server.mjs";
import { focusIs, forget, htmlPage, json, readJson, script, showsReport, shownFigures } from "./stage.mjs";

let server;
let stage;
before(async () => {
  server = await serve(dist);
  stage = await openPage();
});
after(async () => {
  await stage?.close();
  await server?.close();
});
beforeEach(() => forget(server));

const CELL = "requests.received.natural_person";

let count = 0;
/** A report of a body of its own, so that no draft of another test is found for it. */
function report() {
  count += 1;
  return { ...readJson("www/demo/2023-suqian.json"), agency: `某县第${count}局` };
}

/** Opens a page with this body, and closes it whatever happens. What its elements tell is in `told`. */
async function onPage(body, play, { head = script, init } = {}) {
  const page = await stage.browser.contexts()[0].newPage();
  page.setDefaultTimeout(30_000);
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error.message ?? error)));
  server.answers["/host.html"] = htmlPage(body, head);
  await page.addInitScript(() => {
    window.told = [];
    for (const name of ["ready", "change", "findings", "error"]) {
      document.addEventListener(`nianbao-${name}`, (event) => window.told.push({ name, detail: event.detail }));
    }
  });
  if (init) await page.addInitScript(init);
  try {
    await page.goto(`${server.url}host.html`);
    await play(page);
    assert.deepEqual(complaints, []);
  } finally {
    await page.close();
  }
}

/** Opens a page with one editor of a report, in which a figure was typed. */
function onEdited(play, attributes = "", init = undefined) {
  const published = report();
  // An address of its own, so that no draft of another test is found for it.
  const address = `published-${count}.json`;
  server.answers[`/${address}`] = json(published);
  return onPage(`<main></main><nianbao-report id="r" src="${address}" mode="edit" ${attributes}></nianbao-report>`, async (page) => {
    await showsReport(page, published.agency, 2023, "#r");
    await type(page, "321");
    await page.evaluate(() => void (window.told.length = 0));
    await play(page, published);
  }, { init });
}

/** In the page: notes who listens to the window and the document, in `listening`, and which timers run, in `running`. */
function noteWhatRuns() {
  window.listening = [];
  window.running = new Set();
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  const capture = (options) => Boolean(options && (options === true || options.capture));
  // The tests' own tools listen too; what comes from the site is the widget's.
  const ours = () => new Error().stack.includes(location.host);
  const page = (target) => target === undefined || target === window || target === document;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    if (page(this) && ours()) window.listening.push({ type, listener, capture: capture(options) });
    return addEventListener.call(this || window, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    const same = (one) => one.type === type && one.listener === listener && one.capture === capture(options);
    if (page(this)) window.listening = window.listening.filter((one) => !same(one));
    return removeEventListener.call(this || window, type, listener, options);
  };
  const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
  window.setTimeout = (action, ...given) => {
    const timer = setTimeout((...told) => (window.running.delete(timer), action(...told)), ...given);
    if (ours()) window.running.add(timer);
    return timer;
  };
  window.setInterval = (...given) => {
    const timer = setInterval(...given);
    if (ours()) window.running.add(timer);
    return timer;
  };
  window.clearTimeout = (timer) => (window.running.delete(timer), clearTimeout(timer));
  window.clearInterval = (timer) => (window.running.delete(timer), clearInterval(timer));
}

/** Presses keys in a cell. Where the machine is slow, they are heard a task later. */
async function press(page, text) {
  const field = page.locator("#r").locator(`td[data-cell="${CELL}"] input`);
  await field.waitFor();
  await page.evaluate((cell) => document.getElementById("r").focusCell(cell), CELL);
  await focusIs(page, CELL);
  await page.keyboard.type(text);
}

/** Types a figure, and waits until it is heard. */
async function type(page, text) {
  await press(page, text);
  await page.waitForFunction(([cell, figure]) => document.getElementById("r").report.figures[cell] === figure, [CELL, Number(text)]);
}

const figure = (page, of = () => document.getElementById("r")) =>
  page.evaluate(`(${of})().report.figures[${JSON.stringify(CELL)}]`);
const readies = (page) => page.evaluate(() => window.told.filter(({ name }) => name === "ready").length);
/** Lets what has to happen afterwards happen: what was asked for has been answered, two frames have been drawn. */
const rest = (page) => page.evaluate(() => new Promise((rested) => setTimeout(() => requestAnimationFrame(() => setTimeout(rested, 150)), 150)));
const until = async (what, condition) => {
  for (let time = 0; time < 100; time++) {
    if (await condition()) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`${what}: that did not come to pass`);
};

for (const [how, move] of Object.entries({
  "appendChild": () => document.querySelector("main").appendChild(document.getElementById("r")),
  "insertBefore": () => document.body.insertBefore(document.getElementById("r"), document.querySelector("main")),
  "a range around it": () => {
    const range = document.createRange();
    range.selectNode(document.getElementById("r"));
    range.surroundContents(document.createElement("section"));
  },
  "remove and add in one task": () => {
    const element = document.getElementById("r");
    element.remove();
    document.body.append(element);
    element.remove();
    document.querySelector("main").append(element);
  },
  "moveBefore, where there is one": () => {
    const main = document.querySelector("main");
    (main.moveBefore || main.insertBefore).call(main, document.getElementById("r"), null);
  },
})) {
  test(`moved by ${how}, it keeps its edit and what can be undone, and reads nothing anew`, () =>
    onEdited(async (page, published) => {
      const asked = server.requests.length;
      const seen = () => page.evaluate(() => getComputedStyle(document.getElementById("r").shadowRoot.querySelector("td[data-cell]")).paddingLeft);
      const wanted = await seen();
      await page.evaluate(`(${move})()`);
      assert.equal(await seen(), wanted, "it is not bare for a moment");
      await rest(page);
      assert.equal(await figure(page), 321);
      assert.equal(await readies(page), 0);
      assert.deepEqual(server.requests.slice(asked), []);
      assert.equal((await shownFigures(page, "#r"))[CELL], "321");
      assert.equal(await page.evaluate(() => document.getElementById("r").undo()), true);
      assert.equal(await figure(page), published.figures[CELL]);
    }));
}

test("moved to where the page speaks another language, it speaks that, with its edit", () =>
  onEdited(async (page) => {
    await page.evaluate(() => {
      const main = document.querySelector("main");
      main.lang = "en";
      main.append(document.getElementById("r"));
    });
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.textContent.includes("Requests received this year"));
    assert.equal(await figure(page), 321);
    assert.equal(await page.evaluate(() => document.getElementById("r").undo()), true);
  }));

test("moved into the shadow root of another element, it goes on", () =>
  onEdited(async (page, published) => {
    await page.evaluate(() => {
      window.element = document.getElementById("r");
      document.querySelector("main").attachShadow({ mode: "open" }).append(window.element);
    });
    await rest(page);
    assert.equal(await figure(page, () => window.element), 321);
    assert.equal(await readies(page), 0);
    // What it tells leaves that root too, and its cells are filled in there.
    await page.evaluate((cell) => window.element.focusCell(cell), CELL);
    await page.waitForFunction((cell) => window.element.shadowRoot.activeElement?.dataset.cell === cell, CELL);
    await page.keyboard.type("4");
    await page.waitForFunction(() => window.told.some(({ name }) => name === "change"));
    assert.equal(await figure(page, () => window.element), 4);
    assert.equal(await page.evaluate(() => window.element.undo() && window.element.undo()), true);
    assert.equal(await figure(page, () => window.element), published.figures[CELL]);
  }));

test("adopted by the document of a frame, it shows its report and its edit there", () =>
  onEdited(async (page) => {
    await page.evaluate(() => {
      const frame = document.querySelector("main").appendChild(document.createElement("iframe"));
      window.element = document.getElementById("r");
      frame.contentDocument.body.append(frame.contentDocument.adoptNode(window.element));
    });
    await rest(page);
    await page.waitForFunction(() => window.element.shadowRoot.querySelector("td[data-cell]"));
    assert.equal(await page.evaluate(() => window.element.ownerDocument !== document), true);
    assert.equal(await figure(page, () => window.element), 321);
    // Its style has come along.
    await page.waitForFunction(() => {
      const { element } = window;
      return element.ownerDocument.defaultView.getComputedStyle(element).display === "block";
    });
    // And back.
    await page.evaluate(() => document.body.append(document.adoptNode(window.element)));
    await rest(page);
    assert.equal(await figure(page), 321);
    assert.equal(await page.evaluate(() => getComputedStyle(window.element).display), "block");
  }));

for (const attributes of ["", 'drafts="off"']) {
  test(`taken away after an edit and put back later, it shows the edit, again and again${attributes && ", also where no drafts are kept"}`, () =>
    onEdited(async (page, published) => {
      for (let time = 0; time < 3; time++) {
        await page.evaluate(() => {
          window.element = document.getElementById("r");
          window.element.remove();
        });
        await rest(page);
        assert.equal(await page.evaluate(() => window.element.shadowRoot.querySelector("td[data-cell]")), null, "nothing is drawn where nobody looks");
        assert.equal(await figure(page, () => window.element), 321, "who asks is told");
        await page.evaluate(() => document.querySelector("main").append(window.element));
        await showsReport(page, published.agency, 2023, "#r");
        assert.equal(await figure(page), 321);
      }
      await type(page, "5");
      assert.equal(await figure(page), 5);
      assert.equal(await page.evaluate(() => document.getElementById("r").undo()), true);
      assert.equal(await figure(page), 321);
      // What was done before it was taken away is done.
      assert.equal(await page.evaluate(() => document.getElementById("r").undo()), false);
    }, attributes));
}

test("taken away while it loads and put back, it shows its report once", () => {
  const published = report();
  server.answers["/published.json"] = json(published);
  return onPage('<nianbao-report id="r" src="published.json"></nianbao-report>', async (page) => {
    await page.waitForFunction(() => customElements.get("nianbao-report"));
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route("**/published.json", (route) => held.then(() => route.continue().catch(() => {})));
    for (const pause of [0, 10, 60, 0]) {
      await page.evaluate(async (pause) => {
        const element = document.getElementById("r");
        element.remove();
        await new Promise((later) => setTimeout(later, pause));
        document.body.append(element);
        await new Promise((later) => setTimeout(later, pause));
      }, pause);
    }
    const before = await readies(page);
    release();
    await showsReport(page, published.agency, 2023, "#r");
    await rest(page);
    // What had been asked for before this page could hold it may have come in between.
    assert.equal(await readies(page), before + 1);
  });
});

test("a clone shows what its attributes and its content say, not what was edited in the other", () => {
  const published = report();
  server.answers["/published.json"] = json(published);
  const inline = report();
  return onPage(
    `<nianbao-report id="r" src="published.json" mode="edit" drafts="off"></nianbao-report>
     <nianbao-report id="i"><script type="application/json">${JSON.stringify(inline)}</script></nianbao-report><main></main>`,
    async (page) => {
      await showsReport(page, published.agency, 2023, "#r");
      await showsReport(page, inline.agency, 2023, "#i");
      await type(page, "321");
      await page.evaluate(() => {
        for (const [id, deep] of [["r", true], ["r", false], ["i", true], ["i", false]]) {
          const clone = document.getElementById(id).cloneNode(deep);
          clone.id += deep ? "-deep" : "-flat";
          document.querySelector("main").append(clone);
        }
      });
      for (const id of ["r-deep", "r-flat"]) {
        await showsReport(page, published.agency, 2023, `#${id}`);
        assert.equal(await page.evaluate(([id, cell]) => document.getElementById(id).report.figures[cell], [id, CELL]), published.figures[CELL]);
      }
      await showsReport(page, inline.agency, 2023, "#i-deep");
      assert.equal(await page.evaluate(() => document.getElementById("i-flat").report), null, "the content was not cloned");
      assert.equal(await figure(page), 321);
    },
  );
});

test("it comes to life however it comes into the page: by a template, innerHTML, createElement, a parser", () => {
  const published = report();
  server.answers["/published.json"] = json(published);
  const tag = '<nianbao-report src="published.json"></nianbao-report>';
  return onPage(`<template>${tag}</template><main></main><div></div><p></p><section></section>`, async (page) => {
    await page.waitForFunction(() => customElements.get("nianbao-report"));
    await page.evaluate((tag) => {
      document.querySelector("main").append(document.importNode(document.querySelector("template").content, true));
      document.querySelector("div").innerHTML = tag;
      const made = document.createElement("nianbao-report");
      made.setAttribute("src", "published.json");
      document.querySelector("p").append(made);
      document.querySelector("section").append(new DOMParser().parseFromString(tag, "text/html").body.firstChild);
    }, tag);
    for (const place of ["main", "div", "p", "section"]) await showsReport(page, published.agency, 2023, `${place} > nianbao-report`);
  });
});

test("a second tag costs no request more, and neither does a hundredth", () => {
  const inline = (given) => `<nianbao-report mode="edit" drafts="off"><script type="application/json">${JSON.stringify(given)}</script></nianbao-report>`;
  return onPage(inline(report()), async (page) => {
    await showsReport(page);
    await rest(page);
    const asked = server.requests.length;
    await page.evaluate((tags) => document.body.insertAdjacentHTML("beforeend", tags), Array.from({ length: 5 }, () => inline(report())).join(""));
    await page.waitForFunction(() => Array.from(document.querySelectorAll("nianbao-report")).every((element) => element.shadowRoot.querySelector("td[data-cell]")));
    await rest(page);
    assert.deepEqual(server.requests.slice(asked), []);
    // Nor in the browser's own store: each program was asked for once.
    const programs = server.requests.filter((path) => /\.(js|wasm)$/.test(path));
    assert.deepEqual(programs, [...new Set(programs)]);
  });
});

test("the module may be loaded twice, by other addresses and in other ways: one element is defined, and works", () => {
  const published = report();
  server.answers["/published.json"] = json(published);
  const head = `${script}<script type="module" src="/nianbao.js?v=2"></script>`;
  return onPage('<nianbao-report id="r" src="published.json"></nianbao-report>', async (page) => {
    await showsReport(page, published.agency, 2023, "#r");
    const same = await page.evaluate(async () => {
      const defined = customElements.get("nianbao-report");
      const modules = [await import("/nianbao.js"), await import("/nianbao.js?v=2"), await import("/nianbao.js#again")];
      const element = document.getElementById("r");
      return modules.map(({ NianbaoReport }) => NianbaoReport === defined && element instanceof NianbaoReport);
    });
    assert.deepEqual(same, [true, true, true]);
    await page.addScriptTag({ type: "module", url: "/nianbao.js?v=3" });
    await page.evaluate(() => document.body.append(document.getElementById("r").cloneNode()));
    await page.waitForFunction(() => window.told.filter(({ name }) => name === "ready").length === 2);
    const programs = server.requests.filter((path) => path.endsWith(".wasm"));
    assert.equal(programs.length, 1);
  }, { head });
});

test("when the last editor has gone, nothing of it works on: no lock, no channel, no listener, no timer, no question on leaving", () =>
  onEdited(async (page) => {
    const listeners = () => page.evaluate(() => window.listening.map(({ type }) => type).filter((type) => !type.startsWith("nianbao-")));
    const locks = () => page.evaluate(async () => (await navigator.locks.query()).held.map(({ name }) => name));
    assert.equal((await locks()).length, 1);
    assert.ok((await listeners()).includes("pagehide"), "it hears when the page goes");
    await page.locator("#r").locator("#draft-state", { hasText: "草稿已存于本机" }).waitFor();
    await page.evaluate(() => document.getElementById("r").remove());
    await until("the lock is free", async () => (await locks()).length === 0);
    assert.deepEqual(await listeners(), []);
    await until("no timer runs", () => page.evaluate(() => window.running.size === 0));
    assert.equal(await page.evaluate(() => window.dispatchEvent(new Event("beforeunload", { cancelable: true }))), true);
    // Another window can edit at once.
    const other = await stage.browser.contexts()[0].newPage();
    await other.goto(`${server.url}host.html`);
    await showsReport(other, undefined, undefined, "#r");
    await other.waitForFunction(() => document.getElementById("r").shadowRoot.querySelector("td input"));
    assert.equal(await figure(other), 321, "with the draft");
    await other.close();
  }, "", noteWhatRuns));

test("taken away right after a key, it has written the draft: the next page has it", () =>
  onEdited(async (page, published) => {
    await press(page, "654");
    await page.evaluate(() => document.getElementById("r").remove());
    await rest(page);
    await page.reload();
    await showsReport(page, published.agency, 2023, "#r");
    assert.equal(await figure(page), 321654, "one went on typing in the same cell");
  }));

test("the worker that reads files goes with the last element, and comes again with the next file", () => {
  const text = "某市2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n行政规范性文件 | 1 | 0 | 3 |";
  const bring = (page) => page.evaluate((text) => document.querySelector("nianbao-report").importFile(new File([text], "a.txt")), text);
  return onPage("<nianbao-report></nianbao-report><nianbao-report></nianbao-report>", async (page) => {
    await page.waitForFunction(() => customElements.get("nianbao-report"));
    await bring(page);
    assert.equal(page.workers().length, 1);
    await page.evaluate(() => document.querySelector("nianbao-report").remove());
    await rest(page);
    assert.equal(page.workers().length, 1, "another may need it");
    // One that is moved has not gone.
    await page.evaluate(() => document.querySelector("main, body").append(document.querySelector("nianbao-report")));
    await rest(page);
    assert.equal(page.workers().length, 1);
    await page.evaluate(() => (window.element = document.querySelector("nianbao-report")).remove());
    await until("the worker has ended", () => page.workers().length === 0);
    await page.evaluate(() => document.body.append(window.element));
    await bring(page);
    assert.equal(page.workers().length, 1);
    assert.equal(await page.evaluate(() => window.element.report.agency), "某市");
  });
});

/** What a page holds once everything that nobody needs is thrown away. */
async function held(page) {
  const cdp = await page.context().newCDPSession(page);
  const evaluate = async (expression) => (await cdp.send("Runtime.evaluate", { expression, objectGroup: "held" })).result.objectId;
  const objects = async (prototype) => (await cdp.send("Runtime.queryObjects", { prototypeObjectId: await evaluate(prototype), objectGroup: "held" })).objects.objectId;
  const told = async (objectId, functionDeclaration) =>
    (await cdp.send("Runtime.callFunctionOn", { objectId, functionDeclaration, returnByValue: true })).result.value;
  for (let time = 0; time < 3; time++) await cdp.send("HeapProfiler.collectGarbage");
  const elements = await told(await objects("customElements.get('nianbao-report').prototype"), "function () { return this.length; }");
  // Each program has a memory of its own.
  const modules = await told(await objects("WebAssembly.Memory.prototype"), "function () { return this.reduce((sum, { buffer }) => sum + buffer.byteLength, 0); }");
  await cdp.send("Runtime.releaseObjectGroup", { objectGroup: "held" });
  await cdp.send("HeapProfiler.collectGarbage");
  const { nodes, jsEventListeners: listeners } = await cdp.send("Memory.getDOMCounters");
  const { usedSize: heap } = await cdp.send("Runtime.getHeapUsage");
  await cdp.detach();
  return { elements, modules, nodes, listeners, heap };
}

/** Puts an element up and takes it away, so many times; `leak` keeps what has to go. */
const cycle = (page, times, { attributes, published, leak = false }) =>
  page.evaluate(
    async ({ times, attributes, published, leak, cell }) => {
      const ready = (element) => new Promise((told) => element.addEventListener("nianbao-ready", told, { once: true }));
      for (let time = 0; time < times; time++) {
        const element = document.createElement("nianbao-report");
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
        element.report = published;
        const shown = ready(element);
        document.body.append(element);
        await shown;
        const field = element.shadowRoot.querySelector(`td[data-cell="${cell}"] input`);
        if (field) {
          // As a person would, in the middle of it.
          await element.focusCell(cell);
          await new Promise(requestAnimationFrame);
          document.execCommand("insertText", false, String(time));
          element.undo();
        }
        if (leak) (window.leaked = window.leaked || []).push(element, element.shadowRoot.querySelector(".nianbao"));
        element.remove();
        await new Promise((later) => setTimeout(later));
      }
    },
    { times, attributes, published, leak, cell: CELL },
  );

const lives = [
  ["tables", {}, 30],
  ["charts", { view: "charts" }, 30],
  ["editors", { mode: "edit" }, 16],
];
for (const [mode, attributes, times] of lives) {
  test(`put up and taken away ${times} times, ${mode} leave no element, node, listener or memory behind`, () =>
    onPage("", async (page) => {
      await page.waitForFunction(() => customElements.get("nianbao-report"));
      const published = report();
      await cycle(page, 8, { attributes, published });
      await rest(page);
      const before = await held(page);
      await cycle(page, times, { attributes, published });
      await rest(page);
      const after = await held(page);
      const grown = Object.fromEntries(Object.keys(after).map((what) => [what, after[what] - before[what]]));
      const kept = (bounds) => Object.keys(bounds).every((what) => grown[what] <= bounds[what]);
      // One element alone has hundreds of nodes: not even one node or one listener stays of each.
      const bounds = { elements: 0, nodes: times / 2, listeners: times / 2, heap: 3_000_000, modules: 500_000 };
      assert.ok(kept(bounds), JSON.stringify({ before, after }));
      assert.ok(after.elements <= 1, `${after.elements} elements are there still`);
      // The measure sees it where something stays.
      await cycle(page, 3, { attributes, published, leak: true });
      await rest(page);
      const leaking = await held(page);
      assert.ok(leaking.elements >= after.elements + 3, JSON.stringify(leaking));
      assert.ok(leaking.nodes > after.nodes + 500, JSON.stringify({ after, leaking }));
    }));
}
