// Trunk's last step: what was built becomes what is shipped. Scripts and styles are made small, in the syntax of
// Chromium 83, Firefox 115 and WebKit of 2022; each module is stamped with the build that it belongs to, which
// nianbao.js compares.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, delimiter, join, resolve } from "node:path";
import { deflateSync } from "node:zlib";
import { withShortNames } from "./short-names.mjs";

const staging = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
const at = (name) => join(staging, name);
const read = (name) => readFileSync(at(name), "utf8");

// What is set in from the outside, by the name that stands for it in the scripts.
const defined = {};

const [, version] = /^version = "(.*)"$/m.exec(readFileSync("Cargo.toml", "utf8"));
const named = (ending) => readdirSync(staging).filter((name) => name.endsWith(ending)).sort();

// The scripts that wasm-bindgen made come first: their modules' stamps tell of them too.
const programs = named("_bg.wasm").map((name) => basename(name, "_bg.wasm"));
programs.forEach(program);
defined.BUILDS = Object.fromEntries(programs.map((name) => [name, stamp(name)]));
defined.SENTENCES = sentences("trouble");
defined.EMBED = sentences("embed");

// What an offline file is made of comes from the sources of the same scripts.
defined.OFFLINE_LOADER = sentences("offline-loader");
defined.OFFLINE_PAGE = sentences("offline-page");
offline();

const last = ["integrity.js", "nianbao.js"];
const rest = [...named(".js"), ...named(".css")].filter((name) => !last.includes(name) && !programs.includes(basename(name, ".js")));
const withParts = ["background.js", "background-worker.js", "bundling.js", "embed.js", "trouble.js"];
minify(rest.filter((name) => !withParts.includes(name)));
withParts.forEach(bundle);

// Each of the two holds the hash of what was made before it.
const shipped = [...named(".js"), ...named(".css"), ...named(".wasm"), ...named(".json")];
const hashed = shipped.filter((name) => !last.includes(name) && !/^demo\./.test(name));
defined.HASHES = Object.fromEntries(hashed.map((name) => [name, integrity(name)]));
bundle("integrity.js");
defined.INTEGRITY = integrity("integrity.js");
bundle("nianbao.js");
for (const folder of ["parts", "offline"]) rmSync(at(folder), { recursive: true, force: true });

/**
 * Makes a program's script one that exports `begin`, which gives the program anew each time, with nothing of one before:
 * where its module breaks down, `begin`'s argument hears it. What script and module call in each other gets short names.
 */
function program(name) {
  const { module, script } = withShortNames(readFileSync(at(`${name}_bg.wasm`)), read(`${name}.js`), `./${name}_bg.js`);
  writeFileSync(at(`${name}_bg.wasm`), module);
  const [before, after, ...more] = script.split("wasm = instance.exports;");
  if (after === undefined || more.length > 0) throw new Error(`${name}.js does not take its module's exports in one place.`);
  const guarded = `import { guarded } from "./parts/guarding.js";${before}wasm = guarded(instance.exports, nianbaoFell);${after}`;
  // The address of its own is asked for only where no module is given.
  const text = made([], ["--bundle", "--format=esm", '--define:import.meta.url=""'], guarded);
  const [exported, names] = /export\{([^{}]*)\};?$/.exec(text);
  const members = names.split(",").map((member) => member.split(" as ").reverse().join(":"));
  writeFileSync(at(`${name}.js`), `export function begin(nianbaoFell){${text.slice(0, -exported.length)}return{${members}}}\n`);
}

/** Stamps the module of a program with a section of its own; gives what stands in it. */
function stamp(name) {
  const path = at(`${name}_bg.wasm`);
  const section = "nianbao";
  const module = unstamped(readFileSync(path), section);
  const hash = createHash("sha256").update(module).update(readFileSync(at(`${name}.js`))).digest("hex").slice(0, 10);
  const build = `${version}-${hash}`;
  // A custom section: 0, its size, the size of its name, its name, what it holds. Both sizes fit into a byte.
  const content = Buffer.concat([Buffer.from([section.length]), Buffer.from(section + build)]);
  if (content.length > 127) throw new Error(`${version} is too long for a stamp.`);
  writeFileSync(path, Buffer.concat([module, Buffer.from([0, content.length]), content]));
  return build;
}

/** A module without the stamp that it may have at its end already. */
function unstamped(module, section) {
  const at = module.lastIndexOf(Buffer.from([section.length, ...Buffer.from(section)]));
  const stamped = at >= 2 && module[at - 2] === 0 && at + module[at - 1] === module.length;
  return stamped ? module.subarray(0, at - 2) : module;
}

