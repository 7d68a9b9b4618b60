// What a person does in the editor: suggestions followed, reasons given, all of it taken back.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import { faulty, focused, focusIs, forget, htmlPage, isInView, json, onStage, readJson, script, showsAReport, shownFigures, tabTo } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

/** A report with one wrong figure, in which its row and its column fail. */
function oneWrongCell() {
  const report = readJson("www/demo/2023-suqian.json");
  report.figures["requests.granted.natural_person"] = 1157;
  return report;
}
const right = readJson("www/demo/2023-suqian.json").figures["requests.granted.natural_person"];

async function edit(page, report, { mode = "edit" } = {}) {
  server.answers["/report.json"] = json(report);
  server.answers["/host.html"] = htmlPage(`<nianbao-report id="r" src="report.json" mode="${mode}"></nianbao-report>`, script);
  await page.addInitScript(() => {
    window.told = [];
    for (const name of ["change", "findings"]) {
      document.addEventListener(`nianbao-${name}`, ({ detail, target }) => window.told.push({ name, detail, figures: target.report.figures }));
    }
  });
  await page.goto(`${server.url}host.html`);
  await showsAReport(page, "#r");
}

const onElement = (page, action, argument) => page.evaluate(([action, argument]) => document.getElementById("r")[action](argument), [action, argument]);
const findings = (page) => page.evaluate(() => document.getElementById("r").findings);
const errors = async (page) => (await findings(page)).filter(({ severity }) => severity === "error");
/** How many findings the summary says are to be confirmed. */
const toConfirm = async (page) => Number((await page.locator("#summary").innerText()).match(/(\d+) 处需要确认/)?.[1] ?? 0);
const inside = (page) => page.locator("#r");
const said = (page, text) => inside(page).getByRole("status").filter({ hasText: text }).waitFor();
const changes = (page) => page.evaluate(() => window.told.splice(0).filter(({ name }) => name === "change").map(({ detail }) => detail));

test("a suggestion is applied by keyboard, the report is right then, and undo brings the mistake back", () =>
  onStage({}, async ({ page, complaints }) => {
    await edit(page, oneWrongCell());
    const [finding] = await errors(page);
    assert.deepEqual(finding.repairs[0].changes, [{ cell: "requests.granted.natural_person", from: "1157", to: String(right) }]);
    assert.equal((await errors(page)).length, 1);
    await tabTo(page, ({ name, text }) => text === "采用" && name.includes(`由 1157 改为 ${right}`));
    await page.keyboard.press("Enter");
    await focusIs(page, "requests.granted.natural_person");
    await isInView(page);
    await said(page, /已采用建议。现在：核对无误/);
    assert.equal((await focused(page)).text, String(right));
    assert.deepEqual(await errors(page), []);
    assert.match(await page.locator("#summary").innerText(), /核对无误/);
    assert.deepEqual(await changes(page), [{ cell: "requests.granted.natural_person", value: right }]);
    await inside(page).getByRole("button", { name: "撤销" }).press("Enter");
    await focusIs(page, "requests.granted.natural_person");
    await said(page, /已撤销/);
    assert.deepEqual(await errors(page), [finding]);
    assert.equal(await inside(page).getByRole("button", { name: "撤销" }).count(), 0);
    assert.equal((await shownFigures(page, "#r"))["requests.granted.natural_person"], "1157");
    await inside(page).getByRole("button", { name: "重做" }).press("Enter");
    await said(page, /已重做/);
    assert.deepEqual(await errors(page), []);
    await page.keyboard.press("Control+z");
    await said(page, /已撤销/);
    assert.equal((await errors(page)).length, 1);
    assert.deepEqual(complaints, []);
  }));

test("undo and redo are the element's too, and the page hears of every change after it is made", () =>
  onStage({}, async ({ page }) => {
    await edit(page, oneWrongCell());
    assert.equal(await onElement(page, "undo"), false);
    await inside(page).getByRole("button", { name: /^采用/ }).click();
    await said(page, /已采用/);
    assert.equal(await onElement(page, "undo"), true);
    assert.equal(await onElement(page, "redo"), true);
    assert.equal(await onElement(page, "redo"), false);
    const told = await page.evaluate(() => window.told);
    const cell = "requests.granted.natural_person";
    assert.deepEqual(told.map(({ name }) => name), ["findings", "change", "findings", "change", "findings", "change", "findings"]);
    assert.deepEqual(told.filter(({ name }) => name === "change").map(({ detail, figures }) => [detail.value, figures[cell]]), [
      [right, right], [1157, 1157], [right, right],
    ]);
    assert.deepEqual(told.at(-1).detail.findings, await findings(page));
  }));

