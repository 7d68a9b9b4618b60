// What is wanted later than the page, and cannot be had: the report stays as it is, a sentence says why, the page around
// goes on, and once it can be had it is, without a reload.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { cutAfter, heldUntil, loginPage, notFound, serve, withType } from "./server.mjs";
import { around, forget, goesOn, htmlPage, json, onStage, readJson, script, showsAReport, showsReport, shownFigures, thrownIn } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

const report = readJson("www/demo/2023-hongze.json");
const text = readFileSync(new URL("../../www/demo/2020-yisuhe.txt", import.meta.url), "utf8");

/** Opens a page with a body and scripts of its own around it; what its elements tell is in `errors`. */
async function host(page, body, { head = script, at = server, waitUntil } = {}) {
  at.answers["/report.json"] = json(report);
  at.answers["/host.html"] = htmlPage(around + body, head);
  await page.addInitScript(() => {
    window.errors = [];
    document.addEventListener("nianbao-error", (event) => window.errors.push(event.detail.message));
  });
  await page.goto(`${at.url}host.html`, { waitUntil });
}

const shown = '<nianbao-report id="r" src="report.json"><p id="inside">年报全文</p></nianbao-report>';
const inside = (page) => page.locator("#r");
const card = (page) => inside(page).locator(".card");
const errors = (page) => page.evaluate(() => window.errors);

/** Whatever else was tried, what is shown is all there and answers. */
async function isWhole(page) {
  assert.ok(Object.keys(await shownFigures(page, "#r")).length > 150);
  const told = await page.evaluate(async () => {
    const element = document.getElementById("r");
    await element.check();
    await element.focusCell("requests.received.total");
    const made = await element.exportAs("json").catch((error) => error.message);
    return { ...element.report, made: typeof made === "string" ? made : JSON.parse(await made.text()).agency };
  });
  assert.equal(told.agency, report.agency);
  // Where the network is gone, not even what hands a file over can be had.
  assert.ok(told.made === report.agency || /download\.js.*没有加载成功.*检查网络/.test(told.made), told.made);
  await goesOn(page);
}

/** A module of another build: its stamp stands at its end. */
function ofAnotherBuild(name) {
  const module = readFileSync(join(dist, name));
  const [, build] = /nianbao(\d+\.\d+\.\d+-[0-9a-f]{10})$/.exec(module.subarray(-60).toString("latin1"));
  const other = Buffer.from(module);
  other.write("0.0.9-0123456789", module.length - build.length, "latin1");
  return { status: 200, type: "application/wasm", body: other };
}
const halfOf = (name) => ({ status: 200, type: "application/wasm", body: readFileSync(join(dist, name)).subarray(0, 200_000) });

const faults = [
  ["is not there", "_bg.wasm", () => notFound],
  ["has a script that is not there", ".js", () => notFound],
  ["is a login page", "_bg.wasm", () => loginPage],
  ["has a login page for a script", ".js", () => loginPage],
  ["has a script under the type of a text", ".js", () => withType("text/plain")],
  ["is half there", "_bg.wasm", halfOf],
  ["breaks off on the way", "_bg.wasm", () => cutAfter(150_000)],
  ["has a script that breaks off on the way", ".js", () => cutAfter(5_000)],
  ["is of another build", "_bg.wasm", ofAnotherBuild],
];

/** What shows more, how a reader or the page asks for it, and what then is there. */
const further = {
  charts: {
    ask: (page) => inside(page).locator("#view-charts").press("Enter"),
    there: (page) => inside(page).locator(".picture").first().waitFor(),
  },
  editor: {
    ask: (page) => page.evaluate(() => ((document.getElementById("r").mode = "view"), (document.getElementById("r").mode = "edit"))),
    there: (page) => inside(page).locator("td input").first().waitFor(),
  },
};

for (const [program, { ask, there }] of Object.entries(further)) {
  for (const [what, ending, answer] of faults) {
    test(`where the program of the ${program} ${what}, the report stays, a sentence says why, and it is had once it can be`, () =>
      onStage({}, async ({ page }) => {
        const thrown = thrownIn(page);
        const name = `${program}${ending}`;
        server.answers[`/${name}`] = answer(name);
        await host(page, shown);
        await showsAReport(page, "#r");
        await ask(page);
        const said = card(page).getByRole("status").filter({ hasText: `${program}.js` });
        await said.waitFor();
        assert.match(await said.innerText(), /没有加载成功.*检查网络后再试/);
        await page.waitForFunction(() => window.errors.length > 0);
        const [sentence] = await errors(page);
        assert.match(sentence, /^年报组件没有启动：.*。$/);
        assert.ok(sentence.includes(name) || sentence.includes(`${program}.js`), sentence);
        await isWhole(page);
        delete server.answers[`/${name}`];
        await ask(page);
        await there(page);
        assert.equal(await card(page).count(), 0, "what was said is no longer so");
        await goesOn(page);
        assert.deepEqual(thrown, []);
      }));
  }
}

