// <nianbao-report>: the annual report on government information disclosure as a live view.
//
// This is the one module that a page names. It holds the element and nothing else: what is shown is
// made by widget.js and its module, which load when the first element enters a page, or by charts.js where
// charts are shown and editor.js where a report is edited, which are the same with more in them; files that are not JSON are read,
// and files are made, by background.js, which loads when there is the first of them.

import { Association, MIRRORED } from "./parts/association.js";
import { SHOWS } from "./parts/carrying.js";
import { load } from "./parts/loading.js";
import { same } from "./parts/same.js";
import * as supply from "supply";

const [CHARTS, EDITOR] = [1, 2];

/** Which of them an element takes. */
function needed(element) {
  if (element.getAttribute("mode") === "edit") return EDITOR;
  return element.getAttribute("view") === "charts" ? CHARTS : 0;
}

/** Which of them all elements of the page can do with: one is fetched, not two. Those that wait to be seen do not count. */
function shared() {
  // Old scripts have an `Array.from` of their own, which takes nothing but a list.
  return Math.max(0, ...Array.from(document.querySelectorAll("nianbao-report:not([loading=lazy])")).map(needed));
}

const show = async (program) => load(supply.show(SHOWS[program]));

/** Programs that broke down are begun anew, unless that happens more often than so many times within so many milliseconds. */
const [OFTEN, WITHIN] = [3, 60_000];
let falls = [];

/** What was asked of a program fails so where it breaks down meanwhile; and where it does so again and again. */
const [FELL, FELLED] = ["fell", "felled"].map((said) => ({ said }));

/** The elements that a program shows something for. If it breaks down, they go on with a new one. */
function shownBy(program) {
  if (program.elements) return program.elements;
  program.elements = new Set();
  program.fell = () => {
    const now = performance.now();
    falls = falls.filter((then) => now - then < WITHIN);
    falls.push(now);
    program.elements.forEach((element) => element._goOn());
  };
  return program.elements;
}

/** What stands in the fields of a view, by their ids. */
function written(mount) {
  return new Map(Array.from(mount.querySelectorAll("input, textarea")).map(({ id, value }) => [id, value]));
}

let working;
const background = () => (working = working || supply.background());

/** What comes, or an error that says which script could not be had. */
async function had(program, coming) {
  try {
    return await coming;
  } catch (error) {
    throw Object.assign(error, { fault: "missing", program: error.altered || program });
  }
}

/** Has something done away from the page: reads a file or a clipboard, makes a file. See background-worker.js. */
async function run(...task) {
  const both = Promise.all([background(), supply.hashes()]);
  both.catch(() => (working = undefined));
  const [{ run }, hashes] = await had("background.js", both);
  return run(hashes, ...task);
}

/**
 * Puts an answer together, as far as it is not more than `most`, or where `word` stands in its beginning, than
 * `mostWithIt`: bytes, or nothing. So one that never ends does.
 */
async function gather(answer, most, word, mostWithIt) {
  // Old scripts bring a `fetch` of their own, whose answers come whole.
  if (!answer.body) return new Uint8Array(await answer.arrayBuffer());
  const reader = answer.body.getReader();
  const parts = [];
  let [length, head] = [0, ""];
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    if (head.length < 4096) head += String.fromCharCode(...value.subarray(0, 4096 - head.length));
    length += value.length;
    if (length > (head.includes(word) ? mostWithIt : most)) return void reader.cancel().catch(() => {});
    parts.push(value);
  }
  const bytes = new Uint8Array(length);
  // Old scripts have a `reduce` of their own.
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The elements in the page that show something. */
let living = 0;

/** Where not even what says why can be loaded. */
const SILENT = "年报组件没有启动，请检查网络后刷新网页。The report widget did not start; please check the network and reload the page.";

function make(name, className) {
  const element = document.createElement(name);
  element.className = className;
  return element;
}

/**
 * A place for a view to be drawn in. Yew listens there and never ends it: what it hears with would keep the place and what
 * belongs to it in the page's memory for ever. So it is noted, and `leave` ends it.
 */
