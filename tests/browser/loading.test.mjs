// How the widget comes into a page that does not serve it as it should: by the next way that works, or else with the
// page's own content and a sentence that names what to change.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { loginPage, notFound, serve, withType } from "./server.mjs";
import { forget, htmlPage, onStage, script, showsAReport } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

const inside = '<p id="inside">年报全文</p>';
const element = `<nianbao-report src="demo/2023-hongze.json">${inside}</nianbao-report>`;

async function host(page, { body = element, head = script, policy, lang = "zh-CN", at = server } = {}) {
  const answer = htmlPage(body, head);
  answer.body = answer.body.replace('lang="zh-CN"', `lang="${lang}"`);
  at.answers["/host.html"] = { ...answer, ...(policy && { headers: { "content-security-policy": policy } }) };
  await page.addInitScript(() => {
    window.errors = [];
    document.addEventListener("nianbao-error", (event) => window.errors.push(event.detail.message));
  });
  await page.goto(`${at.url}host.html`);
}

/** The sentence that is told, with the page's own content still seen and the sentence over it. */
async function toldInstead(page) {
  await page.waitForFunction(() => window.errors.length > 0);
  const [sentence] = await page.evaluate(() => window.errors);
  assert.ok(await page.locator("#inside").isVisible(), "the content is still there");
  assert.ok((await page.evaluate(() => document.querySelector("nianbao-report").shadowRoot.textContent)).includes(sentence));
  return sentence;
}

const octets = withType("application/octet-stream");

test("a module under a wrong type starts all the same, and the console names the header", () =>
  onStage({}, async ({ page, complaints }) => {
    const warnings = [];
    page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
    server.answers["/widget_bg.wasm"] = octets;
    await host(page);
    await showsAReport(page);
    assert.match(warnings.join("\n"), /widget_bg\.wasm.*application\/octet-stream.*Content-Type: application\/wasm/);
    assert.deepEqual(complaints, []);
  }));

test("a module under its own type is compiled while it comes in", () =>
  onStage({}, async ({ page }) => {
    await page.addInitScript(() => {
      window.ways = [];
      for (const way of ["compile", "compileStreaming", "instantiate", "instantiateStreaming"]) {
        const original = WebAssembly[way];
        WebAssembly[way] = (...given) => {
          window.ways.push(`${way} ${given[0] instanceof WebAssembly.Module ? "module" : "bytes"}`);
          return original.apply(WebAssembly, given);
        };
      }
    });
    await host(page);
    await showsAReport(page);
    assert.deepEqual(await page.evaluate(() => window.ways), ["compileStreaming bytes", "instantiate module"]);
  }));

test("a style sheet under a wrong type is used all the same", () =>
  onStage({}, async ({ page }) => {
    await host(page);
    await showsAReport(page);
    const look = () =>
      page.evaluate(() => {
        const { paddingLeft, borderTopColor, fontFamily } = getComputedStyle(document.querySelector("nianbao-report").shadowRoot.querySelector("td[data-cell]"));
        return [paddingLeft, borderTopColor, fontFamily];
      });
    const wanted = await look();
    server.answers["/nianbao.css"] = withType("text/plain");
    await host(page);
    await showsAReport(page);
    assert.deepEqual(await look(), wanted);
    assert.deepEqual(await page.evaluate(() => window.errors), []);
  }));

test("a style sheet that is not there is told, and the report is shown", () =>
  onStage({}, async ({ page }) => {
    server.answers["/nianbao.css"] = notFound;
    await host(page);
    await showsAReport(page);
    assert.match((await page.evaluate(() => window.errors))[0], /nianbao\.css.*404/);
  }));

const strict = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'";
const faults = [
  ["a module that is not there", { "/widget_bg.wasm": notFound }, {}, /widget_bg\.wasm.*404.*同一目录/],
  ["a login page in place of the module", { "/widget_bg.wasm": loginPage }, {}, /widget_bg\.wasm.*登录页/],
  ["a module that breaks off", "half", {}, /widget_bg\.wasm 不完整/],
  ["a script that is not there", { "/widget.js": notFound }, {}, /widget\.js.*404/],
  ["a script under the type of a text", { "/widget.js": withType("text/plain") }, {}, /widget\.js.*“text\/plain”.*“Content-Type: text\/javascript”/],
  ["a login page in place of the script", { "/widget.js": loginPage }, {}, /widget\.js.*text\/html.*Content-Type: text\/javascript/],
  ["an answer that is cut off", { "/widget_bg.wasm": { cut: true } }, {}, /没有取到文件 widget_bg\.wasm/],
  ["a policy without WebAssembly", {}, { policy: "default-src 'self'" }, /Content-Security-Policy.*“script-src 'self' 'wasm-unsafe-eval'”.*'unsafe-eval'/],
  ["a policy that lets nothing be fetched", {}, { policy: `${strict}; connect-src 'none'` }, /Content-Security-Policy.*“connect-src 'self'”/],
  ["English", { "/widget_bg.wasm": notFound }, { lang: "en-GB" }, /^The report widget did not start.*widget_bg\.wasm.*404/],
  ["traditional Chinese", { "/widget_bg.wasm": notFound }, { lang: "zh-HK" }, /^年報元件沒有啟動.*widget_bg\.wasm.*404/],
];

