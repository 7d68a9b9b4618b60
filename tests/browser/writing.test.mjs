// What a person does in the texts and on the cover: writing, numbers that follow the tables, another year.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import { focusIs, focused, forget, htmlPage, isInView, json, onStage, readJson, script, showsAReport, tabTo } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

const base = () => readJson("www/demo/2023-suqian.json");
const received = base().figures["requests.received.total"];

async function edit(page, report) {
  server.answers["/report.json"] = json(report);
  server.answers["/host.html"] = htmlPage('<nianbao-report id="r" src="report.json" mode="edit"></nianbao-report>', script);
  await page.goto(`${server.url}host.html`);
  await showsAReport(page, "#r");
}

const field = (page, section) => page.locator(`#text-${section}`);
const cover = (page, key) => page.locator(`#cover-${key}`);
const inside = (page) => page.locator("#r");
const report = (page) => page.evaluate(() => document.getElementById("r").report);
const text = async (page, section) => (await report(page)).sections[section];
const call = (page, action) => page.evaluate((action) => document.getElementById("r")[action](), action);
const said = (page, sentence) => inside(page).getByRole("status").filter({ hasText: sentence }).waitFor();
const about = async (page, words) =>
  (await page.evaluate(() => document.getElementById("r").findings)).find(
    ({ rule, quotes }) => rule === "narrative" && quotes?.some(({ text }) => text.includes(words)),
  );
/** The words that are selected in the field that has the focus. */
const selected = (page) =>
  page.evaluate(() => {
    const field = document.getElementById("r").shadowRoot.activeElement;
    return field.value.slice(field.selectionStart, field.selectionEnd);
  });
/** How many steps can be undone; does it. */
async function undoAll(page) {
  for (let steps = 0; ; steps++) if (!(await call(page, "undo"))) return steps;
}

test("a number that contradicts the table is found at both ends while it is typed, and a click has the text follow", () =>
  onStage({}, async ({ page, complaints }) => {
    const given = base();
    given.sections.overview = "一、主动公开。";
    await edit(page, given);
    const overview = field(page, "overview");
    await overview.click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\n\n2023年收到政府信息公开申请12件。");
    const finding = await about(page, "申请12件");
    assert.ok(finding, "the text has its finding");
    assert.equal(finding.cells[0], "requests.received.total");
    assert.equal(finding.quotes[0].section, "overview");
    assert.deepEqual(finding.repairs[0].texts.map(({ from, to }) => [from, to]), [["12", String(received)]]);
    // Behind the text the words are marked, in the table the cell.
    assert.match(await inside(page).locator(".mirror mark").first().innerText(), /收到政府信息公开申请12件/);
    await page.locator('[data-cell="requests.received.total"]').locator("xpath=ancestor-or-self::td").locator(".mark").first().waitFor();
    // The field is not drawn anew: it keeps the focus and the caret.
    assert.equal((await focused(page)).id, "text-overview");
    await page.keyboard.type("完。");
    assert.equal(await text(page, "overview"), "一、主动公开。\n\n2023年收到政府信息公开申请12件。完。");
    const row = inside(page).locator(".numbers li").filter({ hasText: "申请12件" });
    assert.match(await row.innerText(), new RegExp(`表中 ${received}`));
    await row.getByRole("button", { name: new RegExp(`把正文改为 ${received}`) }).press("Enter");
    await said(page, /正文已按表格改好/);
    assert.equal(await text(page, "overview"), `一、主动公开。\n\n2023年收到政府信息公开申请${received}件。完。`);
    await focusIs(page, "text-overview");
    assert.equal(await selected(page), String(received));
    assert.equal(await about(page, "申请"), undefined);
    await inside(page).locator(".numbers details").getByText("1 个数与表格一致").waitFor();
    // Undo takes the click back, then the typing as one step.
    await page.keyboard.press("Control+z");
    assert.equal(await overview.inputValue(), "一、主动公开。\n\n2023年收到政府信息公开申请12件。完。");
    await page.keyboard.press("Control+z");
    assert.equal(await overview.inputValue(), "一、主动公开。");
    assert.equal(await call(page, "undo"), false);
    await page.keyboard.press("Control+y");
    assert.equal(await overview.inputValue(), "一、主动公开。\n\n2023年收到政府信息公开申请12件。完。");
    assert.deepEqual(complaints, []);
  }));