function place() {
  const mount = make("div", "mount");
  const heard = [];
  mount.addEventListener = (...given) => {
    heard.push(given);
    EventTarget.prototype.addEventListener.apply(mount, given);
  };
  mount.leave = () => {
    mount.remove();
    for (const given of heard.splice(0)) {
      mount.removeEventListener(...given);
      // As wasm-bindgen itself lets go of a function.
      if (given[1]._wbg_cb_unref) given[1]._wbg_cb_unref();
    }
  };
  return mount;
}

/** By document its style sheet, for all elements in it: a second one asks for nothing, and one that is moved keeps it. */
const sheets = new WeakMap();

async function sheet({ defaultView }) {
  const text = await supply.styles();
  const made = new defaultView.CSSStyleSheet();
  made.replaceSync(text);
  // What a server sends in place of one has no rules.
  if (made.cssRules.length < 100) throw new Error("It is none.");
  return made;
}

/** Brings the style sheet, and resolves when it is there, or else with why not: the view never flashes bare. */
async function style(root, language) {
  const page = root.ownerDocument;
  try {
    if (!sheets.has(page)) sheets.set(page, sheet(page));
    root.adoptedStyleSheets = [await sheets.get(page)];
    return undefined;
  } catch (refused) {
    sheets.delete(page);
  }
  // Where sheets cannot be shared (Firefox before 101, WebKit before 16.4), each element has its own.
  return (await supply.dress(root)) ? undefined : (await supply.trouble()).explainStyle("nianbao.css", language());
}

/** Why there is no report, as the program itself tells it. */
function noticeOf(message) {
  const [whole, notice, sentence] = [make("div", "nianbao"), make("div", "notice failed"), make("p", "")];
  sentence.textContent = message;
  notice.setAttribute("role", "alert");
  notice.setAttribute("part", "error");
  notice.append(sentence);
  whole.append(notice);
  return whole;
}

/** Waits until the parser has gone past an element's content. */
function parsed() {
  if (document.readyState !== "loading") return undefined;
  return new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
}

/** Makes an error of a sentence. */
const asError = (reason) => (typeof reason === "string" ? new Error(reason) : reason);

/** Does what may fail with a sentence. */
function orError(action) {
  try {
    return action();
  } catch (sentence) {
    throw asError(sentence);
  }
}

/** Has the text of an SVG file saved under a name, or where that is one of a PNG, what it shows. Throws as `run` does. */
async function savePicture(svg, name) {
  const painter = name.endsWith(".png") && (await had("picture.js", supply.painter()));
  const { save } = await had("download.js", supply.downloads());
  const blob = painter ? await painter.paint(svg) : new Blob([svg], { type: "image/svg+xml" });
  save(blob, name);
}

/** Attributes that are properties too; of those in `flags`, only whether they are there counts. */
const texts = {
  src: "src",
  priorSrc: "prior-src",
  formSrc: "form-src",
  rulesSrc: "rules-src",
  drafts: "drafts",
  name: "name",
  loading: "loading",
  textSize: "text-size",
};
const flags = { disabled: "disabled", readOnly: "readonly", required: "required" };

/** JSON text of anything. Old scripts give arrays a `toJSON` of their own, which makes text of each. */
function jsonOf(value) {
  const { toJSON } = Array.prototype;
  if (!toJSON) return JSON.stringify(value);
  delete Array.prototype.toJSON;
  try {
    return JSON.stringify(value);
  } finally {
    Array.prototype.toJSON = toJSON;
  }
}

const dragging = ["dragenter", "dragover", "dragleave", "drop"];

// On a server, which only writes the tag, there are no elements: nothing is done there.
const inPage = typeof HTMLElement === "function";

class Report extends (inPage ? HTMLElement : Object) {
  static get observedAttributes() {
    return [
      "src", "history", "form-src", "rules-src", "prior-src", "lang", "mode", "view", "charts", "drafts",
      "disabled", "readonly", "required", "loading", "text-size",
    ];
  }

  static get formAssociated() {
    return true;
  }

