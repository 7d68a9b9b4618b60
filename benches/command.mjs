// How fast the command checks ten thousand files, and what memory it takes: `make bench`.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { record } from "../tests/browser/figures.mjs";

const FILES = Number(process.env.NIANBAO_BENCH_FILES || 10_000);
const TIMES = Number(process.env.NIANBAO_BENCH_TIMES || 3);
const command = "target/release/nianbao";

const folder = mkdtempSync(join(tmpdir(), "nianbao-bench-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
const report = JSON.parse(readFileSync("www/demo/2023-suqian.json", "utf8"));
for (const [count, name] of [[FILES, "many"], [100, "few"]]) {
  mkdirSync(join(folder, name));
  for (let at = 0; at < count; at += 1) writeFileSync(join(folder, name, `${at}.json`), JSON.stringify({ ...report, agency: `第${at}镇` }));
}

/** Runs the command; gives how many seconds it took, and the most memory that it had, in MB. */
function run(given) {
  return new Promise((done, failed) => {
    const start = performance.now();
    const child = spawn(command, ["check", ...given], { stdio: ["ignore", "ignore", "inherit"] });
    let most = 0;
    const look = setInterval(() => {
      try {
        most = Math.max(most, Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0));
      } catch {
        // It has ended, or the system does not tell.
      }
    }, 5);
    child.once("error", failed);
    child.once("exit", (code) => {
      clearInterval(look);
      if (code > 1) failed(new Error(`It ended with ${code}.`));
      else done({ seconds: (performance.now() - start) / 1000, memory: (most * 1024) / 1e6 });
    });
  });
}

const many = join(folder, "many");
const ways = {
  [`${FILES} files as JSON lines`]: [many, "--json"],
  [`${FILES} files as a table`]: [many],
  [`${FILES} files as JSON lines, with last year’s`]: [many, "--json", "--prior", many],
  "100 files as JSON lines": [join(folder, "few"), "--json"],
};
for (const [name, given] of Object.entries(ways)) {
  const runs = [];
  for (let time = 0; time < TIMES; time += 1) runs.push(await run(given));
  record(name, "s", runs.map(({ seconds }) => seconds));
  record(`${name}: memory`, "MB", runs.map(({ memory }) => memory));
  const median = (of) => runs.map(of).sort((one, other) => one - other)[TIMES >> 1];
  console.log(`${name}: ${median(({ seconds }) => seconds).toFixed(2)} s, ${median(({ memory }) => memory).toFixed(1)} MB`);
}
