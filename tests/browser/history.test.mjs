// Several reports in one element: which is shown, which stand beside it, and what is told of those that do not.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { notFound, serve } from "./server.mjs";
import { forget, htmlPage, json, onStage, script, showsReport } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

const report = (agency, year, figures = {}) => ({ form: year < 2021 ? "gongkai-2019" : "gongkai-2021", agency, year, figures });

async function host(page, body) {
  server.answers["/host.html"] = htmlPage(body, script);
  await page.goto(`${server.url}host.html`);
}

const element = (attributes, content = "") => `<nianbao-report id="r" ${attributes}>${content}</nianbao-report>`;
const inline = (value) => `<script type="application/json">${JSON.stringify(value)}</script>`;

/** Agencies and years of the reports beside the one that is shown. */
const beside = (page) => page.evaluate(() => document.getElementById("r").history.map(({ agency, year }) => `${agency} ${year}`));
const findings = (page, rule) =>
  page.evaluate(async (rule) => (await document.getElementById("r").check()).filter((finding) => finding.rule === rule), rule);
/** Whether the figures of two years are compared. */
const compares = async (page) => (await findings(page, "carry-over")).some(({ severity }) => severity === "error");

test("of several addresses the newest report of the first one's agency is shown, whatever the formats", () =>
  onStage({}, async ({ page, complaints }) => {
    server.answers["/2021.json"] = json(report("甲镇", 2021));
    server.answers["/a b.json"] = json(report("甲镇人民政府", 2023));
    const text = "甲镇2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n规章 | 0 | 0 | 0 |\n行政规范性文件 | 4 | 0 | 9 |\n";
    server.answers["/2022.txt"] = { status: 200, type: "text/plain; charset=utf-8", body: text };
    server.answers["/other.json"] = json(report("乙镇", 2024));
    await host(page, element('src="2021.json\n  a%20b.json 2022.txt other.json"'));
    await showsReport(page, "甲镇人民政府", 2023);
    assert.deepEqual(await beside(page), ["甲镇 2021", "甲镇 2022", "乙镇 2024"]);
    assert.deepEqual(await findings(page, "history"), []);
    // Another language keeps them.
    await page.evaluate(() => document.getElementById("r").setAttribute("lang", "en"));
    await page.evaluate(() => document.getElementById("r").check());
    assert.equal((await beside(page)).length, 3);
    assert.deepEqual(complaints, []);
  }));

test("a list may stand in the element, at an address, or be set", () =>
  onStage({}, async ({ page }) => {
    const list = [report("甲镇", 2022), report("甲镇", 2023), report("甲镇", 2021)];
    await host(page, element("", inline(list)));
    await showsReport(page, "甲镇", 2023);
    assert.deepEqual(await beside(page), ["甲镇 2022", "甲镇 2021"]);
    server.answers["/list.json"] = json([report("乙镇", 2020), report("乙镇", 2024)]);
    await page.evaluate(() => document.getElementById("r").setAttribute("src", "list.json"));
    await showsReport(page, "乙镇", 2024);
    assert.deepEqual(await beside(page), ["乙镇 2020"]);
    const shown = await page.evaluate(async (list) => {
      const element = document.getElementById("r");
      element.report = list;
      const before = element.report;
      await element.check();
      return [before, element.report.year];
    }, list);
    assert.deepEqual(shown, [null, 2023]);
  }));

test("a list that is large, or in another encoding, is read away from the page", () =>
  onStage({}, async ({ page }) => {
    const list = [report("甲镇", 2022), { form: "none" }, { ...report("甲镇", 2023), sections: { overview: "公开。".repeat(200_000) } }];
    server.answers["/list.json"] = json(list);
    await host(page, element('src="list.json"'));
    await showsReport(page, "甲镇", 2023);
    assert.deepEqual(await beside(page), ["甲镇 2022"]);
    const [told] = await findings(page, "history");
    assert.match(told.message, /list\.json第 2 份.*没有读成/);
  }));

test("history brings further reports by its attribute and by its property", () =>
  onStage({}, async ({ page, complaints }) => {
    server.answers["/2022.json"] = json(report("甲镇", 2022));
    server.answers["/list.json"] = json([report("乙镇", 2023), report("甲镇", 2025)]);
    await host(page, element('history="2022.json list.json"', inline(report("甲镇", 2023))));
    await showsReport(page, "甲镇", 2023);
    assert.deepEqual(await beside(page), ["甲镇 2022", "乙镇 2023", "甲镇 2025"]);
    const set = await page.evaluate(async (reports) => {
      const element = document.getElementById("r");
      element.history = reports;
      const before = element.history.length;
      await element.check();
      return [before, element.history];
    }, [report("丙镇", 2023)]);
    assert.deepEqual(set, [1, [report("丙镇", 2023)]]);
    await page.evaluate(() => (document.getElementById("r").history = []));
    await page.evaluate(() => document.getElementById("r").check());
    assert.deepEqual(await beside(page), []);
    await page.evaluate(() => (document.getElementById("r").history = null));
    await page.evaluate(() => document.getElementById("r").check());
    assert.equal((await beside(page)).length, 3);
    assert.deepEqual(complaints, []);
  }));