  constructor() {
    super();
    this._slot = make("slot", "own");
    this._follower = new MutationObserver(() => this._contentChanged());
    // The page, or what stands around the element, may speak another language from now on.
    this._listener = new MutationObserver(() => this._language() === this._spoken || this._load(true));
    const root = this.attachShadow({ mode: "open" });
    root.append(this._slot);
    this._association = new Association(this, () => this._text());
    for (const name of dragging) this.addEventListener(name, (event) => this._dragged(event));
    this.addEventListener("paste", (event) => this._pasted(event), true);
    // What is read is told by these two; whatever the report is afterwards, somebody has made of it.
    for (const name of ["nianbao-ready", "nianbao-error"]) this.addEventListener(name, ({ target }) => target === this && this._tellRead());
    this.addEventListener("nianbao-findings", ({ target, detail }) => target === this && this._tellForm(detail.findings));
    this.addEventListener("nianbao-error", ({ target }) => target === this && this._tellForm([]));
    // Who points at the way to the charts will want them: what it takes is fetched while the finger comes down.
    for (const name of ["pointerover", "focusin"]) {
      root.addEventListener(name, ({ target }) => target.id === "view-charts" && this._prepare(CHARTS));
    }
    /** Resolves when the element shows something for the first time, be it why there is no report. */
    this.ready = new Promise((resolve) => {
      for (const name of ["nianbao-ready", "nianbao-error"]) this.addEventListener(name, () => resolve(this), { once: true });
    });
    /** What is asked of the program and not answered yet. */
    this._asked = new Set();
    /** What the view asks for. */
    this._services = {
      run,
      gather,
      take: (files) => this._take(files),
      save: (format, name) => this._save(format, name),
      picture: savePicture,
      bundle: async (...given) => {
        const [{ bundle }, hashes] = await had("bundling.js", Promise.all([supply.bundling(), supply.hashes()]));
        return bundle(this, run, hashes, ...given);
      },
      formats: supply.formats,
    };
  }

  connectedCallback() {
    if (!this._counted) living += 1;
    this._counted = true;
    for (const name of ["report", "history", "mode", "view", "charts", "value", ...Object.keys(texts), ...Object.keys(flags)]) this._takeUp(name);
    this._association.follow();
    this._follower.observe(this, { childList: true, characterData: true, subtree: true });
    this._listener.observe(document, { attributes: true, attributeFilter: ["lang"], subtree: true });
    if (!this._widget || this._outdated) this._load();
    else if (this._language() !== this._spoken) this._load(true);
  }

  /** One that is only moved is back by the next task, and keeps its view. Until then a key that was pressed last is heard. */
  disconnectedCallback() {
    setTimeout(() => this.isConnected || this._stop());
  }

  /** Another document has its own style sheet. */
  adoptedCallback() {
    if (this._styled) this._dress();
  }

  formAssociatedCallback() {
    this._association.follow();
  }

  /** Takes all changes back, one by one: they can be made again. */
  formResetCallback() {
    while (this.undo());
  }

  formDisabledCallback() {
    if (this._widget) this._widget.refresh();
  }

  /** Someone comes back to a page on which a report was edited. */
  formStateRestoreCallback(state) {
    try {
      const { kept, draftOf } = JSON.parse(state);
      if (!kept) return;
      this._give(kept, { draftOf });
      this._load();
    } catch (other) {
      // The browser filled in something else.
    }
  }

  attributeChangedCallback(name, before, now) {
    if (before === now) return;
    if (name === "loading") return now === "lazy" ? undefined : this._wake();
    if (name === "required") return this._association.validate();
    if (["disabled", "readonly", "text-size", "mode", "view", "charts", "drafts"].includes(name)) {
      if (this._widget) this._widget.refresh();
      // What shows tables alone makes way for what draws charts, and both for the editor, which shows all.
      if (this._widget && needed(this) > this._program) this._load();
      return;
    }
    if (name === "src") {
      // Where it goes away, or frameworks make it empty first, what was set stays.
      if (!now && (!before || this._given !== undefined)) return;
      this._give(undefined);
    }
    if (name === "history") this._others = this._further = undefined;
    this._load(name === "lang" || name === "history");
  }

