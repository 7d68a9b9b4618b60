// Charts: what they say to whoever cannot see them, the ways between marks and cells, the files they become.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { dist, root } from "./launch.mjs";
import { notFound, serve } from "./server.mjs";
import { focusIs, focused, forget, htmlPage, json, onStage, readJson, script, showsAReport, tabTo } from "./stage.mjs";

/** Other people’s reports, where they are there. */
const corpus = process.env.NIANBAO_CORPUS ?? join(root, "../shared/reports");

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());

const suqian = readJson("www/demo/2023-suqian.json");
const inside = (page) => page.locator("nianbao-report");

/** Opens a page with the element, and waits for its charts where these are to be shown. */
async function host(page, attributes, { head = script, answers = {} } = {}) {
  forget(server);
  Object.assign(server.answers, answers);
  server.answers["/host.html"] = htmlPage(`<main><h1>年报</h1><nianbao-report id="r" ${attributes}></nianbao-report></main>`, head);
  await page.goto(`${server.url}host.html`);
  if (attributes.includes('view="charts"')) await inside(page).locator(".chart").first().waitFor();
  else await showsAReport(page);
}

/** The accessibility tree: every node with its role, name, description and the names of the nodes in it. */
async function tree(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const known = new Map(nodes.map((node) => [node.nodeId, node]));
  const children = (node) => (node.childIds ?? []).map((id) => known.get(id)).filter(Boolean).flatMap((child) => (child.ignored ? children(child) : [child]));
  const value = (part) => part?.value ?? "";
  const plain = (node) => ({ role: value(node.role), name: value(node.name), description: value(node.description), children: children(node).map(plain) });
  return nodes.filter(({ ignored }) => !ignored).map(plain);
}

/** The marks of a chart as a screen reader has them. */
const marksIn = (nodes, title) =>
  nodes.find(({ role, name, children }) => role === "group" && name === title && children.some(({ role }) => role === "image"))?.children.filter(({ role }) => role === "image");

const drawn = (page, chart) => inside(page).locator(`#chart-${chart}`).locator("xpath=ancestor::figure");
const cell = (address) => `cell-${address}`;
const count = (address) => suqian.figures[address];

test("the charts of a large report say every figure to a screen reader", () =>
  onStage({}, async ({ page, complaints }) => {
    await host(page, 'src="demo/2023-suqian.json" view="charts"');
    const nodes = await tree(page);
    const charts = await page.evaluate(() =>
      Array.from(document.getElementById("r").shadowRoot.querySelectorAll(".chart"), (chart) => ({
        title: chart.querySelector(".chart-title").textContent,
        reading: chart.querySelector(".reading").textContent,
        marks: chart.querySelectorAll("[data-mark]").length,
      })),
    );
    assert.ok(charts.length >= 5, JSON.stringify(charts));
    for (const { title, reading, marks } of charts) {
      const group = nodes.find(({ role, name, children }) => role === "group" && name === title && children.some(({ role }) => role === "image"));
      assert.ok(group, `${title} is a group of its marks`);
      assert.equal(group.description, reading);
      const names = group.children.map(({ name }) => name);
      assert.equal(names.length, marks, `furniture is silent: ${names}`);
      assert.ok(names.every((name) => /[\u4e00-\u9fff].*\d/.test(name)), names.join("\n"));
      assert.equal(new Set(names).size, names.length, "no two are called the same");
    }
    const outcomes = marksIn(nodes, "申请办得怎样").map(({ name }) => name);
    const granted = outcomes.find((name) => name.includes("予以公开"));
    const share = ((100 * count("requests.granted.total")) / count("requests.handled_total.total")).toFixed(1);
    assert.match(granted, new RegExp(`，${count("requests.granted.total")}件，${share}%$`));
    assert.match(charts[1].reading, new RegExp(`办结${count("requests.handled_total.total")}件.*予以公开${share}%`));
    assert.deepEqual(complaints, []);
  }));

