// Files that are made of a report, and handing them to the reader. It loads with the first of them.

/** What the view or the writer made as a file: of text, which is JSON, a blob; any other is one already. */
export const blobOf = (made) => (made instanceof Blob ? made : new Blob([made], { type: "application/json" }));

/** Has the browser save a blob under a name. */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // Some browsers begin to read it only later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
