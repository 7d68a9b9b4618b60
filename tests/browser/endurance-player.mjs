// Somebody who edits a report, at random and without a pause, in the page itself: after every action the report is
// compared with what the model says that it has to be.
import { randomBy } from "./chance.mjs";
import { Model } from "./endurance-model.mjs";

/** What is typed into a cell, and what the cell then holds. */
const TYPED = [
  ["0", 0], ["7", 7], ["12", 12], ["１２", 12], ["1,234", 1234], ["+19", 19], ["减4", -4], ["−3", -3], [" 8 ", 8], ["1234567", 1234567],
  ["", null], ["约3", "约3"], ["/", "/"], ["——", "——"], ["x", "x"], ["1,2", "1,2"],
];
const WRITTEN = ["", "概况。", "2023年共收到政府信息公开申请12件。", "本年收到申请1,234件，办结7件。\n\n上年结转0件。", "<b>不是标记</b> =1+1", "𠮷\t末"];
const MOVES = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Tab", "Home", "End", "F2", "Enter", "Escape"];

/** How often each is done, of all. */
const WEIGHTS = {
  type: 400, typeOn: 160, giveUp: 30, clear: 60, pasteOne: 50, undo: 110, redo: 70, write: 40, cover: 20, move: 60,
  follow: 15, answer: 5, zeros: 4, confirm: 10, paste: 5, set: 3, importFile: 4, importPage: 1, language: 3, charts: 3, modes: 2, away: 1,
};
const TOTAL = Object.values(WEIGHTS).reduce((sum, weight) => sum + weight);

export class Player {
  constructor({ form, addresses, published, page, labels, seed, element }) {
    this.random = randomBy(seed);
    Object.assign(this, { addresses, published, page, labels, element });
    this.model = new Model(form, addresses);
    this.model.show(element.report);
    this.counts = {};
    this.made = 0;
    this.last = [];
    const channel = new MessageChannel();
    /** A task of its own, which comes sooner than a timer. */
    this.task = () =>
      new Promise((come) => {
        channel.port1.onmessage = come;
        channel.port2.postMessage(0);
      });
  }

