// embed.html in an iframe: what it shows and what it refuses, whom it tells its height, and frame.js in the page around.
// The site is one server, the portal that shows its pages in frames another: two ports are two origins.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { faults, noAxe } from "./accessibility.mjs";
import { dist, noOldChromium, openOldPage } from "./launch.mjs";
import { movedTo, serve } from "./server.mjs";
import { forget, htmlPage, onStage, readJson, json } from "./stage.mjs";

let site;
let portal;
before(async () => ([site, portal] = await Promise.all([serve(dist), serve(dist)])));
after(() => Promise.all([site.close(), portal.close()]));
beforeEach(() => [site, portal].forEach(forget));

const written = readFileSync(join(dist, "embed.html"), "utf8");
const origin = (server) => new URL(server.url).origin;

/** Has the site's administrator allow these origins. */
function allow(...origins) {
  const body = written.replace('name="nianbao-allow" content=""', `name="nianbao-allow" content="${origins.join(" ")}"`);
  assert.notEqual(body, written);
  site.answers["/embed.html"] = { status: 200, type: "text/html; charset=utf-8", body };
}

/** The tag of a frame of the site's embed.html. */
const frame = (parameters, attributes = "") =>
  `<iframe src="${site.url}embed.html?${new URLSearchParams(parameters)}" title="年报" width="100%" height="300" ${attributes}></iframe>`;

/** A page of a server's with this in it; what it hears is kept. */
async function open(page, server, body, { script = '<script src="/frame.js"></script>' } = {}) {
  server.answers["/host.html"] = htmlPage(`${body}${script}`);
  await page.addInitScript(() => {
    window.heard = [];
    addEventListener("message", ({ data, origin }) => window.heard.push({ ...data, origin }));
  });
  await page.goto(`${server.url}host.html`);
}

const inside = (page, at = 0) => page.frames().filter((one) => one.url().startsWith(`${site.url}embed.html`))[at];
const shows = (frame) => frame.waitForFunction(() => document.querySelector("nianbao-report")?.shadowRoot?.querySelector("td[data-cell]"));
const refusal = async (frame) => (await frame.waitForSelector(".refused")).textContent();

/** Waits until a frame is as high as what is in it and nothing more is said about it for a few pictures; gives that height. */
async function rests(page, { at = 0, holds = () => true } = {}) {
  const content = inside(page, at);
  const height = async () => {
    const wanted = await content.evaluate(() => Math.ceil(document.querySelector("main").getBoundingClientRect().height));
    const given = await (await content.frameElement()).evaluate((element) => element.clientHeight);
    return wanted > 100 && wanted === given ? given : undefined;
  };
  const heard = () => page.evaluate(() => window.heard.length);
  const pictures = () =>
    page.evaluate(async () => {
      for (let picture = 0; picture < 30; picture += 1) await new Promise(requestAnimationFrame);
    });
  for (const end = Date.now() + 20_000; Date.now() < end; await page.waitForTimeout(50)) {
    const [before, first] = [await heard(), await height()];
    if (!first || !holds(first)) continue;
    await pictures();
    if ((await heard()) === before && (await height()) === first) return first;
  }
  return assert.fail(`it does not come to rest: it is ${await height()} high, of ${await heard()} words`);
}

test("a frame gets the height of its report, comes to rest, and nothing scrolls in it", () =>
  onStage({}, async ({ page, complaints }) => {
    await open(page, site, frame({ src: "demo/2023-suqian.json" }));
    await shows(inside(page));
    const height = await rests(page);
    assert.ok(height > 1000, String(height));
    const { scrolls, sideways, title, lang } = await inside(page).evaluate(() => {
      const { scrollHeight, scrollWidth, lang } = document.documentElement;
      return { scrolls: scrollHeight > innerHeight, sideways: scrollWidth > innerWidth, title: document.title, lang };
    });
    assert.deepEqual({ scrolls, sideways, lang }, { scrolls: false, sideways: false, lang: "zh-CN" });
    assert.equal(title, readJson("www/demo/2023-suqian.json").title);
    assert.deepEqual(complaints, []);
  }));

