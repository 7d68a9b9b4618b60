// embed.html attacked: whatever its address, its frame or its neighbours say, it loads no other site's report and talks
// to no other origin. What it does for those who mean well is in embed.test.mjs.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { canary, isQuiet, listenForCanaries } from "./hostile.mjs";
import { dist } from "./launch.mjs";
import { movedTo, serve } from "./server.mjs";
import { forget, htmlPage, json, onStage, readJson } from "./stage.mjs";

let site, evil;
before(async () => ([site, evil] = await Promise.all([serve(dist), serve(dist, { headers: { "access-control-allow-origin": "*" } })])));
after(() => Promise.all([site.close(), evil.close()]));
beforeEach(() => {
  [site, evil].forEach(forget);
  evil.answers["/report.json"] = json(readJson("www/demo/2023-suqian.json"));
});

const own = "demo/2023-suqian.json";
const PARAMETERS = ["src", "history", "prior-src", "form-src", "rules-src"];
const hostOf = (server) => new URL(server.url).host;
const portOf = (server) => new URL(server.url).port;
const origin = (server) => new URL(server.url).origin;
const html = readFileSync(join(dist, "embed.html"), "utf8");

function allow(...origins) {
  const body = html.replace('name="nianbao-allow" content=""', `name="nianbao-allow" content="${origins.join(" ")}"`);
  assert.notEqual(body, html);
  site.answers["/embed.html"] = { status: 200, type: "text/html; charset=utf-8", body };
}

/** What the page asks for, wherever that is. */
function following(page) {
  const asked = [];
  page.context().on("request", (request) => asked.push(request.url()));
  return asked;
}

/** Opens embed.html with a query as it is written, and waits until it shows a report or says why not. */
async function open(page, query) {
  await page.goto(`${site.url}embed.html?${query}`);
  await page.waitForFunction(() => document.querySelector(".refused") || document.querySelector("nianbao-report")?.shadowRoot?.querySelector("td[data-cell], [part~=error]"));
}

/** Nothing was asked but of the site itself. */
function staysHome(asked, what) {
  const others = asked.filter((url) => !url.startsWith(site.url) && !url.startsWith("blob:"));
  assert.deepEqual(others, [], what);
  assert.deepEqual(evil.requests, [], what);
}

/** Ways to write an address of another site that one reader of addresses takes for the own, and another does not. */
const spellings = () => {
  const [there, here] = [hostOf(evil), hostOf(site)];
  const port = portOf(evil);
  return [
    `http://${there}/report.json`, `HTTP://${there}/report.json`, `//${there}/report.json`, `///${there}/report.json`, `////${there}/report.json`,
    `\\\\${there}\\report.json`, `/\\${there}/report.json`, `\\/${there}/report.json`, `/\\/${there}/report.json`, `http:${there}/report.json`,
    `http:/${there}/report.json`, `http:\\\\${there}\\report.json`, `http:///${there}/report.json`, `https:${there}/report.json`,
    `http://${here}@${there}/report.json`, `http://${here}%2f@${there}/report.json`, `http://${here}\\@${there}/report.json`, `http://${there}\\@${here}/report.json`,
    `http://${here}#@${there}/report.json`, `http://${there}#@${here}/`, `http://${there}?${here}`, `http://@${there}/report.json`, `http://:@${there}/report.json`,
    `http://127。0。0。1:${port}/report.json`, `http://１２７.0.0.1:${port}/report.json`, `http://127%2e0%2e0%2e1:${port}/report.json`, `http://2130706433:${port}/report.json`,
    `http://0x7f.1:${port}/report.json`, `http://0177.0.0.1:${port}/report.json`, `http://127.1:${port}/report.json`, `http://localhost:${port}/report.json`, `http://ⓛocalhost:${port}/report.json`,
    `http://[::ffff:127.0.0.1]:${port}/report.json`, `http://127.0.0.1.:${port}/report.json`, `http://127.0.0.1:0${port}/report.json`, `http://${here}.evil.example/report.json`, `http://${here}0/report.json`,
    `\thttp://${there}/report.json`, `\n//${there}/report.json`, `ht\ntp://${there}/report.json`, `/\t/${there}/report.json`, `/\r\n/${there}/report.json`, `\u0001//${there}/report.json`, `\u0000//${there}/report.json`,
    `\u00a0//${there}/report.json`, `\u3000http://${there}/report.json`, `\ufeff//${there}/report.json`, `\u200b//${there}/report.json`, `\u2028//${there}/report.json`,
    `%2f%2f${there}/report.json`, `%5c%5c${there}/report.json`, `.//${there}/report.json`, `..//${there}/report.json`, `demo/../..//${there}/report.json`, `;//${there}/report.json`, `?//${there}/report.json`,
    `data:application/json,{"form":"gongkai-2021","figures":{}}`, `DATA:text/plain,x`, `blob:http://${here}/0b2f8a30-0000-4000-8000-000000000000`, `blob:null/x`, `filesystem:http://${here}/temporary/x`,
    `javascript:fetch("http://${there}/")`, `java\nscript:fetch("http://${there}/")`, `view-source:http://${there}/report.json`, `about:blank`, `file:///etc/passwd`, `ftp://${there}/report.json`,
    `ws://${there}/report.json`, `chrome://version`, `jar:http://${there}/report.json!/x`, `feed:http://${there}/report.json`, `urn:x`, `${own} http://${there}/report.json`, `http://${there}/report.json ${own}`,
  ];
};