test("the finding's own suggestion rewrites the text, and the finding leads to the words in their field", () =>
  onStage({}, async ({ page }) => {
    const given = base();
    given.sections.overview = `${"主动公开、监督保障等工作。".repeat(60)}\n\n𠮷祥。2023年收到政府信息公开申请12件。`;
    await edit(page, given);
    const findings = await page.evaluate(() => document.getElementById("r").findings);
    const at = findings.findIndex(({ rule, quotes }) => rule === "narrative" && quotes?.[0].text.includes("12件"));
    await page.locator(`#finding-${at}`).press("Enter");
    await focusIs(page, "requests.received.total");
    await page.locator(`#about-${at}`).getByRole("link", { name: /申请12件/ }).first().press("Enter");
    await focusIs(page, "text-overview");
    assert.equal(await selected(page), "收到政府信息公开申请12件");
    const mark = inside(page).locator(".mirror mark.lit").first();
    await page.waitForFunction(() => {
      const { top, bottom } = document.getElementById("r").shadowRoot.querySelector(".mirror mark.lit").getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    // The mark lies exactly behind its words: the field and its mirror are of one size.
    const sizes = await mark.evaluate((mark) => {
      const area = mark.closest(".pad").querySelector("textarea");
      return [area.scrollHeight - area.clientHeight, area.scrollWidth - area.clientWidth];
    });
    assert.deepEqual(sizes, [0, 0]);
    await page.keyboard.press("Escape");
    await focusIs(page, `finding-${at}`);
    await inside(page).getByRole("button", { name: new RegExp(`采用.*12 改为 ${received}`) }).first().press("Enter");
    await said(page, /已采用建议/);
    await focusIs(page, "text-overview");
    assert.equal(await selected(page), String(received));
    assert.match(await text(page, "overview"), new RegExp(`申请${received}件。$`));
    assert.equal(await call(page, "undo"), true);
    assert.match(await text(page, "overview"), /申请12件。$/);
  }));

test("from a number of the text to its cell", () =>
  onStage({}, async ({ page }) => {
    const given = base();
    given.sections.overview = "2023年收到政府信息公开申请12件。";
    await edit(page, given);
    await inside(page).locator(".numbers li").getByRole("button", { name: /^看表格/ }).press("Enter");
    await focusIs(page, "requests.received.total");
    await isInView(page);
  }));

test("characters that are composed are drawn over by nothing and are one step", () =>
  onStage({}, async ({ page }) => {
    const given = base();
    given.sections.problems = "存在问题。";
    await edit(page, given);
    await field(page, "problems").click();
    await page.keyboard.press("Control+End");
    const cdp = await page.context().newCDPSession(page);
    const compose = (text) => cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await compose("gai");
    await compose("改");
    assert.equal(await text(page, "problems"), "存在问题。", "what is composed is not in the report yet");
    // Something else draws the view anew meanwhile.
    await page.evaluate(() => document.getElementById("r").setAttribute("mode", "edit"));
    await page.evaluate(() => new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame))));
    assert.equal(await field(page, "problems").inputValue(), "存在问题。改");
    assert.match(await page.locator("#r .pad:has(#text-problems) .mirror").innerText(), /存在问题。改/);
    await compose("改进");
    await cdp.send("Input.insertText", { text: "改进" });
    assert.equal(await text(page, "problems"), "存在问题。改进");
    await compose("cuo");
    await cdp.send("Input.insertText", { text: "措施" });
    assert.equal(await text(page, "problems"), "存在问题。改进措施");
    assert.equal(await undoAll(page), 1);
    assert.equal(await field(page, "problems").inputValue(), "存在问题。");
  }));

