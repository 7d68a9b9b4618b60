// The browser is killed in the middle of editing, many times at random moments. What comes back is whole
// and at most the last 300 milliseconds behind.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { dist, openLasting } from "./launch.mjs";
import { serve } from "./server.mjs";
import { htmlPage, json, readJson, script, showsAReport } from "./stage.mjs";

const KILLS = 12;
/** How much may be lost, in milliseconds. */
const LOST = 300;
/** The same seed gives the same moments: NIANBAO_SEED=… repeats a run. */
const seed = Number(process.env.NIANBAO_SEED) || Math.floor(Math.random() * 2 ** 31);

/** Numbers from 0 to 1 by a seed (mulberry32). */
function randomBy(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

let server;
before(async () => {
  server = await serve(dist);
  // The form is not in force for that year: a warning, for which a reason can be given.
  server.answers["/report.json"] = json({ ...readJson("www/demo/2023-suqian.json"), year: 2020 });
  server.answers["/host.html"] = htmlPage('<nianbao-report id="r" src="report.json" mode="edit"></nianbao-report>', script);
});
after(() => server.close());

/**
 * Has the page make one change after the other, each with the next number, and tell each as it is made. It
 * works in the page, as a person would: it rewrites the reason for the first warning.
 */
function type(from) {
  const root = document.getElementById("r").shadowRoot;
  const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
  const once = async (selector) => {
    for (;;) {
      const found = root.querySelector(selector);
      if (found) return found;
      await frame();
    }
  };
  (async () => {
    for (let number = from; ; number++) {
      (await once("[id^=write-]")).click();
      const field = await once("#reason");
      field.value = `第${number}次`;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      const made = Date.now();
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
      window.tell({ number, made });
      await new Promise((later) => setTimeout(later, 10 + Math.random() * 60));
    }
  })();
}

/** Which change the report shows; none: 0. */
const shown = (page) =>
  page.evaluate(() => {
    const { answers, figures } = document.getElementById("r").report;
    const numbers = (answers ?? []).map(({ reason }) => Number(/^第(\d+)次$/.exec(reason)?.[1]));
    const number = Math.max(0, ...numbers);
    return { number, figures: Object.keys(figures).length };
  });

test(`after ${KILLS} kills at random moments every draft is whole and at most ${LOST} ms behind`, { timeout: 240_000 }, async (t) => {
  t.diagnostic(`seed ${seed}`);
  const random = randomBy(seed);
  const home = mkdtempSync(join(tmpdir(), "nianbao-kill-"));
  const figures = Object.keys(readJson("www/demo/2023-suqian.json").figures).length;
  let told = [];
  let killed;
  try {
    for (let round = 0; round <= KILLS; round++) {
      const { page, kill } = await openLasting(home);
      const before = told;
      told = [];
      await page.exposeFunction("tell", (change) => told.push(change));
      await page.goto(`${server.url}host.html`);
      await showsAReport(page, "#r");
      const back = await shown(page);
      assert.equal(back.figures, figures, "the draft is whole");
      assert.ok(Number.isInteger(back.number), "what is written is what was typed");
      if (round > 0) {
        const lost = before.filter(({ number }) => number > back.number);
        const behind = lost.length ? killed - lost[0].made : 0;
        t.diagnostic(`kill ${round}: ${before.length} changes, ${lost.length} lost, ${behind} ms behind`);
        assert.ok(behind <= LOST, `kill ${round} of seed ${seed}: ${behind} ms are lost`);
        if (back.number) assert.match(await page.locator("#r").locator("#draft-notice").innerText(), /已恢复/);
      }
      if (round < KILLS) {
        await page.evaluate(type, back.number + 1);
        await pause(300 + random() * 1500);
      }
      killed = await kill();
    }
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
});
