// A real ledger of 49,700 lines through the page alone: nothing edited by hand, every repeated line named, figures as the file has them.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { new_page, open, open_desk, settled } from './chromium.mjs';
import { figure, text_of } from './figures.mjs';

const shared = process.env.COUNTBACK_SHARED ?? join(import.meta.dirname, '..', '..', '..', 'shared');
const file = join(shared, 'data', 'receivables', 'highradius_ledger_original_layout.csv');
const skip = !existsSync(file) && 'the shared data is absent';
const day = '2020-03-31';
const columns = {
  Entity: 'business_code',
  'Customer code': 'cust_number',
  'Customer name': 'name_customer',
  Number: 'invoice_id',
  'Issue date': 'posting_date',
  'Due date': 'due_in_date',
  'Cleared date': 'clear_date',
  'Amount including tax': 'total_open_amount',
  Currency: 'invoice_currency',
  'Payment terms': 'cust_payment_terms',
};

let opened;
let page;
before(async () => {
  if (skip) return;
  opened = await open_desk({ empty: true });
  page = await new_page(opened);
});
after(() => opened?.stop());

/** What was open on the day, per currency, from the file's own text: the second calculation. */
function open_on_day() {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const at = Object.fromEntries(head.split(',').map((name, index) => [name, index]));
  const sums = new Map();
  for (const line of new Set(lines)) {
    const cells = line.split(',');
    const issued = cells[at.posting_date];
    const cleared = cells[at.clear_date].slice(0, 10);
    const open_then = issued <= day && (cleared === '' || cleared > day);
    if (!open_then) continue;
    const [whole, part = ''] = cells[at.total_open_amount].split('.');
    const currency = cells[at.invoice_currency];
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(whole + part.padEnd(2, '0')));
  }
  return sums;
}

test('the file is read and mapped in the page', { skip }, async () => {
  await open(page, opened, '/');
  await page.setInputFiles('input[type=file]', file);
  await page.getByText('49,700 lines').waitFor({ timeout: 60000 });
  for (const [field, column] of Object.entries(columns)) {
    await page.locator('main').getByLabel(field, { exact: true }).selectOption({ label: column });
  }
});

test('the preview shows 49,553 new items and 147 refused lines, each naming the line it repeats', { skip }, async () => {
  await page.getByRole('button', { name: 'Show what it would do' }).click();
  await page.getByRole('heading', { name: 'What this load would do' }).waitFor({ timeout: 60000 });
  const counts = await page.locator('[class*=figures] > div').allInnerTexts();
  const said = Object.fromEntries(counts.map((text) => text.split('\n').filter(Boolean)));
  assert.equal(said['New items'], '49,553');
  assert.equal(said.Refused, '147');
  const reasons = page.locator('section', { has: page.getByRole('heading', { name: 'Refused lines' }) }).locator('tbody tr');
  for (const reason of await reasons.allInnerTexts()) assert.match(reason, /line \d/);
});

test('the load stands, with its refusals as a file', { skip }, async () => {
  for (const box of await page.locator('main input[type=checkbox]').all()) await box.check();
  await page.getByRole('button', { name: 'Apply the load' }).click();
  await page.getByRole('heading', { name: /^Load \d/ }).waitFor({ timeout: 90000 });
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the refused lines' }).click();
  const lines = readFileSync(await (await coming).path(), 'utf8').trim().split(/\r?\n/);
  assert.equal(lines.length - 1, 147);
});

test('the ageing of a past month end is the file to the cent', { skip }, async () => {
  await open(page, opened, `/ageing?as_of=${day}`);
  const rows = await page.locator('main tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));
  const shown = Object.fromEntries(rows.map((row) => [row[0].trim(), figure(row.at(-1))]));
  const expected = Object.fromEntries([...open_on_day()].map(([currency, sum]) => [currency, text_of(sum)]));
  assert.deepEqual(shown, expected);
});

test('customers, DSO and agenda of that day open within a breath', { skip }, async () => {
  for (const path of ['/customers', '/dso', '/items', '/agenda', '/']) {
    await open(page, opened, `${path}?as_of=${day}`);
    assert.equal(await page.locator('[role=alert]').count(), 0, path);
  }
  await settled(page);
  assert.deepEqual(page.faults, []);
});
