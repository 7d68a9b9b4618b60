// What a report is read from is slow, without an end or too large; what reads it dies or gets no memory. A sentence says
// so, what was shown stays, and the next report is read.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { serve, streamed } from "./server.mjs";
import { around, beginReading, forget, goesOn, htmlPage, json, onStage, readJson, script, showsReport, thrownIn } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

const shown = readJson("www/demo/2023-hongze.json");
const text = readFileSync(new URL("../../www/demo/2020-yisuhe.txt", import.meta.url), "utf8");

const inside = (page) => page.locator("#r");
const card = (page) => inside(page).locator(".card");
const button = (page, name) => inside(page).getByRole("button", { name });
const alert = (page) => inside(page).getByRole("alert");

async function host(page, attributes = 'src="shown.json"', head = script) {
  server.answers["/shown.json"] = json(shown);
  server.answers["/host.html"] = htmlPage(`${around}<nianbao-report id="r" ${attributes}><p id="inside">年报全文</p></nianbao-report>`, head);
  await page.goto(`${server.url}host.html`);
  await page.waitForFunction(() => document.getElementById("r").shadowRoot?.querySelector(".nianbao"));
}

const until = async (what, condition) => {
  for (let time = 0; time < 400; time++) {
    if (await condition()) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`${what}: that did not come to pass`);
};

/**
 * An answer that goes on for as long as it is taken, at most for so many bytes; in `bytes` is how many were taken, in
 * `open` how many wait for it. With a `pause` a single byte comes at a time.
 */
function endless(type, { most = Infinity, pause = 0, begin = "" } = {}) {
  const state = { bytes: 0, open: 0, asked: 0 };
  const chunk = pause ? " " : "0123456789abcdef".repeat(4096);
  const answer = streamed(type, async (response) => {
    state.open += 1;
    state.asked += 1;
    let gone = false;
    const left = new Promise((resolve) =>
      response.on("close", () => {
        gone = true;
        state.open -= 1;
        resolve();
      }),
    );
    response.write(begin);
    while (!gone && state.bytes < most) {
      state.bytes += chunk.length;
      const taken = response.write(chunk) ? undefined : new Promise((drained) => response.once("drain", drained));
      await Promise.race([left, pause ? new Promise((later) => setTimeout(later, pause)) : (taken ?? new Promise(setImmediate))]);
    }
    response.destroy();
  });
  return { answer, state };
}

/** More than is read of any file; what lies between is what the way there holds. */
const MEBI = 2 ** 20;

test("while the report is slow to come, the content is seen, it is said that it is read, and that can be cancelled", () =>
  onStage({}, async ({ page, complaints }) => {
    const slow = endless("text/html; charset=utf-8", { pause: 100 });
    server.answers["/slow.html"] = slow.answer;
    await host(page, 'src="slow.html"');
    await card(page).getByRole("status").filter({ hasText: "正在读取 slow.html" }).waitFor();
    assert.ok(await page.locator("#inside").isVisible(), "the content is seen meanwhile");
    await goesOn(page);
    await until("it comes", () => slow.state.bytes > 2);
    await button(page, "取消").click();
    await alert(page).filter({ hasText: "读取已取消" }).waitFor();
    assert.ok(await page.locator("#inside").isVisible(), "and after it was cancelled");
    await until("nothing waits for it any longer", () => slow.state.open === 0);
    server.answers["/slow.html"] = { status: 200, type: "text/plain; charset=utf-8", body: text };
    await button(page, "重新读取").click();
    await showsReport(page, "湘潭县易俗河镇", 2020, "#r");
    assert.deepEqual(complaints, []);
  }));

for (const [what, take] of [
  ["another address", () => (document.getElementById("r").src = "shown.json")],
  ["a report that the page sets", (given) => (document.getElementById("r").report = given)],
  ["a file", (given) => document.getElementById("r").importFile(new File([JSON.stringify(given)], "年报.json"))],
]) {
  test(`${what} takes the place of a report that is slow to come, which is not waited for any longer`, () =>
    onStage({}, async ({ page, complaints }) => {
      const slow = endless("text/html; charset=utf-8", { pause: 100 });
      server.answers["/slow.html"] = slow.answer;
      await host(page, 'src="slow.html"');
      await card(page).getByRole("status").filter({ hasText: "slow.html" }).waitFor();
      await page.evaluate(`(${take})(${JSON.stringify(shown)})`);
      await showsReport(page, shown.agency, shown.year, "#r");
      await until("nothing waits for the first any longer", () => slow.state.open === 0);
      await card(page).waitFor({ state: "detached" });
      assert.equal(await page.evaluate(() => document.getElementById("r").report.agency), shown.agency);
      assert.deepEqual(complaints, []);
    }));
}