test("a warning is answered, is counted as answered, travels with the report, and undo takes the reason back", () =>
  onStage({}, async ({ page }) => {
    await edit(page, faulty());
    const summary = page.locator("#summary");
    const found = await findings(page);
    const warning = found.findIndex(({ rule }) => rule === "form-year");
    const open = found.filter(({ rule, severity }) => severity === "warning" && rule !== "blank").length;
    assert.equal(await toConfirm(page), open);
    await tabTo(page, ({ id }) => id === `write-${warning}`);
    await page.keyboard.press("Enter");
    await focusIs(page, "reason");
    await page.keyboard.type("先不说明");
    await page.keyboard.press("Escape");
    await focusIs(page, `write-${warning}`);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await inside(page).getByRole("alert").filter({ hasText: "请写明情况" }).waitFor();
    await focusIs(page, "reason");
    await page.keyboard.type("按上级要求沿用新格式。");
    await page.keyboard.press("Control+Enter");
    await said(page, /说明已保存/);
    // On to the next one that is still to be confirmed.
    const next = (await focused(page)).id.match(/^finding-(\d+)$/);
    assert.ok(next, "the focus is on a finding");
    const { severity, answer } = (await findings(page))[Number(next[1])];
    assert.deepEqual([severity, answer], ["warning", undefined]);
    assert.match(await summary.innerText(), /1 处已作说明/);
    assert.equal(await toConfirm(page), open - 1);
    assert.equal((await findings(page))[warning].answer, "按上级要求沿用新格式。");
    const exported = await page.evaluate(async () => JSON.parse(await (await document.getElementById("r").exportAs("json")).text()));
    assert.deepEqual(exported.answers.map(({ rule, reason }) => [rule, reason]), [["form-year", "按上级要求沿用新格式。"]]);
    await summary.getByRole("link", { name: "1 处已作说明" }).press("Enter");
    await focusIs(page, "answered");
    await inside(page).getByText("按上级要求沿用新格式。").waitFor();
    assert.equal(await onElement(page, "undo"), true);
    await focusIs(page, `finding-${warning}`);
    assert.equal(await toConfirm(page), open);
    assert.equal(await page.evaluate(() => document.getElementById("r").report.answers), undefined);
  }));

test("the reason in a report is shown to its readers, collapsed, and can be withdrawn in the editor", () =>
  onStage({}, async ({ page }) => {
    const report = { ...faulty(), answers: [{ rule: "form-year", cells: [], values: { year: "2020" }, reason: "按上级要求沿用新格式。" }] };
    await edit(page, report, { mode: "view" });
    const before = await toConfirm(page);
    const reason = inside(page).getByText("按上级要求沿用新格式。");
    assert.ok(!(await reason.isVisible()));
    const heading = page.locator("#answered").getByRole("button");
    assert.equal(await heading.getAttribute("aria-expanded"), "false");
    await heading.press("Enter");
    await reason.waitFor();
    assert.equal(await heading.getAttribute("aria-expanded"), "true");
    await page.evaluate(() => (document.getElementById("r").mode = "edit"));
    await inside(page).getByRole("button", { name: "撤回说明" }).press("Enter");
    await said(page, /说明已撤回/);
    assert.match((await focused(page)).text, /报告年度是 2020 年/);
    assert.equal(await toConfirm(page), before + 1);
    assert.equal(await onElement(page, "undo"), true);
    await page.waitForFunction(() => document.getElementById("r").report.answers?.length === 1);
  }));

test("who composes characters cancels and saves nothing by the composer's own keys", () =>
  onStage({}, async ({ page }) => {
    await edit(page, faulty());
    await inside(page).getByRole("button", { name: "填写说明" }).first().click();
    await focusIs(page, "reason");
    await page.evaluate(() => {
      const field = document.getElementById("r").shadowRoot.activeElement;
      for (const [key, ctrlKey] of [["Escape", false], ["Enter", true]]) {
        field.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, isComposing: true, bubbles: true, composed: true, cancelable: true }));
      }
    });
    await page.evaluate(() => new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame))));
    assert.equal((await focused(page)).id, "reason");
    assert.equal(await inside(page).getByRole("alert").count(), 0);
  }));

test("in view mode nothing can be changed: suggestions are shown, no button applies or answers them", () =>
  onStage({}, async ({ page }) => {
    await edit(page, faulty(), { mode: "view" });
    const [{ repairs }] = await findings(page);
    assert.equal(repairs.length, 1);
    await page.locator('[aria-controls="about-0"]').click();
    assert.match(await page.locator("#about-0").innerText(), /建议：“.*”由 1157 改为/);
    const buttons = await inside(page).getByRole("button").evaluateAll((buttons) => buttons.map((button) => button.textContent));
    assert.deepEqual(buttons.filter((text) => /采用|说明$|核对|撤销|重做/.test(text)), []);
    await page.evaluate(() => document.getElementById("r").setAttribute("mode", "edit"));
    await inside(page).getByRole("button", { name: "核对", exact: true }).waitFor();
    assert.ok((await inside(page).getByRole("button", { name: /^采用/ }).count()) > 0);
    assert.equal(await page.locator('[aria-controls="about-0"]').getAttribute("aria-expanded"), "true", "what was open stays so");
  }));

test("an error cannot be answered", () =>
  onStage({}, async ({ page }) => {
    await edit(page, faulty());
    assert.equal(await page.locator("#to-correct ~ ul [id^=write-]").count(), 0);
    assert.ok((await page.locator("#to-confirm ~ ul [id^=write-]").count()) > 0);
  }));

