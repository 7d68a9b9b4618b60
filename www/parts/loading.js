// Getting a program: its script and its WebAssembly module, which belong together. It becomes part of nianbao.js for
// the page and of background-worker.js for the worker (scripts/ship.mjs).

/** By program, what the build that this script belongs to has stamped its module with. */
const builds = BUILDS;

const loaded = new Map();

/**
 * Gets a program ready, once for the whole page; one that failed may be tried again. `script` imports its script,
 * `address` is that of its module, which has to have the hash `integrity` where there is one.
 */
export function load(name, script, address, integrity) {
  if (!loaded.has(name)) {
    const started = start(name, script, address, integrity);
    started.catch(() => loaded.delete(name));
    loaded.set(name, started);
  }
  return loaded.get(name);
}

async function start(name, script, address, integrity) {
  if (typeof WebAssembly !== "object") throw new Error("WebAssembly is missing.");
  const compiling = compile(address, integrity);
  // Both are on their way at once; what is wrong with the script is told first.
  compiling.catch(() => {});
  const program = await script();
  const module = await compiling;
  const [stamp] = WebAssembly.Module.customSections(module, "nianbao");
  const build = stamp ? new TextDecoder().decode(stamp) : "";
  if (build !== builds[name]) {
    throw Object.assign(new Error(`${name}_bg.wasm is ${build}, not ${builds[name]}.`), { expected: builds[name], build });
  }
  await program.default({ module_or_path: module });
  return program;
}

/** Compiles a module while it comes in, or where its type keeps the browser from that, once it is there. */
async function compile(address, integrity) {
  const answer = await fetch(address, integrity ? { integrity } : undefined).catch((error) => {
    throw integrity ? Object.assign(error, { altered: address.split("/").pop() }) : error;
  });
  if (!answer.ok) throw new Error(`${address} answers ${answer.status}.`);
  const type = answer.headers.get("content-type") || "";
  if (WebAssembly.compileStreaming && /^application\/wasm\s*(;|$)/i.test(type)) return WebAssembly.compileStreaming(answer);
  console.warn(`nianbao: ${address} comes as "${type}". With the header "Content-Type: application/wasm" it would start sooner.`);
  return WebAssembly.compile(await answer.arrayBuffer());
}
