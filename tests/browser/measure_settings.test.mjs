// What the company chooses for its measures and its loads: saved on the page, followed by the figures at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { go, new_page, open, open_desk } from './chromium.mjs';

let opened;
let page;
before(async () => {
  opened = await open_desk();
  page = await new_page(opened);
});
after(() => opened?.stop());

const asked = async (path) => (await opened.api.ask(path)).value;
const form = (name) => page.locator('section', { has: page.getByRole('heading', { name, exact: true }) });

test('days that do not ascend cannot be saved, and the page says so', async () => {
  await open(page, opened, '/settings/measures');
  await page.getByLabel('Column 2').fill('30');
  await page.getByText('Type four numbers of days, each larger than the one before.').waitFor();
  assert.ok(await form('Measures').getByRole('button', { name: 'Save' }).isDisabled());
});

test('what is chosen stands, and the columns of the ageing follow without a reload', async () => {
  for (const [column, days] of [[1, 15], [2, 45], [3, 75], [4, 100]]) await page.getByLabel(`Column ${column}`).fill(String(days));
  await page.getByLabel('Internal rate, percent a year').fill('8,5');
  await page.getByLabel('Late rate counts').selectOption({ label: 'Overdue by more than 30 days' });
  await form('Measures').getByRole('button', { name: 'Save' }).click();
  await page.getByText('The choices for the measures are saved.').waitFor();
  const stands = await asked('/api/settings/measures');
  assert.deepEqual(stands.ageing_bounds, [15, 45, 75, 100]);
  assert.equal(stands.internal_rate, '8.5');
  assert.equal(stands.late_days_above, 30);
  await go(page, '/ageing');
  await page.getByRole('columnheader', { name: '16–45 days' }).waitFor();
  await page.getByRole('columnheader', { name: 'Over 100 days' }).waitFor();
  await go(page, '/items?bucket=d31_60');
  await page.getByText('16–45 days').waitFor();
});

test('the guard of a full load', async () => {
  await go(page, '/settings/measures');
  await page.getByLabel('Ask first above, percent').fill('35');
  await form('Loads').getByRole('button', { name: 'Save' }).click();
  await page.getByText('The choice for the loads is saved.').waitFor();
  assert.equal((await asked('/api/settings/imports')).guard_percent, 35);
});

test('nothing of it put a fault on the console', () => assert.deepEqual(page.faults, []));
