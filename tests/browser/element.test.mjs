// What a page that embeds `<nianbao-report>` holds on to: attributes, properties, methods, events.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import { focused, forget, htmlPage, json, onStage, readJson, script, showsAReport, showsReport, shownFigures } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

/** Opens a page of an embedder with this body, and a listener that keeps what the widget tells. */
async function host(page, body, { scripts = script } = {}) {
  server.answers["/host.html"] = htmlPage(body, scripts);
  await page.addInitScript(() => {
    window.told = [];
    for (const name of ["ready", "change", "findings", "error"]) {
      document.addEventListener(`nianbao-${name}`, (event) =>
        window.told.push({ name, from: event.target.id, composed: event.composed, detail: event.detail }),
      );
    }
  });
  await page.goto(`${server.url}host.html`);
}

const told = (page, name) => page.evaluate((name) => window.told.filter((event) => event.name === name), name);
const isTold = (page, name) => page.waitForFunction((name) => window.told.some((event) => event.name === name), name);

const small = {
  form: "gongkai-2021",
  agency: "某县档案局",
  year: 2024,
  title: "某县档案局2024年政府信息公开工作年度报告",
  sections: { overview: "全年没有收到申请。", annex: "表外说明" },
  figures: { "article20_8.fees.amount": 24252.311082, "requests.received.total": 0, "disputes.review.total": "/" },
  filed_by: { name: "张三" },
};

test("report gives back what was set, unknown keys and exact amounts with it", () =>
  onStage({}, async ({ page, complaints }) => {
    await host(page, '<nianbao-report id="r"></nianbao-report>');
    await page.waitForFunction(() => customElements.get("nianbao-report"));
    await page.evaluate((report) => (document.getElementById("r").report = report), small);
    await showsReport(page, "某县档案局", 2024);
    assert.deepEqual(await page.evaluate(() => document.getElementById("r").report), small);
    assert.deepEqual(complaints, []);
  }));

test("a report set before the script has run is shown", () =>
  onStage({}, async ({ page }) => {
    await host(page, '<nianbao-report id="r"></nianbao-report>', { scripts: "" });
    await page.evaluate((report) => (document.getElementById("r").report = report), small);
    await page.addScriptTag({ type: "module", url: "/nianbao.js" });
    await showsAReport(page);
    assert.equal((await shownFigures(page))["article20_8.fees.amount"], "24252.311082");
  }));

test("JSON inside the element is shown without a request for it", () =>
  onStage({}, async ({ page }) => {
    await host(page, `<nianbao-report><script type="application/json">${JSON.stringify(small)}</script></nianbao-report>`);
    await showsReport(page, "某县档案局", 2024);
    assert.ok(!server.requests.some((path) => path.endsWith(".json")));
  }));

test("the published tables inside the element are read where no src is given", () =>
  onStage({}, async ({ page }) => {
    const { agency, figures } = readJson("www/demo/2023-suqian.json");
    const published = readFileSync(new URL("fixtures/published.html", import.meta.url), "utf8");
    await host(page, `<nianbao-report>${published}</nianbao-report>`);
    await showsReport(page, agency, 2023);
    const shown = await shownFigures(page);
    assert.equal(shown["requests.handled_total.total"], String(figures["requests.handled_total.total"]));
    assert.equal(shown["disputes.review.pending"], String(figures["disputes.review.pending"]));
    assert.equal(shown["article20_8.fees.amount"], "59237.2449");
  }));

test("a row that cannot be read for sure says so in its cells, and its finding quotes the text", () =>
  onStage({}, async ({ page }) => {
    const rows = ["规章 | 1 | 0 | 3 |", "行政规范性文件 | 34 | 189 |"];
    const text = ["某市2023年政府信息公开工作年度报告", "二、主动公开政府信息情况", "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |", ...rows];
    await host(page, "<nianbao-report></nianbao-report>");
    await page.waitForFunction(() => customElements.get("nianbao-report"));
    await page.evaluate((text) => document.querySelector("nianbao-report").importFile(new File([text], "a.txt")), text.join("\n"));
    await showsReport(page, "某市", 2023);
    const shown = await shownFigures(page);
    assert.equal(shown["article20_1.rules.in_force"], "3");
    const row = page.locator('nianbao-report td[data-cell^="article20_1.normative_documents."]');
    assert.deepEqual((await row.allTextContents()).map((text) => /未读出/.test(text)), [true, true, true]);
    const findings = await page.evaluate(() => document.querySelector("nianbao-report").findings);
    const { message, cells } = findings.find(({ rule }) => rule === "unread");
    assert.ok(message.includes(rows[1].replace(/ \|$/, "")), message);
    assert.equal(cells.length, 3);
    const blank = findings.filter(({ rule }) => rule === "blank").flatMap((finding) => finding.cells);
    assert.deepEqual(blank.filter((cell) => cell.startsWith("article20_1.")), [], "unread is not blank");
  }));