test("a step ends where the field is left, where typing pauses, and with a paste", () =>
  onStage({}, async ({ page }) => {
    const given = base();
    given.sections.other = "无。";
    await edit(page, given);
    await field(page, "other").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("一二三");
    await page.waitForTimeout(2100);
    await page.keyboard.type("四五六");
    await field(page, "problems").click();
    await field(page, "other").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("七");
    assert.equal(await text(page, "other"), "无。一二三四五六七");
    assert.equal(await undoAll(page), 3);
    assert.equal(await text(page, "other"), "无。");
  }));

/** Pastes as if it were copied from elsewhere. */
const paste = (page, html, plain) =>
  page.evaluate(
    ([html, plain]) => {
      const data = new DataTransfer();
      if (html) data.setData("text/html", html);
      data.setData("text/plain", plain);
      const field = document.getElementById("r").shadowRoot.activeElement;
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, composed: true, cancelable: true });
      return field.dispatchEvent(event);
    },
    [html, plain],
  );

test("what is pasted from a word processor keeps paragraphs and numbering, and is one step", () =>
  onStage({}, async ({ page }) => {
    const given = base();
    given.sections.problems = "开头。结尾。";
    await edit(page, given);
    await field(page, "problems").click();
    await page.keyboard.press("Control+Home");
    for (let time = 0; time < 3; time++) await page.keyboard.press("ArrowRight");
    const html = "<html><body><p class=MsoNormal><b>（一）存在问题</b></p><p style='color:red'>公开<span>不够及时</span>。</p><ol><li>培训少。</li><li>人手少。</li></ol></body></html>";
    assert.equal(await paste(page, html, "平文"), false, "the browser's own paste is prevented");
    await page.waitForFunction(() => document.getElementById("r").report.sections.problems.includes("人手少"));
    const pasted = await text(page, "problems");
    assert.match(pasted, /^开头。（一）存在问题\n\n公开不够及时。\n\n1.*培训少。\n\n2.*人手少。结尾。$/);
    const caret = await page.evaluate(() => document.getElementById("r").shadowRoot.activeElement.selectionStart);
    assert.equal(caret, pasted.length - 3);
    await page.keyboard.type("又");
    assert.equal(await undoAll(page), 2);
    assert.equal(await text(page, "problems"), "开头。结尾。");
  }));

test("where the reader does not load, the plain text is pasted, line by line", () =>
  onStage({}, async ({ page }) => {
    server.answers["/reader.js"] = { status: 404, body: "" };
    await edit(page, { ...base(), sections: { overview: "甲。" } });
    await field(page, "problems").click();
    await paste(page, "<p>一<p>二", "一\r\n二\r\n");
    await page.waitForFunction(() => document.getElementById("r").report.sections.problems);
    assert.equal(await text(page, "problems"), "一\n\n二");
  }));

test("length and what the notice requires stand beside the text and follow it", () =>
  onStage({}, async ({ page }) => {
    await edit(page, { ...base(), agency: "某县司法局", sections: { other: "无。" } });
    const asks = page.locator("#asks-overview");
    assert.match(await asks.innerText(), /0 字，原则上不超过 1,000 字/);
    assert.equal(await asks.locator(".unmet").count(), 5);
    await field(page, "overview").click();
    await page.keyboard.insertText("本年主动公开。\n\n监督 保障。");
    await asks.getByText("12 字").waitFor();
    assert.deepEqual(await asks.locator(".met").allInnerTexts().then((all) => all.map((one) => one.split("：")[0].trim())), ["主动公开", "监督保障"]);
    await page.keyboard.insertText("字".repeat(1000));
    await asks.getByText("1,012 字，比原则上的 1,000 字多 12 字").waitFor();
    const fee = page.locator("#asks-other .point").first();
    assert.match(await fee.getAttribute("class"), /unmet/);
    await field(page, "other").fill("本年度没有收取信息处理费。");
    await page.locator("#asks-other .point.met").first().waitFor();
    // A section of tables has a field only where it has a text.
    assert.equal(await field(page, "requests").count(), 0);
    assert.equal(await field(page, "preamble").count(), 1);
  }));