test("check moves the focus to the summary where that is asked for, and so does the button", () =>
  onStage({}, async ({ page }) => {
    await edit(page, faulty());
    await onElement(page, "check");
    assert.notEqual((await focused(page)).id, "summary");
    const found = await onElement(page, "check", { focus: true });
    assert.deepEqual(found, await findings(page));
    await focusIs(page, "summary");
    await page.evaluate(() => document.getElementById("r").shadowRoot.activeElement.blur());
    await inside(page).getByRole("button", { name: "核对", exact: true }).press("Enter");
    await focusIs(page, "summary");
  }));

test("what was changed outlives a change of language and a move in the page", () =>
  onStage({}, async ({ page }) => {
    await edit(page, oneWrongCell());
    const figure = () => page.evaluate(() => document.getElementById("r").report.figures["requests.granted.natural_person"]);
    await inside(page).getByRole("button", { name: /^采用/ }).click();
    await said(page, /已采用/);
    await page.evaluate(() => (document.getElementById("r").lang = "en"));
    await inside(page).getByText("Carried out to next year").first().waitFor();
    assert.equal(await figure(), right);
    assert.equal(await onElement(page, "undo"), true);
    assert.equal(await onElement(page, "redo"), true);
    await page.evaluate(async () => {
      const element = document.getElementById("r");
      element.remove();
      await new Promise((later) => setTimeout(later, 50));
      document.body.append(element);
    });
    await showsAReport(page, "#r");
    assert.equal(await figure(), right);
  }));

test("words of the text are marked beside the table, lead to their finding, and the finding leads to them", () =>
  onStage({}, async ({ page }) => {
    const report = faulty();
    Object.assign(report, { year: 2023, title: report.title });
    report.figures["requests.received.total"] = 20;
    report.figures["requests.carried_in.total"] = 2;
    report.sections.overview = "一是主动公开。\n\n2023年共收到政府信息公开申请25件，均已办理。";
    await edit(page, report, { mode: "view" });
    const at = (await findings(page)).findIndex(({ rule, quotes }) => rule === "narrative" && quotes?.[0].section === "overview");
    assert.ok(at >= 0, "there is a finding about the text");
    const mark = inside(page).locator("mark").filter({ hasText: "25件" }).first();
    await mark.waitFor();
    await mark.getByRole("button").press("Enter");
    await focusIs(page, `finding-${at}`);
    await inside(page).locator("mark.lit").first().waitFor();
    await page.locator(`#about-${at}`).getByRole("link", { name: /25件/ }).first().press("Enter");
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.activeElement?.localName === "mark");
    await page.keyboard.press("Escape");
    await focusIs(page, `finding-${at}`);
    const lit = await inside(page).locator("td.lit").evaluateAll((cells) => cells.map((cell) => cell.dataset.cell));
    assert.ok(lit.includes("requests.received.total"), "the cell is lit with the words");
  }));

test("from the summary to a phrase in the text, to its cell, and to a report that is right", () =>
  onStage({}, async ({ page, complaints }) => {
    const report = oneWrongCell();
    report.sections.overview = `主动公开。全年主动公开政府信息。\n\n依申请公开。${report.year}年收到政府信息公开申请3607件，办结3480件。`;
    await edit(page, report);
    const errorsLink = page.locator("#summary").getByRole("link", { name: /1 处错误/ });
    const warnings = page.locator("#summary").getByRole("link", { name: /2 处/ });
    await onElement(page, "check", { focus: true });
    await focusIs(page, "summary");
    await warnings.press("Enter");
    // 3607 is 新收 and 上年结转 together; 3480 is neither.
    const about = await findings(page);
    const sum = about.findIndex(({ message }) => message.includes("3607 正好是"));
    const other = about.findIndex(({ message }) => message.includes("写“办结3480件”"));
    assert.ok(sum >= 0 && other >= 0, JSON.stringify(about.map(({ message }) => message)));
    await page.locator(`#finding-${other}`).press("Enter");
    await focusIs(page, "requests.handled_total.total");
    assert.match(await inside(page).locator(".note-row").first().innerText(), /办结3480件/);
    const phrase = page.locator(`#about-${other}`).getByRole("link", { name: /3480/ }).first();
    await phrase.press("Enter");
    await focusIs(page, "text-overview");
    const words = await page.evaluate(() => {
      const field = document.getElementById("r").shadowRoot.activeElement;
      return field.value.slice(field.selectionStart, field.selectionEnd);
    });
    assert.equal(words, "办结3480件");
    await page.keyboard.press("Escape");
    await focusIs(page, `finding-${other}`);
    await page.locator("#summary").getByRole("link", { name: /1 处错误/ }).press("Enter");
    await inside(page).getByRole("button", { name: /^采用/ }).first().press("Enter");
    await focusIs(page, "requests.granted.natural_person");
    await errorsLink.waitFor({ state: "detached" });
    assert.deepEqual(await errors(page), []);
    assert.equal((await findings(page)).filter(({ rule }) => rule === "narrative").length, 2);
    assert.deepEqual(complaints, []);
  }));
