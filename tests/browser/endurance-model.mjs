// What a report has to be after whatever was done to it, said once more and as simply as can be: figures in a map, the
// steps that were made in one list, those that were taken back in another. It knows the form's file and nothing of the
// widget; the page and the tests take it as it is.

/** Nothing stands in a cell. */
const BLANK = Object.freeze({ value: null, byHand: false, partial: false, inferred: false, unread: false });

const marks = [["by_hand", "byHand"], ["partial", "partial"], ["inferred", "inferred"], ["unread", "unread"]];
const own = ["figures", "units", ...marks.map(([key]) => key)];

const number = ({ value }) => (typeof value === "number" ? value : undefined);
const same = (one, other) => Object.keys(BLANK).every((key) => one[key] === other[key]);
const alike = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The laws that make a cell the plain sum of others, in the order of the form: `[{ total, parts }]`. */
export function sums(form, addresses) {
  const all = [];
  for (const { table, for_each: each, left, right, severity, compare, when, only } of form.relations) {
    const plain = left?.length === 1 && [...left, ...right].every((term) => /^[a-z_0-9]+$/.test(term));
    if (severity !== "error" || compare || when || only || !plain) continue;
    const cells = addresses.filter((address) => address.startsWith(`${table}.`)).map((address) => address.split(".").slice(1));
    const along = new Set(cells.map(([row, column]) => (each === "row" ? row : column)));
    const cell = (line, name) => (each === "row" ? `${table}.${line}.${name}` : `${table}.${name}.${line}`);
    for (const line of along) all.push({ total: cell(line, left[0]), parts: right.map((name) => cell(line, name)) });
  }
  return all;
}

export class Model {
  constructor(form, addresses) {
    this.addresses = addresses;
    this.title = form.title.zh;
    const laws = sums(form, addresses);
    const depth = (cell) => Math.max(0, ...laws.filter(({ total }) => total === cell).flatMap(({ parts }) => parts.map((part) => 1 + depth(part))));
    /** Totals with their laws, those of plain cells before those of totals. */
    this.totals = Array.from(new Set(laws.map(({ total }) => total)), (cell) => ({ cell, laws: laws.filter(({ total }) => total === cell), depth: depth(cell) }));
    this.totals.sort((one, other) => one.depth - other.depth);
    this.show({ figures: {} });
  }

  /** Another report is shown: nothing has been done to it. */
  show(report) {
    this.state = this.stateOf(report);
    this.done = [];
    this.undone = [];
  }

  stateOf(report) {
    const cells = new Map();
    for (const [cell, value] of Object.entries(report.figures)) cells.set(cell, { ...BLANK, value });
    for (const [key, mark] of marks) {
      for (const cell of report[key] || []) cells.set(cell, { ...(cells.get(cell) || BLANK), [mark]: true });
    }
    const rest = Object.fromEntries(Object.entries(report).filter(([key]) => !own.includes(key)));
    return { cells, rest };
  }

  cell(address) {
    return this.state.cells.get(address) || BLANK;
  }

  /** What the parts of a total come to, by its first law of which any part holds a number. */
  computed({ laws }, content) {
    for (const { parts } of laws) {
      const known = parts.map(content);
      const numbers = known.map(number).filter((part) => part !== undefined);
      if (numbers.length === 0) continue;
      const partial = known.some((part) => part.partial || number(part) === undefined);
      return { sum: numbers.reduce((sum, part) => sum + part), partial };
    }
    return undefined;
  }

  /** Whether a total holds what its parts come to, and follows them. */
  follows({ cell, laws }) {
    const content = this.cell(cell);
    const sum = ({ parts }) => {
      const numbers = parts.map((part) => number(this.cell(part))).filter((part) => part !== undefined);
      return numbers.length ? numbers.reduce((sum, part) => sum + part) : undefined;
    };
    const agrees = laws.some((law) => sum(law) !== undefined && sum(law) === number(content));
    return !content.byHand && (content.value === null || agrees);
  }

  /** What becomes of the cells when values are put into some of them: `[[cell, value]]`. */
  entered(values) {
    const after = new Map();
    const content = (cell) => after.get(cell) || this.cell(cell);
    const put = (cell, value, partial = false) => after.set(cell, { ...BLANK, value, partial });
    for (const [cell, value] of values) put(cell, value);
    const given = new Set(values.map(([cell]) => cell));
    for (const total of this.totals.filter(({ cell }) => given.has(cell))) {
      const computed = this.computed(total, content);
      const { value } = content(total.cell);
      if (value !== null) after.set(total.cell, { ...content(total.cell), byHand: number({ value }) !== computed?.sum });
      else if (computed) put(total.cell, computed.sum, computed.partial);
    }
    for (const total of this.totals.filter(({ cell }) => !given.has(cell))) {
      const touched = total.laws.some(({ parts }) => parts.some((part) => after.has(part)));
      if (!touched || !this.follows(total)) continue;
      const computed = this.computed(total, content);
      put(total.cell, computed ? computed.sum : null, Boolean(computed?.partial));
    }
    return Array.from(after, ([cell, content]) => [cell, this.cell(cell), content]).filter(([, before, after]) => !same(before, after));
  }

