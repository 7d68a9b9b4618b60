// <nianbao-report>: the annual report on government information disclosure as a live view.
//
// This is the one module that a page names. It holds the element and nothing else: what is shown is
// made by widget.js and its module, which load when the first element enters a page, or by charts.js where
// charts are shown and editor.js where a report is edited, which are the same with more in them; files that are not JSON are read,
// and files are made, by background.js, which loads when there is the first of them.

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

/** What shows a report, each with all of the one before it: the widget, with charts, with the editor. */
const shows = [
  () => load("widget", () => import("./widget.js")),
  () => load("charts", () => import("./charts.js")),
  () => load("editor", () => import("./editor.js")),
];
const [CHARTS, EDITOR] = [1, 2];

/** Has something done away from the page: reads a file or a clipboard, makes a file. See background-worker.js. */
const run = async (...task) => (await import("./background.js")).run(...task);

const NOT_STARTED = {
  zh: "年报组件没有启动。请用较新的浏览器打开；仍不成功时，请网站管理员核对 widget.js、widget_bg.wasm、图表用的 charts.js、charts_bg.wasm 和编辑用的 editor.js、editor_bg.wasm 是否已部署，内容安全策略是否允许 'wasm-unsafe-eval'。",
  en: "The report widget did not start. Please use a current browser; if it still fails, the site’s administrator should check that widget.js and widget_bg.wasm, for charts charts.js and charts_bg.wasm, and for editing editor.js and editor_bg.wasm, are deployed and that the content security policy allows 'wasm-unsafe-eval'.",
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

/** Has the text of an SVG file saved under a name, or where that is one of a PNG, what it shows. */
async function savePicture(svg, name) {
  const blob = name.endsWith(".png") ? await (await import("./picture.js")).paint(svg) : new Blob([svg], { type: "image/svg+xml" });
  (await import("./download.js")).save(blob, name);
}

const dragging = ["dragenter", "dragover", "dragleave", "drop"];

export class NianbaoReport extends HTMLElement {
  static get observedAttributes() {
    return ["src", "history", "form-src", "rules-src", "prior-src", "lang", "mode", "view", "charts", "drafts"];
  }

  constructor() {
    super();
    const link = document.createElement("link");
    this._slot = make("slot", "own");
    this._slot.addEventListener("slotchange", () => this._contentChanged());
    this.attachShadow({ mode: "open" }).append(link, this._slot);
    this._styled = style(link);
    for (const name of dragging) this.addEventListener(name, (event) => this._dragged(event));
    this.addEventListener("paste", (event) => this._pasted(event), true);
    // Who points at the way to the charts will want them: what it takes is fetched while the finger comes down.
    for (const name of ["pointerover", "focusin"]) {
      this.shadowRoot.addEventListener(name, ({ target }) => target.id === "view-charts" && this._prepare(CHARTS));
    }
    /** What the view asks for. */
    this._services = {
      run,
      take: (files) => this._take(files),
      save: (format, name) => this._save(format, name),
      picture: savePicture,
    };
  }

  connectedCallback() {
    for (const name of ["report", "history", "mode", "view", "charts"]) this._takeUp(name);
    if (!this._widget || this._outdated) this._load();
  }

  /** One that is only moved is back within the same task, and keeps its view. */
  disconnectedCallback() {
    Promise.resolve().then(() => this.isConnected || this._stop());
  }

  attributeChangedCallback(name, before, now) {
    if (before === now) return;
    if (["mode", "view", "charts", "drafts"].includes(name)) {
      if (this._widget) this._widget.refresh();
      // What shows tables alone makes way for what draws charts, and both for the editor, which shows all.
      if (this._widget && this._needed() > this._program) this._load();
      return;
    }
    if (name === "src") this._give(undefined);
    if (name === "history") this._others = this._further = undefined;
    this._load(name === "lang" || name === "history");
  }

  /** The report that is shown, as a plain object; null where there is none. One that was just set counts as shown. */
  get report() {
    if (typeof this._given === "string" && !this._shown) {
      const given = JSON.parse(this._given);
      // Which of several is shown is not known yet.
      return Array.isArray(given) ? null : given;
    }
    return this._widget ? this._widget.report() : null;
  }

  set report(report) {
    this._give(report ? JSON.stringify(report) : undefined);
    this._load();
  }

  /** The reports at hand beside the one that is shown, as plain objects. Those that were just set count as being there. */
  get history() {
    if (this._further !== undefined && !this._beside) return JSON.parse(this._further);
    return this._widget ? this._widget.history() : [];
  }

  /** Sets them in place of those that the attribute names; without any, the attribute counts again. */
  set history(reports) {
    this._others = undefined;
    this._beside = false;
    this._further = reports ? JSON.stringify(reports) : undefined;
    this._load(true);
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

  /** The charts that may appear, by their ids in their order; null where all do. */
  get charts() {
    return this.getAttribute("charts");
  }

  set charts(charts) {
    if (charts === null || charts === undefined) this.removeAttribute("charts");
    else this.setAttribute("charts", Array.isArray(charts) ? charts.join(" ") : charts);
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
    const { blobOf } = await import("./download.js");
    const { provenance, charts } = options || {};
    const made = await widget.export(String(format), Boolean(provenance), Boolean(charts)).catch((reason) => {
      throw asError(reason);
    });
    return blobOf(made);
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
    const work = widget.import(bytes, name, others, asEdit);
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
    const blob = await this.exportAs(format, { charts: format === "html" && this.view === "charts" });
    (await import("./download.js")).save(blob, name);
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
    this._work = this._start().catch((error) => this._notStarted(error));
  }

  /** Fetches a program that may be needed. That it cannot be had is told once it is. */
  _prepare(program) {
    if (this._program < program) shows[program]().catch(() => {});
  }

  /** Which of the programs that show a report it takes. */
  _needed() {
    if (this.mode === "edit") return EDITOR;
    return this.view === "charts" ? CHARTS : 0;
  }

  /** Resolves to nothing, or to the sentence that is shown in place of a report. */
  async _start() {
    let program;
    const chosen = Math.max(this._program || 0, this._needed());
    try {
      const started = shows[chosen]();
      this._starting = Promise.all([started, this._styled, this.hasAttribute("src") || parsed()]);
      [program] = await this._starting;
    } finally {
      this._starting = undefined;
    }
    if (!this.isConnected) return undefined;
    // The mode or the view has changed in the meantime.
    if (this._needed() > chosen) return this._start();
    const before = chosen > this._program ? this._release() : undefined;
    if (!this._widget) {
      this._place(before);
      this._program = chosen;
      this._widget = new program.Widget(this, this._mount, this._slot, this._services);
    }
    this._content = this.innerHTML;
    const again = !this._fresh;
    this._fresh = false;
    const work = this._work;
    const failure = await this._widget.load(this._given, this._name, again, this._draftOf, this._others || this._further);
    if (before) this._reveal(before);
    if (work === this._work) this._shown = this._beside = true;
    return failure;
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
    const opened = widget.opened();
    const { activeElement: focused } = this.shadowRoot;
    const id = focused && mount.contains(focused) ? focused.id : "";
    widget.destroy();
    widget.free();
    mount.remove();
    if (this._mount) this._mount.hidden = false;
    if (this._widget) this._widget.open(opened);
    // What was pressed keeps the focus.
    const same = id && this.shadowRoot.getElementById(id);
    if (same) same.focus({ preventScroll: true });
  }

  _notStarted(error) {
    console.error(error);
    const nearest = this.closest("[lang]") || document.documentElement;
    const message = nearest.lang.startsWith("en") ? NOT_STARTED.en : NOT_STARTED.zh;
    // Where only the charts or the editor did not start, the report is shown as it was.
    if (!this._widget) {
      this._place();
      this._mount.textContent = message;
    }
    this.dispatchEvent(new CustomEvent("nianbao-error", { bubbles: true, composed: true, detail: { message } }));
    return message;
  }

  /** Resolves to the widget, whatever it shows yet. */
  async _started() {
    while (this._starting) await this._starting.catch(() => {});
    if (this._widget) return this._widget;
    return this._settled();
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
    if (this._widget.edited()) {
      const others = JSON.stringify(this._widget.history());
      this._give(this._widget.kept(), { draftOf: this._widget.identity(), others });
    }
    this._widget.destroy();
    this._widget.free();
    this._widget = undefined;
    this._shown = this._beside = false;
    this._mount.remove();
    this._slot.hidden = false;
  }
}

if (!customElements.get("nianbao-report")) customElements.define("nianbao-report", NianbaoReport);
