// What the tests of the page have in common: a page of one's own, figures by address, waiting.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openPage, root } from "./launch.mjs";

/** Runs a test in a browser of its own and closes it whatever happens. */
export async function onStage(context, play) {
  const stage = await openPage(context);
  stage.page.setDefaultTimeout(15_000);
  try {
    return await play(stage);
  } finally {
    await stage.close();
  }
}

export const readJson = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));

/** Every address of a form, table by table: [{ table, rows: [[address, …], …] }]. */
export function addressesOf(form) {
  const leaves = (heads) => heads.flatMap((head) => (head.heads ? leaves(head.heads) : [head.id]));
  return form.tables.map(({ id, rows, columns }) => ({
    table: id,
    rows: leaves(rows).map((row) => leaves(columns).map((column) => `${id}.${row}.${column}`)),
  }));
}

/** What the cells of the widget show, by address; nothing for a blank one. */
export const shownFigures = (page, selector = "nianbao-report") =>
  page.evaluate((selector) => {
    const cells = Array.from(document.querySelector(selector).shadowRoot.querySelectorAll("td[data-cell]"));
    const shown = (cell) => (cell.classList.contains("blank") ? "" : cell.textContent.trim());
    return Object.fromEntries(cells.map((cell) => [cell.dataset.cell, shown(cell)]));
  }, selector);

/** Waits until the element shows a report: this agency's of this year, where they are named. */
export async function showsReport(page, agency, year, selector = "nianbao-report") {
  const wanted = ({ selector, agency, year }) => {
    const element = document.querySelector(selector);
    const there = element.shadowRoot?.querySelector("td[data-cell]") && element.report;
    return there && (!agency || (there.agency === agency && there.year === year));
  };
  await page.waitForFunction(wanted, { selector, agency, year }).catch(async (error) => {
    const shown = await page.evaluate((selector) => document.querySelector(selector)?.shadowRoot?.textContent, selector);
    throw new Error(`${error.message} It shows: ${shown?.slice(0, 200)}`);
  });
}

export const showsAReport = (page, selector) => showsReport(page, undefined, undefined, selector);

/** Where the keyboard's focus stands, through shadow roots: its id, the address of its cell, its text. */
export const focused = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const cell = element?.closest("[data-cell]");
    return { id: element?.id ?? "", cell: cell?.dataset.cell ?? null, text: element?.textContent ?? "" };
  });

/** Presses the Tab key until the focus is where it is wanted, at most so many times. */
export async function tabTo(page, wanted, times = 40) {
  for (let time = 0; time < times; time++) {
    await page.keyboard.press("Tab");
    if (wanted(await focused(page))) return;
  }
  throw new Error(`the Tab key did not come to it in ${times} steps`);
}

/** An HTML page for the server to answer with. */
export const htmlPage = (body, head = "") => ({
  status: 200,
  type: "text/html; charset=utf-8",
  body: `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>某县人民政府</title>${head}</head><body>${body}</body></html>`,
});

/** The line with which a page loads the widget. */
export const script = '<script type="module" src="/nianbao.js"></script>';

/** JSON for the server to answer with. */
export const json = (value) => ({ status: 200, type: "application/json", body: JSON.stringify(value) });

/** Makes the server answer as it does by itself again. */
export function forget(server) {
  for (const path of Object.keys(server.answers)) delete server.answers[path];
  server.requests.length = 0;
}
