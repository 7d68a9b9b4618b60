// What a page does to its own elements changes nothing in the widget, and the widget changes nothing in the page.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import { faulty, forget, json, onStage, readJson, script, showsAReport, shownFigures } from "./stage.mjs";

let server;
// An origin that may still be relaxed, as portals with frames of other hosts do.
before(async () => (server = await serve(dist, { headers: { "origin-agent-cluster": "?0" } })));
after(() => server.close());
beforeEach(() => forget(server));

const context = { viewport: { width: 1100, height: 900 }, reducedMotion: "reduce" };
const args = ["--host-resolver-rules=MAP *.county.test 127.0.0.1"];

/** A page of a portal: the widget where its content stands, and what the page does of its own. */
function page({ doctype = "<!doctype html>", html = "", head = "", body = "", before = "", attributes = "" }) {
  const element = `<nianbao-report src="/faulty.json" ${attributes}></nianbao-report>`;
  return {
    status: 200,
    type: "text/html; charset=utf-8",
    body: `${doctype}<html lang="zh-CN" ${html}><head><meta charset="utf-8"><title>某县人民政府</title><style>body { margin: 0 }</style>${head}${script}</head><body ${body}>${before}${element}</body></html>`,
  };
}

const states = {
  "what is read": {
    attributes: "",
    play: async (inside) => {
      await inside.locator('[aria-controls="about-0"]').click();
      await inside.locator("tr.note-row").first().waitFor();
    },
  },
  "what is edited": { attributes: 'mode="edit" drafts="off"', play: (inside) => inside.locator(".entry input").first().waitFor() },
  charts: { attributes: 'view="charts"', play: (inside) => inside.locator(".picture").first().waitFor() },
};

/** Opens a page in a state, and waits until nothing moves any more. */
async function open(browserPage, state, parts, url = server.url) {
  server.answers["/faulty.json"] = json(faulty());
  server.answers["/host.html"] = page({ ...parts, attributes: states[state].attributes });
  await browserPage.goto(`${url}host.html`);
  const inside = browserPage.locator("nianbao-report");
  await showsAReportOrCharts(browserPage);
  await states[state].play(inside);
  await settled(browserPage);
}

/** Once what has changed is drawn. */
const settled = (page) =>
  page.evaluate(() => document.fonts.ready.then(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn, 50))))));

const showsAReportOrCharts = (page) =>
  page.waitForFunction(() => document.querySelector("nianbao-report")?.shadowRoot?.querySelector("td[data-cell], .picture"));

/** What is seen of the widget, to the pixel. */
async function seen(page) {
  await page.mouse.move(0, 0);
  await page.evaluate(() => scrollTo(0, 0));
  await settled(page);
  const clip = await page.evaluate(() => {
    const { x, y, width, height } = document.querySelector("nianbao-report").shadowRoot.querySelector(".mount").getBoundingClientRect();
    return { x, y, width, height };
  });
  return { size: [clip.width, clip.height], picture: (await page.screenshot({ clip, fullPage: true })).toString("base64") };
}

/** The computed style of everything in the widget: where two differ, the element and the property. */
const computed = (page) =>
  page.evaluate(() => {
    const mount = document.querySelector("nianbao-report").shadowRoot.querySelector(".mount");
    return [mount, ...mount.querySelectorAll("*")].map((element) => {
      const style = getComputedStyle(element);
      const values = {};
      for (const name of style) values[name] = style.getPropertyValue(name);
      return [`${element.localName}.${element.getAttribute("class")}`, values];
    });
  });

function differences(one, other) {
  const found = one.length === other.length ? [] : [`${one.length} elements, ${other.length}`];
  one.forEach(([name, values], at) => {
    if (found.length > 20 || !other[at]) return;
    const differing = Object.keys(values).find((property) => values[property] !== other[at][1][property]);
    if (differing) found.push(`${name} ${differing}: ${values[differing]}, ${other[at][1][differing]}`);
  });
  return found;
}

