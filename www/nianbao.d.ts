/** How bad a finding is. */
export type Severity = "error" | "warning" | "info";

/** What the check found. */
export interface Finding {
  /** The name of the rule, such as `requests.balance`. */
  rule: string;
  severity: Severity;
  /** A whole sentence in the element's language: where, both values, the difference, what to do. */
  message: string;
  /** The addresses (`table.row.column`) of all cells that take part, the likeliest culprit first. */
  cells: string[];
  /** Exact decimals, where the rule compares two values. */
  expected: string | null;
  actual: string | null;
  /** Which of the checks under the rule's name it comes from, where there are several. */
  code?: string;
  /** The id of the section that it belongs to; none where it is about the whole report. */
  section?: string;
  /** The words of the report's texts that it is about. */
  quotes?: Quote[];
  /** The arithmetic behind it. */
  equation?: Equation;
  /** The smallest changes that would make every relation hold: one is a suggestion, of several any would do. */
  repairs?: Repair[];
  /** The reason (情况说明) that the report gives for it. Such a finding is settled. */
  answer?: string;
}

/** Words in the text of a section. */
export interface Quote {
  /** The section by id, or `title` for the report's title. */
  section: string;
  /** Where the words begin and end in the text, in Unicode characters, not in UTF-16 units. */
  start: number;
  end: number;
  text: string;
}

/** Both sides of a relation that does not hold. */
export interface Equation {
  name: string;
  /** The notice or article that states it. */
  basis: string;
  /** How the sides should compare. */
  sign: "=" | "≤" | "≥" | "≠";
  left: Operand[];
  right: Operand[];
  left_sum: string;
  right_sum: string;
}

/** One number of an equation. */
export interface Operand {
  /** A cell by address, a cell of last year's report, a place among the finding's quotes, or the rule itself. */
  source: { cell: string } | { prior: string } | { quote: number } | "rule";
  label: string;
  /** The exact number; empty where there is none. */
  value: string;
  /** By what it is multiplied; 1 where it is left out. */
  factor?: number;
  /** The numbers that it should be the sum of. */
  parts?: Operand[];
}

/** One way to make every relation hold. */
export interface Repair {
  /** The cells that change together; `from` is empty for a blank cell. */
  changes: { cell: string; from: string; to: string }[];
  /** What would stand in the texts in place of other words, mostly a number; places as in `Quote`. */
  texts?: { section: string; start: number; end: number; from: string; to: string }[];
  /** What the mistake looks like, as part of a sentence. */
  why?: string;
}

/** A line of a table of indicators. One without `id` has no figures and heads the deeper ones that follow it. */
export interface Indicator {
  /** The row in the addresses of its figures: that of a known indicator, or `item_` and a number. */
  id?: string;
  /** As published; where it is left out, as the known indicator is called. */
  label?: string;
  /** As published; left out where none is. */
  unit?: string;
  /** How deep it stands below the others. */
  level?: number;
}

/** The reason that a report gives for a finding, and what it was given for. */
export interface Answer {
  rule: string;
  code?: string;
  cells: string[];
  /** What stood there: the reason counts as long as that is so. */
  values: Record<string, string>;
  reason: string;
}

/** Where a figure comes from. Tables, rows, columns and lines count from 1. */
export interface Origin {
  /** It stands so in what was published; it follows from that; that was confirmed; a person entered it. */
  how: "read" | "inferred" | "confirmed" | "typed";
  table?: number;
  row?: number;
  column?: number;
  line?: number;
  /** What stood there as published; for figures that ran together all that stood together. */
  text?: string;
}

