// Every page of the menu and the sheets behind it: two languages, light and dark, a wide screen and a phone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { axe_path, go, new_page, open, open_desk } from './chromium.mjs';
import { addresses } from './places.mjs';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const sights = ['en', 'fr'].flatMap((language) =>
  ['light', 'dark'].flatMap((scheme) => [1440, 390].map((width) => ({ language, scheme, width }))),
);
for (const language of ['en', 'fr']) sights.push({ language, scheme: 'light', width: 1280 }); // the longer words on the narrower desk
/** axe takes its time: every page once, and the screens of the menu again on a dark phone in French. */
const menu = ['today', 'agenda', 'messages', 'customers', 'items', 'ageing', 'dso', 'imports', 'runs', 'scenarios', 'mail'];
const with_axe = (name, { language, scheme, width }) =>
  (language === 'en' && scheme === 'light' && width === 1440) ||
  (language === 'fr' && scheme === 'dark' && width === 390 && menu.includes(name));
const axe_text = readFileSync(axe_path, 'utf8');
let opened;
let places;
before(async () => {
  opened = await open_desk();
  places = await addresses(opened);
});
after(() => opened?.stop());

async function wide_by(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** At 1280 pixels every table shows all its columns. */
function scrolls_sideways(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('main [class*=scroll]')]
      .map((one) => one.scrollWidth - one.clientWidth)
      .filter((more) => more > 0)
      .map((more) => `a table scrolls ${more} px sideways`),
  );
}

/** Text that stands beyond the edge of its card, where nothing can be scrolled. */
function beyond_cards(page) {
  return page.evaluate(() => {
    const scrolls = (one) => getComputedStyle(one).overflowX !== 'visible';
    const inside_scroll = (one, card) => {
      for (let at = one; at !== null && at !== card; at = at.parentElement) if (scrolls(at)) return true;
      return false;
    };
    return [...document.querySelectorAll('main section')].flatMap((card) => {
      const edge = card.getBoundingClientRect().right;
      const leaves = [...card.querySelectorAll('*')].filter((one) => one.childElementCount === 0 && one.textContent.trim() !== '');
      const written = document.createRange();
      const reach = (one) => (written.selectNodeContents(one), written.getBoundingClientRect().right);
      const out = leaves.filter((one) => reach(one) > edge + 1 && !inside_scroll(one, card));
      return out.map((one) => `"${one.textContent}" runs out of its card`);
    });
  });
}

async function axe_faults(page) {
  await page.evaluate(axe_text); // beside the page's content policy, which refuses foreign scripts
  const { violations } = await page.evaluate((run) => globalThis.axe.run({ runOnly: run }), rules);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target} ${node.failureSummary}`))
    .filter((fault) => !fault.includes('partially obscured')); // rows half under the sticky totals, whole once scrolled
}

async function look_at(page, [name, path], sight) {
  await go(page, path);
  const said = [...page.faults.splice(0)];
  if (await page.locator('[class*=stateBad]').count()) said.push(await page.locator('[class*=stateBad]').first().innerText());
  const wide = await wide_by(page);
  if (wide > 0) said.push(`${wide} px too wide`);
  said.push(...(await beyond_cards(page)));
  if (sight.width === 1280) said.push(...(await scrolls_sideways(page)));
  if ((await page.locator('main h1').count()) !== 1) said.push('has no main part with one title');
  const language = await page.locator('html').getAttribute('lang');
  if (language !== sight.language) said.push(`speaks ${language}`);
  const bare = await page.locator('body').evaluate((body) => /\b(undefined|NaN|null|\[object)\b|\{\{/.exec(body.innerText)?.[0]);
  if (bare) said.push(`shows "${bare}"`);
  if (with_axe(name, sight)) said.push(...(await axe_faults(page)));
  return said;
}

for (const sight of sights) {
  test(`every page, ${sight.language}, ${sight.scheme}, ${sight.width} px`, async () => {
    const page = await new_page(opened, sight);
    const faults = [];
    await open(page, opened, '/account');
    for (const place of Object.entries(places)) {
      for (const fault of await look_at(page, place, sight)) faults.push(`${place[0]}: ${fault}`);
    }
    await page.context().close();
    assert.deepEqual(faults, []);
  });
}
