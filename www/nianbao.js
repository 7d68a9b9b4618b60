// <nianbao-report>: the annual report on government information disclosure as a live view.
//
// This is the one module that a page names. It holds the element and nothing else: what is shown is
// made by widget.js and its module, which load when the first element enters a page, or by editor.js
// where a report is edited, which is the same with the editor in it; files that are not JSON are read
// by reader.js, which loads when the first of them is met.

const programs = new Map();

/** Loads a program once for the whole page; one that failed may be tried again. */
function load(name, program) {
  if (!programs.has(name)) {
    const started = program().then((module) => module.default().then(() => module));
    started.catch(() => programs.delete(name));
    programs.set(name, started);
  }
  return programs.get(name);
}

const loadWidget = () => load("widget", () => import("./widget.js"));
const loadEditor = () => load("editor", () => import("./editor.js"));
const loadReader = () => load("reader", () => import("./reader.js"));

/** Reads a file that is not JSON; rejects with a sentence, or with an error where the reader does not start. */
async function read(bytes, language, forms) {
  const reader = await loadReader();
  return reader.read(bytes, language, forms);
}

/** Reads what a clipboard holds: cells, a table of a report, paragraphs. */
async function paste(html, text, language, forms) {
  const reader = await loadReader();
  return reader.paste(html, text, language, forms);
}

const NOT_STARTED = {
  zh: "年报组件没有启动。请用较新的浏览器打开；仍不成功时，请网站管理员核对 widget.js、widget_bg.wasm 和编辑用的 editor.js、editor_bg.wasm 是否已部署，内容安全策略是否允许 'wasm-unsafe-eval'。",
  en: "The report widget did not start. Please use a current browser; if it still fails, the site’s administrator should check that widget.js and widget_bg.wasm, and for editing editor.js and editor_bg.wasm, are deployed and that the content security policy allows 'wasm-unsafe-eval'.",
};

function make(name, className) {
  const element = document.createElement(name);
  element.className = className;
  return element;
}

/** Has a style sheet load, and resolves when it did or failed to: the view never flashes bare. */
function style(link) {
  return new Promise((resolve) => {
    link.onload = link.onerror = resolve;
    link.rel = "stylesheet";
    link.href = new URL("nianbao.css", import.meta.url).href;
  });
}

/** Waits until the parser has gone past an element's content. */
function parsed() {
  if (document.readyState !== "loading") return undefined;
  return new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
}

/** Does what may fail with a sentence, and makes an error of it. */
function orError(action) {
  try {
    return action();
  } catch (sentence) {
    throw new Error(sentence);
  }
}

export class NianbaoReport extends HTMLElement {
  static get observedAttributes() {
    return ["src", "form-src", "rules-src", "prior-src", "lang", "mode", "view", "drafts"];
  }

  constructor() {
    super();
    const link = document.createElement("link");
    this._slot = make("slot", "own");
    this._slot.addEventListener("slotchange", () => this._contentChanged());
    this.attachShadow({ mode: "open" }).append(link, this._slot);
    this._styled = style(link);
  }

  connectedCallback() {
    for (const name of ["report", "mode", "view"]) this._takeUp(name);
    if (!this._widget || this._outdated) this._load();
  }

