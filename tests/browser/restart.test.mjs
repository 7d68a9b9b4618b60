// A program that breaks down in the middle of what it does, wherever that is: it is begun anew by itself, goes on with
// everything that was edited, and at most the key is gone that was pressed last.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import { htmlPage, json, onStage, readJson, script, showsAReport } from "./stage.mjs";

const published = readJson("www/demo/2023-suqian.json");
let server;
before(async () => {
  server = await serve(dist);
  server.answers["/report.json"] = json(published);
  const page = (elements) => htmlPage(elements, script);
  server.answers["/edit.html"] = page('<nianbao-report id="r" src="report.json" mode="edit"></nianbao-report>');
  server.answers["/off.html"] = page('<nianbao-report id="r" src="report.json" mode="edit" drafts="off"></nianbao-report>');
  server.answers["/view.html"] = page('<nianbao-report id="r" src="report.json"></nianbao-report>');
  server.answers["/two.html"] = page(
    '<nianbao-report id="r" src="report.json" mode="edit"></nianbao-report><nianbao-report id="s" src="report.json"></nianbao-report><input id="own" value="页面自己的">',
  );
});
after(() => server.close());

const CELL = "requests.received.natural_person";
const TOTAL = "requests.received.total";
const OTHER = "requests.received.business";

/**
 * Before anything runs in a page: programs that are started are counted (`programs`), and so is what they ask of the
 * browser (`asked`); where `fuse` is so many, what is asked then ends in a trap, with the program's own functions below.
 */
function withFuse() {
  const { instantiate } = WebAssembly;
  // (module (func (export "trap") unreachable))
  const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 116, 114, 97, 112, 0, 0, 10, 5, 1, 3, 0, 0, 11];
  const { trap } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports;
  Object.assign(window, { programs: 0, asked: 0, fuse: 0 });
  const burning = (does) => (...given) => {
    window.asked += 1;
    if (window.fuse > 0) {
      window.fuse -= 1;
      if (window.fuse === 0) trap();
    }
    return does(...given);
  };
  WebAssembly.instantiate = (module, imports) => {
    if (!(module instanceof WebAssembly.Module)) return instantiate(module, imports);
    window.programs += 1;
    const burn = (functions) => Object.fromEntries(Object.entries(functions).map(([name, does]) => [name, burning(does)]));
    return instantiate(module, Object.fromEntries(Object.entries(imports).map(([name, functions]) => [name, burn(functions)])));
  };
}

/** Opens a page whose programs have a fuse. */
function withTraps(address, play) {
  return onStage({}, async (stage) => {
    await stage.page.addInitScript(withFuse);
    await stage.page.goto(`${server.url}${address}`);
    await isFirst(stage.page);
    return play(stage);
  });
}

/** Waits until the first program shows the report. */
async function isFirst(page) {
  await showsAReport(page, "#r");
  await page.evaluate(() => (document.getElementById("r").shadowRoot.querySelector(".mount").dataset.program = 1));
}

const field = (page, cell) => page.locator(`#r input[data-cell="${cell}"], #r [data-cell="${cell}"] input`);
const report = (page) => page.evaluate(() => document.getElementById("r").report);
const light = (page, fuse) => page.evaluate((fuse) => (window.fuse = fuse), fuse);

/** Waits until so many programs have been started and the last shows the report. */
const started = (page, programs) =>
  page.waitForFunction((programs) => {
    const element = document.getElementById("r");
    const [mount, ...others] = element.shadowRoot.querySelectorAll(".mount");
    const isNew = mount.dataset.program !== String(programs - 1) && others.length === 0;
    if (window.programs !== programs || !isNew || mount.hidden || !mount.querySelector("[data-cell]")) return false;
    mount.dataset.program = programs;
    return true;
  }, programs);

/** What one key asks of the browser. */
async function askedByAKey(page) {
  await field(page, CELL).focus();
  await page.keyboard.press("7");
  await page.waitForTimeout(300);
  const before = await page.evaluate(() => window.asked);
  await page.keyboard.press("7");
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  return (await page.evaluate(() => window.asked)) - before;
}