test("ready and findings are told to the page around, with the findings as they are", () =>
  onStage({}, async ({ page }) => {
    await host(page, '<div><nianbao-report id="r" src="demo/2023-hongze.json"></nianbao-report></div>');
    await isTold(page, "ready");
    await isTold(page, "findings");
    const findings = await page.evaluate(() => document.getElementById("r").findings);
    assert.deepEqual((await told(page, "findings")).at(-1), { name: "findings", from: "r", composed: true, detail: { findings } });
    const finding = findings.find(({ cells }) => cells[0] === "disputes.review.total");
    assert.equal(finding.rule, "disputes.total");
    assert.equal(finding.severity, "error");
    assert.equal(finding.expected, "11");
    assert.equal(finding.actual, "0");
    assert.match(finding.message, /11/);
    assert.deepEqual(await page.evaluate(() => document.getElementById("r").check()), findings);
  }));

test("focusCell puts the focus on the cell", () =>
  onStage({}, async ({ page }) => {
    await host(page, '<nianbao-report id="r" src="demo/2023-suqian.json"></nianbao-report>');
    await showsAReport(page);
    await page.evaluate(() => document.getElementById("r").focusCell("disputes.litigation_direct.other"));
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.activeElement);
    const { cell, text } = await focused(page);
    assert.deepEqual({ cell, text }, { cell: "disputes.litigation_direct.other", text: "16" });
    const refused = await page.evaluate(() => document.getElementById("r").focusCell("no.such.cell").catch(({ message }) => message));
    assert.match(refused, /no\.such\.cell/);
  }));

test("two reports stand side by side, each in its language and with its report", () =>
  onStage({}, async ({ page, complaints }) => {
    await host(
      page,
      `<nianbao-report id="one" src="demo/2023-hongze.json"></nianbao-report>
       <nianbao-report id="two" src="demo/2020-yisuhe.txt" lang="en"></nianbao-report>`,
    );
    await showsReport(page, "淮安市洪泽区", 2023, "#one");
    await showsAReport(page, "#two");
    const words = (id) => page.evaluate((id) => document.getElementById(id).shadowRoot.textContent, id);
    assert.match(await words("one"), /本年新收政府信息公开申请数量/);
    assert.match(await words("two"), /Requests received this year/);
    const review = (id) => page.evaluate((id) => document.getElementById(id).report.figures["disputes.review.upheld"], id);
    assert.equal(await review("one"), 10);
    assert.equal(await review("two"), 0);
    assert.deepEqual(complaints, []);
  }));

test("a report that is moved in the page stays what it is", () =>
  onStage({}, async ({ page, complaints }) => {
    await host(page, '<nianbao-report id="r" src="demo/2023-hongze.json"></nianbao-report><main></main>');
    await showsAReport(page);
    await page.evaluate(() => document.querySelector("main").append(document.getElementById("r")));
    await showsReport(page, "淮安市洪泽区", 2023);
    assert.equal((await shownFigures(page))["disputes.review.upheld"], "10");
    assert.deepEqual(complaints, []);
  }));

test("another src replaces the report, and a late answer of the first does not bring it back", () =>
  onStage({}, async ({ page, complaints }) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route("**/demo/2023-suqian.json", async (route) => {
      await held;
      await route.continue().catch(() => {});
    });
    await host(page, '<nianbao-report id="r" src="demo/2023-suqian.json"></nianbao-report>');
    await page.waitForFunction(() => customElements.get("nianbao-report"));
    await page.evaluate(() => document.getElementById("r").setAttribute("src", "demo/2023-hongze.json"));
    await showsReport(page, "淮安市洪泽区", 2023);
    release();
    // A third report is loaded after the late answer has come, so that it would have had its chance.
    await page.evaluate(() => fetch("demo/2023-suqian.json").then((response) => response.text()));
    assert.equal(await page.evaluate(() => document.getElementById("r").report.agency), "淮安市洪泽区");
    await page.evaluate(() => document.getElementById("r").setAttribute("src", "demo/2019-pingtan.json"));
    await showsReport(page, "平潭综合实验区", 2019);
    assert.deepEqual(complaints, []);
  }));

