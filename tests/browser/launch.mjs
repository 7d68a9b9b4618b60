// A page in a real browser, with everything it complained about.
//
//   const { page, complaints, close } = await openPage();       // a current Chromium, by Playwright
//   const { page, complaints, close } = await openOldPage();    // Chromium 83, by Puppeteer 5; others with { version }
//
// `complaints` fills with console errors and uncaught exceptions; a test that expects none says
// assert.deepEqual(complaints, []).
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "./find-chromium.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const dist = join(root, "dist");

const flags = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** `context` is what Playwright's newContext takes: viewport, colorScheme, locale, offline …; `more` what launch does. */
export async function openPage(context = {}, args = [], more = {}) {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({
    executablePath: findChromium(),
    // Chromium's own sandbox does not work for root, nor in most containers.
    chromiumSandbox: false,
    args: [...flags, ...args],
    ...more,
  });
  const page = await (await browser.newContext({ locale: "zh-CN", ...context })).newPage();
  return { browser, page, complaints: complaintsOf(page), close: () => browser.close() };
}

/**
 * A browser that keeps its profile in a folder, to be killed: `kill()` ends all of its processes at once,
 * without a chance to write anything, and tells when that was.
 */
export async function openLasting(userDataDir) {
  const { chromium } = await import("playwright-core");
  const own = ["--headless", "--no-sandbox", "--lang=zh-CN", "--remote-debugging-port=0", `--user-data-dir=${userDataDir}`];
  // A process group of its own, so that nothing of it is left.
  const running = spawn(findChromium(), [...flags, ...own, "about:blank"], { detached: true, stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise((end) => running.once("exit", end));
  const address = await new Promise((found, failed) => {
    let said = "";
    running.stderr.on("data", (data) => {
      said += data;
      const [, address] = /DevTools listening on (ws:\S+)/.exec(said) ?? [];
      if (address) found(address);
    });
    running.once("exit", () => failed(new Error(`Chromium did not start: ${said.slice(-500)}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  const page = await browser.contexts()[0].newPage();
  const kill = async () => {
    const at = Date.now();
    process.kill(-running.pid, "SIGKILL");
    await ended;
    await browser.close().catch(() => {});
    return at;
  };
  return { page, complaints: complaintsOf(page), kill };
}

/** Old Chromiums that the set-up brings along, the oldest first. */
export const oldCores = Array.from(
  /^OLD_CHROMIUMS="(.*)"$/m.exec(readFileSync(join(root, "scripts/versions.env"), "utf8"))[1].matchAll(/(\d+)=/g),
  ([, version]) => Number(version),
);

/** Why old Chromiums cannot run here, or false: for a test's `skip`. Where they can run, they have to be there. */
export const noOldChromium =
  process.platform === "linux" && process.arch === "x64" ? false : "old Chromiums are there for Linux on x86-64 only";

export function openOldPage({ version = oldCores[0], args = [], viewport } = {}) {
  const home = join(process.env.NIANBAO_TOOLS || join(root, ".tools"), `chromium-${version}`);
  if (!existsSync(join(home, "chromium"))) throw new Error(`No Chromium ${version} is in ${home}. Please run: make setup-test`);
  return byPuppeteer({
    executablePath: join(home, "chromium"),
    defaultViewport: viewport,
    env: { ...process.env, LD_LIBRARY_PATH: `${home}:${join(home, "lib")}` },
    args,
  });
}

/** A current Chromium whose tabs can be put to sleep: Playwright has every page believe that it is looked at. */
export function openSleepyPage() {
  const awake = ["--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding", "--disable-background-timer-throttling"];
  return byPuppeteer({ executablePath: findChromium(), ignoreDefaultArgs: awake });
}

async function byPuppeteer({ args = [], ...given }) {
  const { default: puppeteer } = await import("puppeteer-core");
  const userDataDir = mkdtempSync(join(tmpdir(), "nianbao-browser-"));
  const browser = await puppeteer.launch({ ...given, userDataDir, args: [...flags, "--headless", "--no-sandbox", "--lang=zh-CN", ...args] });
  const page = await browser.newPage();
  const close = async () => {
    await browser.close();
    rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  return { browser, page, complaints: complaintsOf(page), close };
}

// Playwright's and Puppeteer's pages tell of both in the same two events.
function complaintsOf(page) {
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error.message ?? error)));
  return complaints;
}

/** In the page: whether a `nianbao-report`'s shadow root shows a table with figures. For waitForFunction. */
export function showsFigures() {
  const root = document.querySelector("nianbao-report")?.shadowRoot;
  const table = root && root.querySelector("table");
  const fields = Array.from(root?.querySelectorAll("td input") ?? [], ({ value }) => value);
  return Boolean(table) && /\d/.test(table.textContent + fields.join());
}
