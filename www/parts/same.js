// Comparing what was made of JSON.

/** Whether two plain values are equal, in whatever order their keys stand. */
export function same(one, other) {
  if (!one || !other || typeof one !== "object" || typeof other !== "object") return one === other;
  const keys = Object.keys(one);
  const has = (key) => Object.prototype.hasOwnProperty.call(other, key);
  return keys.length === Object.keys(other).length && keys.every((key) => has(key) && same(one[key], other[key]));
}