test("the frame grows and shrinks with what is opened in it", () =>
  onStage({}, async ({ page }) => {
    await open(page, site, frame({ src: "demo/2023-hongze.json" }));
    await shows(inside(page));
    const before = await rests(page);
    await inside(page).evaluate(() => document.querySelector("nianbao-report").setAttribute("view", "charts"));
    await inside(page).waitForFunction(() => document.querySelector("nianbao-report").shadowRoot.querySelector(".chart"));
    await rests(page, { holds: (height) => height !== before });
    await inside(page).evaluate(() => document.querySelector("nianbao-report").setAttribute("view", "tables"));
    await inside(page).waitForFunction(() => !document.querySelector("nianbao-report").shadowRoot.querySelector(".chart"));
    await rests(page, { holds: (height) => height === before });
    await page.setViewportSize({ width: 360, height: 740 });
    await rests(page, { holds: (height) => height !== before });
    assert.equal(await inside(page).evaluate(() => document.documentElement.scrollWidth), await inside(page).evaluate(() => innerWidth));
    await page.setViewportSize({ width: 1280, height: 720 });
    await rests(page, { holds: (height) => height === before });
  }));

test("a finding leads to its cell, and the page around scrolls there, be it of another site", () =>
  onStage({ reducedMotion: "reduce" }, async ({ page }) => {
    allow(origin(portal));
    await open(page, portal, frame({ src: "demo/2023-hongze.json" }));
    await shows(inside(page));
    await rests(page);
    const top = () => inside(page).evaluate(() => document.activeElement.shadowRoot?.activeElement?.dataset.cell && document.activeElement.shadowRoot.activeElement.getBoundingClientRect().top);
    await inside(page).locator(".finding button, .finding a").first().click();
    await page.waitForFunction(() => scrollY > 1000);
    const { y } = await (await inside(page).frameElement()).boundingBox();
    const seen = y + (await top());
    assert.ok(seen > 0 && seen < 720, String(seen));
  }));

for (const [kind, search] of [["a report", "src=demo/2023-hongze.json"], ["a refusal", `src=https://evil.example/report.json`], ["one in English", "lang=en&src="]]) {
  test(`axe finds nothing wrong in the page for frames: ${kind}`, { skip: noAxe }, () =>
    onStage({ bypassCSP: true, viewport: { width: 360, height: 740 } }, async ({ page }) => {
      await page.goto(`${site.url}embed.html?${search}`);
      await (kind === "a report" ? shows(page) : refusal(page));
      assert.deepEqual(await faults(page), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    }));
}

test("on paper the page has the title of its report and an official margin", () =>
  onStage({}, async ({ page }) => {
    await page.goto(`${site.url}embed.html?src=demo/2023-suqian.json`);
    await shows(page);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.title(), readJson("www/demo/2023-suqian.json").title);
    const rule = await page.evaluate(() => Array.from(document.styleSheets[0].cssRules).find((one) => one.constructor.name === "CSSPageRule").cssText);
    assert.match(rule, /A4.*20mm 18mm|20mm 18mm.*A4/i);
  }));

test("without a script in the page around, the frame keeps its height and scrolls", () =>
  onStage({}, async ({ page }) => {
    await open(page, site, frame({ src: "demo/2023-suqian.json" }), { script: "" });
    await shows(inside(page));
    await inside(page).waitForFunction(() => !document.documentElement.hasAttribute("data-fits"));
    const { overflow, innerHeight } = await inside(page).evaluate(() => ({ overflow: getComputedStyle(document.documentElement).overflowY, innerHeight }));
    assert.deepEqual({ overflow, innerHeight }, { overflow: "visible", innerHeight: 300 });
  }));

test("each of several frames gets its own height", () =>
  onStage({}, async ({ page, complaints }) => {
    const frames = ["2023-suqian", "2023-hongze", "2020-yisuhe"].map((name) => frame({ src: `demo/${name}.${name.endsWith("yisuhe") ? "txt" : "json"}` }));
    await open(page, site, frames.join(""));
    for (const at of frames.keys()) await shows(inside(page, at));
    const heights = [];
    for (const at of frames.keys()) heights.push(await rests(page, { at }));
    assert.equal(new Set(heights).size, 3, String(heights));
    assert.deepEqual(complaints, []);
  }));

test("a frame that is added later gets its height, too", () =>
  onStage({}, async ({ page }) => {
    await open(page, site, "");
    await page.evaluate((tag) => document.body.insertAdjacentHTML("beforeend", tag), frame({ src: "demo/2023-hongze.json" }, 'referrerpolicy="no-referrer"'));
    await page.waitForSelector("iframe");
    await page.waitForFunction(() => window.heard.length > 0);
    await shows(inside(page));
    await rests(page);
  }));

