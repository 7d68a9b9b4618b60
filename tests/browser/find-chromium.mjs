// Where a current Chromium or Chrome is: CHROME, else what this machine has. Run by itself it prints the path.
import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

export function findChromium() {
  const found = firstExecutable(process.env.CHROME ? [process.env.CHROME] : [...names, ...places]);
  if (!found) throw new Error("No Chromium or Chrome is there. Please run `make setup-test`, or set CHROME to its path.");
  return found;
}

/** The path of the first of these programs that is there; each is a path, or a name to look for in PATH. */
export function firstExecutable(programs) {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(isAbsolute);
  const candidates = programs.flatMap((program) => (isAbsolute(program) ? [program] : folders.map((folder) => join(folder, program))));
  return candidates.find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(findChromium());
