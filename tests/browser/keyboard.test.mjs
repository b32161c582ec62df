// A day without the mouse: the palette, the agenda one by one, a promise in three keystrokes, the reasons.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { go, new_page, open, open_desk, settled } from './chromium.mjs';
import { busy_day } from './places.mjs';

let opened;
let page;
let agenda;
before(async () => {
  opened = await open_desk();
  page = await new_page(opened);
  agenda = await busy_day(opened);
});
after(() => opened?.stop());

async function palette() {
  await page.keyboard.press('Control+k');
  await page.locator('[role=combobox]:focus').waitFor();
}
const title = () => page.locator('h1').innerText();
const promises_of = async (customer) =>
  (await opened.api.ask(`/api/standings?kind=promise&customer=${customer}`)).value.rows.filter((one) => one.author !== 'demo');

test('Ctrl K finds a screen, a customer and an item', async () => {
  const customer = agenda.rows[0].customer;
  await open(page, opened, '/');
  await palette();
  await page.keyboard.type('ageing');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/ageing');
  await palette();
  await page.keyboard.type(customer.code);
  await page.getByRole('option', { name: customer.code }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/customers/${customer.id}`);
  await palette();
  await page.keyboard.type(agenda.rows[0].leader.number);
  await page.getByRole('option', { name: agenda.rows[0].leader.number }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/items/${agenda.rows[0].leader.item}`);
});

