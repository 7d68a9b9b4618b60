// Where figures come from is told beside them; what was inferred is checked and confirmed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, beforeEach, test } from "node:test";
import { faults, noAxe } from "./accessibility.mjs";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import { focusIs, focused, forget, htmlPage, onStage, readJson, script, showsReport, tabTo } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

// The demo’s report of Suqian with the digits of its rows run together, as they are torn from a page.
const torn = readFileSync(new URL("fixtures/torn.txt", import.meta.url));
const truth = readJson("www/demo/2023-suqian.json");

async function host(page, mode = "view", language = "zh-CN") {
  server.answers["/torn.txt"] = { status: 200, type: "text/plain; charset=utf-8", body: torn };
  const element = `<nianbao-report id="r" src="torn.txt" mode="${mode}" lang="${language}"></nianbao-report>`;
  server.answers["/host.html"] = htmlPage(`<main><h1>年报</h1>${element}</main>`, script);
  await page.goto(`${server.url}host.html`);
  await showsReport(page, "宿迁市", 2023, "#r");
}

const inside = (page) => page.locator("#r");
const report = (page) => page.evaluate(() => document.getElementById("r").report);
const inferred = async (page) => (await report(page)).inferred ?? [];
const exported = (page) =>
  page.evaluate(async () => JSON.parse(await (await document.getElementById("r").exportAs("json", { provenance: true })).text()));
const cellOf = (page, address) => inside(page).locator(`td[data-cell="${address}"]`);
async function focusCell(page, address) {
  await page.evaluate((address) => document.getElementById("r").focusCell(address), address);
  await focusIs(page, address);
}
const said = (page, sentence) => inside(page).getByRole("status").filter({ hasText: sentence }).waitFor();

test("what is inferred from torn rows is right, and marked; what cannot be known is left open", () =>
  onStage({}, async ({ page, complaints }) => {
    await host(page);
    const { figures, inferred, unread } = await report(page);
    assert.ok(inferred.length > 100, `${inferred.length} are inferred`);
    for (const [address, value] of Object.entries(figures)) assert.equal(value, truth.figures[address], address);
    for (const address of unread) assert.equal(figures[address], undefined, address);
    assert.equal(await inside(page).locator("td.inferred").count(), inferred.length);
    // It is said once, beside the result of the check, and each mark is its own.
    await inside(page).getByText(`${inferred.length} 个数据按勾稽关系等推定`).waitFor();
    assert.equal(await inside(page).locator("td.inferred.marked").count(), 0);
    assert.deepEqual(complaints, []);
  }));

test("a reader is told where an inferred figure comes from, below its row, by the mouse and the keyboard", () =>
  onStage({}, async ({ page }) => {
    await host(page);
    const address = "requests.granted.business";
    const mark = cellOf(page, address).getByRole("button");
    await mark.click();
    const told = inside(page).locator(".told.inferred");
    assert.match(await told.innerText(), /按勾稽关系等推定.*torn\.txt，第 \d+ 行，“11751203101191”/);
    assert.equal(await mark.getAttribute("aria-expanded"), "true");
    await page.keyboard.press("Enter");
    await told.waitFor({ state: "detached" });
    assert.equal(await mark.getAttribute("aria-expanded"), "false");
    assert.match(await cellOf(page, "article20_8.fees.amount").getAttribute("title"), /原文读取：torn\.txt，第 \d+ 行/);
  }));

test("in the editor the origin of the cell that has the focus is told, and of one that is typed what stood there", () =>
  onStage({}, async ({ page }) => {
    await host(page, "edit");
    const origin = inside(page).locator("#origin");
    await focusCell(page, "article20_8.fees.amount");
    await origin.filter({ hasText: /原文读取：torn\.txt，第 \d+ 行，“59237\.2449”/ }).waitFor();
    await page.keyboard.type("59237.25");
    await page.keyboard.press("Enter");
    await focusCell(page, "article20_8.fees.amount");
    await origin.filter({ hasText: /人工填写，原处为 torn\.txt.*“59237\.2449”/ }).waitFor();
    const { cells, file } = (await exported(page)).provenance;
    assert.equal(file, "torn.txt");
    assert.deepEqual([cells["article20_8.fees.amount"].how, cells["article20_8.fees.amount"].text], ["typed", "59237.2449"]);
    assert.equal(cells["requests.granted.business"].how, "inferred");
    assert.equal((await report(page)).provenance, undefined);
    await page.evaluate(() => document.getElementById("r").undo());
    assert.equal((await exported(page)).provenance.cells["article20_8.fees.amount"].how, "read");
  }));

