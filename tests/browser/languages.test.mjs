// Languages: the element says everything in the language of its page, and only what was published stays as it is.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { dist, root } from "./launch.mjs";
import { serve } from "./server.mjs";
import { faulty, forget, htmlPage, json, onStage, readJson, script, showsAReport } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

/** The characters that a traditional text is written with: those of Big5, less the simplified ones that it has as others. */
const big5 = (() => {
  const decoder = new TextDecoder("big5");
  const bytes = [];
  for (let high = 0xa1; high < 0xfa; high++) for (let low = 0x40; low < 0xff; low++) bytes.push(high, low, 0x0a);
  return new Set(decoder.decode(Uint8Array.from(bytes)));
})();
for (const character of "触党吨范复构挂柜坏机极价荐洁据离么确扰胜适体听万网与愿种筑") big5.delete(character);
const simplified = (text) => Array.from(text).filter((character) => /\p{Script=Han}/u.test(character) && !big5.has(character));
const chinese = (text) => Array.from(text).filter((character) => /[\p{Script=Han}，。；：？！、「」《》（）]/u.test(character));

/** A report with every kind of finding, and what of it is said as it was published. */
const report = { ...faulty(), figures: { ...faulty().figures, "article20_8.fees.amount": "12万元", "requests.received.natural_person": 1234567 } };
delete report.figures["requests.received.total"];

/** What the element says: every text and every name for screen readers, less what stands in another language. */
const said = (page, foreign) =>
  page.evaluate((foreign) => {
    const root = document.querySelector("nianbao-report").shadowRoot;
    const lines = [];
    // Behind a field of text stand its own words once more, unseen.
    const own = (element) => !element.closest("style, .mirror") && !foreign.includes(element.closest("[lang]")?.getAttribute("lang"));
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        if (node.parentElement && own(node.parentElement)) lines.push(node.data);
      } else if (own(node)) {
        for (const name of ["aria-label", "aria-description", "aria-roledescription", "title", "placeholder", "alt"]) {
          if (node.hasAttribute(name)) lines.push(node.getAttribute(name));
        }
      }
    }
    return lines.map((line) => line.trim()).filter(Boolean);
  }, foreign);

/** The same without what the report and the notices themselves say. */
async function words(page, foreign) {
  const data = await page.evaluate(() => {
    const { report, history, findings } = document.querySelector("nianbao-report");
    const quotes = findings.flatMap(({ quotes = [] }) => quotes.map(({ text }) => text.split(/\s+/).join(" ")));
    const texts = Object.values(report.figures).filter((value) => typeof value === "string");
    return [report, ...history].flatMap(({ agency, title }) => [agency, title]).concat(quotes, texts).filter(Boolean);
  });
  data.sort((one, other) => other.length - one.length);
  const without = (line) => data.reduce((rest, known) => rest.split(known).join(""), line).replace(/国办\S*?号/gu, "");
  return (await said(page, foreign)).map(without);
}

async function host(page, lang, attributes) {
  server.answers["/report.json"] = json(report);
  server.answers["/host.html"] = htmlPage(`<main><nianbao-report id="r" src="report.json" ${attributes}></nianbao-report></main>`, script);
  server.answers["/host.html"].body = server.answers["/host.html"].body.replace('lang="zh-CN"', `lang="${lang}"`);
  await page.goto(`${server.url}host.html`);
  if (attributes.includes("charts")) await page.locator("#r .chart").first().waitFor();
  else await showsAReport(page);
}

const inside = (page) => page.locator("#r");
const text = (page) => page.evaluate(() => document.querySelector("#r").shadowRoot.textContent);
/** Opens every finding, so that all of it is there to be read. */
const openAll = (page) => page.evaluate(() => document.querySelector("#r").shadowRoot.querySelectorAll("details").forEach((details) => (details.open = true)));

for (const [lang, tag, foreign, odd] of [
  ["zh-Hant", "zh-Hant", ["zh-CN"], simplified],
  ["zh-HK", "zh-Hant", ["zh-CN"], simplified],
  ["en-GB", "en", ["zh-CN"], chinese],
]) {
  for (const [look, attributes] of [
    ["tables and findings", ""],
    ["the editor", 'mode="edit"'],
    ["charts", 'view="charts" history="demo/2020-pingtan.json"'],
  ]) {
    test(`a page in ${lang} says everything in its language: ${look}`, () =>
      onStage({}, async ({ page, complaints }) => {
        await host(page, lang, attributes);
        await openAll(page);
        assert.equal(await page.evaluate(() => document.querySelector("#r").shadowRoot.querySelector("[part~=report]").lang), tag);
        const lines = await words(page, foreign);
        assert.ok(lines.length > 100, `${lines.length} texts`);
        const wrong = lines.filter((line) => odd(line).length > 0).map((line) => `${odd(line).join("")} in ${line}`);
        assert.deepEqual(wrong.slice(0, 20), []);
        if (tag === "zh-Hant") assert.deepEqual(lines.filter((line) => /[“”]/.test(line)), []);
        assert.deepEqual(complaints, []);
      }));
  }
}

