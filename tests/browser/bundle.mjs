// Bundles the scenes of tests/frameworks, each with its framework, by the project's esbuild.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { dist, root } from "./launch.mjs";

const frameworks = join(root, "tests/frameworks");
const run = promisify(execFile);

function esbuild() {
  const [, version] = /^ESBUILD_VERSION=(.*)$/m.exec(readFileSync(join(root, "scripts/versions.env"), "utf8"));
  const home = join(process.env.NIANBAO_TOOLS || join(root, ".tools"), `esbuild-${version}`, "node_modules/.bin/esbuild");
  return existsSync(home) ? home : "esbuild";
}

const react = (version) => ({
  entry: "react.jsx",
  options: [
    `--alias:react=react-${version}`,
    `--alias:react-dom=react-dom-${version}`,
    `--alias:report=./react-${version}/Report.jsx`,
    `--alias:tag=./react-${version}/Tag.jsx`,
    "--jsx=automatic",
  ],
});

/** What is bundled of each, and how. */
const bundles = {
  "react-18": react(18),
  "react-19": react(19),
  "vue-2": { entry: "vue-2/main.js", options: ["--alias:vue=vue-2/dist/vue.esm.js"] },
  "vue-3": {
    entry: "vue-3/main.js",
    options: [
      "--alias:vue=vue-3/dist/vue.esm-bundler.js",
      "--define:__VUE_OPTIONS_API__=true",
      "--define:__VUE_PROD_DEVTOOLS__=false",
      "--define:__VUE_PROD_HYDRATION_MISMATCH_DETAILS__=true",
    ],
  },
  angular: { entry: "angular/main.ts", options: [`--tsconfig-raw={"compilerOptions":{"experimentalDecorators":true,"useDefineForClassFields":false}}`] },
};

/** Bundles, and gives what is `made` of the file. */
async function bundled(entry, options, made) {
  const folder = mkdtempSync(join(tmpdir(), "nianbao-bundle-"));
  // Frameworks complain of what is wrong while they are developed with.
  const common = ["--bundle", "--format=esm", '--define:process.env.NODE_ENV="development"', "--log-level=error", "--charset=utf8"];
  try {
    const outfile = join(folder, "out.mjs");
    await run(esbuild(), [entry, ...common, ...options, `--outfile=${outfile}`], { cwd: frameworks });
    return await made(outfile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The script of a framework's scenes. What it imports as `nianbao`, the page says where that is. */
export function bundle(name) {
  const { entry, options } = bundles[name];
  return bundled(entry, [...options, "--external:nianbao"], (file) => readFileSync(file, "utf8"));
}

/** What React makes of a scene on a server, where the module of the element is imported too. */
export function serverRendered(name, scene, given) {
  const { options } = bundles[name];
  const own = ["--platform=node", `--alias:nianbao=${join(dist, "nianbao.js")}`, "--banner:js=import { createRequire } from 'module'; const require = createRequire(import.meta.url);"];
  return bundled("react-server.jsx", [...options, ...own], async (file) => (await run("node", [file, scene, JSON.stringify(given)])).stdout);
}

