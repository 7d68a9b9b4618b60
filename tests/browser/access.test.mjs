// What readers get who see little or nothing, who use the keyboard alone, who magnify, who set their own colours:
// WCAG 2.2 AA and GB/T 37668 level two. docs/accessibility.md says which clause each of these tests shows.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { faults, noAxe } from "./accessibility.mjs";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import { faulty, forget, htmlPage, json, onStage, readJson, script, showsAReport, showsReport } from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

const wide = { viewport: { width: 1280, height: 900 } };
const narrow = { viewport: { width: 360, height: 740 } };
// axe is evaluated as text, which the strictest policy would refuse.
const stage = (context, play) => onStage({ bypassCSP: true, reducedMotion: "reduce", ...context }, play);

/** Opens a page with a link before the element and one behind it. */
async function open(page, attributes) {
  server.answers["/faulty.json"] = json(faulty());
  const body = `<header><a id="start" href="#start">首页</a></header><main><h1>信息公开年报</h1><nianbao-report ${attributes}></nianbao-report></main><footer><a id="end" href="#end">网站地图</a></footer>`;
  server.answers["/host.html"] = htmlPage(body, `<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><style>body { margin: 0; background: Canvas; color: CanvasText } a { color: inherit }</style>${script}`);
  await page.goto(`${server.url}host.html`);
  await page.waitForFunction(() => document.querySelector("nianbao-report").shadowRoot?.querySelector("td[data-cell], .picture"));
}

const inside = (page) => page.locator("nianbao-report");

async function openAll(page) {
  for (const toggle of await page.locator(".finding [aria-controls]").all()) if (await toggle.isVisible()) await toggle.click();
  for (const details of await page.locator("nianbao-report details").all()) await details.evaluate((element) => (element.open = true));
}

/** What is looked at: attributes of the element, and what a reader has done. */
const scenes = {
  "what is read, opened": { attributes: 'src="/faulty.json"', play: openAll },
  "the menu": { attributes: 'src="/faulty.json"', play: (page) => inside(page).locator("#download").click() },
  "the editor, asking": {
    attributes: 'src="/faulty.json" mode="edit" drafts="off"',
    play: async (page) => {
      await inside(page).locator("#cover-year").fill("2019");
      await page.keyboard.press("Enter");
      await inside(page).locator("#asking").waitFor();
    },
  },
  "the editor, writing": {
    attributes: 'src="/faulty.json" mode="edit" drafts="off"',
    play: async (page) => {
      await inside(page).locator("#text-overview").fill("全年收到政府信息公开申请1件，办结2件。妥否，请批示。");
      await inside(page).locator(".numbers .action").first().waitFor();
      await inside(page).locator("[id^=write-]").first().click();
      await inside(page).locator(".entry input").nth(20).focus();
    },
  },
  charts: {
    attributes: 'src="/demo/2023-pingtan.json" history="/demo/2019-pingtan.json /demo/2020-pingtan.json /demo/2021-pingtan.json" view="charts"',
    play: (page) => inside(page).locator(".datum").first().evaluate((mark) => mark.focus()),
  },
  "charts as tables": {
    attributes: 'src="/demo/2023-suqian.json" view="charts"',
    play: async (page) => {
      for (const button of await inside(page).locator(".chart-tools .views button:last-child").all()) await button.click();
    },
  },
};

const looks = {
  "in forced colours": { ...wide, forcedColors: "active" },
  "in forced colours, dark, at 360 px": { ...narrow, forcedColors: "active", colorScheme: "dark" },
  "with more contrast": { ...wide, contrast: "more" },
  "with more contrast in the dark": { ...wide, contrast: "more", colorScheme: "dark" },
  "in English in the dark at 360 px": { ...narrow, colorScheme: "dark", attributes: 'lang="en"' },
  "in large text": { ...wide, attributes: 'text-size="large"' },
  "in large text in the dark": { ...wide, colorScheme: "dark", attributes: 'text-size="large"' },
  "in large text at 360 px": { ...narrow, attributes: 'text-size="large"' },
  "in large text in English in the dark at 360 px": { ...narrow, colorScheme: "dark", attributes: 'text-size="large" lang="en"' },
};