/** By language, the sentences of the catalogues whose names begin so: of what keeps the widget from starting, of embed.html. */
function sentences(about) {
  const catalogues = readdirSync("locales").filter((name) => name.endsWith(".ftl")).sort();
  const line = new RegExp(`^${about}-([a-z-]+) = (.+)$`, "gm");
  const lines = (name) => Array.from(readFileSync(join("locales", name), "utf8").matchAll(line));
  return Object.fromEntries(catalogues.map((name) => [basename(name, ".ftl"), Object.fromEntries(lines(name).map(([, id, text]) => [id, text]))]));
}

function integrity(name) {
  return `sha384-${createHash("sha384").update(readFileSync(at(name))).digest("base64")}`;
}

/**
 * Writes the program files of offline files: `offline-page.json` with what every one of them carries, and one of each
 * program. What is packed is told apart by nothing from what else a page holds: it is ASCII without `<`.
 */
function offline() {
  const carries = (source) => ["--bundle", "--format=iife", `--alias:supply=${resolve(at(`offline/${source}.js`))}`];
  const page = script("page.js", made(["offline/page.js"], carries("enclosed")));
  const worker = script("worker.js", made(["background-worker.js"], carries("carried")));
  const loader = made(["offline/loader.js"], ["--bundle", "--format=iife", "--target=es5"]);
  const plain = [
    { name: "page.css", plain: true, text: asPlain(made(["offline/page.css"])) },
    { name: "loader", plain: true, hash: hashOf(loader), text: asPlain(loader) },
  ];
  const styles = { name: "nianbao.css", text: packed(Buffer.from(made(["nianbao.css"]))) };
  programFile("page", [page, worker, styles, ...plain]);
  for (const name of programs) {
    // It is a classic script: it runs as one that is inserted into the page, and as a part of the worker's.
    const entry = `import { begin } from "./${name}.js"; (globalThis.nianbaoPrograms = globalThis.nianbaoPrograms || {})[${JSON.stringify(name)}] = { begin };`;
    const text = made([], ["--bundle", "--format=iife"], entry);
    programFile(name, [script(`${name}.js`, text), { name: `${name}.wasm`, text: packed(readFileSync(at(`${name}_bg.wasm`))) }]);
  }
}

function programFile(name, parts) {
  writeFileSync(at(`offline-${name}.json`), JSON.stringify({ version, parts }));
}

/** A script as a part. */
function script(name, text) {
  return { name, hash: hashOf(text), text: packed(Buffer.from(text)) };
}

/** The hash by which a policy knows a script. */
function hashOf(text) {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** What stands in the page as it is. */
function asPlain(text) {
  if (/<\/|<!--/.test(text)) throw new Error(`A page cannot hold this as it is: ${text.slice(0, 80)}`);
  return text;
}

/** Bytes as an offline file holds them: how many there are once they are deflated, and these in base 91. */
function packed(bytes) {
  const deflated = deflateSync(bytes, { level: 9 });
  const digits = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).filter((digit) => !'"<\\'.includes(digit));
  const blocks = [];
  const put = (block) => blocks.push(digits[Math.floor(block / 91)] + digits[block % 91]);
  let held = 0;
  let count = 0;
  for (const byte of deflated) {
    held |= byte << count;
    count += 8;
    if (count < 13) continue;
    put(held & 8191);
    held >>>= 13;
    count -= 13;
  }
  if (count > 0) put(held);
  return `${deflated.length} ${blocks.join("")}`;
}

/** Makes files small, each by itself. */
function minify(names) {
  esbuild(names, ["--allow-overwrite", `--outdir=${staging}`]);
}

/** Makes one file of a script and the parts that it is made of. What it loads later stays where it is. */
function bundle(name) {
  const external = named(".js").map((other) => `--external:./${other}`);
  const supply = `--alias:supply=${resolve(at("parts/served.js"))}`;
  esbuild([name], ["--bundle", "--format=esm", ...external, supply, "--allow-overwrite", `--outfile=${at(name)}`]);
}

/** What is made of a file, or of a script that stands in the staging folder. */
function made(names, options = [], input = "") {
  return esbuild(names, options, input).trim();
}

/** Has files made of files, or of a script that stands in the staging folder; gives what is written to no file. */
function esbuild(names, options, input = "") {
  const definitions = Object.entries(defined).map(([name, value]) => `--define:${name}=${JSON.stringify(value)}`);
  const common = ["--minify", "--target=chrome83,firefox115,safari15.4", "--charset=utf8", "--log-level=warning"];
  const env = { ...process.env, NODE_PATH: [join(process.env.FFLATE_HOME, "node_modules"), process.env.NODE_PATH].filter(Boolean).join(delimiter) };
  return execFileSync("esbuild", [...names.map(at), ...common, ...definitions, ...options], {
    cwd: input ? staging : undefined,
    encoding: "utf8",
    env,
    input,
    maxBuffer: 2 ** 28,
    stdio: ["pipe", "pipe", "inherit"],
  });
}