test('? shows the keys, Escape closes', async () => {
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('Go to a screen, a customer, an item').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('the agenda is walked by arrows; Enter opens the reasons: leader, four values, suppressors', async () => {
  await open(page, opened, `/agenda?date=${agenda.date}`);
  await page.getByRole('grid', { name: 'Agenda' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog');
  await panel.getByRole('heading', { name: 'What could hold it back' }).waitFor();
  const said = await panel.innerText();
  const { leader, customer } = agenda.rows[0];
  assert.ok(said.includes(customer.name));
  assert.ok(said.includes(leader.number));
  assert.match(said, new RegExp(`${leader.days_late} days? late`));
  for (const value of ['Level reached by time', 'Level done', 'Next permitted step', 'Earliest date']) assert.ok(said.includes(value), value);
  const decision = (await opened.api.ask(`/api/agenda/${customer.id}?date=${agenda.date}`)).value;
  assert.ok(decision.suppressors.length > 5, 'every suppressor is tried');
  for (const { text } of decision.suppressors) {
    const words = /[A-Za-z ]{8,}/.exec(text)?.[0].trim() ?? text; // figures and dates are shown in the user's way
    assert.ok(said.toLowerCase().includes(words.toLowerCase()), `suppressor "${text}"`);
  }
  for (const { number } of decision.items.slice(0, 5).map(({ item }) => item)) assert.ok(said.includes(number), number);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
});

test('one by one: j and n go on, b comes back', async () => {
  await open(page, opened, `/agenda/one?date=${agenda.date}`);
  const names = agenda.rows.map((row) => row.customer.name);
  assert.equal(await title(), names[0]);
  await page.keyboard.press('j');
  await settled(page);
  assert.equal(await title(), names[1]);
  await page.keyboard.press('n');
  await settled(page);
  assert.equal(await title(), names[2]);
  await page.keyboard.press('b');
  await settled(page);
  assert.equal(await title(), names[1]);
});

const outcome_of = async (customer) => (await opened.api.ask(`/api/agenda/${customer}?date=${agenda.date}`)).value.outcome;
const until = async (holds) => {
  for (let tries = 0; tries < 40 && !(await holds()); tries += 1) await page.waitForTimeout(100);
  return holds();
};

/** Somebody whose step alone is due: a broken promise stays to be acted on, whatever step is noted. */
async function step_alone() {
  const { rows } = (await opened.api.ask(`/api/agenda?date=${agenda.date}&outcome=due&limit=100`)).value;
  const at = rows.findIndex((row) => row.step !== null && !row.kind.startsWith('promise'));
  await open(page, opened, `/agenda/one?date=${agenda.date}&at=${at}`);
  assert.equal(await title(), rows[at].customer.name);
  return rows[at].customer;
}

for (const [key, said, reason] of [['k', 'Noted as done'], ['x', 'Skipped', 'They called this morning']]) {
  test(`${key} in one by one: ${said.toLowerCase()}, out of the list, and Undo brings it back`, async () => {
    const { id, name } = await step_alone();
    await page.keyboard.press(key);
    if (reason) {
      await page.getByRole('dialog').getByLabel('Reason').fill(reason);
      await page.keyboard.press('Enter');
    }
    await page.getByText(`${said}: ${name}.`).waitFor();
    assert.ok(await until(async () => (await title()) !== name), 'the next one is shown');
    assert.notEqual(await outcome_of(id), 'due');
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.ok(await until(async () => (await outcome_of(id)) === 'due'), 'open again');
    await settled(page);
  });
}

test('a promise in three keystrokes stands in the ledger, and can be undone', async () => {
  const customer = agenda.rows[1].customer.id;
  await open(page, opened, `/agenda/one?date=${agenda.date}&at=1`);
  assert.deepEqual(await promises_of(customer), []);
  await page.keyboard.press('p');
  await page.getByLabel('Promised for').waitFor();
  await page.keyboard.press('Tab'); // keeps the date proposed
  await page.keyboard.press('Enter');
  await page.getByText('The promise is recorded.').waitFor();
  const made = await promises_of(customer);
  assert.equal(made.length, 1);
  const { today } = (await opened.api.ask('/api/me')).value;
  assert.equal(made[0].to, new Date(Date.parse(today) + 7 * 86_400_000).toISOString().slice(0, 10));
  assert.ok(made[0].items.length > 0, 'the chased items are promised');
  await page.getByRole('button', { name: 'Undo' }).click();
  await settled(page);
  for (let tries = 0; tries < 20 && (await promises_of(customer))[0]?.ended === null; tries += 1) await page.waitForTimeout(100);
  assert.ok((await promises_of(customer)).every((one) => one.ended !== null), 'undone');
});

test('a dispute with its cause leaves the chased items; the reasons say so', async () => {
  await open(page, opened, `/agenda/one?date=${agenda.date}&at=2`);
  const customer = agenda.rows[2].customer.id;
  await page.keyboard.press('d');
  await page.getByRole('dialog').getByLabel('Cause').selectOption({ label: 'Price' });
  await page.getByRole('dialog').getByLabel('Reason').fill('Price of the second line is contested');
  await page.keyboard.press('Enter');
  await page.getByText('The dispute is recorded.').waitFor();
  const { rows } = (await opened.api.ask(`/api/standings?kind=dispute&customer=${customer}`)).value;
  const made = rows.find((one) => one.author !== 'demo');
  assert.equal(made.cause, 'price');
  const decision = (await opened.api.ask(`/api/agenda/${customer}?date=${agenda.date}`)).value;
  assert.ok(decision.suppressors.some((one) => one.holds && one.code.includes('dispute')));
  assert.equal(decision.items.find(({ item }) => item.id === made.items[0].id ?? made.items[0])?.state, 'excluded');
});

test('a table is searched, sorted and summed by keys and clicks', async () => {
  await open(page, opened, '/customers');
  await page.getByPlaceholder('Search').fill(agenda.rows[0].customer.name);
  await page.waitForURL('**/customers?q=*');
  await settled(page);
  await page.getByRole('link', { name: agenda.rows[0].customer.name }).first().waitFor();
  await go(page, '/items');
  await page.getByRole('grid', { name: 'Items' }).focus();
  for (const key of ['ArrowDown', ' ', 'ArrowDown', ' ']) await page.keyboard.press(key);
  await page.getByRole('status').filter({ hasText: '2 selected' }).waitFor();
  assert.deepEqual(page.faults, []);
});