/** Bootstrap 2 and 3 as portals still carry them, and what their own style sheets of 2012 add. */
const bootstrap = `<style>
  * { box-sizing: border-box }
  label { display: inline-block; max-width: 100%; margin-bottom: 5px; font-weight: bold }
  input, select, textarea, button { height: 30px; padding: 4px 6px; margin-bottom: 10px; border: 1px solid #ccc; border-radius: 4px; font: 14px/20px Arial; color: #555; background: #ff0 !important }
  table { max-width: 100%; background-color: #ffc; border-collapse: collapse !important; border-spacing: 5px !important; font-size: 9px !important; width: 300px !important; table-layout: fixed !important }
  table tr:nth-child(odd) > td { background: #f0f !important }
  td, th { padding: 20px !important; border: 3px dotted red !important; text-align: right !important; display: block !important }
  button, input { display: none !important; width: 10px !important }
  h1, h2, h3, h4 { font: bold 40px SimSun !important; margin: 40px !important; color: red !important }
  p { text-indent: 4em !important; line-height: 3 !important; margin: 2em !important }
  ul, ol, li, dl, dt, dd { list-style: square inside !important; padding: 10px !important; float: left !important }
  a { color: lime !important; text-decoration: line-through !important } svg, path, g, text { fill: red !important; display: none !important }
  .title, .table, .figure, .head, .row, .column, .hidden, .action, .error, .text { display: none !important; position: fixed !important }
  div, section, span, form, header, nav, figure { background: #0ff !important; border: 2px solid #00f !important; padding: 7px !important }
  [hidden] { display: block }
</style>`;

const inherited = `<style>
  body { font: italic 700 31px/3 cursive; color: red; letter-spacing: 0.5em; word-spacing: 2em; text-transform: uppercase; text-indent: 3em;
    text-align: center; white-space: pre; word-break: break-all; overflow-wrap: anywhere; line-break: anywhere; hyphens: auto; cursor: wait;
    user-select: none; -webkit-user-select: none; list-style: square inside; border-collapse: collapse; border-spacing: 9px; caption-side: bottom;
    empty-cells: hide; font-variant: small-caps; font-feature-settings: "tnum" 0, "smcp"; font-stretch: condensed; font-kerning: none; tab-size: 1;
    text-shadow: 2px 2px red; text-rendering: geometricPrecision; -webkit-text-stroke: 1px blue; -webkit-text-fill-color: green; quotes: none; orphans: 9; widows: 9;
    pointer-events: none; accent-color: red; caret-color: red; color-scheme: normal; image-rendering: pixelated; text-underline-position: under; text-emphasis: dot;
    fill: red; stroke: red; stroke-width: 4; visibility: visible; text-wrap: nowrap; -webkit-text-size-adjust: 300%; text-size-adjust: 300% }
</style>`;

/** What scripts of that time leave behind: Prototype 1.6 and MooTools on every array, string and object. */
const oldScripts = `<script>
  Object.prototype.extend = function () { throw new Error("extend"); };
  Object.prototype.toJSONString = function () { return "{}"; };
  Array.prototype.each = function (each) { this.forEach(each); return this; };
  Array.prototype.contains = Array.prototype.include = function (one) { return this.indexOf(one) >= 0; };
  Array.prototype.remove = function (one) { this.splice(this.indexOf(one), 1); };
  Array.prototype.toJSON = function () { return "[" + this.join(", ") + "]"; };
  String.prototype.toJSON = function () { return '"' + this + '"'; };
  Number.prototype.toJSON = Boolean.prototype.toJSON = function () { return String(this); };
  Array.prototype.reduce = function () { return this.length > 1 ? this : this[0]; };
  Array.prototype.entries = Array.prototype.toArray = function () { return this.slice(); };
  Array.prototype.first = function () { return this[0]; };
  Array.prototype.last = function () { return this[this.length - 1]; };
  Array.prototype.clear = function () { this.length = 0; return this; };
  Array.prototype.without = function () { return this; };
  Array.from = window.$A = function (list) { var made = []; for (var i = 0; i < (list && list.length || 0); i++) made.push(list[i]); return made; };
  String.prototype.strip = String.prototype.trim;
  Function.prototype.bind = function (self) { var of = this, given = [].slice.call(arguments, 1); return function () { return of.apply(self, given.concat([].slice.call(arguments))); }; };
  Element.prototype.hide = function () { this.style.display = "none"; return this; };
  Element.prototype.show = function () { this.style.display = ""; return this; };
  Element.prototype.update = function (text) { this.innerHTML = text; return this; };
  document.getElementsByClassName = function () { return []; };
  window.$ = window.jQuery = function () { return []; };
</script>`;

