// Reports come in every format in which they are published, and go out in every format that is asked for.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { notFound, serve } from "./server.mjs";
import { faults, noAxe } from "./accessibility.mjs";
import { focusIs, focused, forget, htmlPage, json, onStage, readJson, script, showsAReport, showsReport, tabTo } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

const fixture = (path) => readFileSync(new URL(`../fixtures/${path}`, import.meta.url));
const wanted = readJson("tests/fixtures/containers/report.json");
const formats = ["docx", "xlsx", "html", "csv", "md", "json"];
/** What the menu has, in its order. */
const listed = ["docx", "xlsx", "html", "offline", "csv", "md", "json"];

/** A page with two elements: one shows the report, into the other files are dropped. */
async function host(page, { mode = "view", head = script } = {}) {
  server.answers["/shown.json"] = json(wanted);
  const elements = `<nianbao-report id="r" src="shown.json" mode="${mode}"></nianbao-report><nianbao-report id="other"></nianbao-report>`;
  const body = `<main><h1>年报</h1>${elements}</main>`;
  server.answers["/host.html"] = htmlPage(body, head);
  await page.goto(`${server.url}host.html`);
  await showsAReport(page, "#r");
  await page.waitForFunction(() => document.getElementById("other").shadowRoot?.querySelector(".nianbao"));
}

/** Drops a file on the second element; gives the report that it shows then. */
async function drop(page, bytes, name) {
  await page.evaluate(
    ([base64, name]) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const element = document.getElementById("other");
      element.report = null;
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], name));
      for (const type of ["dragenter", "dragover", "drop"]) {
        element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true }));
      }
    },
    [Buffer.from(bytes).toString("base64"), name],
  );
  await showsReport(page, wanted.agency, wanted.year, "#other");
  return page.evaluate(() => document.getElementById("other").report);
}

/** The report as a file, by the element's method. */
const exported = (page, format) =>
  page
    .evaluate(async (format) => {
      const blob = await document.getElementById("r").exportAs(format);
      const bytes = new Uint8Array(await blob.arrayBuffer());
      return { type: blob.type, base64: btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), "")) };
    }, format)
    .then(({ type, base64 }) => ({ type, bytes: Buffer.from(base64, "base64") }));

function isTheReport(report, what) {
  for (const key of ["form", "agency", "year", "title", "figures", "sections"]) assert.deepEqual(report[key], wanted[key], `${what}: ${key}`);
}

/** The report as a portal's page shows it, without what the widget's own files carry. */
const bare = (html) => html.replace(/<script[\s\S]*?<\/script>/g, "").replace(/ data-[a-z]+="[^"]*"/g, "");

/** A page as the browser prints it. */
async function printed(page, html) {
  const sheet = await page.context().newPage();
  await sheet.setContent(html);
  const pdf = await sheet.pdf({ format: "A4" });
  await sheet.close();
  return pdf;
}

test("a Word document, a workbook, a page and a PDF that are dropped are the same report", () =>
  onStage({}, async ({ page, complaints }) => {
    await host(page);
    const html = bare((await exported(page, "html")).bytes.toString());
    assert.ok(!html.includes("data-") && html.includes("<table"));
    const files = {
      "年报.docx": fixture("containers/libreoffice.docx"),
      "年报.xlsx": fixture("containers/libreoffice.xlsx"),
      "年报.xls": fixture("containers/one-sheet.xls"),
      "年报.ods": fixture("containers/sheets.ods"),
      "年报.mht": fixture("containers/gbk-quoted-printable.mht"),
      "年报.html": html,
      "年报.pdf": await printed(page, html),
    };
    for (const [name, bytes] of Object.entries(files)) {
      const report = await drop(page, bytes, name);
      assert.deepEqual(report.figures, wanted.figures, name);
      assert.deepEqual([report.form, report.agency, report.year], [wanted.form, wanted.agency, wanted.year], name);
      assert.equal(report.inferred, undefined, name);
      const file = await page.evaluate(async () =>
        JSON.parse(await (await document.getElementById("other").exportAs("json", { provenance: true })).text()).provenance.file);
      assert.equal(file, name);
    }
    assert.deepEqual(complaints, []);
  }));

