// A report is filled in: by keyboard alone, by mouse, by pasting, by composing characters.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { dist, root } from "./launch.mjs";
import { serve } from "./server.mjs";
import { addressesOf, focused, focusIs, forget, htmlPage, json, onStage, readJson, script, showsAReport, tabTo } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

const form = readJson("forms/gongkai-2021.json");
const real = readJson("www/demo/2023-suqian.json");
const tables = addressesOf(form);
/** The cells of a table row by row. */
const rowsOf = (table) => tables.find((known) => known.table === table).rows;
const empty = { form: real.form, agency: real.agency, year: real.year, figures: {} };
const isTotal = (cell) => /\.total$|\.handled_total\./.test(cell);

async function edit(page, report, attributes = "") {
  server.answers["/report.json"] = json(report);
  server.answers["/host.html"] = htmlPage(`<nianbao-report id="r" src="report.json" mode="edit" ${attributes}></nianbao-report>`, script);
  await page.goto(`${server.url}host.html`);
  await showsAReport(page, "#r");
}

const inside = (page) => page.locator("#r");
const figures = (page) => page.evaluate(() => document.getElementById("r").report.figures);
const figure = async (page, cell) => (await figures(page))[cell];
const figureIs = (page, cell, value) =>
  page
    .waitForFunction(([cell, value]) => (document.getElementById("r").report.figures[cell] ?? null) === value, [cell, value])
    .catch(async () => assert.equal(await figure(page, cell), value, cell));
const errors = (page) => page.evaluate(() => document.getElementById("r").findings.filter(({ severity }) => severity === "error"));
const goTo = async (page, cell) => {
  await page.evaluate((cell) => document.getElementById("r").focusCell(cell), cell);
  await focusIs(page, cell);
};
const cellAt = (page, cell) => inside(page).locator(`input[data-cell="${cell}"]`);
const undo = (page) => page.evaluate(() => document.getElementById("r").undo());
const said = (page, text) => inside(page).getByRole("status").filter({ hasText: text }).waitFor();
/** The cells that are selected, or the one with the focus where it is alone. */
const selected = (page) =>
  inside(page).locator("td[aria-selected=true]").evaluateAll((cells) => cells.map((cell) => cell.dataset.cell));
const exported = (page) =>
  page.evaluate(async () => JSON.parse(await (await document.getElementById("r").exportAs("json")).text()));

/** Puts something on the page's clipboard, as if another program had. */
const clip = (page, flavours) =>
  page.evaluate((flavours) => {
    const field = document.getElementById("r").shadowRoot.activeElement;
    const clipboardData = new DataTransfer();
    for (const [kind, data] of Object.entries(flavours)) clipboardData.setData(kind, data);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));
  }, flavours);
/** What a copy or cut puts on the clipboard. */
const copied = (page, kind = "copy") =>
  page.evaluate((kind) => {
    const field = document.getElementById("r").shadowRoot.activeElement;
    const clipboardData = new DataTransfer();
    field.dispatchEvent(new ClipboardEvent(kind, { clipboardData, bubbles: true, composed: true, cancelable: true }));
    return { text: clipboardData.getData("text/plain"), html: clipboardData.getData("text/html") };
  }, kind);

test("a report is filled in from the keyboard alone, wrong once, repaired, and equals the real one", { timeout: 300_000 }, () =>
  onStage({}, async ({ page, complaints }) => {
    await edit(page, empty);
    for (const { table, rows } of tables) {
      for (const row of rows) {
        // Totals are computed: whoever comes by only looks.
        for (const cell of row) {
          if ((await focused(page)).cell !== cell) await tabTo(page, (at) => at.cell === cell, 60);
          if (!isTotal(cell)) await page.keyboard.type(String(real.figures[cell]));
        }
        if (table === "requests" && row[0].includes(".granted.")) {
          // One key too many is seen at once, and taken back.
          await page.keyboard.press("Shift+Tab");
          await page.keyboard.type("x");
          await figureIs(page, row[5], "x");
          await page.waitForFunction(() => document.getElementById("r").findings.some(({ rule }) => rule === "not-a-number"));
          await page.keyboard.press("Escape");
          await figureIs(page, row[5], real.figures[row[5]]);
          await page.keyboard.press("Tab");
        }
      }
    }
    for (const [cell, value] of Object.entries(real.figures)) await figureIs(page, cell, value);
    assert.deepEqual(await errors(page), []);

    // An error: it is found, its suggestion followed with one key.
    const wrong = "requests.granted.natural_person";
    const right = real.figures[wrong];
    const total = "requests.granted.total";
    await goTo(page, total);
    await page.keyboard.type("1");
    await figureIs(page, total, 1);
    await inside(page).locator("#summary").filter({ hasText: "1 处错误" }).waitFor();
    await page.keyboard.press("Shift+F2");
    await page.waitForFunction(() => /^finding-/.test(document.getElementById("r").shadowRoot.activeElement.id));
    await tabTo(page, ({ name }) => name.startsWith("采用："));
    await page.keyboard.press("Enter");
    await figureIs(page, total, real.figures[total]);
    assert.deepEqual(await errors(page), []);

    // A block is pasted, undone, done again, undone.
    await goTo(page, wrong);
    await clip(page, { "text/plain": "5\t6\n7\t8\n" });
    await figureIs(page, "requests.partly_granted.business", 8);
    await page.keyboard.press("Control+z");
    await figureIs(page, wrong, right);
    await page.keyboard.press("Control+y");
    await figureIs(page, wrong, 5);
    await page.keyboard.press("Control+Shift+z");
    await page.keyboard.press("Control+z");
    await figureIs(page, wrong, right);

    // The exported report is the real one; so it is after a crash and a reload.
    assert.deepEqual((await exported(page)).figures, real.figures);
    await page.waitForTimeout(500);
    await page.reload();
    await showsAReport(page, "#r");
    await figureIs(page, "requests.received.total", real.figures["requests.received.total"]);
    assert.deepEqual((await exported(page)).figures, real.figures);
    assert.equal((await exported(page)).by_hand, undefined);
    assert.deepEqual(complaints, []);
  }));

