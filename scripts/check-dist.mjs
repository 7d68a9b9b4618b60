// node check-dist.mjs DIST: the shipped modules hold nothing that a Chromium of 2020 refuses.
// Rust's compiler and wasm-bindgen turn reference types on by themselves where nothing hinders them,
// so the bytes are checked, not the settings.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

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

function reason(error) {
  const lines = String(error.stderr ?? error).split("\n");
  return lines.filter((line) => !line.startsWith("warning: no passes")).slice(0, 12).join("\n");
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