test("inferred cells are confirmed by the keyboard, one after the other, and that can be taken back", () =>
  onStage({}, async ({ page }) => {
    await host(page, "edit");
    const before = await inferred(page);
    await focusCell(page, before[0]);
    await page.keyboard.press("Control+Enter");
    await said(page, `已确认，还有 ${before.length - 1} 格待确认`);
    assert.deepEqual(await inferred(page), before.slice(1));
    assert.equal((await focused(page)).cell, before[0]);
    assert.equal((await exported(page)).provenance.cells[before[0]].how, "confirmed");
    await inside(page).locator("#origin").filter({ hasText: "推定，已确认" }).waitFor();
    // On a cell that needs none it leads to the next that does.
    await page.keyboard.press("Control+Enter");
    await page.waitForFunction((cell) => {
      const active = document.getElementById("r").shadowRoot.activeElement;
      return active?.dataset.cell && active.dataset.cell !== cell;
    }, before[0]);
    assert.ok(before.includes((await focused(page)).cell));
    // A selection is confirmed at once.
    await focusCell(page, "requests.granted.natural_person");
    for (let step = 0; step < 6; step++) await page.keyboard.press("Shift+ArrowRight");
    await inside(page).getByRole("button", { name: "确认所选 7 格" }).waitFor();
    await page.keyboard.press("Control+Enter");
    const left = await inferred(page);
    assert.deepEqual(left.filter((cell) => cell.startsWith("requests.granted.")), []);
    assert.equal(left.length, before.length - 8);
    for (let step = 0; step < 2; step++) await page.keyboard.press("Control+z");
    assert.deepEqual(await inferred(page), before);
  }));

test("the cells to be checked first are listed, each with the way to it, and confirmed there", () =>
  onStage({}, async ({ page }) => {
    await host(page, "edit");
    const before = await inferred(page);
    const list = inside(page).locator(".doubtful");
    assert.match(await list.locator("h3").innerText(), new RegExp(`${before.length} 格按勾稽关系等推定，\\d+ 格没有读清`));
    await list.getByRole("button", { name: /全部/ }).last().click();
    await focusIs(page, "to-check");
    const items = list.getByRole("listitem");
    assert.equal(await items.count(), before.length + (await report(page)).unread.length);
    const confirm = (address) => inside(page).locator(`[id="confirm-${address}"]`);
    const number = before.indexOf("requests.granted.business");
    await confirm(before[number]).press("Enter");
    await confirm(before[number]).waitFor({ state: "detached" });
    assert.match((await focused(page)).id, /^confirm-requests\./);
    assert.deepEqual(await inferred(page), before.filter((_, at) => at !== number));
    await list.getByRole("button", { name: "本部分全部确认" }).first().press("Enter");
    await said(page, "没有待确认的格了");
    assert.deepEqual(await inferred(page), []);
    assert.equal(await inside(page).locator("td.inferred").count(), 0);
    await page.evaluate(() => document.getElementById("r").undo());
    assert.equal((await inferred(page)).length, before.length - 1);
  }));

test("the bar counts what is to be checked and leads to it; what is not read is not filled in", () =>
  onStage({}, async ({ page }) => {
    await host(page, "edit");
    const { inferred, unread } = await report(page);
    const bar = inside(page).locator(".bar");
    await bar.getByText(`已填 ${200 - unread.length}/200 格`).waitFor();
    await tabTo(page, ({ text }) => text === `待确认 ${inferred.length + unread.length} 格`);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.activeElement?.dataset.cell);
    assert.equal((await focused(page)).cell, unread[0]);
  }));

test("drafts and files keep what was confirmed and what was not", () =>
  onStage({}, async ({ page }) => {
    await host(page, "edit");
    const before = await inferred(page);
    await focusCell(page, before[0]);
    await page.keyboard.press("Control+Enter");
    await said(page, "已确认");
    await page.waitForTimeout(500);
    await page.reload();
    await showsReport(page, "宿迁市", 2023, "#r");
    await page.waitForFunction((count) => document.getElementById("r").report.inferred.length === count, before.length - 1);
    const cells = (await exported(page)).provenance.cells;
    assert.deepEqual([cells[before[0]].how, cells[before[1]].how], ["confirmed", "inferred"]);
  }));

for (const [look, mode, context, language] of [
  ["in Chinese", "view", {}],
  ["in English", "edit", {}, "en"],
  ["in the dark", "edit", { colorScheme: "dark" }],
  ["at 360 px", "edit", { viewport: { width: 360, height: 740 } }],
]) {
  test(`axe finds nothing wrong where origins are told, ${look}`, { skip: noAxe }, () =>
    onStage({ bypassCSP: true, reducedMotion: "reduce", ...context }, async ({ page }) => {
      await host(page, mode, language);
      if (mode === "edit") await focusCell(page, "requests.granted.business");
      else await cellOf(page, "requests.granted.business").getByRole("button").click();
      assert.deepEqual(await faults(page), []);
    }));
}
