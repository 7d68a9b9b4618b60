// What the open file is made of: its parts as they stand in it, the report that it holds, and the state before.

import { SHOWS } from "../parts/carrying.js";

/** The parts of the page itself; every other belongs to a program, which is a script and a module. */
export const OWN = ["page.js", "worker.js", "nianbao.css", "page.css", "loader"];

const first = (selector) => document.querySelector(selector) || {};

/** Whether the file carries a program. */
export const carries = (program) => Boolean(document.querySelector(`script[data-nianbao="${program}.wasm"]`));

/** A program that the file carries: that of a name, or of those that show a report one that can do more. */
export const able = (name) => (SHOWS.includes(name) ? SHOWS.slice(SHOWS.indexOf(name)) : [name]).find(carries);

/** What the file is called where it was opened. */
export function ownName() {
  const name = location.pathname.split("/").pop();
  try {
    return decodeURIComponent(name);
  } catch (other) {
    // In an older encoding.
    return name;
  }
}

/** The version of the program in the file. */
export const version = (first('meta[name="generator"]').content || "").split(" ").pop();

/** All parts in their order, with the hashes by which the policy of the page knows its scripts: the loader's comes first. */
export function parts() {
  const policy = first('meta[http-equiv="Content-Security-Policy"]').content;
  const [loader, ...hashes] = Array.from(policy.matchAll(/'(sha256-[^']+)'/g), ([, hash]) => hash);
  const elements = document.querySelectorAll("style[data-nianbao], script[data-nianbao]:not([type='application/json'])");
  return Array.from(elements, ({ dataset: { nianbao: name }, textContent: text }) => {
    if (name === "loader") return { name, plain: true, hash: loader, text };
    if (name.endsWith(".js")) return { name, hash: hashes.shift(), text };
    return name === "page.css" ? { name, plain: true, text } : { name, text };
  });
}

/** What the file holds, as JSON text: the report, and the state before it was last saved, where there is one. */
export let held = {
  report: first('nianbao-report > script[type="application/json"]').textContent || "{}",
  previous: first('script[data-nianbao="previous"]').textContent,
};

/** Takes note of a file that was saved: the next one is made from that. */
export function hold(html) {
  const after = (tag) => {
    const from = html.indexOf(tag);
    return from < 0 ? undefined : html.slice(from + tag.length, html.indexOf("</script>", from));
  };
  held = { report: after('<script type="application/json">'), previous: after('<script type="application/json" data-nianbao="previous">') };
}

/** The fingerprint that stands in the JSON of a report; empty where none does. */
export function fingerprintOf(json) {
  try {
    return JSON.parse(json).fingerprint || "";
  } catch (none) {
    return "";
  }
}
