// Saving: the file is made anew with what is seen, and written in place where the browser has a way to do so, or else
// downloaded. One save comes after the other; what is typed meanwhile counts as unsaved.

import { save as download } from "../download.js";
import { fingerprintOf, held, hold, ownName } from "./held.js";
import { say, tag } from "./wording.js";

let element;
let changed;

/** Where the file is written; known once a reader has chosen it. */
let place;
/** The save under way, and whether another one waits for it. */
let saving;
let waiting = false;
/** What came of the last one: what is said of it, and how. */
let outcome;
/** What the report's own program says that is in the way. */
let trouble = "";

/** Follows an element; `tell` hears of whatever there is to say anew. */
export function watch(report, tell) {
  element = report;
  changed = tell;
  for (const name of ["nianbao-ready", "nianbao-change", "nianbao-findings", "input"]) element.addEventListener(name, soon);
  element.addEventListener("nianbao-ready", calm);
  element.addEventListener("nianbao-error", ({ detail }) => {
    trouble = detail.message;
    soon();
  });
}

/** Says no longer what was in the way. */
export const calm = () => (trouble = "");

/** Asks for it once for all that happens in a moment; the element comes first. */
let asked;
function soon() {
  clearTimeout(asked);
  asked = setTimeout(changed, 100);
}

/** Whether what is seen was changed since it was last saved. */
export const unsaved = () => Boolean(element._widget && element._widget.edited());

/** Whether what is seen is saved: in words, and as what kind of state. */
export function standing() {
  if (saving) return { kind: "saving", words: say("saving") };
  if (trouble) return { kind: "failed", words: trouble };
  if (!element.report) return { kind: "file", words: say("opening") };
  if (outcome && outcome.failed) return { kind: "failed", words: outcome.words() };
  if (unsaved()) return { kind: "unsaved", words: say("unsaved") };
  if (outcome) return { kind: "saved", words: outcome.words() };
  const other = element.fingerprint && fingerprintOf(held.report) && element.fingerprint !== fingerprintOf(held.report);
  return other ? { kind: "other", words: say("other") } : { kind: "file", words: say("as-in-file") };
}

/** The name under which it was last downloaded, where the open page is an older file than that. */
export const downloaded = () => (outcome && outcome.downloaded) || "";

/** Saves; or where a save is under way, saves once more after it, if something is unsaved then. */
export function save() {
  if (saving) {
    waiting = true;
    return;
  }
  calm();
  saving = turn().then((came) => {
    saving = undefined;
    outcome = came === undefined ? outcome : came;
    changed();
    // Where the reader has thought better of it, or it failed, the one that waits would come to the same.
    const goesOn = waiting && came !== undefined && !came.failed && unsaved();
    waiting = false;
    if (goesOn) save();
  });
  changed();
}

/** Resolves to what came of it; to nothing where the reader has thought better of it. */
async function turn() {
  const name = (element._widget && element._widget.offline_name()) || ownName();
  let refused;
  if (!place && window.showSaveFilePicker) {
    // It opens only while the reader's key or click is fresh: before the file is made.
    const types = [{ description: say("kind"), accept: { "text/html": [".html"] } }];
    try {
      place = await window.showSaveFilePicker({ suggestedName: name, types });
    } catch (error) {
      if (error.name === "AbortError") return undefined;
      refused = error;
    }
  }
  const text = await rested();
  try {
    const file = await element.exportAs("offline");
    if (place) refused = await write(file);
    if (!place) download(file, name);
    hold(await file.text());
    // What was typed meanwhile is not in it.
    element._saved(text);
    return place ? inPlace(place.name) : asDownload(name, refused);
  } catch (error) {
    return { failed: true, words: () => say("failed", { reason: error.message || error }) };
  }
}

/**
 * Resolves to the report's text once it has come to rest: what was typed while the view was drawn is heard a moment
 * later. Who types on and on is not waited for.
 */
async function rested() {
  let text = element._text();
  for (let [tries, rests] = [0, 0]; tries < 25 && rests < 3; tries += 1) {
    await new Promise((later) => setTimeout(later, 40));
    const now = element._text();
    rests = now === text ? rests + 1 : 0;
    text = now;
  }
  return text;
}

/** Writes in place; resolves to what hinders it. Until it is closed, the file is as it was. */
async function write(file) {
  try {
    const stream = await place.createWritable();
    await stream.write(file);
    return await stream.close();
  } catch (error) {
    place = undefined;
    return error;
  }
}

function inPlace(name) {
  const time = now();
  const own = ownName();
  const words = name === own ? () => say("saved", { name, time }) : () => say("saved-elsewhere", { name, time, own });
  return { words, downloaded: name === own ? "" : name };
}

function asDownload(name, refused) {
  const time = now();
  const why = () => (refused ? `${say("not-in-place", { reason: refused.message || refused.name })} ` : "");
  const words = () => why() + say("downloaded", { name, time });
  return { words, downloaded: name };
}

const now = () => new Date().toLocaleTimeString(tag() || "zh-CN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
