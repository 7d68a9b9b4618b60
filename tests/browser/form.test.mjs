// The element in a <form>: it takes part as an input does.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import { faulty, focused, focusIs, forget, htmlPage, json, onStage, readJson, script, showsAReport, showsReport } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

const sound = readJson("www/demo/2023-suqian.json");
const cell = "requests.granted.natural_person";

async function host(page, attributes = "", { report = sound, around = ["", ""], head = script } = {}) {
  server.answers["/report.json"] = json(report);
  const [before, after] = around;
  server.answers["/host.html"] = htmlPage(
    `<form id="f"><input name="clerk" value="张三">${before}<nianbao-report id="r" src="report.json" ${attributes}></nianbao-report>${after}<button id="send">报送</button></form>`,
    head,
  );
  await page.addInitScript(() => {
    window.sent = [];
    document.addEventListener("submit", (event) => {
      event.preventDefault();
      window.sent.push(Object.fromEntries(new FormData(event.target)));
    });
  });
  await page.goto(`${server.url}host.html`);
}

const value = (page) => page.evaluate(() => document.getElementById("r").value);
const inEditor = (page) => page.locator("nianbao-report td input").first().waitFor();
async function enter(page, figure, at = cell) {
  await page.evaluate((at) => document.getElementById("r").focusCell(at), at);
  await focusIs(page, at);
  await page.keyboard.type(figure);
  await page.keyboard.press("Enter");
}
const isValid = (page, wanted) => page.waitForFunction((wanted) => document.getElementById("r").matches(":valid") === wanted, wanted);

test("the report goes along with the form, as it is at that moment", () =>
  onStage({}, async ({ page, complaints }) => {
    await host(page, 'name="annual" mode="edit"');
    await inEditor(page);
    await page.locator("#send").click();
    await page.waitForFunction(() => window.sent.length === 1);
    const [first] = await page.evaluate(() => window.sent);
    assert.equal(first.clerk, "张三");
    assert.deepEqual(JSON.parse(first.annual), sound);
    await page.evaluate((at) => document.getElementById("r").focusCell(at), "article20_1.normative_documents.issued");
    await focusIs(page, "article20_1.normative_documents.issued");
    await page.keyboard.type("77");
    await page.waitForFunction(() => document.getElementById("r").report.figures["article20_1.normative_documents.issued"] === 77);
    // Before the page hears of the findings, it is in the form's data.
    const typed = await page.evaluate(() => JSON.parse(new FormData(document.getElementById("f")).get("annual")));
    assert.equal(typed.figures["article20_1.normative_documents.issued"], 77);
    assert.deepEqual(complaints, []);
  }));

test("without a name, or disabled, it sends nothing", () =>
  onStage({}, async ({ page }) => {
    await host(page);
    await showsAReport(page);
    const names = () => page.evaluate(() => Array.from(new FormData(document.getElementById("f")).keys()));
    assert.deepEqual(await names(), ["clerk"]);
    await page.evaluate(() => (document.getElementById("r").name = "annual"));
    assert.deepEqual(await names(), ["clerk", "annual"]);
    await page.evaluate(() => (document.getElementById("r").disabled = true));
    assert.deepEqual(await names(), ["clerk"]);
  }));

test("it is invalid while an error stands; the form is not sent, and the focus goes to the findings", () =>
  onStage({}, async ({ page, complaints }) => {
    await host(page, 'name="annual" mode="edit"', { report: { ...faulty(), year: 2023 } });
    await inEditor(page);
    await isValid(page, false);
    const told = await page.evaluate(() => {
      const report = document.getElementById("r");
      return { valid: report.checkValidity(), message: report.validationMessage, custom: report.validity.customError, will: report.willValidate, form: report.form.id, findings: report.findings };
    });
    const first = told.findings.find(({ severity }) => severity === "error");
    assert.deepEqual({ ...told, findings: 0 }, { valid: false, message: first.message, custom: true, will: true, form: "f", findings: 0 });
    assert.equal((await focused(page)).id, "", "asking alone moves nothing");
    await page.locator("#send").click();
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.activeElement);
    assert.deepEqual(await page.evaluate(() => window.sent), []);
    assert.ok(await page.evaluate(() => document.getElementById("r").shadowRoot.activeElement.closest(".check, .verdict, .findings, [class*=check]") !== null));
    await page.locator('[name="clerk"]').focus();
    assert.equal(await page.evaluate(() => document.getElementById("r").hasAttribute("tabindex")), false, "it leaves nothing behind");
    assert.deepEqual(complaints, []);
  }));

test("once the errors are gone it is valid, and the form is sent", () =>
  onStage({}, async ({ page }) => {
    const report = { ...sound, figures: { ...sound.figures, [cell]: sound.figures[cell] + 1 } };
    await host(page, 'name="annual" mode="edit" drafts="off"', { report });
    await inEditor(page);
    await isValid(page, false);
    await enter(page, String(sound.figures[cell]));
    await isValid(page, true);
    await page.locator("#send").click();
    await page.waitForFunction(() => window.sent.length === 1);
  }));

