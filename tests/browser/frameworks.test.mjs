// The element in pages made by React, Vue, Angular and jQuery: what they expect of a well-behaved element, case by case as
// custom-elements-everywhere tests it, and what goes wrong beyond that: loops, lost edits, a lost caret.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { bundle, serverRendered } from "./bundle.mjs";
import { dist, openPage, root } from "./launch.mjs";
import { serve } from "./server.mjs";
import { focusIs, htmlPage, json, readJson } from "./stage.mjs";

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

const CELL = "requests.received.natural_person";
const names = { "react-18": "React 18", "react-19": "React 19", "vue-2": "Vue 2", "vue-3": "Vue 3", angular: "Angular" };
const importMap = '<script type="importmap">{ "imports": { "nianbao": "/nianbao.js" } }</script>';

let count = 0;
/** A report of a body of its own, so that no draft of another test is found for it. */
function report(more = {}) {
  count += 1;
  return { ...readJson("www/demo/2023-suqian.json"), agency: `某县第${count}局`, ...more };
}

/** Errors, but for a file that a test has said is not there. */
const complains = (message) => message.type() === "error" && !/status of 404/.test(message.text());

/** A page of the test's browser on which a framework's scenes can be put up. */
async function openScenes(framework, head = importMap) {
  const page = await stage.browser.contexts()[0].newPage();
  page.setDefaultTimeout(30_000);
  const complaints = [];
  page.on("console", (message) => complains(message) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error.message ?? error)));
  server.answers[`/${framework}.html`] = htmlPage('<div id="app"></div>', head);
  server.answers[`/${framework}.mjs`] ??= { status: 200, type: "text/javascript; charset=utf-8", body: await bundle(framework) };
  await page.goto(`${server.url}${framework}.html`);
  await page.addScriptTag({ type: "module", url: `/${framework}.mjs` });
  await page.waitForFunction(() => window.scene);
  return { page, complaints };
}

/** What is given as reports once is the same objects from then on, as in any app. */
const show = (page, scene, given) =>
  page.evaluate(
    ([scene, given]) => {
      window.reports = given.reports || window.reports;
      return window.scene.show(scene, given.ids ? { ...given, reports: window.reports } : given);
    },
    [scene, given],
  );
const end = (page) => page.evaluate(() => window.scene.end());
const shows = (page, { agency, year }, selector = "nianbao-report") =>
  page.waitForFunction(
    ([selector, agency, year]) => {
      const element = document.querySelector(selector);
      const shown = element?.shadowRoot?.querySelector("td[data-cell]") && element.report;
      return shown && shown.agency === agency && shown.year === year;
    },
    [selector, agency, year],
  );
const ask = (page, question, given) => page.evaluate(`(${question})(document.querySelector("nianbao-report"), ${JSON.stringify(given) ?? "undefined"})`);
const says = (page, text) => page.waitForFunction((text) => document.querySelector("nianbao-report").shadowRoot.textContent.includes(text), text);
const figure = (page, selector = "nianbao-report") =>
  page.evaluate(([selector, cell]) => document.querySelector(selector).report.figures[cell], [selector, CELL]);
const heard = (page, name) => page.evaluate((name) => window.scene.heard.filter((event) => event.name === `nianbao-${name}`), name);
const forget = (page) => page.evaluate(() => void (window.scene.heard.length = window.scene.saved.length = 0));
const editable = (page, selector = "nianbao-report") =>
  page.waitForFunction((selector) => document.querySelector(selector)?.shadowRoot.querySelector("td input"), selector);
/** Lets everything come to rest that a change could set off: the frameworks' own tasks, readings, timers. */
const rest = (page) => page.evaluate(() => new Promise((rested) => setTimeout(() => requestAnimationFrame(() => setTimeout(rested, 200)), 200)));
/** Types into a cell as a person does, from its whole content on. */
async function type(page, text, selector = "nianbao-report") {
  await page.locator(selector).locator(`td[data-cell="${CELL}"] input`).first().click();
  await page.keyboard.type(text);
  // Where the machine is slow, a key is heard a task later.
  await page.waitForFunction(([selector, cell, figure]) => document.querySelector(selector).report.figures[cell] === figure, [selector, CELL, Number(text)]);
}

