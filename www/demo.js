// The demo page: which report is shown and in which language, both kept in the address, and the
// tag to copy. It runs before nianbao.js, so that the element starts with the right report.

const root = document.documentElement;
const report = document.querySelector("nianbao-report");
const choices = Array.from(document.querySelectorAll(".choices a"));
const words = { "zh-CN": { copied: "已复制", select: "请按 Ctrl+C 复制" }, en: { copied: "Copied", select: "Press Ctrl+C to copy" } };

let current = choices[0];

function setOrRemove(name, value) {
  if (value) report.setAttribute(name, value);
  else report.removeAttribute(name);
}

/** Shows the report that the address names; another fragment leaves the one that is shown. */
function show() {
  current = choices.find((choice) => choice.hash === location.hash) || current;
  for (const choice of choices) {
    if (choice === current) choice.setAttribute("aria-current", "true");
    else choice.removeAttribute("aria-current");
  }
  const { src, priorSrc, history } = current.dataset;
  setOrRemove("prior-src", priorSrc);
  setOrRemove("history", history);
  if (report.getAttribute("src") !== src) report.setAttribute("src", src);
  for (const link of document.querySelectorAll(".file")) link.href = src;
  document.querySelector(".snippet .src").textContent = src;
  document.querySelector(".snippet .prior").textContent = priorSrc ? ` prior-src="${priorSrc}"` : "";
  document.querySelector(".snippet .history").textContent = history ? ` history="${history}"` : "";
  document.querySelector(".copied").textContent = "";
  nameDocument();
}

function nameDocument() {
  const name = current.querySelector("strong").textContent;
  document.title = root.lang === "en" ? `${name} · nianbao` : `${name} · 年报`;
}

/** Speaks the language that the address asks for. */
function speak() {
  root.lang = new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh-CN";
  report.setAttribute("lang", root.lang);
  nameDocument();
}

function switchLanguage(event) {
  event.preventDefault();
  const link = event.currentTarget;
  history.replaceState(null, "", location.pathname + link.search + location.hash);
  speak();
  document.querySelector(root.lang === "en" ? ".switch.en" : ".switch.zh").focus();
}

/** Shows the report for reading, or for answering what was found. */
function switchMode(event) {
  const editing = report.getAttribute("mode") !== "edit";
  setOrRemove("mode", editing && "edit");
  event.currentTarget.setAttribute("aria-pressed", String(editing));
  document.querySelector(".snippet .mode").textContent = editing ? ' mode="edit"' : "";
}

/** Copies the tag; where the clipboard is closed (a page without https), selects it instead. */
async function copy() {
  const code = document.querySelector(".snippet code");
  let copied = true;
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch (closed) {
    getSelection().selectAllChildren(code);
    copied = document.execCommand("copy");
  }
  document.querySelector(".copied").textContent = words[root.lang][copied ? "copied" : "select"];
}

speak();
show();
addEventListener("hashchange", show);
document.querySelector(".copy").addEventListener("click", copy);
document.querySelector(".edit").addEventListener("click", switchMode);
for (const link of document.querySelectorAll(".switch")) link.addEventListener("click", switchLanguage);
