// Makes the peers' pages: a folder each with its bundle, as esbuild splits and minifies it, a page of tables and a
// page of tables with charts.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));
const REPORT = "www/demo/2023-suqian.json";

const { dependencies } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const called = (packages) => Object.entries(packages).map(([name, label]) => `${label} ${dependencies[name]}`).join(" + ");

/** The peers by the names of their folders: what they are, and what their documentation has a page announce early. */
export const peers = {
  tabulator: { name: called({ "tabulator-tables": "Tabulator", echarts: "ECharts" }) },
  "ag-grid": { name: called({ "ag-grid-community": "AG Grid Community", echarts: "ECharts" }) },
  handsontable: { name: called({ handsontable: "Handsontable", "chart.js": "Chart.js" }) },
  perspective: { name: called({ "@perspective-dev/viewer": "Perspective" }), preload: /\.wasm$/ },
};

/** A form's tables with their Chinese labels alone, as a page that shows one form would have them. */
export function formOf({ sections, tables }) {
  const head = ({ id, label, short, heads }) => ({ id, label: label.zh, short: short?.zh, heads: heads?.map(head) });
  return {
    sections: sections.map(({ id, sheets }) => ({ id, tables: (sheets ?? []).flatMap(({ tables }) => tables) })),
    tables: tables.map(({ id, name, banner, corner, across, columns, rows }) => ({
      id,
      across,
      name: banner ? `${banner.zh} ${name.zh}` : name.zh,
      corner: corner?.zh ?? "",
      columns: columns.map(head),
      rows: rows.map(head),
    })),
  };
}

export const STYLE = `<style>body{margin:1rem;font:16px/1.6 sans-serif}.table{margin:.5rem 0 1rem}.chart{position:relative;width:60rem;height:22rem}
perspective-viewer{display:block;width:100%;height:100%}</style>`;

/** A page with its heading; `head` loads what shows the report, which stands in `main`. */
export const pageOf = (title, head, main, charts) =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${title}</title>${head}</head><body${charts ? " data-charts" : ""}><h1>${title}</h1><main>${main}</main></body></html>`;

/** Builds all pages under `out` and hands back the report. */
export function buildPeers(out) {
  const report = JSON.parse(readFileSync(join(root, REPORT), "utf8"));
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const form = join(out, "form.json");
  writeFileSync(form, JSON.stringify(formOf(JSON.parse(readFileSync(join(root, `forms/${report.form}.json`), "utf8")))));
  for (const [folder, { preload }] of Object.entries(peers)) {
    const place = join(out, folder);
    const options = ["--bundle", "--minify", "--splitting", "--format=esm", "--target=es2022", "--charset=utf8", "--loader:.wasm=file", "--asset-names=[name]"];
    execFileSync("esbuild", [join(here, `${folder}.mjs`), ...options, `--alias:form=${form}`, "--define:process.env.NODE_ENV=\"production\"", "--log-level=error", `--outdir=${place}`]);
    const files = readdirSync(place);
    const sheet = files.includes(`${folder}.css`) ? `<link rel="stylesheet" href="${folder}.css">` : "";
    const early = files.filter((name) => preload?.test(name)).map((name) => `<link rel="preload" href="${name}" as="fetch" type="application/wasm" crossorigin="anonymous">`);
    // What the entry imports is announced too, as bundlers that write the page do.
    const chunks = files.filter((name) => name.startsWith("chunk-")).map((name) => `<link rel="modulepreload" href="${name}">`);
    const data = preload ? `<link rel="preload" href="report.json" as="fetch" type="application/json" crossorigin="anonymous">` : "";
    const head = `${STYLE}${sheet}${early.join("")}${data}${chunks.join("")}<script type="module" src="${folder}.js"></script>`;
    writeFileSync(join(place, "tables.html"), pageOf(report.title, head, "", false));
    writeFileSync(join(place, "charts.html"), pageOf(report.title, head, "", true));
    copyFileSync(join(root, REPORT), join(place, "report.json"));
  }
  return report;
}