test("a portal that is allowed is told the height", () =>
  onStage({}, async ({ page, complaints }) => {
    allow("https://www.example.gov.cn", origin(portal));
    await open(page, portal, frame({ src: "demo/2023-suqian.json" }));
    await shows(inside(page));
    assert.ok((await rests(page)) > 1000);
    assert.deepEqual([...new Set(await page.evaluate(() => window.heard.map((one) => one.origin)))], [origin(site)]);
    assert.deepEqual(complaints, []);
  }));

test("three lines of script do for one frame", () =>
  onStage({}, async ({ page, complaints }) => {
    allow(origin(portal));
    const guide = readFileSync(new URL("../../docs/embedding.md", import.meta.url), "utf8");
    const [script] = /<script>\n[^]*?nianbao-height[^]*?<\/script>/.exec(guide);
    await open(page, portal, frame({ src: "demo/2023-suqian.json" }, 'id="nianbao"'), { script: script.replace("https://www.example.gov.cn", origin(site)) });
    await shows(inside(page));
    assert.ok((await rests(page)) > 1000);
    assert.deepEqual(complaints, []);
  }));

test("a portal that is not allowed is told nothing, whatever it says", () =>
  onStage({}, async ({ page }) => {
    await open(page, portal, frame({ src: "demo/2023-suqian.json" }));
    await shows(inside(page));
    await page.evaluate(() => document.querySelector("iframe").contentWindow.postMessage({ type: "nianbao-hello" }, "*"));
    // What is asked next is answered after what was asked before.
    await inside(page).evaluate(() => new Promise((told) => setTimeout(told)));
    await inside(page).evaluate(() => document.querySelector("main").append("x".repeat(20_000)));
    await inside(page).evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    assert.deepEqual(await page.evaluate(() => window.heard), []);
    assert.equal(await page.evaluate(() => document.querySelector("iframe").clientHeight), 300);
  }));

test("a frame listens to its parent alone", () =>
  onStage({}, async ({ page }) => {
    allow(origin(portal));
    portal.answers["/sibling.html"] = htmlPage("");
    await open(page, portal, `${frame({ src: "demo/2023-hongze.json" })}<iframe src="/sibling.html"></iframe>`);
    await shows(inside(page));
    await rests(page);
    const heard = () => page.evaluate(() => window.heard.length);
    const before = await heard();
    await page.frame({ url: /sibling/ }).evaluate(() => parent.frames[0].postMessage({ type: "nianbao-hello" }, "*"));
    await page.evaluate(() => frames[0].postMessage({ type: "hello" }, "*"));
    await inside(page).evaluate(() => new Promise((later) => setTimeout(later)));
    assert.equal(await heard(), before);
    await page.evaluate(() => frames[0].postMessage({ type: "nianbao-hello" }, "*"));
    await page.waitForFunction((before) => window.heard.length > before, before);
    assert.equal(await heard(), before + 1);
  }));

test("frame.js believes a frame only as long as that shows its own site", () =>
  onStage({}, async ({ page }) => {
    site.answers["/forged.html"] = portal.answers["/forged.html"] = htmlPage("");
    site.answers["/lost/embed.html"] = movedTo(`${portal.url}forged.html?elsewhere`);
    site.answers["/own/embed.html"] = movedTo("/forged.html?own");
    const addresses = { other: "/forged.html?other", elsewhere: "/lost/embed.html", own: "/own/embed.html" };
    await open(page, site, Object.entries(addresses).map(([id, src]) => `<iframe id="${id}" src="${src}" height="300"></iframe>`).join(""));
    await page.waitForLoadState("load");
    let said = 0;
    const say = async (from, height) => {
      await page.frame({ url: new RegExp(`\\?${from}$`) }).evaluate((height) => parent.postMessage({ type: "nianbao-height", height }, "*"), height);
      said += 1;
      await page.waitForFunction((said) => window.heard.length === said, said);
      return page.evaluate((from) => document.getElementById(from).clientHeight, from);
    };
    assert.equal(await say("other", 4000), 300, "it is no frame of embed.html");
    assert.equal(await say("elsewhere", 4000), 300, "another site has answered");
    assert.equal(await say("own", 4000), 4000);
    for (const wrong of [-5, 0, Infinity, NaN, "9px", { valueOf: 9 }]) assert.equal(await say("own", wrong), 4000, String(wrong));
  }));