test("the language is the attribute's, else the page's, and follows a change", () =>
  onStage({}, async ({ page }) => {
    await host(page, '<div lang="en"><nianbao-report id="r" src="demo/2023-hongze.json"></nianbao-report></div>');
    await showsAReport(page);
    const words = () => page.evaluate(() => document.getElementById("r").shadowRoot.textContent);
    assert.match(await words(), /Carried out to next year/);
    await page.evaluate(() => (document.getElementById("r").lang = "zh-CN"));
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.textContent.includes("结转下年度继续办理"));
    assert.doesNotMatch(await words(), /Carried out to next year/);
    await page.waitForFunction(() => document.getElementById("r").findings[0]?.message.includes("总计填的是 0"));
  }));

test("last year's report is brought by prior-src and checked against", () =>
  onStage({}, async ({ page }) => {
    const prior = readJson("www/demo/2020-pingtan.json");
    server.answers["/prior.json"] = json({ ...prior, figures: { ...prior.figures, "requests.carried_out.natural_person": 3, "requests.carried_out.total": 3 } });
    await host(page, '<nianbao-report id="r" src="demo/2021-pingtan.json" prior-src="prior.json"></nianbao-report>');
    await page.waitForFunction(() => document.getElementById("r").findings?.some(({ rule }) => rule === "carry-over"));
    const finding = await page.evaluate(() => document.getElementById("r").findings.find(({ rule }) => rule === "carry-over"));
    assert.equal(finding.cells[0], "requests.carried_in.natural_person");
    assert.equal(finding.expected, "3");
    assert.equal(finding.actual, "0");
  }));

test("a form of one's own shows its table and its finding", () =>
  onStage({}, async ({ page, complaints }) => {
    server.answers["/reading-room.json"] = json(readJson("tests/fixtures/reading-room.json"));
    server.answers["/visits.json"] = json({
      form: "reading-room",
      agency: "某市",
      year: 2024,
      figures: {
        "visits.archive.visitors": 12, "visits.archive.copies": 0,
        "visits.library.visitors": 30, "visits.library.copies": 4,
        "visits.all.visitors": 43, "visits.all.copies": 4,
      },
    });
    await host(page, '<nianbao-report id="r" src="visits.json" form-src="reading-room.json"></nianbao-report>');
    await showsReport(page, "某市", 2024);
    const { figures } = JSON.parse(server.answers["/visits.json"].body);
    assert.deepEqual(await shownFigures(page), Object.fromEntries(Object.entries(figures).map(([cell, figure]) => [cell, String(figure)])));
    const findings = await page.evaluate(() => document.getElementById("r").findings);
    assert.deepEqual(findings.map(({ rule, cells }) => [rule, cells[0]]), [["visits.total", "visits.all.visitors"]]);
    assert.match(await page.evaluate(() => document.getElementById("r").shadowRoot.textContent), /两处相加/);
    assert.deepEqual(complaints, []);
  }));

test("an element that is taken away while it loads leaves nothing behind", () =>
  onStage({}, async ({ page, complaints }) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route("**/demo/2023-hongze.json", async (route) => {
      await held;
      await route.continue().catch(() => {});
    });
    const asked = page.waitForRequest("**/demo/2023-hongze.json");
    await host(page, '<nianbao-report id="r" src="demo/2023-hongze.json"></nianbao-report><nianbao-report id="s" src="demo/2019-pingtan.json"></nianbao-report>');
    await asked;
    await page.evaluate(() => document.getElementById("r").remove());
    release();
    await showsReport(page, "平潭综合实验区", 2019, "#s");
    assert.deepEqual((await told(page, "error")), []);
    assert.deepEqual(complaints, []);
  }));

test("a file of the reader's own is shown, what is shown is exported, and what is no report is refused in a sentence", () =>
  onStage({}, async ({ page }) => {
    await host(page, '<nianbao-report id="r"></nianbao-report>');
    await page.waitForFunction(() => customElements.get("nianbao-report"));
    const text = readFileSync(new URL("../../www/demo/2020-yisuhe.txt", import.meta.url), "utf8");
    await page.evaluate((text) => document.getElementById("r").importFile(new File([text], "年报.txt")), text);
    await showsReport(page, "湘潭县易俗河镇", 2020);
    const exported = await page.evaluate(async () => {
      const element = document.getElementById("r");
      return { json: await (await element.exportAs("json")).text(), report: element.report, fingerprint: element.fingerprint };
    });
    assert.deepEqual(JSON.parse(exported.json), { ...exported.report, fingerprint: exported.fingerprint });
    const refused = await page.evaluate(() => document.getElementById("r").importFile(new File(["你好"], "a.txt")).catch(({ message }) => message));
    assert.match(refused, /[\u4e00-\u9fff]{6,}/);
  }));
