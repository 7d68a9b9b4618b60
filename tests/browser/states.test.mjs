// What a person sees when something does not answer as it should, and what the page around sees.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { loginPage, notFound, serve } from "./server.mjs";
import { forget, htmlPage, json, onStage, readJson, script, showsAReport, showsReport } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

async function host(page, body, head = script) {
  server.answers["/host.html"] = htmlPage(body, head);
  await page.addInitScript(() => {
    window.errors = [];
    document.addEventListener("nianbao-error", (event) => window.errors.push(event.detail.message));
  });
  await page.goto(`${server.url}host.html`);
}

const report = readJson("www/demo/2023-hongze.json");
const wrongAnswers = [
  ["a file that is not there", notFound],
  ["a login page with status 200", loginPage],
  ["an empty file", { status: 200, type: "application/json", body: "" }],
  ["JSON of another shape", json({ code: 0, data: [] })],
  ["a report that breaks off", { status: 200, type: "application/json", body: JSON.stringify(report).slice(0, 900) }],
  ["a report of an unknown form", json({ ...report, form: "gongkai-2099" })],
  ["an answer that is cut off", { cut: true }],
];

for (const [what, answer] of wrongAnswers) {
  test(`${what} is told in a sentence, and retrying shows the report once it is there`, () =>
    onStage({}, async ({ page }) => {
      server.answers["/report.json"] = answer;
      await host(page, '<nianbao-report src="report.json"></nianbao-report>');
      const alert = page.locator("nianbao-report").getByRole("alert");
      await alert.waitFor();
      const sentence = await alert.innerText();
      assert.match(sentence, /[\u4e00-\u9fff]{6,}[\s\S]*。/);
      assert.doesNotMatch(sentence, /undefined|TypeError|SyntaxError|\[object/);
      await page.waitForFunction(() => window.errors.length === 1);
      assert.ok(sentence.includes(await page.evaluate(() => window.errors[0])));
      server.answers["/report.json"] = json(report);
      await page.locator("nianbao-report").getByRole("button", { name: "重新读取" }).click();
      await showsReport(page, "淮安市洪泽区", 2023);
      assert.equal(await alert.count(), 0);
    }));
}

test("a report of last year that is not there is told, and this year's is shown all the same", () =>
  onStage({}, async ({ page }) => {
    server.answers["/prior.json"] = notFound;
    await host(page, '<nianbao-report src="demo/2021-pingtan.json" prior-src="prior.json"></nianbao-report>');
    await showsReport(page, "平潭综合实验区", 2021);
    await page.locator("nianbao-report").getByText(/上一年度报告.*404/).first().waitFor();
  }));

test("a form file that is not there is told in a sentence", () =>
  onStage({}, async ({ page }) => {
    server.answers["/form.json"] = notFound;
    await host(page, '<nianbao-report src="demo/2021-pingtan.json" form-src="form.json"></nianbao-report>');
    assert.match(await page.locator("nianbao-report").getByRole("alert").innerText(), /form\.json.*404/);
  }));

test("while an answer is awaited the widget says so", () =>
  onStage({}, async ({ page }) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route("**/report.json", async (route) => {
      await held;
      await route.fulfill({ json: report });
    });
    await host(page, '<nianbao-report src="report.json"></nianbao-report>');
    const status = page.locator("nianbao-report").getByRole("status").filter({ hasText: /正在/ });
    await status.waitFor();
    release();
    await showsReport(page, "淮安市洪泽区", 2023);
    await status.waitFor({ state: "detached" });
  }));

test("content inside the element is seen until the report is there", () =>
  onStage({}, async ({ page }) => {
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route("**/widget_bg.wasm", async (route) => {
      await held;
      await route.continue();
    });
    await host(page, '<nianbao-report src="demo/2023-hongze.json"><p id="inside"><a href="/a.docx">下载年报</a></p></nianbao-report>');
    await page.waitForFunction(() => customElements.get("nianbao-report"));
    assert.ok(await page.locator("#inside").isVisible());
    release();
    await showsAReport(page);
    await page.locator("#inside").waitFor({ state: "hidden" });
  }));