  get root() {
    return this.element.shadowRoot;
  }

  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }

  field(cell) {
    return this.root.querySelector(`input[data-cell="${cell}"]`);
  }

  /** Lets what is to be done for the last event be done. What takes long is done in several tasks. */
  async rest() {
    for (;;) {
      const start = performance.now();
      await this.task();
      if (performance.now() - start < 10) return;
      await new Promise((later) => setTimeout(later));
    }
  }

  async until(what, holds) {
    for (const end = Date.now() + 60_000; Date.now() < end; ) {
      if (holds()) return;
      await new Promise((later) => setTimeout(later, 5));
    }
    throw new Error(`${what}: that did not come to pass`);
  }

  /** Does so many actions. Throws with the action after which the report is not what it has to be. */
  async play(count) {
    for (let time = 0; time < count; time++) {
      const [name, did] = await this.act().catch((error) => {
        throw new Error(`action ${this.made + 1}: ${error.message}. The last were:\n${this.last.join("\n")}`);
      });
      this.made += 1;
      this.last = [...this.last.slice(-15), `${name} ${JSON.stringify(did).slice(0, 100)}`];
      this.counts[name] = (this.counts[name] || 0) + 1;
      let wrong = this.model.differs(this.element.report);
      // Where the machine is slow, it may come a moment later.
      for (let waited = 0; wrong && waited < 40; waited++) {
        await new Promise((later) => setTimeout(later, 50));
        wrong = this.model.differs(this.element.report);
      }
      if (wrong) throw new Error(`action ${this.made}: ${wrong}. The last were:\n${this.last.join("\n")}`);
    }
    return this.counts;
  }

  async act() {
    let at = this.random() * TOTAL;
    const [name] = Object.entries(WEIGHTS).find(([, weight]) => (at -= weight) < 0);
    // What is typed goes on only where one stays in the cell.
    if (name !== "typeOn" && name !== "giveUp") this.leave();
    const did = await this[name]();
    // Not everything can be done at any time: then a figure is typed.
    if (did !== undefined) return [name, did];
    this.leave();
    return ["type", await this.type()];
  }

  leave() {
    this.typing = undefined;
    this.root.activeElement?.blur();
  }

  /** The cells that are selected: the one that has the focus, where it is no more. */
  selected() {
    const selected = Array.from(this.root.querySelectorAll("td[aria-selected=true]"), ({ dataset }) => dataset.cell);
    return selected.length > 0 ? selected : [this.root.activeElement.dataset.cell];
  }

  async enter(cell) {
    const field = this.field(cell);
    field.focus({ preventScroll: true });
    await this.rest();
    // What is selected stays so while its cell is left and come back to.
    if (this.selected().length > 1) {
      this.field(this.addresses.find((other) => other !== cell)).focus({ preventScroll: true });
      field.focus({ preventScroll: true });
      await this.rest();
    }
    return field;
  }

  /** Selects some cells from a field on, or it alone; gives which. */
  async select(field) {
    for (let time = 0; time < 3 && this.random() < 0.5; time++) await this.press(field, this.pick(["ArrowRight", "ArrowDown"]), { shiftKey: true });
    return this.selected();
  }

  press(field, key, more = {}) {
    field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...more }));
    return this.rest();
  }

  put(field, text, inputType = "insertText") {
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { inputType, bubbles: true, composed: true }));
    return this.rest();
  }

  async type() {
    const cell = this.pick(this.addresses);
    const field = this.field(cell);
    field.focus({ preventScroll: true });
    this.typing = { cell, field, made: false };
    return this.typeOn();
  }

  async typeOn() {
    const { typing } = this;
    if (!typing) return undefined;
    const [text, value] = this.pick(TYPED);
    await this.put(typing.field, text);
    if (typing.made) this.model.retract();
    typing.made = this.model.enter([[typing.cell, value]]);
    return [typing.cell, text];
  }

  async giveUp() {
    const { typing } = this;
    if (!typing) return undefined;
    await this.press(typing.field, "Escape");
    if (typing.made) this.model.retract();
    this.typing = undefined;
    return typing.cell;
  }

  async clear() {
    const field = await this.enter(this.pick(this.addresses));
    const cells = await this.select(field);
    await this.press(field, "Delete");
    this.model.enter(cells.map((cell) => [cell, null]));
    return cells;
  }

  clip(field, text) {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, composed: true, cancelable: true }));
    return this.rest();
  }

  /** One figure, into all cells that are selected. */
  async pasteOne() {
    const field = await this.enter(this.pick(this.addresses));
    const value = Math.floor(this.random() * 1000);
    const cells = await this.select(field);
    await this.clip(field, String(value));
    this.model.enter(cells.map((cell) => [cell, value]));
    return [cells, value];
  }

  /** A block of two rows and two columns, which the reader looks at in its worker. */
  async paste() {
    const rows = ["granted", "partly_granted", "refused_state_secret", "refused_by_law"];
    const columns = ["natural_person", "business", "research", "public_interest"];
    const [row, column] = [this.pick([0, 1, 2]), this.pick([0, 1, 2])];
    const cells = [0, 1].flatMap((down) => [0, 1].map((right) => `requests.${rows[row + down]}.${columns[column + right]}`));
    const values = cells.map((cell) => [cell, Math.floor(this.random() * 1000)]);
    await this.clip(await this.enter(cells[0]), `${values[0][1]}\t${values[1][1]}\n${values[2][1]}\t${values[3][1]}\n`);
    this.model.enter(values);
    await this.until("the block is there", () => this.model.differs(this.element.report) === undefined);
    return values;
  }

  async undo() {
    const undone = this.element.undo();
    if (undone !== this.model.undo()) throw new Error(`undo says ${undone}`);
    await this.rest();
    return undone;
  }

  async redo() {
    const redone = this.element.redo();
    if (redone !== this.model.redo()) throw new Error(`redo says ${redone}`);
    await this.rest();
    return redone;
  }

  async write() {
    const field = this.pick(Array.from(this.root.querySelectorAll("textarea[id^=text-]")));
    if (!field) return undefined;
    const section = field.id.slice("text-".length);
    const text = this.pick(WRITTEN);
    field.focus({ preventScroll: true });
    await this.put(field, text);
    field.blur();
    const sections = { ...(this.model.state.rest.sections || {}) };
    if (text.trim()) sections[section] = text;
    else delete sections[section];
    this.model.write({ sections: Object.keys(sections).length ? sections : undefined });
    return [section, text];
  }

  async cover() {
    const key = this.pick(["agency", "title", "contact", "date", "year"]);
    const field = this.root.getElementById(`cover-${key}`);
    const text = key === "year" ? this.pick(["2021", "2022", "2023", "2024"]) : key === "date" ? this.pick(["2024-01-25", "2024-02-29"]) : this.pick(["某市", "某县人民政府", "年报"]);
    field.focus({ preventScroll: true });
    field.value = text;
    field.dispatchEvent(key === "year" ? new Event("change", { bubbles: true }) : new InputEvent("input", { inputType: "insertText", bubbles: true, composed: true }));
    await this.rest();
    field.blur();
    await this.rest();
    const { rest } = this.model.state;
    const after = { ...rest, [key]: key === "year" ? Number(text) : text };
    if (rest.title === this.model.dueTitle(rest) && key !== "title") after.title = this.model.dueTitle(after);
    this.model.write({ [key]: after[key], title: after.title });
    return [key, text];
  }

  /** Looks around, which changes nothing. */
  async move() {
    let field = await this.enter(this.pick(this.addresses));
    const keys = [];
    for (let time = 0; time < 3; time++) {
      const [key, shiftKey, ctrlKey] = [this.pick(MOVES), this.random() < 0.2, this.random() < 0.1];
      if (key === "Enter" && ctrlKey) continue;
      keys.push(key);
      await this.press(field, key, { shiftKey, ctrlKey });
      field = this.root.activeElement?.matches("input[data-cell]") ? this.root.activeElement : field;
    }
    return keys;
  }

  /** Follows one of the suggestions that are seen. */
  async follow() {
    const buttons = Array.from(this.root.querySelectorAll(".finding button")).filter(({ textContent }) => textContent.trim() === this.labels[this.element.lang].apply);
    const button = this.pick(buttons);
    if (!button) return undefined;
    const finding = button.closest(".finding");
    const own = buttons.filter((other) => other.closest(".finding") === finding);
    const place = Number(finding.querySelector("[id^=finding-]").id.slice("finding-".length));
    const repair = this.element.findings[place].repairs[own.indexOf(button)];
    if (!repair || repair.texts?.length) return undefined;
    const value = (to) => (to === "" ? null : Number.isNaN(Number(to)) ? to : Number(to));
    button.click();
    await this.rest();
    this.model.enter(repair.changes.map(({ cell, to }) => [cell, value(to)]));
    return repair.changes;
  }

  /** Gives a reason for a finding. Of what it is kept with, the model knows no more than that the reason is in it. */
  async answer() {
    const button = this.pick(Array.from(this.root.querySelectorAll("[id^=write-]")));
    if (!button) return undefined;
    button.click();
    await this.rest();
    const reason = `核对过，第${this.made}次`;
    const field = this.root.getElementById("reason");
    field.value = reason;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    await this.rest();
    await this.press(field, "Enter", { ctrlKey: true });
    const { answers } = this.element.report;
    if (!answers?.some((answer) => answer.reason === reason)) throw new Error(`${reason} is not among the answers`);
    this.model.write({ answers });
    return reason;
  }

  async zeros() {
    const labels = this.labels[this.element.lang];
    const press = async (label) => {
      const button = Array.from(this.root.querySelectorAll(".bar button")).find(({ textContent }) => textContent.trim() === label);
      if (button) button.click();
      await this.rest();
      return Boolean(button);
    };
    const values = this.model.zeros();
    if (!(await press(labels.zeros))) {
      if (values.length > 0) throw new Error(`${values.length} cells are blank, and nothing fills them`);
      return undefined;
    }
    await this.rest();
    await press(labels.yes);
    this.model.enter(values);
    return values.length;
  }

  async confirm() {
    const inferred = Array.from(this.model.state.cells).filter(([, content]) => content.inferred);
    if (inferred.length === 0) return undefined;
    const [cell] = this.pick(inferred);
    await this.press(await this.enter(cell), "Enter", { ctrlKey: true });
    this.model.confirm(cell);
    return cell;
  }

  /** A report of a body of its own, so that no draft of another is found for it. */
  another() {
    this.bodies = (this.bodies || 0) + 1;
    const agency = `某县第${this.bodies}局`;
    const { published } = this;
    const report = { ...published, agency, title: this.model.dueTitle({ agency, year: published.year }), figures: { ...published.figures } };
    for (const cell of this.addresses) {
      const dice = this.random();
      if (dice < 0.05) delete report.figures[cell];
      else if (dice < 0.1) report.figures[cell] = Math.floor(this.random() * 100);
    }
    report.inferred = this.addresses.filter((cell) => report.figures[cell] !== undefined && this.random() < 0.05);
    report.unread = this.addresses.filter((cell) => report.figures[cell] === undefined && this.random() < 0.2);
    for (const key of ["inferred", "unread"]) if (report[key].length === 0) delete report[key];
    if (this.random() < 0.2) report.figures = {};
    if (Object.keys(report.figures).length === 0) delete report.inferred;
    return report;
  }

  /** Does what has the report read anew, and waits until that is drawn: before, nobody can have begun to type. */
  async drawn(does) {
    const ready = new Promise((told) => this.element.addEventListener("nianbao-ready", told, { once: true }));
    await does();
    await ready;
    await this.element.check();
    await this.rest();
  }

  async set(report = this.another()) {
    await this.drawn(() => (this.element.report = report));
    this.model.show(report);
    return report.agency;
  }

  /** Shows a report as at first, whatever was shown before. */
  async begin(report) {
    this.element.view = "tables";
    if (this.element.lang !== "zh-CN") await this.drawn(() => (this.element.lang = "zh-CN"));
    await this.set(report);
  }

  async importFile() {
    const report = this.another();
    await this.element.importFile(new File([JSON.stringify(report)], "年报.json"));
    await this.rest();
    this.model.replace(report);
    return report.agency;
  }

  /** A page, which is read in the worker: what comes of it is the same every time. */
  async importPage() {
    await this.element.importFile(new File([this.page], "年报.html"));
    await this.rest();
    const { report } = this.element;
    this.read = this.read || report;
    this.model.replace(this.read);
    return report.agency;
  }

  async language() {
    const language = this.pick(Object.keys(this.labels).filter((language) => language !== this.element.lang));
    await this.drawn(() => (this.element.lang = language));
    return this.element.lang;
  }

  async charts() {
    this.element.view = this.element.view === "charts" ? "tables" : "charts";
    await this.rest();
    return this.element.view;
  }

  /** Looks at the report as its readers do, and goes on editing. */
  async modes() {
    this.element.mode = "view";
    await this.rest();
    const wrong = this.model.differs(this.element.report);
    if (wrong) throw new Error(`while it is only shown: ${wrong}`);
    this.element.mode = "edit";
    await this.until("it is edited again", () => this.root.querySelector("td input"));
    await this.rest();
    return this.made;
  }

  /** Takes the element out of the page and puts it back: the edit stays, the steps do not. */
  async away() {
    const { element } = this;
    const place = element.parentNode;
    await this.drawn(async () => {
      element.remove();
      await new Promise((later) => setTimeout(later, 20));
      place.append(element);
    });
    await this.until("it is edited again", () => this.root.querySelector("td input"));
    this.model.done = [];
    this.model.undone = [];
    return this.made;
  }
}
