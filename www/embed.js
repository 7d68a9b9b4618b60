// embed.html: one report as a page of its own, for an iframe in pages where scripts or custom elements are not
// allowed. What is shown stands in the page's address; the parent is told the height. See docs/embedding.md.

import { fill, knownAs, primary } from "./parts/wording.js";

/** By language, what is said here: `embed-…` of the catalogues (scripts/ship.mjs). */
const sentences = EMBED;

/** Parameters that name reports and other files, some of them several; and those that are handed on as they are. */
const ADDRESSES = ["src", "history", "prior-src", "form-src", "rules-src"];
const PLAIN = ["view", "mode", "charts", "drafts", "text-size"];

const root = document.documentElement;
const parameters = new URLSearchParams(location.search);
const language = languageOf(parameters.get("lang"));
const words = sentences[knownAs(sentences, language)];
const allowed = [location.origin, ...named()];
const main = document.querySelector("main");

/** The tag of a language that is spoken here; Chinese where none is asked for, or another. */
function languageOf(asked) {
  const tag = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(asked || "") ? asked : "zh-CN";
  return primary(tag) === primary(knownAs(sentences, tag)) ? tag : "zh-CN";
}

/** The origins that the site's administrator has named. What is no origin would allow more than it says. */
function named() {
  const meta = document.querySelector('meta[name="nianbao-allow"]');
  return wordsOf(meta && meta.content).filter((written) => {
    const address = addressOf(written);
    // A policy takes an asterisk for any name, and a semicolon for the end of what it allows.
    const fits = address && address.origin === written.replace(/\/$/, "").toLowerCase() && !/[*;,']/.test(written);
    if (!fits) console.error(`nianbao: "${written}" in <meta name="nianbao-allow"> is no origin such as https://www.example.gov.cn, and allows nothing.`);
    return fits;
  }).map((written) => addressOf(written).origin);
}

function wordsOf(text) {
  return (text || "").split(/\s+/).filter(Boolean);
}

/** A web address, or nothing. */
function addressOf(written) {
  try {
    const address = new URL(written, location.href);
    return /^https?:$/.test(address.protocol) && !address.username && !address.password ? address : undefined;
  } catch (error) {
    return undefined;
  }
}

/** What is asked for, as attributes of the element; or the sentence that says why not. */
function asked() {
  const attributes = { lang: language };
  for (const name of ADDRESSES) {
    const addresses = [];
    for (const written of wordsOf(parameters.get(name))) {
      const address = addressOf(written);
      if (!address) return { refused: fill(words["no-address"], { name, address: written }) };
      if (!allowed.includes(address.origin)) return { refused: fill(words.elsewhere, { name, address: written, own: location.origin, origin: address.origin }) };
      addresses.push(address.href);
    }
    if (addresses.length > 0) attributes[name] = addresses.join(" ");
  }
  if (!attributes.src) return { refused: words.missing };
  for (const name of PLAIN) if (parameters.has(name)) attributes[name] = parameters.get(name);
  return { attributes };
}

/**
 * What was allowed by its address may still be redirected: the browser itself is told where from anything may come.
 * Only browsers that know 'wasm-unsafe-eval' have all of these, and need 'unsafe-eval' no longer.
 */
function confine() {
  const own = location.origin;
  const knows = "findLast" in Array.prototype && typeof CompressionStream === "function";
  const policy = [`connect-src ${allowed.join(" ")}`, ...(knows ? [`script-src ${own} 'wasm-unsafe-eval'`] : [])];
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = policy.join("; ");
  document.head.append(meta);
}

function make(name, properties, ...content) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...content);
  return element;
}

function put(element) {
  main.textContent = "";
  main.append(make("h1", {}, words.title), element);
}

const say = (sentence) => put(make("div", { className: "said refused" }, make("p", {}, sentence)));

function show(attributes) {
  const [first] = attributes.src.split(" ");
  const link = make("a", { href: first, target: "_blank", rel: "noopener" }, words.file);
  const loading = make("p", {}, words.loading);
  const report = make("nianbao-report", {}, make("div", { className: "said" }, loading, make("p", {}, link)));
  for (const [name, value] of Object.entries(attributes)) report.setAttribute(name, value);
  report.addEventListener("nianbao-ready", () => {
    const { title, agency, year } = report.report;
    document.title = title || `${agency} ${year} ${words.title}`;
  });
  report.addEventListener("nianbao-error", () => loading.remove());
  put(report);
  // In a sandbox, an address of its own is all that a script knows of where it is.
  import(new URL("nianbao.js", location.href).href).catch((error) => {
    console.error(error);
    // A page without an origin of its own gets no module from a server that does not say that all may.
    say(self.origin === "null" ? fill(words.sandbox, { folder: new URL(".", location.href).pathname }) : words["not-started"]);
  });
}

// The parent is told the height, and nobody else: its origin is known from the browser, or from itself when it says
// hello (frame.js does), and has to be this site's or one that is named.

let host = parentsOrigin();
let told = 0;
let followed;

function parentsOrigin() {
  if (parent === window) return undefined;
  const { ancestorOrigins } = location;
  const known = (ancestorOrigins && ancestorOrigins[0]) || (document.referrer && new URL(document.referrer).origin);
  return allowed.includes(known) ? known : undefined;
}

function hear({ source, origin, data }) {
  if (parent === window || source !== parent || !allowed.includes(origin)) return;
  if (!data || data.type !== "nianbao-hello") return;
  host = origin;
  told = 0;
  tell();
}

function tell() {
  if (!host) return;
  const height = Math.ceil(main.getBoundingClientRect().height);
  if (height !== told) {
    told = height;
    parent.postMessage({ type: "nianbao-height", height }, host);
  }
  watch();
}

/** While the parent follows, nothing scrolls in here; one that does not follow gets the scrollbar back. */
function watch() {
  clearTimeout(followed);
  if (innerHeight >= told) root.setAttribute("data-fits", "");
  else followed = setTimeout(() => root.removeAttribute("data-fits"), 500);
}

root.lang = language;
root.dataset.scheme = parameters.get("scheme") || "light";
document.title = words.title;
confine();
const { attributes, refused } = asked();
if (refused) say(refused);
else show(attributes);
addEventListener("message", hear);
addEventListener("resize", () => host && watch());
new ResizeObserver(tell).observe(main);
