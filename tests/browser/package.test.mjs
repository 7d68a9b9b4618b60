// What `make package` writes: it installs, is imported and bundled, is typed and described, and its hashes hold.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { dist, root } from "./launch.mjs";
import { serve } from "./server.mjs";
import { htmlPage, json, onStage, readJson, showsReport } from "./stage.mjs";

const [, version] = /^version = "(.*)"$/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"));
const folder = mkdtempSync(join(tmpdir(), "nianbao-package-test-"));
const at = (...names) => join(folder, ...names);
const read = (...names) => readFileSync(at(...names), "utf8");
const archive = at("pkg", `nianbao-${version}.tgz`);
const run = (command, args, options) => execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], ...options });
const pack = (to) => run("bash", [join(root, "scripts/package.sh"), at(to)], { cwd: root });
/** What the project's tools are called, whatever shell this runs in. */
const tool = (script) => run("bash", ["-c", `. scripts/env.sh && ${script}`], { cwd: root });

before(() => {
  pack("pkg");
  // A project of somebody's own, with nothing in it, and no network to ask.
  mkdirSync(at("project"));
  writeFileSync(at("project", "package.json"), JSON.stringify({ name: "portal", private: true, type: "module" }));
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", archive], { cwd: at("project") });
});
after(() => rmSync(folder, { recursive: true }));

const installed = (...names) => at("project", "node_modules", "nianbao", ...names);
const filesOf = (folder, under = "") =>
  readdirSync(join(folder, under), { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesOf(folder, `${under}${entry.name}/`) : `${under}${entry.name}`))
    .sort();

/** A site with these files, and a page that shows a report. */
async function site(folder, body, play, answers = {}) {
  const report = readJson("www/demo/2023-suqian.json");
  const server = await serve(folder, { answers: { "/report.json": json(report), "/host.html": htmlPage(body), ...answers } });
  try {
    await onStage({}, async ({ page, complaints }) => {
      await page.goto(`${server.url}host.html`);
      await play(page, complaints, server);
    });
  } finally {
    await server.close();
  }
}
const showsIt = (page) => showsReport(page, "宿迁市", 2023);

test("the same files give the same package, byte for byte", () => {
  pack("again");
  assert.deepEqual(readFileSync(at("again", `nianbao-${version}.tgz`)), readFileSync(archive));
  const [one, other] = ["pkg", "again"].map((name) => at(name, "static"));
  assert.deepEqual(filesOf(one), filesOf(other));
  for (const file of filesOf(one)) {
    assert.deepEqual(readFileSync(join(one, file)), readFileSync(join(other, file)), file);
    assert.equal(statSync(join(one, file)).mtimeMs, statSync(join(other, file)).mtimeMs, file);
  }
});

test("the package holds what it lists, all that it names, and nothing of the demo", () => {
  const described = JSON.parse(readFileSync(installed("package.json"), "utf8"));
  const listed = run("tar", ["-tzf", archive]).trim().split("\n").map((path) => path.replace("package/", "")).sort();
  assert.deepEqual(listed, [...described.files, "package.json"].sort());
  assert.deepEqual(listed.filter((file) => /demo|index\.html|\.map$|^\./.test(file)), []);
  const { name, type, exports, types, customElements, unpkg, jsdelivr, sideEffects } = described;
  assert.deepEqual({ name, version: described.version, type }, { name: "nianbao", version, type: "module" });
  for (const key of ["dependencies", "peerDependencies", "optionalDependencies", "scripts"]) assert.equal(described[key], undefined);
  const named = [...Object.values(exports).flatMap((target) => (typeof target === "string" ? target : Object.values(target))), types, customElements, unpkg, jsdelivr, ...sideEffects.filter((file) => !file.includes("*"))];
  for (const file of named) assert.ok(listed.includes(file.replace("./", "")), file);
  for (const target of Object.values(exports)) if (typeof target === "object") assert.equal(Object.keys(target)[0], "types");
  for (const file of ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "THIRD_PARTY_NOTICES"]) assert.ok(listed.includes(file), file);
  // Every script that is shipped goes along, or something would be missing when it is first needed.
  assert.deepEqual(listed.filter((file) => /\.(js|wasm|css)$/.test(file)), readdirSync(dist).filter((file) => /^(?!demo).*\.(js|wasm|css)$/.test(file)).sort());
});

