// A page in Firefox, WebKitGTK or an old Chromium, the same to a test. The first two by the W3C's two protocols: Firefox
// speaks WebDriver BiDi by itself, WebKitGTK has a driver that speaks WebDriver; old Chromiums by Puppeteer. A page has
// what the tests need, by the names that Playwright has for the same.
//
//   const engine = await openFirefox({ dark: true });     // or openWebKit, openOldChromium
//   await engine.page.goto(address);
//   await engine.page.keyboard.press("Tab");
//   await engine.page.complaints();                       // console errors and uncaught exceptions so far
//   await engine.close();
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as later } from "node:timers/promises";
import WebSocket from "ws";
import { findFirefox, findWebKit } from "./find-engines.mjs";
import { openOldPage } from "./launch.mjs";

// How keys are named in both protocols.
const keys = {
  Alt: "\uE00A",
  ArrowDown: "\uE015",
  ArrowLeft: "\uE012",
  ArrowRight: "\uE014",
  ArrowUp: "\uE013",
  Backspace: "\uE003",
  Control: "\uE009",
  Delete: "\uE017",
  End: "\uE010",
  Enter: "\uE007",
  Escape: "\uE00C",
  Home: "\uE011",
  PageDown: "\uE00F",
  PageUp: "\uE00E",
  Shift: "\uE008",
  Tab: "\uE004",
};

/** What a page is: `driver` navigates, runs scripts, performs actions, and takes pictures. */
class Page {
  constructor(driver) {
    this.driver = driver;
    this.timeout = 60_000;
    this.keyboard = {
      /** A key by its name, with those that are held down meanwhile: "Enter", "Control+z". */
      press: (name) => {
        const held = name.split(/(?<=.)\+/).map((one) => keys[one] ?? one);
        const action = (type) => (value) => ({ type, value });
        return this.perform("key", [...held.map(action("keyDown")), ...held.reverse().map(action("keyUp"))]);
      },
      type: async (text) => {
        for (const character of text) await this.keyboard.press(character);
      },
    };
  }

  setDefaultTimeout(timeout) {
    this.timeout = timeout;
  }

  goto(address) {
    return this.driver.navigate(address);
  }

  reload() {
    return this.driver.reload();
  }

  /** Runs a function in the page with one argument, waits for its promise, and gives what it gave, as JSON. */
  async evaluate(run, given) {
    const answer = await this.driver.call(`async (given) => JSON.stringify({ value: await (${run})(JSON.parse(given)) })`, JSON.stringify(given ?? null));
    return JSON.parse(answer).value;
  }

  /** Waits until a function in the page gives something that counts as true, and gives that. */
  async waitForFunction(run, given, { timeout = this.timeout } = {}) {
    const end = Date.now() + timeout;
    for (;;) {
      const value = await this.evaluate(`async (given) => (await (${run})(given)) || false`, given);
      if (value) return value;
      if (Date.now() > end) throw new Error(`In ${timeout} ms this did not come true: ${run}`);
      await later(50);
    }
  }

  /** Clicks with the pointer on what a selector finds, in the page or in the widget, once it stands still and nothing covers it. */
  async click(selector) {
    const [x, y] = await this.waitForFunction(async (selector) => {
      const roots = [document, ...Array.from(document.querySelectorAll("nianbao-report"), ({ shadowRoot }) => shadowRoot)];
      const found = roots.map((root) => root && root.querySelector(selector)).find(Boolean);
      if (!found) return undefined;
      found.scrollIntoView({ block: "center" });
      const middle = () => {
        const { left, top, width, height } = found.getBoundingClientRect();
        return [left + width / 2, top + height / 2].map(Math.round);
      };
      const before = middle();
      await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
      const [x, y] = middle();
      const hit = found.getRootNode().elementFromPoint(x, y);
      return x === before[0] && y === before[1] && hit && (found === hit || found.contains(hit)) && [x, y];
    }, selector);
    await this.perform("pointer", [
      { type: "pointerMove", x, y },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ]);
  }

  perform(type, actions) {
    return this.driver.perform([{ type, id: type, actions, ...(type === "pointer" && { parameters: { pointerType: "mouse" } }) }]);
  }

  /** What is seen of the page, as a PNG. */
  async screenshot({ path } = {}) {
    const picture = Buffer.from(await this.driver.screenshot(), "base64");
    if (path) writeFileSync(path, picture);
    return picture;
  }

  /** The page on A4, as a PDF; null where the driver cannot print. */
  async pdf() {
    return this.driver.print ? Buffer.from(await this.driver.print(), "base64") : null;
  }

  complaints() {
    return this.driver.complaints(this);
  }
}

// What runs is ended with this process, however it ends.
const running = new Set();
process.once("exit", () => running.forEach((end) => end()));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => process.exit(1));

