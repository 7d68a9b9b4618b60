// Pictures to look at: `make screenshots`, or with parts of the page's address after the number sign:
// `make screenshots HASHES="2020-yisuhe 2023-suqian"`. Without any, the demo as it opens and the scenes below.
// They go to target/screenshots/.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dist, openPage, root, showsFigures } from "./launch.mjs";
import { serve } from "./server.mjs";
import { faulty, htmlPage, json, script } from "./stage.mjs";

const looks = [
  { name: "wide-light", context: { viewport: { width: 1280, height: 900 }, colorScheme: "light" } },
  { name: "wide-dark", context: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" } },
  { name: "narrow-light", context: { viewport: { width: 360, height: 740 }, colorScheme: "light", deviceScaleFactor: 2 } },
  { name: "narrow-dark", context: { viewport: { width: 360, height: 740 }, colorScheme: "dark", deviceScaleFactor: 2 } },
  { name: "forced-colors", context: { viewport: { width: 1280, height: 900 }, forcedColors: "active" } },
  // The width of A4 less its margins.
  { name: "print", context: { viewport: { width: 718, height: 1000 } }, media: "print" },
];

const writing = async (report) => {
  await report.getByRole("button", { name: "填写说明" }).first().click();
  await report.getByRole("textbox").fill("本年度机构改革，两个单位合并，数据已与原单位核对一致。");
};

const years = [2023, 2021, 2020, 2019].map((year) => `demo/${year}-pingtan.json`).join(" ");

/** What is done in a report with faults before the picture is taken. */
const scenes = [
  { name: "view", play: (report) => openAll(report) },
  { name: "edit", mode: "edit", play: (report) => openAll(report) },
  {
    name: "answering",
    mode: "edit",
    play: async (report) => {
      await writing(report);
      await report.getByRole("button", { name: "保存" }).click();
      await report.getByRole("button", { name: /^已说明/ }).click();
      await report.getByRole("button", { name: "修改说明" }).click();
    },
  },
  {
    name: "applied",
    mode: "edit",
    whole: false,
    play: (report) => report.getByRole("button", { name: /^采用/ }).first().click(),
  },
  { name: "blank-reason", mode: "edit", whole: false, play: async (report) => {
    await report.getByRole("button", { name: "填写说明" }).first().click();
    await report.getByRole("button", { name: "保存" }).click();
  } },
  { name: "texts", mode: "edit", whole: false, play: async (report) => {
    await report.locator("#text-overview").fill("（一）主动公开。\n\n（二）依申请公开。全年收到政府信息公开申请12件，办结3480件。妥否，请批示。");
    await report.locator("#section-overview").evaluate((heading) => heading.scrollIntoView());
  } },
  { name: "another-form", mode: "edit", whole: false, play: async (report) => {
    await report.locator("#cover-year").fill("2019");
    await report.locator("#cover-year").press("Enter");
    await report.locator("#asking").waitFor();
  } },
  { name: "summary", whole: false, play: (report) => report.evaluate((element) => element.check({ focus: true })) },
  { name: "note-row", whole: false, play: async (report) => {
    await report.locator("a.sentence").first().click();
    await report.locator("td[data-cell]:focus").waitFor();
  } },
  { name: "inferred", src: "torn.txt", play: (report) => report.locator(".mark.inferred").nth(8).click() },
  { name: "inferred-edit", src: "torn.txt", mode: "edit", whole: false, play: (report) =>
    report.evaluate((element) => element.focusCell("requests.granted.business")) },
  { name: "indicators", src: "statistics.html", play: (report) => openAll(report) },
  { name: "charts", src: "demo/2023-suqian.json", charts: true },
  { name: "charts-zero", src: "demo/2020-yisuhe.txt", charts: true },
  { name: "charts-years", src: years, charts: true },
  { name: "charts-tip", src: "demo/2023-hongze.json", charts: true, whole: false, play: async (report) => {
    await report.locator("#chart-flow").evaluate((title) => title.scrollIntoView());
    await report.locator("[id^=mark-flow-]").nth(4).evaluate((mark) => mark.focus({ preventScroll: true }));
  } },
  { name: "charts-table", src: "demo/2023-hongze.json", charts: true, play: async (report) => {
    for (const button of await report.locator(".chart-tools .views button:last-child").all()) await button.click();
  } },
  { name: "charts-edit", src: "demo/2023-hongze.json", mode: "edit", charts: true },
  { name: "formats", mode: "edit", whole: false, play: (report) => report.locator("#download").click() },
];

async function openAll(report) {
  for (const toggle of await report.locator(".toggle").all()) await toggle.click();
  for (const parts of await report.locator("details").all()) {
    if (await parts.isVisible()) await parts.evaluate((details) => (details.open = true));
  }
}

const hashes = process.argv.slice(2).map((hash) => hash.replace(/^#/, ""));
const folder = join(root, "target", "screenshots");
mkdirSync(folder, { recursive: true });
const server = await serve(dist);
server.answers["/faulty.json"] = json(faulty());
for (const name of ["torn.txt", "statistics.html"]) {
  const body = readFileSync(join(root, "tests", "browser", "fixtures", name));
  server.answers[`/${name}`] = { status: 200, type: "text/plain; charset=utf-8", body };
}
for (const look of looks) {
  for (const hash of hashes.length > 0 ? hashes : [""]) await demo(hash, look);
  if (hashes.length === 0) for (const scene of scenes) await picture(scene, look);
}
await server.close();

function demo(hash, look) {
  return shoot(`${server.url}${hash && `#${hash}`}`, hash.replace(/[^\w-]+/g, "_"), look, {});
}

function picture(scene, look) {
  const body = `<nianbao-report src="${scene.src ?? "faulty.json"}" mode="${scene.mode ?? "view"}"${scene.charts ? ' view="charts"' : ""}></nianbao-report>`;
  const scheme = '<meta name="color-scheme" content="light dark">';
  server.answers[`/${scene.name}.html`] = htmlPage(body, scheme + script);
  return shoot(`${server.url}${scene.name}.html`, scene.name, look, scene);
}

async function shoot(address, prefix, { name, context, media }, { play, charts, whole = true }) {
  const { page, complaints, close } = await openPage({ reducedMotion: "reduce", ...context });
  page.setDefaultTimeout(5000);
  await page.goto(address);
  const shown = charts ? () => document.querySelector("nianbao-report")?.shadowRoot?.querySelector(".chart") : showsFigures;
  await page.waitForFunction(shown, undefined, { timeout: 15_000 }).catch(() => complaints.push("no figures are shown"));
  await page.evaluate(() => document.fonts.ready);
  if (play) await play(page.locator("nianbao-report")).catch((error) => complaints.push(error.message));
  if (whole) await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(100);
  if (media) await page.emulateMedia({ media });
  const path = join(folder, [prefix, name].filter(Boolean).join("-"));
  await page.screenshot({ path: `${path}.png`, fullPage: whole });
  if (media === "print") await page.pdf({ path: `${path}.pdf`, format: "A4", printBackground: false });
  console.log([`${path}.png`, ...complaints].join("\n  complaint: "));
  await close();
}
