// What a person sees of the demo page, in a current Chromium.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { dist } from "./launch.mjs";
import { serve } from "./server.mjs";
import {
  addressesOf, faulty, focused, focusIs, forget, htmlPage, isInView, json, onStage, readJson, script, showsAReport, showsReport, shownFigures, tabTo,
} from "./stage.mjs";

let server;
before(async () => (server = await serve(dist)));
after(() => server.close());
beforeEach(() => forget(server));

const at = (hash, language = "zh") => `${server.url}${language === "en" ? "?lang=en" : ""}${hash && `#${hash}`}`;
const findings = (page) => page.evaluate(() => document.querySelector("nianbao-report").findings);
const reports = ["2023-suqian", "2023-hongze", "2019-pingtan", "2020-pingtan", "2021-pingtan", "2023-pingtan"];

/** Opens a report of the demo and waits until it is there. */
async function open(page, name, language) {
  const { agency, year } = name === "2020-yisuhe" ? { agency: "湘潭县易俗河镇", year: 2020 } : readJson(`www/demo/${name}.json`);
  await page.goto(at(name, language));
  await showsReport(page, agency, year);
}

test("the demo opens with a report read from its text: every row, blank only where the text has dropped a value, no error", () =>
  onStage({}, async ({ page, complaints }) => {
    await page.goto(server.url);
    await showsReport(page, "湘潭县易俗河镇", 2020);
    const shown = await shownFigures(page);
    // The rows of the text that hold fewer values than the form has cells.
    const torn = /^(article20_8\.fees|requests\.(carried_in|granted|partly_granted|other|handled_total|carried_out))\./;
    const addresses = addressesOf(readJson("forms/gongkai-2019.json")).flatMap(({ rows }) => rows.flat());
    assert.deepEqual(Object.keys(shown).sort(), addresses.slice().sort());
    for (const address of addresses) {
      assert.ok(shown[address] === "0" || (shown[address] === "" && torn.test(address)), `${address}: ${shown[address]}`);
    }
    assert.equal(shown["article20_8.fees.change"], "");
    const found = await findings(page);
    assert.deepEqual(found.filter(({ severity }) => severity === "error"), []);
    const told = found.filter(({ rule }) => rule === "blank").flatMap(({ cells }) => cells);
    assert.deepEqual(told.sort(), addresses.filter((address) => shown[address] === "").sort());
    assert.deepEqual(complaints, []);
  }));

for (const name of reports) {
  test(`${name}: every cell shows the figure of its file, and nothing where there is none`, () =>
    onStage({}, async ({ page }) => {
      const { form, figures } = readJson(`www/demo/${name}.json`);
      await open(page, name);
      const shown = await shownFigures(page);
      for (const address of addressesOf(readJson(`forms/${form}.json`)).flatMap(({ rows }) => rows.flat())) {
        assert.equal(shown[address], address in figures ? String(figures[address]) : "", address);
      }
    }));
}

test("the sound report has no error, the faulty ones have the errors of the published reports and no others", () =>
  onStage({}, async ({ page }) => {
    const errors = async (name) => {
      await open(page, name);
      return (await findings(page)).filter(({ severity }) => severity === "error").map(({ rule, cells }) => `${rule} ${cells[0]}`);
    };
    assert.deepEqual(await errors("2023-suqian"), []);
    assert.deepEqual(await errors("2023-hongze"), ["disputes.total disputes.review.total", "disputes.total disputes.litigation_after_review.total"]);
    assert.deepEqual(await errors("2019-pingtan"), []);
    assert.deepEqual(await errors("2020-pingtan"), ["requests.handled-total requests.granted.natural_person"]);
    assert.deepEqual(await errors("2021-pingtan"), []);
  }));

