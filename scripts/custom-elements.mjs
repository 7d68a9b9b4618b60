// custom-elements.json: what editors and documentation tools want to know of the element. Nothing in it is written by
// hand twice: members, events and their words come from www/nianbao.d.ts, which attributes there are from
// www/nianbao.js, custom properties and parts from www/nianbao.css.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const TAG = "nianbao-report";
const CLASS = "NianbaoReport";

/** What the compiler's package has: it is one of the tools, not a dependency. */
const typescript = createRequire(join(process.env.TYPESCRIPT_HOME, "here.js"));
const compiler = (part) => import(pathToFileURL(typescript.resolve(`typescript/unstable/${part}`)));
const [{ API }, { SyntaxKind }] = await Promise.all([compiler("sync"), compiler("ast")]);

/** A manifest of the published schema, 2.1.0, of the sources in a folder. */
export function customElements(root) {
  const [types, script] = parsed([join(root, "www/nianbao.d.ts"), join(root, "www/nianbao.js")]);
  const element = statement(types, CLASS);
  const text = documentation(element);
  const members = membersOf(element);
  const style = readFileSync(join(root, "www/nianbao.css"), "utf8");
  return {
    schemaVersion: "2.1.0",
    readme: "README.md",
    modules: [
      {
        kind: "javascript-module",
        path: "nianbao.js",
        declarations: [
          {
            kind: "class",
            customElement: true,
            tagName: TAG,
            name: CLASS,
            superclass: { name: "HTMLElement" },
            description: text,
            attributes: attributesOf(script, text, members),
            members,
            events: eventsOf(statement(types, "NianbaoEvents")),
            slots: [{ name: "", description: "The published report as HTML, or its JSON in a script element: shown, and read where there is no src." }],
            cssProperties: customProperties(style),
            cssParts: cssParts(style),
          },
        ],
        exports: [
          { kind: "js", name: CLASS, declaration: { name: CLASS, module: "nianbao.js" } },
          { kind: "custom-element-definition", name: TAG, declaration: { name: CLASS, module: "nianbao.js" } },
        ],
      },
    ],
  };
}

/** The syntax trees of files, by the compiler. */
function parsed(files) {
  const folder = mkdtempSync(join(tmpdir(), "nianbao-types-"));
  const config = join(folder, "tsconfig.json");
  writeFileSync(config, JSON.stringify({ compilerOptions: { noLib: true, types: [], allowJs: true }, files: files.map((file) => resolve(file)) }));
  const api = new API({ cwd: folder });
  try {
    const { program } = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    return files.map((file) => program.getSourceFile(resolve(file)));
  } finally {
    api.close();
    rmSync(folder, { recursive: true });
  }
}

function statement(file, name) {
  const found = file.statements.find((one) => one.name && one.name.text === name);
  if (!found) throw new Error(`${file.fileName} has no ${name}.`);
  return found;
}

/** The first thing below a node that is wanted. */
function find(node, wanted) {
  let found;
  node.forEachChild((child) => {
    found = found || (wanted(child) ? child : find(child, wanted));
  });
  return found;
}

/** What its comment says, in paragraphs. */
function documentation(node) {
  const comments = (node.jsDoc || []).map(({ comment }) => (typeof comment === "string" ? comment : (comment || []).map(({ text }) => text).join("")));
  return comments
    .join("\n\n")
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, " ").trim())
    .join("\n\n");
}

/** What is said, where something is. */
const said = (description) => (description ? { description } : {});
const typeOf = (node) => (node ? { type: { text: node.getText().replace(/\s+/g, " ") } } : {});

function membersOf(element) {
  const named = new Map();
  for (const member of element.members) {
    if (!member.name) continue;
    const name = member.name.text;
    named.set(name, [...(named.get(name) || []), member]);
  }
  return Array.from(named, ([name, all]) => (all[0].kind === SyntaxKind.MethodDeclaration ? method(name, all) : field(name, all)));
}

function field(name, all) {
  const getter = all.find(({ kind }) => kind !== SyntaxKind.SetAccessor);
  const settable = all.some(({ kind }) => kind === SyntaxKind.SetAccessor) || (getter.kind === SyntaxKind.PropertyDeclaration && !isReadonly(getter));
  return { kind: "field", name, ...typeOf(getter.type), ...(settable ? {} : { readonly: true }), ...said(documentation(getter)) };
}

const isReadonly = ({ modifiers }) => (modifiers || []).some(({ kind }) => kind === SyntaxKind.ReadonlyKeyword);

