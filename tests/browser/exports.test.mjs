// What is seen can be taken along: CSV and XLSX of lists and measures, with the same figures.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { new_page, open, open_desk } from './chromium.mjs';
import { cents, text_of } from './figures.mjs';
import { part_of } from '../http/zip_part.mjs';

let opened;
let page;
before(async () => {
  opened = await open_desk();
  page = await new_page(opened);
});
after(() => opened?.stop());

async function download(name) {
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name, exact: true }).first().click();
  const file = await coming;
  return { name: file.suggestedFilename(), path: await file.path() };
}

/** Rows of a CSV without line breaks in its cells; the delimiter is the one of its heads. */
function csv_rows(text) {
  const rows = text.replace(/^\ufeff/, '').trim().split(/\r?\n/);
  const delimiter = rows[0].includes(';') ? ';' : ',';
  const cell = new RegExp(`(?:^|${delimiter})(?:"((?:[^"]|"")*)"|([^"${delimiter}]*))`, 'g');
  return rows.map((row) => [...row.matchAll(cell)].map((found) => found[1] ?? found[2]));
}

const xlsx_text = (path) => part_of(readFileSync(path), 'xl/worksheets/sheet1.xml');

const pages = {
  items: ['/items?bucket=d1_30&currency=EUR', '/api/items?bucket=d1_30&currency=EUR'],
  customers: ['/customers?currency=GBP', '/api/customers?currency=GBP'],
};

for (const [name, [path, api]] of Object.entries(pages)) {
  test(`${name} as CSV: every row, and their sum is the total`, async () => {
    await open(page, opened, path);
    const file = await download('CSV');
    assert.match(file.name, /\.csv$/);
    const [heads, ...rows] = csv_rows(readFileSync(file.path, 'utf8'));
    const { value } = await opened.api.ask(`${api}&limit=1`);
    const amount = heads.findIndex((head) => /^(open|outstanding)$/i.test(head));
    assert.ok(amount >= 0, `heads: ${heads}`);
    const counted = rows.filter((row) => row.length === heads.length && !/^total/i.test(row[0]));
    assert.equal(counted.length, value.count);
    const sum = counted.reduce((all, row) => all + cents(row[amount]), 0n);
    assert.equal(text_of(sum), value.totals[0].open ?? value.totals[0].outstanding);
  });
}

test('the ageing as XLSX holds the same amounts as numbers', async () => {
  await open(page, opened, '/ageing');
  const file = await download('XLSX');
  assert.match(file.name, /\.xlsx$/);
  const text = xlsx_text(file.path);
  const { value } = await opened.api.ask('/api/ageing');
  // A sheet's number has sixteen figures: 637806.93 may stand there as 637806.9300000001.
  const numbers = [...text.matchAll(/<v>([^<]+)<\/v>/g)].map((found) => Number(found[1]));
  for (const row of value.rows) {
    for (const amount of [row.outstanding, row.not_due, row.unapplied]) {
      const decimals = amount.split('.')[1]?.length ?? 0;
      assert.ok(numbers.some((one) => one.toFixed(decimals) === amount), `${amount} ${row.currency}`);
    }
  }
});

test('an export speaks the language of the desk, not of the browser', async () => {
  await open(page, opened, '/customers?currency=GBP');
  await page.getByRole('button', { name: /En français/ }).click();
  await page.getByRole('heading', { name: 'Clients' }).waitFor();
  const [heads] = csv_rows(readFileSync((await download('CSV')).path, 'utf8'));
  assert.ok(heads.includes('Encours'), `heads: ${heads}`);
  await page.getByRole('button', { name: /In English/ }).click();
  await page.getByRole('heading', { name: 'Customers' }).waitFor();
});

for (const [name, path] of Object.entries({ agenda: '/agenda', dso: '/dso?method=countback', 'ageing by customer': '/ageing?by=customer' })) {
  test(`${name} as CSV and XLSX`, async () => {
    await open(page, opened, path);
    const rows = csv_rows(readFileSync((await download('CSV')).path, 'utf8'));
    assert.ok(rows.length > 1 && rows[0].length > 3, `${rows.length} rows`);
    assert.match(xlsx_text((await download('XLSX')).path), /<row /);
    assert.deepEqual(page.faults, []);
  });
}

test('a long export shows how far it is and can be cancelled; the next one comes', async () => {
  await open(page, opened, '/items?state=all');
  const { value } = await opened.api.ask('/api/items?state=all&limit=1');
  assert.ok(value.count > 3000, `${value.count} items`);
  const line = page.getByRole('region', { name: 'countback-items.csv' });
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  const slow = (bytes_a_second) => network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, uploadThroughput: -1, downloadThroughput: bytes_a_second });
  await slow(60_000);
  await page.getByRole('link', { name: 'CSV', exact: true }).first().click();
  const bar = line.getByRole('progressbar');
  await bar.waitFor();
  const first = Number(await bar.evaluate((element) => element.value));
  assert.match(await line.textContent(), /[\d,]+ of [\d,]+ rows/);
  await page.waitForFunction((before) => (document.querySelector('progress')?.value ?? 0) > before, first);
  // By the keyboard alone.
  const cancel = line.getByRole('button', { name: 'Cancel' });
  await page.locator('main').click({ position: { x: 2, y: 2 } });
  for (let steps = 0; steps < 400 && !(await cancel.evaluate((button) => button === document.activeElement)); steps += 1) await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await line.waitFor({ state: 'detached' });
  await page.getByText('The export was cancelled.').waitFor();
  await slow(-1);
  const rows = csv_rows(readFileSync((await download('CSV')).path, 'utf8'));
  assert.equal(rows.length, 1 + value.count + value.totals.length);
  assert.equal(await page.getByRole('progressbar').count(), 0);
  assert.deepEqual(page.faults, []);
});
