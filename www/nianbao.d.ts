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
}

/** One agency's report for one year. Keys that are not named here are kept. */
export interface Report {
  /** `gongkai-2021`, `gongkai-2019`, or a form of one's own. */
  form: string;
  agency: string;
  year: number | null;
  title?: string;
  /** Plain text by section; paragraphs are separated by a blank line. */
  sections?: Record<string, string>;
  /** The headings as published, in order. */
  headings?: string[];
  /** Units that the report writes where the form prints none, by cell. */
  units?: Record<string, string>;
  /** Cells for which something was published that could not be read for sure. */
  unread?: string[];
  /** By cell. A blank cell has no key; text that is no number stays text. */
  figures: Record<string, number | string>;
  [key: string]: unknown;
}

/**
 * `<nianbao-report src="…">`.
 *
 * Attributes: `src` (a report in any form that can be read), `prior-src` (last year's report, for
 * carry-over), `form-src` (a form file of one's own), `lang` (`zh-CN` or `en`; else the page's),
 * `mode`, `view`. Without `src`, a child `<script type="application/json">` is read, or else the
 * element's own HTML, which shows until the report is there and stays if it cannot be read.
 */
export class NianbaoReport extends HTMLElement {
  /** The report that is shown; null where there is none. Setting it shows another. */
  report: Report | null;
  readonly findings: Finding[];
  mode: string;
  view: string;

  /** Resolves to the findings once the report is read and checked; rejects where it cannot be read. */
  check(): Promise<Finding[]>;
  /** Reads a file in the browser and shows it. Rejects with a sentence where it is no report. */
  importFile(file: Blob): Promise<void>;
  /** The report as a file. Rejects with a sentence that names the formats at hand. */
  exportAs(format: "json"): Promise<Blob>;
  /** Moves the focus to a cell and brings it into view. Rejects where there is no such cell. */
  focusCell(address: string): Promise<void>;
}

/** The events of the element. All bubble and leave shadow roots. */
export interface NianbaoEvents {
  /** A report is shown. */
  "nianbao-ready": CustomEvent<null>;
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