/** Runs a test on the framework's page, which is used again; nothing of it may be left, and nothing complained of. */
function cases(framework) {
  let scenes;
  const on = (name, play) =>
    test(name, async () => {
      scenes ??= await openScenes(framework);
      const { page, complaints } = scenes;
      complaints.length = 0;
      await forget(page);
      try {
        await play(page);
        await end(page);
        assert.equal(await page.locator("nianbao-report").count(), 0);
        assert.deepEqual(complaints, []);
      } catch (error) {
        // The next test begins afresh.
        await page.close();
        scenes = undefined;
        throw error;
      }
    });
  return { on, close: () => scenes?.page.close() };
}

for (const framework of Object.keys(names)) {
  describe(names[framework], () => {
    const { on, close } = cases(framework);
    after(close);

    on("an element without children is put up, and shows the report that it is given as a property", async (page) => {
      const given = report();
      await show(page, "tag", { report: given });
      await shows(page, given);
      assert.deepEqual(await ask(page, (element) => element.report), given);
    });

    on("content of the tag is read, and is read again when the framework renders it anew", async (page) => {
      const [first, second] = [report(), report()];
      const text = ({ agency, year }) => `${agency}${year}年政府信息公开工作年度报告\n二、主动公开政府信息情况\n行政规范性文件 | 1 | 0 | 3 |`;
      await show(page, "tag", { child: text(first) });
      await shows(page, first);
      await show(page, "tag", { child: text(second) });
      await shows(page, second);
      assert.equal(await ask(page, (element) => element.textContent), text(second));
    });

    on("it is hidden and shown again, with what it was given", async (page) => {
      const given = report();
      await show(page, "tag", { report: given });
      await shows(page, given);
      await show(page, "tag", { report: given, shown: false });
      assert.equal(await page.locator("nianbao-report").count(), 0);
      await show(page, "tag", { report: given });
      await shows(page, given);
    });

    on("what is primitive arrives as attribute or property, is changed, and goes", async (page) => {
      const [first, second] = [report(), report()];
      server.answers["/first.json"] = json(first);
      server.answers["/second.json"] = json(second);
      const read = (element) => ({ mode: element.mode, view: element.view, charts: element.charts, lang: element.getAttribute("lang") });
      await show(page, "tag", { src: "first.json", mode: "edit", view: "charts", charts: "requests.flow", lang: "en", drafts: "off" });
      await shows(page, first);
      assert.deepEqual(await ask(page, read), { mode: "edit", view: "charts", charts: "requests.flow", lang: "en" });
      await says(page, "Requests received this year");
      await show(page, "tag", { src: "second.json", mode: "view", view: "tables", charts: "", lang: "zh-CN", drafts: "off" });
      await shows(page, second);
      assert.deepEqual(await ask(page, read), { mode: "view", view: "tables", charts: "", lang: "zh-CN" });
      await says(page, "本年新收政府信息公开申请数量");
      // What is gone is null or undefined.
      for (const nothing of [null, undefined]) {
        await show(page, "tag", { src: "second.json", mode: "edit", view: "charts", charts: "requests.flow", drafts: "off" });
        await show(page, "tag", { src: "second.json", mode: nothing, view: nothing, charts: nothing, drafts: "off" });
        const { mode, view, charts } = await ask(page, read);
        assert.deepEqual({ mode, view, charts }, { mode: "view", view: "tables", charts: null });
      }
      await shows(page, second);
    });

    on("what is true or false is so, a form is told by its id, and reports beside it by their addresses", async (page) => {
      const given = report();
      server.answers["/earlier.json"] = json({ ...given, year: 2022 });
      const read = (element) => ({ disabled: element.disabled, form: element.form && element.form.id });
      await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<form id="elsewhere"></form>'));
      await show(page, "tag", { report: given, disabled: true, form: "elsewhere" });
      await shows(page, given);
      assert.deepEqual(await ask(page, read), { disabled: true, form: "elsewhere" });
      // React 18 makes text of all that it gives an element of this kind.
      const no = framework === "react-18" ? undefined : false;
      await show(page, "tag", { report: given, disabled: no, form: undefined, history: "earlier.json" });
      assert.deepEqual(await ask(page, read), { disabled: false, form: null });
      if (framework !== "react-18") {
        await page.waitForFunction(() => document.querySelector("nianbao-report").history.length === 1);
        await show(page, "tag", { report: given });
        await page.waitForFunction(() => document.querySelector("nianbao-report").history.length === 0);
      }
      await page.evaluate(() => document.getElementById("elsewhere").remove());
    });

    on("from an address to a report and back, what is given last is shown", async (page) => {
      const [published, given] = [report(), report()];
      server.answers["/published.json"] = json(published);
      await show(page, "tag", { src: "published.json" });
      await shows(page, published);
      await show(page, "tag", { report: given });
      await shows(page, given);
      await rest(page);
      assert.equal(await ask(page, (element) => element.report.agency), given.agency);
      await show(page, "tag", { src: "published.json" });
      await shows(page, published);
    });

    on("rich data arrives as properties, and the reports beside it are changed while it stays", async (page) => {
      const given = report();
      const of = (year) => ({ ...given, year });
      await show(page, "tag", { report: given, history: [of(2022)] });
      await shows(page, given);
      const years = (element) => element.history.map(({ year }) => year);
      assert.deepEqual(await ask(page, years), [2022]);
      await show(page, "tag", { report: given, history: [of(2022), of(2021)] });
      await page.waitForFunction(() => document.querySelector("nianbao-report").history.length === 2);
      assert.equal(await ask(page, (element) => element.report.agency), given.agency);
    });

    on("its events are heard as the framework hears events, with their detail", async (page) => {
      const given = report();
      await show(page, "tag", { id: "r", report: given, mode: "edit", drafts: "off" });
      await shows(page, given);
      await editable(page);
      assert.deepEqual((await heard(page, "ready")).map(({ from }) => from), ["r"]);
      const [{ detail }] = await heard(page, "findings");
      assert.deepEqual(detail.findings, await ask(page, (element) => element.findings));
      await type(page, "7");
      assert.deepEqual((await heard(page, "change"))[0], { name: "nianbao-change", from: "r", detail: { cell: CELL, value: 7 } });
      server.answers["/not-there.json"] = { status: 404, type: "text/plain", body: "" };
      await show(page, "tag", { id: "r", src: "not-there.json" });
      await page.waitForFunction(() => window.scene.heard.some(({ name }) => name === "nianbao-error"));
      assert.match((await heard(page, "error"))[0].detail.message, /404/);
    });

    on("what the page sets is no change that is told, and rendering anew sets nothing anew", async (page) => {
      const given = report();
      await show(page, "tag", { report: given, mode: "edit", drafts: "off" });
      await shows(page, given);
      const other = report();
      await show(page, "tag", { report: other, mode: "edit", drafts: "off" });
      await shows(page, other);
      await rest(page);
      const told = await page.evaluate(() => window.scene.heard.map(({ name }) => name));
      assert.deepEqual(told.filter((name) => /change/.test(name)), []);
      await forget(page);
      // Equal, but another object each time, as from a literal in a template.
      for (let time = 0; time < 3; time++) await show(page, "tag", { report: { ...other }, mode: "edit", drafts: "off" });
      await rest(page);
      assert.deepEqual((await page.evaluate(() => window.scene.heard)), []);
    });

    on("what is typed goes into the state and comes back without a loop, with the caret where it was", async (page) => {
      const given = report();
      await show(page, "editor", { report: given });
      await shows(page, given);
      await editable(page);
      await type(page, "12");
      await rest(page);
      await focusIs(page, CELL);
      await page.keyboard.type("3");
      await rest(page);
      const field = await page.evaluate(() => {
        const { value, selectionStart } = document.querySelector("nianbao-report").shadowRoot.activeElement;
        return { value, selectionStart };
      });
      assert.deepEqual(field, { value: "123", selectionStart: 3 });
      // In a text too.
      const text = page.locator("nianbao-report").locator("textarea").first();
      await text.click();
      await page.keyboard.press("Control+Home");
      await page.keyboard.type("我");
      await rest(page);
      await page.keyboard.type("局");
      await rest(page);
      assert.ok((await text.inputValue()).startsWith("我局"), (await text.inputValue()).slice(0, 9));
      await page.getByRole("button", { name: "保存" }).click();
      const [saved] = await page.evaluate(() => window.scene.saved);
      assert.equal(saved.figures[CELL], 123);
      assert.deepEqual(saved, await ask(page, (element) => element.report));
      // What was done can still be taken back.
      assert.equal(await ask(page, (element) => element.undo()), true);
      await rest(page);
      assert.equal(await ask(page, (element) => element.undo()), true);
    });

    for (const scene of ["list", "flat"]) {
      on(`reordering a ${scene} list by keys moves the elements, and no edit is lost`, async (page) => {
        const reports = { a: report(), b: report(), c: report() };
        const given = { mode: "edit", drafts: "off" };
        await show(page, scene, { ...given, reports, ids: ["a", "b", "c"] });
        for (const id of ["a", "b", "c"]) await shows(page, reports[id], `#${id}`);
        await editable(page, "#c");
        await type(page, "321", "#c");
        await page.evaluate(() => (window.former = document.getElementById("c")));
        await forget(page);
        await show(page, scene, { ...given, ids: ["c", "b", "a"] });
        await rest(page);
        assert.equal(await page.evaluate(() => window.former === document.getElementById("c") && window.former.isConnected), true);
        assert.equal(await figure(page, "#c"), 321);
        const order = await page.evaluate(() => Array.from(document.querySelectorAll("nianbao-report"), ({ id }) => id));
        assert.deepEqual(order, ["c", "b", "a"]);
        assert.deepEqual(await heard(page, "ready"), [], "what is moved is not read anew");
        assert.equal(await page.evaluate(() => document.getElementById("c").undo()), true);
        await show(page, scene, { ...given, ids: ["b"] });
        assert.equal(await page.locator("nianbao-report").count(), 1);
        assert.equal(await page.evaluate(() => document.getElementById("b").report.agency), reports.b.agency);
      });
    }

    on("a reader’s page hears of the findings", async (page) => {
      const given = report();
      server.answers["/published.json"] = json(given);
      await show(page, "reader", { src: "published.json" });
      await shows(page, given);
      await page.waitForFunction(() => window.scene.saved.length > 0);
      assert.deepEqual((await page.evaluate(() => window.scene.saved)).at(-1), await ask(page, (element) => element.findings));
    });

    on("in a form its value goes along, as it is typed, and the form’s reset takes it back", async (page) => {
      const given = report();
      await show(page, "form", { name: "annual", report: given, mode: "edit", drafts: "off" });
      await shows(page, given);
      await editable(page);
      await type(page, "8");
      const sent = () => page.evaluate(() => JSON.parse(new FormData(document.querySelector("form")).get("annual")));
      assert.deepEqual(await sent(), await ask(page, (element) => element.report));
      assert.equal((await sent()).figures[CELL], 8);
      assert.equal(await ask(page, (element) => element.form === document.querySelector("form")), true);
      await page.evaluate(() => document.querySelector("form").reset());
      await page.waitForFunction(() => !document.querySelector("nianbao-report").undo());
      assert.deepEqual(await sent(), given);
    });

    test("where the module comes later than the app, what the app has given is taken up", async () => {
      const given = report();
      server.answers["/later.json"] = json(given);
      const { page, complaints } = await openScenes(framework, '<script type="importmap">{ "imports": { "nianbao": "data:text/javascript," } }</script>');
      // React 19 sets properties of elements that are defined, and knows attributes alone before.
      const bySource = framework === "react-19";
      await show(page, framework.startsWith("react") ? "tag" : "early", { id: "r", mode: "edit", drafts: "off", ...(bySource ? { src: "later.json" } : { report: given }) });
      await page.addScriptTag({ type: "module", url: "/nianbao.js" });
      await shows(page, given);
      await editable(page);
      await type(page, "9");
      await page.waitForFunction(() => window.scene.heard.some(({ name }) => name === "nianbao-change"));
      assert.deepEqual(complaints, []);
      await page.close();
    });

    if (framework.startsWith("react")) {
      on("strict mode, which mounts twice, reads once and listens once", async (page) => {
        const given = report();
        await show(page, "strict", { report: given, mode: "edit", drafts: "off" });
        await shows(page, given);
        await editable(page);
        await rest(page);
        assert.equal((await heard(page, "ready")).length, 1);
        await type(page, "5");
        assert.equal((await heard(page, "change")).filter(({ detail }) => detail.cell === CELL).length, 1);
      });

      test("what a server has written is taken over without a mismatch", async () => {
        const given = report();
        server.answers["/served.json"] = json(given);
        const written = await serverRendered(framework, "tag", { id: "r", src: "served.json", lang: "zh-CN", child: "原文" });
        assert.match(written, /<nianbao-report id="r" src="served.json" lang="zh-CN">原文<\/nianbao-report>/);
        const { page, complaints } = await openScenes(framework);
        // The element is defined and shows its report before React comes to it.
        await page.evaluate((written) => (document.getElementById("app").innerHTML = written), written);
        await shows(page, given);
        assert.equal(await page.evaluate(() => document.getElementById("app").innerHTML), written, "the element leaves itself as it is");
        await page.evaluate(() => (window.former = document.getElementById("r")));
        await page.evaluate(() => window.scene.hydrate("tag", { id: "r", src: "served.json", lang: "zh-CN", child: "原文" }));
        assert.equal(await page.evaluate(() => window.former === document.getElementById("r")), true);
        await show(page, "tag", { id: "r", src: "served.json", lang: "en", child: "原文" });
        await says(page, "Requests received this year");
        assert.deepEqual(complaints, []);
        await page.close();
      });

      test("a report that the server cannot write comes with the first effect, or with React 19 once it changes", async () => {
        const [given, next] = [report(), report()];
        const written = await serverRendered(framework, "tag", { id: "r", report: given });
        assert.equal(written, '<section><nianbao-report id="r"></nianbao-report></section>');
        const { page, complaints } = await openScenes(framework);
        await page.evaluate((written) => (document.getElementById("app").innerHTML = written), written);
        await page.evaluate((given) => window.scene.hydrate("tag", { id: "r", report: given }), given);
        await rest(page);
        assert.equal((await ask(page, (element) => element.report))?.agency, framework === "react-19" ? undefined : given.agency);
        await show(page, "tag", { id: "r", report: next });
        await shows(page, next);
        assert.deepEqual(complaints, []);
        await page.close();
      });
    }
  });
}

