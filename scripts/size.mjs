// node size.mjs DIST: what goes over the wire, raw and as brotli -q 11.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { record } from "../tests/browser/figures.mjs";

const dist = process.argv[2] ?? "dist";
const first = ["nianbao.js", "widget.js", "widget_bg.wasm", "nianbao.css"];
const charts = ["charts.js", "charts_bg.wasm"];
const editor = ["editor.js", "editor_bg.wasm"];
const later = readdirSync(dist).filter((name) => /\.(js|css|wasm)$/.test(name) && ![...first, ...charts, ...editor].includes(name));

print("The first download", first);
print("In place of the widget, where charts are shown", charts);
print("In place of the widget, where a report is edited", editor);
print("Loaded later, when needed", later.sort());
print("For offline files", readdirSync(dist).filter((name) => /^offline-.*\.json$/.test(name)).sort());

function print(title, names) {
  const sizes = names.filter((name) => existsSync(join(dist, name))).map((name) => measure(name));
  const total = sizes.reduce((sum, size) => ({ name: "total", raw: sum.raw + size.raw, brotli: sum.brotli + size.brotli }), {
    name: "total",
    raw: 0,
    brotli: 0,
  });
  console.log(`${title.padEnd(50)}${"raw".padStart(12)}${"brotli".padStart(12)}`);
  for (const size of [...sizes, total]) {
    console.log(`  ${size.name.padEnd(48)}${grouped(size.raw)}${grouped(size.brotli)}`);
    const name = size.name === "total" ? `${title}, together` : size.name;
    record(name, "bytes", [size.raw]);
    record(`${name}, brotli`, "bytes", [size.brotli], name);
  }
}

function measure(name) {
  const bytes = readFileSync(join(dist, name));
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  return { name, raw: bytes.length, brotli: brotli.length };
}

function grouped(bytes) {
  return bytes.toLocaleString("en").padStart(12);
}
