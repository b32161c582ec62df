// From an empty company to figures: the file of a French ERP, its columns corrected, a preview, a load, and back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { new_page, open_desk, settled } from './chromium.mjs';
import { cents, figure, text_of } from './figures.mjs';

const file = join(import.meta.dirname, '..', 'samples', 'browser', 'french_erp.csv');
const day = '2026-10-31';
const refused = [42, 43];

/** The file as a person reads it: line, entity, due date, what is left; credit notes are below zero. */
function lines() {
  const text = new TextDecoder('windows-1252').decode(readFileSync(file));
  const rows = text.trim().split('\r\n').slice(1);
  return rows.map((row, index) => {
    const [entity, , , number, , , due, amount, left] = row.split(';');
    const [dd, mm, yyyy] = due.split('/');
    const units = (shown) => BigInt(shown.replace(/[\u00a0,]/g, ''));
    return { line: index + 2, entity, number, due: `${yyyy}-${mm}-${dd}`, amount: units(amount), left: units(left) };
  });
}

const kept = lines().filter(({ line }) => !refused.includes(line));
const sum = (rows) => text_of(rows.reduce((total, { left }) => total + left, 0n));
const of_entity = (entity) => kept.filter((row) => row.entity === entity);

function bucket_of({ due, left }) {
  const late = (Date.parse(day) - Date.parse(due)) / 86_400_000;
  if (left < 0n) return 'unapplied';
  if (late <= 0) return 'not_due';
  return late > 120 ? 'd120_plus' : ['d1_30', 'd31_60', 'd61_90', 'd91_120'][Math.ceil(late / 30) - 1];
}

const buckets = ['not_due', 'd1_30', 'd31_60', 'd61_90', 'd91_120', 'd120_plus', 'unapplied'];
let opened;
let page;
before(async () => {
  opened = await open_desk({ empty: true });
});
after(() => opened?.stop());

test('the link signs in once, leaves the address, and an empty company opens on its first steps', async () => {
  page = await new_page(opened, { signed_in: false });
  const link = opened.new_link();
  await page.goto(link);
  await page.getByRole('heading', { name: 'First steps' }).waitFor();
  assert.ok(!page.url().includes('token'), page.url());
  const other = await new_page(opened, { signed_in: false });
  await other.goto(link);
  await other.getByLabel('E-mail').waitFor();
  await other.context().close();
});

test('the file is read as it is: Windows letters, semicolons, decimal commas, French dates', async () => {
  await page.setInputFiles('input[type=file]', file);
  await page.getByRole('heading', { name: 'french_erp.csv' }).waitFor();
  assert.equal(await page.getByLabel('Encoding').inputValue(), 'windows-1252');
  assert.equal(await page.getByLabel('Delimiter').inputValue(), ';');
  assert.equal(await page.getByLabel('Decimals').inputValue(), ',');
  assert.equal(await page.getByLabel('Dates').inputValue(), 'dd/mm/yyyy');
  assert.equal(await column_of('Due date'), 'Échéance');
  assert.equal(await column_of('Customer name'), 'Nom du client');
  await page.getByText('Columns not used: Reste').waitFor();
});

const column_of = (field) => page.locator('main').getByLabel(field, { exact: true }).evaluate((list) => list.selectedOptions[0].text);

test('a column is corrected, the preview counts, asks and refuses with the reason', async () => {
  await page.getByRole('button', { name: /more fields/ }).click();
  await page.getByLabel('Remaining amount').selectOption({ label: 'Reste' });
  await page.getByLabel('Extracted on').fill(day);
  await page.getByRole('button', { name: 'Show what it would do' }).click();
  await page.getByRole('heading', { name: 'What this load would do' }).waitFor();
  const counts = await page.locator('[class*=figures] > div').allInnerTexts();
  assert.deepEqual(counts.map((text) => text.split('\n').pop()), ['42', '40', '0', '0', '0', '2', '12']);
  const totals = await table('What this load would do');
  for (const entity of ['D01', 'D02']) {
    const row = totals.find(([name]) => name === entity);
    assert.equal(figure(row[3]), '0.00');
    assert.equal(figure(row[4]), sum(of_entity(entity)), entity);
  }
  const lines_refused = await table('Refused lines');
  assert.deepEqual(lines_refused.map(([line]) => line), ['42', '43']);
  assert.match(lines_refused[0][3], /line 9/);
  assert.equal(lines_refused[1][2], '31/02/2026');
});

