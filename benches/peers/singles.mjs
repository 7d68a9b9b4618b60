// The same report as one file that needs no network, made with what else there is for it: a page with Handsontable and
// everything in it, and an inline XBRL document with the viewer for such documents, whose script has to stand beside it.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formOf, pageOf, STYLE } from "./build.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Text that nothing in it ends a script. */
const enclosed = (text) => text.replace(/<\/(?=script)/gi, "<\\/").replace(/<!--/g, "<\\!--");
const data = (value) => JSON.stringify(value).replace(/</g, "\\u003c");

/** Writes `handsontable-plain.html` and `handsontable-charts.html`: script, style and report inside. */
export function buildHandsontable(out, report) {
  const form = join(out, "form.json");
  writeFileSync(form, JSON.stringify(formOf(JSON.parse(readFileSync(join(root, `forms/${report.form}.json`), "utf8")))));
  for (const charts of [false, true]) {
    const place = join(out, "bundle");
    rmSync(place, { recursive: true, force: true });
    const without = charts ? [] : ["--external:./chartjs.mjs"];
    execFileSync("esbuild", [join(here, "handsontable.mjs"), "--bundle", "--minify", "--format=iife", "--target=es2022", "--charset=utf8", ...without, `--alias:form=${form}`, '--define:process.env.NODE_ENV="production"', "--log-level=error", `--outdir=${place}`]);
    const sheets = readdirSync(place).filter((name) => name.endsWith(".css")).map((name) => `<style>${readFileSync(join(place, name), "utf8")}</style>`);
    const script = `<script>report=${data(report)}</script><script type="module">${enclosed(readFileSync(join(place, "handsontable.js"), "utf8"))}</script>`;
    const page = pageOf(report.title, STYLE + sheets.join(""), "", charts);
    // What runs when the page stands comes last in it.
    writeFileSync(join(out, `handsontable-${charts ? "charts" : "plain"}.html`), page.replace("</body>", () => `${script}</body>`));
  }
}

/**
 * Writes `ixbrl.html`: the page without script that is saved of the report, every figure of it tagged as a fact in inline
 * XBRL, with the data that the viewer's own generator puts beside it (concepts with their labels, facts, the sums), and
 * beside it the viewer's script, which looks for its own address and so cannot stand within.
 */
export function buildIxbrl(out, report, page, viewer) {
  const form = JSON.parse(readFileSync(join(root, `forms/${report.form}.json`), "utf8"));
  const leaves = (heads, above) => heads.flatMap((head) => (head.heads ? leaves(head.heads, [...above, head.label]) : [{ id: head.id, chain: [...above, head.label] }]));
  const concepts = {};
  const facts = {};
  const joined = (chains, language) => chains.map((label) => label[language]).join(" / ");
  for (const table of form.tables) {
    for (const row of leaves(table.rows, [])) {
      for (const column of leaves(table.columns, [])) {
        const address = `${table.id}.${row.id}.${column.id}`;
        if (typeof report.figures[address] !== "number") continue;
        const concept = `n:${address}`;
        const chain = [table.name, ...row.chain, ...column.chain];
        concepts[concept] = { labels: { std: { "zh-cn": joined(chain, "zh"), en: joined(chain, "en") } }, dt: "xbrli:decimalItemType" };
        facts[`f-${address}`] = {
          a: { c: concept, e: `e:${report.agency}`, m: false, u: "xbrli:pure", p: `${report.year}-01-01/${report.year + 1}-01-01` },
          v: String(report.figures[address]),
          f: "ixt:num-dot-decimal",
          d: 0,
        };
      }
    }
  }
  // The sums of each row of requests, as a calculation.
  const sums = {};
  const requests = form.tables.find(({ id }) => id === "requests");
  const columns = leaves(requests.columns, []).map(({ id }) => id).filter((id) => id !== "total");
  for (const { id } of leaves(requests.rows, [])) sums[`n:requests.${id}.total`] = columns.map((column) => ({ t: `n:requests.${id}.${column}`, w: 1 }));
  const taxonomy = {
    sourceReports: [{ targetReports: [{ concepts, facts, target: null, roleDefs: { std: { en: "Label" }, r: { en: "Requests" } }, rels: { calc: { r: sums } }, localDocs: { "report.html": ["inline"] } }], docSetFiles: ["report.html"] }],
    features: {},
    prefixes: { n: "urn:report", e: "urn:agency", xbrli: "http://www.xbrl.org/2003/instance", ixt: "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" },
    roles: { std: "http://www.xbrl.org/2003/role/label", calc: "http://www.xbrl.org/2003/arcrole/summation-item", r: "urn:report:requests" },
  };
  const tagged = page.replace(/(<td data-cell="([^"]+)"[^>]*>)([^<]+)(<\/td>)/g, (whole, open, address, figure, close) =>
    facts[`f-${address}`] ? `${open}<ix:nonFraction id="f-${address}" name="n:${address}" contextRef="c" unitRef="u" decimals="0" format="ixt:num-dot-decimal">${figure}</ix:nonFraction>${close}` : whole,
  );
  const header =
    `<div style="display:none"><ix:header><ix:resources><xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="urn:agency">${report.agency}</xbrli:identifier></xbrli:entity>` +
    `<xbrli:period><xbrli:startDate>${report.year}-01-01</xbrli:startDate><xbrli:endDate>${report.year}-12-31</xbrli:endDate></xbrli:period></xbrli:context>` +
    `<xbrli:unit id="u"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit></ix:resources></ix:header></div>`;
  writeFileSync(join(out, "ixbrlviewer.js"), viewer);
  const script = `<script type="text/javascript" src="ixbrlviewer.js"></script><script type="application/x.ixbrl-viewer+json">${data(taxonomy)}</script>`;
  const spaces = ' xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:n="urn:report"';
  const whole = tagged.replace("<html", () => `<html${spaces}`).replace("<body>", () => `<body>${header}`).replace("</body>", () => `${script}</body>`);
  writeFileSync(join(out, "ixbrl.html"), whole);
  return Object.keys(facts).length;
}