for (const [what, attributes, begin, most] of [
  ["a report without an end", 'src="endless"', "", Infinity],
  ["JSON without an end", 'src="endless"', '{"form":"gongkai-2021","title":"', Infinity],
  ["a report of 300 MB", 'src="endless"', "", 300 * MEBI],
  ["last year's report without an end", 'src="shown.json" prior-src="endless"', "", Infinity],
  ["a form without an end", 'src="shown.json" form-src="endless"', "", Infinity],
]) {
  test(`${what} is given up once it is more than is read, and a sentence says so`, { timeout: 120_000 }, () =>
    onStage({}, async ({ page, complaints }) => {
      page.setDefaultTimeout(60_000);
      const source = endless("application/json", { begin, most });
      server.answers["/endless"] = source.answer;
      await host(page, attributes);
      await inside(page).getByText(/超过 64 MB/).first().waitFor();
      await until("nothing waits for it any longer", () => source.state.open === 0);
      assert.equal(source.state.asked, 1, "it was asked for once");
      assert.ok(source.state.bytes < 96 * MEBI, `${(source.state.bytes / MEBI).toFixed()} MB were taken`);
      await goesOn(page);
      // What was there stays: this year's report beside a last year's that cannot be had, the content in place of none.
      if (attributes.includes("prior")) await showsReport(page, shown.agency, shown.year, "#r");
      else assert.ok(await page.locator("#inside").isVisible());
      await page.evaluate(() => document.getElementById("r").removeAttribute("form-src"));
      await page.evaluate(() => document.getElementById("r").removeAttribute("prior-src"));
      await page.evaluate(() => (document.getElementById("r").src = "shown.json"));
      await showsReport(page, shown.agency, shown.year, "#r");
      assert.deepEqual(complaints, []);
    }));
}

/** In the page: keeps the workers that are started in `workers`. */
function keepWorkers() {
  const { Worker } = window;
  window.workers = [];
  window.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      window.workers.push(this);
    }
  };
}

const module = (body) => ({ status: 200, type: "text/javascript; charset=utf-8", body });
/** A reader that says in the console that it has begun, and then does this. */
const reader = (does) => module(`export const begin = () => ({ default: async () => {}, is_container: () => false, read() { console.log("reading"); ${does} } });`);

const agency = (page) => page.evaluate(() => document.getElementById("r").report.agency);
const begin = (page, content = text, name = "年报.txt") => beginReading(page, content, name);
const outcome = (page) => page.waitForFunction(() => window.read !== undefined).then(() => page.evaluate(() => window.read));
const begun = (page) => page.waitForEvent("console", (message) => message.text() === "reading");

test("a worker that is ended in the middle of its work leaves what is shown, is cancelled, and the next file has another", () =>
  onStage({}, async ({ page }) => {
    const thrown = thrownIn(page);
    await page.addInitScript(keepWorkers);
    server.answers["/reader.js"] = reader("for (;;);");
    await host(page);
    await Promise.all([begun(page), begin(page)]);
    await page.evaluate(() => window.workers[0].terminate());
    await card(page).getByRole("status").filter({ hasText: "正在读取" }).waitFor();
    await goesOn(page);
    await button(page, "取消").click();
    assert.deepEqual(await outcome(page), ["AbortError", "读取已取消。"]);
    assert.equal(await agency(page), shown.agency);
    delete server.answers["/reader.js"];
    await begin(page);
    assert.equal(await outcome(page), null);
    assert.equal(await agency(page), "湘潭县易俗河镇");
    assert.deepEqual(thrown, []);
  }));

test("a worker that was ended while it had nothing to do is replaced, and the file is read", () =>
  onStage({}, async ({ page, complaints }) => {
    await page.clock.install();
    await page.addInitScript(keepWorkers);
    await host(page);
    await begin(page, "你好", "a.txt");
    await page.clock.runFor(1000);
    assert.equal((await outcome(page))[0], "Error");
    await page.evaluate(() => window.workers[0].terminate());
    await begin(page);
    await page.clock.runFor(11_000);
    assert.equal(await outcome(page), null);
    assert.equal(await agency(page), "湘潭县易俗河镇");
    assert.equal(await page.evaluate(() => window.workers.length), 2);
    assert.deepEqual(complaints, []);
  }));

