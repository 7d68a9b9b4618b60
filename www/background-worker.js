// The work itself: reading what was published, making files. It happens in a worker of its own, or on the page's
// thread where no worker may be started; this module is the same for both. Each program loads when it is first needed.

import { load } from "./parts/loading.js";
import { work as program } from "supply";

const ready = new Set();

async function get(name, hashes) {
  const got = await load(program(name, hashes));
  ready.add(name);
  return got;
}

/** What can be done. `use` gives a program, `tell` says how far it is. */
const tasks = {
  async read({ use, tell }, bytes, name, language, forms, prior) {
    const reader = await use("reader");
    if (!reader.is_container(bytes)) {
      await tell("reading");
      return reader.read(bytes, name, language, forms, prior);
    }
    const container = await use("container");
    await tell("opening");
    const document = container.document(bytes, language);
    await tell("reading");
    return reader.read_document(document, name, language, forms, prior);
  },

  async paste({ use }, html, text, language, forms) {
    return (await use("reader")).paste(html, text, language, forms);
  },

  async write({ use, tell }, report, format, language, forms, others, choices, named) {
    const writer = await use(["docx", "xlsx"].includes(format) ? "office" : "writer");
    await tell("writing");
    const bytes = writer.write(report, format, language, forms, others, choices || [], named);
    return new Blob([bytes], { type: writer.media_type(format) });
  },

  async chart({ use, tell }, ...given) {
    const writer = await use("writer");
    await tell("writing");
    return writer.chart(...given);
  },

  async bundle({ use, tell }, ...given) {
    const writer = await use("writer");
    await tell("writing");
    return new Blob([writer.bundle(...given)], { type: "text/html" });
  },
};

/**
 * Does a task. Resolves to `{ result }`, to `{ refused }` with a sentence for the reader, or where the program is at
 * fault to `{ fault, program, message }`: it is "missing" or has "failed".
 */
export async function work(hashes, task, given, tell) {
  let program = "";
  let fault = "failed";
  const use = async (name) => {
    program = `${name}.js`;
    fault = "missing";
    if (!ready.has(name)) await tell("loading");
    const got = await get(name, hashes);
    fault = "failed";
    return got;
  };
  try {
    return { result: await tasks[task]({ use, tell }, ...given) };
  } catch (error) {
    return typeof error === "string" ? { refused: error } : { fault, program, message: String(error) };
  }
}

if (typeof WorkerGlobalScope === "function" && self instanceof WorkerGlobalScope) {
  addEventListener("message", async ({ data: { id, hashes, task, given } }) => {
    // Heard.
    postMessage({});
    postMessage({ id, ...(await work(hashes, task, given, (stage) => postMessage({ id, stage }))) });
  });
  postMessage("ready");
}
