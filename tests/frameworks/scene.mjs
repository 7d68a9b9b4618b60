// What the scenes of all frameworks have in common. A scene is the tag in some piece of a page; the tests put it up,
// change what it is given, and take it down:
//
//   await scene.show("tag", { src: "a.json", mode: "edit" });   // again with others: they change
//   scene.heard                                                 // what the tag told, as { name, from, detail }
//   await scene.end();

export const events = ["nianbao-ready", "nianbao-change", "nianbao-findings", "nianbao-error", "change"];

/** What a scene gives the tag; what is undefined is not given. */
export const given = ["id", "src", "mode", "view", "lang", "charts", "name", "drafts", "disabled", "form", "report", "history"];

export const heard = [];

/** Listeners for the tag, in the framework's own way. */
export const on = Object.fromEntries(
  events.map((name) => [name, (event) => heard.push({ name, from: event.target.id, detail: event.detail })]),
);

/** What of the properties the tag is given. */
export const tagged = (properties) => Object.fromEntries(given.filter((name) => name in properties).map((name) => [name, properties[name]]));

/** Makes it known to the tests. */
export function stage(scenes) {
  window.scene = { heard, saved: [], ...scenes };
}
