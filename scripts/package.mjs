// node package.mjs DIST OUT: what others get. OUT/nianbao-VERSION.tgz is the npm package, OUT/static/ the folder for a
// server: the files under names that stay, the same ones again under a path that is theirs for ever, their hashes, and
// lines to paste. The same DIST gives the same bytes.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { customElements } from "./custom-elements.mjs";
import { notices } from "./notices.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const [dist = "dist", out = "pkg"] = process.argv.slice(2);
const { version, description, license } = crate();
const archive = `nianbao-${version}.tgz`;

/** Everything in DIST but the demo page and what no browser asks for. */
const shipped = filesOf(dist).filter((file) => !/^(index\.html|demo[./].*|.*\.d\.ts|\..*)$/.test(file));
const legal = ["LICENSE-MIT", "LICENSE-APACHE"];
const schemas = readdirSync(join(root, "forms")).filter((file) => file.endsWith(".schema.json"));
const guides = readdirSync(join(root, "docs")).filter((file) => /^(embedding|frameworks)(\..+)?\.md$/.test(file));
const thirdParty = notices(root);

mkdirSync(out, { recursive: true });
for (const file of readdirSync(out)) if (/^(static|nianbao-.*\.tgz|\.packed)$/.test(file)) rmSync(join(out, file), { recursive: true });
forServers(join(out, "static"));
forNpm();
console.log(`✓ ${join(out, archive)}: the npm package, ${kilobytes(statSync(join(out, archive)).size)}`);
console.log(`✓ ${join(out, "static")}: ${shipped.length} files for a server; snippet.html there has the lines to paste`);

/** The folder for a server. */
function forServers(folder) {
  for (const file of shipped) {
    copy(join(dist, file), join(folder, file));
    copy(join(dist, file), join(folder, version, file));
  }
  const files = shipped.map((file) => {
    const bytes = readFileSync(join(dist, file));
    return { file, bytes: bytes.length, sha384: `sha384-${createHash("sha384").update(bytes).digest("base64")}` };
  });
  write(join(folder, "manifest.json"), `${JSON.stringify({ name: "nianbao", version, path: `${version}/`, files }, null, 2)}\n`);
  const filled = { VERSION: version, INTEGRITY: files.find(({ file }) => file === "nianbao.js").sha384 };
  for (const file of ["README.txt", "snippet.html"]) write(join(folder, file), fill(join(root, "package", file), filled));
  for (const file of legal) copy(join(root, file), join(folder, `${file}.txt`));
  for (const file of guides) copy(join(root, "docs", file), join(folder, "docs", file));
  write(join(folder, "THIRD_PARTY_NOTICES.txt"), thirdParty);
  // Servers make tags for caches of time and size, so that the time is that of the build.
  settle(folder, new Date(Math.max(...shipped.map((file) => statSync(join(dist, file)).mtimeMs))));
}

/** The npm package, by npm itself. */
function forNpm() {
  const stage = mkdtempSync(join(tmpdir(), "nianbao-package-"));
  try {
    for (const file of shipped) copy(join(dist, file), join(stage, file));
    copy(join(root, "www/nianbao.d.ts"), join(stage, "nianbao.d.ts"));
    for (const file of schemas) copy(join(root, "forms", file), join(stage, "schemas", file));
    for (const file of [...legal, "CHANGELOG.md"]) copy(join(root, file), join(stage, file));
    for (const file of guides) copy(join(root, "docs", file), join(stage, "docs", file));
    write(join(stage, "README.md"), fill(join(root, "package/README.md"), { VERSION: version }));
    write(join(stage, "THIRD_PARTY_NOTICES"), thirdParty);
    write(join(stage, "custom-elements.json"), `${JSON.stringify(customElements(root), null, 2)}\n`);
    write(join(stage, "package.json"), `${JSON.stringify(packageJson(filesOf(stage)), null, 2)}\n`);
    // npm's own time for everything.
    settle(stage, new Date("1985-10-26T08:15:00Z"));
    execFileSync("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", absolute(out)], {
      cwd: stage,
      env: { ...process.env, npm_config_update_notifier: "false" },
      stdio: ["ignore", "ignore", "inherit"],
    });
  } finally {
    rmSync(stage, { recursive: true });
  }
}

function packageJson(staged) {
  const modules = shipped.filter((file) => file.endsWith("_bg.wasm")).map((file) => file.replace("_bg.wasm", ""));
  const element = { types: "./nianbao.d.ts", default: "./nianbao.js" };
  const asIs = (files) => Object.fromEntries(files.map((file) => [`./${file}`, `./${file}`]));
  return {
    name: "nianbao",
    version,
    description,
    license,
    keywords: ["web-component", "custom-element", "webassembly", "government", "open-government", "年报"],
    type: "module",
    main: "./nianbao.js",
    module: "./nianbao.js",
    types: "./nianbao.d.ts",
    customElements: "custom-elements.json",
    unpkg: "nianbao.js",
    jsdelivr: "nianbao.js",
    exports: {
      ".": element,
      // The element is defined by whoever imports it, under either name.
      "./element": element,
      "./style.css": "./nianbao.css",
      "./wasm": "./widget_bg.wasm",
      ...Object.fromEntries(modules.map((name) => [`./wasm/${name}`, `./${name}_bg.wasm`])),
      ...asIs(["embed.html", "frame.js", ...shipped.filter((file) => /^offline-.*\.json$/.test(file)), ...schemas.map((file) => `schemas/${file}`), "custom-elements.json", "package.json"]),
    },
    // Which of the modules do something by being imported; none of the others is ever named by a page.
    sideEffects: ["./nianbao.js", "./background-worker.js", "./embed.js", "./frame.js", "./*.css"],
    files: staged.filter((file) => file !== "package.json"),
  };
}

function crate() {
  const text = readFileSync(join(root, "Cargo.toml"), "utf8");
  const value = (key) => new RegExp(`^${key} = "(.*)"$`, "m").exec(text)[1];
  return { version: value("version"), description: value("description"), license: value("license") };
}

/** Every file below a folder, in one order everywhere. */
function filesOf(folder, under = "") {
  return readdirSync(join(folder, under), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesOf(folder, `${under}${entry.name}/`) : `${under}${entry.name}`))
    .sort();
}

function fill(template, values) {
  return readFileSync(template, "utf8").replace(/\{\{(\w+)\}\}/g, (whole, name) => values[name] ?? whole);
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to);
}

function write(to, text) {
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, text);
}

/** Gives everything one time and the same rights, so that archives of it are the same. */
function settle(folder, time) {
  for (const file of filesOf(folder)) {
    chmodSync(join(folder, file), 0o644);
    utimesSync(join(folder, file), time, time);
  }
}

function absolute(path) {
  return path.startsWith("/") ? path : join(process.cwd(), path);
}

function kilobytes(bytes) {
  return `${Math.round(bytes / 1000).toLocaleString("en")} kB`;
}
