// What a portal can prove: under the strictest policy that lets a module run nothing is refused, and nothing leaves
// its origin. Pages and workers go through a proxy here, which sees every request of theirs, whatever made it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, request as ask } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import { faulty, forget, htmlPage, json, onStage, policy, script, showsAReport } from "./stage.mjs";

const strict = {
  "content-security-policy": policy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), usb=(), payment=()",
};

/** By itself Chromium connects to its maker's search engine, and asks what the fields of a form are for. */
const quiet = ["--disable-features=PreconnectToSearch,AutofillServerCommunication,OptimizationHints,Translate,MediaRouter"];
const ofTheBrowser = /^CONNECT (www|accounts|content-autofill)\.google(apis)?\.com:443$/;

let server, proxy;
before(async () => {
  server = await serve(dist, { headers: strict });
  proxy = await listening();
});
after(() => Promise.all([server.close(), proxy.close()]));
beforeEach(() => {
  forget(server);
  proxy.asked.length = 0;
});

/** A proxy that writes down what is asked, and hands on only what is asked of the test's own server. */
async function listening() {
  const asked = [];
  const server_ = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (!request.url.startsWith(server.url)) return response.writeHead(502).end();
    const { hostname, port, pathname, search } = new URL(request.url);
    const onward = ask({ hostname, port, path: pathname + search, method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  server_.on("connect", ({ url }, socket) => {
    asked.push(`CONNECT ${url}`);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  server_.on("upgrade", ({ url }, socket) => {
    asked.push(`UPGRADE ${url}`);
    socket.destroy();
  });
  await new Promise((ready) => server_.listen(0, "127.0.0.1", ready));
  const close = () => new Promise((closed) => (server_.close(closed), server_.closeAllConnections()));
  // Of the page's own, not of the browser's: that asks its maker for the time by itself.
  return { asked, close, context: { proxy: { server: `http://127.0.0.1:${server_.address().port}`, bypass: "<-loopback>" }, acceptDownloads: true } };
}

/** Counts in the page what it could tell others by, beside requests, and keeps what the policy refuses. */
const watch = () => {
  window.refused = [];
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => window.refused.push(`${violatedDirective} ${blockedURI} ${sample}`));
  window.used = [];
  const count = (of, name) => {
    const own = of[name];
    if (own) of[name] = function (...given) { window.used.push(name); return new.target ? new own(...given) : own.apply(this, given); };
  };
  count(navigator, "sendBeacon");
  for (const name of ["WebSocket", "EventSource", "RTCPeerConnection", "WebTransport", "SharedWorker", "XMLHttpRequest", "Notification"]) count(window, name);
};

/** Opens the page; gives the list of what it and its workers ask for, as it grows. */
async function play(page, body) {
  const asked = [];
  page.context().on("request", (request) => asked.push(request.url()));
  await page.addInitScript(watch);
  server.answers["/faulty.json"] = json(faulty());
  server.answers["/host.html"] = htmlPage(`${body}<p><a id="end" href="#end">尾</a></p>`, script);
  await page.goto(`${server.url}host.html`);
  return asked;
}

/** Nothing was refused, nothing else was asked, nothing is kept but what the documentation names. */
async function isClean({ page, complaints }, asked, { kept = [] } = {}) {
  const own = new URL(server.url).origin;
  const others = proxy.asked.filter((line) => !line.split(" ")[1].startsWith(`${own}/`) && !ofTheBrowser.test(line));
  assert.deepEqual(others, [], "asked of others");
  assert.deepEqual(asked.filter((url) => !url.startsWith(`${own}/`) && !url.startsWith("blob:")), [], "asked by the page");
  assert.ok(proxy.asked.some((line) => line.endsWith("/nianbao.js")), "the proxy has seen it");
  assert.deepEqual(server.requests.filter((path) => path === "/told-by-the-browser"), [], "told by the browser");
  assert.deepEqual(await page.evaluate(() => window.refused), []);
  assert.deepEqual(await page.evaluate(() => window.used), []);
  assert.deepEqual(await page.context().cookies(), []);
  const left = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    caches: await caches.keys(),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    inline: Array.from(document.querySelector("nianbao-report").shadowRoot.querySelectorAll("[style], style, script, [onclick]")).filter((element) => !element.matches(".tip")).length,
  }));
  assert.deepEqual(left, { local: [], session: [], workers: 0, caches: [], databases: kept, inline: 0 });
  assert.deepEqual(complaints, []);
}

/** Saves the report in every format of the menu. */
async function savesAll(page) {
  const inside = page.locator("nianbao-report");
  const sizes = {};
  for (const format of ["docx", "xlsx", "html", "md", "csv", "json"]) {
    await inside.locator("#download").click();
    const [download] = await Promise.all([page.waitForEvent("download"), inside.locator(`#save-${format}`).click()]);
    sizes[format] = readFileSync(await download.path()).length;
  }
  return sizes;
}