test("a connection that ends in the middle of the first module is told over the page's own content", () =>
  onStage({}, async ({ page }) => {
    const thrown = thrownIn(page);
    server.answers["/widget_bg.wasm"] = cutAfter(150_000);
    await host(page, shown);
    await page.waitForFunction(() => window.errors.length > 0);
    assert.match((await errors(page))[0], /没有取到文件 widget_bg\.wasm/);
    assert.ok(await page.locator("#inside").isVisible());
    await goesOn(page);
    delete server.answers["/widget_bg.wasm"];
    await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<nianbao-report id="second" src="report.json"></nianbao-report>'));
    await showsAReport(page, "#second");
    assert.deepEqual(thrown, []);
  }));

test("once a script can be had that could not, another element on the page starts", () =>
  onStage({}, async ({ page }) => {
    server.answers["/widget.js"] = notFound;
    await host(page, shown);
    await page.waitForFunction(() => window.errors.length > 0);
    delete server.answers["/widget.js"];
    await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<nianbao-report id="second" src="report.json"></nianbao-report>'));
    await showsAReport(page, "#second");
  }));

/** A site that goes away, and comes back under the same address. */
async function leavingSite() {
  let site = await serve(dist);
  const { url, answers } = site;
  return {
    url,
    answers,
    leave: () => site.close(),
    comeBack: async () => (site = await serve(dist, { port: Number(new URL(url).port), answers })),
    close: () => site.close(),
  };
}

const wants = {
  ...further,
  reader: {
    ask: (page) => page.evaluate((text) => void document.getElementById("r").importFile(new File([text], "年报.txt")).catch(() => {}), text),
    there: (page) => showsReport(page, "湘潭县易俗河镇", 2020, "#r"),
  },
  writer: {
    ask: (page) =>
      page.evaluate(() => {
        const element = document.getElementById("r");
        window.written = undefined;
        element.exportAs("docx").then(({ size }) => (window.written = size), (error) => window.errors.push(error.message));
      }),
    there: (page) => page.waitForFunction(() => window.written > 5000),
  },
};

for (const [program, { ask, there }] of Object.entries(wants)) {
  test(`where the network goes between the page and the ${program}, a sentence says so, and it goes on once it is back`, async () => {
    const site = await leavingSite();
    try {
      await onStage({}, async ({ page }) => {
        const thrown = thrownIn(page);
        await host(page, shown, { at: site });
        await showsAReport(page, "#r");
        await site.leave();
        for (let time = 0; time < 2; time++) {
          await page.evaluate(() => void (window.errors.length = 0));
          await ask(page);
          // What reads and writes tells it in its own words; of what shows more, the page hears too.
          const told = program === "writer" ? page.waitForFunction(() => window.errors.length > 0) : card(page).getByRole("status").filter({ hasText: /没有加载成功.*检查网络/ }).waitFor();
          await told;
          if (program in further) await page.waitForFunction(() => window.errors.length > 0);
          await isWhole(page);
        }
        if (program === "writer") assert.match((await errors(page)).join(), /没有加载成功.*检查网络/);
        await site.comeBack();
        await ask(page);
        await there(page);
        await goesOn(page);
        assert.deepEqual(thrown, []);
      });
    } finally {
      await site.close();
    }
  });
}

test("where the network goes before a chart is first saved as a painted picture, the sentence names what is missing, and it is saved later", async () => {
  const site = await leavingSite();
  try {
    await onStage({}, async ({ page }) => {
      const thrown = thrownIn(page);
      await host(page, shown.replace("src=", 'view="charts" src='), { at: site });
      const save = (format) => inside(page).locator("#chart-outcomes ~ .chart-tools .file").filter({ hasText: format }).click();
      const saved = async (format) => (await Promise.all([page.waitForEvent("download"), save(format)]))[0].suggestedFilename();
      assert.match(await saved("SVG"), /\.svg$/);
      await site.leave();
      for (let time = 0; time < 2; time++) {
        await save("PNG");
        await card(page).getByText(/picture\.js.*没有加载成功.*检查网络/).waitFor();
      }
      assert.match(await saved("SVG"), /\.svg$/, "what is at hand goes on");
      await site.comeBack();
      assert.match(await saved("PNG"), /\.png$/);
      await goesOn(page);
      assert.deepEqual(thrown, []);
    });
  } finally {
    await site.close();
  }
});