for (const [look, { attributes = "", ...context }] of Object.entries(looks)) {
  test(`axe finds nothing wrong ${look}`, { skip: noAxe }, () =>
    stage(context, async ({ page }) => {
      for (const [what, scene] of Object.entries(scenes)) {
        await open(page, `${scene.attributes} ${attributes}`);
        await scene.play(page);
        assert.deepEqual(await faults(page), [], what);
      }
    }));

  test(`axe finds nothing wrong ${look} in a draft that another window edits`, { skip: noAxe }, () =>
    stage(context, async ({ page }) => {
      const element = `src="/faulty.json" mode="edit" ${attributes}`;
      await open(page, element);
      const second = await page.context().newPage();
      await open(second, element);
      await second.locator("nianbao-report #draft-notice.warning").waitFor();
      assert.deepEqual(await faults(second), []);
    }));
}

// Tables, as screen readers get them.

/** The leaves of nested heads, each with the labels from the outermost to its own. */
const chains = (heads, above = []) =>
  heads.flatMap(({ id, label, heads }) => (heads ? chains(heads, [...above, label.zh]) : [{ id, chain: [...above, label.zh] }]));
const plain = (text) => text.replace(/\s+/g, "");

/** What the accessibility tree holds of a table, in order: roles and names. */
async function treeOf(page, selector) {
  const client = await page.context().newCDPSession(page);
  await client.send("Accessibility.enable");
  const { result } = await client.send("Runtime.evaluate", { expression: `document.querySelector("nianbao-report").shadowRoot.querySelector(${JSON.stringify(selector)})` });
  const { node } = await client.send("DOM.describeNode", { objectId: result.objectId });
  const { nodes } = await client.send("Accessibility.getFullAXTree");
  const by = new Map(nodes.map((node) => [node.nodeId, node]));
  const found = [];
  const walk = (node, depth) => {
    if (!node.ignored) found.push({ role: node.role?.value, name: plain(node.name?.value ?? ""), level: node.properties?.find(({ name }) => name === "level")?.value.value });
    for (const child of node.childIds ?? []) if (by.has(child)) walk(by.get(child), depth + 1);
  };
  walk(nodes.find(({ backendDOMNodeId }) => backendDOMNodeId === node.backendNodeId), 0);
  await client.detach();
  return found;
}

const requests = () => readJson("forms/gongkai-2021.json").tables.find(({ id }) => id === "requests");

for (const mode of ["view", "edit"]) {
  test(`all 175 figures of the requests table are cells among row and column heads that are exposed as such (${mode})`, () =>
    stage(wide, async ({ page }) => {
      await open(page, `src="/demo/2023-suqian.json" mode="${mode}" drafts="off"`);
      await page.evaluate(() => document.querySelector("nianbao-report").shadowRoot.querySelector('td[data-cell^="requests."]').closest("table").setAttribute("data-here", ""));
      const tree = await treeOf(page, "[data-here]");
      const of = (role) => tree.filter((node) => node.role === role);
      const { rows, columns } = requests();
      const labels = (heads) => heads.flatMap(({ label, heads }) => [plain(label.zh), ...(heads ? labels(heads) : [])]);
      assert.equal(tree[0].role, mode === "edit" ? "grid" : "table");
      assert.deepEqual(of("columnheader").map(({ name }) => name).filter(Boolean).sort(), labels(columns).sort());
      assert.deepEqual(of("rowheader").map(({ name }) => name).sort(), labels(rows).sort());
      const cells = of(mode === "edit" ? "gridcell" : "cell");
      assert.ok(cells.length >= 175 && cells.length <= 177, `${cells.length} cells`);
      if (mode === "edit") {
        // Each field says by itself which one it is.
        const names = of("textbox").map(({ name }) => name);
        assert.deepEqual([names.length, new Set(names).size], [175, 175]);
      } else {
        const { figures } = readJson("www/demo/2023-suqian.json");
        const shown = cells.map(({ name }) => name).filter((name) => /^\d+$/.test(name));
        const wanted = chains(rows).flatMap((row) => chains(columns).map((column) => String(figures[`requests.${row.id}.${column.id}`])));
        assert.deepEqual(shown, wanted);
      }
    }));
}

