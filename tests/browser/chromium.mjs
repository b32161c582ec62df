// A real Chromium on the real program: signed-in pages in any language, scheme and width, and what their consoles said.
// COUNTBACK_PAGES names a folder of built pages (web/dist) to look at in the place of those inside the program.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { command, start_desk, sign_in } from '../http/desk.mjs';

const web = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = web('playwright-core');
export const axe_path = web.resolve('axe-core/axe.min.js');

const quiet_words = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...quiet_words, '--disable-component-update', '--disable-sync'],
  });

/** The demo company, or an empty one, in a folder of its own; `api` asks the program beside the pages. */
export async function open_desk({ empty = false, env = process.env } = {}) {
  const desk = await start_desk({ words: empty ? [] : ['--demo-if-empty'], env });
  const browser = await launch();
  const api = await sign_in(desk);
  const address = `http://localhost:${desk.port}`;
  return {
    desk,
    api,
    browser,
    address,
    /** A sign-in link that was not used yet, on this desk's port. */
    new_link: () => /(http\S+#token=\S+)/.exec(command(['user', 'link', '--data', desk.data, '--address', address]))[1],
    async stop() {
      await browser.close();
      await desk.stop();
    },
  };
}

/** The pages of a folder, the answers of the program. */
async function pages_from(context, folder) {
  await context.route(
    (url) => !url.pathname.startsWith('/api/'),
    (route) => {
      const file = join(folder, new URL(route.request().url()).pathname);
      return route.fulfill({ path: /\.\w+$/.test(file) && existsSync(file) ? file : join(folder, 'index.html') });
    },
  );
}

/** A page of its own, signed in by the program's cookie unless `signed_in` says otherwise. `page.faults` must stay empty; that nobody is signed in yet is no fault. */
export async function new_page(opened, { language = 'en', scheme = 'light', width = 1440, signed_in = true } = {}) {
  const context = await opened.browser.newContext({
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    colorScheme: scheme,
    reducedMotion: 'reduce',
    viewport: { width, height: width < 600 ? 844 : 900 },
    acceptDownloads: true,
  });
  if (signed_in) {
    const [name, value] = opened.api.cookie.split('=');
    await context.addCookies([{ name, value, url: opened.address, httpOnly: true, sameSite: 'Strict' }]);
  }
  if (process.env.COUNTBACK_PAGES) await pages_from(context, process.env.COUNTBACK_PAGES);
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.faults = [];
  page.asked = new Set();
  page.on('request', (request) => page.asked.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => page.asked.delete(request));
  page.on('pageerror', (error) => page.faults.push(`${page.url()} ${error}`));
  page.on('console', (message) => {
    const asks_who = message.location().url.endsWith('/api/me') && message.text().includes('401');
    if (message.type() === 'error' && !asks_who) page.faults.push(`${page.url()} ${message.text()}`);
  });
  return page;
}

/** Opens a page of the desk and waits until its figures stand. */
export async function open(page, opened, path) {
  await page.goto(opened.address + path, { waitUntil: 'domcontentloaded' });
  await settled(page);
}

/** Goes to another page as a link of the desk does, without fetching the desk again. */
export async function go(page, path) {
  await page.evaluate((to) => globalThis.history.pushState(null, '', to), path);
  await settled(page);
}

/** Nothing is asked of the program any more, no skeleton is left, and it stays so. */
export async function settled(page) {
  await page.waitForSelector('h1, h2');
  for (let calm = 0; calm < 3; ) {
    await page.waitForTimeout(40);
    calm = page.asked.size === 0 && (await page.locator('[aria-busy="true"]').count()) === 0 ? calm + 1 : 0;
  }
}
