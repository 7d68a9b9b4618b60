// What the pages of all peers have in common: the report is fetched, its texts stand as paragraphs, each table is
// built by the peer in its place, the sums are checked, and where the page wants charts, they come after that.
import form from "form";
import { check } from "./check.mjs";
import { drawingsOf } from "./drawings.mjs";
import { sectionsOf } from "./report.mjs";

const main = document.querySelector("main");

function put(name, text, where = main) {
  const element = document.createElement(name);
  element.textContent = text;
  return where.appendChild(element);
}

function placed(className, where = main) {
  const place = put("div", "", where);
  place.className = className;
  return place;
}

/**
 * Shows the report. `build(place, table)` makes a table and resolves when it stands; `charts()` loads what draws:
 * a module with `draw(drawings, placed)`. Without `across`, no table has its rows as heads.
 */
export async function show({ build, charts, across = true }) {
  // A page that is one file holds it (singles.mjs).
  const report = window.report ?? (await (await fetch("report.json")).json());
  const result = put("p", "");
  result.id = "result";
  const sections = sectionsOf(report, across);
  const building = [];
  for (const { heading, paragraphs, tables } of sections) {
    if (heading) put("h2", heading);
    for (const paragraph of paragraphs) put("p", paragraph);
    for (const table of tables) {
      put("h3", table.name);
      building.push(build(placed("table"), table));
    }
  }
  await Promise.all(building);
  const { count, failing } = check(form, report.figures);
  result.textContent = failing.length
    ? `核对了 ${count} 条关系，${failing.length} 条不成立：${failing.map(([name, is, shouldBe]) => `${name} ${is} ≠ ${shouldBe}`).join("；")}`
    : `核对了 ${count} 条关系，全部成立。`;
  if (!document.body.hasAttribute("data-charts")) return;
  // The tables are painted before the line is taken by what draws.
  await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  const { draw } = await charts();
  put("h2", "图表");
  await draw(drawingsOf(form.tables.find(({ id }) => id === "requests").rows, report.figures), placed);
  document.body.dataset.charts = "drawn";
}
