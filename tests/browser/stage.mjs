// What the tests of the page have in common: a page of one's own, figures by address, waiting.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openPage, root } from "./launch.mjs";

/** Runs a test in a browser of its own, with further arguments, and closes it whatever happens. */
export async function onStage(context, play, args) {
  const stage = await openPage(context, args);
  stage.page.setDefaultTimeout(30_000);
  try {
    return await play(stage);
  } finally {
    await stage.close();
  }
}

export const readJson = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));

/**
 * A report with a fault of every kind: one figure that breaks its row and its column (one suggestion puts it right),
 * a total that is not the sum of its parts, a balance over totals, blanks, words of the text that are not those of the table, a year for
 * which the form is not in force.
 */
export function faulty() {
  const report = readJson("www/demo/2023-suqian.json");
  const { figures, sections } = report;
  figures["requests.granted.natural_person"] = 1157;
  figures["disputes.review.total"] = 0;
  for (const column of ["business", "total"]) figures[`requests.carried_out.${column}`] += 2;
  for (const cell of ["issued", "repealed"]) delete figures[`article20_1.rules.${cell}`];
  delete figures["article20_6.coercion.decisions"];
  sections.overview += `\n\n2023年共收到政府信息公开申请${figures["requests.received.total"] + figures["requests.carried_in.total"]}件。`;
  report.year = 2020;
  return report;
}

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
    const shown = (cell) => {
      const field = cell.querySelector("input");
      return field ? field.value : cell.classList.contains("blank") ? "" : cell.textContent.trim();
    };
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

/** Where the keyboard's focus stands, through shadow roots: its id, the address of its cell, its text and name, what it controls. */
export const focused = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const attribute = (name) => element?.getAttribute(name) ?? "";
    return {
      id: element?.id ?? "",
      cell: element?.closest("[data-cell]")?.dataset.cell ?? null,
      text: (element?.matches("input, textarea") ? element.value : element?.textContent) ?? "",
      name: attribute("aria-label"),
      controls: attribute("aria-controls"),
    };
  });

/** Waits until the focus is on what has this id or is the cell at this address. */
export const focusIs = (page, wanted) =>
  page
    .waitForFunction((wanted) => {
      const active = document.activeElement.shadowRoot?.activeElement;
      return active && (active.id === wanted || active.dataset.cell === wanted);
    }, wanted)
    .catch(async (error) => {
      throw new Error(`${error.message} It should be on ${wanted} and is on ${JSON.stringify(await focused(page))}`);
    });

/** Waits until what has the focus is seen as a whole. */
export const isInView = (page) =>
  page.waitForFunction(() => {
    const { top, bottom, left, right } = document.activeElement.shadowRoot.activeElement.getBoundingClientRect();
    return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
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

/** What a page has of its own around the widget: a script that goes on, and a button that it answers. */
export const around = `<button id="around" type="button">0</button><script>
  const around = document.getElementById("around");
  around.addEventListener("click", () => (around.textContent = Number(around.textContent) + 1));
  setInterval(() => (window.ticks = (window.ticks || 0) + 1), 20);
</script>`;

/** What is thrown in a page and caught by nobody, as it comes. */
export function thrownIn(page) {
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(String(error.stack ?? error)));
  return thrown;
}

/** Fails unless what a page has `around` the widget goes on. */
export async function goesOn(page) {
  const before = await page.evaluate(() => {
    document.getElementById("around").click();
    return { ticks: window.ticks || 0, clicks: Number(document.getElementById("around").textContent) };
  });
  if (!(before.clicks > 0)) throw new Error("the page's own button does not answer");
  await page.waitForFunction((ticks) => window.ticks > ticks, before.ticks);
}

/** JSON for the server to answer with. */
export const json = (value) => ({ status: 200, type: "application/json", body: JSON.stringify(value) });

/** Makes the server answer as it does by itself again. */
export function forget(server) {
  for (const path of Object.keys(server.answers)) delete server.answers[path];
  server.requests.length = 0;
}

/** The strictest policy that lets a module run. What is refused under it, the browser tells the server. */
export const policy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types nianbao",
  "report-uri /told-by-the-browser",
].join("; ");

/** Begins to read a file; what comes of it is in `window.read`: null, or the error's name and message. */
export const beginReading = (page, content, name) =>
  page.evaluate(
    ([content, name]) => {
      window.read = undefined;
      const done = document.getElementById("r").importFile(new File([content], name));
      done.then(() => (window.read = null), (error) => (window.read = [error.name, error.message]));
    },
    [content, name],
  );
