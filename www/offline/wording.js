// What the page of an offline file says, in the language of its report.

import { fill, knownAs } from "../parts/wording.js";

const sentences = OFFLINE_PAGE;

/** The language that is asked for, as a tag: that of the report, or else the page's. */
export function tag() {
  const element = document.querySelector("nianbao-report");
  return (element && element.lang) || document.documentElement.lang || "";
}

/** The language in which it is said. */
export const language = () => knownAs(sentences, tag());

export const say = (what, values = {}) => fill(sentences[language()][what], values);
