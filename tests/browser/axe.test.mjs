// The accessibility rules that a machine can judge, by axe, over the demo page and the widget in it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import { onStage, showsReport } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());

function axeSource() {
  try {
    return readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  } catch {
    return null;
  }
}

const axe = axeSource();
const reports = [
  ["2020-yisuhe", "湘潭县易俗河镇", 2020],
  ["2023-suqian", "宿迁市", 2023],
  ["2023-hongze", "淮安市洪泽区", 2023],
];
const skip = axe ? false : "axe-core is not installed";

for (const [look, context, search] of [
  ["in Chinese", {}, ""],
  ["in English", {}, "?lang=en"],
  ["in the dark", { colorScheme: "dark" }, ""],
  ["at 360 px", { viewport: { width: 360, height: 740 } }, ""],
]) {
  test(`axe finds nothing wrong ${look}`, { skip }, () =>
    // axe is evaluated as text, which the strictest policy would refuse.
    onStage({ bypassCSP: true, reducedMotion: "reduce", ...context }, async ({ page }) => {
      for (const [name, agency, year] of reports) {
        await page.goto(`${server.url}${search}#${name}`);
        await showsReport(page, agency, year);
        const first = page.locator("#finding-0");
        if (await first.count()) await first.click();
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run());
        const told = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${name} ${id}: ${target} ${failureSummary}`));
        assert.deepEqual(told, []);
      }
    }));
}