test("the widths of the flow are its cells times one factor", () =>
  onStage({}, async ({ page }) => {
    await host(page, 'src="demo/2023-suqian.json" view="charts"');
    const flows = await drawn(page, "flow").evaluate((figure) =>
      Array.from(figure.querySelectorAll("[data-mark]"), (mark) => {
        const [band] = mark.querySelectorAll("path.paint-flow");
        const [node] = mark.querySelectorAll("rect.paint-fill");
        // The first point is the upper edge of a band where it begins, the last the lower.
        const points = band && band.getAttribute("d").match(/-?[\d.]+,-?[\d.]+/g).map((point) => point.split(",").map(Number));
        const height = band ? points[points.length - 1][1] - points[0][1] : Number(node.getAttribute("height"));
        return { name: mark.getAttribute("aria-label"), height, band: Boolean(band) };
      }),
    );
    const number = ({ name }) => Number(name.match(/，([\d,]+)件/)[1].replace(/,/g, ""));
    const received = flows.find(({ name, band }) => !band && name.includes("新收"));
    const factor = received.height / count("requests.received.total");
    assert.ok(factor > 0);
    assert.ok(flows.filter(({ band }) => band).length >= 10, JSON.stringify(flows));
    for (const flow of flows) {
      const width = number(flow) * factor;
      assert.ok(Math.abs(flow.height - width) < 0.05, `${flow.name}: ${flow.height}, not ${width}`);
    }
    // And what is said of them is what stands in the cells.
    for (const [row, name] of [["received", "新收"], ["carried_in", "上年结转"], ["handled_total", "办结"], ["carried_out", "结转下年度"]]) {
      const node = flows.find((flow) => !flow.band && flow.name.includes(name));
      assert.equal(number(node), count(`requests.${row}.total`), name);
    }
  }));

test("by the keyboard alone from a mark to its cell, back, and from the cell to the mark", () =>
  onStage({ reducedMotion: "reduce" }, async ({ page, complaints }) => {
    await host(page, 'src="demo/2023-suqian.json"');
    await tabTo(page, ({ id }) => id === "view-charts");
    await page.keyboard.press("Enter");
    await inside(page).locator(".chart").first().waitFor();
    assert.equal(await page.evaluate(() => document.getElementById("r").view), "charts");
    assert.equal((await focused(page)).id, "view-charts");
    await tabTo(page, ({ id }) => id === "mark-outcomes-0");
    await page.keyboard.press("ArrowDown");
    await focusIs(page, "mark-outcomes-1");
    await page.keyboard.press("End");
    const last = await focused(page);
    await page.keyboard.press("Home");
    await focusIs(page, "mark-outcomes-0");
    assert.notEqual(last.id, "mark-outcomes-0");
    const { name } = await focused(page);
    await page.keyboard.press("Tab");
    assert.doesNotMatch((await focused(page)).id, /^mark-outcomes/, "a picture is one stop");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await focusIs(page, cell("requests.granted.total"));
    assert.equal(await page.evaluate(() => document.getElementById("r").view), "tables");
    assert.ok(name.includes(String(count("requests.granted.total"))), name);
    await page.keyboard.press("Escape");
    await focusIs(page, "mark-outcomes-0");
    assert.equal(await page.evaluate(() => document.getElementById("r").getAttribute("view")), "charts");
    // Once more, and back by the way that stands below the cell.
    await page.keyboard.press("Enter");
    await focusIs(page, cell("requests.granted.total"));
    await tabTo(page, ({ text }) => text === "在图表“申请办得怎样”中看", 3);
    await page.keyboard.press("Enter");
    await focusIs(page, "mark-outcomes-0");
    // The first takes the tooltip away, the second leads back to where one came from.
    await page.keyboard.press("Escape");
    assert.equal(await inside(page).locator(".tip").count(), 0);
    await page.keyboard.press("Escape");
    await focusIs(page, cell("requests.granted.total"));
    assert.deepEqual(complaints, []);
  }));

test("who reads tables does not fetch the charts; who asks for them gets them in place, and keeps the focus", () =>
  onStage({ reducedMotion: "reduce" }, async ({ page, complaints }) => {
    await host(page, 'src="demo/2023-suqian.json"');
    const fetched = () => server.requests.filter((path) => /^\/(charts|editor)/.test(path));
    assert.deepEqual(fetched(), []);
    await tabTo(page, ({ id }) => id === "view-charts");
    await page.keyboard.press("Enter");
    await inside(page).locator(".chart svg").first().waitFor();
    assert.deepEqual([...new Set(fetched())].sort(), ["/charts.js", "/charts_bg.wasm"]);
    assert.equal((await focused(page)).id, "view-charts");
    assert.equal(await inside(page).locator(".mount").count(), 1);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await showsAReport(page);
    assert.equal((await focused(page)).id, "view-tables");
    assert.deepEqual(complaints, []);
  }));

