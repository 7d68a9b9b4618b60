// What comes out of a printer: A4, the report as it is published, whatever the screen showed.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { getDocumentProxy } from "unpdf";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import { faulty, forget, htmlPage, json, onStage, readJson, script, showsAReport } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

const context = { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" };
const A4 = { format: "A4", margin: { top: "20mm", right: "20mm", bottom: "20mm", left: "20mm" } };
/** In points. */
const MARGIN = (20 / 25.4) * 72;

/** A page of a portal with a head, a column at the side and a foot of its own. */
async function open(page, attributes, { head = "" } = {}) {
  server.answers["/faulty.json"] = json(faulty());
  const style = `<style>body { margin: 0; font: 14px/1.5 SimSun } .portal { display: flex; max-width: 1200px; margin: 0 auto } .portal main { flex: 1; min-width: 0 }
    .aside { width: 200px } @media print { .aside, .top { display: none } } table { font-size: 30px }</style>`;
  const body = `<div class="top">某县人民政府门户网站</div><div class="portal"><div class="aside">栏目</div><main><p id="crumb">当前位置：首页 &gt; 年报</p><nianbao-report ${attributes}></nianbao-report><p>版权所有</p></main></div>`;
  server.answers["/host.html"] = htmlPage(body, `<meta name="color-scheme" content="light dark">${style}${head}${script}`);
  await page.goto(`${server.url}host.html`);
  await page.waitForFunction(() => document.querySelector("nianbao-report").shadowRoot?.querySelector("td[data-cell], .picture"));
}

const plain = (text) => text.replace(/[\s\u200b]+/g, "");

/** A page is printed: of each sheet its width and its texts with their places. */
async function printed(page, name, options = A4) {
  const bytes = await page.pdf(options);
  // To be looked at.
  if (process.env.NIANBAO_PRINTS) {
    mkdirSync(process.env.NIANBAO_PRINTS, { recursive: true });
    writeFileSync(join(process.env.NIANBAO_PRINTS, `${name}.pdf`), bytes);
  }
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const sheets = [];
  for (let at = 1; at <= pdf.numPages; at++) {
    const sheet = await pdf.getPage(at);
    const { items } = await sheet.getTextContent();
    const placed = items.map(({ str, width, height, transform: [, , , , x] }) => ({ str, x, width, size: height }));
    sheets.push({
      width: sheet.getViewport({ scale: 1 }).width,
      items: placed.filter(({ str }) => str.trim()),
      text: plain(items.map(({ str }) => str).join("")),
    });
  }
  return { bytes, sheets, text: sheets.map(({ text }) => text).join("") };
}

const leaves = (heads) => heads.flatMap(({ id, label, heads }) => (heads ? leaves(heads) : [{ id, label: label.zh }]));

test("on A4 stands the report as it is published, without the interface, within the margins", () =>
  onStage(context, async ({ page }) => {
    await open(page, 'src="/demo/2023-suqian.json"');
    const { title, sections, figures } = readJson("www/demo/2023-suqian.json");
    const buttons = await page.evaluate(() => {
      const root = document.querySelector("nianbao-report").shadowRoot;
      return Array.from(root.querySelectorAll("button, .contents .name, .hint"), ({ textContent }) => textContent.trim()).filter((text) => text.length > 1);
    });
    const { sheets, text } = await printed(page, "view");
    assert.ok(text.includes(plain(title)));
    for (const section of Object.values(sections)) for (const paragraph of section.split(/\n+/)) assert.ok(text.includes(plain(paragraph)), paragraph);
    for (const { label } of readJson("forms/gongkai-2021.json").tables.flatMap(({ rows, columns }) => [...leaves(rows), ...leaves(columns)])) {
      assert.ok(text.includes(plain(label)), label);
    }
    const digits = text.replace(/\D+/g, " ");
    for (const figure of Object.values(figures)) assert.ok(digits.includes(String(figure).split(".")[0]), String(figure));
    const checked = await page.locator("nianbao-report .check").innerText();
    const own = plain(Object.values(sections).join("") + checked);
    for (const button of new Set(buttons)) assert.ok(own.includes(plain(button)) || !text.includes(plain(button)), button);
    for (const [at, { width, items }] of sheets.entries()) {
      for (const { str, x, width: wide } of items) {
        assert.ok(x >= MARGIN - 1 && x + wide <= width - MARGIN + 2, `sheet ${at + 1}: ${str} at ${x} to ${x + wide} of ${width}`);
      }
    }
    // The page around prints as it likes.
    assert.ok(text.includes("当前位置") && text.includes("版权所有") && !text.includes("门户网站"));
  }));

test("a table that is longer than a sheet repeats its heads, and no row is torn", () =>
  onStage(context, async ({ page }) => {
    for (const mode of ["view", "edit"]) {
      await open(page, `src="/demo/2023-suqian.json" mode="${mode}" drafts="off"`);
      const { sheets } = await printed(page, `long-${mode}`, { format: "A5", landscape: true, margin: { top: "10mm", right: "10mm", bottom: "10mm", left: "10mm" } });
      const { rows, columns } = readJson("forms/gongkai-2021.json").tables.find(({ id }) => id === "requests");
      const heads = leaves(columns).map(({ label }) => plain(label));
      const on = (label) => sheets.map(({ text }, at) => (text.includes(label) ? at : -1)).filter((at) => at >= 0);
      const first = on(plain(leaves(rows)[0].label))[0];
      const last = on(plain(leaves(rows).at(-1).label)).at(-1);
      assert.ok(last > first, `${mode}: it takes several sheets`);
      for (let at = first; at <= last; at++) for (const head of heads) assert.ok(sheets[at].text.includes(head), `${mode}: ${head} on sheet ${at + 1}`);
      // Each row with its label and its seven figures stands on one sheet.
      for (const { label } of leaves(rows)) assert.ok(on(plain(label)).length >= 1, `${mode}: ${label} is torn`);
    }
  }));

test("a heading is never the last of a sheet, and a table that has room on one stands on one", () =>
  onStage(context, async ({ page }) => {
    await open(page, 'src="/demo/2023-suqian.json"');
    const { sheets } = await printed(page, "breaks");
    const form = readJson("forms/gongkai-2021.json");
    const headings = form.sections.map(({ heading }) => plain(heading.zh));
    for (const [at, { text }] of sheets.entries()) {
      for (const heading of headings) assert.ok(!text.endsWith(heading), `${heading} ends sheet ${at + 1}`);
    }
    const disputes = form.tables.find(({ id }) => id === "disputes");
    const at = sheets.findIndex(({ text }) => text.includes("尚未审结"));
    for (const { label } of leaves(disputes.columns)) assert.ok(sheets[at].text.includes(plain(label)), label);
  }));

test("what is edited prints what is read prints", () =>
  onStage(context, async ({ page }) => {
    await open(page, 'src="/demo/2023-suqian.json"');
    const view = await printed(page, "as-read");
    await open(page, 'src="/demo/2023-suqian.json" mode="edit" drafts="off"');
    await page.locator("nianbao-report .entry input").nth(4).focus();
    const edit = await printed(page, "as-edited");
    assert.equal(edit.text, view.text);
    assert.equal(edit.sheets.length, view.sheets.length);
    // Texts that are no numbers are longer than their fields.
    await page.locator("nianbao-report .entry input").nth(4).fill("详见附件三所列的说明材料");
    assert.ok((await printed(page, "long-value")).text.includes("详见附件三所列的说明材料"));
  }));

test("what is printed does not hang on the screen: its width, its colours, its text size", () =>
  onStage(context, async ({ page }) => {
    await open(page, 'src="/faulty.json"');
    const { text, sheets } = await printed(page, "faulty");
    const is = async (what) => {
      const other = await printed(page, `faulty-${what}`);
      assert.deepEqual([other.text, other.sheets.length], [text, sheets.length], what);
    };
    for (const width of [360, 700, 1900]) {
      await page.setViewportSize({ width, height: 740 });
      await page.waitForTimeout(100);
      await is(`at ${width} px`);
    }
    await page.setViewportSize(context.viewport);
    await page.evaluate(() => document.querySelector("nianbao-report").setAttribute("text-size", "large"));
    await is("in large text");
    const look = () =>
      page.evaluate(() => {
        const root = document.querySelector("nianbao-report").shadowRoot;
        const { color, backgroundColor, fontSize } = getComputedStyle(root.querySelector(".nianbao"));
        const kinds = Array.from(root.querySelectorAll(".verdict .icon, .finding .icon, th, td"), (element) => getComputedStyle(element).color);
        return { color, backgroundColor, fontSize, kinds: [...new Set(kinds)] };
      });
    await page.emulateMedia({ media: "print" });
    const light = await look();
    assert.deepEqual([light.color, light.backgroundColor, light.fontSize], ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "14px"]);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.deepEqual(await look(), light, "the reader prefers the dark");
    await open(page, 'src="/faulty.json" text-size="large"', { head: "<style>:root { color-scheme: dark }</style>" });
    assert.deepEqual(await look(), light, "the page is dark");
  }));

