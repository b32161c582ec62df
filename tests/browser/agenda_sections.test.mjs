// The agenda beyond the actions due, on the real program: what came of a call by keys and by clicks, the sections, notices
// that wait for a yes. Each is on the page at once and stands in the program.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { next_tuesday } from '../mail/mailbox.mjs';
import { new_page, open, open_desk, settled } from './chromium.mjs';

let opened;
let page;
let day;
before(async () => {
  opened = await open_desk({ env: next_tuesday });
  page = await new_page(opened);
  day = (await asked('/api/me')).today;
});
after(() => opened?.stop());

const asked = async (path) => (await opened.api.ask(path)).value;
const dialog = () => page.getByRole('dialog');
const title = () => page.locator('h1').innerText();
const card = (name) => page.locator('section', { has: page.getByRole('heading', { name, exact: true }) });
const done_with = async (customer) => (await asked(`/api/customers/${customer}/done`)).rows;
const door = (name) => page.getByRole('navigation', { name: 'Sections of the agenda' }).getByRole('link', { name });
const until = async (holds) => {
  for (let tries = 0; tries < 40 && !(await holds()); tries += 1) await page.waitForTimeout(100);
  return holds();
};
const later = (days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The first of those due whose step alone is due, on the screen of its own. */
async function one_due() {
  const { rows } = await asked('/api/agenda?outcome=due&limit=100');
  const at = rows.findIndex((row) => row.step !== null && !row.kind.startsWith('promise'));
  await open(page, opened, `/agenda/one?at=${at}`);
  assert.equal(await title(), rows[at].customer.name);
  return rows[at].customer;
}

/** `c`, and once the question stands the number of its answer. */
async function call(number) {
  await page.keyboard.press('c');
  await dialog().getByRole('radio', { name: 'Reached', exact: true, checked: true }).waitFor();
  await page.locator('input[type=radio]:focus').waitFor();
  await page.keyboard.press(number);
}

test('c 2 Enter: nobody was reached; the customer is put aside for today, the next one is shown', async () => {
  const { id, name } = await one_due();
  await call('2');
  assert.ok(await dialog().getByRole('radio', { name: 'Not reached' }).isChecked());
  await page.keyboard.press('Enter');
  await page.getByText(`Noted: ${name} was not reached`).waitFor();
  assert.ok(await until(async () => (await title()) !== name), 'the next one is shown');
  assert.equal((await done_with(id))[0].call, 'not_reached');
  assert.equal((await asked(`/api/customers/${id}/actions`)).snoozed_until, day);
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.ok(await until(async () => (await asked(`/api/customers/${id}/actions`)).snoozed_until === null), 'taken up again');
});

let reached;
test('reached, with a note: in what was done, on the sheet too; Undo is told as taken back', async () => {
  reached = await one_due();
  await page.keyboard.press('c');
  await dialog().getByLabel('Note').fill('Pays with the next run');
  await page.keyboard.press('Enter');
  await page.getByText(`Noted: ${reached.name} was reached.`).waitFor();
  const [line] = await done_with(reached.id);
  assert.deepEqual([line.call, line.note, line.contact, line.taken_back], ['reached', 'Pays with the next run', true, false]);
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.ok(await until(async () => (await done_with(reached.id))[0].taken_back), 'taken back');
  await open(page, opened, `/customers/${reached.id}`);
  const said = await card('What was done').innerText();
  assert.match(said, /Reached[\s\S]*Pays with the next run[\s\S]*taken back/);
});

test('call back on a date, from the row of the agenda; no date before tomorrow', async () => {
  await open(page, opened, '/agenda');
  const { customer } = (await asked('/api/agenda?outcome=due&limit=2')).rows[1];
  await page.getByRole('button', { name: `Call to ${customer.name}`, exact: true }).click();
  await dialog().getByRole('radio', { name: 'Call back' }).check();
  await dialog().getByLabel('Call back on').fill(day);
  await dialog().getByRole('button', { name: 'Note the call' }).click();
  assert.equal(await dialog().count(), 1, 'today is no day to call back on');
  await dialog().getByLabel('Call back on').fill(later(3));
  await dialog().getByRole('button', { name: 'Note the call' }).click();
  await page.getByText(`Noted: ${customer.name} is called back on`).waitFor();
  await settled(page);
  const { errors, snoozed } = await asked('/api/agenda_sections');
  assert.ok(snoozed.rows.some((row) => row.customer.id === customer.id && row.until === later(2)));
  assert.match(await door('Put aside').innerText(), new RegExp(`${snoozed.count}$`));
  assert.match(await door('Errors').innerText(), new RegExp(`${errors.count}$`));
  await door('Put aside').click();
  const row = page.locator('tr[data-row]', { hasText: customer.name });
  await row.getByRole('button', { name: 'Take up again' }).click();
  await page.getByText('Back on the agenda.').waitFor();
  await row.waitFor({ state: 'detached' });
});

test('disputes to answer: the count of today opens to the same number of rows', async () => {
  const { rows: told } = await asked('/api/standings?kind=dispute');
  assert.ok(told.length > 0, 'the demo has disputes');
  const counted = (await asked('/api/today')).agenda.kinds.find((one) => one.kind === 'dispute_to_answer').count;
  const { disputes } = await asked('/api/agenda_sections');
  assert.ok(counted > 0);
  assert.equal(disputes.count, counted);
  await open(page, opened, '/');
  await page.getByRole('link', { name: 'Disputes to answer' }).click();
  await page.waitForURL(/section=disputes/);
  const first = page.locator('tr[data-row]').first();
  await first.waitFor();
  assert.match(await door('Disputes to answer').innerText(), new RegExp(`${counted}$`));
  assert.match(await first.innerText(), new RegExp(disputes.rows[0].customer.name.slice(0, 6)));
});

test('promised: the call is noted, then the promise is asked for, of the same customer', async () => {
  const { id, name } = await one_due();
  await call('4');
  await page.keyboard.press('Enter');
  await dialog().getByText(`Promise of ${name}`).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('The promise is recorded.').waitFor();
  assert.equal((await done_with(id))[0].call, 'promised');
  const { rows } = await asked(`/api/standings?kind=promise&customer=${id}`);
  assert.ok(rows.some((one) => one.author !== 'demo' && one.items.length > 0));
});

test('promises due: one for today stands there from the front page on, and its row opens the customer', async () => {
  const { customer } = (await asked('/api/agenda?outcome=due&limit=100')).rows.at(-1);
  const [item] = (await asked(`/api/items?state=overdue&customer=${customer.id}`)).rows;
  const json = { kind: 'promise', customer: customer.id, items: [item.id], from: day, to: day, reason: 'by transfer' };
  const promised = await opened.api.ask('/api/standings', { method: 'POST', json });
  assert.equal(promised.status, 201, promised.text);
  const { promises } = await asked('/api/agenda_sections');
  assert.ok(promises.rows.some((row) => row.customer.id === customer.id && row.date === day && row.state === 'pending'));
  await open(page, opened, '/');
  await page.getByRole('link', { name: 'Promises due' }).first().click();
  await page.waitForURL(/section=promises/);
  const row = page.locator('tr[data-row]', { hasText: customer.name }).filter({ hasText: 'Due today' });
  await row.first().waitFor();
  assert.match(await door('Promises due').innerText(), new RegExp(`${promises.count}$`));
  await row.first().dblclick();
  await page.waitForURL(new RegExp(`/customers/${customer.id}`));
});

/** Notices are confirmed by the standard scenario, and every step of it leaves by itself. */
async function busy_scenario() {
  const { version, scenarios } = await asked('/api/policy');
  const scenario = scenarios.find((one) => one.code === 'standard');
  scenario.notices = [
    { code: 'new_invoice', names: { en: 'Invoice told', fr: 'Facture annoncée' }, kind: 'new_invoice', days: 0, channel: 'email', mode: 'confirm', template: 'new_invoice', to: ['payables'], cc: [] },
  ];
  scenario.steps = scenario.steps.map((step) => (step.channel === 'email' ? { ...step, mode: 'automatic' } : step));
  const saved = await opened.api.ask('/api/scenarios/standard', { method: 'PUT', json: { version, scenario } });
  assert.equal(saved.status, 200, saved.text);
  const { rows } = await asked('/api/customers?sort=-overdue&limit=50');
  for (const row of rows.slice(0, 20))
    await opened.api.ask(`/api/customers/${row.id}/scenario`, { method: 'POST', json: { scenario: 'standard' } });
}

test('automatic steps to come stand with their day; a row opens the reasons', async () => {
  await busy_scenario();
  const { upcoming } = await asked('/api/agenda_sections');
  assert.ok(upcoming.count > 0);
  await open(page, opened, '/agenda?section=upcoming');
  await page.getByRole('grid', { name: 'Automatic, to come' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await dialog().getByText(upcoming.rows[0].customer.name).first().waitFor();
  await page.keyboard.press('Escape');
});

test('a notice is seen, sent on a yes and gone from the list; it can be taken back', async (t) => {
  const { notices } = await asked('/api/agenda_sections');
  if (notices.count === 0) return t.skip('no invoice of these days in the demo company');
  const [first] = notices.rows;
  await open(page, opened, '/agenda?section=notices');
  const row = page.locator('tr[data-row]', { hasText: first.customer.name });
  await row.getByRole('button', { name: 'Preview' }).click();
  await dialog().locator('iframe').waitFor();
  assert.ok((await dialog().innerText()).includes(first.name));
  await dialog().getByRole('button', { name: 'Send' }).click();
  await page.getByText(`The message to ${first.customer.name} is asked for.`).waitFor();
  assert.ok(await until(async () => (await asked('/api/agenda_sections')).notices.count === notices.count - 1));
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.ok(await until(async () => (await asked('/api/agenda_sections')).notices.count === notices.count), 'back again');
  await settled(page);
  await page.getByRole('button', { name: /^Send the/ }).click();
  await dialog().getByRole('button', { name: /^Send \d+ messages?$/ }).click();
  await dialog().getByText(/ 0 to come/).waitFor();
  await page.keyboard.press('Escape');
  return undefined;
});

test('in French, on the same program', async () => {
  const french = await new_page(opened, { language: 'fr', scheme: 'dark' });
  await open(french, opened, '/agenda?section=errors');
  await french.getByRole('navigation', { name: 'Parties de l’agenda' }).getByRole('link', { name: 'Automatiques à venir' }).waitFor();
  await open(french, opened, `/customers/${reached.id}`);
  await french.getByRole('heading', { name: 'Ce qui a été fait' }).waitFor();
  assert.deepEqual(french.faults, []);
  // The words ready for whoever was just answered are asked for once more, and are no longer due: the answer 409.
  assert.deepEqual(page.faults.filter((one) => !one.includes('(Conflict)')), []);
});
