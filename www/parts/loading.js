// Getting a program: its script and its WebAssembly module, which belong together. It becomes part of nianbao.js for
// the page and of background-worker.js for the worker (scripts/ship.mjs).

/** By program, what the build that this script belongs to has stamped its module with. */
const builds = BUILDS;

const loaded = new Map();

/** By program, what it takes to begin it anew without fetching anything. */
const kept = new Map();

/**
 * Gets a program ready, once for the whole page; one that failed may be tried again, and one that has broken down is
 * begun anew. `script` brings its script, `module` compiles its module. `program.fell` hears when it breaks down.
 */
export function load({ name, script, module }) {
  if (!loaded.has(name)) {
    const started = start(name, script, module, () => loaded.delete(name));
    started.catch(() => loaded.delete(name));
    loaded.set(name, started);
  }
  return loaded.get(name);
}

async function start(name, script, compile, forget) {
  if (!kept.has(name)) kept.set(name, await fetched(name, script, compile));
  const { begin, module } = kept.get(name);
  const program = begin((error) => {
    forget();
    if (started.fell) started.fell(error);
  });
  const started = { ...program };
  await program.default({ module_or_path: module });
  return started;
}

async function fetched(name, script, compile) {
  if (typeof WebAssembly !== "object") throw new Error("WebAssembly is missing.");
  const compiling = compile();
  // Both are on their way at once; what is wrong with the script is told first.
  compiling.catch(() => {});
  const { begin } = await script();
  const module = await compiling;
  const [stamp] = WebAssembly.Module.customSections(module, "nianbao");
  const build = stamp ? new TextDecoder().decode(stamp) : "";
  if (build !== builds[name]) {
    throw Object.assign(new Error(`${name}_bg.wasm is ${build}, not ${builds[name]}.`), { expected: builds[name], build });
  }
  return { begin, module };
}