for (const [what, answers, given, wanted] of faults) {
  test(`what keeps it from starting is told over the page's own content: ${what}`, () =>
    onStage({}, async ({ page }) => {
      const half = () => ({ "/widget_bg.wasm": { status: 200, type: "application/wasm", body: readFileSync(join(dist, "widget_bg.wasm")).subarray(0, 200_000) } });
      Object.assign(server.answers, answers === "half" ? half() : answers);
      await host(page, given);
      assert.match(await toldInstead(page), wanted);
    }));
}

test("once the cause is gone, another element on the page starts", () =>
  onStage({}, async ({ page }) => {
    server.answers["/widget_bg.wasm"] = notFound;
    await host(page);
    await toldInstead(page);
    delete server.answers["/widget_bg.wasm"];
    await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<nianbao-report id="second" src="demo/2019-pingtan.json"></nianbao-report>'));
    await showsAReport(page, "#second");
  }));

test("without WebAssembly the content stays, and the sentence says so", () =>
  onStage({}, async ({ page }) => {
    await page.addInitScript(() => delete window.WebAssembly);
    await host(page);
    assert.match(await toldInstead(page), /不支持 WebAssembly/);
  }));

test("where not even the reason can be loaded, a sentence says that", () =>
  onStage({}, async ({ page }) => {
    for (const name of ["widget.js", "widget_bg.wasm", "trouble.js"]) server.answers[`/${name}`] = { cut: true };
    await host(page);
    assert.match(await toldInstead(page), /检查网络/);
  }));

test("a module of another build is refused, and both are named", () =>
  onStage({}, async ({ page }) => {
    const module = readFileSync(join(dist, "widget_bg.wasm"));
    const [, build] = /nianbao(\d+\.\d+\.\d+-[0-9a-f]{10})$/.exec(module.subarray(-60).toString("latin1"));
    const other = Buffer.from(module);
    other.write("0.0.9-0123456789", module.length - build.length, "latin1");
    server.answers["/widget_bg.wasm"] = { status: 200, type: "application/wasm", body: other };
    await host(page);
    const sentence = await toldInstead(page);
    assert.match(sentence, /不是同一版本/);
    assert.ok(sentence.includes(build) && sentence.includes("0.0.9-0123456789"), sentence);
  }));

test("every module carries the stamp of its build", () => {
  const names = readdirSync(dist).filter((name) => name.endsWith("_bg.wasm"));
  const stamps = names.map((name) => {
    const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(readFileSync(join(dist, name))), "nianbao");
    return new TextDecoder().decode(section);
  });
  assert.equal(names.length, 7);
  for (const stamp of stamps) assert.match(stamp, /^\d+\.\d+\.\d+-[0-9a-f]{10}$/);
  assert.equal(new Set(stamps).size, stamps.length);
});

const sri = (name) => `sha384-${createHash("sha384").update(readFileSync(join(dist, name))).digest("base64")}`;
const demanding = () => `<script type="module" src="/nianbao.js" integrity="${sri("nianbao.js")}"></script>`;

test("a page that demands the script's hash gets the report, its charts, its editor, a file read and one made", () =>
  onStage({}, async ({ page, complaints }) => {
    await host(page, { head: demanding() });
    await showsAReport(page);
    await page.evaluate(() => document.querySelector("nianbao-report").setAttribute("view", "charts"));
    await page.locator("nianbao-report .picture").first().waitFor();
    await page.evaluate(() => document.querySelector("nianbao-report").setAttribute("mode", "edit"));
    await page.locator("nianbao-report td input").first().waitFor();
    const size = await page.evaluate(async () => {
      const report = document.querySelector("nianbao-report");
      const blob = await report.exportAs("docx");
      await report.importFile(new File([blob], "a.docx"));
      return blob.size;
    });
    assert.ok(size > 5000);
    assert.deepEqual(complaints, []);
  }));