test("what is imported by name is there", () => {
  const resolve = createRequire(at("project", "here.js")).resolve;
  const names = ["style.css", "wasm", "wasm/editor", "wasm/reader", "embed.html", "frame.js", "custom-elements.json", "package.json", "schemas/report.schema.json"];
  for (const name of ["nianbao", "nianbao/element", ...names.map((name) => `nianbao/${name}`)]) assert.ok(existsSync(resolve(name)), name);
  assert.throws(() => resolve("nianbao/background.js"), /not defined by "exports"/);
});

test("the notices name every crate that is compiled in, with the text of its licence", () => {
  const tree = tool("cargo tree --locked --offline --no-default-features --features editor,reader,container,writer,office --target wasm32-unknown-unknown --edges normal,no-proc-macro --prefix none --format '{p}'");
  const crates = new Set(Array.from(tree.matchAll(/^(\S+) v(\S+)/gm), ([, name, version]) => `${name} ${version}`));
  crates.delete(`nianbao ${version}`);
  assert.ok(crates.size > 50);
  const parts = readFileSync(installed("THIRD_PARTY_NOTICES"), "utf8").split("-".repeat(80)).slice(1);
  for (const crate of crates) assert.ok(parts.some((part) => part.includes(`\n${crate} (`)), crate);
  for (const part of parts) assert.match(part, /\(.*(MIT|Apache|Zlib|BSD|BSL|Unicode|0BSD|Unlicense|CC0)[^]*\n\n[^]{300}/, part.slice(0, 200));
});

test("a page imports it from node_modules, with no bundler", () =>
  site(
    at("project"),
    '<nianbao-report src="/report.json"></nianbao-report><script type="module">import { NianbaoReport } from "/node_modules/nianbao/nianbao.js"; window.same = NianbaoReport === customElements.get("nianbao-report");</script>',
    async (page, complaints) => {
      await showsIt(page);
      assert.equal(await page.evaluate(() => window.same), true);
      assert.deepEqual(complaints, []);
    },
  ));

test("esbuild bundles it, and with its files beside the bundle it shows a report and reads a file", async () => {
  writeFileSync(at("project", "app.js"), 'import "nianbao";\nimport { NianbaoReport } from "nianbao/element";\nwindow.same = NianbaoReport === customElements.get("nianbao-report");\n');
  tool(`cd "${at("project")}" && esbuild app.js --bundle --splitting --format=esm --minify --outdir=built --log-level=warning`);
  for (const file of readdirSync(installed())) if (/\.(js|css|wasm)$/.test(file)) cpSync(installed(file), at("project", "built", file));
  await site(at("project"), '<nianbao-report src="/report.json"></nianbao-report><script type="module" src="/built/app.js"></script>', async (page, complaints) => {
    await showsIt(page);
    assert.equal(await page.evaluate(() => window.same), true);
    const text = readFileSync(join(root, "www/demo/2020-yisuhe.txt"), "utf8");
    await page.evaluate((text) => document.querySelector("nianbao-report").importFile(new File([text], "a.txt")), text);
    await showsReport(page, "湘潭县易俗河镇", 2020);
    assert.deepEqual(complaints, []);
  });
});

for (const [module, resolution] of [["esnext", "bundler"], ["nodenext", "nodenext"]]) {
  test(`the types hold what is used and refuse what is wrong, resolved as ${resolution}`, () => {
    cpSync(join(root, "tests/browser/fixtures/consumer.ts"), at("project", "consumer.ts"));
    const compilerOptions = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true, target: "es2022", module, moduleResolution: resolution, lib: ["es2022", "dom", "dom.iterable"], types: [] };
    writeFileSync(at("project", "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
    try {
      tool(`"$TYPESCRIPT_HOME/node_modules/.bin/tsc" -p "${at("project")}"`);
    } catch ({ stdout }) {
      assert.fail(stdout);
    }
  });
}

const manifest = () => JSON.parse(readFileSync(installed("custom-elements.json"), "utf8"));
const described = () => manifest().modules[0].declarations[0];
const names = (list) => list.map(({ name }) => name).sort();

test("custom-elements.json is valid by the published schema", () => {
  const require = createRequire(import.meta.url);
  const Ajv = require("ajv");
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strict: false }).compile(require("custom-elements-manifest/schema.json"));
  assert.ok(validate(manifest()), JSON.stringify(validate.errors, null, 2));
  assert.ok(!validate({ ...manifest(), modules: [{ kind: "none" }] }));
});

