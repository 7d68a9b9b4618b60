// The page of an offline file: the element, and above it a bar that says whose report it is and whether what is seen is
// saved, with what there is to know of the file. Saving is in saving.js.

import "./placing.js";
import "../nianbao.js";
import { about } from "./about.js";
import { printAtFoot } from "./footer.js";
import { make } from "./making.js";
import { calm, save, standing, unsaved, watch } from "./saving.js";
import { language, say } from "./wording.js";

const element = document.querySelector("nianbao-report");
const root = document.documentElement;

const whose = make("p", { className: "nianbao-whose", role: "heading", "aria-level": "1" });
const state = make("p", { className: "nianbao-state", role: "status" });
const saving = make("button", { className: "nianbao-save", type: "button" });
const opening = make("button", { className: "nianbao-more", type: "button", "aria-expanded": "false", "aria-controls": "nianbao-about" });
const bar = make("header", { className: "nianbao-bar" }, whose, state, make("div", { className: "nianbao-acts" }, saving, opening));
const panel = about(element, close);

/** Whether the page is there to be filled in. */
const edits = () => element.mode === "edit";

function open(wanted) {
  panel.shown.hidden = !wanted;
  opening.setAttribute("aria-expanded", String(wanted));
  if (!wanted) return;
  panel.fill();
  panel.shown.scrollIntoView({ block: "nearest" });
}

/** Closes the panel; the focus goes back to where it was opened. */
function close() {
  open(false);
  opening.focus();
}

/** Says what there is to say, where it has changed: a text that is said anew is read out anew. */
function put(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** Whose report of which year it is. */
function nameOf({ agency, year }) {
  const named = agency || say("no-agency");
  return year ? say("whose", { agency: named, year }) : named;
}

function draw() {
  const { report } = element;
  put(whose, report ? nameOf(report) : document.title);
  const { kind, words } = standing();
  put(state, words);
  state.dataset.kind = kind;
  put(saving, say("save"));
  saving.title = say(/Mac|iPhone|iPad/.test(navigator.platform) ? "save-keys-mac" : "save-keys");
  saving.hidden = !edits();
  put(opening, say("about"));
  bar.lang = panel.shown.lang = language();
  bar.dataset.size = panel.shown.dataset.size = element.textSize;
  printAtFoot(element.fingerprint);
  if (!panel.shown.hidden) panel.fill();
}

/** What is above the report, for what sticks below it and for what is scrolled to. */
function measure() {
  const sticks = getComputedStyle(bar).position === "sticky";
  const height = sticks ? Math.ceil(bar.getBoundingClientRect().height) : 0;
  root.style.setProperty("--nianbao-sticky-bar", `${height}px`);
  root.style.setProperty("--nianbao-sticky-top", `calc(${height}px + 1em)`);
  root.style.setProperty("scroll-padding-top", `${height}px`);
}

/** What was in the way before may be no longer. */
function turn() {
  calm();
  draw();
}

function pressed(event) {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  const named = /^[a-z]$/i.test(key) ? key.toLowerCase() === "s" : code === "KeyS";
  if (!edits() || !named || ctrlKey === metaKey || altKey || shiftKey) return;
  event.preventDefault();
  if (!event.repeat) save();
}

watch(element, draw);
root.classList.add("nianbao-runs");
document.body.prepend(bar, panel.shown);
// From then on its static tables are no part of the page for whoever asks its elements, as programs do that read aloud.
element.addEventListener("nianbao-ready", () => root.classList.add("nianbao-shows"), { once: true });
open(false);
draw();
measure();
new ResizeObserver(measure).observe(bar);
addEventListener("resize", measure);

saving.addEventListener("click", save);
opening.addEventListener("click", () => open(panel.shown.hidden));
panel.shown.addEventListener("keydown", (event) => event.key === "Escape" && close());
document.addEventListener("keydown", pressed, true);
addEventListener("beforeunload", (event) => {
  if (!unsaved()) return;
  event.preventDefault();
  event.returnValue = "";
});
new MutationObserver(turn).observe(element, { attributes: true, attributeFilter: ["mode", "view", "lang", "text-size"] });
