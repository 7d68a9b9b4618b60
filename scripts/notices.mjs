// THIRD_PARTY_NOTICES: whose work the WebAssembly modules and scripts contain, and under which licence, with its text. The
// crates are those that cargo compiles into them, with the features that they are built with; what only runs while they
// are built (procedural macros, build scripts) is not in them.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

const chosen = ["--locked", "--offline", "--no-default-features", "--features", "editor,reader,container,writer,office"];

/** Data that stands in the sources themselves. */
const data = [
  {
    name: "OpenCC",
    licence: "Apache-2.0",
    what: "the tables from which src/read/traditional.txt is drawn",
    texts: (root) => [readFileSync(join(root, "LICENSE-APACHE"), "utf8")],
  },
];

/** The text, of the sources in a folder. */
export function notices(root) {
  const crates = cratesOf(root);
  const entries = [...crates.map((crate) => entry(crate, root)), inflater(), ...data.map((one) => ({ ...one, texts: one.texts(root) })), standardLibrary(root)];
  // Many have the same text to the letter but for how its lines break.
  const groups = new Map();
  for (const { name, licence, what, texts } of entries) {
    for (const text of texts) {
      const key = text.replace(/\s+/g, " ").trim();
      if (!groups.has(key)) groups.set(key, { text: text.replace(/\r\n/g, "\n").replace(/[ \t]+$/gm, "").trim(), names: [] });
      groups.get(key).names.push(`${name} (${licence})${what ? `: ${what}` : ""}`);
    }
  }
  const head = [
    "nianbao contains the work of others, under the licences below. Where a licence is a choice, the one whose text",
    "stands here is taken. The scripts and styles are the project's own, but for those that wasm-bindgen makes, and what",
    "offline files unpack themselves with in older browsers.",
  ].join("\n");
  const parts = Array.from(groups.values(), ({ text, names }) => `${names.join("\n")}\n\n${text}`);
  return `${[head, ...parts].join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

function cratesOf(root) {
  const options = { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "inherit"] };
  const platform = "wasm32-unknown-unknown";
  const tree = execFileSync("cargo", ["tree", ...chosen, "--target", platform, "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"], options);
  const compiled = new Set(Array.from(tree.matchAll(/^(\S+) v(\S+)/gm), ([, name, version]) => `${name} ${version}`));
  const metadata = JSON.parse(execFileSync("cargo", ["metadata", ...chosen, "--format-version", "1", "--filter-platform", platform], options));
  return metadata.packages
    .filter(({ name, version, source }) => source && compiled.has(`${name} ${version}`))
    .sort((one, other) => (`${one.name} ${one.version}` < `${other.name} ${other.version}` ? -1 : 1));
}

function entry({ name, version, license, authors, repository, manifest_path }, root) {
  const texts = licenceTexts(dirname(manifest_path), license);
  if (texts.length > 0) return { name: `${name} ${version}`, licence: license, texts };
  // Its archive has no text of it.
  if (!/\bMIT\b/.test(license)) throw new Error(`${name} has no licence file, and its licence is ${license}: please add its text to scripts/notices.mjs.`);
  const holders = authors.length > 0 ? authors.map((author) => author.replace(/\s*<.*>/, "")).join(", ") : `the authors of ${name}`;
  return { name: `${name} ${version}`, licence: license, texts: [mit(root, `${holders} (${repository})`)] };
}

/** The texts that come with a crate: of a choice that of MIT, where it is one, else all. */
function licenceTexts(folder, license) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]es?|copying|copyright|notice|unlicense)/i.test(file)).flatMap((file) => {
    const path = join(folder, file);
    return statSync(path).isDirectory() ? readdirSync(path).map((inside) => join(path, inside)) : [path];
  });
  const ofMit = files.filter((file) => /mit(\.|-|$)/i.test(file) && !/mit0/i.test(file));
  const also = files.filter((file) => /unicode|notice/i.test(file));
  const choice = /\bMIT\b(?!-0)/.test(license) && ofMit.length > 0;
  return (choice ? [...new Set([...ofMit, ...also])] : files).sort().map((file) => readFileSync(file, "utf8"));
}

/** What offline files unpack themselves with in older browsers. */
function inflater() {
  const folder = join(process.env.FFLATE_HOME, "node_modules/fflate");
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return { name: `fflate ${version}`, licence: license, texts: licenceTexts(folder, license) };
}

/** The text of the MIT licence as this project has it, for others. */
function mit(root, holders) {
  return readFileSync(join(root, "LICENSE-MIT"), "utf8").replace(/^Copyright .*$/m, `Copyright (c) ${holders}`);
}

/** What the compiler adds. */
function standardLibrary(root) {
  return { name: "The Rust standard library", licence: "MIT OR Apache-2.0", texts: [mit(root, "The Rust Project Contributors (https://github.com/rust-lang/rust)")] };
}