test("charts are printed where they are shown, each whole on its sheet and of the same size from any screen", () =>
  onStage(context, async ({ page }) => {
    await open(page, 'src="/demo/2023-suqian.json" view="charts"');
    const names = await page.locator("nianbao-report .chart-title").allInnerTexts();
    // Where many are drawn anew, a slow machine may print the first before the last of them.
    const drawn = () =>
      page.evaluate(async () => {
        dispatchEvent(new Event("beforeprint"));
        const root = document.querySelector("nianbao-report").shadowRoot;
        const widths = () => new Set(Array.from(root.querySelectorAll(".picture"), (picture) => picture.getAttribute("width")));
        while (widths().size !== 1 || !widths().has("638.75")) await new Promise((later) => setTimeout(later, 20));
      });
    await drawn();
    const { sheets, text } = await printed(page, "charts");
    for (const name of names) assert.ok(text.includes(plain(name)), name);
    assert.ok(!text.includes("PNG"));
    for (const [at, { width, items }] of sheets.entries()) {
      for (const { str, x, width: wide, size } of items) {
        assert.ok(x >= MARGIN - 1 && x + wide <= width - MARGIN + 2, `sheet ${at + 1}: ${str}`);
        assert.ok(size >= 7, `sheet ${at + 1}: ${str} has ${size} pt`);
      }
    }
    await page.setViewportSize({ width: 360, height: 740 });
    await page.waitForTimeout(100);
    await drawn();
    assert.equal((await printed(page, "charts-narrow")).text, text);
    await page.waitForFunction(() => {
      const picture = document.querySelector("nianbao-report").shadowRoot.querySelector(".picture");
      return picture.getBoundingClientRect().right <= innerWidth;
    });
  }));

test("the printed page, saved as PDF and opened again, is the same report", () =>
  onStage(context, async ({ page }) => {
    for (const mode of ["view", "edit"]) {
      await open(page, `src="/demo/2023-suqian.json" mode="${mode}" drafts="off"`);
      const { bytes } = await printed(page, `again-${mode}`);
      await open(page, 'src="/demo/2019-pingtan.json"');
      await showsAReport(page);
      const report = await page.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const element = document.querySelector("nianbao-report");
        await element.importFile(new File([bytes], "年报.pdf"));
        return element.report;
      }, bytes.toString("base64"));
      const { form, year, figures } = readJson("www/demo/2023-suqian.json");
      assert.deepEqual([report.form, report.year, report.figures], [form, year, figures], mode);
    }
  }));
