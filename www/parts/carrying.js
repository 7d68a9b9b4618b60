// What an offline file has to carry for what it is to do.

/** What shows a report, each with all of the one before it: the widget, with charts, with the editor. */
export const SHOWS = ["widget", "charts", "editor"];

/**
 * The programs beside those of the page itself, in the order in which they stand in the file: `mode` is that in which
 * it opens, `charts` says whether it draws them, `formats` whether it opens and writes the files of others.
 */
export function carried({ mode, charts, formats }) {
  const edits = mode === "edit";
  const shows = SHOWS[edits ? 2 : charts ? 1 : 0];
  const works = [edits || formats ? "reader" : "", formats ? "container" : "", edits || formats ? "writer" : "", formats ? "office" : ""];
  return [shows, ...works].filter(Boolean);
}
