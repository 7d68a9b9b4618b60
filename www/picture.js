// Paints a chart: from the text of its SVG file to a PNG. It loads with the first chart that is saved as one.
//
// An image of the SVG would be shorter, but a page's policy may forbid every image that is not a file of the site, and
// the browser's parser too. What the writer puts into a chart is little: groups that are moved, rectangles, paths,
// circles, texts, patterns.

/** How many pixels of the PNG are one of the chart. */
const SCALE = 3;
/** No side of a canvas is made longer. */
const LONGEST = 8192;

/** Resolves to a blob of what the text of an SVG file shows. */
export async function paint(text) {
  const svg = parse(text);
  const [width, height] = [svg.number("width"), svg.number("height")];
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

const CHARACTERS = { amp: "&", lt: "<", gt: ">", quot: '"' };
const plain = (text) => text.replace(/&(amp|lt|gt|quot);/g, (_, name) => CHARACTERS[name]);

class Part {
  constructor(name, attributes, around) {
    Object.assign(this, { name, around, parts: [], text: "" });
    this.attributes = new Map(Array.from(attributes.matchAll(/([\w:-]+)="([^"]*)"/g), ([, key, value]) => [key, plain(value)]));
    if (around) around.parts.push(this);
  }

  /** What is written on it, or on what it stands in. */
  get(key) {
    return this.attributes.has(key) ? this.attributes.get(key) : this.around && this.around.get(key);
  }

  number(key, otherwise = 0) {
    const value = this.attributes.get(key);
    return value === undefined ? otherwise : Number(value);
  }

  find(id) {
    if (this.attributes.get("id") === id) return this;
    for (const part of this.parts) {
      const found = part.find(id);
      if (found) return found;
    }
    return undefined;
  }
}

/** Reads what the writer writes: elements, their attributes in double quotes, text. */
function parse(text) {
  let root;
  let open;
  for (const [, closing, name, attributes, alone, content] of text.matchAll(/<(\/?)([a-z]+)([^<>]*?)(\/?)>|([^<>]+)/g)) {
    if (content !== undefined) {
      if (open) open.text += plain(content);
    } else if (closing) {
      open = open.around;
    } else {
      const part = new Part(name, attributes, open);
      root = root || part;
      if (!alone) open = part;
    }
  }
  return root;
}

function draw(context, around, scale) {
  for (const part of around.parts) {
    if (part.name === "g") {
      context.save();
      const [, x, y] = /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(part.attributes.get("transform") || "") || [0, 0, 0];
      context.translate(Number(x), Number(y));
      draw(context, part, scale);
      context.restore();
    } else if (part.name === "text") {
      write(context, part);
    } else if (["rect", "path", "circle"].includes(part.name)) {
      outline(context, part, scale);
    }
  }
}

function outline(context, part, scale) {
  const path = pathOf(part);
  const fill = part.get("fill") || "#000";
  if (fill !== "none") {
    context.globalAlpha = Number(part.get("fill-opacity") || 1);
    context.fillStyle = fill.startsWith("url(") ? pattern(context, part, fill.slice(5, -1), scale) : fill;
    context.fill(path);
  }
  const stroke = part.get("stroke") || "none";
  if (stroke !== "none") {
    context.globalAlpha = Number(part.get("stroke-opacity") || 1);
    context.strokeStyle = stroke;
    context.lineWidth = Number(part.get("stroke-width") || 1);
    context.lineJoin = part.get("stroke-linejoin") || "miter";
    context.lineCap = part.get("stroke-linecap") || "butt";
    context.setLineDash((part.get("stroke-dasharray") || "").split(/[ ,]+/).filter(Boolean).map(Number));
    context.stroke(path);
  }
  context.globalAlpha = 1;
}

function pathOf(part) {
  if (part.name === "path") return new Path2D(part.attributes.get("d"));
  const path = new Path2D();
  const [x, y, width, height, cx, cy, r] = ["x", "y", "width", "height", "cx", "cy", "r"].map((key) => part.number(key));
  if (part.name === "circle") path.arc(cx, cy, r, 0, 2 * Math.PI);
  else path.rect(x, y, width, height);
  return path;
}

/** The pattern with an id, painted as sharp as everything else. */
function pattern(context, part, id, scale) {
  let root = part;
  while (root.around) root = root.around;
  const tile = root.find(id);
  const [width, height] = [tile.number("width"), tile.number("height")];
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const [across, down] = [canvas.width / width, canvas.height / height];
  const painter = canvas.getContext("2d");
  painter.scale(across, down);
  draw(painter, tile, scale);
  const made = context.createPattern(canvas, "repeat");
  made.setTransform(new DOMMatrix([1 / across, 0, 0, 1 / down, 0, 0]));
  return made;
}

const ANCHORS = { start: "left", middle: "center", end: "right" };

function write(context, part) {
  context.font = `${part.get("font-weight") || 400} ${part.get("font-size") || 16}px ${part.get("font-family") || "sans-serif"}`;
  context.textAlign = ANCHORS[part.get("text-anchor")] || "left";
  context.fillStyle = part.get("fill") || "#000";
  context.fillText(part.text, part.number("x"), part.number("y"));
}