test("required makes it invalid while cells are blank, and a page may have reasons of its own", () =>
  onStage({}, async ({ page }) => {
    const figures = { ...sound.figures };
    delete figures["article20_8.fees.amount"];
    await host(page, 'name="annual" required', { report: { ...sound, figures } });
    await showsAReport(page);
    await isValid(page, false);
    assert.ok(await page.evaluate(() => document.getElementById("r").validity.valueMissing));
    await page.evaluate(() => (document.getElementById("r").required = false));
    await isValid(page, true);
    await page.evaluate(() => document.getElementById("r").setCustomValidity("请先盖章。"));
    await isValid(page, false);
    assert.equal(await page.evaluate(() => document.getElementById("r").validationMessage), "请先盖章。");
    await page.evaluate(() => document.getElementById("r").setCustomValidity(""));
    await isValid(page, true);
  }));

test("reset takes every change back, and each can be made again", () =>
  onStage({}, async ({ page }) => {
    await host(page, 'name="annual" mode="edit" drafts="off"');
    await inEditor(page);
    await enter(page, "5");
    await enter(page, "6", "article20_1.rules.issued");
    const edited = JSON.parse(await value(page));
    assert.equal(edited.figures[cell], 5);
    await page.waitForFunction(() => document.getElementById("r").matches(":state(edited)"));
    await page.evaluate(() => document.getElementById("f").reset());
    assert.deepEqual(JSON.parse(await value(page)), sound);
    assert.ok(!(await page.evaluate(() => document.getElementById("r").matches(":state(edited)"))));
    await page.evaluate(() => {
      while (document.getElementById("r").redo());
    });
    assert.deepEqual(JSON.parse(await value(page)).figures, edited.figures);
  }));

test("disabled, by itself or by a fieldset, it is read and not edited", () =>
  onStage({}, async ({ page }) => {
    await host(page, 'name="annual" mode="edit"', { around: ['<fieldset id="set">', "</fieldset>"] });
    await inEditor(page);
    const fields = (count) => page.waitForFunction((some) => Boolean(document.getElementById("r").shadowRoot.querySelector("td input:not([readonly])")) === some, count);
    await fields(true);
    await page.evaluate(() => (document.getElementById("set").disabled = true));
    await fields(false);
    assert.equal(await page.evaluate(() => document.getElementById("r").undo()), false);
    await page.evaluate(() => (document.getElementById("set").disabled = false));
    await fields(true);
    await page.evaluate(() => (document.getElementById("r").readOnly = true));
    await fields(false);
  }));

test("who comes back to the page by the browser's history finds what was edited", () =>
  onStage({}, async ({ page }) => {
    await host(page, 'name="annual" mode="edit" drafts="off"');
    await inEditor(page);
    await enter(page, "5");
    await page.waitForFunction(() => document.getElementById("r").matches(":state(edited)"));
    server.answers["/other.html"] = htmlPage("<p>别的网页</p>");
    await page.goto(`${server.url}other.html`);
    await page.goBack();
    await showsReport(page, sound.agency, sound.year);
    await page.waitForFunction((cell) => document.getElementById("r").report.figures[cell] === 5, cell);
  }));

test("change is told as by any control, once for each edit, and never for what the page itself sets", () =>
  onStage({}, async ({ page }) => {
    await host(page, 'name="annual" mode="edit" drafts="off"');
    await page.evaluate(() => {
      window.changes = 0;
      document.getElementById("f").addEventListener("change", ({ target }) => (window.changes += target.id === "r"));
    });
    await inEditor(page);
    assert.equal(await page.evaluate(() => window.changes), 0);
    await enter(page, "5");
    await page.waitForFunction(() => window.changes === 1);
    await page.evaluate(() => document.getElementById("r").undo());
    assert.equal(await page.evaluate(() => window.changes), 2);
    const before = await page.evaluate(() => window.changes);
    await page.evaluate((report) => (document.getElementById("r").report = report), { ...sound, year: 2022 });
    await showsReport(page, sound.agency, 2022);
    await page.evaluate((text) => (document.getElementById("r").value = text), JSON.stringify({ ...sound, year: 2021 }));
    await showsReport(page, sound.agency, 2021);
    assert.equal(await page.evaluate(() => window.changes), before);
  }));

test("setting what is shown already keeps the view and the focus as they are", () =>
  onStage({}, async ({ page }) => {
    await host(page, 'mode="edit" drafts="off"');
    await inEditor(page);
    // As a page does that keeps the report in its own state.
    await page.evaluate(() => {
      const report = document.getElementById("r");
      window.readied = 0;
      report.addEventListener("nianbao-ready", () => (window.readied += 1));
      report.addEventListener("nianbao-change", () => (report.report = report.report));
    });
    await page.evaluate((at) => document.getElementById("r").focusCell(at), cell);
    await focusIs(page, cell);
    await page.keyboard.type("12345");
    await page.waitForFunction((cell) => document.getElementById("r").report.figures[cell] === 12345, cell);
    assert.equal((await focused(page)).cell, cell);
    assert.equal(await page.evaluate(() => window.readied), 0);
  }));

test("where the browser associates no elements with forms, the report goes along all the same", () =>
  onStage({}, async ({ page, complaints }) => {
    await page.addInitScript(() => delete HTMLElement.prototype.attachInternals);
    await host(page, 'name="annual"');
    await showsAReport(page);
    await page.evaluate(() => {
      // Such a browser knows no form-associated elements.
      document.getElementById("f").noValidate = true;
    });
    await page.locator("#send").click();
    await page.waitForFunction(() => window.sent.length === 1);
    const [{ annual }] = await page.evaluate(() => window.sent);
    assert.deepEqual(JSON.parse(annual), sound);
    assert.deepEqual(complaints, []);
  }));