test("custom-elements.json says what the element has: attributes, members, events", () =>
  site(installed(), '<script type="module" src="/nianbao.js"></script>', async (page) => {
    await page.waitForFunction(() => customElements.get("nianbao-report"));
    const element = await page.evaluate(() => {
      const made = customElements.get("nianbao-report");
      const own = (object) => Object.entries(Object.getOwnPropertyDescriptors(object)).filter(([name]) => !/^_|^constructor$|Callback$/.test(name));
      const kinds = [...own(made.prototype), ...own(new made())].map(([name, { value, set }]) => [name, typeof value === "function" ? "method" : set ? "field" : value === undefined ? "readonly" : "field"]);
      return { observed: made.observedAttributes, kinds };
    });
    const { attributes, members, events } = described();
    for (const name of element.observed) assert.ok(names(attributes).includes(name), name);
    for (const { name, description } of attributes) assert.ok(description, `${name} is not described`);
    assert.deepEqual(names(members), element.kinds.map(([name]) => name).sort());
    for (const { name, kind, readonly } of members) {
      const [, actual] = element.kinds.find(([own]) => own === name);
      assert.equal(kind, actual === "method" ? "method" : "field", name);
      // What the element keeps as its own could be overwritten, but is not meant to be; `form` is set by frameworks.
      if (name !== "ready" && name !== "form") assert.equal(readonly === true, actual === "readonly", name);
    }
    const sources = filesOf(root, "src/").filter((file) => file.endsWith(".rs")).concat("www/nianbao.js").map((file) => readFileSync(join(root, file), "utf8")).join("\n");
    const told = new Set(Array.from(sources.matchAll(/"(nianbao-(?:ready|change|findings|error|[a-z]+))"/g), ([, name]) => name));
    for (const name of names(events)) assert.ok(told.has(name), name);
    const consumer = readFileSync(join(root, "tests/browser/fixtures/consumer.ts"), "utf8");
    for (const name of [...names(members), ...names(events)]) assert.ok(consumer.includes(name), `the types' consumer does not use ${name}`);
  }));

