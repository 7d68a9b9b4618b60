// Has the work of background-worker.js done away from the page, so that it never stalls. It loads when there is
// something to read or to make.
//
// One worker does it for the whole page. It is kept for the next file, and ended after a minute without work, for its
// memory. To cancel a task, it is ended too, and whatever else it had to do is begun again in a new one.

import { ownThread, workers } from "supply";

/** How long a worker without work is kept, in milliseconds. */
const KEPT = 60_000;

/** How long a worker that has nothing else to do may be silent on a task, in milliseconds. */
const SILENT = 10_000;

/** The ways to start a worker. */
const ways = workers();

/** The way that is tried next; behind the last, the page's own thread does the work. */
let way = 0;
/** The worker, once it answers; null for the page's own thread. */
let started;
let idle;
let silent;
let count = 0;
const jobs = new Map();

/**
 * Does a task. The files that it takes have to have their `hashes`, where these say so. `tell` hears of its stages, with whether the page stands still meanwhile. Rejects with a sentence, with
 * an error that has a `fault`, or with an AbortError where `signal` was given.
 */
export function run(hashes, task, given, tell, signal) {
  return new Promise((resolve, reject) => {
    count += 1;
    const id = count;
    jobs.set(id, { hashes, task, given, tell: tell || (() => {}), resolve, reject });
    if (signal) signal.addEventListener("abort", () => cancel(id));
    if (signal && signal.aborted) cancel(id);
    else begin(id);
  });
}

async function begin(id) {
  clearTimeout(idle);
  started = started || start();
  const mine = started;
  const worker = await mine;
  // It was cancelled meanwhile, or begun again in another worker.
  if (mine !== started || !jobs.has(id)) return;
  const { hashes, task, given } = jobs.get(id);
  if (!worker) return here(id);
  worker.postMessage({ id, hashes, task, given });
  // It answers at once that it has heard. One that does not was ended, of which nobody is told.
  if (jobs.size === 1) silent = setTimeout(stop, SILENT);
}

async function start() {
  for (; way < ways.length; way += 1) {
    try {
      return await greeted(await ways[way]());
    } catch (refused) {
      // The next way, then.
    }
  }
  return null;
}

/** Resolves to a worker once it answers; a policy that forbids it is told by an event in place of an answer. */
function greeted(worker) {
  return new Promise((resolve, reject) => {
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      reject(event);
    };
    worker.onmessage = () => {
      worker.onmessage = ({ data }) => hear(data);
      worker.onerror = worker.onmessageerror = ({ message }) =>
        jobs.size > 0 && hear({ id: jobs.keys().next().value, fault: "failed", program: "background-worker.js", message });
      resolve(worker);
    };
  });
}

function hear({ id, stage, ...answer }) {
  clearTimeout(silent);
  const job = jobs.get(id);
  if (!job) return;
  if (stage) job.tell(stage, false);
  else settle(id, answer);
}

function settle(id, { result, refused, fault, program, message }) {
  const { resolve, reject } = jobs.get(id);
  jobs.delete(id);
  if (fault) console.error(`nianbao: ${program} ${fault}. ${message}`);
  if (fault) reject(Object.assign(new Error(message), { fault, program }));
  else if (refused === undefined) resolve(result);
  else reject(refused);
  // Nobody knows in what state a program is that has failed; and what did not load is asked for once only.
  if (fault) stop();
  else if (jobs.size === 0) idle = setTimeout(stop, KEPT);
}

function cancel(id) {
  const job = jobs.get(id);
  if (!job) return;
  jobs.delete(id);
  job.reject(new DOMException("cancelled", "AbortError"));
  stop();
}

/** Ends the worker. What it has not done is begun again in a new one. */
function stop() {
  clearTimeout(silent);
  if (started) started.then((worker) => worker && worker.terminate());
  started = undefined;
  for (const id of jobs.keys()) begin(id);
}

/** Ends the worker if it has nothing to do: nobody is left who could want something of it. */
export function rest() {
  clearTimeout(idle);
  if (jobs.size === 0) stop();
}

/** Does a task on the page's own thread. What is told before is painted first. */
async function here(id) {
  const { hashes, task, given, tell } = jobs.get(id);
  const told = async (stage) => {
    if (!jobs.has(id)) return;
    tell(stage, true);
    await new Promise((painted) => setTimeout(painted, 50));
  };
  let answer;
  try {
    answer = await (await ownThread()).work(hashes, task, given, told);
  } catch (error) {
    // Where not even this loads, it was no policy that kept workers away.
    [way, started] = [0, undefined];
    answer = { fault: "missing", program: "background-worker.js", message: String(error) };
  }
  if (jobs.has(id)) settle(id, answer);
}
