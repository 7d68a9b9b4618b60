// Offline files for the tests: made by the shipped writer, which runs in Node as it does in a worker, and opened from a
// folder of their own by file://.
//
//   const file = await offline({ report, mode: "edit", formats: true });
//   await page.goto(file.address);
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { dist, root } from "./launch.mjs";
import { readJson } from "./stage.mjs";

const folder = mkdtempSync(join(tmpdir(), "nianbao-offline-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

let writer;
/** The writer's module. */
function getWriter() {
  writer = writer || load();
  return writer;
}

async function load() {
  // Node takes it for a module by this name.
  const script = join(folder, "writer.mjs");
  writeFileSync(script, readFileSync(join(dist, "writer.js")));
  const { begin } = await import(pathToFileURL(script).href);
  const program = begin();
  await program.default({ module_or_path: new WebAssembly.Module(readFileSync(join(dist, "writer_bg.wasm"))) });
  return program;
}

/** Which program files a file carries. */
export function programs({ mode, charts, formats }) {
  const edits = mode === "edit";
  const shows = edits ? "editor" : charts ? "charts" : "widget";
  return ["page", shows, edits || formats ? "reader" : "", formats ? "container" : "", edits || formats ? "writer" : "", formats ? "office" : ""].filter(Boolean);
}

/** The text of an offline file. */
export async function bundled({ report = readJson("www/demo/2023-suqian.json"), mode = "edit", charts = false, formats = mode === "edit", previous, attributes = {} } = {}) {
  const { bundle } = await getWriter();
  const files = programs({ mode, charts, formats }).map((name) => readFileSync(join(dist, `offline-${name}.json`), "utf8"));
  const pairs = Object.entries({ mode, ...attributes }).flat();
  return bundle(JSON.stringify(report), previous && JSON.stringify(previous), pairs, files, "zh-CN", []);
}

let count = 0;
/** Puts a text into a file; gives its path and its address. */
export function put(text, name = `${(count += 1)}.html`) {
  const path = join(folder, name);
  writeFileSync(path, text);
  return { path, address: pathToFileURL(path).href };
}

/** An offline file in its place. */
export const offline = async (options, name) => put(await bundled(options), name);

/** What the file holds as its report, and as the state before. */
export function heldBy(text) {
  const [, report] = /<script type="application\/json">([^<]*)<\/script>/.exec(text);
  const [, previous] = /<script type="application\/json" data-nianbao="previous">([^<]*)<\/script>/.exec(text) ?? [];
  return { report: JSON.parse(report), previous: previous && JSON.parse(previous) };
}

/** Calls the command with the program of dist/; gives what it prints. One that is not built yet is built. */
export function nianbao(...given) {
  const { status, stdout, stderr } = spawnSync("cargo", ["run", "--quiet", "--bin", "nianbao", "--", ...given, "--program", dist], { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  return { status, stdout, stderr };
}

/** What `nianbao check` says of a file. */
export function check(path) {
  const { status, stdout, stderr } = nianbao("check", "--json", path);
  return { status, stderr, ...JSON.parse(stdout) };
}