const hostile = {
  "unsets everything": { head: "<style>* { all: unset !important } head, head * { display: none !important } body { display: block !important }</style>" },
  "has the table rules of Bootstrap, and worse": { head: bootstrap },
  "hands on every property that is inherited": { head: inherited },
  "has a root size of 100 px": { head: "<style>html { font-size: 100px }</style>" },
  "is in quirks mode": { doctype: "" },
  "is right to left": { html: 'dir="rtl"', body: 'dir="rtl"', head: "<style>* { direction: rtl; unicode-bidi: bidi-override }</style>" },
  "carries old scripts": { head: oldScripts },
};

for (const state of Object.keys(states)) {
  test(`${state} looks the same, to the pixel, whatever the page does`, () =>
    onStage(context, async ({ page, complaints }) => {
      await open(page, state, {});
      const plain = { ...(await seen(page)), styles: await computed(page) };
      for (const [what, parts] of Object.entries(hostile)) {
        await open(page, state, parts);
        let { size, picture } = await seen(page);
        // What is still being painted is not compared.
        for (let again = 0; again < 5 && picture !== plain.picture; again++) ({ size, picture } = await seen(page));
        const differing = differences(plain.styles, await computed(page));
        assert.deepEqual(differing, [], `a page that ${what}`);
        assert.deepEqual(size, plain.size, `a page that ${what}`);
        assert.ok(picture === plain.picture, `a page that ${what} shows another picture`);
      }
      assert.deepEqual(complaints, []);
    }, args));
}

test("old scripts on every array, string and object spoil no report", () =>
  onStage(context, async ({ page, complaints }) => {
    const { figures, ...rest } = readJson("www/demo/2023-suqian.json");
    const report = { ...rest, figures, filed: ["张三", { on: ["2024-01-25"] }] };
    server.answers["/host.html"] = { ...page_({ head: oldScripts }) };
    await page.goto(`${server.url}host.html`);
    await page.waitForFunction(() => customElements.get("nianbao-report"));
    await page.evaluate((text) => (document.querySelector("nianbao-report").report = JSON.parse(text)), JSON.stringify(report));
    await showsAReport(page);
    const back = await page.evaluate(() => {
      const { report } = document.querySelector("nianbao-report");
      for (const of of [Array, String, Number, Boolean]) delete of.prototype.toJSON;
      return JSON.stringify(report);
    });
    assert.deepEqual(JSON.parse(back), report);
    const shown = await shownFigures(page);
    assert.equal(shown["requests.received.total"], String(figures["requests.received.total"]));
    assert.deepEqual(complaints, []);
  }));

/** The same without anything to read. */
const page_ = (parts) => {
  const made = page(parts);
  return { ...made, body: made.body.replace('src="/faulty.json"', "") };
};

