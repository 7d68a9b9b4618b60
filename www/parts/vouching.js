// What a page demands of nianbao.js, it demands of all that nianbao.js loads: where the tag that names it has an
// `integrity`, every script, style sheet and module has to have the hash that stands in integrity.js, and that file
// the hash that stands here.

const here = (name) => new URL(name, import.meta.url).href;

const demanded = () => typeof document === "object" && Array.from(document.querySelectorAll("script[integrity][src]")).some(({ src }) => src === import.meta.url);
// It is of no use to a worker, which leaves it out for this word.
const named = /* @__PURE__ */ demanded();

let known;

/** Resolves to the hashes of all files by name; to nothing where the page demands none. */
export function hashes() {
  if (named && !known) known = check("integrity.js", INTEGRITY).then(() => import("./integrity.js")).then((file) => file.hashes);
  return known || Promise.resolve({});
}

/** How often scripts could not be had, by name. */
const failed = {};

/** Imports a script, which has to be the one that it should be, and so has what it takes along. */
export async function bring(name, script, ...along) {
  const known = await hashes();
  if (named) await Promise.all([name, ...along].map((one) => check(one, known[one])));
  try {
    return await script();
  } catch (refused) {
    // For as long as a page is open, browsers remember under an address that they could not have it.
    const times = failed[name] || 0;
    failed[name] = times + 1;
    if (times === 0) throw refused;
    const again = `${name}?again=${times}`;
    if (named) await check(again, known[name]);
    return import(here(again));
  }
}

/** Has the browser compare a script with its hash; what does not have it is never run. */
function check(name, integrity) {
  const link = document.createElement("link");
  return new Promise((resolve, reject) => {
    const refuse = () => reject(Object.assign(new Error(`${name} is missing, or is not the file that it should be.`), { altered: name }));
    if (!link.relList.supports("modulepreload")) return void fetch(here(name), { integrity }).then(resolve, refuse);
    Object.assign(link, { rel: "modulepreload", onload: resolve, onerror: refuse, integrity, href: here(name) });
    document.head.append(link);
  }).finally(() => link.remove());
}
