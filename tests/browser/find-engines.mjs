// Where Firefox and WebKitGTK are, or why their tests are skipped. Run with the name of one it prints its path.
//
// Debian's packages have both, so that where there is apt they have to be there (scripts/setup-browsers.sh).
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { firstExecutable } from "./find-chromium.mjs";

const inDebian = process.platform === "linux" && existsSync("/usr/bin/apt-get");

const firefoxes = () => (process.env.FIREFOX ? [process.env.FIREFOX] : ["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"]);

/** The path of Firefox: FIREFOX, else what this machine has. */
export function findFirefox() {
  const found = firstExecutable(firefoxes());
  if (!found) throw new Error("No Firefox is there. Please run `make setup-test`, or set FIREFOX to its path.");
  return found;
}

/** The paths of WebKitGTK's driver, of the small browser that it drives, and of a screen that nobody sees. */
export function findWebKit() {
  const [driver, screen] = ["WebKitWebDriver", "Xvfb"].map((name) => firstExecutable([name]));
  const folders = existsSync("/usr/lib") ? readdirSync("/usr/lib").map((name) => `/usr/lib/${name}`) : [];
  const browser = firstExecutable(["/usr/libexec", ...folders].flatMap((folder) => ["4.1", "4.0"].map((version) => join(folder, `webkit2gtk-${version}`, "MiniBrowser"))));
  if (!driver || !screen || !browser) throw new Error("WebKitGTK, its driver or Xvfb is not there. Please run `make setup-test`.");
  return { driver, screen, browser };
}

/** For a test's `skip`: why an engine is not tested here, or false. Where it can be had, it has to be there. */
const reason = (find, name) => {
  try {
    find();
    return false;
  } catch {
    return inDebian ? false : `${name} is not there; its tests run where Debian's packages can be had`;
  }
};
export const noFirefox = reason(findFirefox, "Firefox");
export const noWebKit = reason(findWebKit, "WebKitGTK");

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(process.argv[2] === "webkit" ? findWebKit().driver : findFirefox());
}
