// Chromium 83 is the oldest core that the widget promises to run on: what Chinese browsers of 2020 to 2022 carry.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { dist, noOldChromium, openOldPage, showsFigures } from "./launch.mjs";
import { serve } from "./server.mjs";
import { faulty, htmlPage, json, script } from "./stage.mjs";

const skip = noOldChromium;
let server;
before(async () => (server = await serve(dist)));
after(() => server.close());

test("the demo shows a report's figures in Chromium 83", { skip }, async () => {
  const { browser, page, complaints, close } = await openOldPage();
  try {
    assert.match(await browser.version(), /\/83\./);
    await page.goto(server.url);
    await page.waitForFunction(showsFigures, { timeout: 30_000 }).catch((error) => {
      throw new Error(`${error.message}; the page said: ${complaints.join(" | ") || "nothing"}`);
    });
    assert.deepEqual(complaints, []);
  } finally {
    await close();
  }
});

test("in the editor a finding opens, a suggestion is applied and undone in Chromium 83", { skip }, async () => {
  const { page, complaints, close } = await openOldPage();
  try {
    server.answers["/faulty.json"] = json(faulty());
    server.answers["/edit.html"] = htmlPage('<nianbao-report src="faulty.json" mode="edit"></nianbao-report>', script);
    await page.goto(`${server.url}edit.html`);
    await page.waitForFunction(showsFigures, { timeout: 30_000 });
    const figure = (wanted) =>
      page.waitForFunction(
        (wanted) => document.querySelector("nianbao-report").shadowRoot.querySelector('td[data-cell="requests.granted.natural_person"] input').value === wanted,
        { timeout: 10_000 },
        wanted,
      );
    const press = (selector) => page.evaluate((selector) => document.querySelector("nianbao-report").shadowRoot.querySelector(selector).click(), selector);
    await press(".finding .toggle");
    await page.waitForFunction(() => document.querySelector("nianbao-report").shadowRoot.querySelector(".about .equation, .note-row"));
    await press(".finding .beside .action");
    await figure("1175");
    assert.equal(await page.evaluate(() => document.querySelector("nianbao-report").undo()), true);
    await figure("1157");
    assert.deepEqual(complaints, []);
  } finally {
    await close();
  }
});

test("a draft is stored, restored and listed in Chromium 83", { skip }, async () => {
  const { page, complaints, close } = await openOldPage();
  try {
    server.answers["/faulty.json"] = json(faulty());
    server.answers["/edit.html"] = htmlPage('<nianbao-report src="faulty.json" mode="edit"></nianbao-report>', script);
    await page.goto(`${server.url}edit.html`);
    await page.waitForFunction(showsFigures, { timeout: 30_000 });
    const press = (selector) => page.evaluate((selector) => document.querySelector("nianbao-report").shadowRoot.querySelector(selector).click(), selector);
    const shows = (selector, text) =>
      page.waitForFunction(
        (selector, text) => document.querySelector("nianbao-report").shadowRoot.querySelector(selector)?.textContent.includes(text),
        { timeout: 10_000 },
        selector,
        text,
      );
    await press(".finding .beside .action");
    await shows("#draft-state", "已保存在本机");
    await page.reload();
    await page.waitForFunction(showsFigures, { timeout: 30_000 });
    await shows("#draft-notice", "已恢复");
    const restored = () => document.querySelector("nianbao-report").shadowRoot.querySelector('td[data-cell="requests.granted.natural_person"] input').value === "1175";
    await page.waitForFunction(restored, { timeout: 10_000 });
    await press("#drafts-button");
    await shows(".draft", "宿迁市");
    assert.deepEqual(complaints, []);
  } finally {
    await close();
  }
});

test("charts are drawn and saved, and a mark leads to its cell and back in Chromium 83", { skip }, async () => {
  const { page, complaints, close } = await openOldPage();
  try {
    server.answers["/charts.html"] = htmlPage('<nianbao-report src="demo/2023-suqian.json" view="charts"></nianbao-report>', script);
    await page.goto(`${server.url}charts.html`);
    const inShadow = (test, ...given) => page.waitForFunction(`(${test})(document.querySelector("nianbao-report").shadowRoot, ...${JSON.stringify(given)})`, { timeout: 30_000 });
    await inShadow((root) => root && root.querySelectorAll(".picture .datum").length > 40);
    // Bars are as long as their figures, in their tone, with their pattern.
    const painted = await page.evaluate(() => {
      const root = document.querySelector("nianbao-report").shadowRoot;
      const bar = root.querySelector("#mark-outcomes-1 rect.paint-fill");
      const pattern = bar.nextElementSibling.getAttribute("fill");
      return [bar.getBoundingClientRect().width > 10, getComputedStyle(bar).fill, Boolean(root.querySelector(pattern.slice(4, -1)))];
    });
    assert.deepEqual(painted, [true, "rgb(87, 160, 151)", true]);
    // What the browser would save is kept here.
    await page.evaluate(() => {
      window.saved = [];
      HTMLAnchorElement.prototype.click = function () {
        fetch(this.href).then((answer) => answer.blob()).then(({ size, type }) => window.saved.push([this.download.slice(-4), type, size > 2000]));
      };
      document.querySelector("nianbao-report").shadowRoot.querySelectorAll("#chart-outcomes ~ .chart-tools .file").forEach((button) => button.click());
    });
    await page.waitForFunction(() => window.saved.length === 2, { timeout: 30_000 });
    assert.deepEqual((await page.evaluate(() => window.saved)).sort(), [[".png", "image/png", true], [".svg", "image/svg+xml", true]]);
    await page.evaluate(() => document.querySelector("nianbao-report").shadowRoot.querySelector("#mark-outcomes-0").focus());
    await inShadow((root) => root.querySelector(".tip"));
    await page.keyboard.press("Enter");
    await inShadow((root) => root.activeElement && root.activeElement.id === "cell-requests.granted.total");
    await page.keyboard.press("Escape");
    await inShadow((root) => root.activeElement && root.activeElement.id === "mark-outcomes-0");
    assert.deepEqual(complaints, []);
  } finally {
    await close();
  }
});

test("every shipped script parses in Chromium 83", { skip }, async () => {
  const scripts = readdirSync(dist).filter((name) => name.endsWith(".js"));
  const { page, close } = await openOldPage();
  try {
    server.answers["/empty.html"] = { status: 200, type: "text/html", body: "<!doctype html>" };
    await page.goto(`${server.url}empty.html`);
    const refused = await page.evaluate(
      (names) =>
        Promise.all(
          names.map((name) =>
            import(`./${name}`).then(
              () => null,
              // What it throws when it runs outside its own page is another matter.
              (error) => (error instanceof SyntaxError ? `${name}: ${error.message}` : null),
            ),
          ),
        ).then((all) => all.filter(Boolean)),
      scripts,
    );
    assert.deepEqual(refused, []);
  } finally {
    await close();
  }
});

test("every shipped module compiles in Chromium 83", { skip }, async () => {
  const modules = readdirSync(dist).filter((name) => name.endsWith(".wasm"));
  assert.ok(modules.length > 0, "no module is in dist/");
  const { page, close } = await openOldPage();
  try {
    server.answers["/empty.html"] = { status: 200, type: "text/html", body: "<!doctype html>" };
    await page.goto(`${server.url}empty.html`);
    for (const name of modules) {
      await page.evaluate((name) => WebAssembly.compileStreaming(fetch(name)).then(() => null), name);
    }
  } finally {
    await close();
  }
});