test("every figure names its whole chain of merged heads, and finds the same heads by where it stands", () =>
  stage(wide, async ({ page }) => {
    for (const mode of ["view", "edit"]) {
      await open(page, `src="/demo/2023-suqian.json" mode="${mode}" drafts="off"`);
      const found = await page.evaluate(() => {
        const root = document.querySelector("nianbao-report").shadowRoot;
        const table = root.querySelector('td[data-cell^="requests."]').closest("table");
        // The grid of the table, as HTML lays it out.
        const grid = [];
        Array.from(table.rows).forEach((row, y) => {
          let x = 0;
          for (const cell of row.cells) {
            while (grid[y]?.[x]) x += 1;
            for (let down = 0; down < cell.rowSpan; down++) for (let on = 0; on < cell.colSpan; on++) (grid[y + down] ??= [])[x + on] = cell;
          }
        });
        const is = (cell, kind) => cell.localName === "th" && cell.scope.startsWith(kind);
        return Array.from(table.querySelectorAll("td[data-cell]"), (cell) => {
          const y = grid.findIndex((line) => line.includes(cell));
          const x = grid[y].indexOf(cell);
          const left = grid[y].slice(0, x).filter((other) => is(other, "row"));
          const above = grid.slice(0, y).map((line) => line[x]).filter((other) => is(other, "col"));
          const texts = (cells) => [...new Set(cells)].map((head) => head.textContent);
          return {
            cell: cell.dataset.cell,
            named: texts(cell.headers.split(" ").map((id) => root.getElementById(id))),
            placed: texts([...left, ...above]),
            label: cell.querySelector("input")?.getAttribute("aria-label") ?? null,
          };
        });
      });
      const { rows, columns } = requests();
      const wanted = chains(rows).flatMap((row) => chains(columns).map((column) => [`requests.${row.id}.${column.id}`, [...row.chain, ...column.chain].map(plain)]));
      assert.equal(wanted.length, 175);
      assert.deepEqual(found.map(({ cell, named }) => [cell, named.map(plain)]), wanted);
      for (const { cell, named, placed, label } of found) {
        assert.deepEqual(placed, named, cell);
        // A field is named by its row and its column.
        if (label !== null) assert.ok(plain(label).includes(plain(named.at(-1))), `${cell}: ${label}`);
      }
    }
  }));

test("the tree has one outline: headings step by step, regions and tables with names, messages in live regions", () =>
  stage(wide, async ({ page }) => {
    for (const attributes of ['src="/faulty.json"', 'src="/faulty.json" mode="edit" drafts="off"', 'src="/demo/2023-suqian.json" view="charts"']) {
      await open(page, attributes);
      const tree = await treeOf(page, ".nianbao");
      const levels = tree.filter(({ role }) => role === "heading").map(({ level }) => level);
      assert.equal(levels[0], 2);
      levels.forEach((level, at) => assert.ok(at === 0 || (level >= 3 && level <= levels[at - 1] + 1), `${attributes}: ${levels}`));
      for (const role of ["region", "navigation", "table", "grid", "figure", "group", "textbox", "button", "link", "combobox", "menu", "progressbar", "heading"]) {
        const unnamed = tree.filter((node) => node.role === role && !node.name);
        // What unfolds is a group too, named by its summary.
        const unfolding = role === "group" ? await page.locator("nianbao-report details").count() : 0;
        assert.ok(unnamed.length <= unfolding, `${attributes}: ${unnamed.length} of ${role}`);
      }
      const marks = tree.filter(({ role }) => role === "image");
      if (attributes.includes("charts")) assert.ok(marks.length > 30 && marks.every(({ name }) => /\d/.test(name)), `${marks.length} marks`);
      if (attributes.includes("edit")) assert.ok(tree.some(({ role }) => role === "status"));
    }
  }));

// The keyboard alone.