/** A method: the schema knows one way to call it, so that of several each parameter has all of its types. */
function method(name, ways) {
  const length = Math.max(...ways.map(({ parameters }) => parameters.length));
  const parameters = Array.from({ length }, (unused, at) => {
    const there = ways.map((way) => way.parameters[at]).filter(Boolean);
    const types = Array.from(new Set(there.map(({ type }) => type.getText().replace(/\s+/g, " "))));
    const optional = there.length < ways.length || there.some(({ questionToken }) => questionToken);
    return { name: there[0].name.text, type: { text: types.join(" | ") }, ...(optional ? { optional } : {}) };
  });
  const [{ type }] = ways;
  return { kind: "method", name, ...(length > 0 ? { parameters } : {}), return: typeOf(type), ...said(documentation(ways[0])) };
}

function eventsOf(map) {
  return map.members.map((event) => ({ name: event.name.text, ...typeOf(event.type), ...said(documentation(event)) }));
}

/** Those that the element observes, those that stand behind its properties, and those that its description lists. */
function attributesOf(script, text, members) {
  const observed = find(script, ({ kind, name }) => kind === SyntaxKind.GetAccessor && name.text === "observedAttributes");
  const listed = find(observed, ({ kind }) => kind === SyntaxKind.ArrayLiteralExpression).elements.map((element) => element.text);
  const reflected = ["texts", "flags"].flatMap((table) => {
    const { initializer } = find(script, ({ kind, name }) => kind === SyntaxKind.VariableDeclaration && name.text === table);
    return initializer.properties.map((property) => property.initializer.text);
  });
  const described = attributesIn(text);
  return Array.from(new Set([...described.keys(), ...listed, ...reflected]), (name) => {
    const fieldName = name.replace(/-(.)/g, (all, letter) => letter.toUpperCase());
    const same = members.find((member) => member.kind === "field" && (member.name === fieldName || member.name.toLowerCase() === name));
    const type = same && same.type.text === "boolean" ? "boolean" : "string";
    return {
      name,
      type: { text: type },
      ...said(described.get(name) || (same && same.description) || sentenceOn(name, text)),
      ...(same ? { fieldName: same.name } : {}),
    };
  });
}

/** By name, what the list of attributes in a description says of each: `name` (what it is). */
function attributesIn(text) {
  const found = new Map();
  const [, list = ""] = /(?:^|\n\n)Attributes: ([^\n]*)/.exec(text) || [];
  for (const { 0: opened, 1: name, index } of list.matchAll(/`([a-z-]+)` \(/g)) {
    // One that stands within what is said of another is none of the list.
    if (depth(list.slice(0, index)) > 0) continue;
    const rest = list.slice(index + opened.length);
    const end = Array.from(rest).findIndex((letter, at) => letter === ")" && depth(rest.slice(0, at)) === 0);
    found.set(name, rest.slice(0, end));
  }
  return found;
}

const depth = (text) => Array.from(text).reduce((deep, letter) => deep + (letter === "(") - (letter === ")"), 0);

function sentenceOn(name, text) {
  return text.split(/(?<=\.)\s+/).find((sentence) => sentence.includes(`\`${name}="`) || sentence.includes(`\`${name}\``));
}

/** What the comment at the head of the style sheet says. */
function headComment(style) {
  return /\/\*([^]*?)\*\//.exec(style)[1].replace(/^ *\* ?/gm, "");
}

/** The custom properties that a page may set: names and what they are for, in columns. */
function customProperties(style) {
  const defaults = new Map(Array.from(style.matchAll(/var\((--nianbao-[a-z0-9-]+),\s*((?:[^()]|\([^()]*\))+)\)/g), ([, name, value]) => [name, value.trim()]).reverse());
  const lines = headComment(style).split("\n").filter((line) => /^\s*--nianbao-/.test(line));
  return lines.flatMap((line) => columns(line)).map(({ name, description }) => ({
    name,
    ...(defaults.has(name) ? { default: defaults.get(name) } : {}),
    ...said(description),
  }));
}

/** The names in a line with what follows each; several before one description share it. */
function columns(line) {
  const found = Array.from(line.matchAll(/(--nianbao-[a-z0-9-]+)((?: … -\d+)?)\s*([^]*?)(?=--nianbao-|$)/g));
  let description = "";
  return found
    .reverse()
    .flatMap(([, name, upTo, words]) => {
      description = words.trim() || description;
      return range(name, upTo).reverse().map((one) => ({ name: one, description }));
    })
    .reverse();
}

/** `--nianbao-chart-1 … -8` are eight. */
function range(name, upTo) {
  if (!upTo) return [name];
  const first = Number(/\d+$/.exec(name)[0]);
  const last = Number(/\d+$/.exec(upTo)[0]);
  return Array.from({ length: last - first + 1 }, (unused, at) => name.replace(/\d+$/, String(first + at)));
}

/** The parts: a list in the same comment, up to its first full stop. */
function cssParts(style) {
  const [, list] = /::part\(\):([^.]*)\./.exec(headComment(style));
  return list.replace(/of charts:/, " ").split(/[\s;]+/).filter(Boolean).map((name) => ({ name }));
}