test("findings come in the language of the page, and official names stay what they are", () =>
  onStage({}, async ({ page }) => {
    await host(page, "zh-TW", "");
    const messages = await page.evaluate(() => document.querySelector("#r").findings.map(({ message }) => message));
    assert.ok(messages.some((message) => /請核對/.test(message)), messages[0]);
    await inside(page).getByRole("heading", { name: "三、收到和處理政府信息公開申請情況" }).first().waitFor();
    // What was published is not converted.
    assert.equal(await page.evaluate(() => document.querySelector("#r").report.agency), report.agency);
    assert.ok((await text(page)).includes(report.agency));
  }));

test("a page that changes its language takes the report along, with what was changed in it", () =>
  onStage({}, async ({ page, complaints }) => {
    await host(page, "zh-CN", 'mode="edit" drafts="off"');
    const cell = "article20_1.rules.issued";
    await inside(page).locator(`td[data-cell="${cell}"] input`).fill("7");
    const button = (name) => inside(page).getByRole("button", { name, exact: true }).waitFor();
    await button("撤销");
    for (const [lang, undo] of [
      ["zh-TW", "復原"],
      ["en", "Undo"],
      ["zh-CN", "撤销"],
    ]) {
      await page.evaluate((lang) => (document.documentElement.lang = lang), lang);
      await button(undo);
      assert.equal(await page.evaluate((cell) => document.querySelector("#r").report.figures[cell], cell), 7);
    }
    // An element around it counts before the page.
    await page.evaluate(() => (document.querySelector("main").lang = "en"));
    await button("Undo");
    assert.deepEqual(complaints, []);
  }));

test("a number of up to three digits is written as it stands in every language, so that no format is made for it", () =>
  onStage({}, async ({ page }) => {
    await page.addInitScript(() => {
      const Own = Intl.NumberFormat;
      window.made = 0;
      Intl.NumberFormat = function (...given) {
        window.made += 1;
        return new Own(...given);
      };
    });
    await host(page, "en", "");
    assert.match(await text(page), /[1-9]\d\d figures/);
    assert.equal(await page.evaluate(() => window.made), 0);
    const tags = readdirSync(join(root, "locales")).filter((name) => name.endsWith(".ftl")).map((name) => name.replace(".ftl", ""));
    const otherwise = (tags) =>
      tags.flatMap((tag) => {
        const format = new Intl.NumberFormat(tag);
        return Array.from({ length: 1000 }, (_, number) => format.format(number)).filter((text, number) => text !== String(number));
      });
    assert.deepEqual(await page.evaluate(otherwise, tags), []);
  }));

test("numbers of sentences, days and times are written as the language does, figures as they were published", () =>
  onStage({}, async ({ page }) => {
    for (const [lang, day, time] of [
      ["zh-CN", /^\d{1,2}月\d{1,2}日\s?\d\d:\d\d 保存$/, /^草稿已存于本机 \d\d:\d\d$/],
      ["zh-Hant", /^\d{1,2}月\d{1,2}日\s?\d\d:\d\d 儲存$/, /^草稿已存於本機 \d\d:\d\d$/],
      ["en", /^saved [A-Z][a-z]+ \d{1,2}\D+\d\d:\d\d$/, /^Draft kept on this computer at \d\d:\d\d$/],
    ]) {
      await host(page, lang, 'mode="edit"');
      await inside(page).locator('td[data-cell="article20_1.rules.issued"] input').fill("7");
      await page.waitForFunction(() => /\d:\d\d/.test(document.querySelector("#r").shadowRoot.querySelector("#draft-state")?.textContent ?? ""));
      assert.match((await inside(page).locator("#draft-state").innerText()).trim(), time);
      await inside(page).locator("#drafts-button").press("Enter");
      const told = await inside(page).locator(".draft .quiet").first().innerText();
      assert.match(told.split(/，|, (?=saved)/).pop().trim(), day);
      // A figure is what was published, digit by digit.
      assert.equal(await inside(page).locator('td[data-cell="requests.received.natural_person"] input').inputValue(), "1234567");
    }
    // A number of a sentence is grouped: the length of a long text.
    report.sections.overview = `${report.sections.overview}${"甲".repeat(1500)}`;
    for (const [lang, shown] of [
      ["zh-Hant", /\d,\d{3} 字/],
      ["en", /\d,\d{3} characters/],
    ]) {
      await host(page, lang, 'mode="edit" drafts="off"');
      assert.match(await text(page), shown);
    }
  }));