test("where the browser gives too little memory, the content stays, the sentence says so, and another element starts once there is some", () =>
  onStage({}, async ({ page }) => {
    const thrown = thrownIn(page);
    await page.addInitScript(() => {
      const { instantiate } = WebAssembly;
      window.refuses = true;
      WebAssembly.instantiate = (...given) =>
        window.refuses ? Promise.reject(new RangeError("WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory for new instance")) : instantiate.apply(WebAssembly, given);
    });
    await host(page, shown);
    await page.waitForFunction(() => window.errors.length > 0);
    assert.match((await errors(page))[0], /没有给出足够的内存.*关闭一些网页/);
    assert.ok(await page.locator("#inside").isVisible());
    await goesOn(page);
    await page.evaluate(() => {
      window.refuses = false;
      document.body.insertAdjacentHTML("beforeend", '<nianbao-report id="second" src="report.json"></nianbao-report>');
    });
    await showsAReport(page, "#second");
    assert.deepEqual(thrown, []);
  }));

/** A reader that never ends, and says in the console that it has begun. */
const endless = {
  status: 200,
  type: "text/javascript; charset=utf-8",
  body: `export const begin = () => ({ default: async () => {}, is_container: () => false, read() { console.log("reading"); for (;;); } });`,
};

/** What is still on its way when the element is taken away: the path that is asked for last, or what is going on. */
const stages = [
  ["the element's own script", "/nianbao.js"],
  ["the program's script", "/widget.js"],
  ["its module", "/widget_bg.wasm"],
  ["the style sheet", "/nianbao.css"],
  ["the report", "/report.json"],
  ["last year's report", "/prior.json"],
  ["the editor", "/editor_bg.wasm"],
  ["the charts", "/charts_bg.wasm"],
  ["what starts the worker", "/background.js"],
  ["the worker", "/background-worker.js"],
  ["the reader's script", "/reader.js"],
  ["the reader's module", "/reader_bg.wasm"],
];
const attributesOf = (path) =>
  /prior/.test(path) ? 'src="report.json" prior-src="prior.json"'
  : /editor/.test(path) ? 'src="report.json" mode="edit"'
  : /charts/.test(path) ? 'src="report.json" view="charts"'
  : /background|reader/.test(path) ? 'src="report.txt"'
  : 'src="report.json"';

const until = async (what, condition) => {
  for (let time = 0; time < 200; time++) {
    if (await condition()) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`${what}: that did not come to pass`);
};

for (const [what, path] of stages) {
  test(`taken away while ${what} is on its way, it leaves the others and the page alone, and put back it shows its report`, () =>
    onStage({}, async ({ page, complaints }) => {
      let release;
      server.answers[path] = { ...(path === "/prior.json" ? json({ ...report, year: 2022 }) : {}), ...heldUntil(new Promise((resolve) => (release = resolve))) };
      if (path === "/report.json") Object.assign(server.answers[path], json(report));
      server.answers["/report.txt"] = { status: 200, type: "text/plain; charset=utf-8", body: text };
      const held = server.answers[path];
      const other = `<nianbao-report id="other"><script type="application/json">${JSON.stringify({ ...report, agency: "另一局" })}</script></nianbao-report>`;
      const opening = host(page, `<nianbao-report id="r" ${attributesOf(path)}></nianbao-report>${other}`, { waitUntil: "commit" });
      // The page's own answer for the report does not take the place of the one that is held.
      server.answers[path] = held;
      await opening;
      await page.locator("#other").waitFor({ state: "attached" });
      await until(`${path} is asked for`, () => server.requests.includes(path));
      await page.evaluate(async () => {
        window.element = document.getElementById("r");
        window.element.remove();
        await new Promise((later) => setTimeout(later, 50));
      });
      release();
      delete server.answers[path];
      server.answers["/report.json"] = json(report);
      if (path === "/prior.json") server.answers[path] = json({ ...report, year: 2022 });
      await showsReport(page, "另一局", report.year, "#other");
      // What was under way for it comes to an end.
      await page.evaluate(() => new Promise((rested) => requestAnimationFrame(() => setTimeout(rested, 300))));
      assert.equal(await page.evaluate(() => window.element.shadowRoot?.querySelector("td[data-cell]") ?? null), null, "nothing is drawn where nobody looks");
      assert.deepEqual(await errors(page), []);
      await page.evaluate(() => document.body.append(window.element));
      if (path === "/charts_bg.wasm") await inside(page).locator(".picture").first().waitFor();
      else await showsAReport(page, "#r");
      await goesOn(page);
      assert.deepEqual(complaints, []);
    }));
}