test("a page that shares its domain with others is like any other", () =>
  onStage(context, async ({ page, complaints }) => {
    const url = server.url.replace("127.0.0.1", "www.county.test");
    await open(page, "charts", { head: '<script>document.domain = "county.test"</script>' }, url);
    assert.equal(await page.evaluate(() => document.domain), "county.test");
    const inside = page.locator("nianbao-report");
    await inside.locator("#view-tables").click();
    await showsAReport(page);
    // The worker too.
    const name = await page.evaluate(async () => {
      const text = await (await fetch("/demo/2020-yisuhe.txt")).blob();
      const element = document.querySelector("nianbao-report");
      await element.importFile(new File([text], "2020.txt"));
      return element.report.agency;
    });
    assert.equal(name, "湘潭县易俗河镇");
    assert.deepEqual(complaints, []);
  }, args));

test("text runs across also where the page’s runs down", () =>
  onStage(context, async ({ page }) => {
    await open(page, "what is read", { head: "<style>body { writing-mode: vertical-rl }</style>" });
    const { mode, wide, inside } = await page.evaluate(() => {
      const mount = document.querySelector("nianbao-report").shadowRoot.querySelector(".mount");
      const tables = Array.from(mount.querySelectorAll(".scroll"));
      return {
        mode: getComputedStyle(mount).writingMode,
        wide: mount.getBoundingClientRect().width,
        inside: tables.every((table) => table.getBoundingClientRect().right <= mount.getBoundingClientRect().right + 1),
      };
    });
    assert.deepEqual([mode, inside], ["horizontal-tb", true]);
    assert.ok(wide > 600 && wide <= 1100, `${wide} px wide`);
  }));

test("a page that is magnified as a whole magnifies the widget, and nothing in it overlaps or is cut", () =>
  onStage(context, async ({ page }) => {
    for (const state of Object.keys(states)) {
      await open(page, state, { head: "<style>body { zoom: 1.5 }</style>" });
      const faults = await page.evaluate(() => {
        const mount = document.querySelector("nianbao-report").shadowRoot.querySelector(".mount");
        const { right } = mount.getBoundingClientRect();
        const over = Array.from(mount.querySelectorAll(".scroll, .picture, .chart, .check, .bar, .title"));
        return over.filter((element) => element.getBoundingClientRect().right > right + 1).map(({ className }) => String(className.baseVal ?? className));
      });
      assert.deepEqual(faults, [], state);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), state);
    }
    // What is told of a mark stands at the mark.
    const mark = page.locator("nianbao-report .datum").first();
    await mark.hover();
    const tip = await page.locator("nianbao-report .tip").boundingBox();
    const box = await mark.boundingBox();
    const apart = Math.max(box.y - (tip.y + tip.height), tip.y - (box.y + box.height));
    assert.ok(apart < 40 && apart > -box.height, `${apart} px from it`);
  }));

test("letters have the size that the reader has set, and that of the page only where it says so", () =>
  onStage(context, async ({ page }) => {
    const size = () => page.evaluate(() => getComputedStyle(document.querySelector("nianbao-report").shadowRoot.querySelector(".nianbao")).fontSize);
    await open(page, "what is read", { head: "<style>html { font-size: 100px }</style>" });
    assert.equal(await size(), "16px");
    await open(page, "what is read", { head: "<style>html { font-size: 20px } nianbao-report { --nianbao-font-size: 1rem }</style>" });
    assert.equal(await size(), "20px");
  }));

test("letters follow the size that is set in the browser", async () => {
  // A profile in which a reader has asked for larger letters.
  await onStage(context, async ({ page }) => {
    const client = await page.context().newCDPSession(page);
    await client.send("Page.setFontSizes", { fontSizes: { standard: 24 } });
    await open(page, "what is read", {});
    const size = await page.evaluate(() => getComputedStyle(document.querySelector("nianbao-report").shadowRoot.querySelector(".nianbao")).fontSize);
    assert.equal(size, "24px");
  });
});

