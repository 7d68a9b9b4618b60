// The accessibility rules that a machine can judge, by axe.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

function axeSource() {
  try {
    return readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  } catch {
    return null;
  }
}

const axe = axeSource();

/** Why axe cannot judge here, or false: for a test's `skip`. */
export const noAxe = axe ? false : "axe-core is not installed";

/** WCAG 2.0 to 2.2, levels A and AA, and what is good practice beside; the size of targets, which axe leaves out by itself. */
const rules = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"] },
  rules: { "target-size": { enabled: true } },
};

/** What axe finds wrong in the page, each with its place. It is evaluated as text: the page's policy has to be bypassed. */
export async function faults(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((rules) => window.axe.run(rules), rules);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}