const foreign = "https://evil.example/report.json";
const refused = [
  ["another site's", foreign, /不在本网站/],
  ["one that takes the page's protocol", "//evil.example/report.json", /不在本网站.*http:\/\/evil\.example/],
  ["one with backslashes", "\\\\evil.example\\report.json", /不在本网站/],
  ["javascript:", "javascript:alert(1)", /不是网页地址/],
  ["data:", "data:application/json,{}", /不是网页地址/],
  ["blob:", "blob:null/0d2f", /不是网页地址/],
  ["file:", "file:///etc/passwd", /不是网页地址/],
  ["one with a password in it", "http://name:word@127.0.0.1/report.json", /不是网页地址/],
  ["none", "", /没有写要显示哪份年报/],
];
for (const [kind, address, sentence] of refused) {
  test(`an address is refused in a sentence: ${kind}`, () =>
    onStage({}, async ({ page, complaints }) => {
      await page.goto(`${site.url}embed.html?src=${encodeURIComponent(address)}`);
      assert.match(await refusal(page), sentence);
      assert.equal(await page.locator("nianbao-report").count(), 0);
      assert.ok(!site.requests.some((path) => /nianbao\.js|report/.test(path)), String(site.requests));
      assert.deepEqual(complaints, []);
    }));
}

test("no other parameter brings a foreign file in, and the sentence is in the language of the page", () =>
  onStage({}, async ({ page }) => {
    for (const name of ["history", "prior-src", "form-src", "rules-src"]) {
      await page.goto(`${site.url}embed.html?lang=en&src=demo/2023-suqian.json&${name}=${encodeURIComponent(`demo/2019-pingtan.json ${foreign}`)}`);
      assert.match(await refusal(page), new RegExp(`“${foreign}” in ${name} is neither on this site.*add https://evil\\.example to <meta name="nianbao-allow">`));
      assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    }
    await page.goto(`${site.url}embed.html?lang=zh-TW&src=${foreign}`);
    assert.match(await refusal(page), /沒有載入年報/);
    assert.equal(await page.title(), "政府信息公開工作年度報告");
    for (const [tag, words] of [["zh-Hant-HK", /沒有載入/], ["zh", /没有载入/], ["en-GB", /No report/], ["fr", /没有载入/]]) {
      await page.goto(`${site.url}embed.html?lang=${tag}&src=${foreign}`);
      assert.match(await refusal(page), words, tag);
      assert.equal(await page.evaluate(() => document.documentElement.lang), tag === "fr" ? "zh-CN" : tag);
    }
    await page.goto(`${site.url}embed.html?lang=%22%3E%3Cb&src=${foreign}`);
    assert.match(await refusal(page), /没有载入年报/);
  }));

test("what is allowed by its address and redirected elsewhere is not read, unless that is allowed too", () =>
  onStage({}, async ({ page }) => {
    portal.answers["/report.json"] = { ...json(readJson("www/demo/2023-suqian.json")), headers: { "access-control-allow-origin": "*" } };
    site.answers["/moved.json"] = movedTo(`${portal.url}report.json`);
    await page.goto(`${site.url}embed.html?src=moved.json`);
    await page.waitForFunction(() => document.querySelector("nianbao-report")?.shadowRoot?.querySelector("[part~=error]"));
    assert.equal(await page.evaluate(() => document.querySelector("nianbao-report").report), null);
    assert.ok(!portal.requests.includes("/report.json"));
    allow(origin(portal));
    for (const address of ["moved.json", `${portal.url}report.json`]) {
      await page.goto(`${site.url}embed.html?src=${address}`);
      await shows(page);
    }
  }));

test("what is no origin in the list allows nothing, and the console says so", () =>
  onStage({}, async ({ page, complaints }) => {
    allow("*", "evil.example", "https://evil.example/report.json", "https:");
    await page.goto(`${site.url}embed.html?src=${foreign}`);
    assert.match(await refusal(page), /不在本网站/);
    assert.equal(complaints.length, 4, String(complaints));
    assert.match(complaints[0], /is no origin such as/);
  }));