test("agency, date and contact are written, and the title follows as long as it is the printed one", () =>
  onStage({}, async ({ page }) => {
    const given = { ...base(), agency: "甲县", year: 2023, title: "甲县2023年政府信息公开工作年度报告" };
    await edit(page, given);
    await cover(page, "agency").click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("司法局");
    assert.equal((await report(page)).title, "甲县司法局2023年政府信息公开工作年度报告");
    assert.equal(await cover(page, "title").inputValue(), "甲县司法局2023年政府信息公开工作年度报告");
    await page.keyboard.press("Tab");
    assert.equal((await focused(page)).id, "cover-year");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("2024");
    await page.keyboard.press("Enter");
    assert.equal((await report(page)).title, "甲县司法局2024年政府信息公开工作年度报告");
    await cover(page, "date").fill("2025-01-25");
    await cover(page, "contact").fill("办公室");
    const { date, contact, year } = await report(page);
    assert.deepEqual([date, contact, year], ["2025-01-25", "办公室", 2024]);
    await cover(page, "title").fill("自拟标题");
    await cover(page, "agency").fill("乙县");
    assert.equal((await report(page)).title, "自拟标题");
    assert.equal(await undoAll(page), 6);
    assert.equal((await report(page)).title, given.title);
    await cover(page, "year").fill("二〇");
    await page.keyboard.press("Enter");
    await inside(page).getByRole("alert").filter({ hasText: "年度请写四位数字" }).waitFor();
    assert.equal((await report(page)).year, 2023);
  }));

test("a date that is none stays as it was published", () =>
  onStage({}, async ({ page }) => {
    await edit(page, { ...base(), date: "2024年1月25日" });
    assert.equal(await cover(page, "date").getAttribute("type"), "text");
    assert.equal(await cover(page, "date").inputValue(), "2024年1月25日");
  }));

test("a year with another form is asked about; what both share is carried over, the rest is kept, undo brings all back", () =>
  onStage({}, async ({ page, complaints }) => {
    const given = base();
    given.figures["requests.other_unpaid.natural_person"] = 4;
    await edit(page, given);
    const before = await report(page);
    const year = cover(page, "year");
    const enter = async () => {
      await year.fill("2020");
      await page.keyboard.press("Enter");
      await focusIs(page, "asking");
    };
    await enter();
    const asking = page.locator("#asking");
    assert.match(await asking.innerText(), /2020 年用的是另一种表式[^]*2019[^]*共有 179 格/);
    assert.match(await asking.innerText(), /没有位置的 \d+ 格[^]*4/);
    await page.keyboard.press("Escape");
    await focusIs(page, "cover-year");
    assert.equal(await year.inputValue(), String(given.year));
    assert.deepEqual(await report(page), before);
    await enter();
    await tabTo(page, ({ text }) => text === "换用这种表式", 3);
    await page.keyboard.press("Enter");
    await said(page, /已换用新的表式/);
    await focusIs(page, "cover-year");
    const there = await report(page);
    assert.deepEqual([there.form, there.year], ["gongkai-2019", 2020]);
    assert.equal(there.figures["requests.received.total"], received);
    assert.equal(there.figures["requests.other_unpaid.natural_person"], 4, "it is kept");
    assert.match(await inside(page).locator(".leftover").innerText(), /自然人：4/);
    assert.equal(await inside(page).locator('td[data-cell="article20_9.procurement.items"]').count(), 1);
    assert.equal(await call(page, "undo"), true);
    assert.deepEqual(await report(page), before);
    assert.equal(await inside(page).locator('td[data-cell="article20_9.procurement.items"]').count(), 0);
    await enter();
    await asking.getByRole("button", { name: "只改年度" }).press("Enter");
    await page.waitForFunction(() => document.getElementById("r").report.year === 2020);
    assert.equal((await report(page)).form, "gongkai-2021");
    assert.deepEqual(complaints, []);
  }));
