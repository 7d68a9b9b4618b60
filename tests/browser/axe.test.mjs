// The accessibility rules that a machine can judge, by axe, over the demo page and the widget in it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { faults, noAxe } from "./accessibility.mjs";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import { faulty, htmlPage, json, onStage, script, showsAReport, showsReport } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());

const reports = [
  ["2020-yisuhe", "湘潭县易俗河镇", 2020],
  ["2023-suqian", "宿迁市", 2023],
  ["2023-hongze", "淮安市洪泽区", 2023],
];
const skip = noAxe;

/** Opens what can be opened. */
async function openAll(page) {
  for (const toggle of await page.locator(".finding [aria-controls]").all()) if (await toggle.isVisible()) await toggle.click();
  for (const details of await page.locator("nianbao-report details").all()) await details.evaluate((element) => (element.open = true));
}

const looks = [
  ["in Chinese", {}, ""],
  ["in English", {}, "?lang=en"],
  ["in the dark", { colorScheme: "dark" }, ""],
  ["at 360 px", { viewport: { width: 360, height: 740 } }, ""],
];
// axe is evaluated as text, which the strictest policy would refuse.
const stage = (context, play) => onStage({ bypassCSP: true, reducedMotion: "reduce", ...context }, play);

for (const [look, context, search] of looks) {
  test(`axe finds nothing wrong ${look}`, { skip }, () =>
    stage(context, async ({ page }) => {
      for (const [name, agency, year] of reports) {
        await page.goto(`${server.url}${search}#${name}`);
        await showsReport(page, agency, year);
        await openAll(page);
        assert.deepEqual(await faults(page), [], name);
      }
    }));

  test(`axe finds nothing wrong in the editor ${look}`, { skip }, () =>
    stage(context, async ({ page }) => {
      server.answers["/faulty.json"] = json(faulty());
      const lang = search ? "en" : "zh-CN";
      const element = `<main><h1>年报</h1><nianbao-report src="/faulty.json" mode="edit" lang="${lang}"></nianbao-report></main>`;
      server.answers["/host.html"] = htmlPage(element, `<meta name="color-scheme" content="light dark">${script}`);
      await page.goto(`${server.url}host.html`);
      await showsAReport(page);
      await openAll(page);
      assert.deepEqual(await faults(page), [], "opened");
      await page.locator("#to-confirm ~ ul [id^=write-]").first().click();
      assert.deepEqual(await faults(page), [], "writing");
      await page.keyboard.press("Control+Enter");
      await page.locator("nianbao-report").getByRole("alert").waitFor();
      assert.deepEqual(await faults(page), [], "nothing written");
      await page.keyboard.type("已核对");
      await page.keyboard.press("Control+Enter");
      await page.locator("#answered").getByRole("button").click();
      await page.locator("#answered ~ ul .reason").waitFor();
      assert.deepEqual(await faults(page), [], "answered");
      await page.locator(".finding .action").first().click();
      await page.locator(".bar .action").nth(1).waitFor();
      assert.deepEqual(await faults(page), [], "a suggestion applied");
      await page.locator("#text-overview").fill("全年收到政府信息公开申请1件，办结2件。妥否，请批示。");
      await page.locator(".numbers .action").first().waitFor();
      assert.deepEqual(await faults(page), [], "a text written");
      await page.locator("#cover-year").fill("二〇");
      await page.keyboard.press("Enter");
      await page.locator("nianbao-report").getByRole("alert").waitFor();
      assert.deepEqual(await faults(page), [], "no year");
      await page.locator("#cover-year").fill("2023");
      await page.keyboard.press("Enter");
      await page.locator("#cover-year").fill("2020");
      await page.keyboard.press("Enter");
      await page.locator("#asking").waitFor();
      assert.deepEqual(await faults(page), [], "asked about the form");
    }));

  test(`axe finds nothing wrong in the charts ${look}`, { skip }, () =>
    stage(context, async ({ page }) => {
      const lang = search ? "en" : "zh-CN";
      const scheme = `<meta name="color-scheme" content="light dark">${script}`;
      const inside = page.locator("nianbao-report");
      for (const attributes of [
        'src="/demo/2023-suqian.json"',
        'src="/demo/2020-yisuhe.txt"',
        'src="/demo/2023-pingtan.json" history="/demo/2019-pingtan.json /demo/2020-pingtan.json /demo/2021-pingtan.json"',
        'src="/faulty.json" mode="edit"',
      ]) {
        server.answers["/faulty.json"] = json(faulty());
        server.answers["/host.html"] = htmlPage(`<main><h1>年报</h1><nianbao-report ${attributes} view="charts" lang="${lang}"></nianbao-report></main>`, scheme);
        await page.goto(`${server.url}host.html`);
        await inside.locator(".chart").first().waitFor();
        assert.deepEqual(await faults(page), [], attributes);
        const marks = inside.locator(".datum");
        if ((await marks.count()) > 0) await marks.first().evaluate((mark) => mark.focus());
        for (const button of await inside.locator(".chart-tools .views button:last-child").all()) await button.click();
        assert.deepEqual(await faults(page), [], `${attributes}, as tables`);
      }
    }));

  test(`axe finds nothing wrong about drafts ${look}`, { skip }, () =>
    stage(context, async ({ page }) => {
      server.answers["/faulty.json"] = json(faulty());
      const lang = search ? "en" : "zh-CN";
      const element = `<main><h1>年报</h1><nianbao-report src="/faulty.json" mode="edit" lang="${lang}"></nianbao-report></main>`;
      server.answers["/host.html"] = htmlPage(element, `<meta name="color-scheme" content="light dark">${script}`);
      const inside = page.locator("nianbao-report");
      await page.goto(`${server.url}host.html`);
      await showsAReport(page);
      await inside.getByRole("button", { name: /^(采用|Apply)/ }).first().click();
      await inside.locator("#draft-state", { hasText: /草稿已存|Draft kept/ }).waitFor();
      await page.reload();
      await inside.locator("#draft-notice").waitFor();
      await inside.locator("#drafts-button").click();
      await inside.locator("[id^=draft-delete-]").click();
      await inside.locator("#draft-keep").waitFor();
      assert.deepEqual(await faults(page), [], "restored and listed");
      const second = await page.context().newPage();
      await second.goto(`${server.url}host.html`);
      await second.locator("nianbao-report #draft-notice.warning").waitFor();
      assert.deepEqual(await faults(second), [], "edited in another window");
      await second.addInitScript(() => Object.defineProperty(window, "indexedDB", { value: undefined }));
      await page.close();
      await second.reload();
      await second.locator("nianbao-report #draft-state.error").waitFor();
      assert.deepEqual(await faults(second), [], "not saved");
    }));
}