test("what is thrown in a worker beside its work is told in a sentence, what was shown stays, and the next file has another", () =>
  onStage({}, async ({ page }) => {
    const thrown = thrownIn(page);
    await page.addInitScript(keepWorkers);
    server.answers["/reader.js"] = reader('setTimeout(() => { throw new Error("broken"); }); return new Promise(() => {});');
    await host(page);
    await begin(page);
    const [, message] = await outcome(page);
    assert.match(message, /程序出了错.*换用/);
    assert.match(await card(page).getByRole("status").innerText(), /程序出了错/);
    assert.equal(await agency(page), shown.agency);
    await goesOn(page);
    delete server.answers["/reader.js"];
    await begin(page);
    assert.equal(await outcome(page), null);
    assert.equal(await page.evaluate(() => window.workers.length), 2);
    assert.deepEqual(thrown, []);
  }));

test("a worker that breaks while it loads is told in a sentence, and once it does not the file is read", () =>
  onStage({}, async ({ page }) => {
    const thrown = thrownIn(page);
    server.answers["/background-worker.js"] = module('throw new Error("broken");');
    await host(page);
    await begin(page);
    assert.match((await outcome(page))[1], /background-worker\.js.*没有加载成功/);
    assert.equal(await agency(page), shown.agency);
    await goesOn(page);
    delete server.answers["/background-worker.js"];
    await begin(page);
    assert.equal(await outcome(page), null);
    assert.equal(await agency(page), "湘潭县易俗河镇");
    assert.deepEqual(thrown, []);
  }));

/** A module whose memory may grow by no more than so many pages of 64 KiB. */
function bounded(name, pages) {
  const bytes = readFileSync(join(dist, name));
  let at = 8;
  const number = () => {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
      shift += 7;
    }
  };
  const written = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...written(Math.floor(value / 128))]);
  while (at < bytes.length) {
    const start = at;
    const id = bytes[at++];
    const length = number();
    const content = at;
    if (id === 5) {
      assert.equal(number(), 1, "it has one memory");
      number();
      const least = number();
      const memory = [1, 1, ...written(least), ...written(least + pages)];
      const section = Buffer.from([5, ...written(memory.length), ...memory]);
      const body = Buffer.concat([bytes.subarray(0, start), section, bytes.subarray(content + length)]);
      return { status: 200, type: "application/wasm", body };
    }
    at = content + length;
  }
  throw new Error(`${name} has no memory of its own.`);
}

const large = `<html><body><h1>某市2023年政府信息公开工作年度报告</h1>${`<p>${"工作动态。".repeat(200)}</p>`.repeat(4000)}</body></html>`;

for (const [where, head] of [
  ["in its worker", script],
  ["on the page's own thread", `<meta http-equiv="Content-Security-Policy" content="worker-src 'none'">${script}`],
]) {
  test(`where the reader gets no more memory ${where}, a sentence says so, what was shown stays, and a smaller file is read`, { timeout: 90_000 }, () =>
    onStage({}, async ({ page }) => {
      const thrown = thrownIn(page);
      server.answers["/reader_bg.wasm"] = bounded("reader_bg.wasm", 160);
      await host(page, undefined, head);
      for (let time = 0; time < 2; time++) {
        await begin(page, large, "大.html");
        const [name, message] = await outcome(page);
        assert.deepEqual([name, /程序出了错.*换用/.test(message)], ["Error", true], message);
        assert.equal(await agency(page), time === 0 ? shown.agency : "湘潭县易俗河镇");
        await goesOn(page);
        await begin(page);
        assert.equal(await outcome(page), null);
        assert.equal(await agency(page), "湘潭县易俗河镇");
      }
      assert.deepEqual(thrown, []);
    }));
}

test("where the writer gets no more memory, a sentence says so, and a smaller file is written", { timeout: 90_000 }, () =>
  onStage({}, async ({ page }) => {
    const thrown = thrownIn(page);
    server.answers["/writer_bg.wasm"] = bounded("writer_bg.wasm", 40);
    server.answers["/shown.json"] = json(shown);
    await host(page);
    await showsReport(page, shown.agency, shown.year, "#r");
    const write = (overview) =>
      page.evaluate(async (overview) => {
        const element = document.getElementById("r");
        element.report = { ...element.report, sections: { overview } };
        await element.check();
        return element.exportAs("html").then(({ size }) => size, (error) => error.message);
      }, overview);
    assert.match(String(await write("工作动态。\n\n".repeat(60_000))), /出了错|没有/);
    await goesOn(page);
    assert.ok((await write("概况。")) > 5000);
    assert.deepEqual(thrown, []);
  }));