/** The body of the table in the card of this title. */
const table = (title) =>
  page
    .locator('section', { has: page.getByRole('heading', { name: title, exact: true }) })
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));

test('nothing is applied before its questions are answered; then the load stands and is reconciled', async () => {
  const apply = page.getByRole('button', { name: 'Apply the load' });
  assert.ok(await apply.isDisabled());
  await page.getByLabel(/D0[12], D0[12]/).check();
  await apply.click();
  await page.getByRole('heading', { name: /^Load \d+$/ }).waitFor();
  const rows = await table('Reconciliation');
  for (const entity of ['D01', 'D02']) {
    const row = rows.find(([name, customer]) => name === entity && customer === 'All customers');
    assert.equal(figure(row[4]), sum(of_entity(entity)), `${entity} in the ledger`);
  }
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download the refused lines' }).click();
  const text = readFileSync(await (await download).path(), 'utf8');
  assert.match(text, /31\/02\/2026/);
  assert.match(text, /FA260008/);
});

test('the badge says what the load says', async () => {
  const said = (await page.getByTitle(/file|ledger/).first().innerText()).trim();
  const load = await page.locator('section', { has: page.getByRole('heading', { name: 'Reconciliation' }) }).innerText();
  assert.equal(/Reconciled/.test(said), !/Differs/.test(load), `badge "${said}"`);
});

test('the ageing is the file, entity by entity and bucket by bucket', async () => {
  await page.goto(`${opened.address}/ageing?by=entity&as_of=${day}`);
  await settled(page);
  const rows = await table('By entity');
  for (const entity of ['D01', 'D02']) {
    const row = rows.find(([name]) => name === entity);
    const expected = buckets.map((bucket) => sum(of_entity(entity).filter((one) => bucket_of(one) === bucket)));
    assert.deepEqual(row.slice(2).map(figure), [...expected, sum(of_entity(entity))], entity);
  }
});

test('the same file again changes nothing', async () => {
  await page.goto(`${opened.address}/imports/new`);
  await page.setInputFiles('input[type=file]', file);
  await page.getByLabel('Remaining amount').waitFor();
  assert.equal(await column_of('Remaining amount'), 'Reste', 'the mapping is kept');
  await page.getByLabel('Extracted on').fill(day);
  await page.getByRole('button', { name: 'Show what it would do' }).click();
  await page.getByRole('heading', { name: 'What this load would do' }).waitFor();
  const counts = await page.locator('[class*=figures] > div').allInnerTexts();
  assert.deepEqual(counts.map((text) => text.split('\n').pop()), ['42', '0', '0', '40', '0', '2', '0']);
});

test('the load is undone as a whole, and the company is as before', async () => {
  await page.goto(`${opened.address}/imports`);
  await page.locator('tr[data-row] a').first().click();
  await page.getByRole('button', { name: 'Undo the load' }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill('Loaded to try it');
  await page.getByRole('dialog').getByRole('button', { name: 'Undo the load' }).click();
  await page.getByText('The load is undone.').waitFor();
  await page.getByText('Undone', { exact: true }).waitFor();
  const { value } = await opened.api.ask(`/api/ageing?as_of=${day}`);
  assert.equal(cents(value.totals.map((row) => row.outstanding)[0] ?? '0.00'), 0n);
  assert.deepEqual(page.faults, []);
});