test("the program that opens files is fetched when there is one to open, and not before", () =>
  onStage({}, async ({ page }) => {
    await host(page);
    const fetched = () => server.requests.filter((path) => /^\/(reader|container|writer|office)_bg\.wasm$/.test(path));
    assert.deepEqual(fetched(), []);
    const { bytes } = await exported(page, "csv");
    assert.deepEqual(fetched(), ["/writer_bg.wasm"]);
    await drop(page, bytes, "年报.csv");
    assert.deepEqual(fetched(), ["/writer_bg.wasm", "/reader_bg.wasm"]);
    await drop(page, fixture("containers/libreoffice.docx"), "年报.docx");
    assert.deepEqual(fetched(), ["/writer_bg.wasm", "/reader_bg.wasm", "/container_bg.wasm"]);
    await exported(page, "xlsx");
    assert.deepEqual(fetched(), ["/writer_bg.wasm", "/reader_bg.wasm", "/container_bg.wasm", "/office_bg.wasm"]);
  }));

for (const mode of ["view", "edit"]) {
  test(`each format is saved from the menu by the keyboard in mode ${mode}, and the file is the same report`, () =>
    onStage({ acceptDownloads: true }, async ({ page, complaints }) => {
      await host(page, { mode });
      await tabTo(page, ({ id }) => id === "download");
      for (const format of formats) {
        await page.keyboard.press("ArrowDown");
        await focusIs(page, `save-${formats[0]}`);
        for (let step = 0; step < listed.indexOf(format); step++) await page.keyboard.press("ArrowDown");
        await focusIs(page, `save-${format}`);
        const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
        const name = download.suggestedFilename();
        assert.equal(name, `${wanted.title}.${format}`);
        isTheReport(await drop(page, readFileSync(await download.path()), name), `${format} in mode ${mode}`);
        await focusIs(page, "download");
      }
      assert.deepEqual(complaints, []);
    }));
}

test("the menu opens and closes as menus do", () =>
  onStage({}, async ({ page }) => {
    await host(page);
    const inside = page.locator("#r");
    const menu = inside.getByRole("menu");
    await tabTo(page, ({ id }) => id === "download");
    for (const [key, first] of [["Enter", "save-docx"], [" ", "save-docx"], ["ArrowDown", "save-docx"], ["ArrowUp", "save-json"]]) {
      await page.keyboard.press(key);
      await focusIs(page, first);
      assert.deepEqual(await menu.getByRole("menuitem").evaluateAll((items) => items.map(({ id }) => id)), listed.map((format) => `save-${format}`));
      await page.keyboard.press("Escape");
      await focusIs(page, "download");
      assert.equal(await menu.count(), 0);
    }
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    await focusIs(page, "save-json");
    await page.keyboard.press("ArrowDown");
    await focusIs(page, "save-docx");
    await page.keyboard.press("Tab");
    await menu.waitFor({ state: "hidden" });
    assert.doesNotMatch((await focused(page)).id, /^save-/);
    await inside.locator("#download").click();
    await menu.waitFor();
    await inside.locator(".title").click();
    await menu.waitFor({ state: "hidden" });
  }));

test("each file has its media type", () =>
  onStage({}, async ({ page }) => {
    await host(page);
    const office = "application/vnd.openxmlformats-officedocument.";
    const types = {
      docx: `${office}wordprocessingml.document`,
      xlsx: `${office}spreadsheetml.sheet`,
      html: "text/html;charset=utf-8",
      csv: "text/csv;charset=utf-8",
      md: "text/markdown;charset=utf-8",
      json: "application/json",
    };
    for (const [format, type] of Object.entries(types)) assert.equal((await exported(page, format)).type, type);
    const refused = await page.evaluate(() => document.getElementById("r").exportAs("doc").catch(({ message }) => message));
    for (const format of listed) assert.match(refused, new RegExp(format));
  }));

