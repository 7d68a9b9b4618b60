// Why something did not load, in a sentence for whoever runs the site: it loads when something did not.
//
// What went wrong is looked for once more from the outside, since a browser tells a script nearly nothing of it: is
// the file there, does it come under its type, does the policy allow it, does it belong to this version?

import { fill, knownAs } from "./parts/wording.js";

const sentences = SENTENCES;

const here = (name) => new URL(name, import.meta.url).href;

/**
 * What was `said` of a program that broke down; or why a program, which is a script `NAME.js` with a module `NAME_bg.wasm`, did not start with `error`; or why a
 * file did not load.
 */
export async function explain(error, name, language) {
  const words = sentences[knownAs(sentences, language)];
  const say = (what, values) => fill(words[what], { file: `${name}.js`, ...values });
  if (error.said) return say(error.said);
  if (typeof WebAssembly !== "object") return say("no-webassembly");
  if (error.altered) return say(...((await wrong(error.altered)) || ["altered", { file: error.altered }]));
  const found = (await script(`${name}.js`)) || (await module(`${name}_bg.wasm`, error));
  return found ? say(...found) : say("unknown", { reason: String(error.message || error) });
}

/** Why the style sheet did not load. */
export async function explainStyle(name, language) {
  const words = sentences[knownAs(sentences, language)];
  const [what, values] = (await wrong(name, /^text\/css\s*(;|$)/i, "text/css")) || ["style", {}];
  return fill(words[what], { file: name, ...values });
}

async function script(name) {
  const found = await wrong(name, /^(text|application)\/(x-)?(java|ecma)script\s*(;|$)/i, "text/javascript");
  if (found) return found;
  // What a policy forbids is told by an event alone.
  const [, violated] = await watching(() => import(here(name)).catch(() => {}));
  return violated && ["policy-script", { file: name }];
}

async function module(name, error) {
  const found = await wrong(name);
  if (found) return found;
  const bytes = await fetch(here(name)).then(async (answer) => new Uint8Array(await answer.arrayBuffer())).catch(() => undefined);
  // It began to come, and broke off.
  if (!bytes) return ["unreachable", { file: name }];
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== "\0asm") return ["no-module", { file: name }];
  // The smallest module there is.
  const refused = await WebAssembly.compile(bytes.slice(0, 8)).then(() => false, () => true);
  if (refused) return ["policy-wasm"];
  if (error.expected) return ["version", { file: name, expected: error.expected, found: error.build || "?" }];
  if (error instanceof RangeError || /out of memory/i.test(error.message)) return ["no-memory"];
  const damaged = error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError;
  return damaged && ["damaged", { file: name }];
}

/** What is wrong with the answer for a file, as far as any file can be wrong. */
async function wrong(name, types, type) {
  const [answer, violated] = await watching(() => fetch(here(name), { cache: "no-store" }).catch(() => undefined));
  if (violated) return ["policy-connect", { file: name }];
  if (!answer) return [new URL(here(name)).origin === self.origin ? "unreachable" : "cross-origin", { file: name }];
  if (!answer.ok) return ["status", { file: name, status: answer.status }];
  const actual = answer.headers.get("content-type") || "";
  return types && !types.test(actual) ? ["type", { file: name, type, actual }] : undefined;
}

/** Does something; with what comes of it, whether a policy has forbidden any of it. */
async function watching(action) {
  let violated = false;
  const hear = () => (violated = true);
  document.addEventListener("securitypolicyviolation", hear);
  const result = await action();
  // The event comes in a task of its own.
  await new Promise((told) => setTimeout(told, 50));
  document.removeEventListener("securitypolicyviolation", hear);
  return [result, violated];
}