test("a finding opens by keyboard to both sides of its equation, leads to the cell, and the cell leads back", () =>
  onStage({}, async ({ page }) => {
    await open(page, "2023-hongze");
    const finding = page.locator("#finding-0");
    const toggle = page.locator('[aria-controls="about-0"]');
    const isControl = ({ controls }) => controls === "about-0";
    await tabTo(page, ({ id }) => id === "finding-0");
    assert.match(await finding.innerText(), /行政复议.*10 \+ 1.*= 11.*总计填的是 0/);
    assert.equal(await toggle.getAttribute("aria-expanded"), "false");
    await tabTo(page, isControl, 1);
    await page.keyboard.press("Enter");
    await page.locator("#about-0 .equation").waitFor();
    assert.equal(await toggle.getAttribute("aria-expanded"), "true");
    const values = await page.locator("#about-0 .equation .value").evaluateAll((values) => values.map(({ textContent }) => Number(textContent)));
    // Four results and their sum on one side, the total that is printed on the other.
    assert.deepEqual(values.sort((one, other) => one - other), [0, 0, 0, 1, 10, 11]);
    await tabTo(page, ({ text }) => /总计\s*0$/.test(text), 7);
    await page.keyboard.press("Enter");
    await focusIs(page, "disputes.review.total");
    await isInView(page);
    await page.keyboard.press("Tab");
    const { cell, name } = await focused(page);
    assert.equal(cell, "disputes.review.total");
    assert.ok(name.includes(await finding.evaluate((finding) => finding.lastChild.textContent)), "its name holds the sentence");
    await page.keyboard.press("Enter");
    await focusIs(page, "finding-0");
  }));

test("the sentence of a finding leads to its cell, opens it, and stands there below the row until it is closed", () =>
  onStage({}, async ({ page }) => {
    await open(page, "2023-hongze");
    await tabTo(page, ({ id }) => id === "finding-0");
    await page.keyboard.press("Enter");
    await focusIs(page, "disputes.review.total");
    await isInView(page);
    assert.equal(await page.locator('[aria-controls="about-0"]').getAttribute("aria-expanded"), "true");
    const note = page.locator("tr.note-row");
    assert.equal(await note.count(), 1);
    const below = await note.evaluate((row) => Boolean(row.previousElementSibling.querySelector('[data-cell="disputes.review.total"]')));
    assert.ok(below, "below the row of the cell");
    const sentence = await page.evaluate(() => document.querySelector("nianbao-report").findings[0].message);
    assert.ok((await note.innerText()).includes(sentence));
    await note.getByRole("link").press("Enter");
    await focusIs(page, "finding-0");
    await tabTo(page, ({ controls }) => controls === "about-0", 1);
    await page.keyboard.press("Enter");
    await note.waitFor({ state: "detached" });
  }));

test("a note below a row leaves every head beside its own rows", () =>
  onStage({}, async ({ page }) => {
    await open(page, "2020-pingtan");
    /** Where each figure stands: the left edge of its column head, whether the heads of its row are level with it. */
    const faults = () =>
      page.evaluate(() => {
        const { shadowRoot } = document.querySelector("nianbao-report");
        const overlaps = (one, other) => Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1 || Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1;
        return Array.from(shadowRoot.querySelectorAll("td[data-cell]")).flatMap((cell) => {
          const box = cell.getBoundingClientRect();
          return cell.headers.split(" ").map((id) => shadowRoot.getElementById(id)).filter((head) => !overlaps(head.getBoundingClientRect(), box)).map(({ id }) => `${cell.dataset.cell} ${id}`);
        });
      });
    assert.deepEqual(await faults(), []);
    for (const toggle of await page.locator(".toggle").all()) if (await toggle.isVisible()) await toggle.click();
    assert.ok((await page.locator("tr.note-row").count()) > 0);
    assert.deepEqual(await faults(), []);
  }));