test("where the charts cannot be had, that is told, and the tables stay", () =>
  onStage({}, async ({ page }) => {
    await host(page, 'src="demo/2023-suqian.json"');
    server.answers["/charts_bg.wasm"] = notFound;
    const told = page.evaluate(() => new Promise((done) => document.getElementById("r").addEventListener("nianbao-error", ({ detail }) => done(detail.message))));
    await inside(page).locator("#view-charts").click();
    assert.match(await told, /charts_bg\.wasm/);
    await showsAReport(page);
    delete server.answers["/charts_bg.wasm"];
    await page.evaluate(() => (document.getElementById("r").view = "tables"));
    await inside(page).locator("#view-charts").click();
    await inside(page).locator(".chart svg").first().waitFor();
  }));

test("a figure that is clicked shows the way to its charts, and a click again takes it away", () =>
  onStage({ reducedMotion: "reduce" }, async ({ page }) => {
    await host(page, 'src="demo/2023-suqian.json"');
    const figure = inside(page).locator('td[data-cell="requests.granted.total"]');
    const ways = inside(page).locator(".to-chart button");
    await figure.click();
    await ways.first().waitFor();
    await figure.click();
    await ways.first().waitFor({ state: "detached" });
    await figure.click();
    await ways.first().click();
    await inside(page).locator(".datum:focus").waitFor();
    assert.match((await focused(page)).name, new RegExp(`${count("requests.granted.total")}件`));
    // A mark that is clicked leads back.
    await inside(page).locator("#mark-outcomes-0").click();
    await focusIs(page, cell("requests.granted.total"));
  }));

test("a tooltip says on focus what it says on hover, stays within the picture, and Escape takes it away", () =>
  onStage({ viewport: { width: 360, height: 740 } }, async ({ page }) => {
    await host(page, 'src="demo/2023-suqian.json" view="charts"');
    const tip = inside(page).locator(".tip");
    for (const id of ["mark-outcomes-0", "mark-flow-0", "mark-flow-12", "mark-disputes-1"]) {
      const mark = inside(page).locator(`#${id}`);
      await mark.evaluate((mark) => mark.focus());
      const told = await tip.allInnerTexts();
      assert.equal(told.length, 1, id);
      const name = await mark.getAttribute("aria-label");
      const bare = (text) => text.replace(/[\s，]/g, "");
      assert.equal(bare(told[0]), bare(name), "what a screen reader hears");
      await page.keyboard.press("Escape");
      assert.equal(await tip.count(), 0);
      await mark.evaluate((mark) => mark.blur());
      await mark.locator("rect, path").last().hover({ force: true });
      assert.deepEqual(await tip.allInnerTexts(), told, id);
      const { left, right } = await tip.evaluate((tip) => tip.getBoundingClientRect());
      assert.ok(left >= 0 && right <= 360, `${id}: ${left} to ${right}`);
      // The pointer may go onto it.
      await tip.hover();
      assert.equal(await tip.count(), 1);
      await page.mouse.move(0, 0);
      await tip.waitFor({ state: "detached" });
    }
  }));

test("the table of a chart holds its figures, and leads to its marks", () =>
  onStage({ reducedMotion: "reduce" }, async ({ page }) => {
    await host(page, 'src="demo/2023-suqian.json" view="charts"');
    const figure = drawn(page, "outcomes");
    await figure.getByRole("button", { name: "数据表：申请办得怎样" }).click();
    await figure.locator("table").waitFor();
    assert.equal(await figure.locator(".picture").count(), 0);
    const shown = await figure.locator("td[data-of]").evaluateAll((cells) => cells.map((cell) => [cell.dataset.of, cell.textContent]));
    const known = shown.filter(([address]) => address);
    assert.ok(known.length >= 20, JSON.stringify(shown));
    for (const [address, text] of known) assert.equal(text.replace(/[,件]/g, ""), String(count(address)), address);
    const button = figure.locator('td[data-of="requests.granted.total"] button');
    await button.focus();
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.closest("td").dataset.of !== "requests.granted.total"), true);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await focusIs(page, "mark-outcomes-0");
  }));

