// node check-dist.mjs DIST: the shipped modules hold nothing that a Chromium of 2020 refuses, and offline files get the
// same ones. Rust's compiler and wasm-bindgen turn reference types on by themselves where nothing hinders them,
// so the bytes are checked, not the settings.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";

const dist = process.argv[2] ?? "dist";

// The whole of what the modules may use; the same list stands in index.html for wasm-opt.
const allowed = [
  "--mvp-features",
  "--enable-bulk-memory",
  "--enable-bulk-memory-opt",
  "--enable-sign-ext",
  "--enable-nontrapping-float-to-int",
  "--enable-mutable-globals",
];

const modules = readdirSync(dist).filter((name) => name.endsWith(".wasm"));
if (modules.length === 0) fail(`${dist} holds no .wasm file.`);
for (const name of modules) check(name, join(dist, name));
console.log(`✓ ${modules.join(", ")}: nothing newer than Chromium 83`);

const programs = modules.filter((name) => name.endsWith("_bg.wasm")).map((name) => name.replace("_bg.wasm", ""));
if (programs.length > 0) {
  ["page", ...programs].forEach(checkOffline);
  console.log("✓ offline-*.json: the same programs, packed");
}

function check(name, path) {
  try {
    // A module that lists its own features is believed by wasm-opt, whatever it is told to allow.
    if (WebAssembly.Module.customSections(new WebAssembly.Module(readFileSync(path)), "target_features").length > 0) {
      fail(`${name} lists target features, so wasm-bindgen has used them. [profile.release] in Cargo.toml needs strip = true.`);
    }
    // wasm-opt validates what it reads; without -o it writes nothing.
    execFileSync("wasm-opt", [...allowed, path], { stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    fail(`${name} uses what Chromium 83 does not know (reference types, multi-value, SIMD or newer):\n${reason(error)}`);
  }
}

/** What is packed for offline files is what it should be, and would end no script and no comment of a page. */
function checkOffline(program) {
  const file = `offline-${program}.json`;
  const { parts } = JSON.parse(readFileSync(join(dist, file), "utf8"));
  for (const { name, text, hash, plain } of parts) {
    if (!plain && !/^\d+ [!#-;=-[\]-~]*$/.test(text)) fail(`${file}: ${name} is not packed as a page can hold it.`);
    if (/<\/|<!--/.test(text)) fail(`${file}: ${name} holds what ends a script.`);
    const bytes = plain ? Buffer.from(text) : unpacked(text);
    if (hash && hash !== `sha256-${createHash("sha256").update(bytes).digest("base64")}`) fail(`${file}: ${name} has another hash.`);
    if (!hash && /\.js$|^loader$/.test(name)) fail(`${file}: ${name} has no hash.`);
    if (name.endsWith(".wasm") && !bytes.equals(readFileSync(join(dist, name.replace(".wasm", "_bg.wasm"))))) fail(`${file}: ${name} is another module.`);
  }
}

/** What LENGTH SP BASE91 stands for. */
function unpacked(text) {
  const digits = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at)).filter((digit) => !'"<\\'.includes(digit));
  const value = new Map(digits.map((digit, at) => [digit, at]));
  const space = text.indexOf(" ");
  const bytes = Buffer.alloc(Number(text.slice(0, space)));
  let [held, count, filled] = [0, 0, 0];
  for (let at = space + 1; at < text.length; at += 2) {
    held |= (value.get(text[at]) * 91 + value.get(text[at + 1])) << count;
    for (count += 13; count >= 8; count -= 8) {
      if (filled < bytes.length) bytes[filled++] = held & 255;
      held >>>= 8;
    }
  }
  return inflateSync(bytes);
}

function reason(error) {
  const lines = String(error.stderr ?? error).split("\n");
  return lines.filter((line) => !line.startsWith("warning: no passes")).slice(0, 12).join("\n");
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
