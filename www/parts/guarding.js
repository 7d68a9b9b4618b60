// What a program that broke down leaves behind is in nobody knows what state: nothing of it runs any more. It becomes
// part of each program's script (scripts/ship.mjs).

/** Whether a function of a module ended in the middle: it found something impossible, or memory or the stack ran out. */
const isTrap = (error) => error instanceof WebAssembly.RuntimeError || error instanceof RangeError || (error && error.name === "InternalError");

/**
 * What a module exports, with its functions watched. The first that ends in a trap has broken the program down, which
 * `fell` hears; from then on none does anything.
 */
export function guarded(exported, fell) {
  let fallen = false;
  const guard = (does) => (...given) => {
    if (fallen) return undefined;
    try {
      return does(...given);
    } catch (error) {
      if (!fallen && isTrap(error)) {
        fallen = true;
        fell(error);
      }
      throw error;
    }
  };
  const all = {};
  for (const name of Object.keys(exported)) all[name] = typeof exported[name] === "function" ? guard(exported[name]) : exported[name];
  return all;
}
