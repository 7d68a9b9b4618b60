// What the benchmarks have in common: since when a page stands, and how figures of several runs are told.

import { record } from "./figures.mjs";

/**
 * In the page, before anything of it: watches frame by frame whether the tables stand, and the charts. What is `alone`
 * counts only in the shadow of what it is within, not where it stands as plain content before; with `frames`, what
 * stands in those of the page counts too.
 */
export function watch({ within, alone, frames, result, cells, chart, charts, drawn, count, wantsCharts }) {
  const roots = () => [...(alone ? [] : [document]), ...Array.from(document.querySelectorAll(within ?? "nothing"), ({ shadowRoot }) => shadowRoot).filter(Boolean), ...Array.from(frames ? document.querySelectorAll("iframe") : [], ({ contentDocument }) => contentDocument).filter(Boolean)];
  const all = (selector) => roots().flatMap((root) => Array.from(root.querySelectorAll(selector)));
  const number = (cell) => (cell.querySelector("input")?.value ?? cell.textContent).trim().replaceAll(",", "");
  const figures = () => all(cells).filter((cell) => /^-?\d+(\.\d+)?$/.test(number(cell)));
  const stand = () => (!result || all(result).some(({ textContent }) => textContent.trim())) && figures().length >= count;
  const drawnToo = () => (!drawn || document.querySelector(drawn)) && all(chart).length >= charts;
  const bench = (window.bench = { tasks: [] });
  bench.result = () => (result ? all(result).map(({ textContent }) => textContent).join() : "");
  /** The figures as they are read: from top to bottom, from left to right. */
  bench.figures = () =>
    figures()
      .map((cell) => ({ figure: Number(number(cell)), ...cell.getBoundingClientRect().toJSON() }))
      .sort((one, other) => (Math.abs(one.top - other.top) > 2 ? one.top - other.top : one.left - other.left))
      .map(({ figure }) => figure);
  /** Charts that are there but show nothing. */
  bench.emptyCharts = () =>
    all(chart).filter((place) => {
      const canvas = place.querySelector("canvas");
      if (canvas) return new Set(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data).size < 3;
      const inside = (node) => [...node.querySelectorAll("path, rect"), ...Array.from(node.querySelectorAll("*"), ({ shadowRoot }) => shadowRoot).filter(Boolean).flatMap(inside)];
      return inside(place).length < 3;
    }).length;
  new PerformanceObserver((list) => bench.tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })))).observe({ type: "longtask", buffered: true });
  /** Notes the moment after the frame since which it holds: what is taken away again did not stand. */
  const follow = (name, holds) => {
    let held = false;
    const look = () => {
      held = holds();
      if (!held) bench[name] = undefined;
      else if (bench[name] === undefined) setTimeout(() => held && (bench[name] = bench[name] ?? performance.now()));
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  };
  follow("stood", stand);
  if (wantsCharts) follow("drawn", drawnToo);
  /** Whether all has been there for so long. */
  bench.rests = (after) => Boolean(bench.stood && (bench.drawn || !wantsCharts)) && performance.now() > Math.max(bench.stood, bench.drawn || 0) + after;
}

/** Waits until all of a page has been there for so long. */
export const rest = (page, after) => page.waitForFunction((after) => window.bench.rests(after), after, { polling: 100 });

/** Throws unless a page shows the figures that are expected, in their order, and where that is said, what its check says. */
export async function mustStand(page, expected, says) {
  const shown = await page.evaluate(() => window.bench.figures());
  const wrong = expected.findIndex((figure, at) => figure !== shown[at]);
  if (wrong >= 0 || shown.length !== expected.length) {
    throw new Error(`It shows ${shown.length} figures of ${expected.length}; figure ${wrong + 1} is ${shown[wrong]} and should be ${expected[wrong]}.`);
  }
  const result = await page.evaluate(() => window.bench.result());
  if (says && !says.test(result)) throw new Error(`The result of its check is: ${result}`);
}

/** Writes the figures of all runs down, column by column, each beside that of the first. */
export function recordAll(runs, names, columns, before = "") {
  const [first] = Object.keys(names).filter((id) => runs[id].length > 0);
  const called = (id, head) => `${before}${names[id]}: ${head.replace(/, \S+$/, "")}`;
  for (const { head, of, unit } of columns) {
    for (const id of Object.keys(names)) {
      const values = runs[id].map(of);
      if (values.length === 0 || values.some((value) => value === undefined)) continue;
      record(called(id, head), /, (\S+)$/.exec(head)?.[1] ?? "", values.map((value) => value / unit), id === first ? undefined : called(first, head));
    }
  }
}

const sorted = (numbers) => [...numbers].sort((one, other) => one - other);
export const median = (numbers) => sorted(numbers)[Math.floor(numbers.length / 2)];

/** A figure of all runs: its median with how far they are apart, and how often it is the widget's. */
export function cell(runs, widget, { of, unit, digits }) {
  const values = runs.map(of);
  if (values.some((value) => value === undefined)) return "–";
  const number = (value) => (value / unit).toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const [least, , most] = [Math.min(...values), median(values), Math.max(...values)].map(number);
  const apart = least === most ? "" : ` (${least}–${most})`;
  const times = runs === widget ? "" : ` ×${(median(values) / median(widget.map(of))).toFixed(2)}`;
  return `${number(median(values))}${apart}${times}`;
}