test("wherever a key breaks the program down, at most that key is gone, typing goes on, and undo leads back to what is published", () =>
  withTraps("edit.html", async ({ page }) => {
    const asked = await askedByAKey(page);
    assert.ok(asked > 10, `A key asks ${asked} things of the browser.`);
    const TRAPS = 6;
    for (let at = 0; at < TRAPS; at += 1) {
      await page.goto(`${server.url}edit.html?${at}`);
      await isFirst(page);
      await field(page, OTHER).fill("31");
      await page.evaluate(() => document.getElementById("r").shadowRoot.activeElement.blur());
      await field(page, CELL).focus();
      await page.keyboard.type("12");
      const fuse = 1 + Math.round((at * (asked - 1)) / (TRAPS - 1));
      await light(page, fuse);
      await page.keyboard.press("3");
      await started(page, 2);
      await page.keyboard.type("45");
      // What is typed while the program comes up is told to the page a moment later.
      await page.waitForFunction((cell) => /45$/.test(document.getElementById("r").report.figures[cell]), CELL);
      const { figures } = await report(page);
      assert.match(String(figures[CELL]), /^123?45$/, `the trap ${fuse} of ${asked}`);
      assert.equal(figures[OTHER], 31);
      const parts = Object.keys(figures).filter((cell) => /^requests\.received\.(?!total)/.test(cell));
      assert.equal(figures[TOTAL], parts.reduce((sum, cell) => sum + figures[cell], 0), "the total follows");
      assert.match(await page.locator("#r .afloat [role=status]").textContent(), /已经自动重新启动/);
      await page.waitForFunction(() => !/另一个窗口/.test(document.getElementById("r").shadowRoot.textContent));
      while (await page.evaluate(() => document.getElementById("r").undo()));
      assert.deepEqual((await report(page)).figures, published.figures);
    }
  }));

test("texts, cover, a paste, a reason and what was taken back are there after it, and the steps are steps as before", () =>
  withTraps("edit.html", async ({ page }) => {
    await field(page, OTHER).fill("31");
    await page.locator("#r textarea").first().fill("第一段。\n第二段。");
    await page.locator("#r #cover-agency").fill("某某市");
    await field(page, CELL).focus();
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "1\t2\n3\t4");
      document.getElementById("r").shadowRoot.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));
    });
    await page.waitForFunction((cell) => document.getElementById("r").report.figures[cell] === 1, CELL);
    await page.evaluate(() => document.getElementById("r").undo());
    const before = await report(page);
    assert.deepEqual([before.agency, before.figures[OTHER]], ["某某市", 31]);
    await light(page, 1);
    await page.evaluate(() => document.getElementById("r").redo());
    await started(page, 2);
    assert.deepEqual(await report(page), before, "what it broke down over was not done");
    assert.equal(await page.evaluate(() => document.getElementById("r").redo()), true, "and can be done now");
    assert.equal((await report(page)).figures[CELL], 1);
    const states = [];
    while (await page.evaluate(() => document.getElementById("r").undo())) states.push(await report(page));
    assert.deepEqual(states[0], before);
    assert.deepEqual(states.map(({ agency }) => agency).slice(1, 3), [published.agency, published.agency]);
    assert.deepEqual([states.length >= 4, states.pop().figures], [true, published.figures]);
  }));

test("what was edited so long ago that it is forgotten stands in what it goes on with", () =>
  withTraps("edit.html", async ({ page }) => {
    await field(page, OTHER).fill("31");
    // Long texts, so that it is soon.
    const written = await page.evaluate(async () => {
      const root = document.getElementById("r").shadowRoot;
      const fields = root.querySelectorAll("textarea[id^=text-]");
      for (let time = 0; time < 70; time += 1) {
        const field = fields[time % 2];
        field.focus();
        field.value = String(time) + "概".repeat(9000);
        field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
        await new Promise((heard) => setTimeout(heard));
      }
      return document.getElementById("r").report;
    });
    await light(page, 1);
    await page.evaluate(() => document.getElementById("r").undo());
    await started(page, 2);
    assert.deepEqual(await report(page), written);
    let steps = 0;
    for (; await page.evaluate(() => document.getElementById("r").undo()); steps += 1);
    const first = await report(page);
    assert.ok(steps >= 6 && steps < 70, `${steps} steps are known`);
    assert.equal(first.figures[OTHER], 31, "what is forgotten is not taken back");
    const texts = Object.values(first.sections).map((text) => /^(\d+)概+$/.exec(text)?.[1]).filter(Boolean);
    assert.deepEqual(texts.map(Number).sort((one, other) => one - other), [68 - steps, 69 - steps]);
  }));

test("a draft that was there before is older than what was typed since, also where that was not stored yet", () =>
  withTraps("edit.html", async ({ page }) => {
    await field(page, CELL).fill("77");
    await page.waitForFunction(() => /草稿已存/.test(document.getElementById("r").shadowRoot.textContent));
    await page.goto(`${server.url}edit.html?again`);
    await isFirst(page);
    assert.equal((await report(page)).figures[CELL], 77, "it is shown again");
    await page.evaluate(
      async ([cell, other]) => {
        const root = document.getElementById("r").shadowRoot;
        const type = (cell, text) => {
          const field = root.querySelector(`input[data-cell="${cell}"]`);
          field.value = text;
          field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
          return new Promise((heard) => setTimeout(heard));
        };
        await type(other, "31");
        window.fuse = 1;
        await type(cell, "12");
      },
      [CELL, OTHER],
    );
    await started(page, 2);
    const { figures } = await report(page);
    assert.deepEqual([figures[OTHER], [12, 77].includes(figures[CELL])], [31, true]);
  }));