for (const name of PARAMETERS) {
  test(`no spelling of an address brings a foreign file in: ${name}`, () =>
    onStage({}, async ({ page }) => {
      const asked = following(page);
      for (const spelling of spellings()) {
        const query = name === "src" ? `src=${encodeURIComponent(spelling)}` : `src=${own}&${name}=${encodeURIComponent(spelling)}`;
        await open(page, query);
        staysHome(asked, JSON.stringify(spelling));
      }
      assert.ok(asked.length > spellings().length);
    }));
}

test("parameters that stand twice, in capitals or behind the hash bring nothing in", () =>
  onStage({}, async ({ page }) => {
    const asked = following(page);
    const foreign = encodeURIComponent(`${evil.url}report.json`);
    for (const query of [
      `src=${own}&src=${foreign}`, `src=${foreign}&src=${own}`, `SRC=${foreign}`, `src%5B%5D=${foreign}&src=${own}`, `src=${own}#src=${foreign}`, `src=${own}#&history=${foreign}`, `src=${own};history=${foreign}`,
      `src=${own}%26history%3D${foreign}`, `src=${own}%00${foreign}`, `src=${own}&priorSrc=${foreign}&formSrc=${foreign}&prior_src=${foreign}&href=${foreign}&base=${foreign}&data=${foreign}`,
      `src=${own}&view=${foreign}&mode=${foreign}&charts=${foreign}&drafts=${foreign}&text-size=${foreign}&scheme=${foreign}&lang=${foreign}`,
      `src=${own}&lang=__proto__`, `src=${own}&lang=constructor`, `__proto__=${foreign}&constructor=x&src=${own}`, `src=${own}&name=${foreign}&form=${foreign}&integrity=${foreign}`,
    ]) {
      await open(page, query);
      staysHome(asked, query);
    }
    const attributes = await page.evaluate(() => document.querySelector("nianbao-report").getAttributeNames());
    assert.deepEqual(attributes.filter((name) => !["lang", "src"].includes(name)), []);
  }));

test("nothing is read from where an allowed address is moved to", () =>
  onStage({}, async ({ page }) => {
    const asked = [];
    page.context().on("response", (response) => asked.push(response.url()));
    for (const [name, location] of [["moved", `${evil.url}report.json`], ["again", "/moved.json"], ["data", "data:application/json,{}"], ["script", "javascript:alert(1)"], ["taking", `//${hostOf(evil)}/report.json`]]) {
      site.answers[`/${name}.json`] = movedTo(location);
      for (const parameter of PARAMETERS) {
        await open(page, parameter === "src" ? `src=${name}.json` : `src=${own}&${parameter}=${name}.json`);
        assert.deepEqual(evil.requests, [], `${parameter} ${location}`);
        assert.ok(site.requests.includes(`/${name}.json`));
        const report = await page.evaluate(() => document.querySelector("nianbao-report")?.report?.agency ?? null);
        if (parameter === "src") assert.equal(report, null);
      }
    }
  }));

test("what a report says of addresses is not followed", () =>
  onStage({}, async ({ page }) => {
    const asked = following(page);
    const foreign = `${evil.url}report.json`;
    const report = { ...readJson("www/demo/2023-suqian.json"), $schema: foreign, src: foreign, history: [foreign], "prior-src": foreign, "form-src": foreign, provenance: { file: foreign } };
    site.answers["/report.json"] = json(report);
    site.answers["/report.html"] = { status: 200, type: "text/html", body: `<base href="${evil.url}"><meta http-equiv=refresh content="0;url=${foreign}"><link rel=preload as=fetch href="${foreign}"><nianbao-report offline src="${foreign}"><script type="application/json">${JSON.stringify(report)}</script></nianbao-report><script src="${foreign}"></script><img src="${foreign}">` };
    for (const name of ["report.json", "report.html"]) {
      await open(page, `src=${name}`);
      staysHome(asked, name);
    }
  }));