  /** The report that is shown, as a plain object; null where there is none. One that was just set counts as shown. */
  get report() {
    if (typeof this._given === "string" && !this._shown && !this._journal) {
      const given = JSON.parse(this._given);
      // Which of several is shown is not known yet.
      return Array.isArray(given) ? null : given;
    }
    const text = this._text();
    return text ? JSON.parse(text) : null;
  }

  set report(report) {
    const text = report ? jsonOf(report) : undefined;
    if (text && this._isKnown(JSON.parse(text))) return;
    this._give(text);
    this._load();
  }

  /** The same as JSON text, as a form sends it; empty where there is none. */
  get value() {
    const { report } = this;
    return report ? jsonOf(report) : "";
  }

  set value(text) {
    this.report = text ? JSON.parse(text) : null;
  }

  /**
   * Whether a report is what is shown, or was until a moment ago: a page that keeps the report in its own state sets
   * what it has heard, and somebody may have typed on since, of which it is yet to hear.
   */
  _isKnown(report) {
    return this._shown ? same(report, this.report) || (this._told && same(report, JSON.parse(this._told))) : false;
  }

  /** The reports at hand beside the one that is shown, as plain objects. Those that were just set count as being there. */
  get history() {
    if (this._further !== undefined && !this._beside) return JSON.parse(this._further);
    return this._ask((widget) => widget.history()) || [];
  }

  /** Sets them in place of those that the attribute names; without any, the attribute counts again. Text is the attribute. */
  set history(reports) {
    const text = reports ? jsonOf(reports) : undefined;
    if (text === this._further || typeof reports === "string") {
      if (!Array.isArray(reports)) this._reflect("history", reports);
      return;
    }
    this._others = undefined;
    this._beside = false;
    this._further = text;
    this._load(true);
  }

  /** What the check found in the report that is shown. */
  get findings() {
    return this._ask((widget) => widget.findings()) || [];
  }

  /** A short name of what the report says, as it stands at the foot of what is printed; empty where there is none. */
  get fingerprint() {
    return this._ask((widget) => widget.fingerprint()) || "";
  }

  get mode() {
    return this.getAttribute("mode") || "view";
  }

  set mode(mode) {
    this._reflect("mode", mode);
  }

  get view() {
    return this.getAttribute("view") || "tables";
  }

  set view(view) {
    this._reflect("view", view);
  }

  /** The charts that may appear, by their ids in their order; null where all do. */
  get charts() {
    return this.getAttribute("charts");
  }

  set charts(charts) {
    this._reflect("charts", Array.isArray(charts) ? charts.join(" ") : charts);
  }

  /** Whether it is valid, as a control of a form: no error stands, and where it is `required` nothing is blank. */
  checkValidity() {
    const { internals } = this._association;
    return internals ? internals.checkValidity() : !this.findings.some(({ severity }) => severity === "error");
  }

  /** The same, and moves the focus to what is wrong. */
  reportValidity() {
    const { internals } = this._association;
    if (internals) return internals.reportValidity();
    const valid = this.checkValidity();
    if (!valid) this.focus();
    return valid;
  }

  /** Makes it invalid for a reason of the page's own; with an empty one no longer. */
  setCustomValidity(message) {
    this._association.demand(String(message));
  }

  get type() {
    return this.localName;
  }

  /** Moves the focus to the result of the check. */
  focus() {
    if (this._widget) this._widget.summary();
  }

  /** Resolves to the findings once the report is read and checked; with `focus`, moves the focus to their summary. */
  async check(options) {
    const widget = await this._settled();
    if (options && options.focus) widget.summary();
    return this.findings;
  }

  /** Takes the last change back; says whether there was one. */
  undo() {
    return this._ask((widget) => widget.undo()) || false;
  }

  /** Makes the change again that was taken back last; says whether there was one. */
  redo() {
    return this._ask((widget) => widget.redo()) || false;
  }

  /**
   * Reads a file here in the browser and shows it. Rejects with a sentence where it is no report, and with an
   * AbortError where the reader cancels it; what was shown stays then. Where a report is edited, the file
   * takes its place as an edit, which can be undone.
   */
  importFile(file) {
    return this._import(file, 0);
  }

