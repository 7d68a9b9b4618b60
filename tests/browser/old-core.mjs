// An old Chromium: what runs in every browser, and that nothing which is shipped is too new for it. One file of tests
// for each, since a file has one process of the browser.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { testEverywhere } from "./everywhere.mjs";
import { dist, noOldChromium, oldCores } from "./launch.mjs";
import { serve } from "./server.mjs";
import { htmlPage, script } from "./stage.mjs";
import { openOldChromium } from "./webdriver.mjs";

const skip = noOldChromium;

export function testOldCore(version) {
  const name = `Chromium ${version}`;
  let server;
  before(async () => (server = await serve(dist)));
  after(() => server.close());

  testEverywhere(name, skip, async (options) => {
    assert.ok(oldCores.includes(version), `scripts/versions.env names no Chromium ${version}`);
    const engine = await openOldChromium({ version, ...options });
    assert.match(engine.version, new RegExp(`^${version}\\.`));
    return engine;
  });

  /** Runs a test in a process of its own. */
  const alone = (sentence, args, play) =>
    test(`${sentence} in ${name}`, { skip, timeout: 120_000 }, async () => {
      const { page, close } = await openOldChromium({ version, args });
      try {
        await play(page);
      } finally {
        await close();
      }
    });

  alone("every shipped script parses", [], async (page) => {
    server.answers["/empty.html"] = htmlPage("");
    await page.goto(`${server.url}empty.html`);
    const refused = await page.evaluate(
      (names) =>
        Promise.all(
          names.map((name) =>
            import(`./${name}`).then(
              () => null,
              // What it throws when it runs outside its own page is another matter.
              (error) => (error instanceof SyntaxError ? `${name}: ${error.message}` : null),
            ),
          ),
        ).then((all) => all.filter(Boolean)),
      readdirSync(dist).filter((name) => name.endsWith(".js")),
    );
    assert.deepEqual(refused, []);
  });

  alone("where WebAssembly is switched off the page's own content stays, with a sentence that says why", ["--js-flags=--noexpose-wasm"], async (page) => {
    server.answers["/off.html"] = htmlPage('<nianbao-report src="demo/2023-suqian.json"><p id="inside">年报全文</p></nianbao-report>', script);
    await page.goto(`${server.url}off.html`);
    assert.equal(await page.evaluate(() => typeof WebAssembly), "undefined");
    await page.waitForFunction(() => /不支持 WebAssembly/.test(document.querySelector("nianbao-report").shadowRoot.textContent));
    assert.ok(await page.evaluate(() => document.getElementById("inside").getClientRects().length > 0));
  });
}