  /** One that is only moved is back within the same task, and keeps its view. */
  disconnectedCallback() {
    Promise.resolve().then(() => this.isConnected || this._stop());
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || name === "view") return;
    if (name === "mode" || name === "drafts") {
      // What only shows makes way for the editor; the editor shows as well.
      if (this._widget && this.mode === "edit" && !this._edits) this._load();
      else if (this._widget) this._widget.refresh();
      return;
    }
    if (name === "src") this._give(undefined);
    this._load(name === "lang");
  }

  /** The report that is shown, as a plain object; null where there is none. One that was just set counts as shown. */
  get report() {
    if (typeof this._given === "string" && !this._shown) return JSON.parse(this._given);
    return this._widget ? this._widget.report() : null;
  }

  set report(report) {
    this._give(report ? JSON.stringify(report) : undefined);
    this._load();
  }

  /** What the check found in the report that is shown. */
  get findings() {
    return this._widget ? this._widget.findings() : [];
  }

  get mode() {
    return this.getAttribute("mode") || "view";
  }

  set mode(mode) {
    this.setAttribute("mode", mode);
  }

  get view() {
    return this.getAttribute("view") || "tables";
  }

  set view(view) {
    this.setAttribute("view", view);
  }

  /** Resolves to the findings once the report is read and checked; with `focus`, moves the focus to their summary. */
  async check(options) {
    const widget = await this._settled();
    if (options && options.focus) widget.summary();
    return this.findings;
  }

  /** Takes the last change back; says whether there was one. */
  undo() {
    return this._widget ? this._widget.undo() : false;
  }

  /** Makes the change again that was taken back last; says whether there was one. */
  redo() {
    return this._widget ? this._widget.redo() : false;
  }

  /**
   * Reads a file here in the browser and shows it; rejects with a sentence where it is no report. Where a
   * report is edited, the file takes its place as an edit, which can be undone.
   */
  async importFile(file) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (this.mode === "edit" && this.report) {
      const widget = await this._settled();
      await widget.import(bytes).catch((sentence) => Promise.reject(new Error(sentence)));
      return;
    }
    this._give(bytes);
    this._load();
    await this._settled();
  }

  /** Resolves to the report as a file; rejects where there is none or the format is not at hand. */
  async exportAs(format) {
    const widget = await this._settled();
    return new Blob([orError(() => widget.export(String(format)))], { type: "application/json" });
  }

  /** Moves the focus to a cell such as `requests.received.total`; rejects where there is none. */
  async focusCell(address) {
    const widget = await this._settled();
    orError(() => widget.focus(String(address)));
  }

  /** What is shown in place of `src` and the content. A report that was edited here is a draft of something. */
  _give(given, draftOf) {
    this._given = given;
    this._draftOf = draftOf;
  }

  /** Has a property that was set before the element was defined take effect. */
  _takeUp(name) {
    if (!Object.prototype.hasOwnProperty.call(this, name)) return;
    const value = this[name];
    delete this[name];
    this[name] = value;
  }

  /** The element's own content was filled in or exchanged after it was read. */
  _contentChanged() {
    const counts = this._widget && this._given === undefined && !this.hasAttribute("src");
    if (counts && this._content !== this.innerHTML) this._load();
  }

  /**
   * Reads everything anew; several changes in one task make one reading. What was changed in the report
   * stays where it is the same report `again`, only in another language.
   */
  _load(again = false) {
    this._fresh = this._fresh || !again;
    this._shown = this._shown && again;
    this._outdated = !this.isConnected;
    if (this._outdated || this._starting) return;
    this._starting = true;
    this._work = this._start().catch((error) => this._notStarted(error));
  }

  /** Resolves to nothing, or to the sentence that is shown in place of a report. */
  async _start() {
    let program;
    const edits = this._edits || this.mode === "edit";
    try {
      const started = edits ? loadEditor() : loadWidget();
      [program] = await Promise.all([started, this._styled, this.hasAttribute("src") || parsed()]);
    } finally {
      this._starting = false;
    }
    if (!this.isConnected) return undefined;
    // The mode has changed in the meantime.
    if (this.mode === "edit" && !edits) return this._again();
    const before = edits && !this._edits ? this._release() : undefined;
    if (!this._widget) {
      this._place(before);
      this._edits = edits;
      this._widget = new program.Widget(this, this._mount, this._slot, read, paste);
    }
    this._content = this.innerHTML;
    const again = !this._fresh;
    this._fresh = false;
    const work = this._work;
    const failure = await this._widget.load(this._given, again, this._draftOf);
    if (before) this._reveal(before);
    if (work === this._work) this._shown = true;
    return failure;
  }

  /** Starts once more, with another program. */
  _again() {
    this._starting = true;
    return this._start();
  }

  /** Puts a new place for the view; one that is to take another's place is hidden until it shows something. */
  _place(before) {
    if (this._mount && !before) this._mount.remove();
    this._mount = make("div", "mount");
    this._mount.hidden = Boolean(before);
    this.shadowRoot.insertBefore(this._mount, this._slot);
  }

  /** Gives up the program that shows the report, but not yet what it shows. */
  _release() {
    if (!this._widget) return undefined;
    const { _widget: widget, _mount: mount } = this;
    this._widget = undefined;
    return { widget, mount };
  }

  _reveal({ widget, mount }) {
    if (this._widget) this._widget.open(widget.opened());
    widget.destroy();
    widget.free();
    mount.remove();
    if (this._mount) this._mount.hidden = false;
  }

  _notStarted(error) {
    console.error(error);
    const nearest = this.closest("[lang]") || document.documentElement;
    const message = nearest.lang.startsWith("en") ? NOT_STARTED.en : NOT_STARTED.zh;
    // Where only the editor did not start, the report is shown as it was.
    if (!this._widget) {
      this._place();
      this._mount.textContent = message;
    }
    this.dispatchEvent(new CustomEvent("nianbao-error", { bubbles: true, composed: true, detail: { message } }));
    return message;
  }

  /** Resolves to the widget when the newest reading is shown; rejects with the sentence shown instead. */
  async _settled() {
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
    if (!this._widget) return;
    if (this._widget.edited()) this._give(JSON.stringify(this._widget.report()), this._widget.identity());
    this._widget.destroy();
    this._widget.free();
    this._widget = undefined;
    this._shown = false;
    this._mount.remove();
    this._slot.hidden = false;
  }
}

if (!customElements.get("nianbao-report")) customElements.define("nianbao-report", NianbaoReport);