test("the same by mouse: clicking, typing, selecting by dragging and by heads", { timeout: 60_000 }, () =>
  onStage({ viewport: { width: 1280, height: 900 } }, async ({ page, complaints }) => {
    await edit(page, { ...empty, figures: { ...real.figures } });
    const [first, second] = ["requests.received.natural_person", "requests.carried_in.business"];
    await cellAt(page, first).click();
    await focusIs(page, first);
    await page.keyboard.type("7");
    await cellAt(page, second).click();
    await figureIs(page, first, 7);
    await figureIs(page, "requests.received.total", real.figures["requests.received.total"] - real.figures[first] + 7);
    // A double click goes into the cell, an arrow moves the caret there.
    await cellAt(page, first).dblclick();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("1");
    await figureIs(page, first, 17);
    await page.keyboard.press("Escape");
    await figureIs(page, first, 7);
    // Dragging selects, Delete clears, and one undo brings it all back.
    await cellAt(page, first).hover();
    await page.mouse.down();
    await cellAt(page, second).hover();
    await page.mouse.up();
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.querySelectorAll("td[aria-selected=true]").length === 4);
    await page.keyboard.press("Delete");
    await figureIs(page, first, null);
    await figureIs(page, second, null);
    await page.keyboard.press("Control+z");
    await figureIs(page, first, 7);
    await page.keyboard.press("Control+z");
    await figureIs(page, first, real.figures[first]);
    // A head selects its row, one over several all of theirs.
    await inside(page).locator("th").filter({ hasText: /^二、上年结转/ }).click();
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.querySelectorAll("td[aria-selected=true]").length === 7);
    await inside(page).locator("th").filter({ hasText: /^（三）不/ }).click();
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.querySelectorAll("td[aria-selected=true]").length === 56);
    await inside(page).locator("th").filter({ hasText: "商业" }).click();
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.querySelectorAll("td[aria-selected=true]").length === 25);
    // A total by hand is a finding, with one click back.
    const total = "requests.received.total";
    await cellAt(page, total).click();
    await page.keyboard.type("1");
    await inside(page).locator("#summary").filter({ hasText: "1 处错误" }).waitFor();
    assert.deepEqual((await exported(page)).by_hand, [total]);
    await inside(page).getByRole("button", { name: /改回各项之和/ }).click();
    await figureIs(page, total, real.figures[total]);
    assert.deepEqual(await errors(page), []);
    assert.deepEqual(complaints, []);
  }));

