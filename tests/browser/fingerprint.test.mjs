// The fingerprint on the screen and in files, and what is at hand where the page is a file that is taken along.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import { forget, htmlPage, json, onStage, readJson, script, showsAReport } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

const wanted = readJson("www/demo/2023-suqian.json");

async function host(page, attributes = "", report = wanted) {
  server.answers["/wanted.json"] = json(report);
  server.answers["/host.html"] = htmlPage(`<nianbao-report id="r" src="wanted.json" ${attributes}></nianbao-report>`, script);
  await page.goto(`${server.url}host.html`);
  await showsAReport(page, "#r");
}

const fingerprint = (page) => page.evaluate(() => document.getElementById("r").fingerprint);
const exported = (page, ...given) => page.evaluate(async (given) => await (await document.getElementById("r").exportAs(...given)).text(), given);
const refused = (page, ...given) => page.evaluate((given) => document.getElementById("r").exportAs(...given).then(() => "", ({ message }) => message), given);

test("the fingerprint stands at the foot of the view, in print too, and in every file", () =>
  onStage({}, async ({ page, complaints }) => {
    await host(page);
    const shown = await fingerprint(page);
    assert.match(shown, /^([0-9A-F]{4}-){3}[0-9A-F]{4}$/);
    const line = page.locator("#r").locator("[part=fingerprint]");
    assert.equal(await line.innerText(), `数据指纹：${shown}`);
    assert.ok(await line.evaluate((line) => line === line.parentElement.querySelector(".body ~ :not(.strip):last-of-type")));
    await page.emulateMedia({ media: "print" });
    assert.ok(await line.isVisible());
    await page.emulateMedia({ media: "screen" });
    assert.equal(JSON.parse(await exported(page, "json")).fingerprint, shown);
    const html = await exported(page, "html");
    assert.equal(html.split(`数据指纹：${shown}`).length, 3, "at the foot of each sheet, and at the end");
    assert.equal("fingerprint" in (await page.evaluate(() => document.getElementById("r").report)), false);
    await page.evaluate((html) => document.getElementById("r").importFile(new File([html], "a.html")), html);
    assert.equal(await fingerprint(page), shown);
    assert.deepEqual(await page.evaluate(() => document.getElementById("r").findings.filter(({ rule }) => /fingerprint|carried/.test(rule))), []);
    assert.deepEqual(complaints, []);
  }));

test("what is typed changes it, what is taken back brings it back, and nothing but the report counts", () =>
  onStage({}, async ({ page }) => {
    await host(page, 'mode="edit" drafts="off"');
    const before = await fingerprint(page);
    const line = page.locator("#r").locator("[part=fingerprint]");
    await page.locator("#r").locator('input[data-cell="requests.received.total"]').fill("1");
    const typed = await fingerprint(page);
    assert.notEqual(typed, before);
    assert.equal(await line.innerText(), `数据指纹：${typed}`);
    await page.evaluate(() => document.getElementById("r").undo());
    assert.equal(await fingerprint(page), before);
    await page.evaluate(() => (document.getElementById("r").lang = "en"));
    await line.filter({ hasText: `Fingerprint: ${before}` }).waitFor();
  }));

test("a report that was changed after its fingerprint was made says so", () =>
  onStage({}, async ({ page }) => {
    const figures = { ...wanted.figures, "requests.received.total": 1 };
    await host(page, "", { ...wanted, figures, fingerprint: "0000-0000-0000-0000" });
    const told = await page.evaluate(() => document.getElementById("r").findings.filter(({ rule }) => rule === "fingerprint"));
    assert.equal(told.length, 1);
    assert.equal(told[0].severity, "info");
    for (const named of ["0000-0000-0000-0000", await fingerprint(page)]) assert.ok(told[0].message.includes(named), told[0].message);
  }));

test("where formats are left out, the menu and the charts do without, and who asks is told what to do", () =>
  onStage({}, async ({ page }) => {
    await host(page);
    const files = page.locator("#r").locator(".chart-tools .file");
    await page.evaluate(() => (document.getElementById("r").view = "charts"));
    await files.first().waitFor();
    await page.evaluate(() => {
      const element = document.getElementById("r");
      element._services.formats = ["offline", "csv"];
      element.view = "tables";
    });
    const items = page.locator("#r").getByRole("menu").getByRole("menuitem");
    await page.locator("#r").locator("#download").click();
    assert.deepEqual(await items.evaluateAll((items) => items.map(({ id }) => id)), ["save-offline", "save-csv", "save-json"]);
    await page.keyboard.press("End");
    assert.equal(await page.evaluate(() => document.getElementById("r").shadowRoot.activeElement.id), "save-json");
    await page.keyboard.press("Escape");
    const sentence = await refused(page, "docx");
    assert.match(sentence, /Word.*offline, csv, json.*--formats/);
    assert.doesNotMatch(await refused(page, "pdf"), /--formats/);
    await page.evaluate(() => (document.getElementById("r").view = "charts"));
    await page.locator("#r").locator(".chart-tools").first().waitFor();
    assert.equal(await files.count(), 0);
  }));

test("the file to take along is asked for with all that it is made of, and is called by whose it is and the day", () =>
  onStage({ acceptDownloads: true }, async ({ page }) => {
    await host(page);
    await page.evaluate(() => {
      window.asked = [];
      document.getElementById("r")._services.bundle = (...given) => {
        window.asked.push(given);
        return Promise.resolve(new Blob(["离线"], { type: "text/html;charset=utf-8" }));
      };
    });
    assert.equal(await exported(page, "offline", { mode: "view", charts: true, formats: false }), "离线");
    await page.locator("#r").locator("#download").click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#r").locator("#save-offline").click()]);
    const day = await page.evaluate(() => {
      const now = new Date();
      return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("");
    });
    assert.equal(download.suggestedFilename(), `${wanted.agency}2023年-gongkai-2021-${day}.html`);
    const [first, second] = await page.evaluate(() => window.asked);
    assert.deepEqual(first.slice(1), [[], "zh-CN", { mode: "view", charts: true, formats: false }]);
    assert.deepEqual(JSON.parse(first[0]), await page.evaluate(() => document.getElementById("r").report));
    assert.deepEqual(second[3], null);
    await page.evaluate(() => (document.getElementById("r")._services.bundle = () => Promise.reject("这份报告装不进一个文件。")));
    assert.equal(await refused(page, "offline"), "这份报告装不进一个文件。");
  }));