/** Has a chart saved by the button of a format. */
async function saved(page, chart, format) {
  const waiting = page.waitForEvent("download");
  await drawn(page, chart).getByRole("button", { name: new RegExp(`^下载 ${format}`) }).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

for (const [what, policy] of [
  ["no policy", ""],
  ["a policy of its own files only", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'"],
  ["a policy that demands trusted types", "require-trusted-types-for 'script'"],
]) {
  test(`under ${what} a chart is saved as SVG and as PNG`, () =>
    onStage({ acceptDownloads: true }, async ({ page, complaints }) => {
      const head = `${policy && `<meta http-equiv="Content-Security-Policy" content="${policy}">`}${script}`;
      await page.addInitScript(() => {
        window.violations = [];
        document.addEventListener("securitypolicyviolation", ({ violatedDirective }) => window.violations.push(violatedDirective));
      });
      await host(page, 'src="demo/2023-suqian.json" view="charts"', { head });
      const svg = await saved(page, "outcomes", "SVG");
      assert.equal(svg.name, "宿迁市2023年-申请办得怎样.svg");
      const text = svg.bytes.toString("utf8");
      const names = await drawn(page, "outcomes").locator("[data-mark]").evaluateAll((marks) => marks.map((mark) => mark.getAttribute("aria-label")));
      assert.ok(names.length > 10);
      for (const name of names) {
        const [label, number] = name.split("，").slice(-3);
        assert.ok(text.includes(label) && text.includes(number), name);
      }
      const reading = await drawn(page, "outcomes").locator(".reading").innerText();
      assert.ok(text.includes(reading) && text.includes("宿迁市2023年政府信息公开工作年度报告"), "its sentence and its source");
      const png = await saved(page, "outcomes", "PNG");
      assert.equal(png.name, "宿迁市2023年-申请办得怎样.png");
      assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");
      const [width, height] = ["width", "height"].map((side) => Number(new RegExp(` ${side}="([\\d.]+)"`).exec(text)[1]));
      assert.deepEqual([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)], [Math.round(width * 3), Math.round(height * 3)]);
      // What is painted has the colours of the drawing: many pixels of each tone that it fills something with.
      const fills = [...new Set(Array.from(text.matchAll(/<rect [^>]*fill="(#\w{6})"/g), ([, fill]) => fill))];
      assert.ok(fills.length >= 5, fills.join());
      const found = await page.evaluate(
        async ([base64, fills]) => {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
          const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
          const context = canvas.getContext("2d");
          context.drawImage(bitmap, 0, 0);
          const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
          const counts = Object.fromEntries(fills.map((fill) => [fill, 0]));
          for (let at = 0; at < data.length; at += 4) {
            const colour = `#${[data[at], data[at + 1], data[at + 2]].map((part) => part.toString(16).padStart(2, "0")).join("")}`;
            if (colour in counts) counts[colour] += 1;
          }
          return counts;
        },
        [png.bytes.toString("base64"), fills],
      );
      assert.ok(Object.values(found).every((count) => count > 50), JSON.stringify(found));
      assert.deepEqual(await page.evaluate(() => window.violations), []);
      assert.deepEqual(complaints, []);
    }));
}

test("a report of zeros shows sentences in place of empty pictures", () =>
  onStage({}, async ({ page, complaints }) => {
    await host(page, 'src="demo/2020-yisuhe.txt" view="charts"');
    const charts = await inside(page).locator(".chart").evaluateAll((charts) =>
      charts.map((chart) => ({ calm: chart.classList.contains("calm"), text: chart.querySelector(".reading").textContent, pictures: chart.querySelectorAll(".picture").length })),
    );
    const calm = charts.filter(({ calm }) => calm);
    assert.ok(calm.length >= 3, JSON.stringify(charts));
    assert.ok(calm.every(({ pictures, text }) => pictures === 0 && /[\u4e00-\u9fff]{4,}/.test(text)), JSON.stringify(calm));
    assert.ok(calm.some(({ text }) => text.includes("未收到")), JSON.stringify(calm));
    assert.equal(await inside(page).locator(".calm .chart-tools").count(), 0);
    assert.deepEqual(complaints, []);
  }));

test("in the editor the charts stand below their tables, follow what is typed, and lead to its cell", () =>
  onStage({ reducedMotion: "reduce" }, async ({ page, complaints }) => {
    await host(page, 'src="demo/2023-suqian.json" mode="edit" drafts="off"');
    await inside(page).locator("#view-charts").click();
    const figure = drawn(page, "outcomes");
    await figure.locator(".picture").waitFor();
    const sections = await inside(page).locator(".chart").evaluateAll((charts) =>
      charts.map((chart) => [chart.querySelector(".chart-title").id, chart.closest(".section").querySelector("td[data-cell]").dataset.cell.split(".")[0]]),
    );
    const [requests, disputes, article20] = ["requests", "disputes", "article20_1"];
    assert.deepEqual(sections, [["chart-article20", article20], ["chart-applicants", requests], ["chart-outcomes", requests], ["chart-flow", requests], ["chart-disputes", disputes]]);
    await page.evaluate(() => document.getElementById("r").focusCell("requests.granted.natural_person"));
    await focusIs(page, "requests.granted.natural_person");
    const others = await inside(page).locator("#chart-disputes").elementHandle();
    const kept = await drawn(page, "disputes").locator("[data-mark]").first().elementHandle();
    await page.keyboard.type("9");
    const before = count("requests.granted.total") - count("requests.granted.natural_person");
    await figure.locator(`[data-mark][aria-label*="，${before + 9}件"]`).first().waitFor();
    assert.ok((await figure.locator(".reading").innerText()).length > 0);
    assert.ok((await others.evaluate((element) => element.isConnected)) && (await kept.evaluate((element) => element.isConnected)), "what has not changed stays");
    await page.keyboard.press("Control+z");
    await figure.locator(`[data-mark][aria-label*="，${count("requests.granted.total")}件"]`).first().waitFor();
    // From the mark to the field, and back by Escape; from the cell by the way at the lower edge.
    await figure.locator("#mark-outcomes-0").focus();
    await page.keyboard.press("Enter");
    await focusIs(page, cell("requests.granted.total"));
    assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.localName), "input");
    await page.keyboard.press("Escape");
    await focusIs(page, "mark-outcomes-0");
    await page.keyboard.press("Enter");
    await focusIs(page, cell("requests.granted.total"));
    await inside(page).locator(".strip").getByRole("button", { name: "在图表“申请办得怎样”中看" }).click();
    await focusIs(page, "mark-outcomes-0");
    assert.deepEqual(complaints, []);
  }));