test("a page hides, shows and sizes the element by its own rules", () =>
  onStage(context, async ({ page }) => {
    const wrapped = (style, attributes = "") => ({ head: `<style>nianbao-report { ${style} }</style>`, attributes });
    const report = page.locator("nianbao-report");
    await open(page, "what is read", wrapped("width: 500px; margin: 0 auto; border: 1px solid #ccc"));
    const box = await report.boundingBox();
    assert.deepEqual([box.x, box.width], [(1100 - 502) / 2, 502]);
    await report.evaluate((element) => (element.hidden = true));
    assert.ok(!(await report.isVisible()));
    await report.evaluate((element) => (element.hidden = false));
    assert.ok(await report.isVisible());
    const hides = async (style) => {
      await page.addStyleTag({ content: style });
      return !(await report.locator(".nianbao").isVisible());
    };
    assert.ok(await hides("body { visibility: hidden }"), "with what it stands in");
    await page.addStyleTag({ content: "body { visibility: visible }" });
    assert.ok(await report.locator(".nianbao").isVisible());
    assert.ok(await hides("nianbao-report { display: none }"), "by its name");
  }));

/** Everything that a style sheet or a script could leave in a page: styles, attributes, names, sheets. */
const traces = (page) =>
  page.evaluate(() => {
    const own = (element) => element.closest("nianbao-report");
    const elements = Array.from(document.querySelectorAll("*")).filter((element) => !own(element));
    const styles = elements.map((element) => {
      const values = [null, "::before", "::after"].map((pseudo) => {
        const style = getComputedStyle(element, pseudo);
        // What is as high as its content is as high as the widget.
        const sized = /^(height|block-size|perspective-origin|transform-origin)$/;
        return Array.from(style, (name) => (sized.test(name) ? "" : `${name}: ${style.getPropertyValue(name)}`)).join(";");
      });
      return `${element.localName} ${Array.from(element.attributes, ({ name, value }) => `${name}=${value}`)} ${values.join("|")}`;
    });
    return {
      styles,
      sheets: document.styleSheets.length + (document.adoptedStyleSheets || []).length,
      names: Object.getOwnPropertyNames(window).filter((name) => !/^\d+$/.test(name)).sort(),
      natives: [Array, Object, String, Function, Promise, Element, HTMLElement, Node, Event].map((of) => Object.getOwnPropertyNames(of.prototype).sort().join()),
    };
  });

test("the page is the same with the widget and without: styles, attributes, names", () =>
  onStage(context, async ({ page }) => {
    const around = `<div id="top" class="row table title"><h1>某县人民政府</h1><p class="text">欢迎 <a href="#x">链接</a></p>
      <table class="table"><caption>表</caption><thead><tr><th>甲</th></tr></thead><tbody><tr><td class="figure">1</td></tr></tbody></table>
      <form><label>姓名<input name="a"></label><select><option>乙</option></select><textarea></textarea><button>提交</button></form>
      <ul><li>一</li></ul><details><summary>更多</summary></details><svg width="9" height="9"><path d="M0 0h9"/></svg><mark>注</mark><progress></progress></div>`;
    for (const state of Object.keys(states)) {
      const parts = { before: around, head: "<style>body { width: 1000px } td { padding: 3px }</style>", attributes: states[state].attributes };
      server.answers["/faulty.json"] = json(faulty());
      server.answers["/host.html"] = page_({ ...parts, attributes: "" });
      server.answers["/host.html"].body = server.answers["/host.html"].body.replace(script, "");
      await page.goto(`${server.url}host.html`);
      const without = await traces(page);
      await page.evaluate((attributes) => {
        const made = document.createElement("div");
        made.innerHTML = `<nianbao-report src="/faulty.json" ${attributes}></nianbao-report>`;
        document.querySelector("nianbao-report").replaceWith(made.firstChild);
        const script = document.createElement("script");
        script.type = "module";
        script.src = "/nianbao.js";
        document.head.append(script);
      }, states[state].attributes);
      await showsAReportOrCharts(page);
      await states[state].play(page.locator("nianbao-report"));
      await page.evaluate(() => document.head.querySelector("script[src]").remove());
      assert.deepEqual(await traces(page), without, state);
    }
  }));
