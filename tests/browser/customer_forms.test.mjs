// What the desk asks of a customer and an item: fields with their owner, contacts, snooze, specific actions, scenario,
// payments, due dates. Each is on the page at once, stands in the program, and is refused in words.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { new_page, open, open_desk, settled } from './chromium.mjs';
import { busy_day } from './places.mjs';

let opened;
let page;
let customer;
let invoices;
let day;
before(async () => {
  opened = await open_desk();
  page = await new_page(opened);
  const agenda = await busy_day(opened);
  day = agenda.date;
  customer = agenda.rows[0].customer;
  invoices = (await opened.api.ask(`/api/items?customer=${customer.id}&state=overdue&type=invoice&limit=5`)).value.rows;
});
after(() => opened?.stop());

const asked = async (path) => (await opened.api.ask(path)).value;
const fields = () => asked(`/api/customers/${customer.id}/fields`);
const dialog = () => page.getByRole('dialog');
const button = (name) => page.getByRole('button', { name, exact: true });
const card = (name) => page.locator('section', { has: page.getByRole('heading', { name, exact: true }) });
const sheet = () => open(page, opened, `/customers/${customer.id}`);
const until = async (holds) => {
  for (let tries = 0; tries < 40 && !(await holds()); tries += 1) await page.waitForTimeout(100);
  return holds();
};

test('a field that was changed is shown at once, and as kept here', async () => {
  await sheet();
  await card('Account').getByRole('button', { name: 'Change' }).click();
  await dialog().getByLabel('Country', { exact: true }).fill('BE');
  await dialog().getByText('Belgium').waitFor();
  await dialog().getByRole('button', { name: 'Save' }).click();
  await page.getByText('The customer is saved.').waitFor();
  await card('Account').getByText('Belgium').waitFor();
  assert.match(await card('Account').innerText(), /Belgium\s+Kept here/);
  const { owner, fields: values } = await fields();
  assert.equal(values.country, 'BE');
  assert.equal(owner.country, 'product');
  assert.equal(owner.name, 'source', 'what was not changed stays the source’s');
});