const years = [2023, 2021, 2020, 2019].map((year) => `demo/${year}-pingtan.json`);

test("over the years every report is there, another figure can be chosen, and one of another year leads to the chart's own table", () =>
  onStage({ reducedMotion: "reduce" }, async ({ page, complaints }) => {
    await host(page, `src="${years.join(" ")}" view="charts"`);
    const figure = drawn(page, "trend");
    const names = () => figure.locator("[data-mark]").evaluateAll((marks) => marks.map((mark) => mark.getAttribute("aria-label")));
    const received = years.map((src) => readJson(`www/${src}`)).map(({ year, figures }) => [String(year), figures["requests.received.total"]]);
    for (const [year, count] of received) {
      assert.ok((await names()).some((name) => name.includes(year) && name.includes(`${count}件`)), `${year}: ${await names()}`);
    }
    assert.equal((await figure.locator(".reading").innerText()).includes("2019年"), true);
    const title = await figure.locator(".chart-title").innerText();
    const select = figure.getByLabel("显示哪一项");
    await select.selectOption("requests.granted.total");
    await page.waitForFunction((title) => document.getElementById("r").shadowRoot.getElementById("chart-trend").textContent !== title, title);
    const granted = readJson(`www/${years[0]}`).figures["requests.granted.total"];
    assert.ok((await names()).some((name) => name.includes("2023") && name.includes(`${granted}件`)), String(await names()));
    // The choice is kept while the reader looks at the tables.
    await inside(page).locator("#view-tables").click();
    await showsAReport(page);
    await inside(page).locator("#view-charts").click();
    await figure.locator(".picture").waitFor();
    assert.equal(await select.inputValue(), "requests.granted.total");
    const first = figure.locator("[data-mark]").first();
    await first.evaluate((mark) => mark.focus());
    const { id } = await focused(page);
    await page.keyboard.press("Enter");
    await figure.locator("table").waitFor();
    await page.waitForFunction(() => document.activeElement.shadowRoot.activeElement.closest("td"));
    assert.match(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.closest("td").dataset.of), /^2019\/requests\.granted\.total$/);
    await page.keyboard.press("Escape");
    await focusIs(page, id);
    assert.deepEqual(complaints, []);
  }));

