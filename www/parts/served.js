// Where files come from on a site: they stand beside the script that this becomes part of (scripts/ship.mjs), and are
// fetched when they are first needed. A file without a network has all of them in itself: there, offline/enclosed.js
// stands in the place of this for the page, and offline/carried.js for the worker.

import { bring, hashes } from "./vouching.js";

export { hashes };

/** What shows a report, each with all of the one before it: the widget, with charts, with the editor. */
const shown = {
  widget: [() => import("./widget.js"), () => new URL("widget_bg.wasm", import.meta.url)],
  charts: [() => import("./charts.js"), () => new URL("charts_bg.wasm", import.meta.url)],
  editor: [() => import("./editor.js"), () => new URL("editor_bg.wasm", import.meta.url)],
};

/** What works away from the page. */
const worked = {
  reader: [() => import("./reader.js"), () => new URL("reader_bg.wasm", import.meta.url)],
  container: [() => import("./container.js"), () => new URL("container_bg.wasm", import.meta.url)],
  writer: [() => import("./writer.js"), () => new URL("writer_bg.wasm", import.meta.url)],
  office: [() => import("./office.js"), () => new URL("office_bg.wasm", import.meta.url)],
};

/** A program that shows a report, as `load` takes it. */
export function show(name) {
  const [script, module] = shown[name];
  return {
    name,
    script: () => bring(`${name}.js`, script),
    module: async () => compile(module().href, (await hashes())[`${name}_bg.wasm`]),
  };
}

/** A program that works, as `load` takes it; its files have to have their hashes, where there are any. */
export function work(name, hashes) {
  const [script, module] = worked[name];
  const integrity = hashes[`${name}.js`];
  return {
    name,
    // An import cannot be told what it should be: it is fetched before, and then from the cache.
    script: async () => {
      if (integrity) await fetch(new URL(`${name}.js`, import.meta.url), { integrity });
      return script();
    },
    module: () => compile(module().href, hashes[`${name}_bg.wasm`]),
  };
}

/** Compiles a module while it comes in, or where its type keeps the browser from that, once it is there. */
async function compile(address, integrity) {
  const answer = await fetch(address, integrity ? { integrity } : undefined).catch((error) => {
    throw integrity ? Object.assign(error, { altered: address.split("/").pop() }) : error;
  });
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}.`);
  const type = answer.headers.get("content-type") || "";
  if (WebAssembly.compileStreaming && /^application\/wasm\s*(;|$)/i.test(type)) return WebAssembly.compileStreaming(answer);
  console.warn(`nianbao: ${address} comes as "${type}". With the header "Content-Type: application/wasm" it would start sooner.`);
  return WebAssembly.compile(await answer.arrayBuffer());
}

export const background = () => bring("background.js", () => import("./background.js"), "background-worker.js");
export const downloads = () => bring("download.js", () => import("./download.js"));
export const painter = () => bring("picture.js", () => import("./picture.js"));
export const trouble = () => bring("trouble.js", () => import("./trouble.js"));
export const bundling = () => bring("bundling.js", () => import("./bundling.js"));

/** Whether a program that could not be had may be there later. */
export const mayCome = true;

/** The formats at hand: nothing, where that is every one. */
export const formats = undefined;

/** Resolves to the text of the style sheet. */
export async function styles() {
  const { "nianbao.css": integrity } = await hashes();
  const answer = await fetch(new URL("nianbao.css", import.meta.url), { integrity: integrity || "" });
  return answer.ok ? answer.text() : "";
}

/** The same as an element for where sheets cannot be shared; resolves to whether it has loaded. */
export async function dress(root) {
  const { "nianbao.css": integrity } = await hashes();
  const link = document.createElement("link");
  const loaded = new Promise((resolve) => {
    link.onload = () => resolve(true);
    link.onerror = () => resolve(false);
  });
  if (integrity) Object.assign(link, { integrity, crossOrigin: "anonymous" });
  root.prepend(Object.assign(link, { rel: "stylesheet", href: new URL("nianbao.css", import.meta.url).href }));
  return loaded;
}

/** The ways to start a worker. A script from another site can only be imported by one of this page's own making. */
export function workers() {
  const script = new URL("background-worker.js", import.meta.url).href;
  return [() => module(script), () => module(own(script))];
}

const module = (address) => new Worker(vouched(address), { type: "module", name: "nianbao" });

/** Says of an address that it is this module's own, for pages that demand it (Trusted Types). */
let policy;
function vouched(address) {
  if (!window.trustedTypes) return address;
  policy = policy || window.trustedTypes.createPolicy("nianbao", { createScriptURL: (own) => own });
  return policy.createScriptURL(address);
}

let ownAddress;
function own(script) {
  ownAddress = ownAddress || URL.createObjectURL(new Blob([`import ${JSON.stringify(script)};`], { type: "text/javascript" }));
  return ownAddress;
}

/** The same work on the page's own thread. */
export const ownThread = () => import("./background-worker.js");
