// The fingerprint on paper: at the foot of every sheet where the browser prints margin boxes, or else once, behind the
// report. It takes the place of the one that the sheet of the static tables prints (src/write/html.rs), which is that of
// the file.

import { make } from "./making.js";
import { say } from "./wording.js";

export function footer() {
  const shown = make("p", { className: "nianbao-foot" });
  const sheet = make("style");
  document.head.append(sheet);
  const everywhere = typeof CSSMarginRule === "function";
  let said;
  return {
    shown,
    /** Says the fingerprint of what is seen. */
    say(fingerprint) {
      const text = fingerprint ? say("print", { fingerprint }) : "";
      if (text === said) return;
      said = text;
      shown.textContent = everywhere ? "" : text;
      sheet.textContent = everywhere && text ? `@media print{@page{@bottom-left{content:${JSON.stringify(text)}}}}` : "";
    },
  };
}
