// Figures of a benchmark for the one table that `make bench` makes of them (scripts/bench.mjs): a line of JSON each, in
// the file that NIANBAO_BENCH_FIGURES names. Without that nothing is written.
import { appendFileSync } from "node:fs";

/** Writes a figure down with every run of it. `beside` is what it is compared with: another of the same part. */
export function record(what, unit, runs, beside) {
  const path = process.env.NIANBAO_BENCH_FIGURES;
  if (path) appendFileSync(path, `${JSON.stringify({ what, unit, runs, beside })}\n`);
}
