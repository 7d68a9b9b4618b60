// The hostile fixtures for the browser (tests/fixtures/hostile), and the canary that must stay silent: nothing may call
// it, and its server must not be asked for anything.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { files } from "../fixtures/hostile/make.mjs";

/** Listens where every address of the fixtures leads. */
export async function listenForCanaries() {
  const heard = [];
  const server = createServer((request, response) => {
    heard.push(request.url);
    response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/plain" }).end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const url = `http://127.0.0.1:${server.address().port}`;
  const close = () => new Promise((closed) => (server.close(closed), server.closeAllConnections()));
  return { url, heard, close, hostile: () => aimedAt(url) };
}

/** The fixtures with addresses at which somebody listens, by their names without ending. */
function aimedAt(url) {
  const aim = (value) => JSON.parse(JSON.stringify(value).replaceAll("http://canary.invalid", url));
  return Object.fromEntries(Object.entries(files()).map(([name, value]) => [name.replace(".json", ""), aim(value)]));
}

/** In the page, before anything else: what a payload calls, what the policy refuses. */
export const canary = () => {
  window.canaries = [];
  window.canary = (name) => window.canaries.push(String(name));
  for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.canary(name);
  window.refused = [];
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => window.refused.push(`${violatedDirective} ${blockedURI} ${sample}`));
  window.kept = Object.getOwnPropertyNames(Object.prototype).join();
};

/** What of a hostile text came to life in a page: nothing. */
export async function isQuiet(page, listening, { refusals = [] } = {}) {
  const state = await page.evaluate(() => {
    const roots = [document, ...Array.from(document.querySelectorAll("nianbao-report"), ({ shadowRoot }) => shadowRoot).filter(Boolean)];
    const inside = (selector) => roots.slice(1).flatMap((root) => Array.from(root.querySelectorAll(selector)));
    const attributes = inside("*").flatMap((element) => Array.from(element.attributes, ({ name, value }) => ({ element: element.localName, name, value })));
    return {
      canaries: window.canaries,
      refused: window.refused,
      frames: window.length,
      polluted: [{}.polluted, [].polluted, (() => {}).polluted, Object.getOwnPropertyNames(Object.prototype).join() === window.kept],
      elements: inside("script, style, iframe, frame, object, embed, img, image, video, audio, source, base, meta, foreignObject, use, animate, set, math, template, noscript, link:not([rel=preload])").map(({ outerHTML }) => outerHTML),
      handlers: attributes.filter(({ name }) => name.startsWith("on") || name === "srcdoc" || name === "formaction"),
      addresses: attributes.filter(({ name, value }) => ["href", "src", "xlink:href", "action"].includes(name) && !value.startsWith("#")).map(({ value }) => value),
    };
  });
  assert.deepEqual(state, { canaries: [], refused: refusals, frames: 0, polluted: [null, null, null, true].map((value) => value ?? undefined), elements: [], handlers: [], addresses: [] });
  assert.deepEqual(listening.heard, []);
}

/** JSON text in which the order of keys says nothing, and `__proto__` is a key like any other. */
export function sorted(value) {
  if (Array.isArray(value)) return `[${value.map(sorted).join()}]`;
  if (!value || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${sorted(value[key])}`).join()}}`;
}
