// Why the program of an offline file did not start, in a sentence. It stands in the place of ../trouble.js.

import { carries } from "./held.js";
import { missing } from "./missing.js";
import { say } from "./wording.js";

export function explain(error, name) {
  if (error.said) return say(error.said);
  return carries(name) || error.build ? say("not-started", { reason: String(error.message || error) }) : missing(name);
}

export const explainStyle = () => say("not-started", { reason: "nianbao.css" });
