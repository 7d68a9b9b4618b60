// Trunk's last step: what was built becomes what is shipped. Scripts and styles are made small, in the syntax of
// Chromium 83, Firefox 115 and WebKit of 2022; each module is stamped with the build that it belongs to, which
// nianbao.js compares.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

const staging = process.argv[2] ?? process.env.TRUNK_STAGING_DIR;
const at = (name) => join(staging, name);

// What is set in from the outside, by the name that stands for it in the scripts.
const defined = {};

const [, version] = /^version = "(.*)"$/m.exec(readFileSync("Cargo.toml", "utf8"));
const named = (ending) => readdirSync(staging).filter((name) => name.endsWith(ending)).sort();

// The scripts that wasm-bindgen made come first: their modules' stamps tell of them too.
const programs = named("_bg.wasm").map((name) => basename(name, "_bg.wasm"));
minify(programs.map((name) => `${name}.js`));
defined.BUILDS = Object.fromEntries(programs.map((name) => [name, stamp(name)]));
defined.SENTENCES = sentences("trouble");
defined.EMBED = sentences("embed");

const last = ["integrity.js", "nianbao.js"];
const rest = [...named(".js"), ...named(".css")].filter((name) => !last.includes(name) && !programs.includes(basename(name, ".js")));
const withParts = ["background-worker.js", "embed.js", "trouble.js"];
minify(rest.filter((name) => !withParts.includes(name)));
withParts.forEach(bundle);

// Each of the two holds the hash of what was made before it.
const hashed = [...named(".js"), ...named(".css"), ...named(".wasm")].filter((name) => !last.includes(name) && !/^demo\./.test(name));
defined.HASHES = Object.fromEntries(hashed.map((name) => [name, integrity(name)]));
bundle("integrity.js");
defined.INTEGRITY = integrity("integrity.js");
bundle("nianbao.js");
rmSync(at("parts"), { recursive: true, force: true });

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

/** Makes files small, each by itself. */
function minify(names) {
  esbuild(names, ["--allow-overwrite", `--outdir=${staging}`]);
}

/** Makes one file of a script and the parts that it is made of. What it loads later stays where it is. */
function bundle(name) {
  const external = named(".js").map((other) => `--external:./${other}`);
  esbuild([name], ["--bundle", "--format=esm", ...external, "--allow-overwrite", `--outfile=${at(name)}`]);
}

function esbuild(names, options) {
  const definitions = Object.entries(defined).map(([name, value]) => `--define:${name}=${JSON.stringify(value)}`);
  const common = ["--minify", "--target=chrome83,firefox115,safari15.4", "--charset=utf8", "--log-level=warning"];
  execFileSync("esbuild", [...names.map(at), ...common, ...definitions, ...options], { stdio: "inherit" });
}