test("without drafts and without a network nothing is lost either, and nothing is asked for", () =>
  withTraps("off.html", async ({ page }) => {
    await field(page, OTHER).fill("31");
    await page.context().setOffline(true);
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await light(page, 3);
    await field(page, CELL).fill("12").catch(() => {});
    await started(page, 2);
    assert.equal((await report(page)).figures[OTHER], 31);
    await field(page, CELL).fill("13");
    assert.equal((await report(page)).figures[CELL], 13);
    assert.deepEqual(asked, []);
  }));

test("the page hears of what it has not heard yet, and what it asks meanwhile is answered", () =>
  withTraps("edit.html", async ({ page }) => {
    await page.evaluate(() => {
      window.heard = [];
      document.getElementById("r").addEventListener("change", ({ target }) => window.heard.push(target.report.figures["requests.received.business"]));
    });
    await light(page, 0);
    const meanwhile = await page.evaluate(async (other) => {
      const element = document.getElementById("r");
      const field = element.shadowRoot.querySelector(`input[data-cell="${other}"]`);
      field.value = "31";
      field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      await new Promise((heard) => setTimeout(heard));
      // Before the page hears of it, by a tenth of a second.
      window.fuse = 1;
      element.undo();
      const asked = element.report;
      return [window.heard.length, asked.agency, Array.isArray(await element.check()), element.report.figures[other]];
    }, OTHER);
    assert.deepEqual(meanwhile, [0, published.agency, true, 31]);
    await page.waitForFunction(() => window.heard.includes(31));
  }));

test("what is typed while it is begun anew is taken over, into cells, texts and the cover", () =>
  withTraps("edit.html", async ({ page }) => {
    const text = await page.locator("#r textarea").first().inputValue();
    await page.evaluate(
      ([cell, text]) => {
        const element = document.getElementById("r");
        const root = element.shadowRoot;
        element.undo();
        const fields = [root.querySelector(`input[data-cell="${cell}"]`), root.querySelector("textarea"), root.getElementById("cover-agency")];
        window.fuse = 1;
        fields[0].value = "1";
        fields[0].dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
        const wait = setInterval(() => {
          if (window.fuse > 0) return;
          clearInterval(wait);
          // The program is gone, and what it showed is still there.
          fields[0].value = "12";
          fields[1].value = `${text}。又一句。`;
          fields[2].value = "某某市";
        });
      },
      [CELL, text],
    );
    await started(page, 2);
    await page.waitForFunction(
      ([cell, text]) => {
        const { figures, sections, agency } = document.getElementById("r").report;
        return figures[cell] === 12 && agency === "某某市" && Object.values(sections).includes(`${text}。又一句。`);
      },
      [CELL, text],
    );
  }));

test("a report that is only read is shown again, and so is every other on the page; the page itself is left alone", () =>
  withTraps("two.html", async ({ page }) => {
    await showsAReport(page, "#s");
    assert.equal(await page.evaluate(() => window.programs), 1, "they share a program");
    await field(page, CELL).fill("12");
    await light(page, 2);
    await field(page, OTHER).fill("31").catch(() => {});
    await started(page, 2);
    await showsAReport(page, "#s");
    const shown = await page.evaluate(() => ["r", "s"].map((id) => document.getElementById(id).report));
    assert.deepEqual([shown[0].figures[CELL], shown[1]], [12, published]);
    assert.equal(await page.locator("#own").inputValue(), "页面自己的");
    assert.equal(await page.locator("#s [role=alert]").count(), 0);
  }));

test("where a file is being made, who waits for it is told, and the next time it is made", () =>
  withTraps("edit.html", async ({ page }) => {
    await field(page, CELL).fill("12");
    const said = await page.evaluate(async () => {
      const element = document.getElementById("r");
      const made = element.exportAs("csv").then(() => "made", (error) => error.message);
      await new Promise((begun) => setTimeout(begun, 50));
      window.fuse = 1;
      element.undo();
      return made;
    });
    assert.match(said, /已经重新启动.*再试一次/);
    await started(page, 2);
    assert.match(await page.evaluate(async () => (await document.getElementById("r").exportAs("csv")).text()), /宿迁/);
  }));

test("one that breaks down again and again is left at that: a sentence, and what it showed to be read", () =>
  withTraps("edit.html", async ({ page }) => {
    for (const programs of [2, 3, 4]) {
      await light(page, 1);
      await page.evaluate(() => document.getElementById("r").undo());
      await started(page, programs);
    }
    await field(page, CELL).fill("12");
    await page.waitForTimeout(300);
    await light(page, 1);
    await page.evaluate(() => document.getElementById("r").undo());
    const alert = page.locator("#r [role=alert]");
    await alert.waitFor();
    assert.match(await alert.textContent(), /一再出错，已经停止.*刷新网页.*草稿/);
    assert.deepEqual([await field(page, CELL).inputValue(), await field(page, CELL).isDisabled()], ["12", true]);
    await assert.rejects(page.evaluate(() => document.getElementById("r").check()), /一再出错/);
    await light(page, 0);
    await page.reload();
    await showsAReport(page, "#r");
    assert.equal((await report(page)).figures[CELL], 12, "the draft is there");
  }));
