// Starts an offline file: unpacks the page's script out of the file and runs it. Where that cannot be, the report's
// static tables stay as they are, with a sentence that says what to do. It is written in the words of the oldest
// browsers (ES5), so that they can say at least this.

import { unzlibSync } from "fflate";

/* The alphabet of the packed parts: what is printable in ASCII without " < and \. */
var digits = [];
for (var code = 33, digit = 0; code < 127; code += 1) {
  if (code !== 34 && code !== 60 && code !== 92) digits[code] = digit++;
}

/* The bytes that LENGTH SP BASE91 stands for: two digits for every 13 bits, the lowest first. */
function decode(text) {
  var at = text.indexOf(" ") + 1;
  var length = Number(text.slice(0, at));
  var bytes = new Uint8Array(length);
  var held = 0;
  var count = 0;
  for (var filled = 0; filled < length; at += 2) {
    var block = digits[text.charCodeAt(at)] * 91 + digits[text.charCodeAt(at + 1)];
    if (!(block >= 0)) throw new Error("A part of this file is damaged.");
    held |= block << count;
    count += 13;
    while (count >= 8) {
      bytes[filled++] = held & 255;
      held >>>= 8;
      count -= 8;
    }
  }
  return bytes;
}

function inflate(packed) {
  if (typeof DecompressionStream !== "function" || !Blob.prototype.stream) return unzlibSync(packed);
  var stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).arrayBuffer().then(function (buffer) {
    return new Uint8Array(buffer);
  });
}

function element(name) {
  return document.querySelector('script[data-nianbao="' + name + '"]');
}

/* Whether the file carries a part. */
function has(name) {
  return Boolean(element(name));
}

/* Resolves to what a part holds, as bytes. */
function bytes(name) {
  return new Promise(function (resolve) {
    if (!has(name)) throw new Error(name + " is not in this file.");
    resolve(inflate(decode(element(name).textContent)));
  });
}

/* Resolves to what a part holds, as text. */
function text(name) {
  return bytes(name).then(function (bytes) {
    return new TextDecoder().decode(bytes);
  });
}

/* Runs a part. The policy of the page lets a script within it run that has the hash of one of its parts. */
function run(name) {
  return text(name).then(function (source) {
    var script = document.createElement("script");
    script.textContent = source;
    document.head.appendChild(script);
    document.head.removeChild(script);
  });
}

/* By language, what is said. */
var sentences = OFFLINE_LOADER;

function explain(what, error) {
  var report = document.querySelector("nianbao-report");
  var tag = ((report && report.getAttribute("lang")) || document.documentElement.lang || "").toLowerCase();
  var language = "zh-CN";
  for (var known in sentences) {
    if (known.toLowerCase() === tag || (known !== "zh-Hant" && known.slice(0, 2) === tag.slice(0, 2))) language = known;
  }
  if (/^zh-(hant|tw|hk|mo)/.test(tag)) language = "zh-Hant";
  var words = sentences[language];
  var said = document.createElement("p");
  said.setAttribute("role", "alert");
  said.setAttribute("lang", language);
  said.setAttribute("style", "max-width:52em;margin:0 auto 1em;padding:.7em 1em;border:1px solid #b3231b;background:#fdeceb;color:#1b2330;line-height:1.7");
  said.appendChild(document.createTextNode(words[what].replace(/\{ *\$reason *\}/, String((error && error.message) || error))));
  document.body.insertBefore(said, document.body.firstChild);
  if (error && window.console) console.error(error);
}

function start() {
  if (typeof WebAssembly !== "object") return explain("no-webassembly");
  if (!window.customElements || !Element.prototype.attachShadow || typeof TextDecoder !== "function") return explain("old");
  window.nianbaoOffline = { has: has, bytes: bytes, text: text, run: run };
  run("page.js").then(
    function () {
      // A script that the browser does not understand, or its policy forbids, tells of it by an event alone.
      if (!customElements.get("nianbao-report")) explain("old");
    },
    function (error) {
      explain("damaged", error);
    },
  );
}

start();
