// Every number is a door: what a total says is what the items behind it come to, in the same perimeter and Moment.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { go, new_page, open, open_desk } from './chromium.mjs';
import { cents, figure, text_of } from './figures.mjs';

let opened;
let page;
before(async () => {
  opened = await open_desk();
  page = await new_page(opened);
  await open(page, opened, '/account');
});
after(() => opened?.stop());

/** All doors on the page that lead to items, each once: where to, and the figure that stands on it. */
async function doors() {
  const links = await page.locator('main a[href^="/items?"]').evaluateAll((all) =>
    all.map((link) => ({ to: link.getAttribute('href'), shown: (link.querySelector('.number') ?? link).innerText })),
  );
  return [...new Map(links.map((door) => [door.to, door])).values()];
}

/** The total of open amounts on the items page; without items, nothing. */
async function open_total() {
  const heads = await page.locator('thead th').allInnerTexts();
  const totals = await page.locator('tfoot tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText)));
  assert.ok(totals.length <= 1, 'one currency behind a door');
  return totals.length === 0 ? '0.00' : figure(totals[0][heads.indexOf('Open')]);
}

async function walk(path, least) {
  await go(page, path);
  const found = await doors();
  assert.ok(found.length >= least, `${path} has ${found.length} doors`);
  const wrong = [];
  for (const { to, shown } of found) {
    await go(page, to);
    const total = await open_total();
    if (total !== figure(shown)) wrong.push(`${to} shows ${figure(shown)}, its items come to ${total}`);
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(page.faults, []);
}

test('ageing by currency', () => walk('/ageing', 14));
test('ageing by entity, at a past date', async () => {
  const { today } = (await opened.api.ask('/api/me')).value;
  await walk(`/ageing?by=entity&entity=3&as_of=${Number(today.slice(0, 4)) - 1}-12-31`, 8);
});
test('the parts of the DSO', () => walk('/dso', 6));
test('today', () => walk('/', 6));
test('a customer’s sheet', async () => {
  // One with credits where there is any on the day of the test; the demo is another company every day.
  const first = async (sort) => (await opened.api.ask(`/api/customers?sort=-${sort}&limit=1`)).value.rows[0];
  const credited = await first('unapplied');
  const rows = [Number(credited.unapplied) === 0 ? await first('outstanding') : credited];
  await walk(`/customers/${rows[0].id}`, 3);
});

test('rows shown in one currency sum to their total', async () => {
  await go(page, '/ageing?by=entity');
  const rows = await page.locator('main tbody tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));
  const totals = await page.locator('main tfoot tr').evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));
  for (const total of totals) {
    const parts = rows.filter((row) => row[1] === total[1]);
    for (let column = 2; column < total.length; column += 1) {
      const sum = parts.reduce((all, row) => all + cents(figure(row[column])), 0n);
      assert.equal(text_of(sum), figure(total[column]), `${total[1]}, column ${column}`);
    }
  }
});

test('from a total to its items, to one item, to its customer and back by the crumbs', async () => {
  await open(page, opened, '/ageing');
  await page.locator('tbody a[href*="bucket=d1_30"]').first().click();
  await page.getByRole('grid', { name: 'Items' }).waitFor();
  await page.locator('tr[data-row] a').first().click();
  await page.getByRole('heading', { name: 'Versions' }).waitFor();
  await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link').last().click();
  await page.getByRole('heading', { name: 'Statement' }).waitFor();
  await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link').first().click();
  await page.getByRole('grid', { name: 'Customers' }).waitFor();
});

test('the rule stands beside a figure: its text, its inputs, its exclusions', async () => {
  await open(page, opened, '/dso');
  await page.getByRole('button', { name: /rule and inputs/ }).first().click();
  const said = await page.getByRole('dialog').innerText();
  assert.match(said, /DSO-4/);
  assert.match(said, /add up to DSO/);
  assert.match(said, /365/);
});
