// An old Chromium: what runs in every browser, and that nothing which is shipped is too new for it. One file of tests
// for each, since a file has one process of the browser.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { testEverywhere } from "./everywhere.mjs";
import { dist, noOldChromium, oldCores } from "./launch.mjs";
import { serve } from "./server.mjs";
import { htmlPage, script } from "./stage.mjs";
import { openOldChromium } from "./webdriver.mjs";

const skip = noOldChromium;

/** Properties without which everything is in its place and can be read. */
const decoration = new Set([
  "-moz-user-select",
  "forced-color-adjust",
  "print-color-adjust",
  "scrollbar-width",
  "text-decoration-thickness",
  "text-size-adjust",
  "text-underline-offset",
  "text-wrap",
]);

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
    test(`${sentence} in ${name}`, { skip, timeout: 300_000 }, async () => {
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

  alone("what it does not know of the styles is decoration alone", [], async (page) => {
    const styles = readdirSync(dist).filter((name) => name.endsWith(".css")).map((name) => readFileSync(join(dist, name), "utf8")).join("\n");
    const declarations = Array.from(styles.matchAll(/[;{]([a-z-]+):([^;{}]+)(?=[;}])/g), ([, property, value]) => [property, value.replace("!important", "")]);
    const selectors = Array.from(styles.matchAll(/(?:^|[{}])([^{}@;]+)\{/g), ([, selector]) => selector).filter((selector) => !/^(from|to|[\d.]+%)/.test(selector));
    assert.ok(declarations.length > 1000 && selectors.length > 300, "the styles are read");
    const [properties, unknown] = await page.evaluate(
      ([declarations, selectors]) => {
        const fits = (selector) => {
          try {
            return Boolean(document.createElement("p").matches(selector) || true);
          } catch (refused) {
            return false;
          }
        };
        // What stands behind var() is known only in place.
        const known = ([property, value]) => CSS.supports(property, /var\(/.test(value) ? "inherit" : value);
        // Colours of the system that came later stand behind one that it knows.
        const later = ["Mark", "MarkText"];
        const missing = declarations.filter((one) => !known(one) && !later.includes(one[1])).map(([property]) => property);
        return [Array.from(new Set(missing)), selectors.filter((selector) => !fits(selector))];
      },
      [declarations, selectors],
    );
    const prefixed = new Set(declarations.map(([property]) => property).filter((property) => property.startsWith("-webkit-")));
    assert.deepEqual(properties.filter((property) => !decoration.has(property) && !prefixed.has(`-webkit-${property}`)), []);
    assert.deepEqual(unknown.filter((selector) => !/:focus-visible|::?(-moz|-webkit)|::part/.test(selector)), []);
    // It knows gap, but before 84 not in a flexible box.
    assert.deepEqual(declarations.filter(([property]) => /^(row-|column-)?gap$/.test(property)), []);
  });

  alone("where WebAssembly is switched off the page's own content stays, with a sentence that says why", ["--js-flags=--noexpose-wasm"], async (page) => {
    server.answers["/off.html"] = htmlPage('<nianbao-report src="demo/2023-suqian.json"><p id="inside">年报全文</p></nianbao-report>', script);
    await page.goto(`${server.url}off.html`);
    assert.equal(await page.evaluate(() => typeof WebAssembly), "undefined");
    await page.waitForFunction(() => /不支持 WebAssembly/.test(document.querySelector("nianbao-report").shadowRoot.textContent));
    assert.ok(await page.evaluate(() => document.getElementById("inside").getClientRects().length > 0));
  });
}
