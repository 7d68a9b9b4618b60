// What scripts/check-dist.mjs lets through to old browsers, and what it refuses: small modules, made for it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { dist as shipped, root } from "./launch.mjs";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "nianbao-modules-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with a module in it, of its text; `append` adds bytes at its end. */
async function moduleOf(text, append = Buffer.alloc(0)) {
  const made = mkdtempSync(join(folder, "dist-"));
  const [source, path] = ["source.wat", "module.wasm"].map((name) => join(made, name));
  writeFileSync(source, text);
  await run("wasm-as", ["--all-features", "--output", path, source]);
  if (append.length > 0) writeFileSync(path, append, { flag: "a" });
  return made;
}

/** Checks it; gives what was refused, or nothing. */
const refused = (dist) => run("node", [join(root, "scripts/check-dist.mjs"), dist]).then(() => "", ({ stderr }) => stderr);

test("a module with what every browser of 2020 knows is let through", async () => {
  const dist = await moduleOf(`(module (memory 1) (global $g (export "g") (mut i32) (i32.const 0))
    (func (export "f") (param f64) (result i32)
      (memory.fill (i32.const 0) (i32.const 0) (i32.const 8))
      (memory.copy (i32.const 8) (i32.const 0) (i32.const 8))
      (i32.extend8_s (i32.trunc_sat_f64_s (local.get 0)))))`);
  assert.equal(await refused(dist), "");
});

const newer = {
  "a handle of the page's (reference types)": '(module (func (export "f") (param externref) (result externref) (local.get 0)))',
  "two results (multi-value)": '(module (func (export "f") (result i32 i32) (i32.const 1) (i32.const 2)))',
  "vectors (SIMD)": '(module (func (export "f") (result v128) (v128.const i32x4 0 0 0 0)))',
  "calls in place of returning": '(module (func $f (export "f") (return_call $f)))',
  "memory of 64 bits": '(module (memory (export "m") i64 1))',
  "objects": '(module (type $t (struct (field i32))) (func (export "f") (drop (struct.new_default $t))))',
};
for (const [what, text] of Object.entries(newer)) {
  test(`a module with ${what} is refused`, async () => {
    assert.match(await refused(await moduleOf(text)), /module\.wasm uses what Chromium 83 does not know/);
  });
}

test("a module that lists its own features is refused, whatever it uses", async () => {
  const name = Buffer.from("\x0ftarget_features");
  const dist = await moduleOf("(module)", Buffer.concat([Buffer.from([0, name.length + 1]), name, Buffer.from([0])]));
  assert.match(await refused(dist), /lists target features/);
});

test("a folder without a module is refused", async () => {
  assert.match(await refused(mkdtempSync(join(folder, "empty-"))), /holds no \.wasm file/);
});

test("what is packed for offline files has to be the same programs, in signs that a page can hold", async () => {
  const files = ["widget_bg.wasm", "offline-page.json", "offline-widget.json"];
  const folderWith = (name, alter) => {
    const made = mkdtempSync(join(folder, "offline-"));
    for (const file of files) copyFileSync(join(shipped, file), join(made, file));
    const program = JSON.parse(readFileSync(join(made, name), "utf8"));
    alter(Object.fromEntries(program.parts.map((part) => [part.name, part])));
    writeFileSync(join(made, name), JSON.stringify(program));
    return made;
  };
  assert.equal(await refused(folderWith("offline-page.json", () => {})), "");
  const wrong = [
    ["offline-page.json", (parts) => (parts.loader.text += " "), /loader has another hash/],
    ["offline-page.json", (parts) => (parts["page.css"].text += "</style>"), /page\.css holds what ends a script/],
    ["offline-page.json", (parts) => delete parts["page.js"].hash, /page\.js has no hash/],
    ["offline-widget.json", (parts) => (parts["widget.js"].text = parts["widget.wasm"].text), /widget\.js has another hash/],
    ["offline-widget.json", (parts) => (parts["widget.wasm"].text = parts["widget.js"].text), /widget\.wasm is another module/],
    ["offline-widget.json", (parts) => (parts["widget.js"].text += "<"), /widget\.js is not packed as a page can hold it/],
  ];
  for (const [name, alter, told] of wrong) assert.match(await refused(folderWith(name, alter)), told);
});
