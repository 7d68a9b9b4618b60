// Eight hours of editing in minutes: random actions by a seed, the report what a model says after each, memory flat.
// NIANBAO_SEED=… repeats a run, NIANBAO_ACTIONS=… makes it longer.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dist, root } from "./launch.mjs";
import { serve } from "./server.mjs";
import { addressesOf, htmlPage, json, onStage, readJson, script, showsAReport } from "./stage.mjs";

const ACTIONS = Number(process.env.NIANBAO_ACTIONS) || 4_000;
const seed = Number(process.env.NIANBAO_SEED) || Math.floor(Math.random() * 2 ** 31);
/** How many are done in the page before it is asked how it is going. */
const AT_ONCE = 200;

const published = readJson("www/demo/2023-suqian.json");
const form = readJson("forms/gongkai-2021.json");
const addresses = addressesOf(form).flatMap(({ rows }) => rows.flat());
const page = readFileSync(new URL("fixtures/published.html", import.meta.url), "utf8");

/** What is written on the buttons, by language. */
const labels = Object.fromEntries(
  ["zh-CN", "en", "zh-Hant"].map((language) => {
    const catalogue = readFileSync(join(root, "locales", `${language}.ftl`), "utf8");
    const of = (key) => new RegExp(`^${key} = (.*)$`, "m").exec(catalogue)[1];
    return [language, { apply: of("apply"), zeros: of("fill-zeros"), yes: of("yes-zeros") }];
  }),
);

/** What the page holds once everything that nobody needs is thrown away. */
async function held(cdp) {
  for (let time = 0; time < 3; time++) await cdp.send("HeapProfiler.collectGarbage");
  const { nodes, jsEventListeners: listeners } = await cdp.send("Memory.getDOMCounters");
  const { usedSize: heap } = await cdp.send("Runtime.getHeapUsage");
  const { result } = await cdp.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype", objectGroup: "held" });
  const { objects } = await cdp.send("Runtime.queryObjects", { prototypeObjectId: result.objectId, objectGroup: "held" });
  const sum = "function () { return this.reduce((sum, { buffer }) => sum + buffer.byteLength, 0); }";
  const { result: modules } = await cdp.send("Runtime.callFunctionOn", { objectId: objects.objectId, functionDeclaration: sum, returnByValue: true });
  await cdp.send("Runtime.releaseObjectGroup", { objectGroup: "held" });
  return { heap, modules: modules.value, nodes, listeners };
}

test(`after each of ${ACTIONS} random actions the report is what it has to be, and memory stays flat`, { timeout: 3 * 3_600_000 }, (t) =>
  onStage({ viewport: { width: 400, height: 300 } }, async ({ page: tab, complaints }) => {
    t.diagnostic(`seed ${seed}`);
    const server = await serve(dist);
    try {
      for (const name of ["chance.mjs", "endurance-model.mjs", "endurance-player.mjs"]) {
        server.answers[`/${name}`] = { status: 200, type: "text/javascript; charset=utf-8", body: readFileSync(new URL(name, import.meta.url)) };
      }
      server.answers["/report.json"] = json(published);
      server.answers["/host.html"] = htmlPage('<nianbao-report id="r" lang="zh-CN" src="report.json" mode="edit"></nianbao-report>', script);
      await tab.goto(`${server.url}host.html`);
      await showsAReport(tab, "#r");
      await tab.evaluate(async (given) => {
        const { Player } = await import("/endurance-player.mjs");
        window.player = new Player({ ...given, element: document.getElementById("r") });
      }, { form, addresses, published, page, labels, seed });
      const cdp = await tab.context().newCDPSession(tab);
      const play = async (to) => {
        for (let made = await tab.evaluate(() => window.player.made); made < to; made += AT_ONCE) {
          await tab.evaluate((count) => window.player.play(count), Math.min(AT_ONCE, to - made));
          if (ACTIONS > 20_000 && (made + AT_ONCE) % 5000 === 0) console.log(`# ${made + AT_ONCE} actions`, JSON.stringify(await held(cdp)));
        }
        // What somebody has done to a report is kept to be taken back, and findings are drawn: it is always the same report
        // that is weighed, to which nothing was done.
        await tab.evaluate((report) => window.player.begin(report), { ...published, agency: "某市" });
        await tab.evaluate(() => new Promise((rested) => setTimeout(rested, 1500)));
        return held(cdp);
      };
      const before = await play(Math.floor(ACTIONS / 5));
      const after = await play(ACTIONS);
      const counts = await tab.evaluate(() => window.player.counts);
      t.diagnostic(JSON.stringify({ counts, before, after }));
      assert.deepEqual(complaints, []);
      const grown = Object.fromEntries(Object.keys(after).map((what) => [what, after[what] - before[what]]));
      const bounds = { heap: 2_000_000, modules: 4_000_000, nodes: 1500, listeners: 100 };
      for (const [what, most] of Object.entries(bounds)) assert.ok(grown[what] <= most, `${what} grew by ${grown[what]}: ${JSON.stringify({ before, after })}`);
    } finally {
      await server.close();
    }
  }));