/** In the page: what has the focus, how that is seen, and whether it is seen at all. */
const focusNow = (page) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const parse = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const shine = ([red, green, blue]) => [red, green, blue].map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const contrast = (one, other) => {
      const [dark, light] = [shine(one), shine(other)].sort((a, b) => a - b);
      return (light + 0.05) / (dark + 0.05);
    };
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
        const colour = parse(getComputedStyle(at).backgroundColor);
        if (colour.length === 3 || colour[3] === 1) return colour;
      }
      return [255, 255, 255];
    };
    // The ring may be drawn around what the field stands in.
    const rings = [element, element.parentElement, element.parentElement?.parentElement].filter(Boolean).map((at) => {
      const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(at);
      const width = outlineStyle === "none" ? 0 : parseFloat(outlineWidth);
      const ground = behind(parseFloat(outlineOffset) < 0 ? at : at.parentElement ?? at);
      return { width, contrast: width > 0 ? contrast(parse(outlineColor), ground) : 0 };
    });
    const ring = rings.find(({ width }) => width >= 2) ?? rings[0];
    const box = element.getBoundingClientRect();
    const around = element.closest(".scroll") !== element && element.closest(".scroll")?.getBoundingClientRect();
    const [left, right] = [Math.max(box.left, around ? around.left : 0), Math.min(box.right, around ? around.right : innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].map(([x, y]) => [left + (right - left) * x, top + (bottom - top) * y]);
    const root = element.getRootNode();
    const seen = right > left && bottom > top && points.some(([x, y]) => {
      const hit = root.elementFromPoint(x, y);
      return hit && (element.contains(hit) || hit.contains(element) || hit.closest("label")?.contains(element));
    });
    const name = `${element.localName}#${element.id}.${element.getAttribute("class") ?? ""} ${(element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 30)}`;
    window.visited ??= new Set();
    window.visited.add(element);
    return { id: element.id, name, ring, seen };
  });

/** Presses a key until the focus is on an element of the page; every stop on the way. */
async function tour(page, key, end) {
  const stops = [];
  for (let step = 0; step < 900; step++) {
    await page.keyboard.press(key);
    const stop = await focusNow(page);
    if (stop.id === end) return stops;
    stops.push(stop);
  }
  throw new Error(`the ${key} key did not leave: ${stops.slice(-5).map(({ name }) => name).join("; ")}`);
}

/** What can be pressed or filled in, is seen, and was not come to. */
const missed = (page) =>
  page.evaluate(() => {
    const root = document.querySelector("nianbao-report").shadowRoot;
    const all = Array.from(root.querySelectorAll("button, a[href], input, select, textarea, summary, [tabindex]"));
    const folded = (element) => element.closest("details:not([open])") && !element.matches("summary");
    const shown = all.filter((element) => element.getClientRects().length > 0 && !folded(element) && !element.disabled && getComputedStyle(element).visibility === "visible");
    // Within these, arrow keys lead on from the one stop.
    const roving = (element) => element.closest('[role="grid"], .picture, .twin, [role="menu"]') || element.matches('[tabindex="-1"]:not(button):not(a):not(input)');
    // Of the marks of one finding, one is a stop.
    const names = new Set(Array.from(window.visited, (element) => element.getAttribute("aria-label")).filter(Boolean));
    const again = (element) => element.matches(".mark") && names.has(element.getAttribute("aria-label"));
    return shown.filter((element) => !window.visited.has(element) && !(element.tabIndex < 0 && (roving(element) || again(element)))).map((element) => element.outerHTML.slice(0, 120));
  });

for (const [what, attributes, context] of [
  ["what is read", 'src="/faulty.json"', wide],
  ["what is read at 360 px", 'src="/faulty.json"', narrow],
  ["what is read, in the dark", 'src="/faulty.json"', { ...wide, colorScheme: "dark" }],
  ["what is read, in large text at 360 px", 'src="/faulty.json" text-size="large"', narrow],
  ["the editor", 'src="/faulty.json" mode="edit" drafts="off"', wide],
  ["the editor at 360 px", 'src="/faulty.json" mode="edit" drafts="off"', narrow],
  ["the editor, in large text", 'src="/faulty.json" mode="edit" drafts="off" text-size="large"', wide],
  ["the editor at 400 %", 'src="/faulty.json" mode="edit" drafts="off"', { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }],
  ["charts", 'src="/demo/2023-suqian.json" view="charts"', wide],
  ["charts, in large text at 360 px", 'src="/demo/2023-suqian.json" view="charts" text-size="large"', narrow],
]) {
  test(`the Tab key comes to everything and out again, each stop is seen and has a ring: ${what}`, () =>
    stage(context, async ({ page }) => {
      await open(page, attributes);
      await page.locator("#start").focus();
      const stops = await tour(page, "Tab", "end");
      assert.ok(stops.length > 10);
      assert.deepEqual(stops.filter(({ ring }) => ring.width < 2 || ring.contrast < 3), [], "without a ring");
      assert.deepEqual(stops.filter(({ seen }) => !seen).map(({ name }) => name), [], "covered or out of view");
      assert.deepEqual(await missed(page), []);
      const back = await tour(page, "Shift+Tab", "start");
      assert.ok(back.length > 10);
      assert.deepEqual(back.filter(({ seen }) => !seen).map(({ name }) => name), [], "covered or out of view on the way back");
    }));
}

