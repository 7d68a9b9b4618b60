// A hostile report in every way in and in every view: it shows as text and runs nowhere, under a policy and without one,
// and in what is made of it. What is read and written natively is attacked in tests/attack.rs.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { files, written } from "../fixtures/hostile/make.mjs";
import { canary, isQuiet, listenForCanaries, sorted } from "./hostile.mjs";
import { dist, root } from "./launch.mjs";
import { serve } from "./server.mjs";
import { forget, htmlPage, onStage, policy, readJson, script, showsAReport } from "./stage.mjs";

let bare, strict, listening, hostile;
const folder = mkdtempSync(join(tmpdir(), "nianbao-attack-"));
before(async () => {
  [bare, strict, listening] = await Promise.all([serve(dist), serve(dist, { headers: { "content-security-policy": policy } }), listenForCanaries()]);
  hostile = listening.hostile();
});
after(() => {
  rmSync(folder, { recursive: true, force: true });
  return Promise.all([bare, strict, listening].map((one) => one.close()));
});
beforeEach(() => {
  [bare, strict].forEach(forget);
  listening.heard.length = 0;
});

const element = (attributes = "", content = "") => `<nianbao-report id="r" ${attributes}>${content}</nianbao-report>`;
const inside = (page) => page.locator("#r");
const text = (value) => ({ status: 200, type: "application/json", body: JSON.stringify(value) });

/** Opens a page of a server's with an element in it; whatever is asked before is not the element's. */
async function open(page, server, tag, { head = script } = {}) {
  if (page.url() === "about:blank") {
    page.on("dialog", (dialog) => (listening.heard.push(`dialog ${dialog.message()}`), dialog.dismiss()));
    page.context().on("page", (opened) => listening.heard.push(`window ${opened.url()}`));
    await page.addInitScript(canary);
  }
  server.answers["/host.html"] = htmlPage(tag, head);
  await page.goto(`${server.url}host.html`);
}

/** Nothing came to life, nothing was refused, nothing was complained of, and the page is where it was. */
async function quiet({ page, complaints }, server, own = []) {
  await isQuiet(page, listening);
  assert.deepEqual(complaints.filter((complaint) => !own.some((known) => known.test(complaint))), []);
  assert.ok(!server.requests.includes("/told-by-the-browser"));
  assert.equal(page.url(), `${server.url}host.html`);
}

/** What is shown is the text of the attacks, and the report is as it was given. */
async function showsAsText(page, given) {
  const { shown, report } = await page.evaluate(() => {
    const { shadowRoot, report } = document.getElementById("r");
    const fields = Array.from(shadowRoot.querySelectorAll("input, textarea"), ({ value }) => value);
    return { shown: shadowRoot.textContent + fields.join(), report: JSON.stringify(report) };
  });
  for (const attack of [given.title, ...Object.values(given.figures).filter((figure) => typeof figure === "string" && figure.includes("<img"))]) {
    assert.ok(shown.includes(attack.replace(/[\r\n]/g, "")) || shown.includes(attack), attack);
  }
  isTheSame(JSON.parse(report), given);
}

/** What a report says, whatever goes beside it. */
function isTheSame(report, given) {
  for (const key of ["agency", "year", "title", "date", "contact", "headings", "figures", "units", "__proto__", "constructor", "prototype"]) {
    assert.equal(sorted(Object.getOwnPropertyDescriptor(report, key)?.value), sorted(Object.getOwnPropertyDescriptor(given, key)?.value), key);
  }
  for (const [id, section] of Object.entries(given.sections)) assert.equal(Object.getOwnPropertyDescriptor(report.sections, id)?.value, section, id);
}

/** Everything that there is to see of a report: findings opened, tables and charts, edited, printed. */
async function tour(page) {
  const toggles = async () => {
    for (const button of await inside(page).locator(".toggle, .reveal, .all").all()) if (await button.isVisible()) await button.press("Enter");
  };
  await toggles();
  await page.evaluate(() => document.getElementById("r").shadowRoot.querySelectorAll("[title], td, th, a, button, mark").forEach((one) => one.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }))));
  for (const mode of ["edit", "view"]) {
    await page.evaluate((mode) => (document.getElementById("r").mode = mode), mode);
    if (mode === "edit") await inside(page).locator(".entry input").first().waitFor();
    await toggles();
  }
  await page.evaluate(() => (document.getElementById("r").view = "charts"));
  await inside(page).locator(".picture").first().waitFor();
  for (const button of await inside(page).locator(".chart .views button").all()) if (await button.isVisible()) await button.press("Enter");
  await page.evaluate(() => (document.getElementById("r").lang = "en"));
  await inside(page).getByText("Charts").first().waitFor();
  await page.emulateMedia({ media: "print" });
  await page.pdf();
  await page.emulateMedia({ media: "screen" });
}

