// Where files come from in an offline file: out of itself. It stands in the place of parts/served.js, and what that
// fetches later is a part of this script already; modules are unpacked when they are first needed.

import * as working from "../background.js";
import * as onThread from "../background-worker.js";
import * as saving from "../download.js";
import * as painting from "../picture.js";
import * as bundles from "./bundling.js";
import { able, carries } from "./held.js";
import { missing } from "./missing.js";
import * as troubles from "./trouble.js";
import { NOT_CARRIED } from "./words.js";

export { formats } from "./bundling.js";

/** What the loader unpacks. */
const { bytes, has, run, text } = window.nianbaoOffline;

/** Nothing is compared: the policy of the page lets no other script run. */
export const hashes = async () => ({});

/** What is not in the file now will not be; the page around says so. */
export const mayCome = false;

/** The program that shows a report, or of those in the file one that can do more. */
export const show = (name) => program(able(name) || name, () => new Error(`${name} is not in this file.`));

/** A program that works, where the page's own thread does. */
export const work = (name) => program(name, () => `${NOT_CARRIED}${name}`);

/** A program as `load` takes it; `refusal` is thrown where the file does not carry it. */
function program(name, refusal) {
  return {
    name,
    script: async () => {
      if (!has(`${name}.js`)) throw refusal();
      await run(`${name}.js`);
      return window.nianbaoPrograms[name];
    },
    module: async () => WebAssembly.compile(await bytes(`${name}.wasm`)),
  };
}

/** What is done away from the page. Refusals that name a program become sentences. */
export const background = async () => ({
  ...working,
  async run(hashes, task, given, ...more) {
    if (task === "read" && !carries("reader")) return plain(given[0]);
    try {
      return await working.run(hashes, task, given, ...more);
    } catch (refused) {
      const named = typeof refused === "string" && refused.startsWith(NOT_CARRIED);
      throw named ? missing(refused.slice(NOT_CARRIED.length)) : refused;
    }
  },
});

/**
 * Without a reader, what reads JSON is the view itself, however large: it gets it as the reader would give it, and to
 * the letter, since a script has no exact decimals.
 */
function plain(bytes) {
  const reading = (report) => `{"report":${report},"findings":[],"leftover":[]}`;
  const json = new TextDecoder().decode(bytes);
  try {
    return Array.isArray(JSON.parse(json)) ? `[${itemsOf(json).map(reading)}]` : reading(json);
  } catch (other) {
    throw missing("reader");
  }
}

/** The texts of the items of a list that is JSON. */
function itemsOf(json) {
  const items = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at];
    if (sign === '"') at = endOfString(json, at);
    if (sign === "[" || sign === "{") depth += 1;
    if (depth === 1 && (sign === "," || sign === "]")) items.push(json.slice(start, at));
    if (depth === 1 && (sign === "," || sign === "[")) start = at + 1;
    if (sign === "]" || sign === "}") depth -= 1;
  }
  return items.filter((item) => item.trim());
}

/** Where a string ends that begins somewhere. */
function endOfString(json, start) {
  let end = start;
  let escapes;
  do {
    end = json.indexOf('"', end + 1);
    for (escapes = 0; json[end - 1 - escapes] === "\\"; ) escapes += 1;
  } while (escapes % 2 === 1);
  return end;
}

export const downloads = async () => saving;
export const painter = async () => painting;
export const trouble = async () => troubles;
export const bundling = async () => bundles;

/** The text of the style sheet. */
let sheet;
export const styles = () => (sheet = sheet || text("nianbao.css"));

/** The same as an element for where sheets cannot be shared. */
export async function dress(root) {
  root.prepend(Object.assign(document.createElement("style"), { textContent: await styles() }));
  return true;
}

/** What the worker's programs are called, those first that are needed most. */
const worked = ["reader", "container", "writer", "office"];

let address;

/** The way to start a worker: a script of its own making, with the programs in it. It asks for their modules. */
export function workers() {
  return [
    async () => {
      const carried = worked.filter((name) => has(`${name}.js`)).map((name) => text(`${name}.js`));
      const texts = await Promise.all([...carried, text("worker.js")]);
      address = address || URL.createObjectURL(new Blob([texts.join("\n")], { type: "text/javascript" }));
      const worker = new Worker(address, { name: "nianbao" });
      worker.addEventListener("message", ({ data: { need } }) => need && hand(worker, need));
      return worker;
    },
  ];
}

async function hand(worker, part) {
  try {
    const unpacked = await bytes(part);
    worker.postMessage({ part, bytes: unpacked }, [unpacked.buffer]);
  } catch (error) {
    worker.postMessage({ part, refused: String(error.message || error) });
  }
}

/** The same work on the page's own thread. */
export const ownThread = async () => onThread;
