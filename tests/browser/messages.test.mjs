// From a reminder seen on the screen to a message and its story, on the demo company; nothing ever leaves it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { next_tuesday } from '../mail/mailbox.mjs';
import { new_page, open, open_desk, settled } from './chromium.mjs';

let opened;
let page;
before(async () => {
  opened = await open_desk({ env: next_tuesday });
  page = await new_page(opened);
});
after(() => opened?.stop());

const ask = async (path) => (await opened.api.ask(path)).value;
const panel = () => page.getByRole('dialog');

/** A customer with something overdue and an address to write to, other than one. */
async function writable(other) {
  const { rows } = await ask('/api/customers?sort=-overdue&limit=20');
  for (const { id } of rows) {
    if (id === other) continue;
    const sheet = await ask(`/api/customers/${id}`);
    if (sheet.contacts.some((one) => one.email !== null)) return sheet.customer;
  }
  throw new Error('no customer with an address');
}

/** Writes to the customer from the sheet, outside the scenario; answers the number of the message. */
async function write_to(customer) {
  await open(page, opened, `/customers/${customer.id}`);
  await page.getByRole('button', { name: 'Write…' }).click();
  await panel().locator('iframe').waitFor();
  await panel().getByRole('button', { name: 'Send' }).click();
  await page.waitForURL(/\/messages\/\d+/);
  await settled(page);
  return Number(/messages\/(\d+)/.exec(page.url())[1]);
}

let customer;
test('what is previewed is what is asked for; without a server it waits, and the page says so', async () => {
  customer = await writable();
  await open(page, opened, `/customers/${customer.id}`);
  await page.getByRole('button', { name: 'Write…' }).click();
  const frame = panel().locator('iframe');
  await frame.waitFor();
  assert.equal(await frame.getAttribute('sandbox'), '', 'no script runs in the preview');
  const { to, subject } = (await opened.api.ask(`/api/customers/${customer.id}/messages/preview`, { method: 'POST', json: { template: 'statement' } })).value;
  const said = await panel().innerText();
  assert.ok(said.includes(subject) && said.includes(to[0].address), said);
  await page.keyboard.press('Escape');
  const id = await write_to(customer);
  const message = await ask(`/api/messages/${id}`);
  assert.equal(message.state, 'requested');
  await page.getByText('No mail server is set:').waitFor();
});

test('the list counts it, and it is cancelled with a reason that stays in its story', async () => {
  await open(page, opened, '/messages?state=requested');
  await page.getByText('It will be written and sent in its turn.').waitFor();
  await page.locator('tr[data-row]').first().getByRole('link').first().click();
  await page.getByLabel('Reason').fill('Written too early');
  await page.getByRole('button', { name: 'Cancel the message' }).click();
  await page.getByText('It was not sent and will not be.').waitFor();
  assert.ok((await page.getByText('Written too early').count()) > 0);
  const { counts } = await ask('/api/messages');
  assert.equal(counts.cancelled, 1);
});

test('a demo writes only to its list: refused, with the address and the reason in words', async () => {
  await open(page, opened, '/settings');
  await page.getByLabel('Server', { exact: true }).fill('127.0.0.1');
  await page.getByLabel('Port', { exact: true }).fill('9');
  await page.getByLabel('Encryption').selectOption('none');
  await page.getByLabel('Sender', { exact: true }).fill('desk@countback.test');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('The mail server is saved.').waitFor();
  await write_to(customer);
  await page.getByText(/A demo company writes only to the addresses on its list \(.+@.+\)/).first().waitFor();
  await page.getByRole('button', { name: 'Try again now' }).waitFor();
});

test('its exact content is kept, with the statement as a file', async () => {
  await page.locator('iframe').waitFor();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /\.pdf$/ }).first().click()]);
  const bytes = readFileSync(await file.path());
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
  await open(page, opened, `/customers/${customer.id}`);
  await page.getByRole('button', { name: 'What it says' }).first().click();
  await page.locator('iframe').waitFor();
});

test('a text that cannot be read is refused with its line, and nothing is saved', async () => {
  await open(page, opened, '/settings/texts?text=reminder_1&in=en');
  const field = page.getByLabel('Text', { exact: true });
  await field.fill('Dear reader,\n\nplease pay {{no_such_name}}.\n');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText(/Line 3: this name does not exist here: “no_such_name” Nothing was saved/).waitFor();
  const { rows } = await ask('/api/templates');
  assert.ok(rows.find((one) => one.code === 'reminder_1' && one.language === 'en').shipped);
});