/** One agency's report for one year. Keys that are not named here are kept. */
export interface Report {
  /** `gongkai-2021`, `gongkai-2019`, `statistics` (before 2019), or a form of one's own. */
  form: string;
  agency: string;
  year: number | null;
  title?: string;
  /** When it was made, and whom to ask about it, as they are printed. */
  date?: string;
  contact?: string;
  /** Plain text by section; paragraphs are separated by a blank line. */
  sections?: Record<string, string>;
  /** The headings as published, in order. */
  headings?: string[];
  /** In reports from before 2019 (`statistics`): the lines of their table as they stand. */
  indicators?: Indicator[];
  /** In such a report: its columns, where it has more than `value`. */
  columns?: string[];
  /** Units that the report writes where the form prints none, by cell. */
  units?: Record<string, string>;
  /** Cells for which something was published that could not be read for sure. */
  unread?: string[];
  /** Cells whose figure was inferred from what must hold, and that nobody has confirmed yet. */
  inferred?: string[];
  /** Totals that were entered by hand and do not follow their parts. */
  by_hand?: string[];
  /** Totals of what is filled in so far, while some of their parts are blank: nothing is judged by them yet. */
  partial?: string[];
  /** The reasons given for findings. */
  answers?: Answer[];
  /** Where the figures come from, where that was asked for: `exportAs("json", { provenance: true })`. */
  provenance?: { file?: string; cells?: Record<string, Origin> };
  /** In a file: a short name of what the report says. It is no part of the report, and may be left out. */
  fingerprint?: string;
  /** By cell. A blank cell has no key; text that is no number stays text. */
  figures: Record<string, number | string>;
  [key: string]: unknown;
}

/**
 * `<nianbao-report src="…">`.
 *
 * Attributes: `src` (a report in any form that can be read, or several, with spaces between the addresses),
 * `history` (further reports, likewise: of earlier years, of other bodies), `prior-src` (last year's report, to
 * compare with), `form-src` (a form file of one's own), `rules-src` (an office's own rules), `lang` (`zh-CN`,
 * `zh-Hant` or `en`; else the page's), `mode` (`view`, or `edit`: the report is filled in; its module is loaded then),
 * `view` (`tables`, or `charts`: the figures drawn; in the editor they stand below the tables), `charts` (the ids of
 * the charts that may appear, separated by spaces, in their order: all without it, none and no choice between tables and
 * charts where it is empty), `text-size` (`large` or `larger`: for readers who want larger text; a portal's own switch sets
 * it), `loading` (`lazy`: nothing is fetched before the element is nearly seen). Without `src`, a child `<script type="application/json">` is read, or else the element's own
 * HTML, which shows until the report is there and stays if it cannot be read.
 *
 * JSON may be a list of reports. Of several in `src`, in such a list, or set as `report`, the newest one of the
 * first one's agency is shown, and the others are at hand as `history` is: pictures over the years and among
 * agencies are drawn of them, and last year's report is compared with where there is no `prior-src`. One of them
 * that cannot be read, or that comes twice for an agency and a year, is left out, and a finding (`history`) says so.
 *
 * With `mode="edit"`, every change is kept in this browser (IndexedDB, database `nianbao`) within 300 ms as
 * a draft of what is shown: of the address in `src`, of the element by its page and its `name` or `id`, or
 * of a report that was set, by its form, agency and year. When the same is shown again, the draft is shown
 * in its place, with a notice and the way back to what is published. One window edits a draft at a time:
 * in others it is read-only, `undo()` and `redo()` there are false, until the reader takes it over. Where
 * the browser keeps nothing, the editor says so and leaving the page asks. `drafts="off"` keeps none. In a page that was
 * made by `exportAs("offline")`, which has the attribute `offline`, a draft is one of what the file holds, whatever the
 * file is called and wherever it lies.
 *
 * In a `<form>` it takes part like an input: with a `name`, its value goes along, the report's JSON. It is invalid
 * while an `error` finding stands, and with `required` while cells are blank; a form that is invalid is not sent, and
 * the focus goes to the findings. `disabled`, a disabled `<fieldset>` and `readonly` keep it from being edited. A form's
 * reset takes all changes back; coming back by the browser's history finds them again. While it is edited it has the
 * state `edited`: `nianbao-report:state(edited)`.
 *
 * What keeps the widget from starting is told by `nianbao-error`, with the header or file to change; the element's own
 * content stays.
 */
export class NianbaoReport extends HTMLElement {
  /** The report that is shown; null where there is none. Setting it shows another; of a list, the newest one. */
  get report(): Report | null;
  set report(report: Report | Report[] | null);
  /**
   * The reports at hand beside it. Setting them puts them in place of those that the attribute names, which count
   * again when it is set to null; what is edited stays. Text is taken for addresses, as the attribute has them.
   */
  get history(): Report[];
  set history(reports: Report[] | string | null);
  readonly findings: Finding[];
  /**
   * A short name of what the report says, such as `9F3A-22C0-71BE-04D8`: it stands at the foot of what is printed and
   * in every file, so that a copy on paper can be matched to its data. Empty where there is no report.
   */
  readonly fingerprint: string;
  /** Resolves when the element shows something for the first time, be it why there is no report. */
  readonly ready: Promise<NianbaoReport>;
  /** The addresses that the attributes of these names hold; empty without them. */
  src: string;
  priorSrc: string;
  formSrc: string;
  rulesSrc: string;
  drafts: string;
  mode: string;
  /** What is shown: `tables` or `charts`. The reader can change it, and the attribute follows. */
  view: string;
  /** The ids of the charts that may appear, separated by spaces, in their order; null where all do. A list may be set too. */
  get charts(): string | null;
  set charts(charts: string | string[] | null);
  /** `large` or `larger`; empty for ordinary text. */
  textSize: string;
  /** `lazy`, or empty. */
  loading: string;