for (const [version, file] of [["1.12", "jquery-1"], ["3", "jquery-3"]]) {
  describe(`jQuery ${version}`, () => {
    const read = (path) => readFileSync(join(root, "tests/frameworks", path), "utf8");
    const plain = (body) => ({ status: 200, type: "text/javascript; charset=utf-8", body });
    const buttons = ["show", "edit", "save"].map((id) => `<button id="${id}">${id}</button>`).join("");

    /** Opens a page as portals have them: jQuery and its own scripts in front, the widget's line among them. */
    async function onPortal(body, play, head = "") {
      server.answers["/jquery.js"] = plain(read(`node_modules/${file}/dist/jquery.js`));
      server.answers["/report.js"] = plain(read("jquery/report.js"));
      const scripts = `<script src="/jquery.js"></script><script type="module" src="/nianbao.js"></script><script src="/report.js"></script>${head}`;
      server.answers["/portal.html"] = htmlPage(`${buttons}<p id="count"></p><div id="place">${body}</div>`, scripts);
      const page = await stage.browser.contexts()[0].newPage();
      page.setDefaultTimeout(30_000);
      const complaints = [];
      page.on("console", (message) => complains(message) && complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error.message ?? error)));
      await page.goto(`${server.url}portal.html`);
      await page.waitForFunction(() => customElements.get("nianbao-report"));
      try {
        await play(page);
        assert.deepEqual(complaints, []);
      } finally {
        await page.close();
      }
    }

    test("html, append, attr and prop put a report up and change it; on hears of it, also by delegation", () => {
      const [published, edited] = [report(), report()];
      server.answers["/published.json"] = json(published);
      return onPortal("", async (page) => {
        await page.evaluate((given) => (window.published = given), edited);
        await page.click("#show");
        await shows(page, published);
        await page.waitForFunction(() => document.getElementById("count").textContent === String(document.querySelector("nianbao-report").findings.length));
        await page.evaluate(() => window.jQuery("nianbao-report").attr("lang", "en"));
        await says(page, "Requests received this year");
        await page.evaluate(() => window.jQuery("nianbao-report").removeAttr("lang").attr({ mode: "edit", drafts: "off" }));
        await editable(page);
        assert.equal(await page.evaluate(() => window.jQuery("nianbao-report").prop("mode")), "edit");
        await page.click("#edit");
        await shows(page, edited);
        await editable(page);
        await page.evaluate(() => {
          window.changes = [];
          window.jQuery("nianbao-report").on("nianbao-change.mine", ({ originalEvent }) => window.changes.push(originalEvent.detail));
        });
        await type(page, "12");
        assert.deepEqual((await page.evaluate(() => window.changes)).filter(({ cell }) => cell === CELL).at(-1), { cell: CELL, value: 12 });
        await page.evaluate(() => void window.jQuery("nianbao-report").off(".mine"));
        await page.click("#save");
        assert.equal(await page.evaluate((cell) => window.saved.figures[cell], CELL), 12);
      });
    });

    test("data that stands in the tag survives html(), which takes scripts apart", () =>
      onPortal("", async (page) => {
        const given = report();
        const tag = `<nianbao-report><script type="application/json">${JSON.stringify(given)}</script></nianbao-report>`;
        await page.evaluate((tag) => void window.jQuery("#place").html(tag), tag);
        await shows(page, given);
        await page.evaluate((tag) => void window.jQuery("#place").empty().append(window.jQuery(tag)), tag);
        await shows(page, given);
      }));

    test("detached after an edit and appended again it shows the edit; a clone shows what is published", () => {
      const published = report();
      server.answers["/published.json"] = json(published);
      return onPortal('<nianbao-report src="published.json" mode="edit" drafts="off"></nianbao-report>', async (page) => {
        await shows(page, published);
        await editable(page);
        await type(page, "77");
        await page.evaluate(() => void (window.kept = window.jQuery("nianbao-report").detach()));
        await rest(page);
        await page.evaluate(() => void window.kept.appendTo("body"));
        await shows(page, published);
        assert.equal(await figure(page), 77);
        await page.evaluate(() => void window.jQuery("nianbao-report").clone(true).attr("id", "clone").prependTo("#place"));
        await shows(page, published, "#clone");
        assert.equal(await figure(page, "#clone"), published.figures[CELL]);
        assert.equal(await figure(page, "body > nianbao-report"), 77);
        await page.evaluate(() => void window.jQuery("#place, body > nianbao-report").empty().remove());
        assert.equal(await page.locator("nianbao-report").count(), 0);
      });
    });

    test("in a tab that is hidden when the page loads, tables and charts have their room once it is shown", () => {
      const published = report();
      server.answers["/published.json"] = json(published);
      const tabs = `<ul><li><a id="first" href="#one">一</a></li><li><a id="second" href="#two">二</a></li></ul>
        <div class="pane" id="one">一</div>
        <div class="pane" id="two"><nianbao-report src="published.json" view="charts"></nianbao-report></div>`;
      const head = `<style>.pane { display: none } .pane.on { display: block }</style><script>
        jQuery(function ($) {
          $("li a").on("click", function (event) {
            event.preventDefault();
            $(".pane").hide().filter($(this).attr("href")).show();
          });
        });</script>`;
      return onPortal(tabs, async (page) => {
        await page.waitForFunction(() => document.querySelector("nianbao-report").report);
        const room = () =>
          page.evaluate(() => {
            const root = document.querySelector("nianbao-report").shadowRoot;
            const { width } = root.querySelector("svg[role], figure svg, svg")?.getBoundingClientRect() ?? { width: 0 };
            return { size: root.querySelector(".mount").dataset.size, width };
          });
        await page.click("#second");
        await page.waitForFunction(() => document.querySelector("nianbao-report").shadowRoot.querySelector(".mount").dataset.size !== "narrow");
        const wide = await page.evaluate(() => document.querySelector("nianbao-report").clientWidth);
        assert.ok(wide > 1000, `it is ${wide} wide`);
        await page.waitForFunction(() => {
          const root = document.querySelector("nianbao-report").shadowRoot;
          return Array.from(root.querySelectorAll("figure svg")).some((picture) => picture.getBoundingClientRect().width > 500);
        }).catch(async (error) => { throw new Error(`${error.message} ${JSON.stringify(await room())}`); });
        // Away and back again, as tabs go.
        await page.click("#first");
        await page.click("#second");
        assert.equal(await page.evaluate(() => document.querySelector("nianbao-report").report.agency), published.agency);
        await page.evaluate(() => void window.jQuery("nianbao-report").hide().fadeIn(1));
        await page.waitForFunction(() => document.querySelector("nianbao-report").getBoundingClientRect().width > 1000);
        assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("nianbao-report")).display), "block");
      }, head);
    });

    test("jQuery may go away with noConflict, and nothing of ours needs it or stands among the page’s names", () => {
      const published = report();
      server.answers["/published.json"] = json(published);
      const head = "<script>window.jq = jQuery.noConflict(true); window.before = []; window.before = Object.keys(window);</script>";
      return onPortal('<nianbao-report src="published.json" mode="edit" drafts="off"></nianbao-report>', async (page) => {
        await shows(page, published);
        await editable(page);
        await type(page, "6");
        assert.equal(await figure(page), 6);
        assert.deepEqual(await page.evaluate(() => [typeof window.jQuery, typeof window.$]), ["undefined", "undefined"]);
        const added = await page.evaluate(() => Object.keys(window).filter((name) => !window.before.includes(name)));
        assert.deepEqual(added, []);
      }, head);
    });
  });
}