test('a run is seen dry before it is made', async () => {
  await open(page, opened, '/runs');
  await page.getByRole('button', { name: 'Run now…' }).first().click();
  await panel().getByRole('button', { name: 'Show what it would do' }).click();
  await panel().getByText('For a person').waitFor();
  await panel().getByText(/all companies and customers you may see, whatever the bar/).waitFor();
  assert.match(await panel().getByRole('link').first().getAttribute('href'), /^\/agenda/, 'a count opens to its customers');
  const before_it = (await ask('/api/runs')).rows.length;
  await panel().getByRole('button', { name: /^Run: ask for/ }).click();
  await page.waitForURL(/\/runs\/\d+/);
  assert.equal((await ask('/api/runs')).rows.length, before_it + 1);
});

test('a reminder of today is seen, sent on a yes and leaves the agenda', async () => {
  const { rows } = await ask('/api/agenda?outcome=due&limit=500');
  assert.ok(rows.some((row) => row.kind === 'confirm'), 'somebody to write to');
  await open(page, opened, '/agenda');
  await page.getByRole('button', { name: 'Preview' }).first().click();
  await panel().locator('iframe').waitFor();
  await panel().getByRole('button', { name: 'Send' }).click();
  await page.getByText(/The message to .+ is asked for/).waitFor();
  assert.equal((await ask('/api/agenda?outcome=due&limit=1')).count, rows.length - 1, 'nobody is chased twice');
});

test('all that wait: how many to whom before the yes, then what came of each', async () => {
  const waiting = (await ask('/api/agenda?outcome=due&limit=200')).rows.filter((row) => row.kind === 'confirm');
  assert.ok(waiting.length > 0, 'somebody to write to');
  await open(page, opened, '/agenda');
  await page.getByRole('button', { name: /^Send (all|the one)/ }).click();
  await panel().getByText(/^\d+ messages? to \d+ customers?/).waitFor();
  await panel().getByRole('button', { name: /^Send \d+ message/ }).click();
  await panel().getByText(/0 to come/).waitFor({ timeout: 60_000 });
});

test('messages, their counts and the runs follow the bar above them', async () => {
  const whole = (await ask('/api/messages?limit=200')).rows;
  const entity = whole[0].entity;
  const mine = new Set(whole.filter((row) => row.entity.id === entity.id).map((row) => row.customer.name));
  const others = new Set(whole.filter((row) => row.entity.id !== entity.id).map((row) => row.customer.name));
  assert.ok(others.size > 0, 'messages of two companies');
  await open(page, opened, `/messages?entity=${entity.id}`);
  const { counts } = await ask(`/api/messages?entity=${entity.id}`);
  const number = Object.values(counts).reduce((sum, one) => sum + one, 0);
  assert.ok(number < whole.length || whole.length === 200);
  await page.getByRole('button', { name: `All ${number}`, exact: true }).waitFor();
  const shown = await page.locator('tr[data-row] a[href^="/customers/"]').allInnerTexts();
  assert.ok(shown.length > 0 && shown.every((name) => mine.has(name)), shown.join());
  if (process.env.COUNTBACK_PICTURES) await page.screenshot({ path: `${process.env.COUNTBACK_PICTURES}/messages_bar.png` });
  const run = (await ask(`/api/runs?entity=${entity.id}`)).rows[0];
  const all = (await ask('/api/runs')).rows[0];
  assert.ok(run.held < all.held);
  await open(page, opened, `/runs?entity=${entity.id}`);
  await page.locator('tr[data-row]').first().getByText(String(run.held), { exact: true }).waitFor();
});

test('nothing of it put a fault on the console but the text refused above', () => {
  const others = page.faults.filter((one) => !one.includes('/settings/texts') || !one.includes('422'));
  assert.deepEqual(others, []);
});

test('a text changed while it is on the screen is not sent: that is said, and the new words stand there', async () => {
  const { id } = await writable((await writable()).id);
  await open(page, opened, `/customers/${id}`);
  await page.getByRole('button', { name: 'Write…' }).click();
  await panel().locator('iframe').waitFor();
  // Those asked for before go on their way meanwhile: what counts is how many there are.
  const asked_for = async () => Object.values((await ask('/api/messages')).counts).reduce((sum, one) => sum + one, 0);
  const before = await asked_for();
  for (const language of ['en', 'fr']) {
    const json = { subject: 'Quite another subject', text: 'Other words. {{items_table}}' };
    const saved = await opened.api.ask(`/api/templates/statement/${language}`, { method: 'PUT', json });
    assert.equal(saved.status, 200, saved.text);
  }
  await panel().getByRole('button', { name: 'Send' }).click();
  await panel().getByText('The text was changed since you saw it').waitFor();
  await panel().getByText('Quite another subject').waitFor();
  assert.equal(await asked_for(), before, 'nothing was asked for');
});
