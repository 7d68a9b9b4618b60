// Makes an offline file of what an element shows: one page that holds the report and the program, and asks no network
// for anything. It loads with the first that is asked for.

import { carried } from "./parts/carrying.js";

/**
 * Resolves to the file. `report` is its JSON, `forms` are the texts of further form files; `options` are those of
 * `exportAs("offline", …)`. `run` does what is done away from the page; the files have to have their `hashes`.
 */
export async function bundle(element, run, hashes, report, forms, language, options) {
  const { mode = element.mode, charts = element.view === "charts", formats = mode === "edit" } = options || {};
  const names = ["page", ...carried({ mode, charts, formats })].map((name) => `offline-${name}.json`);
  const program = await Promise.all(names.map((name) => file(name, hashes[name])));
  const attributes = await attributesOf(element, mode, run, forms, language);
  return run("bundle", [report, undefined, attributes.flat(), program, language, forms]);
}

/** The text of a file that stands beside this one. */
async function file(name, integrity) {
  const missing = (reason) => Object.assign(new Error(`${name}: ${reason}`), { fault: "missing", program: name });
  const answer = await fetch(new URL(name, import.meta.url), { integrity: integrity || "" }).catch((error) => {
    throw missing(error.message);
  });
  if (!answer.ok) throw missing(answer.status);
  return answer.text();
}

/** What the element in the file is told, as pairs. What stands at addresses goes along. */
async function attributesOf(element, mode, run, forms, language) {
  const own = (name) => (element.hasAttribute(name) ? [[name, element.getAttribute(name)]] : []);
  const pairs = [["mode", mode], ...own("view"), ["lang", language], ...own("charts"), ...own("text-size")];
  for (const name of ["form-src", "rules-src"]) {
    const address = (element.getAttribute(name) || "").trim();
    if (address) pairs.push([name, enclosed(await (await fetch(address)).text())]);
  }
  const prior = element.priorSrc.trim() && (await reportAt(element.priorSrc.trim(), run, forms, language));
  if (prior) pairs.push(["prior-src", enclosed(prior)]);
  if (element.history.length > 0) pairs.push(["history", enclosed(JSON.stringify(element.history))]);
  return pairs;
}

const enclosed = (json) => `data:application/json;charset=utf-8,${encodeURIComponent(json)}`;

/** The report at an address as JSON, in whatever form it is published; nothing where it cannot be read, as the view says. */
async function reportAt(address, run, forms, language) {
  try {
    const bytes = new Uint8Array(await (await fetch(address)).arrayBuffer());
    const name = decodeURIComponent(new URL(address, document.baseURI).pathname.split("/").pop());
    const read = JSON.parse(await run("read", [bytes, name, language, forms, ""]));
    return JSON.stringify((Array.isArray(read) ? read[0] : read).report);
  } catch (unread) {
    return undefined;
  }
}