test("bodies are ranked by a figure that is chosen, the one that is shown among them", () =>
  onStage({ reducedMotion: "reduce" }, async ({ page, complaints }) => {
    await host(page, 'src="demo/2023-suqian.json demo/2023-hongze.json demo/2023-pingtan.json" view="charts" charts="bodies"');
    const chart = drawn(page, "bodies");
    const names = () => chart.locator("[data-mark]").evaluateAll((marks) => marks.map((mark) => mark.getAttribute("aria-label")));
    const ranked = (address) =>
      ["suqian", "hongze", "pingtan"]
        .map((name) => readJson(`www/demo/2023-${name}.json`))
        .sort((one, other) => other.figures[address] - one.figures[address])
        .map(({ agency, figures }) => `${agency}，${figures[address]}件`);
    assert.deepEqual(await names(), ranked("requests.received.total"));
    assert.match(await chart.locator(".reading").innerText(), /^3个机关中.*最多/);
    await chart.locator("select").selectOption("article20_6.penalties.decisions");
    await page.waitForFunction(() => /行政处罚/.test(document.getElementById("r").shadowRoot.querySelector(".chart-title").textContent));
    assert.deepEqual(await names(), ranked("article20_6.penalties.decisions"));
    // The one that is shown leads to its cell, another to the table of the chart.
    const other = chart.locator("[data-mark]").filter({ hasNot: page.locator("[tabindex]") }).nth((await names()).findIndex((name) => !name.startsWith(suqian.agency)));
    await other.locator(".paint-bare, .paint-fill").first().click();
    await chart.locator("table").waitFor();
    assert.match((await focused(page)).text, /件/);
    assert.deepEqual(complaints, []);
  }));

test("a page chooses which charts appear, in which order, and whether any does", () =>
  onStage({}, async ({ page }) => {
    await host(page, 'src="demo/2023-suqian.json" view="charts" charts="flow nothing outcomes"');
    const shown = () => inside(page).locator(".chart-title").evaluateAll((titles) => titles.map(({ id }) => id));
    assert.deepEqual(await shown(), ["chart-flow", "chart-outcomes"]);
    await page.evaluate(() => (document.getElementById("r").charts = ["disputes"]));
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.querySelectorAll(".chart").length === 1);
    assert.deepEqual(await shown(), ["chart-disputes"]);
    await page.evaluate(() => (document.getElementById("r").charts = null));
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.querySelectorAll(".chart").length >= 5);
    assert.equal(await page.evaluate(() => document.getElementById("r").getAttribute("charts")), null);
    await page.evaluate(() => document.getElementById("r").setAttribute("charts", ""));
    await page.waitForFunction(() => document.getElementById("r").shadowRoot.querySelector("td[data-cell]"));
    assert.deepEqual([await shown(), await inside(page).locator("#view-charts").count()], [[], 0]);
  }));

