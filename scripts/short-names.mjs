// A module and the script that wasm-bindgen made for it call each other by names of words and a hash each. Nobody else
// knows them, and hashes cannot be compressed: short names in both files save a fiftieth of the first download.

const [IMPORTS, EXPORTS] = [2, 7];

/** What the script alone calls of what a module exports: the ways into closures. The rest is called by its name. */
const isGlue = (name) => name.startsWith("wasm_bindgen_");

/** The bytes of a module and the text of its script, with short names in both. `from` is what the script is called in the module. */
export function withShortNames(module, script, from) {
  const names = new Map([[from, "_"]]);
  const short = (name) => {
    if (!names.has(name)) names.set(name, `$${names.size.toString(36)}`);
    return names.get(name);
  };
  const sections = sectionsOf(module).map(({ id, bytes, content }) => {
    if (id !== IMPORTS && id !== EXPORTS) return bytes;
    const items = content.list(() => {
      const called = id === IMPORTS ? [short(content.text()), short(content.text())] : [content.text()].map((name) => (isGlue(name) ? short(name) : name));
      return Buffer.concat([...called.map(text), id === IMPORTS ? content.imported() : content.exported()]);
    });
    return section(id, Buffer.concat([number(items.length), ...items]));
  });
  const words = script.replaceAll(JSON.stringify(from), JSON.stringify(short(from))).replace(/[\w$]+/g, (word) => names.get(word) ?? word);
  return { module: Buffer.concat([module.subarray(0, 8), ...sections]), script: words };
}

function sectionsOf(module) {
  const file = new Reader(module, 8);
  const sections = [];
  while (file.at < module.length) {
    const begin = file.at;
    const id = file.byte();
    const end = file.number() + file.at;
    sections.push({ id, bytes: module.subarray(begin, end), content: new Reader(module, file.at) });
    file.at = end;
  }
  return sections;
}

class Reader {
  constructor(bytes, at) {
    Object.assign(this, { bytes, at });
  }

  byte() {
    return this.bytes[this.at++];
  }

  number() {
    let [read, weight, byte] = [0, 1, 0];
    do {
      byte = this.byte();
      read += (byte & 127) * weight;
      weight *= 128;
    } while (byte & 128);
    return read;
  }

  text() {
    const length = this.number();
    return this.bytes.toString("utf8", this.at, (this.at += length));
  }

  list(item) {
    return Array.from({ length: this.number() }, item);
  }

  /** What is imported: functions alone, by their types. */
  imported() {
    const begin = this.at;
    if (this.byte() !== 0) throw new Error("Something is imported that is no function.");
    this.number();
    return this.bytes.subarray(begin, this.at);
  }

  /** What is exported: its kind and its place. */
  exported() {
    const begin = this.at;
    this.byte();
    this.number();
    return this.bytes.subarray(begin, this.at);
  }
}

function number(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return Buffer.from([...bytes, value]);
}

function text(value) {
  const bytes = Buffer.from(value);
  return Buffer.concat([number(bytes.length), bytes]);
}

function section(id, content) {
  return Buffer.concat([Buffer.from([id]), number(content.length), content]);
}