test("keys move and select as in a spreadsheet", () =>
  onStage({}, async ({ page }) => {
    await edit(page, { ...real });
    const rows = rowsOf("requests");
    const press = async (keys, cell) => {
      await page.keyboard.press(keys);
      await focusIs(page, cell);
    };
    await goTo(page, rows[1][1]);
    await press("ArrowUp", rows[0][1]);
    await press("ArrowUp", rows[0][1]);
    await press("End", rows[0][6]);
    await press("Home", rows[0][0]);
    await press("Control+ArrowDown", rows.at(-1)[0]);
    await press("Control+ArrowRight", rows.at(-1)[6]);
    await press("Control+Home", rows[0][0]);
    await press("Control+End", rows.at(-1)[6]);
    await press("Control+Home", rows[0][0]);
    // Enter goes below the cell from which one went along the row.
    await press("Tab", rows[0][1]);
    await press("Tab", rows[0][2]);
    await press("Enter", rows[1][0]);
    await press("Shift+Enter", rows[0][0]);
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowDown");
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.querySelectorAll("td[aria-selected=true]").length === 4);
    assert.deepEqual(await selected(page), [rows[0][0], rows[0][1], rows[1][0], rows[1][1]]);
    const { text, html } = await copied(page);
    const row = (at) => [rows[at][0], rows[at][1]].map((cell) => real.figures[cell]);
    assert.equal(text.trim(), [row(0), row(1)].map((cells) => cells.join("\t")).join("\r\n").trim());
    assert.match(html, /<table/);
    await page.keyboard.press("Control+a");
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.querySelectorAll("td[aria-selected=true]").length === 175);
    await copied(page, "cut");
    await figureIs(page, rows[3][3], null);
    assert.equal(await undo(page), true);
    await figureIs(page, rows[3][3], real.figures[rows[3][3]]);
    // F2 goes in, Esc comes back, Esc and Tab leave.
    await goTo(page, rows[0][0]);
    await page.keyboard.press("F2");
    await page.keyboard.type("9");
    await figureIs(page, rows[0][0], Number(`${real.figures[rows[0][0]]}9`));
    await page.keyboard.press("Escape");
    await figureIs(page, rows[0][0], real.figures[rows[0][0]]);
    await page.keyboard.press("Escape");
    await said(page, "再按 Tab 离开表格");
    await page.keyboard.press("Tab");
    await page.waitForFunction(() => !document.getElementById("r").shadowRoot.activeElement?.dataset.cell?.startsWith("requests"));
    // One stop for the Tab key in each table.
    const stops = await inside(page).locator('td input[tabindex="0"]').count();
    assert.equal(stops, 3);
  }));

test("each cell is announced with its row and column, a computed total as such", () =>
  onStage({}, async ({ page }) => {
    await edit(page, { ...real });
    await inside(page).getByRole("textbox", { name: /上年结转.*商业企业/ }).waitFor();
    await inside(page).getByRole("textbox", { name: /新收.*总计.*自动合计/ }).waitFor();
    assert.equal(await inside(page).getByRole("grid").count(), 3);
    assert.equal(await inside(page).getByRole("gridcell").getByRole("textbox").count(), 200);
    const live = inside(page).getByRole("status");
    await goTo(page, "requests.received.business");
    await page.keyboard.type("12x");
    await said(page, /现在：.*处错误/);
    assert.equal(await live.first().evaluate((live) => live.getAttribute("aria-live") ?? "polite"), "polite");
    await focusIs(page, "requests.received.business");
  }));

test("characters are composed undisturbed, and full-width ones become numbers", () =>
  onStage({}, async ({ page }) => {
    await edit(page, { ...real });
    const cell = "article20_8.fees.amount";
    await goTo(page, cell);
    const session = await page.context().newCDPSession(page);
    const compose = (text) => session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await compose("１");
    await compose("１２");
    assert.equal(await figure(page, cell), real.figures[cell], "half a word is nothing yet");
    await session.send("Input.insertText", { text: "１２，３４５．６" });
    await figureIs(page, cell, 12345.6);
    assert.equal((await focused(page)).text, "１２，３４５．６", "what is typed stays as it is typed");
    await page.keyboard.press("Enter");
    await page.waitForFunction((cell) => document.getElementById("r").shadowRoot.querySelector(`input[data-cell="${cell}"]`).value === "12345.6", cell);
    assert.equal(await undo(page), true);
    await figureIs(page, cell, real.figures[cell]);
    assert.equal(await undo(page), false, "it was one step");
  }));

test("another unit is converted only when that is wanted, and text that is no number stays", () =>
  onStage({}, async ({ page }) => {
    await edit(page, { ...real });
    const cell = "article20_8.fees.amount";
    await goTo(page, cell);
    await page.keyboard.type("80618元");
    await page.keyboard.press("Enter");
    await figureIs(page, cell, "80618元");
    const [finding] = await errors(page);
    assert.deepEqual([finding.rule, finding.repairs[0].changes[0].to], ["not-a-number", "8.0618"]);
    await inside(page).getByRole("button", { name: /^采用/ }).first().click();
    await figureIs(page, cell, 8.0618);
    await goTo(page, cell);
    await page.keyboard.type("8万元");
    await figureIs(page, cell, 8);
  }));

