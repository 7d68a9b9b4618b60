// Paints a chart: from the text of its SVG file to a PNG. It loads with the first chart that is saved as one.
//
// An image of the SVG would be shorter, but a page's policy may forbid every image that is not a file of the site.
// What the writer puts into a chart is little: groups that are moved, rectangles, paths, circles, texts, patterns.

/** How many pixels of the PNG are one of the chart. */
const SCALE = 3;
/** No side of a canvas is made longer. */
const LONGEST = 8192;

const number = (element, name, otherwise = 0) => Number(element.getAttribute(name) ?? otherwise);

/** What is written on an element or on what it stands in. */
function inherited(element, name) {
  const known = element.closest(`[${name}]`);
  return known ? known.getAttribute(name) : null;
}

/** Resolves to a blob of what the text of an SVG file shows. */
export async function paint(text) {
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const [width, height] = [number(svg, "width"), number(svg, "height")];
  if (svg.localName !== "svg" || !(width > 0 && height > 0)) throw new Error("It is no SVG file.");
  const scale = Math.min(SCALE, LONGEST / width, LONGEST / height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  draw(context, svg, scale);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("The browser made no PNG."))), "image/png");
  });
}

function draw(context, element, scale) {
  for (const child of element.children) {
    if (child.localName === "g") {
      context.save();
      const [, x, y] = /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(child.getAttribute("transform") || "") || [0, 0, 0];
      context.translate(Number(x), Number(y));
      draw(context, child, scale);
      context.restore();
    } else if (child.localName === "text") {
      write(context, child);
    } else if (["rect", "path", "circle"].includes(child.localName)) {
      outline(context, child, scale);
    }
  }
}

function outline(context, element, scale) {
  const path = pathOf(element);
  const fill = inherited(element, "fill") || "#000";
  if (fill !== "none") {
    context.globalAlpha = Number(inherited(element, "fill-opacity") ?? 1);
    context.fillStyle = fill.startsWith("url(") ? pattern(context, element, fill.slice(5, -1), scale) : fill;
    context.fill(path);
  }
  const stroke = inherited(element, "stroke") || "none";
  if (stroke !== "none") {
    context.globalAlpha = Number(inherited(element, "stroke-opacity") ?? 1);
    context.strokeStyle = stroke;
    context.lineWidth = Number(inherited(element, "stroke-width") ?? 1);
    context.lineJoin = inherited(element, "stroke-linejoin") || "miter";
    context.lineCap = inherited(element, "stroke-linecap") || "butt";
    context.setLineDash((inherited(element, "stroke-dasharray") || "").split(/[ ,]+/).filter(Boolean).map(Number));
    context.stroke(path);
  }
  context.globalAlpha = 1;
}

function pathOf(element) {
  if (element.localName === "path") return new Path2D(element.getAttribute("d"));
  const path = new Path2D();
  if (element.localName === "circle") {
    path.arc(number(element, "cx"), number(element, "cy"), number(element, "r"), 0, 2 * Math.PI);
  } else {
    path.rect(number(element, "x"), number(element, "y"), number(element, "width"), number(element, "height"));
  }
  return path;
}

/** The pattern with an id, painted as sharp as everything else. */
function pattern(context, element, id, scale) {
  const tile = element.ownerDocument.getElementById(id);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(number(tile, "width") * scale);
  canvas.height = Math.round(number(tile, "height") * scale);
  const [across, down] = [canvas.width / number(tile, "width"), canvas.height / number(tile, "height")];
  const painter = canvas.getContext("2d");
  painter.scale(across, down);
  draw(painter, tile, scale);
  const made = context.createPattern(canvas, "repeat");
  made.setTransform(new DOMMatrix([1 / across, 0, 0, 1 / down, 0, 0]));
  return made;
}

const ANCHORS = { start: "left", middle: "center", end: "right" };

function write(context, element) {
  const weight = inherited(element, "font-weight") || "400";
  context.font = `${weight} ${inherited(element, "font-size") || 16}px ${inherited(element, "font-family") || "sans-serif"}`;
  context.textAlign = ANCHORS[inherited(element, "text-anchor")] || "left";
  context.fillStyle = inherited(element, "fill") || "#000";
  context.fillText(element.textContent, number(element, "x"), number(element, "y"));
}