test("a text that contradicts its table is marked, and leads to the cell and back", () =>
  onStage({}, async ({ page }) => {
    await open(page, "2023-pingtan");
    const [about] = await findings(page);
    assert.equal(about.rule, "narrative");
    assert.deepEqual([about.cells, about.actual, about.expected], [["article20_1.normative_documents.in_force"], "393", "470"]);
    assert.deepEqual(about.quotes.map(({ text }) => text), ["现行有效行政规范性文件393件"]);
    const mark = page.locator("nianbao-report mark");
    assert.match((await mark.allInnerTexts()).join(""), /现行有效行政规范性文件393件/);
    await page.locator("#finding-0").press("Enter");
    await focusIs(page, "article20_1.normative_documents.in_force");
    await page.keyboard.press("Escape");
    await focusIs(page, "finding-0");
    const edit = page.getByRole("button", { name: "试一试" });
    await edit.press("Enter");
    assert.equal(await edit.getAttribute("aria-pressed"), "true");
    await page.locator("nianbao-report").getByRole("button", { name: "填写说明" }).waitFor();
  }));

test("from a cell the Escape key goes back to the finding that led there", () =>
  onStage({}, async ({ page }) => {
    await open(page, "2023-hongze");
    await page.locator('[aria-controls="about-1"]').click();
    await page.locator("#about-1").getByRole("link", { name: "≠ 总计" }).click();
    await focusIs(page, "disputes.litigation_after_review.total");
    await page.keyboard.press("Escape");
    await focusIs(page, "finding-1");
  }));

test("each count of the summary leads by keyboard to its group", () =>
  onStage({}, async ({ page }) => {
    await open(page, "2023-hongze");
    const found = await findings(page);
    const errors = found.filter(({ severity }) => severity === "error").length;
    const link = page.locator("#summary").getByRole("link", { name: `${errors} 处错误` });
    await tabTo(page, ({ text }) => text === `${errors} 处错误`);
    assert.equal(await link.count(), 1);
    await page.keyboard.press("Enter");
    await focusIs(page, "to-correct");
    const blank = found.filter(({ rule, severity }) => rule === "blank" && severity === "warning").flatMap(({ cells }) => cells).length;
    assert.equal(await page.locator("#summary").getByRole("link", { name: /个空格/ }).count(), blank > 0 ? 1 : 0);
  }));

test("a sum is told by its terms, and a total among them opens to its own", () =>
  onStage({}, async ({ page }) => {
    server.answers["/faulty.json"] = json(faulty());
    server.answers["/host.html"] = htmlPage('<nianbao-report src="faulty.json"></nianbao-report>', script);
    await page.goto(`${server.url}host.html`);
    await showsAReport(page);
    const at = (await findings(page)).findIndex(({ rule }) => rule === "requests.balance");
    await page.locator(`[aria-controls="about-${at}"]`).click();
    const parts = page.locator(`#about-${at} details.parts`).first();
    await parts.locator("summary").first().press("Enter");
    const { figures } = faulty();
    const due = figures["requests.handled_total.business"];
    const sum = await parts.locator(".sum .value").innerText();
    assert.equal(Number(sum), due, "the parts of the total add up to it");
    await parts.getByRole("link", { name: /予以公开/ }).first().press("Enter");
    await focusIs(page, "requests.granted.business");
    await page.keyboard.press("Escape");
    await focusIs(page, `finding-${at}`);
  }));

/** The texts of the heads that a figure cell names, in order. */
const headsOf = (page, address) =>
  page.evaluate((address) => {
    const { shadowRoot } = document.querySelector("nianbao-report");
    const ids = shadowRoot.querySelector(`td[data-cell="${address}"]`).headers.split(/\s+/);
    return ids.map((id) => shadowRoot.getElementById(id)?.textContent.replace(/\s+/g, "") ?? `no head ${id}`);
  }, address);