test('what cannot be is refused in words and nothing is lost from the form', async () => {
  await card('Account').getByRole('button', { name: 'Change' }).click();
  await dialog().getByLabel('Country', { exact: true }).fill('Francia');
  await dialog().getByRole('button', { name: 'Save' }).click();
  const said = await dialog().getByRole('alert').innerText();
  assert.match(said, /two letters expected/);
  assert.equal(await dialog().getByLabel('Country', { exact: true }).inputValue(), 'Francia');
  page.faults.splice(0); // the browser tells of the answer 400 itself
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

test('a field is given back to the source', async () => {
  await card('Account').getByRole('button', { name: 'Change' }).click();
  await dialog().getByLabel('Country: Kept here: loads leave it alone').uncheck();
  await dialog().getByRole('button', { name: 'Save' }).click();
  await page.getByText('The customer is saved.').waitFor();
  assert.equal((await fields()).owner.country, 'source');
  assert.ok(await until(async () => (await card('Account').getByText('Kept here').count()) === 0));
});

test('a contact is added, changed and removed', async () => {
  await button('Add a contact').click();
  await dialog().getByLabel('Name').fill('Paula Verdier');
  await dialog().getByLabel('E-mail').fill('paula@verdier.test');
  await dialog().getByLabel('Phone').fill('+33 1 23 45 67 89');
  await dialog().getByLabel('Function').selectOption({ label: 'Executive' });
  await dialog().getByLabel('Language').selectOption({ label: 'English' });
  await dialog().getByRole('button', { name: 'Add the contact' }).click();
  await card('Contacts').getByText('Paula Verdier').waitFor();
  const added = (await fields()).contacts.find((one) => one.name === 'Paula Verdier');
  assert.deepEqual([added.role, added.language, added.owner], ['executive', 'en', 'product']);
  await button('Change Paula Verdier').click();
  await dialog().getByLabel('E-mail').fill('p.verdier@verdier.test');
  await dialog().getByRole('button', { name: 'Save' }).click();
  await card('Contacts').getByText('p.verdier@verdier.test').waitFor();
  await button('Remove Paula Verdier').click();
  await dialog().getByRole('button', { name: 'Remove the contact' }).click();
  await card('Contacts').getByText('Paula Verdier').waitFor({ state: 'detached' });
  assert.ok((await fields()).contacts.every((one) => one.name !== 'Paula Verdier'));
});

test('a customer is put aside, said on the sheet, and taken up again', async () => {
  await button('Put aside…').click();
  await dialog().getByRole('button', { name: '14 days' }).click();
  await dialog().getByRole('button', { name: 'Put aside', exact: true }).click();
  await card('Specific actions').getByText(/Put aside until/).waitFor();
  const stands = await asked(`/api/customers/${customer.id}/actions`);
  const { today } = await asked('/api/me');
  assert.equal(Date.parse(stands.snoozed_until) - Date.parse(today), 14 * 86_400_000);
  await button('Take up again').click();
  await card('Specific actions').getByText('No specific action.').waitFor();
  assert.equal((await asked(`/api/customers/${customer.id}/actions`)).snoozed_until, null);
});

test('one by one: a puts aside and shows the next; Undo brings back', async () => {
  await open(page, opened, `/agenda/one?date=${day}`);
  const title = () => page.locator('h1').innerText();
  const first = await title();
  await page.keyboard.press('a');
  await dialog().getByLabel('Until, that day included').waitFor();
  await page.keyboard.press('Enter');
  await page.getByText(`${first} is put aside until`).waitFor();
  assert.ok(await until(async () => (await title()) !== first), 'the next one is shown');
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.ok(await until(async () => (await title()) === first), 'back on the agenda');
});

test('the agenda’s rows put aside too, and so do the reasons', async () => {
  await open(page, opened, `/agenda?date=${day}`);
  await page.getByRole('button', { name: `Put ${customer.name} aside` }).click();
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await page.locator('tr[data-row]').first().dblclick();
  await dialog().getByRole('button', { name: 'Specific action…' }).click();
  await dialog().getByText('Items taken out of the scenario').waitFor();
  await dialog().getByRole('button', { name: 'Start the action' }).click();
  await dialog().getByText('Choose at least one item.').waitFor();
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

test('a specific action takes its items out, stands on the sheet, and gives them back when done', async () => {
  const [{ id, number }] = invoices;
  await sheet();
  await button('Specific action…').click();
  await dialog().getByLabel('What to do').fill('Call the director');
  const { today } = await asked('/api/me');
  await dialog().getByLabel('On', { exact: true }).fill(new Date(Date.parse(today) + 20 * 86_400_000).toISOString().slice(0, 10));
  await dialog().getByLabel(new RegExp(number)).check();
  await dialog().getByRole('button', { name: 'Start the action' }).click();
  await card('Specific actions').getByText('Call the director').waitFor();
  const state_of = async () => (await asked(`/api/agenda/${customer.id}`)).items.find(({ item }) => item.id === id).state;
  assert.equal(await state_of(), 'excluded');
  await card('Specific actions').getByRole('button', { name: 'Done' }).click();
  await card('Specific actions').getByText('No specific action.').waitFor();
  assert.deepEqual((await asked(`/api/customers/${customer.id}/actions`)).actions, []);
});

test('a scenario is chosen for the customer, and taken back', async () => {
  const path = async () => (await asked(`/api/agenda/${customer.id}`)).path;
  await button('Scenario…').click();
  assert.equal(await dialog().getByLabel('Scenario').inputValue(), '');
  await dialog().getByLabel('Scenario').selectOption({ label: 'Careful' });
  await dialog().getByRole('button', { name: 'Choose the scenario' }).click();
  await page.getByText('The scenario is chosen.').waitFor();
  assert.equal((await path()).at(-1), 'Careful');
  await settled(page);
  await button('Scenario…').click();
  assert.equal(await dialog().getByLabel('Scenario').inputValue(), 'careful', 'the choice that stands is shown');
  await dialog().getByLabel('Scenario').selectOption({ label: 'As the rules say' });
  await dialog().getByRole('button', { name: 'Choose the scenario' }).click();
  await page.getByText('The rules choose the scenario again.').waitFor();
  assert.notEqual((await path()).at(-1), 'Careful');
});

test('a payment counts at once, as provisional', async () => {
  const [{ id, number, open: before, currency }] = invoices;
  await button('Record a payment…').click();
  await dialog().getByText(/provisional/).waitFor();
  await dialog().getByLabel(new RegExp(number)).check();
  await dialog().getByLabel('Amount').fill('100');
  await dialog().getByText(/pays 100\sEUR/).waitFor();
  await dialog().getByLabel('Reference').fill('VIR 4711');
  await dialog().getByRole('button', { name: 'Record the payment' }).click();
  await page.getByText(/it is provisional until a load brings it/).waitFor();
  const cents = (text) => Math.round(Number(text) * 100);
  const now = (await asked(`/api/items/${id}`)).item.open;
  assert.equal(cents(before) - cents(now), 10_000);
  assert.equal(currency, 'EUR');
});

test('an item’s due date moves with its reason, and its own scenario is chosen', async () => {
  const [, { id, due_date }] = invoices;
  const later = new Date(Date.parse(due_date) + 30 * 86_400_000).toISOString().slice(0, 10);
  await open(page, opened, `/items/${id}`);
  await button('Change the due date…').click();
  await dialog().getByLabel('Due date', { exact: true }).fill(later);
  await dialog().getByLabel('Reason').fill('Agreed by phone');
  await dialog().getByRole('button', { name: 'Record the due date' }).click();
  await card('Item').getByText('Due date set here').waitFor();
  assert.equal((await asked(`/api/items/${id}`)).item.due_date, later);
  await button('Scenario…').click();
  await dialog().getByLabel('Scenario').selectOption({ label: 'Careful' });
  await dialog().getByRole('button', { name: 'Choose the scenario' }).click();
  await page.getByText('The scenario is chosen.').waitFor();
});

test('a customer is chased with another and leaves the group; its messages go to another’s contacts and back', async () => {
  const { id, name } = (await asked(`/api/agenda/${customer.id}`)).customer;
  const { entity } = (await asked(`/api/customers/${id}`)).customer;
  const other = (await asked(`/api/customers?entity=${entity.id}&limit=9`)).rows.find((one) => one.id !== id);
  const group = card('Group and payment centre');
  const pick = async () => {
    await dialog().getByPlaceholder('Search').fill(other.code);
    await dialog().getByLabel(`${other.name} (${other.code})`).check();
  };
  await sheet();
  await button('Chase with…').click();
  await pick();
  await dialog().getByRole('button', { name: 'Chase together' }).click();
  await group.getByRole('link', { name: other.name }).waitFor();
  assert.equal((await asked(`/api/customers/${id}`)).customer.group.master.id, other.id);
  await open(page, opened, `/customers/${other.id}`);
  await group.getByText('Head of a group of 1 other:').waitFor();
  await group.getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await settled(page);
  await button('Chase with…').click();
  await dialog().getByRole('button', { name: 'Take out of the group' }).click();
  await group.getByText('Nobody: chased alone').waitFor();
  await button('Payment centre…').click();
  await pick();
  await dialog().getByRole('button', { name: 'Set the payment centre' }).click();
  await group.getByRole('link', { name: other.name }).waitFor();
  await button('Payment centre…').click();
  await dialog().getByRole('button', { name: 'Write to its own contacts again' }).click();
  await group.getByText('Its own contacts').waitFor();
  assert.equal((await asked(`/api/customers/${id}`)).customer.payment_centre, null);
});

test('a date in the address that cannot be is named, with what is shown instead', async () => {
  await open(page, opened, '/ageing?as_of=2020-02-31');
  const said = page.getByRole('alert');
  assert.match(await said.innerText(), /2020-02-31.*no date.*Today’s figures/);
  await page.getByRole('button', { name: 'Mend the address' }).click();
  await said.waitFor({ state: 'detached' });
  assert.equal(new URL(page.url()).search, '');
});

test('nothing of it put a fault on the console', () => assert.deepEqual(page.faults, []));
