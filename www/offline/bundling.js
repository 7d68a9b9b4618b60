// Makes the next state of an offline file out of the one that is open: the same program to the byte, with the report
// that is shown and the one that the file held before.

import { carried } from "../parts/carrying.js";
import { same } from "../parts/same.js";
import { OWN, able, carries, held, parts, version } from "./held.js";
import { missing } from "./missing.js";

/** The endings of the formats in which the report can be had. */
export const formats = [...(carries("office") ? ["docx", "xlsx"] : []), ...(carries("writer") ? ["html", "offline", "csv", "md", "svg", "png"] : []), "json"];

/** The program files of some programs, or of all that the file carries. */
function program(names) {
  const all = parts();
  const file = (wanted) => JSON.stringify({ version, parts: all.filter(({ name }) => wanted.includes(name)) });
  const wanted = names || all.filter(({ name }) => name.endsWith(".wasm")).map(({ name }) => name.replace(".wasm", ""));
  return [file(OWN), ...wanted.map((name) => file([`${name}.js`, `${name}.wasm`]))];
}

/**
 * Resolves to the file. `report` is its JSON, `forms` are the texts of further form files; `options` are those of
 * `exportAs("offline", …)`: without any the file stays the same but for the report.
 */
export async function bundle(element, run, hashes, report, forms, language, options) {
  const { mode, charts, formats } = options || {};
  const asIs = [mode, charts, formats].every((one) => one === undefined || one === null);
  const attributes = attributesOf(element, mode || element.mode);
  const previous = isSame(report, held.report, element.fingerprint) ? held.previous : held.report;
  return run("bundle", [report, previous, attributes.flat(), program(asIs ? undefined : wanted(element, mode || element.mode, charts, formats)), language, forms]);
}

/** All of them, as pairs; the writer keeps those that belong to such a file. */
function attributesOf(element, mode) {
  const pairs = Array.from(element.attributes, ({ name, value }) => [name, name === "mode" ? mode : value]);
  return element.hasAttribute("mode") || mode === "view" ? pairs : [["mode", mode], ...pairs];
}

/** The programs of a file that is to do something else. */
function wanted(element, mode, charts = element.view === "charts", formats = mode === "edit" && carries("office")) {
  return carried({ mode, charts, formats }).map((name) => {
    const found = able(name);
    if (!found) throw missing(name);
    return found;
  });
}

/** Whether two texts hold the same report; the fingerprint tells figures apart that are too exact for a script. */
function isSame(report, other, fingerprint) {
  const [{ fingerprint: mine = fingerprint, ...one }, { fingerprint: its, ...two }] = [report, other].map((text) => JSON.parse(text));
  return (!mine || !its || mine === its) && same(one, two);
}