test("every figure names heads that exist, each once, and its whole chain of them", () =>
  onStage({}, async ({ page }) => {
    await open(page, "2023-suqian");
    const faults = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector("nianbao-report");
      return Array.from(shadowRoot.querySelectorAll("td[data-cell]")).flatMap((cell) => {
        const ids = cell.headers.split(/\s+/).filter(Boolean);
        const heads = ids.map((id) => shadowRoot.querySelectorAll(`[id="${id}"]`));
        const sound = ids.length > 1 && new Set(ids).size === ids.length && heads.every((found) => found.length === 1 && found[0].localName === "th" && found[0].closest("table") === cell.closest("table"));
        return sound ? [] : [`${cell.dataset.cell}: ${cell.headers}`];
      });
    });
    assert.deepEqual(faults, []);
    assert.deepEqual(await headsOf(page, "requests.refused_third_party.legal_service"), [
      "三、本年度办理结果", "（三）不予公开", "4.保护第三方合法权益", "申请人情况", "法人或其他组织", "法律服务机构",
    ]);
    assert.deepEqual(await headsOf(page, "requests.received.total"), ["一、本年新收政府信息公开申请数量", "申请人情况", "总计"]);
    assert.deepEqual(await headsOf(page, "disputes.litigation_after_review.pending"), ["行政诉讼", "复议后起诉", "尚未审结"]);
    assert.deepEqual(await headsOf(page, "article20_6.coercion.decisions"), ["第二十条第（六）项", "行政强制", "本年处理决定数量"]);
  }));

test("each head of the requests table is there once, and the rows have 25 of their own", () =>
  onStage({}, async ({ page }) => {
    await open(page, "2023-suqian");
    const { columns, rows } = readJson("forms/gongkai-2021.json").tables.find(({ id }) => id === "requests");
    const labels = (heads) => heads.flatMap(({ label, heads }) => [label.zh, ...(heads ? labels(heads) : [])]);
    const plain = (text) => text.replace(/\s+/g, "");
    const shown = await page.evaluate(() => {
      const table = document.querySelector("nianbao-report").shadowRoot.querySelector('td[data-cell^="requests."]').closest("table");
      const heads = Array.from(table.querySelectorAll("th"), (head) => head.textContent.replace(/\s+/g, ""));
      return { heads, rows: table.querySelectorAll('th[scope="row"]').length };
    });
    assert.deepEqual(shown.heads.slice().sort(), [...labels(columns), ...labels(rows)].map(plain).sort());
    assert.equal(shown.rows, 25);
  }));

test("a JSON report needs no reader, and a text loads it once", () =>
  onStage({}, async ({ page }) => {
    const readers = () => server.requests.filter((path) => path.endsWith("/reader_bg.wasm")).length;
    await open(page, "2023-suqian");
    await page.waitForLoadState("networkidle");
    assert.equal(readers(), 0);
    await page.locator('a[href="#2020-yisuhe"]').click();
    await showsReport(page, "湘潭县易俗河镇", 2020);
    await page.locator('a[href="#2023-suqian"]').click();
    await showsReport(page, "宿迁市", 2023);
    await page.locator('a[href="#2020-yisuhe"]').click();
    await showsReport(page, "湘潭县易俗河镇", 2020);
    assert.equal(readers(), 1);
  }));

test("the address names the report, and going back brings the one before", () =>
  onStage({}, async ({ page }) => {
    await open(page, "2023-hongze");
    const chosen = () => page.locator(".choices [aria-current]").getAttribute("href");
    assert.equal(await chosen(), "#2023-hongze");
    await page.locator('a[href="#2020-pingtan"]').click();
    await showsReport(page, "平潭综合实验区", 2020);
    assert.equal(await chosen(), "#2020-pingtan");
    assert.ok(server.requests.includes("/demo/2019-pingtan.json"), "the year before is asked for");
    await page.goBack();
    await showsReport(page, "淮安市洪泽区", 2023);
    assert.equal(await chosen(), "#2023-hongze");
    assert.equal(await page.locator("nianbao-report").getAttribute("prior-src"), null);
  }));

