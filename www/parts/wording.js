// What a script says of its own: the catalogues' sentences that scripts/ship.mjs has set into it.

export const primary = (tag) => tag.toLowerCase().split("-")[0];

/** Of the languages of some sentences the one for a tag: its own, one of its kind, else the official one. */
export function knownAs(sentences, tag) {
  const wanted = tag.toLowerCase();
  const known = Object.keys(sentences);
  return (
    known.find((one) => one.toLowerCase() === wanted) ||
    (/^zh-(hant|tw|hk|mo)\b/.test(wanted) && known.find((one) => one === "zh-Hant")) ||
    known.find((one) => primary(one) === primary(wanted)) ||
    "zh-CN"
  );
}

/** A sentence with its names filled in. */
export const fill = (sentence, values) => sentence.replace(/\{ *\$(\w+) *\}/g, (all, name) => (name in values ? values[name] : all));