test("without a framework, what is set before the module is there is taken up", async () => {
  const given = report();
  const page = await stage.browser.contexts()[0].newPage();
  const snippet = readFileSync(join(root, "tests/frameworks/plain/report.html"), "utf8").replace("/nianbao/nianbao.js", "/nianbao.js");
  server.answers["/plain.html"] = htmlPage(snippet);
  await page.addInitScript((given) => (window.published = given), given);
  const lines = [];
  page.on("console", (message) => lines.push(message.text()));
  await page.goto(`${server.url}plain.html`);
  await shows(page, given);
  await editable(page);
  await type(page, "4");
  await page.click("#save");
  assert.equal(await page.evaluate((cell) => window.saved.figures[cell], CELL), 4);
  assert.ok(lines.includes(`${CELL} 4`), lines.join("\n"));
  await page.close();
});

test("a page that sets what it has heard too late takes nothing back that was typed since", async () => {
  const given = report();
  const page = await stage.browser.contexts()[0].newPage();
  server.answers["/late.html"] = htmlPage('<nianbao-report mode="edit" drafts="off"></nianbao-report>', '<script type="module" src="/nianbao.js"></script>');
  await page.goto(`${server.url}late.html`);
  await page.evaluate((given) => {
    const element = document.querySelector("nianbao-report");
    element.report = given;
    window.set = 0;
    element.addEventListener("change", () => (window.state = element.report));
    // By then the state is what was heard before this key.
    element.addEventListener("nianbao-change", () => {
      if (!window.state) return;
      window.set += 1;
      element.report = window.state;
    });
  }, given);
  await shows(page, given);
  await editable(page);
  await type(page, "1");
  await page.waitForFunction(() => window.state);
  await page.keyboard.type("2");
  await rest(page);
  await page.keyboard.type("3");
  await rest(page);
  assert.ok((await page.evaluate(() => window.set)) >= 2);
  assert.equal(await figure(page), 123);
  assert.equal(await page.evaluate((cell) => window.state.figures[cell], CELL), 123);
  await focusIs(page, CELL);
  // A report that is another is shown, also while somebody types.
  const other = report();
  await page.evaluate((other) => (document.querySelector("nianbao-report").report = other), other);
  await shows(page, other);
  await page.close();
});

test("the code that the documentation shows is the code that is tested here", () => {
  const shown = ["docs/frameworks.md", "docs/frameworks.zh-CN.md"].map((path) => {
    const text = readFileSync(join(root, path), "utf8");
    const pieces = Array.from(text.matchAll(/<!-- (\S+) -->\n```\w+\n(.*?)\n```\n/gs));
    assert.equal(pieces.length, text.split("\n```").length / 2 - 0.5, `${path}: every piece of code names its file`);
    for (const [, file, code] of pieces) assert.equal(code, readFileSync(join(root, file), "utf8").trimEnd(), `${path}: ${file}`);
    return pieces.map(([, file]) => file);
  });
  assert.deepEqual(shown[0], shown[1]);
  assert.equal(shown[0].length, 7);
});