  /** Resolves to the report as a file; rejects where there is none or the format is not at hand. */
  async exportAs(format, options) {
    const widget = await this._settled();
    const { blobOf } = await this._downloads();
    const { provenance, charts } = options || {};
    return blobOf(await this._answer(() => widget.export(String(format), Boolean(provenance), Boolean(charts), options)));
  }

  /**
   * The report that is shown was written to the file that this page is: it counts as published, and has no draft. What
   * was done stays to be taken back, so that the content has to stay, too. False where something else than `text`, the
   * report's JSON as it was written, is shown by now.
   */
  _saved(text) {
    const saved = Boolean(this._widget) && this._widget.saved(text);
    this._ahead = this._ahead || saved;
    if (saved) this._tellForm(this.findings);
    return saved;
  }

  /** Moves the focus to a cell such as `requests.received.total`; rejects where there is none. */
  async focusCell(address) {
    const widget = await this._settled();
    orError(() => widget.focus(String(address)));
  }

  /**
   * What is shown in place of `src` and the content: JSON text, or the bytes of a file with its name. A report
   * that was edited here is a draft of something, and what came with it stays beside it.
   */
  _give(given, { draftOf, name, others } = {}) {
    this._given = given;
    this._draftOf = draftOf;
    this._name = name;
    this._others = others;
  }

  /** Reads a file of which there were `others` too. */
  async _import(file, others) {
    const widget = await this._started();
    const name = file.name || "";
    // Of a larger one, that it is so is enough. What is a folder, or was moved away, has no bytes.
    const buffer = await file.slice(0, 2 ** 26 + 1).arrayBuffer().catch(() => undefined);
    const bytes = buffer && new Uint8Array(buffer);
    const asEdit = this.mode === "edit" && Boolean(this.report);
    const before = this._work;
    const work = this._answer(() => widget.import(bytes, name, others, asEdit));
    this._work = work.then((failure) => (failure ? before : undefined));
    const failure = await work;
    if (failure) throw asError(failure);
    if (!asEdit) this._give(bytes, { name });
    this._shown = true;
  }

  /** Reads the first of the files that a reader has dropped, pasted or chosen. The view tells what comes of it. */
  _take(files) {
    if (files.length > 0) this._import(files[0], files.length - 1).catch(() => {});
  }

  /** Has the report saved as a file under a name: a page with the charts where these are shown. */
  async _save(format, name) {
    const blob = await this.exportAs(format, format === "html" ? { charts: this.view === "charts" } : undefined);
    (await this._downloads()).save(blob, name);
  }

  /** What makes files of what is made, and has them saved; rejects with a sentence where it cannot be had. */
  _downloads() {
    return supply.downloads().catch(() => {
      throw new Error(this._widget.missing("download.js", false));
    });
  }

  /** Follows files that are dragged over the element: the view shows where they may be dropped. */
  _dragged(event) {
    const { type, dataTransfer } = event;
    if (!dataTransfer || !Array.from(dataTransfer.types).includes("Files")) return;
    event.preventDefault();
    dataTransfer.dropEffect = "copy";
    // Going from one thing to another within, the other is entered before the first is left.
    const [over] = event.composedPath();
    if (type === "dragenter") this._over = over;
    if (type === "drop" || (type === "dragleave" && over === this._over)) this._over = undefined;
    this._showDropping();
    // What is dragged away in another window is not always told.
    clearTimeout(this._leaving);
    this._leaving = setTimeout(() => this._showDropping((this._over = undefined)), 1500);
    if (type === "drop") this._take(dataTransfer.files);
  }

  _showDropping() {
    if (this._mount) this._mount.toggleAttribute("data-dropping", Boolean(this._over));
  }