test("the clipboards of other programs are pasted as tables", { timeout: 60_000 }, () =>
  onStage({}, async ({ page, complaints }) => {
    const fixture = (name) => readFileSync(join(root, "tests/fixtures/clipboard", name), "utf8");
    await edit(page, empty);
    await goTo(page, "disputes.review.upheld");
    await clip(page, { "text/html": "<meta charset='utf-8'><table><tr><td>1<td>2<td>3<td>4</table>", "text/plain": "1\t2\t3\t4" });
    await figureIs(page, "disputes.review.pending", 4);
    await figureIs(page, "disputes.review.total", 10);
    // What does not fit is shown first; then the focus is on the question, and Esc or the button goes back.
    await goTo(page, "disputes.review.upheld");
    await clip(page, { "text/plain": "8\n9\n" });
    await focusIs(page, "asking");
    await inside(page).getByText(/放不下/).waitFor();
    assert.equal(await figure(page, "disputes.review.upheld"), 1);
    await page.keyboard.press("Escape");
    await focusIs(page, "disputes.review.upheld");
    assert.equal(await inside(page).locator("#asking").count(), 0);
    await clip(page, { "text/plain": "8\n9\n" });
    await inside(page).getByRole("button", { name: "仍然粘贴" }).click();
    await figureIs(page, "disputes.review.upheld", 8);
    // A whole table of a page is recognised wherever it is pasted.
    for (const name of ["cms-page.html", "excel-2016.html"]) {
      await goTo(page, "article20_1.rules.issued");
      await clip(page, { "text/html": fixture(name), "text/plain": "" });
      await inside(page).getByText(/粘贴的是一张完整的表/).waitFor();
      await inside(page).getByRole("button", { name: "填入表格" }).click();
      await page.waitForFunction(() => document.getElementById("r").report.figures["requests.received.total"] > 0);
      assert.equal(await undo(page), true, name);
      await figureIs(page, "requests.received.total", null);
    }
    assert.deepEqual(complaints, []);
  }));

test("blanks are counted, found one by one, filled with 0 after asking, and last year's figures are proposed", () =>
  onStage({}, async ({ page }) => {
    server.answers["/last.json"] = json({ ...real, year: real.year - 1 });
    await edit(page, { ...empty, figures: { "requests.received.natural_person": 3 } }, 'prior-src="last.json"');
    await inside(page).getByText("已填 1/200 格").waitFor();
    await goTo(page, "requests.received.natural_person");
    await inside(page).getByRole("button", { name: "下一个空格" }).click();
    await focusIs(page, "requests.received.business");
    await inside(page).getByRole("button", { name: "带入上年数…" }).click();
    await focusIs(page, "asking");
    await inside(page).getByRole("button", { name: "带入", exact: true }).click();
    await figureIs(page, "requests.carried_in.total", real.figures["requests.carried_out.total"]);
    await inside(page).getByRole("button", { name: "空格填 0…" }).click();
    await inside(page).getByText(/要全部填 0 吗/).waitFor();
    await inside(page).getByRole("button", { name: "全部填 0" }).click();
    await inside(page).getByText("已填 200/200 格").waitFor();
    await figureIs(page, "requests.received.total", 3);
    assert.equal(await undo(page), true);
    await figureIs(page, "disputes.review.total", null);
  }));

test("a file that is read in while one edits is one step, and one that is no report changes nothing", () =>
  onStage({}, async ({ page }) => {
    await edit(page, { ...empty, figures: { "requests.received.natural_person": 3 } });
    const read = (text) =>
      page.evaluate((text) => document.getElementById("r").importFile(new Blob([text])).then(() => null, (error) => error.message), text);
    assert.equal(await read(JSON.stringify(real)), null);
    await figureIs(page, "requests.received.total", real.figures["requests.received.total"]);
    await said(page, "文件已读入");
    assert.match(await read("今天天气很好。"), /。$/);
    assert.deepEqual((await exported(page)).figures, real.figures);
    assert.equal(await undo(page), true);
    await figureIs(page, "requests.received.natural_person", 3);
    assert.equal(await page.evaluate(() => document.getElementById("r").redo()), true);
    await figureIs(page, "requests.received.total", real.figures["requests.received.total"]);
  }));

test("findings come and go without moving what is filled in", () =>
  onStage({ viewport: { width: 1280, height: 700 } }, async ({ page }) => {
    await edit(page, { ...real });
    const cell = "requests.granted.research";
    await goTo(page, cell);
    await page.waitForTimeout(700);
    const top = () => cellAt(page, cell).evaluate((field) => Math.round(field.getBoundingClientRect().top));
    const before = await top();
    for (const text of ["9", "x", "y"]) {
      await page.keyboard.type(text);
      await page.waitForTimeout(60);
      assert.ok(Math.abs((await top()) - before) <= 1, `it moved from ${before} to ${await top()}`);
      await focusIs(page, cell);
    }
    assert.ok((await errors(page)).length > 0);
    await page.keyboard.press("Escape");
    await page.waitForTimeout(60);
    assert.ok(Math.abs((await top()) - before) <= 1);
  }));