for (const [missing, format] of [["/writer.js", "html"], ["/writer_bg.wasm", "html"], ["/office.js", "docx"], ["/office_bg.wasm", "docx"]]) {
  const program = /office|writer/.exec(missing)[0];
  test(`where ${missing} cannot be had, that is told, and once it can the file is made`, () =>
    onStage({}, async ({ page }) => {
      server.answers[missing] = notFound;
      await host(page);
      const inside = page.locator("#r");
      await inside.locator("#download").click();
      await inside.locator(`#save-${format}`).click();
      await inside.locator(".card").getByRole("status").filter({ hasText: new RegExp(`${program}\\.js`) }).waitFor();
      const refused = await page.evaluate((format) => document.getElementById("r").exportAs(format).catch(({ message }) => message), format);
      assert.match(refused, new RegExp(`${program}\\.js.*没有加载成功`));
      delete server.answers[missing];
      assert.ok((await exported(page, format)).bytes.length > 1000);
    }));
}

test("the making of a file is told and can be cancelled", () =>
  onStage({}, async ({ page }) => {
    const slow = "export const begin = () => ({ default: async () => {}, media_type: () => 'text/csv', write() { for (;;); } });";
    server.answers["/writer.js"] = { status: 200, type: "text/javascript; charset=utf-8", body: slow };
    await host(page);
    await page.evaluate(() => {
      document.getElementById("r").exportAs("csv").catch(({ name }) => (window.refused = name));
    });
    const inside = page.locator("#r");
    await inside.locator(".card").getByRole("status").filter({ hasText: /CSV/ }).waitFor();
    await inside.getByRole("button", { name: "取消" }).click();
    await page.waitForFunction(() => window.refused === "AbortError");
    await inside.locator(".card").waitFor({ state: "detached" });
    delete server.answers["/writer.js"];
    isTheReport(await drop(page, (await exported(page, "csv")).bytes, "年报.csv"), "csv");
  }));