// Magnified, respaced, turned.

/** What is wider than its room though it does not scroll, and what is cut. */
const cut = (page) =>
  page.evaluate(() => {
    const root = document.querySelector("nianbao-report").shadowRoot;
    const found = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page scrolls sideways: ${document.documentElement.scrollWidth}`);
    for (const element of root.querySelectorAll(".nianbao *")) {
      if (element.closest("svg") || element.closest(".hidden") || element.getClientRects().length === 0) continue;
      const { overflowX, overflowY, whiteSpace } = getComputedStyle(element);
      const name = `${element.localName}.${element.className} ${element.textContent.slice(0, 20)}`;
      // A field of one line scrolls by itself.
      const scrolls = element.matches(".scroll, .asking, .line-of input");
      if (!scrolls && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && /hidden|clip/.test(overflowX)) found.push(`cut at the side: ${name} ${whiteSpace}`);
      if (!scrolls && element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 0 && /hidden|clip/.test(overflowY)) found.push(`cut below: ${name}`);
      if (element.matches(".entry input") && element.value && element.scrollWidth > element.clientWidth + 1) found.push(`a value that is not all seen: ${element.value}`);
      const scroll = element.closest(".scroll");
      const box = element.getBoundingClientRect();
      if (!scroll && box.right > innerWidth + 1) found.push(`beyond the edge: ${name}`);
    }
    // Letters never lie over each other.
    const buttons = Array.from(root.querySelectorAll("button, a.entry, .action, .toggle, summary, select")).filter((element) => element.getClientRects().length > 0 && !element.closest(".hidden"));
    const boxes = buttons.map((element) => [element, element.getBoundingClientRect()]);
    boxes.forEach(([one, a], at) => {
      for (const [other, b] of boxes.slice(at + 1)) {
        const over = Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
        // What sticks to an edge lies over what scrolls below it.
        const floats = (element) => element.closest(".bar, .strip, .contents, .row, .corner, .menu ul");
        if (over && !one.contains(other) && !other.contains(one) && !floats(one) && !floats(other)) found.push(`over each other: ${one.textContent.slice(0, 12)}, ${other.textContent.slice(0, 12)}`);
      }
    });
    return found.slice(0, 12);
  });

for (const [what, context, attributes] of [
  ["at 200 %", { viewport: { width: 640, height: 480 }, deviceScaleFactor: 2 }, ""],
  ["at 400 %", { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }, ""],
  ["at 400 % in English", { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 }, 'lang="en"'],
  ["on a phone that lies on its side", { viewport: { width: 740, height: 360 } }, ""],
  ["in large text", wide, 'text-size="large"'],
  ["in large text at 360 px", narrow, 'text-size="large"'],
  ["in large text at 768 px", { viewport: { width: 768, height: 1024 } }, 'text-size="large"'],
  ["in large text in English at 360 px", narrow, 'text-size="large" lang="en"'],
]) {
  test(`nothing is cut, nothing overlaps, only tables scroll sideways ${what}`, () =>
    stage(context, async ({ page }) => {
      for (const [scene, { attributes: own, play }] of Object.entries(scenes)) {
        await open(page, `${own} ${attributes}`);
        await play(page);
        assert.deepEqual(await cut(page), [], scene);
      }
    }));
}

test("with the spacing of a reader’s own nothing is cut or covered", () =>
  stage(wide, async ({ page }) => {
    for (const context of [wide, narrow]) {
      await page.setViewportSize(context.viewport);
      for (const [scene, { attributes, play }] of Object.entries(scenes)) {
        await open(page, attributes);
        // What extensions do to every root of a page.
        await page.evaluate(() => {
          const style = document.createElement("style");
          style.textContent = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }";
          document.querySelector("nianbao-report").shadowRoot.append(style);
        });
        await play(page);
        assert.deepEqual(await cut(page), [], `${scene} at ${context.viewport.width} px`);
      }
    }
  }));

// Large text, for elderly readers.

for (const [what, context] of [["wide", wide], ["at 360 px", narrow]]) {
  test(`in large text, ${what}, texts have 24 px and none fewer than 18, targets 44, lines room`, () =>
    stage(context, async ({ page }) => {
      for (const [scene, { attributes, play }] of Object.entries(scenes)) {
        await open(page, `${attributes} text-size="large"`);
        await play(page);
        const { small, low, body, leading } = await page.evaluate(() => {
          const root = document.querySelector("nianbao-report").shadowRoot;
          const shown = (element) => element.getClientRects().length > 0 && !element.closest(".hidden, [aria-hidden=true]:not(g):not(.tip)") ;
          const letters = [];
          const walker = document.createTreeWalker(root.querySelector(".nianbao"), NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node.data.trim() && shown(node.parentElement)) letters.push(node.parentElement);
          const size = (element) => {
            const svg = element.closest("svg.picture");
            // On a phone a flow, four columns of numbers, has room for ordinary letters only; its table is beside it.
            if (svg && innerWidth < 500 && svg.viewBox.baseVal.width === 300) return 18;
            const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
            return parseFloat(getComputedStyle(element).fontSize) * scale;
          };
          const name = (element) => `${element.localName}.${element.getAttribute("class")} ${element.textContent.slice(0, 14)}`;
          const targets = Array.from(root.querySelectorAll("button, a[href], input:not([type=file]), select, textarea, summary")).filter(shown);
          // A link within a sentence is as high as its line.
          const inline = (element) => element.matches(".sentence, .link") && getComputedStyle(element).display === "inline";
          const text = root.querySelector(".text p, .mirror, .reading");
          const style = text && getComputedStyle(text);
          return {
            small: [...new Set(letters.filter((element) => size(element) < 17.9).map((element) => `${name(element)}: ${size(element)}`))].slice(0, 8),
            low: targets.filter((element) => !inline(element) && element.getBoundingClientRect().height < 43.9).map((element) => `${name(element)}: ${element.getBoundingClientRect().height}`).slice(0, 8),
            body: style && parseFloat(style.fontSize),
            leading: style && parseFloat(style.lineHeight) / parseFloat(style.fontSize),
          };
        });
        assert.deepEqual([small, low], [[], []], scene);
        assert.ok(body >= 24 && leading >= 1.5, `${scene}: ${body} px, ${leading}`);
      }
    }));
}

test("a portal’s switch turns large text on and off, and what is open, typed and drawn stays", () =>
  stage(wide, async ({ page }) => {
    await open(page, 'src="/demo/2023-suqian.json" mode="edit" drafts="off"');
    await inside(page).locator("#view-charts").click();
    await inside(page).locator(".picture").first().waitFor();
    const field = inside(page).locator(".entry input").nth(5);
    await field.fill("123");
    const letters = () => page.evaluate(() => {
      const svg = document.querySelector("nianbao-report").shadowRoot.querySelector(".picture");
      return svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    });
    assert.ok(Math.abs((await letters()) - 1) < 0.02);
    await page.evaluate(() => document.querySelector("nianbao-report").setAttribute("text-size", "large"));
    await page.waitForFunction(() => {
      const svg = document.querySelector("nianbao-report").shadowRoot.querySelector(".picture");
      return Math.abs(svg.getBoundingClientRect().width / svg.viewBox.baseVal.width - 1.5) < 0.02;
    });
    assert.equal(await field.inputValue(), "123");
    await page.evaluate(() => document.querySelector("nianbao-report").removeAttribute("text-size"));
    await page.waitForFunction(() => {
      const svg = document.querySelector("nianbao-report").shadowRoot.querySelector(".picture");
      return Math.abs(svg.getBoundingClientRect().width / svg.viewBox.baseVal.width - 1) < 0.02;
    });
  }));

// Colours.

for (const size of ["normal", "large"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`every colour of the theme stands out from what it stands on: ${size} text, ${colorScheme}`, () =>
      stage({ ...wide, colorScheme }, async ({ page }) => {
        await open(page, `src="/demo/2023-suqian.json" text-size="${size}"`);
        const low = await page.evaluate((text) => {
          const mount = document.querySelector("nianbao-report").shadowRoot.querySelector(".mount");
          const probe = document.createElement("i");
          mount.append(probe);
          const rgb = (name) => {
            probe.setAttribute("class", "");
            probe.style.color = `var(--${name})`;
            return getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
          };
          const shine = (rgb) => rgb.slice(0, 3).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)).reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
          const contrast = (one, other) => {
            const [dark, light] = [shine(rgb(one)), shine(rgb(other))].sort((a, b) => a - b);
            return (light + 0.05) / (dark + 0.05);
          };
          const grounds = ["background", "head"];
          const tints = ["error-tint", "warning-tint", "info-tint", "fine-tint"];
          const pairs = [
            ...grounds.flatMap((ground) => ["text", "muted", "accent"].map((ink) => [ink, ground, text])),
            ...tints.flatMap((tint) => [["text", tint, text], ["muted", tint, 4.5]]),
            ...["error", "warning", "info", "fine"].flatMap((kind) => [[kind, "background", text], [kind, `${kind}-tint`, 4.5]]),
            ["background", "accent", text],
            // What is no text: marks of charts, the frames of fields, axes.
            ...["main", "quiet", "1", "2", "3", "4", "5", "6", "7", "8", "wrong"].map((tone) => [`chart-${tone}`, "background", tone === "2" || tone === "4" ? 2.9 : 3]),
            ...["main", "quiet", "1", "2", "3", "4", "5", "6", "7", "8", "wrong"].map((tone) => [`chart-ink-${tone}`, `chart-${tone}`, 4.5]),
            ["chart-axis", "background", 3],
            ["muted", "background", 3],
          ];
          if (text > 4.5) pairs.push(["line", "background", 3]);
          const found = pairs.map(([ink, ground, least]) => ({ pair: `${ink} on ${ground}`, least, found: contrast(ink, ground) })).filter(({ least, found }) => found < least);
          probe.remove();
          return found;
        }, size === "large" ? 7 : 4.5);
        assert.deepEqual(low, []);
      }));
  }
}

test("in forced colours nothing is told by colour alone: marks, kinds of findings, kinds of charts, what is pressed", () =>
  stage({ ...wide, forcedColors: "active" }, async ({ page }) => {
    await open(page, 'src="/faulty.json"');
    await openAll(page);
    const shapes = await page.evaluate(() => {
      const root = document.querySelector("nianbao-report").shadowRoot;
      const icons = new Set(Array.from(root.querySelectorAll(".group .finding .line > .icon path"), (path) => path.getAttribute("d")));
      const outlined = Array.from(root.querySelectorAll("td.culprit")).every((cell) => getComputedStyle(cell).outlineStyle !== "none");
      return { kinds: icons.size, outlined, culprits: root.querySelectorAll("td.culprit").length };
    });
    assert.ok(shapes.kinds >= 2 && shapes.culprits > 0 && shapes.outlined, JSON.stringify(shapes));
    await open(page, 'src="/demo/2023-suqian.json" view="charts"');
    const patterns = await page.evaluate(() => {
      const root = document.querySelector("nianbao-report").shadowRoot;
      const paths = Array.from(root.querySelectorAll(".chart")).map((chart) => Array.from(chart.querySelectorAll("pattern path"), (path) => path.getAttribute("d")));
      const pressed = Array.from(root.querySelectorAll('.views [aria-pressed="true"]')).every((button) => getComputedStyle(button).backgroundColor !== getComputedStyle(button.parentElement.querySelector('[aria-pressed="false"]')).backgroundColor);
      return { most: Math.max(...paths.map(({ length }) => length)), distinct: paths.every((of) => new Set(of).size === of.length), pressed };
    });
    assert.ok(patterns.most >= 3 && patterns.distinct && patterns.pressed, JSON.stringify(patterns));
  }));
