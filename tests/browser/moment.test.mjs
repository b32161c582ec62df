// The bar on every screen: a past date is coloured and changes figures, the perimeter stays in the address, the language switches.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { new_page, open, open_desk, settled } from './chromium.mjs';
import { figure } from './figures.mjs';

let opened;
let page;
before(async () => {
  opened = await open_desk();
  page = await new_page(opened);
});
after(() => opened?.stop());

const outstanding = async () => figure(await page.locator('tbody tr').first().locator('td').last().innerText());
const moment = () => page.getByRole('button', { name: /^Figures as of/ });

test('a past date colours the bar, changes the figures to what the program says of that day, and goes along', async () => {
  await open(page, opened, '/ageing');
  const now = await outstanding();
  assert.equal(await moment().getAttribute('data-past'), 'false');
  const plain = await moment().evaluate((button) => getComputedStyle(button).backgroundColor);
  await moment().click();
  const month_end = page.getByRole('dialog').getByRole('button', { name: /^\d\d\/\d\d\/\d{4}$/ }).nth(1);
  await month_end.click();
  await settled(page);
  const day = new URL(page.url()).searchParams.get('as_of');
  assert.match(day, /^\d{4}-\d\d-\d\d$/);
  assert.equal(await moment().getAttribute('data-past'), 'true');
  assert.notEqual(await moment().evaluate((button) => getComputedStyle(button).backgroundColor), plain);
  const { value } = await opened.api.ask(`/api/ageing?as_of=${day}`);
  const then = await outstanding();
  assert.equal(then, value.rows[0].outstanding);
  assert.notEqual(then, now);
  await page.getByRole('link', { name: 'DSO', exact: true }).click();
  await settled(page);
  assert.equal(new URL(page.url()).searchParams.get('as_of'), day);
});

test('before anything was known no figure is shown; the page says why and what to do', async () => {
  const { today } = (await opened.api.ask('/api/me')).value;
  await open(page, opened, `/ageing?as_of=${today}&known_at=2020-01-01T00:00:00Z`);
  assert.equal(await page.locator('tbody tr').count(), 0);
  assert.match(await page.getByRole('alert').innerText(), /01\/01\/2020|2020-01-01/);
  assert.equal(await moment().getAttribute('data-past'), 'true');
  page.faults.splice(0); // the browser tells of the answer 422 itself
});

test('one entity is chosen in the bar; figures, address and the next screen follow', async () => {
  await open(page, opened, '/ageing');
  await page.getByRole('button', { name: /^Entity/ }).click();
  await page.getByLabel('Nordan Supplies Ltd').check();
  await settled(page);
  const { value } = await opened.api.ask('/api/ageing?entity=3');
  assert.equal(await outstanding(), value.rows[0].outstanding);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Customers', exact: true }).click();
  await settled(page);
  assert.equal(new URL(page.url()).searchParams.get('entity'), '3');
});

test('the address is the page: a colleague who opens it sees the same', async () => {
  await open(page, opened, '/dso?method=countback&entity=1');
  const mine = await page.locator('main').innerText();
  const other = await new_page(opened);
  await open(other, opened, '/dso?method=countback&entity=1');
  assert.equal(await other.locator('main').innerText(), mine);
  await other.context().close();
});

test('French and English: words, figures, dates and the program’s own texts', async () => {
  await open(page, opened, '/');
  await page.locator('button[lang="fr"]').click();
  await page.getByRole('heading', { name: 'Aujourd’hui', exact: true }).waitFor();
  await settled(page);
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr');
  const said = await page.locator('main').innerText();
  assert.match(said, /\d\u202f\d{3},\d\d/, 'amounts as the French write them');
  await page.getByRole('link', { name: 'Balance âgée' }).click();
  await page.getByRole('button', { name: /règle/ }).first().click();
  await page.getByRole('dialog').getByText('AGE-1').waitFor();
  assert.doesNotMatch(await page.getByRole('dialog').innerText(), /\b(the|by due date|Outstanding)\b/);
  await page.keyboard.press('Escape');
  await page.reload();
  await settled(page);
  assert.equal(await page.locator('html').getAttribute('lang'), 'fr', 'kept');
  await page.locator('button[lang="en"]').click();
  await page.getByRole('heading', { name: 'Ageing', exact: true }).waitFor();
  assert.deepEqual(page.faults, []);
});

test('on a day without work the agenda says so and leads to the next working day', async () => {
  const { today } = (await opened.api.ask('/api/me')).value;
  const sunday = new Date(Date.parse(today) + ((7 - new Date(today).getUTCDay()) % 7) * 86_400_000).toISOString().slice(0, 10);
  const { value } = await opened.api.ask(`/api/agenda?date=${sunday}&limit=1`);
  assert.equal(value.working_day, false);
  await open(page, opened, `/agenda?date=${sunday}`);
  await page.getByText(/^Sunday,? .* is no working day: no reminder goes out\./).waitFor();
  await page.getByRole('link', { name: /^Show / }).click();
  await settled(page);
  assert.equal(new URL(page.url()).searchParams.get('date'), value.next_working_day);
  assert.equal(await page.getByText('is no working day').count(), 0);
});
