// The fingerprint of what is seen, at the foot of every sheet of paper, where the browser prints margin boxes; the report
// itself ends with it everywhere. It takes the place of the one that the sheet of the static tables prints
// (src/write/html.rs), which is that of the file.

import { make } from "./making.js";
import { say } from "./wording.js";

const sheet = make("style");
document.head.append(sheet);

export function printAtFoot(fingerprint) {
  const content = JSON.stringify(fingerprint ? say("print", { fingerprint }) : "");
  const text = `@media print{@page{@bottom-left{content:${content}}}}`;
  if (sheet.textContent !== text) sheet.textContent = text;
}
