// node bench.mjs [PART…]: runs the benchmarks one after the other, or the parts that are named, and makes one table of
// all figures: target/bench/bench.md and bench.json. What a part prints goes to the screen as it comes.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { arch, cpus, release, totalmem } from "node:os";
import { join } from "node:path";
import { findChromium } from "../tests/browser/find-chromium.mjs";

const cargo = (...given) => ["cargo", ...given];
const node = (script) => ["node", script];
const parts = {
  size: { name: "Bytes over the wire", run: [node("scripts/size.mjs")] },
  corpus: { name: "What is read right of real reports", run: [cargo("test", "--release", "--test", "all", "corpus", "--", "--nocapture")] },
  repair: { name: "Which wrong figures are found", run: [cargo("test", "--release", "--lib", "measured", "--", "--nocapture")] },
  check: { name: "Checking, natively", run: [cargo("bench", "--bench", "check")] },
  reading: { name: "Reading files, natively", run: [cargo("bench", "--bench", "reading")] },
  torn: { name: "Figures that ran together", run: [cargo("bench", "--bench", "torn")] },
  command: { name: "The command over many files", run: [cargo("build", "--release", "--bin", "nianbao"), node("benches/command.mjs")] },
  editing: { name: "Filling in, in Chromium", run: [node("tests/browser/bench.mjs")] },
  worker: { name: "Reading files, in a worker of Chromium", run: [node("tests/browser/bench-reading.mjs")] },
  charts: { name: "Charts, in Chromium", run: [node("tests/browser/bench-charts.mjs")] },
  peers: { name: "Beside other ways to build the same report", run: [node("tests/browser/bench-peers.mjs")] },
  offline: { name: "The offline file beside other single files", run: [node("tests/browser/bench-offline.mjs")] },
};

const out = "target/bench";
mkdirSync(out, { recursive: true });
const asked = process.argv.slice(2);
const unknown = asked.filter((part) => !parts[part]);
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. There are: ${Object.keys(parts).join(", ")}`);
  process.exit(2);
}
const chosen = asked.length > 0 ? asked : Object.keys(parts);
for (const part of chosen) measure(part);
writeTable();

/** Runs a part; its figures stand in a file of its own, so that a part that is run alone leaves the others as they were. */
function measure(part) {
  const figures = join(out, `${part}.jsonl`);
  const written = `${figures}.part`;
  rmSync(written, { force: true });
  const start = Date.now();
  for (const [command, ...given] of parts[part].run) {
    console.log(`\n── ${parts[part].name}: ${[command, ...given].join(" ")}`);
    const { status } = spawnSync(command, given, { stdio: "inherit", env: { ...process.env, NIANBAO_BENCH_FIGURES: written } });
    if (status !== 0) {
      console.error(`The part ${part} failed; the table stays without its new figures.`);
      process.exitCode = 1;
      return;
    }
  }
  const lines = existsSync(written) ? readFileSync(written, "utf8") : "";
  rmSync(written, { force: true });
  writeFileSync(figures, `${JSON.stringify({ taken: new Date(start).toISOString(), seconds: Math.round((Date.now() - start) / 1000) })}\n${lines}`);
}

function writeTable() {
  const machine = circumstances();
  const known = Object.keys(parts).filter((part) => existsSync(join(out, `${part}.jsonl`)));
  const all = known.map((part) => {
    const [about, ...figures] = readFileSync(join(out, `${part}.jsonl`), "utf8").trim().split("\n").map((line) => JSON.parse(line));
    return { part, name: parts[part].name, repeat: `make bench PARTS=${part}`, ...about, figures: figures.map((figure) => summed(figure, figures)) };
  });
  writeFileSync(join(out, "bench.json"), `${JSON.stringify({ circumstances: machine, parts: all }, null, 1)}\n`);
  const text = [
    "# Measured",
    "",
    ...machine.map((line) => `- ${line}`),
    "- Each figure: the median of its runs, the least and the most, and how many times what it is compared with.",
    "- All of it again: `make bench`. A part: `make bench PARTS=check`, or several: `PARTS=\"check torn\"`.",
    ...all.flatMap(section),
    "",
  ].join("\n");
  writeFileSync(join(out, "bench.md"), text);
  console.log(`\n${text}\nIt stands in ${out}/bench.md and bench.json.`);
}

function section({ name, repeat, taken, seconds, figures }) {
  const row = ({ what, unit, median, least, most, runs, beside, times }) =>
    `| ${[what, `${shown(median)} ${unit}`, runs > 1 ? `${shown(least)}–${shown(most)}` : "", runs, times ? `${times.toFixed(2)} × ${beside}` : ""].join(" | ")} |`;
  const head = ["| | median | least–most | runs | beside |", "|---|---:|---:|---:|---|"];
  return ["", `## ${name}`, "", `\`${repeat}\`, ${taken.slice(0, 10)}, ${seconds} s`, "", ...(figures.length > 0 ? [...head, ...figures.map(row)] : ["No figures."])];
}

/** A figure with its median, its spread and, where it is compared, how many times the other's median it is. */
function summed({ what, unit, runs, beside }, figures) {
  const sorted = [...runs].sort((one, other) => one - other);
  const median = middle(sorted);
  const other = beside && figures.find((figure) => figure.what === beside && figure.unit === unit);
  const times = other && median / middle([...other.runs].sort((one, another) => one - another));
  return { what, unit, median, least: sorted[0], most: sorted[sorted.length - 1], runs: runs.length, beside: times ? beside : undefined, times };
}

function middle(sorted) {
  return sorted[Math.floor(sorted.length / 2)];
}

/** A number with three digits that count, or all of a whole one. */
function shown(number) {
  if (Number.isInteger(number)) return number.toLocaleString("en");
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(number) || 1)));
  return number.toLocaleString("en", { minimumFractionDigits: Math.min(digits, 4), maximumFractionDigits: Math.min(digits, 4) });
}

/** What the figures were taken with: the machine, and the version of everything. */
function circumstances() {
  const said = (command, ...given) => (spawnSync(command, given, { encoding: "utf8" }).stdout ?? "").trim();
  const toml = readFileSync("Cargo.toml", "utf8");
  const lock = readFileSync("Cargo.lock", "utf8");
  const direct = [...toml.split("[dependencies]")[1].split("[build-dependencies]")[0].matchAll(/^([\w-]+) = /gm)].map(([, name]) => name);
  const version = (name) => new RegExp(`name = "${name}"\nversion = "(.*)"`).exec(lock)?.[1];
  const peers = Object.entries(JSON.parse(readFileSync("benches/peers/package.json", "utf8")).dependencies);
  const tools = [...readFileSync("scripts/versions.env", "utf8").matchAll(/^([A-Z_]+)_VERSION=(.*)$/gm)];
  const state = said("git", "status", "--porcelain") ? ", changed since" : "";
  return [
    `nianbao ${/^version = "(.*)"$/m.exec(toml)[1]}, ${said("git", "rev-parse", "--short", "HEAD")}${state}`,
    `${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${arch()}, Linux ${release()}`,
    `${said("rustc", "--version")}; Node ${process.version}; ${said(findChromium(), "--version")}`,
    `Compared with: ${peers.map(([name, number]) => `${name} ${number}`).join(", ")}`,
    `Tools: ${tools.map(([, name, number]) => `${name.toLowerCase().replaceAll("_", "-")} ${number}`).join(", ")}`,
    `Crates: ${direct.filter(version).map((name) => `${name} ${version(name)}`).join(", ")}`,
  ];
}
