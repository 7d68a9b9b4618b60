// What an offline file has to carry for what it is to do.

/** The attributes of an element that go along into the file. */
export const ATTRIBUTES = ["mode", "view", "lang", "charts", "text-size", "offline", "form-src", "rules-src", "prior-src", "history"];

/**
 * The programs beside those of the page itself, in the order in which they stand in the file: `mode` is that in which
 * it opens, `charts` says whether it draws them, `formats` whether it opens and writes the files of others.
 */
export function carried({ mode, charts, formats }) {
  const edits = mode === "edit";
  const shows = edits ? "editor" : charts ? "charts" : "widget";
  const works = [edits || formats ? "reader" : "", formats ? "container" : "", edits || formats ? "writer" : "", formats ? "office" : ""];
  return [shows, ...works].filter(Boolean);
}