test("custom-elements.json names every custom property and every part", () => {
  const style = readFileSync(join(root, "www/nianbao.css"), "utf8");
  const used = new Set(Array.from(style.replace(/\/\*[^]*?\*\//g, "").matchAll(/var\((--nianbao-[a-z0-9-]+)/g), ([, name]) => name));
  assert.deepEqual(names(described().cssProperties), Array.from(used).sort());
  for (const { name, default: value } of described().cssProperties) assert.ok(value, name);
  const drawn = new Set();
  for (const file of filesOf(root, "src/ui/").concat("src/ui.rs").filter((file) => existsSync(join(root, file)))) {
    const source = readFileSync(join(root, file), "utf8");
    for (const [, list] of source.matchAll(/part="([^"]+)"/g)) list.split(" ").forEach((name) => drawn.add(name));
    if (/part=\{\["mark/.test(source)) drawn.add("mark");
  }
  assert.deepEqual(names(described().cssParts).filter((name) => !drawn.has(name)), []);
  assert.deepEqual(Array.from(drawn).filter((name) => !names(described().cssParts).includes(name)), []);
});

test("the folder for a server has every file twice, and its list has their sizes and hashes", () => {
  const listed = JSON.parse(read("pkg", "static", "manifest.json"));
  assert.equal(listed.version, version);
  assert.deepEqual(filesOf(at("pkg", "static", version)), listed.files.map(({ file }) => file).sort());
  for (const { file, bytes, sha384 } of listed.files) {
    const [stable, versioned] = [at("pkg", "static", file), at("pkg", "static", version, file)].map((path) => readFileSync(path));
    assert.deepEqual(stable, versioned, file);
    assert.equal(stable.length, bytes);
    assert.equal(`sha384-${createHash("sha384").update(versioned).digest("base64")}`, sha384, file);
  }
  for (const file of ["nianbao.js", "nianbao.css", "widget.js", "widget_bg.wasm", "embed.html", "embed.js", "frame.js"]) assert.ok(listed.files.some((one) => one.file === file), file);
  assert.deepEqual(listed.files.filter(({ file }) => /demo|index\.html|\.d\.ts/.test(file)), []);
  assert.doesNotMatch(read("pkg", "static", "README.txt") + read("pkg", "static", "snippet.html"), /\{\{/);
});

/** The lines of snippet.html, one way after the other. */
const ways = () => read("pkg", "static", "snippet.html").split(/\n\n\n/).slice(1);

for (const [at_, way] of ["that follows updates", "of one version", "of one version with its hash"].entries()) {
  test(`the lines to paste show a report: ${way}`, () => {
    mkdirSync(at("portal"), { recursive: true });
    cpSync(at("pkg", "static"), at("portal", "nianbao"), { recursive: true });
    return site(at("portal"), ways()[at_].replace("/xxgk/report.html", "/report.json"), async (page, complaints) => {
      await showsIt(page);
      assert.deepEqual(complaints, []);
    });
  });
}

test("the lines to paste show a report: wrapped around what was published, and in an iframe", async () => {
  mkdirSync(at("portal"), { recursive: true });
  cpSync(at("pkg", "static"), at("portal", "nianbao"), { recursive: true });
  const published = readFileSync(new URL("fixtures/published.html", import.meta.url), "utf8");
  await site(at("portal"), ways()[3].replace(/<!-- 年报原文.*?-->/, published), (page) => showsIt(page));
  await site(at("portal"), ways()[4].replace("/xxgk/report.html", "/report.json"), async (page, complaints) => {
    await page.waitForFunction(() => document.querySelector("iframe").clientHeight > 1000);
    assert.deepEqual(complaints, []);
  });
});

test("with its hash, a nianbao.js that was altered is not run, and neither is anything that it loads", async () => {
  const text = (file) => readFileSync(at("pkg", "static", version, file));
  const altered = (file) => ({ [`/nianbao/${version}/${file}`]: { body: Buffer.concat([text(file), Buffer.from("\n")]) } });
  const tag = ways()[2].replace("/xxgk/report.html", "/report.json").replace("></nianbao-report>", "><p>原文</p></nianbao-report>");
  const own = `/nianbao/${version}/nianbao.js`;
  await site(at("portal"), tag, async (page, complaints, server) => {
    await page.waitForLoadState("load");
    assert.equal(await page.evaluate(() => Boolean(customElements.get("nianbao-report"))), false);
    assert.match(complaints.join(), /integrity/i);
    assert.deepEqual(server.requests.filter((path) => path.startsWith("/nianbao/")), [own]);
    assert.ok(await page.locator("text=原文").isVisible());
  }, altered("nianbao.js"));
  for (const file of ["widget.js", "widget_bg.wasm", "nianbao.css", "integrity.js"]) {
    await site(at("portal"), tag, async (page) => {
      const shown = await page.waitForFunction(() => document.querySelector("nianbao-report").shadowRoot?.querySelector("[part~=error], td[data-cell]")?.textContent);
      assert.ok(await shown.jsonValue());
      if (file !== "nianbao.css") assert.equal(await page.evaluate(() => document.querySelector("nianbao-report").report), null, file);
    }, altered(file));
  }
});
