// Pictures of the demo page, to look at: `make screenshots`, or with parts of the page's address after the number
// sign: `make screenshots HASHES="2020-yisuhe 2023-suqian"`. They go to target/screenshots/.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { dist, openPage, root, showsFigures } from "./launch.mjs";
import { serve } from "./server.mjs";

const looks = [
  { name: "wide-light", context: { viewport: { width: 1280, height: 900 }, colorScheme: "light" } },
  { name: "wide-dark", context: { viewport: { width: 1280, height: 900 }, colorScheme: "dark" } },
  { name: "narrow-light", context: { viewport: { width: 360, height: 740 }, colorScheme: "light", deviceScaleFactor: 2 } },
  { name: "narrow-dark", context: { viewport: { width: 360, height: 740 }, colorScheme: "dark", deviceScaleFactor: 2 } },
  { name: "forced-colors", context: { viewport: { width: 1280, height: 900 }, forcedColors: "active" } },
  // The width of A4 less its margins.
  { name: "print", context: { viewport: { width: 718, height: 1000 } }, media: "print" },
];

const hashes = process.argv.length > 2 ? process.argv.slice(2) : [""];
const folder = join(root, "target", "screenshots");
mkdirSync(folder, { recursive: true });
const server = await serve(dist);
for (const hash of hashes.map((hash) => hash.replace(/^#/, ""))) {
  for (const look of looks) await picture(hash, look);
}
await server.close();

async function picture(hash, { name, context, media }) {
  const { page, complaints, close } = await openPage(context);
  await page.goto(`${server.url}${hash && `#${hash}`}`);
  await page.waitForFunction(showsFigures, undefined, { timeout: 15_000 }).catch(() => complaints.push("no figures are shown"));
  await page.evaluate(() => document.fonts.ready);
  if (media) await page.emulateMedia({ media });
  const path = join(folder, `${[hash.replace(/[^\w-]+/g, "_"), name].filter(Boolean).join("-")}`);
  await page.screenshot({ path: `${path}.png`, fullPage: true });
  if (media === "print") await page.pdf({ path: `${path}.pdf`, format: "A4", printBackground: false });
  console.log([`${path}.png`, ...complaints].join("\n  complaint: "));
  await close();
}
