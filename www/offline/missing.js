// What the file does not carry, in a sentence with what to do.

import { say } from "./wording.js";

const sentences = {
  charts: "cannot-draw",
  editor: "cannot-edit",
  reader: "cannot-read",
  container: "cannot-open",
  writer: "cannot-write",
  office: "cannot-write",
};

/** Why something cannot be done without a program. */
export const missing = (program) => say(sentences[program] || "cannot-read");
