// Elements of the page around the report.

/** An element with what is set on it, and with what stands in it. */
export function make(name, set = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(set)) {
    if (key === "className") element.className = value;
    else element.setAttribute(key, value);
  }
  element.append(...content);
  return element;
}