test("history that was set before the script has run is there", () =>
  onStage({}, async ({ page }) => {
    server.answers["/host.html"] = htmlPage(element("", inline(report("甲镇", 2023))));
    await page.goto(`${server.url}host.html`);
    await page.evaluate((reports) => (document.getElementById("r").history = reports), [report("甲镇", 2021)]);
    await page.addScriptTag({ type: "module", url: "/nianbao.js" });
    await showsReport(page, "甲镇", 2023);
    assert.deepEqual(await beside(page), ["甲镇 2021"]);
  }));

test("one that cannot be read is told, and the others are shown; where none can, the element fails", () =>
  onStage({}, async ({ page }) => {
    server.answers["/2023.json"] = json(report("甲镇", 2023));
    server.answers["/2022.json"] = notFound;
    server.answers["/2021.json"] = json({ year: 2021 });
    server.answers["/2020.json"] = json({ ...report("甲镇", 2023), title: "另一份" });
    await host(page, element('src="2022.json 2023.json" history="2021.json 2020.json"'));
    await showsReport(page, "甲镇", 2023);
    assert.deepEqual(await beside(page), []);
    const told = await findings(page, "history");
    assert.deepEqual(told.map(({ code, severity }) => [code, severity]), [["repeated", "info"], ["unread", "info"], ["unread", "info"]]);
    assert.match(told[1].message, /2022\.json.*没有读成.*没有文件/);
    assert.match(told[2].message, /2021\.json.*不是年度报告/);
    const failure = page.evaluate(() => {
      document.getElementById("r").setAttribute("src", "2022.json 2021.json");
      return document.getElementById("r").check().catch(({ message }) => message);
    });
    assert.match(await failure, /没有取到 2022\.json|没有文件/);
  }));

test("last year's report among them is compared with, unless one is named", () =>
  onStage({}, async ({ page }) => {
    const [last, now] = [report("甲镇", 2022, { "requests.carried_out.business": 3 }), report("甲镇人民政府", 2023, { "requests.carried_in.business": 2 })];
    server.answers["/2022.json"] = json(last);
    server.answers["/equal.json"] = json({ ...last, figures: { "requests.carried_out.business": 2 } });
    await host(page, element('history="2022.json"', inline(now)));
    await showsReport(page, "甲镇人民政府", 2023);
    assert.equal(await compares(page), true);
    await page.evaluate(() => document.getElementById("r").setAttribute("prior-src", "equal.json"));
    assert.equal(await compares(page), false);
    await page.evaluate((now) => {
      document.getElementById("r").removeAttribute("prior-src");
      document.getElementById("r").removeAttribute("history");
      document.getElementById("r").report = now;
    }, now);
    assert.equal(await compares(page), false);
    await page.evaluate((list) => (document.getElementById("r").report = list), [now, last]);
    assert.equal(await compares(page), true);
  }));

test("what ran together is read again beside last year's report", () =>
  onStage({}, async ({ page }) => {
    const text = "某区2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n规章000\n行政规范性文件693665\n";
    server.answers["/2023.txt"] = { status: 200, type: "text/plain; charset=utf-8", body: text };
    server.answers["/2022.json"] = json(report("某区", 2022, { "article20_1.normative_documents.in_force": 599 }));
    await host(page, element('src="2023.txt" history="2022.json"'));
    await showsReport(page, "某区", 2023);
    const figure = () => document.getElementById("r").report.figures["article20_1.normative_documents.in_force"];
    assert.equal(await page.evaluate(figure), 665);
  }));

test("what is edited stays when other reports come beside it, and they stay when the element is moved", () =>
  onStage({}, async ({ page }) => {
    server.answers["/list.json"] = json([report("甲镇", 2023), report("甲镇", 2022)]);
    await host(page, element('mode="edit" drafts="off" src="list.json"'));
    await showsReport(page, "甲镇", 2023);
    await page.locator('[data-cell="article20_8.fees.amount"] input, input[data-cell="article20_8.fees.amount"]').first().fill("12");
    const fees = () => page.evaluate(() => document.getElementById("r").report.figures["article20_8.fees.amount"]);
    assert.equal(await fees(), 12);
    await page.evaluate((reports) => (document.getElementById("r").history = reports), [report("乙镇", 2023)]);
    await page.evaluate(() => document.getElementById("r").check());
    assert.deepEqual([await fees(), await beside(page)], [12, ["甲镇 2022", "乙镇 2023"]]);
    await page.evaluate(async () => {
      const element = document.getElementById("r");
      element.remove();
      await new Promise((later) => setTimeout(later));
      document.body.append(element);
      await element.check();
    });
    assert.deepEqual([await fees(), await beside(page)], [12, ["甲镇 2022", "乙镇 2023"]]);
  }));
