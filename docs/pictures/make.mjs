// Makes the pictures of every page again, in both languages, on the demo company: node docs/pictures/make.mjs
// [--only today,dso] [--into FOLDER] [--scheme dark] [--width 390] [--png]. COUNTBACK_BINARY names the program.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { new_page, open, open_desk, settled } from '../../tests/browser/chromium.mjs';
import { addresses, busy_day } from '../../tests/browser/places.mjs';

const largest = 60_000;
const sample = join(import.meta.dirname, '..', '..', 'tests', 'samples', 'browser', 'french_erp.csv');
const option = (name, otherwise) =>
  process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise;
const folder = option('--into', import.meta.dirname);
const only = option('--only', '').split(',').filter(Boolean);
const scheme = option('--scheme', 'light');
const width = Number(option('--width', '1280'));

/** The best quality that stays under the limit. */
async function keep(page, name) {
  if (process.argv.includes('--png')) return page.screenshot({ path: join(folder, `${name}.png`), fullPage: width < 600 });
  const chrome = await page.context().newCDPSession(page);
  for (let quality = 82; quality > 0; quality -= 8) {
    const { data } = await chrome.send('Page.captureScreenshot', { format: 'webp', quality });
    const bytes = Buffer.from(data, 'base64');
    if (bytes.length > largest) continue;
    await writeFile(join(folder, `${name}.webp`), bytes);
    return process.stdout.write(`${name} ${bytes.length} bytes, quality ${quality}\n`);
  }
  throw new Error(`${name}: no quality is small enough`);
}

/** The agenda is shown on a day with steps to do, whatever day the pictures are made. */
async function places_shown(opened) {
  const { date } = await busy_day(opened);
  return { ...(await addresses(opened)), agenda: `/agenda?date=${date}`, one_by_one: `/agenda/one?date=${date}` };
}

/** A panel is a picture too: the reasons of the agenda's first customer. */
async function keep_reasons(page, opened, { path, suffix }) {
  await open(page, opened, path);
  await page.locator('tr[data-row]').first().dblclick();
  await page.getByRole('dialog').locator('h3').first().waitFor();
  await settled(page);
  await keep(page, `why${suffix}`);
}

async function keep_pages(opened, language) {
  const suffix = language === 'en' ? '' : `.${language}`;
  const page = await new_page(opened, { language, scheme, width });
  await page.setViewportSize({ width, height: width < 600 ? 844 : 800 });
  const places = await places_shown(opened);
  for (const [name, path] of Object.entries(places)) {
    if (only.length > 0 && !only.includes(name)) continue;
    await open(page, opened, path);
    await keep(page, `${name}${suffix}`);
  }
  if (only.length === 0 || only.includes('why')) await keep_reasons(page, opened, { path: places.agenda, suffix });
  await page.context().close();
}

async function keep_sign_in(opened, language) {
  if (only.length > 0 && !only.includes('sign_in')) return;
  const page = await new_page(opened, { language, scheme, width, signed_in: false });
  await open(page, opened, '/');
  await keep(page, `sign_in${language === 'en' ? '' : `.${language}`}`);
  await page.context().close();
}

/** The way of a first file, in an empty company: given, mapped, previewed, loaded. */
async function keep_first_file(language) {
  if (only.length > 0 && !only.includes('first_steps')) return;
  const suffix = language === 'en' ? '' : `.${language}`;
  const words = JSON.parse(await readFile(new URL(`../../web/lib/i18n/${language}.json`, import.meta.url), 'utf8'));
  const opened = await open_desk({ empty: true });
  try {
    const page = await new_page(opened, { language, scheme, width });
    await page.setViewportSize({ width, height: width < 600 ? 844 : 800 });
    await open(page, opened, '/');
    await keep(page, `first_steps${suffix}`);
    await page.setInputFiles('input[type=file]', sample);
    await page.locator('main table select').first().waitFor();
    await settled(page);
    await keep(page, `import_columns${suffix}`);
    await page.getByRole('button', { name: words['imports.to_preview'] }).click();
    await page.locator('main input[type=checkbox]').check();
    await page.evaluate(() => globalThis.scrollTo(0, 250));
    await keep(page, `import_preview${suffix}`);
    await page.getByRole('button', { name: words['imports.apply'] }).click();
    await page.waitForURL('**/imports/*');
    await settled(page);
    await keep(page, `load${suffix}`);
  } finally {
    await opened.stop();
  }
}

/** Reminders that are due, letters first; the first rows of the agenda stay for its own pictures. */
async function say_yes({ api }) {
  const { rows } = (await api.ask('/api/agenda?outcome=due&limit=100')).value;
  const by = (channels) => rows.slice(5).filter((row) => channels.includes(row.step?.channel));
  const letters = by(['letter', 'registered_letter']).slice(0, 6);
  const chosen = [...letters, ...by(['email']).slice(0, 5)];
  if (chosen.length === 0) return; // no working day
  const customers = chosen.map(({ customer }) => ({ customer: customer.id }));
  await api.ask('/api/reminders', { method: 'POST', json: { customers } });
  for (let tries = 0; tries < 50; tries += 1) {
    const { counts } = (await api.ask('/api/messages?limit=1')).value;
    if (counts.to_post >= letters.length) return;
    await new Promise((wake) => setTimeout(wake, 200));
  }
}

/** A few messages and a run, so that their pages have something to show on any day. */
async function write_some({ api }) {
  const { rows } = (await api.ask('/api/customers?sort=-overdue&limit=4')).value;
  for (const [place, row] of rows.entries()) {
    const template = ['reminder_1', 'statement', 'courtesy', 'reminder_2'][place];
    await api.ask(`/api/customers/${row.id}/messages`, { method: 'POST', json: { template } });
  }
  await say_yes({ api });
  await api.ask('/api/runs', { method: 'POST', json: {} });
}

await mkdir(folder, { recursive: true });
const opened = await open_desk();
try {
  await write_some(opened);
  for (const language of ['en', 'fr']) {
    await keep_pages(opened, language);
    await keep_sign_in(opened, language);
    await keep_first_file(language);
  }
} finally {
  await opened.stop();
}