for (const name of ["widget.js", "widget_bg.wasm", "integrity.js"]) {
  test(`where the page demands the script's hash, an altered ${name} is not run`, () =>
    onStage({}, async ({ page }) => {
      const bytes = readFileSync(join(dist, name));
      const altered = name.endsWith(".js") ? Buffer.concat([bytes, Buffer.from("\nwindow.ran = true;")]) : Buffer.concat([bytes, Buffer.from([0, 2, 1, 65])]);
      server.answers[`/${name}`] = { status: 200, type: name.endsWith(".js") ? "text/javascript" : "application/wasm", body: altered };
      await host(page, { head: demanding() });
      const sentence = await toldInstead(page);
      // Without the hashes, what says why is not run either.
      assert.match(sentence, name === "integrity.js" ? /年报组件没有启动/ : new RegExp(`${name}.*完整性校验没有通过`));
      assert.equal(await page.evaluate(() => window.ran), undefined);
    }));
}

test("where the page demands nothing, no hashes are fetched", () =>
  onStage({}, async ({ page }) => {
    await host(page);
    await showsAReport(page);
    assert.ok(!server.requests.includes("/integrity.js"));
  }));

test("the first download is these files, each once, and a second tag fetches nothing but its report", () =>
  onStage({}, async ({ page }) => {
    await host(page);
    await showsAReport(page);
    const first = ["/demo/2023-hongze.json", "/host.html", "/nianbao.css", "/nianbao.js", "/widget.js", "/widget_bg.wasm"];
    assert.deepEqual(server.requests.filter((path) => path !== "/favicon.ico").sort(), first);
    server.requests.length = 0;
    await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<nianbao-report id="second" src="demo/2019-pingtan.json"></nianbao-report>'));
    await showsAReport(page, "#second");
    assert.deepEqual(server.requests, ["/demo/2019-pingtan.json"]);
  }));

test("a page that shows tables and charts fetches the one program that does for both", () =>
  onStage({}, async ({ page }) => {
    const charts = '<nianbao-report id="charts" view="charts" src="demo/2019-pingtan.json"></nianbao-report>';
    await host(page, { body: element + charts });
    await showsAReport(page);
    await page.locator("#charts .picture").first().waitFor();
    assert.ok(server.requests.includes("/charts_bg.wasm") && !server.requests.some((path) => path.startsWith("/widget")), String(server.requests));
    // Where that one is missing, what can do without it does.
    server.answers["/charts_bg.wasm"] = notFound;
    await host(page, { body: element + charts });
    await showsAReport(page);
    await page.waitForFunction(() => window.errors.some((sentence) => sentence.includes("charts_bg.wasm")));
  }));

test("the module loaded twice, from two places and in two versions, does no harm", async () => {
  const folder = mkdtempSync(join(tmpdir(), "nianbao-twice-"));
  try {
    cpSync(dist, join(folder, "one"), { recursive: true });
    cpSync(dist, join(folder, "two"), { recursive: true });
    const two = join(folder, "two", "nianbao.js");
    writeFileSync(two, `${readFileSync(two, "utf8")}\n// another version`);
    const twice = await serve(folder);
    await onStage({}, async ({ page, complaints }) => {
      const head = '<script type="module" src="/one/nianbao.js"></script><script type="module" src="/two/nianbao.js"></script><script type="module" src="/one/nianbao.js?v=2"></script>';
      await host(page, { at: twice, head, body: element.replace("demo/", "one/demo/") });
      await showsAReport(page);
      assert.ok(!twice.requests.some((path) => /^\/two\/(?!nianbao\.js)/.test(path)), "the second copy fetches nothing");
      const same = await page.evaluate(async () => (await import("/two/nianbao.js")).NianbaoReport === customElements.get("nianbao-report"));
      assert.ok(same);
      assert.deepEqual(complaints, []);
    });
    await twice.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("with loading lazy nothing is fetched before the element is nearly seen, or is asked for something", () =>
  onStage({}, async ({ page }) => {
    const far = '<div id="far" style="height: 5000px"></div><nianbao-report loading="lazy" src="demo/2023-hongze.json"></nianbao-report>';
    await host(page, { body: far });
    await page.waitForFunction(() => customElements.get("nianbao-report"));
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 100))));
    assert.ok(!server.requests.some((path) => /widget|demo/.test(path)), String(server.requests));
    await page.evaluate(() => scrollTo(0, 4500));
    await showsAReport(page);
    await host(page, { body: far });
    await page.waitForFunction(() => customElements.get("nianbao-report"));
    assert.ok((await page.evaluate(() => document.querySelector("nianbao-report").check())).length > 0);
  }));