test("its own policy lets nothing out of the page, whatever would ask", () =>
  onStage({}, async ({ page }) => {
    await open(page, `src=${own}`);
    const refusals = await page.evaluate(async (url) => {
      const refused = [];
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => refused.push(effectiveDirective));
      const settled = (promise) => promise.then(() => "let out", () => "refused");
      const loads = (element) => new Promise((resolve, reject) => (Object.assign(element, { onload: resolve, onerror: reject }), document.body.append(element)));
      const make = (name, properties) => Object.assign(document.createElement(name), properties);
      const outcomes = {
        fetch: await settled(fetch(url)),
        image: await settled(loads(make("img", { src: url }))),
        script: await settled(loads(make("script", { src: url }))),
        style: await settled(loads(make("link", { rel: "stylesheet", href: url }))),
      };
      window.ran = false;
      document.body.append(make("script", { textContent: "window.ran = true" }));
      document.body.insertAdjacentHTML("beforeend", '<i onclick="window.ran = true"></i>');
      document.querySelector("i").click();
      try {
        new WebSocket(url.replace("http", "ws")).onopen = () => (outcomes.socket = "let out");
      } catch (error) {
        // Some browsers throw.
      }
      navigator.sendBeacon(url, "x");
      document.body.append(make("iframe", { src: url }), make("object", { data: url }));
      const form = document.body.appendChild(make("form", { action: url, method: "post" }));
      form.submit();
      const wanted = ["form-action", "frame-src", "object-src"];
      for (let time = 0; time < 100 && !wanted.every((directive) => refused.includes(directive)); time += 1) await new Promise((later) => setTimeout(later, 30));
      return { outcomes, ran: window.ran, refused: [...new Set(refused)].sort() };
    }, `${evil.url}report.json`);
    assert.deepEqual(refusals.outcomes, { fetch: "refused", image: "refused", script: "refused", style: "refused" });
    assert.equal(refusals.ran, false);
    for (const directive of ["connect-src", "img-src", "script-src-elem", "style-src-elem", "form-action", "frame-src", "object-src"]) assert.ok(refusals.refused.includes(directive), `${directive}: ${refusals.refused}`);
    assert.deepEqual(evil.requests, []);
  }));

test("a hostile report runs nowhere in it", async () => {
  const listening = await listenForCanaries();
  try {
    await onStage({}, async ({ page, complaints }) => {
      const hostile = listening.hostile();
      await page.addInitScript(canary);
      for (const name of ["report", "indicators"]) {
        site.answers[`/${name}.json`] = { status: 200, type: "application/json", body: JSON.stringify(hostile[name]) };
        for (const more of ["", "&mode=edit&drafts=off", "&lang=en"]) {
          await open(page, `src=${name}.json${more}`);
          assert.equal(await page.evaluate(() => document.querySelector("nianbao-report").report.agency), hostile[name].agency);
          await isQuiet(page, listening);
        }
      }
      assert.deepEqual(complaints, []);
    });
  } finally {
    await listening.close();
  }
});

// --- Whom it talks to ---

const keeping = () => {
  window.heard = [];
  addEventListener("message", ({ data, origin }) => window.heard.push({ data, origin }));
};
const frame = (attributes = "") => `<iframe id="f" src="${site.url}embed.html?src=${own}" width="100%" height="300" ${attributes}></iframe>`;
const frames = (page) => page.frames().filter((one) => one.url().startsWith(`${site.url}embed.html`));
/**
 * The frame, once it shows something. Of a frame without an origin that begins a process of its own, Playwright now and then
 * never hears the address: then the page is opened again.
 */