  /** Takes files from the clipboard. A picture stands beside what is copied from a spreadsheet. */
  _pasted(event) {
    const files = Array.from((event.clipboardData && event.clipboardData.files) || []);
    const documents = files.filter(({ type }) => !type.startsWith("image/"));
    if (documents.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    this._take(documents);
  }

  /** Has a property that was set before the element was defined take effect. */
  _takeUp(name) {
    if (!Object.prototype.hasOwnProperty.call(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  _belong(form) {
    this._reflect("form", form);
  }

  /** Sets an attribute, or takes it away. */
  _reflect(name, value) {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  /** The report that is shown as JSON text; empty where there is none. While a program is begun anew, it is what was told last. */
  _text() {
    return this._ask((widget) => widget.text()) || (this._journal && this._told) || "";
  }

  /** What was read is told. What was edited before a program was begun anew may not have been. */
  _tellRead() {
    if (!this._untold) this._told = this._text();
    this._untold = false;
  }

  /** Tells the form that it stands in, and whoever listens as to any control, what has become of the report. */
  _tellForm(findings) {
    const widget = this._widget;
    const edited = widget && widget.edited();
    this._association.tell(findings, edited ? jsonOf({ kept: widget.kept(), draftOf: widget.identity() }) : "");
    const text = this._text();
    const changed = text !== this._told;
    this._told = text;
    if (changed) this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** The language that is asked for, as a tag. */
  _language() {
    return (this.closest("[lang]") || document.documentElement).lang || "";
  }

  /** The element's own content was filled in or exchanged after it was read. */
  _contentChanged() {
    const counts = this._widget && this._given === undefined && !this.hasAttribute("src") && !this._widget.edited();
    if (counts && this._content !== this.innerHTML) this._load();
  }

  /**
   * Reads everything anew; several changes in one task make one reading. What was changed in the report
   * stays where it is the same report `again`, only in another language.
   */
  _load(again = false) {
    this._spoken = this._language();
    this._fresh = this._fresh || !again;
    this._ahead = this._ahead && again;
    this._shown = this._shown && again;
    this._outdated = !this.isConnected;
    if (this._outdated || this._starting || this._waits()) return;
    const before = this._work;
    this._work = this._start().catch((error) => (error === FELL ? undefined : this._notStarted(error, before)));
  }

  /** Whether nothing is done yet, because the element is far from being seen and `loading` is lazy. */
  _waits() {
    if (this.loading !== "lazy" || this._widget || this._woken || !window.IntersectionObserver) return false;
    if (!this._watch) {
      this._watch = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && this._wake(), { rootMargin: "400px" });
      this._watch.observe(this);
    }
    return true;
  }

  /** Does what has waited until the element is nearly seen, or is asked for something. */
  _wake() {
    this._woken = true;
    if (!this._watch) return;
    this._watch.disconnect();
    this._watch = undefined;
    this._load();
  }

  /** Begins to fetch the report, for which the program will ask once it is there. */
  _foresee() {
    if (this._given !== undefined || !this.src || this._foreseen) return;
    this._foreseen = this.src.trim().split(/\s+/).map((href) => {
      const link = document.createElement("link");
      this.shadowRoot.append(Object.assign(link, { rel: "preload", as: "fetch", crossOrigin: "anonymous", href }));
      return link;
    });
  }

  /** Fetches a program that may be needed. That it cannot be had is told once it is. */
  _prepare(program) {
    if (this._program < program) show(program).catch(() => {});
  }

  /** Resolves to nothing, or to the sentence that is shown in place of a report. */
  async _start() {
    let program;
    const own = Math.max(this._program || 0, needed(this));
    let chosen = this._program === undefined ? Math.max(own, shared()) : own;
    this._chosen = chosen;
    try {
      const started = show(chosen).catch((error) => {
        // What others need may be missing, and this one can do without.
        if (chosen === own) throw error;
        this._chosen = chosen = own;
        return show(own);
      });
      if (this._program === undefined) this._foresee();
      if (!this._styled) this._dress();
      this._starting = Promise.all([started, this._styled, this.hasAttribute("src") || parsed()]);
      let bare;
      [program, bare] = await this._starting;
      if (bare) this._tell(bare);
      this._styled = Promise.resolve();
    } finally {
      this._starting = undefined;
    }
    if (!this.isConnected) return undefined;
    // The mode or the view has changed in the meantime.
    if (needed(this) > chosen) return this._start();
    const before = this._fallen || (chosen > this._program ? this._release() : undefined);
    this._fallen = undefined;
    if (!this._widget) {
      this._place(before);
      this._program = chosen;
      this._elements = shownBy(program);
      this._widget = new program.Widget(this, this._mount, this._slot, this._services);
      this._elements.add(this);
      if (this._journal) this._widget.resume(this._journal);
    }
    this._content = this.innerHTML;
    const again = !this._fresh;
    this._fresh = false;
    const work = this._work;
    const failure = await this._outcome(() => this._widget.load(this._given, this._name, again, this._draftOf, this._others || this._further));
    for (const link of this._foreseen || []) link.remove();
    // What was typed meanwhile is put into fields that are drawn; until then the former ones take it.
    if (before && before.typed) await new Promise((drawn) => setTimeout(drawn));
    if (before) this._reveal(before);
    if (work === this._work) this._shown = this._beside = true;
    this._journal = undefined;
    return failure;
  }

  _dress() {
    this._styled = style(this.shadowRoot, () => this._language()).catch(() => SILENT);
  }

  /** Puts a new place for the view; one that is to take another's place is hidden until it shows something. */
  _place(before) {
    if (this._mount && !before) this._mount.leave();
    this._mount = place();
    this._mount.hidden = Boolean(before);
    this.shadowRoot.insertBefore(this._mount, this._slot);
  }

  /** Gives up the program that shows the report, but not yet what it shows. */
  _release() {
    if (!this._widget) return undefined;
    const { _widget: widget, _mount: mount } = this;
    this._widget = undefined;
    this._elements.delete(this);
    return { widget, mount };
  }

  /** Shows what takes the place of what another program showed, be it one that broke down when so much was `typed`. */
  _reveal({ widget, mount, typed }) {
    const opened = widget && widget.opened();
    const { activeElement: focused } = this.shadowRoot;
    const id = focused && mount.contains(focused) ? focused.id : "";
    const later = typed ? Array.from(written(mount)).filter(([field, value]) => typed.get(field) !== value) : [];
    if (widget) {
      widget.destroy();
      widget.free();
    }
    mount.leave();
    if (this._mount) this._mount.hidden = false;
    if (opened && this._widget) this._widget.open(opened);
    // What was pressed keeps the focus.
    const same = id && this.shadowRoot.getElementById(id);
    if (same) same.focus({ preventScroll: true });
    // Who was typing goes on behind what stands there.
    if (typed && same && same.setSelectionRange) same.setSelectionRange(focused.selectionStart, focused.selectionEnd);
    for (const [field, value] of later) this._typed(field, value);
  }

  /** Puts into a field what was typed into the one before it. */
  _typed(id, value) {
    const field = this.shadowRoot.getElementById(id);
    if (!field) return;
    field.value = value;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }

  /** Asks something of the program; nothing is what comes of it where there is none, or it breaks down over that. */
  _ask(question) {
    const { _widget: widget } = this;
    try {
      return widget && question(widget);
    } catch (error) {
      if (this._widget === widget) throw error;
      console.error(error);
      return undefined;
    }
  }

  /** What comes of something that takes its time; FELL where the program breaks down before. */
  _outcome(question) {
    const asked = this._ask(question);
    return new Promise((resolve, reject) => {
      if (!asked) return reject(FELL);
      const settling = (settle) => (value) => {
        this._asked.delete(reject);
        settle(value);
      };
      this._asked.add(reject);
      asked.then(settling(resolve), settling(reject));
    });
  }

  /** The same with a sentence in place of FELL. */
  _answer(question) {
    return this._outcome(question).catch(async (reason) => {
      throw asError(reason === FELL ? await this._explain(FELL) : reason);
    });
  }

  /**
   * The program broke down. What it showed stays to be seen until another shows the same, and goes on with what was noted
   * of the edits; after a few times it is left at that.
   */
  _goOn() {
    const { journal, release } = this._services;
    this._fallen = this._fallen || { mount: this._mount, typed: written(this._mount) };
    this._elements.delete(this);
    this._widget = this._services.journal = this._services.release = undefined;
    if (release) release();
    if (journal && (journal.done.length > 0 || this._ahead)) {
      this._journal = journal;
      this._untold = true;
      this._give(journal.base, { draftOf: journal.draftOf, others: journal.others });
    }
    this._shown = this._beside = false;
    this._fresh = true;
    if (falls.length > OFTEN) this._work = this._leaveOff();
    else this._load();
    this._asked.forEach((reject) => reject(FELL));
    this._asked.clear();
  }

  /** The program broke down again and again: what it showed is left to be read, with a sentence. */
  async _leaveOff() {
    const { mount } = this._fallen;
    mount.classList.add("felled");
    mount.querySelectorAll("button, input, select, textarea").forEach((control) => (control.disabled = true));
    const message = await this._explain(FELLED);
    mount.prepend(noticeOf(message));
    this._tell(message);
    return message;
  }

  /** Says why a program did not start, and gives what is shown in place of a report: where one is shown, what was `before`. */
  async _notStarted(error, before) {
    console.error(error);
    // Where only the charts or the editor did not start, the report is shown as it was, and they can be asked for again.
    if (this._widget && needed(this) === CHARTS) this.view = "tables";
    const message = await this._explain(error);
    if (this._widget && supply.mayCome) this._widget.missing(`${SHOWS[this._chosen]}.js`, true);
    if (!this._widget && this.isConnected) {
      this._place();
      this._mount.append(noticeOf(message));
    }
    this._tell(message);
    return this._widget ? before : message;
  }

  /** What went wrong with the program, in a sentence. */
  async _explain(error) {
    return supply.trouble().then(({ explain }) => explain(error, SHOWS[this._chosen], this._language())).catch(() => SILENT);
  }

  /** Tells the page around what is wrong. */
  _tell(message) {
    this.dispatchEvent(new CustomEvent("nianbao-error", { bubbles: true, composed: true, detail: { message } }));
  }

  /** Resolves to the widget, whatever it shows yet. */
  async _started() {
    this._wake();
    while (this._starting) await this._starting.catch(() => {});
    if (this._widget) return this._widget;
    return this._settled();
  }

  /** Resolves to the widget when the newest reading is shown; rejects with the sentence shown instead. */
  async _settled() {
    this._wake();
    let work;
    let failure;
    do {
      work = this._work;
      failure = await work;
    } while (work !== this._work);
    if (failure) throw new Error(failure);
    if (!this._widget) throw new Error(`<${this.localName}> is not in a document.`);
    return this._widget;
  }

  _stop() {
    if (this._counted) living -= 1;
    this._counted = false;
    if (this._watch) this._watch.disconnect();
    this._watch = undefined;
    this._follower.disconnect();
    this._listener.disconnect();
    this._association.follow();
    // What worked away from the page has nobody left to work for.
    if (living === 0 && working) working.then(({ rest }) => living === 0 && rest());
    if (!this._widget) return;
    if (this._widget.edited() || this._ahead) {
      const others = jsonOf(this._widget.history());
      this._give(this._widget.kept(), { draftOf: this._widget.identity(), others });
    }
    this._elements.delete(this);
    this._widget.destroy();
    this._widget.free();
    this._widget = undefined;
    this._shown = this._beside = false;
    this._mount.leave();
    this._slot.hidden = false;
  }
}

for (const [property, attribute] of Object.entries(texts)) {
  Object.defineProperty(Report.prototype, property, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(attribute) || "";
    },
    set(value) {
      this._reflect(attribute, value);
    },
  });
}

for (const [property, attribute] of Object.entries(flags)) {
  Object.defineProperty(Report.prototype, property, {
    configurable: true,
    enumerable: true,
    get() {
      return this.hasAttribute(attribute);
    },
    set(value) {
      this.toggleAttribute(attribute, Boolean(value));
    },
  });
}

for (const property of MIRRORED) {
  Object.defineProperty(Report.prototype, property, {
    configurable: true,
    get() {
      return this._association[property];
    },
    // Frameworks set what a tag is given as properties: the id of a form, too, for which there is an attribute alone.
    set: property === "form" ? Report.prototype._belong : undefined,
  });
}

// The script may have been loaded from another place already: what it has defined stays.
const known = inPage && customElements.get("nianbao-report");
if (inPage && !known) customElements.define("nianbao-report", Report);

export const NianbaoReport = known || Report;