test("the language switch turns the page and the report, and keeps the report and the address", () =>
  onStage({}, async ({ page }) => {
    await open(page, "2023-hongze");
    await page.getByRole("link", { name: "English" }).click();
    await page.locator("nianbao-report").getByText("Carried out to next year").first().waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    assert.equal(new URL(page.url()).search + new URL(page.url()).hash, "?lang=en#2023-hongze");
    assert.ok(await page.getByRole("heading", { level: 1, name: /information disclosure/ }).isVisible());
    assert.ok(!(await page.getByText("选一份年报").isVisible()));
    const [{ message }] = await findings(page);
    assert.match(message, /[a-z]{4}/);
    await page.getByRole("link", { name: "中文" }).click();
    await page.locator("nianbao-report").getByText("结转下年度继续办理").first().waitFor();
    await page.goto(at("2019-pingtan", "en"));
    await page.locator("nianbao-report").getByText("Carried out to next year").first().waitFor();
  }));

test("every link of the page leads somewhere", () =>
  onStage({}, async ({ page }) => {
    await open(page, "2020-yisuhe");
    const links = await page.locator("body a[href]").evaluateAll((links) => links.map(({ href }) => href.split("#")[0]));
    for (const link of new Set(links)) assert.equal((await page.request.get(link)).status(), 200, link);
  }));

test("the tag of the chosen report is copied", () =>
  onStage({ permissions: ["clipboard-read", "clipboard-write"] }, async ({ page }) => {
    await open(page, "2020-pingtan");
    await page.getByRole("button", { name: "复制代码" }).click();
    await page.getByRole("status").filter({ hasText: "已复制" }).waitFor();
    assert.equal(
      await page.evaluate(() => navigator.clipboard.readText()),
      '<script type="module" src="nianbao.js"></script>\n<nianbao-report src="demo/2020-pingtan.json" prior-src="demo/2019-pingtan.json" history="demo/2019-pingtan.json demo/2021-pingtan.json demo/2023-pingtan.json"></nianbao-report>',
    );
  }));

for (const width of [360, 320]) {
  test(`at ${width} px the page does not scroll sideways, the wide tables do`, () =>
    onStage({ viewport: { width, height: 740 } }, async ({ page }) => {
      for (const name of ["2020-yisuhe", ...reports]) {
        await open(page, name);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name);
      }
      const scrolls = await page.evaluate(() => {
        let box = document.querySelector("nianbao-report").shadowRoot.querySelector('td[data-cell^="requests."]').closest("table");
        while (box && !/auto|scroll/.test(getComputedStyle(box).overflowX)) box = box.parentElement;
        if (!box) return null;
        box.scrollLeft = 50;
        return { left: box.scrollLeft, reachable: box.tabIndex === 0 };
      });
      assert.deepEqual(scrolls, { left: 50, reachable: true });
    }));
}

test("nothing but the page's own origin is asked, under the strictest policy that lets a module run", () =>
  onStage({}, async ({ page, complaints }) => {
    const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; require-trusted-types-for 'script'";
    await page.route(server.url, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
    });
    await page.addInitScript(() => {
      window.violations = [];
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => window.violations.push(`${violatedDirective} ${blockedURI}`));
    });
    const asked = new Set();
    page.on("request", (request) => asked.add(new URL(request.url()).origin));
    await open(page, "2020-yisuhe");
    for (const name of reports) {
      await page.locator(`a[href="#${name}"]`).click();
      await showsReport(page, readJson(`www/demo/${name}.json`).agency, readJson(`www/demo/${name}.json`).year);
    }
    await page.getByRole("link", { name: "English" }).click();
    await page.locator("nianbao-report").getByText("Carried out to next year").first().waitFor();
    assert.deepEqual([...asked], [new URL(server.url).origin]);
    assert.deepEqual(await page.evaluate(() => window.violations), []);
    assert.deepEqual(complaints, []);
  }));

test("on paper there is the report and nothing else of the page", () =>
  onStage({}, async ({ page }) => {
    await open(page, "2023-suqian");
    await page.emulateMedia({ media: "print" });
    for (const part of [".masthead", "h1", ".lead", ".choices", ".about-figures", ".embed", "footer"]) {
      for (const element of await page.locator(`body ${part}`).all()) assert.ok(!(await element.isVisible()), part);
    }
    assert.ok(await page.locator("nianbao-report table").first().isVisible());
  }));