test("content inside the element stays where the module cannot be loaded", () =>
  onStage({}, async ({ page }) => {
    server.answers["/widget_bg.wasm"] = notFound;
    await host(page, '<nianbao-report src="demo/2023-hongze.json"><p id="inside">年报全文</p></nianbao-report>');
    await page.waitForFunction(() => window.errors.length > 0);
    assert.ok(await page.locator("#inside").isVisible());
    assert.match(await page.evaluate(() => window.errors[0]), /[\u4e00-\u9fff]/);
  }));

test("where only the editor cannot be loaded, the report stays as it is shown", () =>
  onStage({}, async ({ page }) => {
    server.answers["/editor_bg.wasm"] = notFound;
    await host(page, '<nianbao-report src="demo/2023-hongze.json"></nianbao-report>');
    await showsAReport(page);
    await page.evaluate(() => document.querySelector("nianbao-report").setAttribute("mode", "edit"));
    await page.waitForFunction(() => window.errors.length > 0);
    assert.match(await page.evaluate(() => window.errors[0]), /editor_bg\.wasm/);
    assert.ok(await page.locator("nianbao-report td[data-cell]").first().isVisible());
    server.answers["/editor_bg.wasm"] = undefined;
    await page.evaluate(() => document.querySelector("nianbao-report").removeAttribute("mode"));
    await page.evaluate(() => document.querySelector("nianbao-report").setAttribute("mode", "edit"));
    await page.locator("nianbao-report td input").first().waitFor();
  }));

test("without a script the content inside the element is seen", () =>
  onStage({ javaScriptEnabled: false }, async ({ page }) => {
    await page.goto(server.url);
    await page.locator("nianbao-report .zh").waitFor();
    await page.locator("noscript p").waitFor();
  }));

test("the styles of the page around do not change", () =>
  onStage({}, async ({ page }) => {
    const probes = '<h2>标题</h2><p>正文 <a href="#">链接</a></p><table><tr><th>项</th><td>1</td></tr></table><button>按钮</button>';
    const styles = () =>
      page.evaluate(() =>
        Array.from(document.querySelectorAll("html, body, body > :not(nianbao-report), body > :not(nianbao-report) *"), (element) => {
          const style = getComputedStyle(element);
          // The page grows by the report; that is no leak.
          return Array.from(style, (name) => (/^(block-size|height|perspective-origin|transform-origin)$/.test(name) ? "" : `${element.localName} ${name}: ${style.getPropertyValue(name)}`));
        }),
      );
    server.answers["/report.json"] = notFound;
    await host(page, `${probes}<nianbao-report></nianbao-report>`, "");
    const before = await styles();
    await page.evaluate(() => document.querySelector("nianbao-report").setAttribute("src", "demo/2023-hongze.json"));
    await page.addScriptTag({ type: "module", url: "/nianbao.js" });
    await showsAReport(page);
    assert.deepEqual(await styles(), before);
  }));

test("the styles of the page do not get into the report", () =>
  onStage({}, async ({ page }) => {
    const look = () =>
      page.evaluate(() => {
        const shadow = document.querySelector("nianbao-report").shadowRoot;
        return Array.from(shadow.querySelectorAll("table, th, td[data-cell], h2, h3, button"), (element) => {
          const { color, backgroundColor, padding, textAlign, fontSize, borderTopWidth, textTransform } = getComputedStyle(element);
          return [element.localName, color, backgroundColor, padding, textAlign, fontSize, borderTopWidth, textTransform].join(" ");
        });
      });
    const element = '<nianbao-report src="demo/2023-hongze.json"></nianbao-report>';
    await host(page, element);
    await showsAReport(page);
    const calm = await look();
    const rude = "<style>table, th, td, h2, h3, button { color: red !important; padding: 3em !important; font-size: 40px !important; text-align: right !important; border: 9px solid !important } body { text-align: right; text-transform: uppercase; letter-spacing: 1em; line-height: 4; white-space: nowrap }</style>";
    await host(page, element, script + rude);
    await showsAReport(page);
    assert.deepEqual(await look(), calm);
  }));
