// Where the worker of an offline file has its programs from: their scripts stand before it in its own script, and the
// bytes of their modules it has from the page, which unpacks them once they are asked for.

import { NOT_CARRIED } from "./words.js";

/** What is awaited, by name. */
const asked = new Map();

addEventListener("message", (event) => {
  const { part, bytes, refused } = event.data;
  if (!asked.has(part)) return;
  // It is no task.
  event.stopImmediatePropagation();
  const { resolve, reject } = asked.get(part);
  asked.delete(part);
  if (bytes) resolve(bytes);
  else reject(new Error(refused));
});

function bytes(part) {
  return new Promise((resolve, reject) => {
    asked.set(part, { resolve, reject });
    postMessage({ need: part });
  });
}

/** A program that works, as `load` takes it. One that the file does not carry is named to whoever asked for it. */
export function work(name) {
  return {
    name,
    script: async () => {
      const { [name]: program } = self.nianbaoPrograms || {};
      if (!program) throw `${NOT_CARRIED}${name}`;
      return program;
    },
    module: async () => WebAssembly.compile(await bytes(`${name}.wasm`)),
  };
}