const settled = (page) => page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 50))));

test("the fixtures are what their maker makes", () => {
  for (const [name, value] of Object.entries(files())) {
    assert.equal(readFileSync(join(root, "tests/fixtures/hostile", name), "utf8"), written(value), name);
  }
});

test("every promise of SECURITY.md names tests that are there", () => {
  const promises = readFileSync(join(root, "SECURITY.md"), "utf8").split("\n").filter((line) => line.startsWith("| ") && !/^\| promise/.test(line));
  let named = 0;
  for (const promise of promises) {
    if (promise.endsWith("| the same three |")) continue;
    const [, proof] = /^\| .+ \| (.+) \|$/.exec(promise);
    for (const [, path, tests] of proof.matchAll(/`((?:tests|src)\/[\w./]+)`: (.+?)(?=; `(?:tests|src)\/|$)/g)) {
      const source = readFileSync(join(root, path), "utf8");
      const names = path.endsWith(".rs") ? Array.from(tests.matchAll(/`(\w+)`/g), ([, name]) => `fn ${name}(`) : Array.from(tests.matchAll(/"(.+?)"/g), ([, name]) => name);
      assert.ok(names.length > 0, promise);
      for (const name of names) assert.ok(source.includes(name), `${path}: ${name}`);
      named += names.length;
    }
  }
  assert.ok(promises.length > 15 && named > 40, `${promises.length} ${named}`);
});

for (const [kind, server] of [["under a strict policy", () => strict], ["without any policy", () => bare]]) {
  test(`a hostile report shows as text and runs nowhere, ${kind}`, () =>
    onStage({ acceptDownloads: true }, async (stage) => {
      const { page } = stage;
      server().answers["/hostile.json"] = text(hostile.report);
      await open(page, server(), element('src="hostile.json"'));
      await showsAReport(page, "#r");
      await showsAsText(page, hostile.report);
      await tour(page);
      await page.evaluate(() => (document.getElementById("r").view = "tables"));
      await inside(page).locator("td[data-cell]").first().waitFor();
      await showsAsText(page, hostile.report);
      await quiet(stage, server());
    }));

  test(`a table of hostile indicators shows as text and runs nowhere, ${kind}`, () =>
    onStage({}, async (stage) => {
      const { page } = stage;
      server().answers["/hostile.json"] = text(hostile.indicators);
      await open(page, server(), element('src="hostile.json" mode="edit"'));
      await showsAReport(page, "#r");
      await settled(page);
      const shown = await page.evaluate(() => document.getElementById("r").shadowRoot.textContent);
      for (const { label } of hostile.indicators.indicators) {
        if (label.includes("<")) assert.ok(shown.includes(label), label);
      }
      await quiet(stage, server());
    }));

  test(`a hostile form and hostile rules are words and no more, ${kind}`, () =>
    onStage({}, async (stage) => {
      const { page } = stage;
      const { answers } = server();
      [answers["/form.json"], answers["/rules.json"]] = [text(hostile.form), text(hostile.rules)];
      const figures = { "__proto__.constructor.visitors": "12", "__proto__.library.prototype": 3, "__proto__.all.prototype": hostile.texts.markup[3] };
      const own = JSON.parse(JSON.stringify(Object.entries(figures)));
      answers["/own.json"] = { ...text(), body: JSON.stringify({ form: "reading-room", agency: hostile.texts.markup[4], year: 2024, figures: Object.fromEntries(own), sections: {} }) };
      await open(page, server(), element('src="own.json" form-src="form.json" rules-src="rules.json" mode="edit"'));
      await showsAReport(page, "#r");
      for (const button of await inside(page).locator(".toggle, .reveal, .all").all()) if (await button.isVisible()) await button.press("Enter");
      assert.ok((await page.evaluate(() => document.getElementById("r").shadowRoot.textContent)).includes(hostile.form.tables[0].corner.zh));
      await page.evaluate(() => document.getElementById("r").focusCell("__proto__.constructor.visitors"));
      await page.keyboard.type("77");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.getElementById("r").report.figures["__proto__.constructor.visitors"] === 77);
      await inside(page).locator("#draft-state", { hasText: "草稿已存" }).waitFor();
      await quiet(stage, server());
      // The rules hold for the official form.
      answers["/report.json"] = text(readJson("www/demo/2023-suqian.json"));
      await open(page, server(), element('src="report.json" rules-src="rules.json"'));
      await showsAReport(page, "#r");
      for (const button of await inside(page).locator(".toggle, .reveal, .all").all()) if (await button.isVisible()) await button.press("Enter");
      const told = await page.evaluate(() => document.getElementById("r").findings.map(({ message }) => message));
      assert.ok(told.some((message) => message.includes("<")), String(told));
      await quiet(stage, server());
    }));

  test(`every way in is a way for text, ${kind}`, () =>
    onStage({}, async (stage) => {
      const { page } = stage;
      const { answers } = server();
      await open(page, server(), element());
      // A page's own script may set what it likes: here it stands for all that comes in by it.
      const given = JSON.stringify(hostile.report);
      await page.evaluate((given) => (document.getElementById("r").report = JSON.parse(given)), given);
      await showsAReport(page, "#r");
      await showsAsText(page, hostile.report);
      const made = {};
      for (const format of ["json", "html", "md", "csv", "docx", "xlsx"]) {
        made[format] = await page.evaluate(async (format) => {
          const bytes = new Uint8Array(await (await document.getElementById("r").exportAs(format, { provenance: true, charts: format === "html" })).arrayBuffer());
          return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
        }, format);
      }
      await quiet(stage, server());
      for (const [format, base64] of Object.entries(made)) {
        // Dropped, under a name that is an attack itself.
        await page.evaluate(async ([base64, format]) => {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          await document.getElementById("r").importFile(new File([bytes], `..\\..\\<img src=x onerror=canary("name")>\u202e.${format}`));
        }, [base64, format]);
        await showsAReport(page, "#r");
        await showsAsText(page, hostile.report);
        await quiet(stage, server());
      }
      for (const [format, base64] of Object.entries(made)) {
        answers[`/in.${format}`] = { status: 200, type: format === "html" ? "text/html" : "application/octet-stream", body: Buffer.from(base64, "base64") };
        answers["/host.html"] = htmlPage(element(`src="in.${format}"`), script);
        await page.goto(`${server().url}host.html`);
        await showsAReport(page, "#r");
        await showsAsText(page, hostile.report);
        await quiet(stage, server());
      }
      // In the element itself: data, and a published page's own article.
      const html = Buffer.from(made.html, "base64").toString();
      const article = /<article[^]*<\/article>/.exec(html)[0].replace(/<style>[^]*?<\/style>/g, "");
      const inline = `<script type="application/json">${given.replace(/</g, "\\u003c")}</script>`;
      for (const content of server() === strict ? [inline] : [inline, article]) {
        answers["/host.html"] = htmlPage(element("", content), script);
        await page.goto(`${server().url}host.html`);
        await showsAReport(page, "#r");
        await showsAsText(page, hostile.report);
        await quiet(stage, server());
      }
    }));

  test(`what others publish is not run when it is read, ${kind}`, () =>
    onStage({}, async (stage) => {
      const { page } = stage;
      const { answers } = server();
      const { markup, markdown, directions } = hostile.texts;
      // A real page of the report, full of live markup.
      const row = (name, first) => `<tr><td>${name}</td><td onclick=canary("cell")>${first}</td>${"<td>0</td>".repeat(6)}</tr>`;
      const page_ = `<!doctype html><html onload=canary("html")><head><title>某县2023年政府信息公开工作年度报告</title>${markup.join("")}</head><body onload=canary("body")>
        <h1>某县2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>${markup.join("</p><p>")}</p><p>${markdown.join("</p><p>")}</p><p>${directions.join("</p><p>")}</p>
        <p>三、收到和处理政府信息公开申请情况</p><table>${row("一、本年新收政府信息公开申请数量", 12)}${row("二、上年结转政府信息公开申请数量", `${markup[3]}3`)}</table></body></html>`;
      answers["/published.html"] = { status: 200, type: "text/html; charset=utf-8", body: page_ };
      answers["/published.txt"] = { status: 200, type: "text/plain; charset=utf-8", body: page_.replace(/<\/?(p|tr|td|h1|table)[^>]*>/g, "\n") };
      answers["/published.mhtml"] = { status: 200, type: "multipart/related", body: `MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: ${listening.url}/page.html\r\n\r\n${page_}\r\n--b--\r\n` };
      await open(page, server(), "", { head: "" });
      for (const name of ["published.html", "published.txt", "published.mhtml"]) {
        answers["/host.html"] = htmlPage(element(`src="${name}"`), script);
        await page.goto(`${server().url}host.html`);
        await page.waitForFunction(() => document.getElementById("r").report || document.getElementById("r").shadowRoot?.querySelector("[part~=error]"));
        await settled(page);
        await quiet(stage, server());
      }
      assert.ok(server().requests.includes("/published.mhtml"));
    }));

  test(`hostile reports beside it are names and figures, ${kind}`, () =>
    onStage({}, async (stage) => {
      const { page } = stage;
      const { answers } = server();
      const of = (year) => ({ ...hostile.report, year });
      const named = (report, year) => JSON.parse(JSON.stringify(report).replace(/"year":\d+/, `"year":${year}`));
      for (const year of [2021, 2022]) answers[`/${year}.json`] = text(named(of(year), year));
      answers["/2023.json"] = text(hostile.report);
      answers["/other.json"] = text({ ...readJson("www/demo/2023-hongze.json"), agency: hostile.texts.markup[4] });
      await open(page, server(), element('src="2023.json" prior-src="2022.json" history="2021.json 2022.json other.json" view="charts"'));
      await inside(page).locator(".picture").first().waitFor();
      for (const select of await inside(page).locator(".choice select").all()) await select.selectOption({ index: 1 });
      for (const datum of (await inside(page).locator(".datum").all()).slice(0, 8)) {
        await datum.dispatchEvent("pointerover");
        await datum.focus();
      }
      await settled(page);
      await page.evaluate((given) => (document.getElementById("r").history = JSON.parse(given)), JSON.stringify([hostile.report, hostile.indicators]));
      await settled(page);
      await page.evaluate(() => (document.getElementById("r").view = "tables"));
      await showsAReport(page, "#r");
      await quiet(stage, server(), [/404/]);
    }));

  test(`what is pasted is text, ${kind}`, () =>
    onStage({}, async (stage) => {
      const { page } = stage;
      server().answers["/report.json"] = text(readJson("www/demo/2023-suqian.json"));
      await open(page, server(), element('src="report.json" mode="edit" drafts="off"'));
      await showsAReport(page, "#r");
      const { markup, formulas, markdown } = hostile.texts;
      const paste = async (target, html, plain) => {
        await target.focus();
        await page.evaluate(([html, plain]) => {
          const data = new DataTransfer();
          data.setData("text/plain", plain);
          data.setData("text/html", html);
          document.activeElement.shadowRoot.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, composed: true, cancelable: true }));
        }, [html, plain]);
        await settled(page);
      };
      const cells = markup.map((attack) => `<tr><td onclick=canary("cell")>${attack}<td>${attack.replace(/</g, "&lt;")}`).join("");
      await paste(inside(page).locator(".entry input").first(), `<table>${cells}</table>${markup.join("")}`, markup.join("\t"));
      await paste(inside(page).locator(".entry input").nth(5), "", [...markup, ...formulas].join("\n"));
      for (const button of await inside(page).locator("button.action").all()) if (await button.isVisible()) await button.press("Enter").catch(() => {});
      await paste(inside(page).locator("#text-overview"), markup.map((attack) => `<p onclick=canary("p")>${attack}`).join(""), markup.join("\n"));
      await paste(inside(page).locator("#text-overview"), "", markdown.join("\n\n"));
      await settled(page);
      await quiet(stage, server());
    }));

  test(`a hostile draft and a hostile state of a form are text, ${kind}`, () =>
    onStage({}, async (stage) => {
      const { page } = stage;
      server().answers["/report.json"] = text(readJson("www/demo/2023-suqian.json"));
      const tag = element('src="report.json" mode="edit" name="report"');
      await open(page, server(), `<form>${tag}</form>`);
      await showsAReport(page, "#r");
      await inside(page).locator(".entry input").nth(3).fill("12");
      await page.keyboard.press("Enter");
      await inside(page).locator("#draft-state", { hasText: "草稿已存" }).waitFor();
      await page.evaluate(
        (report) =>
          new Promise((resolve) => {
            const opening = indexedDB.open("nianbao");
            opening.onsuccess = () => {
              const transaction = opening.result.transaction("drafts", "readwrite");
              const drafts = transaction.objectStore("drafts");
              const all = drafts.getAll();
              const markup = '"><img src=x onerror=canary("draft")>';
              all.onsuccess = () => {
                const [own] = all.result;
                drafts.put({ ...own, report, agency: markup, title: markup }, own.key);
                for (const key of ["__proto__", "constructor", markup, "\u202e../../x"]) {
                  drafts.put({ ...own, key, report, agency: markup, title: `\u202e${markup}`, form: "__proto__", base: markup, writer: "constructor" }, key);
                }
                drafts.put({ key: "bad", report: { polluted: 1 } }, "bad");
                drafts.put([["__proto__", 1]], "list");
              };
              transaction.oncomplete = () => (opening.result.close(), resolve());
            };
          }),
        JSON.stringify(hostile.report),
      );
      await page.reload();
      await inside(page).locator("#draft-notice").waitFor();
      await showsAReport(page, "#r");
      await page.evaluate(() => document.getElementById("r").shadowRoot.querySelectorAll("button[aria-expanded=false], summary").forEach((button) => button.click()));
      await settled(page);
      const shown = await page.evaluate(() => document.getElementById("r").shadowRoot.textContent);
      assert.ok(shown.includes('<img src=x onerror=canary("draft")>'));
      await quiet(stage, server());
      // What the browser keeps of a form comes back as text, whatever it is by then.
      for (const state of [JSON.stringify({ kept: JSON.stringify(hostile.report), draftOf: "__proto__" }), '{"__proto__":{"kept":"{}"},"kept":{"a":1}}', '{"kept":"[[[[","draftOf":{"a":1}}', "constructor"]) {
        await page.evaluate((state) => document.getElementById("r").formStateRestoreCallback(state, "restore"), state);
        await settled(page);
        await isQuiet(page, listening);
      }
    }));
}

test("the canary is heard where markup is let in", () =>
  onStage({}, async ({ page }) => {
    await open(page, bare, "", { head: "" });
    await page.evaluate((markup) => (document.body.innerHTML = markup.join("")), hostile.texts.markup);
    await page.waitForFunction(() => window.canaries.length > 5);
    assert.ok(listening.heard.length > 3, String(listening.heard));
    await assert.rejects(isQuiet(page, listening));
    await open(page, strict, "", { head: "" });
    await page.evaluate(() => document.body.append(Object.assign(document.createElement("img"), { src: "http://canary.invalid/" })));
    await page.waitForFunction(() => window.refused.length > 0);
  }));

test("a key that scripts take for their own makes a report another one", () =>
  onStage({}, async ({ page }) => {
    await open(page, bare, element());
    const given = (key) => `{"form":"gongkai-2021","agency":"某镇","year":2023,"figures":{},"${key}":{}}`;
    await page.evaluate((given) => (document.getElementById("r").report = JSON.parse(given)), given("other"));
    await showsAReport(page, "#r");
    for (const key of hostile.texts.keys) {
      await page.evaluate((given) => (document.getElementById("r").report = JSON.parse(given)), given(key));
      await page.waitForFunction((key) => Object.keys(document.getElementById("r").report).includes(key), key);
    }
    await isQuiet(page, listening);
  }));

test("what is endlessly long or deep costs a sentence, and the page lives on", () =>
  onStage({}, async ({ page, complaints }) => {
    bare.answers["/report.json"] = text(readJson("www/demo/2023-suqian.json"));
    await open(page, bare, element('src="report.json" mode="edit" drafts="off"'));
    await showsAReport(page, "#r");
    const of = (figure, more = "") => `{"form":"gongkai-2021","agency":"某镇","year":2023,${more}"figures":{"requests.received.total":${figure},"requests.received.natural_person":1}}`;
    const deep = (open, close) => open.repeat(100_000) + close.repeat(100_000);
    const bring = (content, name) =>
      page.evaluate(([content, name]) => document.getElementById("r").importFile(new File([content], name)).then(() => "", (error) => error.message), [content, name]);
    for (const [content, name] of [
      [deep("[", "]"), "a.json"], [of(deep("[", "]")), "a.json"], [of("1", `"x":${deep('{"a":', "}").replace(":}", ":1}")},`), "a.json"],
      [deep("<div>", "</div>"), "a.html"], [deep("<table><tr><td>", "</td></tr></table>"), "a.html"], [deep("> ", ""), "a.md"],
    ]) {
      const sentence = await bring(content, name);
      assert.match(sentence, /。$/, `${content.slice(0, 20)}: ${sentence}`);
      assert.equal((await page.evaluate(() => document.getElementById("r").report.agency)), "宿迁市");
    }
    for (const figure of ["1e999999999", "-1e-999999999", "9".repeat(1_000_000), `0.${"0".repeat(100_000)}1`]) {
      assert.equal(await bring(of(figure), "a.json"), "");
      await page.waitForFunction(() => document.getElementById("r").report.agency === "某镇");
      const findings = await page.evaluate(() => document.getElementById("r").findings.map(({ rule, message }) => ({ rule, length: message.length })));
      assert.ok(findings.some(({ rule }) => rule === "not-a-number"), figure.slice(0, 20));
      assert.ok(findings.every(({ length }) => length < 50_000), JSON.stringify(findings));
    }
    assert.ok(await page.evaluate(() => document.getElementById("r").undo()));
    assert.deepEqual(complaints, []);
  }));

test("what is exported runs nothing when it is opened", () =>
  onStage({ acceptDownloads: true }, async (stage) => {
    const { page } = stage;
    await open(page, bare, element('view="charts"'));
    await page.evaluate((given) => (document.getElementById("r").report = JSON.parse(given)), JSON.stringify(hostile.report));
    await inside(page).locator(".picture").first().waitFor();
    const made = (format) => page.evaluate(async (format) => (await document.getElementById("r").exportAs(format, { charts: format === "html" })).text(), format);
    const [html, offline] = [await made("html"), await made("offline")];
    const [download] = await Promise.all([page.waitForEvent("download"), inside(page).getByRole("button", { name: /^下载 SVG/ }).first().click()]);
    const svg = readFileSync(await download.path(), "utf8");
    const opened = [];
    for (const [name, content, type] of [["page.html", html, "text/html; charset=utf-8"], ["offline.html", offline, "text/html; charset=utf-8"], ["chart.svg", svg, "image/svg+xml"]]) {
      writeFileSync(join(folder, name), content);
      for (const server of [bare, strict]) server.answers[`/${name}`] = { status: 200, type, body: content };
      opened.push(pathToFileURL(join(folder, name)).href, `${bare.url}${name}`);
      // An offline file has a policy of its own; the server's on top of it forbids what the file is made of.
      if (name !== "offline.html") opened.push(`${strict.url}${name}`);
    }
    for (const address of opened) {
      await page.goto(address);
      if (address.endsWith("offline.html")) await page.waitForFunction(() => document.querySelector("nianbao-report").shadowRoot?.querySelector(".nianbao"));
      await settled(page);
      const state = await page.evaluate(() => ({
        canaries: window.canaries,
        text: document.documentElement.textContent,
        live: Array.from(document.querySelectorAll("script, img, iframe, object, embed, link, base, form, foreignObject, use, image, animate, set, video, math, template, details"), ({ localName, type }) => `${localName} ${type ?? ""}`),
        handlers: Array.from(document.querySelectorAll("*")).flatMap((one) => Array.from(one.attributes, ({ name }) => name)).filter((name) => name.startsWith("on") || name === "srcdoc"),
        addresses: Array.from(document.querySelectorAll("[href], [src]"), (one) => one.getAttribute("href") ?? one.getAttribute("src")),
      }));
      assert.deepEqual([state.canaries, state.handlers, state.addresses], [[], [], []], address);
      assert.ok(state.text.includes("canary("), address);
      const allowed = /^script (application\/(ld\+)?json|text\/plain|)$/;
      assert.deepEqual(state.live.filter((one) => !(allowed.test(one) && !address.endsWith("svg"))), [], address);
      assert.deepEqual(listening.heard, [], address);
    }
    // Nothing but the offline file's own program is a script that runs.
    assert.equal((html.match(/<script(?! type="application\/ld\+json")/g) ?? []).length, 0);
  }));

test("what the browser is asked to save has a name that leads nowhere", () =>
  onStage({ acceptDownloads: true }, async ({ page }) => {
    await page.addInitScript(() => {
      window.saved = [];
      HTMLAnchorElement.prototype.click = function () {
        window.saved.push(this.download);
      };
    });
    await open(page, bare, element());
    const { names } = hostile.texts;
    for (const agency of names) {
      const report = JSON.stringify({ form: "gongkai-2021", agency, year: 2023, figures: {} });
      await page.evaluate((given) => (document.getElementById("r").report = JSON.parse(given)), report);
      await page.waitForFunction((agency) => document.getElementById("r").shadowRoot.querySelector("#download") && document.getElementById("r").report.agency === agency, agency);
      await inside(page).locator("#download").click();
      await inside(page).locator("#save-json").click();
    }
    await page.waitForFunction((count) => window.saved.length === count, names.length);
    for (const name of await page.evaluate(() => window.saved)) {
      assert.match(name, /^[^\\/:*?"<>|\u0000-\u001f\u007f-\u009f]+\.json$/u);
      assert.doesNotMatch(name, /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u, name);
      assert.doesNotMatch(name, /^\.|^(con|prn|aux|nul|com\d|lpt[\d¹²³])\./i);
      assert.ok(Buffer.byteLength(name) <= 255, name);
    }
  }));

test("what turns texts around turns nothing of the interface", () =>
  onStage({}, async ({ page }) => {
    const report = readJson("www/demo/2023-suqian.json");
    const turned = "\u202e甲123乙\u2067";
    Object.assign(report, { agency: turned, title: `${turned}政府信息公开工作年度报告`, date: turned, contact: turned });
    report.headings = report.headings.map((heading) => turned + heading);
    report.sections.overview = `${turned}2023年共收到政府信息公开申请9件。\n\n${turned}`;
    report.figures["requests.received.natural_person"] = turned;
    report.figures["article20_8.fees.amount"] = "1\u202e23";
    report.units = { "article20_8.fees.amount": turned };
    bare.answers["/report.json"] = text(report);
    bare.answers["/prior.json"] = text({ ...readJson("www/demo/2021-pingtan.json"), agency: turned, year: 2022 });
    await open(page, bare, element('src="report.json" prior-src="prior.json" history="prior.json"'));
    await showsAReport(page, "#r");
    const strays = () =>
      page.evaluate(() => {
        const { shadowRoot } = document.getElementById("r");
        const texts = document.createTreeWalker(shadowRoot, NodeFilter.SHOW_TEXT);
        const strays = [];
        for (let node = texts.nextNode(); node; node = texts.nextNode()) {
          if (!/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(node.data)) continue;
          // Up to where a text begins and ends for itself.
          let around = node.parentElement;
          const styleOf = (one) => getComputedStyle(one);
          const ends = (one) => !/^(inline|contents)$/.test(styleOf(one).display) || styleOf(one).unicodeBidi !== "normal";
          while (!ends(around)) around = around.parentElement;
          const beside = Array.from(around.childNodes).some((one) => one !== node && !one.contains(node) && one.textContent.trim() && !/[\u202e\u2067]/.test(one.textContent));
          // The words of a text that are marked, and the others, are its own alike.
          if (beside && !around.closest(".text, .mirror, mark")) strays.push(`${around.localName}.${around.className}: ${around.textContent.slice(0, 80)}`);
        }
        return strays;
      });
    for (const button of await inside(page).locator(".toggle, .reveal, .all").all()) if (await button.isVisible()) await button.press("Enter");
    assert.deepEqual(await strays(), []);
    await page.evaluate(() => (document.getElementById("r").mode = "edit"));
    await inside(page).locator(".entry input").first().waitFor();
    assert.deepEqual(await strays(), []);
    await page.evaluate(() => (document.getElementById("r").view = "charts"));
    await inside(page).locator(".picture").first().waitFor();
    assert.deepEqual(await strays(), []);
    // What a sentence quotes of it is spelled out.
    await page.waitForFunction(() => document.getElementById("r").findings.length > 0);
    const told = await page.evaluate(() => document.getElementById("r").findings.map(({ message }) => message));
    assert.ok(told.some((message) => message.includes("[U+202E]")), String(told));
    assert.ok(!told.some((message) => /[\u202a-\u202e\u2066-\u2069]/.test(message)), String(told));
  }));