const forbids = (policy) => `<meta http-equiv="Content-Security-Policy" content="${policy}">${script}`;
for (const [what, policy, workers] of [
  ["a policy of its own files only", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'", 1],
  ["a policy that demands trusted types", "require-trusted-types-for 'script'", 1],
  ["a policy that forbids every type of trust", "require-trusted-types-for 'script'; trusted-types 'none'", 0],
  ["a policy that forbids workers", "worker-src 'none'", 0],
  ["a policy that allows only workers of the page's making", "worker-src blob:"],
]) {
  test(`under ${what} files are made and opened all the same`, () =>
    onStage({}, async ({ page }) => {
      await host(page, { head: forbids(policy) });
      for (const format of ["docx", "xlsx", "html"]) {
        isTheReport(await drop(page, (await exported(page, format)).bytes, `年报.${format}`), format);
      }
      if (workers !== undefined) assert.equal(page.workers().length, workers);
    }));
}

test("a report from before 2019 keeps its indicators in each format", () =>
  onStage({}, async ({ page }) => {
    const statistics = readFileSync(new URL("fixtures/statistics.html", import.meta.url));
    await host(page);
    const show = (bytes, name, id) =>
      page.evaluate(
        async ([base64, name, id]) => {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          await document.getElementById(id).importFile(new File([bytes], name));
          return document.getElementById(id).report;
        },
        [Buffer.from(bytes).toString("base64"), name, id],
      );
    const first = await show(statistics, "2017.html", "r");
    assert.deepEqual([first.form, first.year, first.columns], ["statistics", 2017, ["value", "cumulative"]]);
    assert.equal(first.figures["indicators.budget.value"], 3.5);
    assert.equal(first.figures["indicators.received.cumulative"], 95);
    for (const format of formats) {
      const again = await show((await exported(page, format)).bytes, `2017.${format}`, "other");
      assert.deepEqual(again, first, format);
    }
  }));

test("its rows are set in below each other, and no caption repeats a heading", () =>
  onStage({}, async ({ page }) => {
    const statistics = readFileSync(new URL("fixtures/statistics.html", import.meta.url), "utf8");
    server.answers["/statistics.html"] = { status: 200, type: "text/html; charset=utf-8", body: statistics };
    server.answers["/host.html"] = htmlPage('<nianbao-report id="r" src="statistics.html"></nianbao-report>', script);
    await page.goto(`${server.url}host.html`);
    await page.locator("#r th.row").first().waitFor();
    const { starts, width } = await page.locator("#r").evaluate((element) => {
      // Of each level, where the words of its rows begin.
      const starts = {};
      for (const head of element.shadowRoot.querySelectorAll("th.row:not(.group)")) {
        const range = document.createRange();
        range.selectNodeContents(head);
        const place = `${head.className} ${head.dataset.indent ?? 0}`;
        (starts[place] ??= new Set()).add(Math.round(range.getBoundingClientRect().left));
      }
      const width = element.shadowRoot.querySelector("caption span").getBoundingClientRect().width;
      return { starts: Object.entries(starts).map(([place, lefts]) => [place, [...lefts]]), width };
    });
    assert.ok(starts.length > 1, JSON.stringify(starts));
    assert.ok(starts.every(([, lefts]) => lefts.length === 1), JSON.stringify(starts));
    const at = (indent) => starts.filter(([place]) => place.endsWith(` ${indent}`)).map(([, [left]]) => left);
    assert.ok(Math.min(...at(1)) > Math.min(...at(0)), JSON.stringify(starts));
    assert.ok(width <= 1, "the caption is there for screen readers alone");
  }));

test("axe finds nothing wrong in the open menu", { skip: noAxe }, () =>
  onStage({ bypassCSP: true, reducedMotion: "reduce" }, async ({ page }) => {
    await host(page);
    await page.locator("#r #download").click();
    await page.locator("#r").getByRole("menu").waitFor();
    assert.deepEqual(await faults(page), []);
  }));

test("a page holds the charts where that is asked for, and where they are what is looked at", () =>
  onStage({}, async ({ page, complaints }) => {
    await host(page);
    const html = (options) =>
      page.evaluate(async (options) => (await document.getElementById("r").exportAs("html", options)).text(), options);
    const [without, alone] = [await html(), await html({ charts: true })];
    const count = (text) => text.split("<figure").length - 1;
    assert.deepEqual([count(without), count(alone) > 2], [0, true]);
    const other = { ...wanted, agency: "某县乙镇" };
    await page.evaluate((others) => (document.getElementById("r").history = others), [other, { ...wanted, year: wanted.year - 1 }]);
    const among = await html({ charts: true });
    assert.ok(count(among) > count(alone) && among.includes("某县乙镇"));
    isTheReport(await drop(page, among, "年报.html"), "a page with charts");
    for (const format of ["docx", "json"]) {
      const refused = (format) => document.getElementById("r").exportAs(format, { charts: true }).catch(({ message }) => message);
      assert.match(await page.evaluate(refused, format), /图表只能随网页/);
    }
    const saved = async () => {
      await page.locator("#r #download").click();
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#r #save-html").click()]);
      return count(readFileSync(await download.path(), "utf8"));
    };
    assert.equal(await saved(), 0);
    await page.evaluate(() => (document.getElementById("r").view = "charts"));
    // What draws charts takes the place of what shows tables alone, and of its menu.
    await page.locator("#r .charts svg").first().waitFor();
    assert.equal(await saved(), count(among));
    // The figure that a reader has chosen, and only what the page lets appear.
    const choice = page.locator("#r select").first();
    const figure = "requests.granted.total";
    await choice.selectOption(figure);
    const label = await choice.evaluate((choice) => choice.selectedOptions[0].textContent.trim());
    await page.waitForFunction((among) => document.getElementById("r").exportAs("html", { charts: true }).then((page) => page.text()).then((text) => text !== among), among);
    const chosen = await html({ charts: true });
    assert.ok(chosen !== among && chosen.includes(label.split("，")[0]), label);
    await page.evaluate(() => document.getElementById("r").setAttribute("charts", "outcomes flow"));
    const named = await html({ charts: true });
    assert.deepEqual(named.match(/data-chart="[a-z]*"/g), ['data-chart="outcomes"', 'data-chart="flow"']);
    assert.deepEqual(complaints, []);
  }));

test("a chart alone is drawn away from the page, or a sentence names those that there are", () =>
  onStage({}, async ({ page }) => {
    await host(page);
    const draw = (id) =>
      page.evaluate(async ([report, id]) => {
        const { run } = await import("/background.js");
        return run({}, "chart", [JSON.stringify(report), "[]", id, ["trend", "requests.received.total"], "en", 400, []]).catch(String);
      }, [wanted, id]);
    const svg = await draw("outcomes");
    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.ok(await page.evaluate((svg) => new DOMParser().parseFromString(svg, "image/svg+xml").querySelector("parsererror") === null, svg));
    assert.match(await draw("none"), /There is no chart “none”.*outcomes/);
  }));