test("the reader's choice, the attribute and the property agree, and a cell that is asked for is shown", () =>
  onStage({ reducedMotion: "reduce" }, async ({ page }) => {
    await host(page, 'src="demo/2023-suqian.json"');
    const state = () =>
      page.evaluate(() => {
        const element = document.getElementById("r");
        const pressed = element.shadowRoot.querySelector('#view-charts').getAttribute("aria-pressed");
        return [element.view, element.getAttribute("view"), pressed, element.shadowRoot.querySelectorAll(".picture").length > 0];
      });
    assert.deepEqual(await state(), ["tables", null, "false", false]);
    await page.evaluate(() => (document.getElementById("r").view = "charts"));
    await inside(page).locator(".picture").first().waitFor();
    assert.deepEqual(await state(), ["charts", "charts", "true", true]);
    await inside(page).locator("#view-tables").click();
    await showsAReport(page);
    assert.deepEqual(await state(), ["tables", "tables", "false", false]);
    await inside(page).locator("#view-charts").click();
    await inside(page).locator(".picture").first().waitFor();
    assert.deepEqual(await state(), ["charts", "charts", "true", true]);
    await page.evaluate(() => document.getElementById("r").focusCell("disputes.review.total"));
    await focusIs(page, cell("disputes.review.total"));
    assert.deepEqual(await state(), ["tables", "tables", "false", false]);
  }));

test("a page paints marks by a custom property or by their parts", () =>
  onStage({}, async ({ page }) => {
    const style = "<style>nianbao-report { --nianbao-chart-main: rgb(1, 2, 3); } nianbao-report::part(mark-2) { color: rgb(4, 5, 6); }</style>";
    await host(page, 'src="demo/2023-suqian.json" view="charts"', { head: style + script });
    const fill = (selector) => inside(page).locator(selector).first().evaluate((shape) => getComputedStyle(shape).fill);
    assert.equal(await fill("#mark-applicants-0 .paint-fill, .datum.tone-main .paint-fill"), "rgb(1, 2, 3)");
    assert.equal(await fill(".datum.tone-2 > .paint-fill"), "rgb(4, 5, 6)");
    assert.notEqual(await fill(".datum.tone-3 > .paint-fill"), "rgb(4, 5, 6)");
  }));

test("nothing is wider than a screen of 360 px", () =>
  onStage({ viewport: { width: 360, height: 740 } }, async ({ page }) => {
    for (const src of ["demo/2023-suqian.json", "demo/2023-hongze.json"]) {
      await host(page, `src="${src}" view="charts"`);
      const { wide, out } = await page.evaluate(() => {
        const root = document.getElementById("r").shadowRoot;
        const outside = (element) => element.getBoundingClientRect().right > innerWidth + 0.5 || element.getBoundingClientRect().left < -0.5;
        const out = Array.from(root.querySelectorAll(".charts *")).filter((element) => !element.closest(".scroll") && outside(element));
        return { wide: document.documentElement.scrollWidth, out: out.map((element) => `${element.localName} ${element.textContent.slice(0, 20)}`) };
      });
      assert.deepEqual([wide, out], [360, []], src);
    }
  }));

test("the real reports of one body, from before 2019 to now, show every year", { skip: !existsSync(corpus) && "no corpus" }, () =>
  onStage({}, async ({ page, complaints }) => {
    const years = [2014, 2015, 2016, 2017, 2018, 2019, 2020, 2021, 2023, 2025];
    const file = (year) => ({ status: 200, type: "text/plain; charset=utf-8", body: readFileSync(join(corpus, `${year}-pingtan.txt`)) });
    const answers = Object.fromEntries(years.map((year) => [`/corpus/${year}.txt`, file(year)]));
    const src = years.map((year) => `corpus/${year}.txt`).join(" ");
    await host(page, `src="${src}" view="charts" charts="trend chain trends"`, { answers });
    const marks = marksIn(await tree(page), await inside(page).locator("#chart-trend").innerText());
    assert.deepEqual(marks.map(({ name }) => Number(name.slice(0, 4))), years);
    const expected = JSON.parse(readFileSync(join(corpus, "expected.json"), "utf8"));
    for (const [at, year] of years.entries()) {
      const received = expected[`${year}-pingtan.txt`].figures["requests.received.total"];
      if (received !== undefined) assert.match(marks[at].name, new RegExp(`，${received}件$`));
    }
    const notes = await drawn(page, "trend").locator(".chart-note").allInnerTexts();
    assert.ok(notes.some((note) => note.includes("2019年") && note.includes("新格式")) && notes.some((note) => note.includes("2021年")), notes.join());
    assert.deepEqual(complaints, []);
  }));
