// What there is to know of the file: its program and its hash, the fingerprints, what it carries, the state before.

import { carries, fingerprintOf, held, parts, version } from "./held.js";
import { make } from "./making.js";
import { downloaded } from "./saving.js";
import { language, say } from "./wording.js";

/** In groups of four, as a fingerprint is written. */
const grouped = (hex) => (hex.toUpperCase().match(/.{4}/g) || []).join("-");

/** Resolves to the hash of the code, by which it is known whether the program is unaltered; to nothing where the browser cannot. */
let hash;
function codeHash() {
  const text = parts().map((part) => `${part.name}\n${part.text}\n`).join("");
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
  hash = hash || (window.crypto && crypto.subtle ? crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)).then(hex, () => "") : Promise.resolve(""));
  return hash;
}

/** What the file carries, in words. */
function carried() {
  const can = [
    carries("editor") ? "carries-editor" : "",
    carries("charts") || carries("editor") ? "carries-charts" : "",
    carries("container") ? "carries-container" : carries("reader") ? "carries-reader" : "",
    carries("office") ? "carries-office" : carries("writer") ? "carries-writer" : "",
  ];
  return ["carries-tables", ...can].filter(Boolean).map((one) => say(one));
}

/** The panel about the file of an element. `close` is called by who wants to have it closed. */
export function about(element, close) {
  const title = make("h2", { id: "nianbao-about-title" });
  const list = make("dl");
  const ending = make("button", { type: "button" });
  const shown = make("section", { id: "nianbao-about", className: "nianbao-about", "aria-labelledby": "nianbao-about-title" }, title, list, ending);
  ending.addEventListener("click", close);

  const entries = new Map();
  /** Says one thing in its place. Where the `key` to it is the same it stays, with the focus and what is open in it. */
  function entry(name, key, ...content) {
    if (!entries.has(name)) {
      const [term, details] = [make("dt"), make("dd")];
      list.append(term, details);
      entries.set(name, { term, details });
    }
    const one = entries.get(name);
    const looks = [language(), ...key].join("\n");
    if (one.looks === looks) return;
    one.looks = looks;
    one.term.textContent = say(name);
    one.details.textContent = "";
    one.details.append(...content.map((part) => (typeof part === "string" ? make("p", {}, part) : part)));
  }

  const print = (fingerprint) => make("code", {}, fingerprint || say("no-fingerprint"));

  const back = make("button", { type: "button", id: "nianbao-back" });
  const told = make("p", { role: "status" });
  const isBack = () => element.fingerprint === fingerprintOf(held.previous);
  back.addEventListener("click", async () => {
    if (isBack()) return;
    // The report takes the focus to what it shows anew; here is what was pressed, and how it went.
    const stay = () => back.focus({ preventScroll: true });
    element.addEventListener("focusin", stay, { once: true });
    try {
      await element.importFile(new File([held.previous], "previous.json", { type: "application/json" }));
      told.textContent = say("taken-back");
    } catch (error) {
      told.textContent = String(error.message || error);
    }
    setTimeout(() => element.removeEventListener("focusin", stay), 500);
  });

  function fillPrevious() {
    if (!held.previous) return entry("previous", [], say("no-previous"));
    const fingerprint = fingerprintOf(held.previous);
    const edits = element.mode === "edit";
    back.textContent = say("take-back");
    // It keeps the focus where it has it.
    back.setAttribute("aria-disabled", String(isBack()));
    if (!isBack()) told.textContent = "";
    return entry("previous", [fingerprint, edits], print(fingerprint), ...(edits ? [back, told] : []));
  }

  async function fillCode() {
    const whole = await codeHash();
    const short = make("summary", { title: whole }, grouped(whole.slice(0, 16)));
    const shown = whole ? make("details", {}, short, make("code", {}, whole)) : say("no-code-hash");
    entry("code", [whole], shown, say("code-note"));
  }

  function fill() {
    const [seen, stored, other] = [element.fingerprint, fingerprintOf(held.report), downloaded()];
    title.textContent = say("about");
    ending.textContent = say("close");
    entry("seen", [seen], print(seen), say("seen-note"));
    entry("held", [stored, other], print(stored), ...(other ? [say("held-downloaded", { name: other })] : []));
    fillPrevious();
    entry("program", [], make("code", {}, `nianbao ${version}`));
    entry("carries", [], make("ul", {}, ...carried().map((one) => make("li", {}, one))));
    entry("network", [], say("network-note"));
    entry("check", [], say("check-note"), make("code", {}, `nianbao check ${quoted(fileName())}`));
    fillCode();
  }
  return { shown, fill };
}

const fileName = () => decodeURIComponent(location.pathname.split("/").pop());

/** A name as it is typed on a command line. */
const quoted = (name) => (/[^\p{L}\p{N}._-]/u.test(name) ? `"${name}"` : name);