test("taken away while the reader works, it has the worker ended, and put back it shows its report", () =>
  onStage({}, async ({ page, complaints }) => {
    server.answers["/reader.js"] = endless;
    server.answers["/report.txt"] = { status: 200, type: "text/plain; charset=utf-8", body: text };
    const reading = page.waitForEvent("console", (message) => message.text() === "reading");
    await host(page, '<nianbao-report id="r" src="report.txt"></nianbao-report>');
    await reading;
    await page.evaluate(() => (window.element = document.getElementById("r")).remove());
    await until("the worker has ended", () => page.workers().length === 0);
    delete server.answers["/reader.js"];
    await page.evaluate(() => document.body.append(window.element));
    await showsReport(page, "湘潭县易俗河镇", 2020, "#r");
    await goesOn(page);
    assert.deepEqual(complaints, []);
  }));

test("two hundred on one page all show their report, of one program fetched once, beside one editor, and the page goes on", { timeout: 300_000 }, (t) =>
  onStage({}, async ({ page, complaints }) => {
    page.setDefaultTimeout(200_000);
    const COUNT = 200;
    await page.addInitScript(() => {
      window.listening = {};
      const { addEventListener } = EventTarget.prototype;
      EventTarget.prototype.addEventListener = function (type, ...given) {
        const name = this === window || this === undefined ? "window" : this === document ? "document" : "";
        if (name && /nianbao\.js|editor\.js/.test(new Error().stack)) window.listening[`${name} ${type}`] = (window.listening[`${name} ${type}`] || 0) + 1;
        return addEventListener.call(this || window, type, ...given);
      };
    });
    const one = (at) => {
      const own = JSON.stringify({ ...report, agency: `某县第${at}局` });
      return `<nianbao-report id="r${at}" ${at === 100 ? 'mode="edit"' : ""}><script type="application/json">${own}</script></nianbao-report>`;
    };
    await host(page, Array.from({ length: COUNT }, (_, at) => one(at)).join(""));
    await page.waitForFunction((count) => Array.from(document.querySelectorAll("nianbao-report")).filter((element) => element.shadowRoot?.querySelector("td[data-cell]")).length === count, COUNT);
    const shown = await page.evaluate(() => Array.from(document.querySelectorAll("nianbao-report"), (element) => [element.report.agency, element.shadowRoot.querySelectorAll("td[data-cell]").length, element.findings.length]));
    for (const [at, [agency, cells, findings]] of shown.entries()) {
      assert.equal(agency, `某县第${at}局`);
      assert.deepEqual([cells, findings], [shown[0][1], shown[0][2]]);
    }
    // Each file once, whoever needs it.
    const asked = server.requests.filter((path) => !/favicon|host/.test(path)).sort();
    assert.deepEqual(asked, ["/editor.js", "/editor_bg.wasm", "/nianbao.css", "/nianbao.js"]);
    const modules = await page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".wasm")).length);
    assert.equal(modules, 1);
    // What listens to the page does so for those that need it, not for each of all.
    const listening = await page.evaluate(() => window.listening);
    t.diagnostic(JSON.stringify(listening));
    for (const [what, count] of Object.entries(listening)) assert.ok(count <= 4, `${what}: ${count}`);
    // The one editor among them is one.
    await page.evaluate(() => document.getElementById("r100").focusCell("requests.received.natural_person"));
    await page.waitForFunction(() => document.getElementById("r100").shadowRoot.activeElement?.dataset.cell === "requests.received.natural_person");
    await page.keyboard.type("321");
    await page.waitForFunction(() => document.getElementById("r100").report.figures["requests.received.natural_person"] === 321);
    assert.equal(await page.evaluate(() => document.querySelectorAll("nianbao-report").length - Array.from(document.querySelectorAll("nianbao-report")).filter(({ report }) => report.figures["requests.received.natural_person"] === 321).length), COUNT - 1);
    await goesOn(page);
    assert.deepEqual(complaints, []);
  }));