const shown = async (page) => {
  for (let attempt = 0; attempt < 6 && frames(page).length === 0; attempt += 1) {
    if (attempt > 0) await page.reload();
    for (let time = 0; time < 100 && frames(page).length === 0; time += 1) await page.waitForTimeout(25);
  }
  const [content] = frames(page);
  assert.ok(content, `no such frame: ${page.frames().map((one) => one.url())}`);
  await content.waitForFunction(() => document.querySelector(".refused") || document.querySelector("nianbao-report")?.shadowRoot?.querySelector("td[data-cell]"));
  return content;
};
/** Has the content grow, and waits until whoever is told has been told. */
async function grows(content) {
  await content.evaluate(async () => {
    document.querySelector("main").append("x".repeat(20_000));
    for (let picture = 0; picture < 5; picture += 1) await new Promise(requestAnimationFrame);
    await new Promise((told) => setTimeout(told, 50));
  });
}
const greetings = [{ type: "nianbao-hello" }, { type: "nianbao-hello", origin: "*", host: "*" }, { type: ["nianbao-hello"] }, JSON.stringify({ type: "nianbao-hello" }), { __proto__: null, type: "nianbao-hello" }];

test("whoever opens it as a window is told nothing", () =>
  onStage({}, async ({ page }) => {
    evil.answers["/host.html"] = htmlPage("");
    await page.addInitScript(keeping);
    await page.goto(`${evil.url}host.html`);
    const [popup] = await Promise.all([page.waitForEvent("popup"), page.evaluate((url) => void (window.opened = open(url)), `${site.url}embed.html?src=${own}`)]);
    await popup.waitForFunction(() => document.querySelector("nianbao-report")?.shadowRoot?.querySelector("td[data-cell]"));
    await page.evaluate((greetings) => greetings.forEach((one) => window.opened.postMessage(one, "*")), greetings);
    await grows(popup);
    assert.deepEqual(await page.evaluate(() => window.heard), []);
  }));

test("a page around the page around is told nothing", () =>
  onStage({}, async ({ page }) => {
    site.answers["/middle.html"] = htmlPage(`${frame()}<script src="/frame.js"></script>`);
    evil.answers["/host.html"] = htmlPage(`<iframe src="${site.url}middle.html" width="900" height="600"></iframe>`);
    await page.addInitScript(keeping);
    await page.goto(`${evil.url}host.html`);
    const content = await shown(page);
    await page.evaluate((greetings) => greetings.forEach((one) => window.frames[0].frames[0].postMessage(one, "*")), greetings);
    await grows(content);
    assert.deepEqual(await page.evaluate(() => window.heard), []);
    const middle = page.frames().find((one) => one.url().endsWith("middle.html"));
    assert.ok((await middle.evaluate(() => window.heard)).length > 0, "its own parent is told");
  }));

for (const [kind, attributes] of [["a sandbox without an origin", 'sandbox="allow-scripts"'], ["a page in an attribute", ""]]) {
  test(`a foreign parent that hides where it is from is told nothing: ${kind}`, () =>
    onStage({}, async ({ page }) => {
      allow("null", "*", "data:", "about:");
      const inner = `${frame().replaceAll('"', "&quot;")}<script>window.heard = []; addEventListener(&quot;message&quot;, ({ data }) => parent.postMessage({ leaked: data }, &quot;*&quot;)); setInterval(() => frames[0].postMessage({ type: &quot;nianbao-hello&quot; }, &quot;*&quot;), 20)</script>`;
      evil.answers["/host.html"] = htmlPage(`<iframe ${attributes} srcdoc="${inner}" width="900" height="600"></iframe>`);
      await page.addInitScript(keeping);
      await page.goto(`${evil.url}host.html`);
      const content = await shown(page);
      await grows(content);
      assert.deepEqual((await page.evaluate(() => window.heard)).filter(({ data }) => data.leaked?.type === "nianbao-height"), []);
    }));
}

test("a neighbour of another site is told nothing and makes it tell nobody anything", () =>
  onStage({}, async ({ page }) => {
    evil.answers["/neighbour.html"] = htmlPage("");
    site.answers["/host.html"] = htmlPage(`${frame()}<iframe src="${evil.url}neighbour.html"></iframe>`);
    await page.addInitScript(keeping);
    await page.goto(`${site.url}host.html`);
    const content = await shown(page);
    await grows(content);
    const before = await page.evaluate(() => window.heard.length);
    const neighbour = page.frames().find((one) => one.url().endsWith("neighbour.html"));
    await neighbour.evaluate((greetings) => greetings.forEach((one) => parent.frames[0].postMessage(one, "*")), greetings);
    await content.evaluate(() => new Promise((later) => setTimeout(later, 50)));
    assert.deepEqual(await neighbour.evaluate(() => window.heard), []);
    assert.equal(await page.evaluate(() => window.heard.length), before);
  }));