  /** Does a step: cells, other parts of the report, or the whole. Says whether anything changes. */
  make({ cells = [], rest = [], whole }) {
    rest = rest.filter(([, before, after]) => !alike(before, after));
    if (cells.length + rest.length === 0 && !whole) return false;
    const step = { cells, rest, whole };
    this.turn(step, 2);
    this.done.push(step);
    this.undone = [];
    return true;
  }

  /** Puts what a step has on one of its sides: 1 before, 2 after. */
  turn({ cells, rest, whole }, side) {
    if (whole) return void (this.state = { cells: new Map(whole[side - 1].cells), rest: whole[side - 1].rest });
    for (const change of cells) this.state.cells.set(change[0], change[side]);
    if (rest.length) this.state.rest = { ...this.state.rest };
    for (const change of rest) {
      if (change[side] === undefined) delete this.state.rest[change[0]];
      else this.state.rest[change[0]] = change[side];
    }
  }

  enter(values) {
    return this.make({ cells: this.entered(values) });
  }

  /** The last step was never made: what is typed goes on with it, or was given up. */
  retract() {
    this.turn(this.done.pop(), 1);
  }

  undo() {
    const step = this.done.pop();
    if (!step) return false;
    this.turn(step, 1);
    this.undone.push(step);
    return true;
  }

  redo() {
    const step = this.undone.pop();
    if (!step) return false;
    this.turn(step, 2);
    this.done.push(step);
    return true;
  }

  /** Sets other parts of the report: `{ key: value }`. */
  write(parts) {
    return this.make({ rest: Object.entries(parts).map(([key, value]) => [key, this.state.rest[key], value]) });
  }

  /** Another report takes its place, which can be taken back. */
  replace(report) {
    if (this.differs(report) === undefined) return false;
    return this.make({ whole: [{ cells: new Map(this.state.cells), rest: this.state.rest }, this.stateOf(report)] });
  }

  /** What was inferred in a cell is confirmed. */
  confirm(cell) {
    const before = this.cell(cell);
    return before.inferred && this.make({ cells: [[cell, before, { ...before, inferred: false }]] });
  }

  /** What fills the blank cells. A mark in place of a number says as little as nothing. */
  zeros() {
    const blank = ({ value, unread }) => !unread && (value === null || (typeof value === "string" && /^[/\\—–-]+$/.test(value)));
    const isTotal = (address) => this.totals.some(({ cell }) => cell === address);
    return this.addresses.filter((address) => blank(this.cell(address))).map((address) => [address, isTotal(address) ? null : 0]);
  }

  /** The title that the form prints. */
  dueTitle({ agency, year } = this.state.rest) {
    return this.title.replace("{agency}", agency).replace("{year}", year);
  }

  /** In what a report is another than it should be; undefined where in nothing. */
  differs(report) {
    const { cells, rest } = this.state;
    let figures = 0;
    for (const [cell, { value }] of cells) {
      if (value === null) continue;
      figures += 1;
      if (report.figures[cell] !== value) return `${cell} is ${JSON.stringify(report.figures[cell])} and should be ${JSON.stringify(value)}`;
    }
    if (Object.keys(report.figures).length !== figures) {
      const more = Object.keys(report.figures).find((cell) => this.cell(cell).value === null);
      return `${more} is ${JSON.stringify(report.figures[more])} and should be blank`;
    }
    for (const [key, mark] of marks) {
      const marked = report[key] || [];
      const wrong = marked.find((cell) => !this.cell(cell)[mark]);
      if (wrong) return `${wrong} is ${key} and should not be`;
      let count = 0;
      for (const [cell, content] of cells) {
        if (content[mark]) count += 1;
        if (content[mark] && !marked.includes(cell)) return `${cell} should be ${key}`;
      }
      if (marked.length !== count) return `${key} has ${marked.length} cells and should have ${count}`;
    }
    const keys = new Set([...Object.keys(rest), ...Object.keys(report)].filter((key) => !own.includes(key)));
    for (const key of keys) {
      if (!alike(sorted(report[key]), sorted(rest[key]))) return `${key} is ${JSON.stringify(report[key])?.slice(0, 200)} and should be ${JSON.stringify(rest[key])?.slice(0, 200)}`;
    }
    return undefined;
  }
}

/** An object's order says nothing. */
function sorted(value) {
  if (!value || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