/** Starts a program with a folder of its own for all that it keeps; `end()` ends it and what it has started. */
function start(program, options, { stdio, env = {} }) {
  const home = mkdtempSync(join(tmpdir(), "nianbao-engine-"));
  const own = { HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home };
  // In a process group of its own, so that nothing of it is left.
  const child = spawn(program, options(home), { stdio, env: { ...process.env, ...own, ...env }, detached: true });
  const ended = new Promise((end) => child.once("close", end));
  child.once("error", () => {});
  const kill = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // Nothing of it runs any more.
    }
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  running.add(kill);
  const end = async () => {
    kill();
    await ended;
    running.delete(kill);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  return { child, home, ended, end };
}

/** What a program says in its output, once it says something that fits. */
function said(child, stream, pattern) {
  return new Promise((found, failed) => {
    let text = "";
    stream.on("data", (data) => {
      text += data;
      const match = pattern.exec(text);
      if (match) found(match[1]);
    });
    child.once("error", failed);
    child.once("close", () => failed(new Error(`${child.spawnfile} did not start: ${text.slice(-500)}`)));
  });
}

/** `dark`: the reader prefers a dark look. */
export async function openFirefox({ dark = false, width = 1280, height = 900 } = {}) {
  const preferences = {
    // 0 is dark, 1 light.
    "layout.css.prefers-color-scheme.content-override": dark ? 0 : 1,
    "intl.accept_languages": "zh-CN, zh",
    // It asks nobody, tells nobody, and fetches nothing by itself.
    "app.normandy.enabled": false,
    "app.update.enabled": false,
    "browser.safebrowsing.downloads.remote.enabled": false,
    "browser.shell.checkDefaultBrowser": false,
    "datareporting.policy.dataSubmissionEnabled": false,
    "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.server": "data:,",
  };
  const options = (home) => {
    writeFileSync(join(home, "user.js"), Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(""));
    return ["--headless", "--no-remote", "--profile", home, "--remote-debugging-port=0", "about:blank"];
  };
  const firefox = start(findFirefox(), options, { stdio: ["ignore", "ignore", "pipe"] });
  try {
    const address = await said(firefox.child, firefox.child.stderr, /WebDriver BiDi listening on (ws:\S+)/);
    const driver = await BiDi.connect(`${address}/session`);
    await driver.setViewport(width, height);
    return { name: "Firefox", version: driver.version, page: new Page(driver), close: () => (driver.socket.close(), firefox.end()) };
  } catch (error) {
    await firefox.end();
    throw error;
  }
}

class BiDi {
  static async connect(address) {
    const driver = new BiDi();
    driver.socket = new WebSocket(address, { perMessageDeflate: false, maxPayload: 2 ** 28 });
    driver.waiting = new Map();
    driver.said = [];
    driver.socket.on("message", (data) => driver.hear(JSON.parse(data)));
    driver.socket.on("close", () => driver.waiting.forEach(({ reject }) => reject(new Error("Firefox has ended."))));
    await new Promise((opened, failed) => driver.socket.once("open", opened).once("error", failed));
    const { capabilities } = await driver.send("session.new", { capabilities: { alwaysMatch: { unhandledPromptBehavior: { default: "ignore" } } } });
    driver.version = capabilities.browserVersion;
    await driver.send("session.subscribe", { events: ["log.entryAdded", "browsingContext.userPromptOpened"] });
    // The page with which it starts does not get the focus in every version (140).
    driver.context = (await driver.send("browsingContext.create", { type: "tab" })).context;
    return driver;
  }

  hear({ id, type, result, error, message, method, params }) {
    if (method === "log.entryAdded" && params.level === "error") this.said.push(params.text);
    // A page that asks before it is left is left: what was edited in one test is none of the next one's.
    if (method === "browsingContext.userPromptOpened") this.tell("handleUserPrompt", { accept: true }).catch(() => {});
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id);
    if (type === "error") waiting.reject(new Error(`${error}: ${message}`));
    else waiting.resolve(result);
  }

  send(method, params = {}) {
    const id = (this.count = (this.count ?? 0) + 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }

  /** A command about the page. */
  tell(command, params) {
    return this.send(`browsingContext.${command}`, { context: this.context, ...params });
  }

  navigate(url) {
    this.said = [];
    return this.tell("navigate", { url, wait: "complete" });
  }

  reload() {
    return this.tell("reload", { wait: "complete" });
  }

  async call(script, given) {
    const { type, result, exceptionDetails } = await this.send("script.callFunction", {
      functionDeclaration: script,
      arguments: [{ type: "string", value: given }],
      target: { context: this.context },
      awaitPromise: true,
    });
    if (type === "exception") throw new Error(exceptionDetails.text);
    return result.value;
  }

  perform(actions) {
    return this.send("input.performActions", { context: this.context, actions });
  }

  setViewport(width, height) {
    return this.tell("setViewport", { viewport: { width, height } });
  }

  async screenshot() {
    return (await this.tell("captureScreenshot")).data;
  }

  async print() {
    return (await this.tell("print", { page: { width: 21, height: 29.7 }, background: true })).data;
  }

  async complaints() {
    return this.said;
  }
}