test("nothing that it is told changes what it shows", () =>
  onStage({}, async ({ page }) => {
    site.answers["/host.html"] = htmlPage(frame());
    await page.addInitScript(keeping);
    await page.goto(`${site.url}host.html`);
    const content = await shown(page);
    const asked = following(page);
    const state = () => content.evaluate(() => [location.href, document.querySelector("nianbao-report").report.agency, document.querySelector("nianbao-report").outerHTML.length]);
    const before = await state();
    await page.evaluate((url) => {
      const [{ postMessage }] = [window.frames[0]];
      const messages = [
        { type: "nianbao-hello", src: url, report: { agency: "x" } }, { type: "nianbao-src", src: url }, { type: "nianbao-report", report: {} }, { type: "nianbao-height", height: 9 },
        JSON.parse('{"type":"nianbao-hello","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'), null, 0, [], "nianbao-hello", new Map([["type", "nianbao-hello"]]),
      ];
      for (const message of messages) postMessage.call(window.frames[0], message, "*");
    }, `${evil.url}report.json`);
    await content.evaluate(() => new Promise((later) => setTimeout(later, 50)));
    assert.deepEqual(await state(), before);
    assert.equal(await content.evaluate(() => ({}).polluted), undefined);
    assert.deepEqual(asked, []);
  }));

test("the list of sites takes no wildcard, no part of an origin and no word of a policy", () =>
  onStage({}, async ({ page, complaints }) => {
    const wrong = [
      "*", "null", "http:", "http://*", `http://*:${portOf(evil)}`, "https://*.example.gov.cn", "//127.0.0.1", hostOf(evil), `${evil.url}report.json`, `http://x@${hostOf(evil)}`, "https:evil.example",
      "http://a;script-src", "http://a,b", "http://a'b", "'self'", "'none'", "data:", "blob:", "file://", "javascript:", `${origin(evil)}?`, `${origin(evil)}#`, `\\\\${hostOf(evil)}`,
    ];
    const asked = following(page);
    for (const word of wrong) {
      allow(word);
      complaints.length = 0;
      site.answers["/moved.json"] = movedTo(`${evil.url}report.json`);
      for (const src of [`${evil.url}report.json`, "moved.json"]) {
        await open(page, `src=${encodeURIComponent(src)}`);
        assert.deepEqual(evil.requests, [], word);
      }
      assert.ok(complaints.some((complaint) => complaint.includes("is no origin such as")), `${word}: ${complaints}`);
    }
    assert.ok(asked.length > 0);
    // The same with what it allows.
    allow(origin(evil));
    await open(page, `src=${encodeURIComponent(`${evil.url}report.json`)}`);
    assert.ok(evil.requests.includes("/report.json"));
  }));

test("frame.js believes neither a frame in the frame, nor a neighbour, nor what is no height", () =>
  onStage({}, async ({ page }) => {
    site.answers["/embed.html"] = htmlPage(`<iframe src="/inner.html"></iframe>`);
    site.answers["/inner.html"] = htmlPage("");
    site.answers["/neighbour.html"] = htmlPage("");
    site.answers["/host.html"] = htmlPage('<iframe id="f" src="/embed.html" height="300"></iframe><iframe src="/neighbour.html"></iframe><script src="/frame.js"></script>');
    await page.addInitScript(keeping);
    await page.goto(`${site.url}host.html`);
    await page.waitForLoadState("load");
    const of = (name) => page.frames().find((one) => one.url().endsWith(name));
    const height = () => page.evaluate(() => document.getElementById("f").clientHeight);
    let said = 0;
    const say = async (name, data) => {
      await of(name).evaluate((data) => top.postMessage(data, "*"), data);
      said += 1;
      await page.waitForFunction((said) => window.heard.length === said, said);
    };
    for (const name of ["inner.html", "neighbour.html"]) {
      await say(name, { type: "nianbao-height", height: 4000 });
      assert.equal(await height(), 300, name);
    }
    for (const wrong of [1e6, 1e300, "1000px;position:fixed", "calc(1px)", "9e9", {}, [], [[]], null, true, "0x7d0vh"]) {
      await say("embed.html", { type: "nianbao-height", height: wrong });
      assert.ok(await page.evaluate(() => !/fixed|calc|vh/.test(document.getElementById("f").getAttribute("style") ?? "")), String(wrong));
      assert.ok((await height()) <= 300, String(wrong));
    }
    await say("embed.html", { type: "nianbao-height", height: 500 });
    assert.equal(await height(), 500);
  }));