test("view, mode, charts and lang are those of the element, and nothing else is handed on", () =>
  onStage({}, async ({ page }) => {
    await page.goto(`${site.url}embed.html?src=demo/2023-suqian.json&view=charts&charts=outcomes&lang=en&onclick=alert(1)&id=x&mode=view`);
    await page.waitForFunction(() => document.querySelector("nianbao-report")?.shadowRoot?.querySelector(".chart"));
    const attributes = await page.evaluate(() => Object.fromEntries(Array.from(document.querySelector("nianbao-report").attributes, ({ name, value }) => [name, value])));
    assert.deepEqual(attributes, { src: `${site.url}demo/2023-suqian.json`, view: "charts", charts: "outcomes", lang: "en", mode: "view" });
    assert.equal(await page.evaluate(() => document.querySelector("nianbao-report").shadowRoot.querySelectorAll(".chart").length), 1);
  }));

const strict = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";
test("it works under the strictest policy, with nothing refused and nothing inline", () =>
  onStage({}, async ({ page, complaints }) => {
    const served = await serve(dist, { headers: { "content-security-policy": strict } });
    try {
      await page.goto(`${served.url}embed.html?src=demo/2023-suqian.json`);
      await shows(page);
      assert.deepEqual(complaints, []);
    } finally {
      await served.close();
    }
    assert.doesNotMatch(written, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/i);
  }));

test("a sandbox with allow-scripts, allow-same-origin and allow-downloads lacks nothing", () =>
  onStage({ acceptDownloads: true }, async ({ page, complaints }) => {
    await open(page, site, frame({ src: "demo/2023-suqian.json" }, 'sandbox="allow-scripts allow-same-origin allow-downloads"'));
    await shows(inside(page));
    await rests(page);
    const downloaded = page.waitForEvent("download");
    await inside(page).evaluate(() => document.querySelector("nianbao-report").constructor && document.querySelector("nianbao-report")._save("json", "a.json"));
    assert.equal((await downloaded).suggestedFilename(), "a.json");
    assert.deepEqual(complaints, []);
  }));

test("a sandbox without allow-same-origin says what it lacks", () =>
  onStage({}, async ({ page }) => {
    await open(page, site, frame({ src: "demo/2023-suqian.json" }, 'sandbox="allow-scripts"'));
    await inside(page).waitForSelector(".refused");
    assert.match(await refusal(inside(page)), /allow-same-origin.*Access-Control-Allow-Origin: \*/);
    await rests(page);
  }));

test("and works where the server says that anyone may read", () =>
  onStage({}, async ({ page }) => {
    const [served, text] = [await serve(dist, { headers: { "access-control-allow-origin": "*" } }), "demo/2020-yisuhe.txt"];
    try {
      const tag = frame({ src: text }, 'sandbox="allow-scripts"').replace(site.url, served.url);
      served.answers["/host.html"] = htmlPage(`${tag}<script src="/frame.js"></script>`);
      await page.goto(`${served.url}host.html`);
      const content = page.frames()[1];
      await shows(content);
      await content.waitForFunction(() => innerHeight > 1000 && innerHeight === Math.ceil(document.querySelector("main").getBoundingClientRect().height));
    } finally {
      await served.close();
    }
  }));

test("where no script runs, the page says what should be there", () =>
  onStage({ javaScriptEnabled: false }, async ({ page }) => {
    await page.goto(`${site.url}embed.html?src=demo/2023-suqian.json`);
    await page.locator(".without-script").waitFor();
    assert.match(await page.locator("main").textContent(), /脚本没有运行[^]*its script does not run/);
  }));

test("frame.js is a script that browsers of 2012 can read", () => {
  const shipped = join(dist, "frame.js");
  const read = (target) => execFileSync("esbuild", [shipped, `--target=${target}`, "--log-level=error"], { encoding: "utf8" });
  assert.equal(read("es5"), read("esnext"));
});

test("a frame in Chromium 83 shows its report and gets its height", { skip: noOldChromium }, async () => {
  const { page, complaints, close } = await openOldPage();
  try {
    site.answers["/host.html"] = htmlPage(`${frame({ src: "demo/2023-suqian.json" })}<script src="/frame.js"></script>`);
    await page.goto(`${site.url}host.html`);
    await page.waitForFunction(() => document.querySelector("iframe").clientHeight > 1000);
    const content = page.frames().find((one) => one.url().includes("embed.html"));
    await content.waitForFunction(() => document.querySelector("nianbao-report").shadowRoot.querySelector("td[data-cell]"));
    await content.waitForFunction(() => innerHeight === Math.ceil(document.querySelector("main").getBoundingClientRect().height));
    assert.deepEqual(complaints, []);
  } finally {
    await close();
  }
});