  /** In a form: the name under which the report goes along. */
  name: string;
  /** The report as JSON text, as a form sends it; empty where there is none. Setting it shows another. */
  value: string;
  disabled: boolean;
  readOnly: boolean;
  required: boolean;
  readonly type: string;
  readonly form: HTMLFormElement | null;
  /** The following are undefined in browsers that associate no elements with forms (Firefox before 98, WebKit before 16.4). */
  readonly labels: NodeList | undefined;
  readonly validity: ValidityState | undefined;
  readonly validationMessage: string | undefined;
  readonly willValidate: boolean | undefined;
  /** Whether no error stands, and with `required` nothing is blank. */
  checkValidity(): boolean;
  /** The same, and moves the focus to the findings where it is not so. */
  reportValidity(): boolean;
  /** Makes it invalid for a reason of the page's own; with an empty one no longer. */
  setCustomValidity(message: string): void;
  /** Moves the focus to the result of the check. */
  focus(): void;

  /**
   * Resolves to the findings once the report is read and checked; rejects where it cannot be read.
   * With `focus`, the keyboard's focus moves to the summary of the findings.
   */
  check(options?: { focus?: boolean }): Promise<Finding[]>;
  /** Takes the last change of the report back; false where there is none. */
  undo(): boolean;
  /** Makes the change again that was taken back last; false where there is none. */
  redo(): boolean;
  /**
   * Reads a file in the browser, away from the page, and shows it; in the editor as an edit, which can be
   * undone. Its name is noted as where the figures come from. Rejects with a sentence where it is no report,
   * and with an `AbortError` where the reader cancels it; a report that was shown stays then. What is dropped
   * on the element or pasted into it as a file is read likewise.
   */
  importFile(file: Blob): Promise<void>;
  /**
   * The report as a file; JSON with where its figures come from, if that is wanted, a page with the charts. `offline` is
   * one page that holds this view with the report, and makes no request: to be filled in as here (`mode`, that of the
   * element unless it is given), with charts (where they are shown here), with the formats of files (where it is
   * edited). Rejects with a sentence that names the formats at hand, and with an `AbortError` where the reader cancels it.
   */
  exportAs(format: "json", options?: { provenance?: boolean }): Promise<Blob>;
  exportAs(format: "html", options?: { charts?: boolean }): Promise<Blob>;
  exportAs(format: "offline", options?: { mode?: "view" | "edit"; charts?: boolean; formats?: boolean }): Promise<Blob>;
  exportAs(format: "docx" | "xlsx" | "csv" | "md"): Promise<Blob>;
  /** Moves the focus to a cell and brings it into view. Rejects where there is no such cell. */
  focusCell(address: string): Promise<void>;
}

/**
 * The events of the element. All bubble and leave shadow roots. As any control it tells `change` too, after every edit of
 * the report, be it a figure, a text or a reason; what a page sets is no edit.
 */
export interface NianbaoEvents {
  /** A report is shown. */
  "nianbao-ready": CustomEvent<null>;
  /** A cell has changed, by typing or in any other way; totals that follow tell of themselves. `value` is null where it is blank now. */
  "nianbao-change": CustomEvent<{ cell: string; value: number | string | null }>;
  /** After every reading and every change, also of texts or reasons alone; of what is typed, once it pauses. */
  "nianbao-findings": CustomEvent<{ findings: Finding[] }>;
  /** There is no report to show; the message is the sentence that the reader sees. */
  "nianbao-error": CustomEvent<{ message: string }>;
}

declare global {
  interface HTMLElementTagNameMap {
    "nianbao-report": NianbaoReport;
  }
  interface HTMLElementEventMap extends NianbaoEvents {}
}