test("a whole tour of what is read asks nothing of others and is refused nothing", () =>
  onStage(proxy.context, async (stage) => {
    const { page } = stage;
    const inside = page.locator("nianbao-report");
    const asked = await play(page, '<nianbao-report src="/faulty.json" prior-src="/demo/2021-pingtan.json"></nianbao-report>');
    await showsAReport(page);
    await inside.locator("#finding-0").click();
    await inside.locator("tr.note-row").first().waitFor();
    for (const toggle of await inside.locator(".toggle").all()) if (await toggle.isVisible()) await toggle.click();
    const sizes = await savesAll(page);
    assert.ok(Object.values(sizes).every((size) => size > 1000), JSON.stringify(sizes));
    // Files that a worker has to open: a Word document, a workbook, a page, a PDF.
    for (const [folder, name] of [["containers", "libreoffice.docx"], ["containers", "one-sheet.xls"], ["containers", "utf8-base64.mhtml"], ["pdf", null]]) {
      const of = new URL(`../fixtures/${folder}/`, import.meta.url);
      const file = name ?? readdirSync(of).find((file) => file.endsWith(".pdf"));
      await page.evaluate(async ([base64, name]) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        await document.querySelector("nianbao-report").importFile(new File([bytes], name));
      }, [readFileSync(new URL(file, of)).toString("base64"), file]);
      await showsAReport(page);
    }
    assert.equal(page.workers().length, 1);
    await page.evaluate(() => (document.querySelector("nianbao-report").lang = "en"));
    await inside.getByText("Carried out to next year").first().waitFor();
    await page.emulateMedia({ media: "print" });
    await page.pdf();
    await page.emulateMedia({ media: "screen" });
    await isClean(stage, asked);
  }, quiet));

test("a whole tour of the charts asks nothing of others and is refused nothing", () =>
  onStage(proxy.context, async (stage) => {
    const { page } = stage;
    const inside = page.locator("nianbao-report");
    const years = "/demo/2019-pingtan.json /demo/2020-pingtan.json /demo/2021-pingtan.json";
    const asked = await play(page, `<nianbao-report src="/demo/2023-pingtan.json" history="${years}" view="charts"></nianbao-report>`);
    await inside.locator(".datum").first().hover();
    await inside.locator(".tip").waitFor();
    const chart = inside.locator(".chart").filter({ has: page.locator(".picture") }).first();
    for (const format of ["SVG", "PNG"]) {
      const [download] = await Promise.all([page.waitForEvent("download"), chart.getByRole("button", { name: new RegExp(`^下载 ${format}`) }).click()]);
      assert.ok(readFileSync(await download.path()).length > 1000, format);
    }
    for (const select of await inside.locator(".choice select").all()) await select.selectOption({ index: 3 });
    await chart.locator(".views button").last().click();
    await inside.locator(".twin").first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      inside.locator("#download").click().then(() => inside.locator("#save-html").click()),
    ]);
    assert.match(readFileSync(await download.path(), "utf8"), /<figure/);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.pdf();
    await inside.locator("#view-tables").click();
    await showsAReport(page);
    await isClean(stage, asked);
  }, quiet));

test("a whole tour of the editor asks nothing of others, is refused nothing and keeps drafts alone", () =>
  onStage(proxy.context, async (stage) => {
    const { page } = stage;
    const inside = page.locator("nianbao-report");
    const asked = await play(page, '<nianbao-report src="/faulty.json" mode="edit" prior-src="/demo/2021-pingtan.json"></nianbao-report>');
    await showsAReport(page);
    await inside.locator(".entry input").nth(3).fill("12");
    await page.keyboard.press("Enter");
    await inside.getByRole("button", { name: /^采用/ }).first().click();
    await inside.locator("#text-overview").fill("全年收到政府信息公开申请1件，办结2件。妥否，请批示。");
    await inside.locator("#cover-year").fill("2023");
    await page.keyboard.press("Enter");
    await inside.locator("#draft-state", { hasText: "草稿已存" }).waitFor();
    await inside.locator("#view-charts").click();
    await inside.locator(".picture").first().waitFor();
    await savesAll(page);
    // A table out of a spreadsheet.
    await inside.locator(".entry input").first().focus();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData("text/plain", "1\t2\n3\t4");
      data.setData("text/html", "<table><tr><td>1<td>2<tr><td>3<td>4</table>");
      const { activeElement } = document.activeElement.shadowRoot;
      activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, composed: true, cancelable: true }));
    });
    await page.evaluate(() => document.querySelector("nianbao-report").undo());
    await page.pdf();
    await page.reload();
    await inside.locator("#draft-notice").waitFor();
    await isClean(stage, asked, { kept: ["nianbao"] });
  }, quiet));