/** The line in a page's head by which complaints are heard where the driver tells of none. */
export const listening = `<script>
  window.complaints = [];
  const complain = (what) => window.complaints.push(String(what));
  addEventListener("error", (event) => complain(event.message || "error"));
  addEventListener("unhandledrejection", ({ reason }) => complain(reason && (reason.stack || reason)));
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => complain(violatedDirective + " " + blockedURI));
  const told = console.error;
  console.error = (...all) => (complain(all.join(" ")), told.apply(console, all));
</script>`;

/** How much of the window's height is not the page's. */
const toolBar = 38;

/** `dark`: the reader prefers a dark look. */
export async function openWebKit({ dark = false, width = 1280, height = 900 } = {}) {
  const { driver: program, screen: xvfb, browser } = findWebKit();
  // It finds a display that is free, and says which.
  const screen = start(xvfb, () => ["-displayfd", "3", "-screen", "0", `${width}x${height + toolBar}x24`, "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  let driver;
  try {
    const display = await said(screen.child, screen.child.stdio[3], /(\d+)\n/);
    const env = { DISPLAY: `:${display}`, GDK_BACKEND: "x11", GTK_THEME: dark ? "Adwaita:dark" : "Adwaita", NO_AT_BRIDGE: "1", WEBKIT_DISABLE_DMABUF_RENDERER: "1" };
    const port = await freePort();
    driver = start(program, () => [`--port=${port}`], { stdio: "ignore", env });
    const session = await WebDriver.connect(`http://127.0.0.1:${port}`, driver.child, {
      "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] },
    });
    // It is set before there is a page: once one was painted, no picture could be taken any more.
    await session.send("POST", "/window/rect", { width, height: height + toolBar });
    const close = async () => {
      await session.send("DELETE", "").catch(() => {});
      await driver.end();
      await screen.end();
    };
    return { name: "WebKitGTK", version: session.version, page: new Page(session), close };
  } catch (error) {
    await driver?.end();
    await screen.end();
    throw error;
  }
}

class WebDriver {
  static async connect(address, child, capabilities) {
    const driver = new WebDriver();
    driver.address = `${address}/session`;
    while (!(await fetch(`${address}/status`).then((answer) => answer.ok, () => false))) {
      if (child.exitCode !== null) throw new Error("WebKitGTK's driver did not start.");
      await later(50);
    }
    const { sessionId, capabilities: given } = await driver.send("POST", "", { capabilities: { alwaysMatch: capabilities } });
    driver.version = given.browserVersion;
    driver.address += `/${sessionId}`;
    await driver.send("POST", "/timeouts", { script: 60_000 });
    return driver;
  }

  async send(method, path, body) {
    const answer = await fetch(this.address + path, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }

  navigate(url) {
    return this.send("POST", "/url", { url });
  }

  reload() {
    return this.send("POST", "/refresh", {});
  }

  async call(script, given) {
    const settled = `const [given, done] = arguments; (${script})(given).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await this.send("POST", "/execute/async", { script: settled, args: [given] });
    if (error) throw new Error(error);
    return value;
  }

  perform(actions) {
    return this.send("POST", "/actions", { actions });
  }

  screenshot() {
    return this.send("GET", "/screenshot");
  }

  complaints(page) {
    return page.evaluate(() => window.complaints || ["This page does not listen for complaints."]);
  }
}

/** An old Chromium. */
export async function openOldChromium({ version, args, dark = false, width = 1280, height = 900 } = {}) {
  const old = await openOldPage({ version, args, viewport: { width, height } });
  await old.page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  const full = (await old.browser.version()).replace(/.*\//, "");
  return { name: "Chromium", version: full, page: new Page(new Puppet(old)), close: old.close };
}

const keyNames = Object.fromEntries(Object.entries(keys).map(([name, code]) => [code, name]));

class Puppet {
  constructor({ page, complaints }) {
    this.page = page;
    this.said = complaints;
    // A page that is left within the 100 ms until a draft is stored asks first.
    page.on("dialog", (dialog) => dialog.accept());
  }

  navigate(address) {
    this.said.length = 0;
    return this.page.goto(address);
  }

  reload() {
    return this.page.reload();
  }

  call(script, given) {
    return this.page.evaluate(`(${script})(${JSON.stringify(given)})`);
  }

  async perform([{ actions }]) {
    const { keyboard, mouse } = this.page;
    for (const { type, value, x, y } of actions) {
      if (type === "keyDown") await keyboard.down(keyNames[value] ?? value);
      else if (type === "keyUp") await keyboard.up(keyNames[value] ?? value);
      else if (type === "pointerMove") await mouse.move(x, y);
      else if (type === "pointerDown") await mouse.down();
      else await mouse.up();
    }
  }

  screenshot() {
    return this.page.screenshot({ encoding: "base64" });
  }

  async print() {
    return (await this.page.pdf({ format: "A4", printBackground: true })).toString("base64");
  }

  async complaints() {
    return this.said;
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((listens) => server.listen(0, "127.0.0.1", listens));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}
