// Letters on the real program: a message seen before it is frozen, many printed as one file in the order of the post, said
// to be posted, what is no longer right left out; and an invoice's own PDF from its sheet.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { eventually, make_company, open_company, pdf_text } from '../mail/mailbox.mjs';
import { launch, new_page, open, settled } from './chromium.mjs';

const customer = (code, name, country, address) => ({
  code, name, country, address, language: 'en', email: `ap@${code.toLowerCase()}.test`, items: [{ number: `F-${code}`, due: '2026-03-10', amount: '100.00' }],
});
const customers = [
  customer('P1', 'Abel', 'FR', '3 rue A\n75002 Paris'),
  customer('L1', 'Soie', 'FR', '1200 quai du Rhône\n69001 Lyon'),
  customer('B1', 'Bäcker', 'BE', 'Rue Haute 1\n1000 Bruxelles'),
  customer('B2', 'Visser', 'BE', 'Rue Haute 2\n1000 Bruxelles'),
  customer('D1', 'Adler GmbH', 'DE', 'Unter den Linden 1\n10117 Berlin'),
];

let opened;
let company;
let page;
before(async () => {
  const data = make_company(customers);
  mkdirSync(join(data, 'documents', 'FR01'), { recursive: true });
  writeFileSync(join(data, 'documents', 'FR01', 'F-P1.pdf'), '%PDF-1.4\nthe invoice itself\n');
  company = await open_company(data);
  opened = {
    desk: company.desk,
    api: company.session,
    browser: await launch(),
    address: `http://localhost:${company.desk.port}`,
  };
  page = await new_page(opened);
});
after(async () => {
  await opened?.browser.close();
  await company?.desk.stop();
});

const dialog = () => page.getByRole('dialog');
const rows = () => page.locator('tr[data-row]');
const names = async () => (await rows().allInnerTexts()).map((text) => customers.find((one) => text.includes(one.name)).code);
const letters = async () => (await company.get('/api/letters')).rows;
const row_of = (name) => page.locator('tr[data-row]', { hasText: name });
const save = async (press) => {
  const [file] = await Promise.all([page.waitForEvent('download'), press()]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
};

/** The first reminder is a letter; in Germany a registered one. */
async function write_by_letter() {
  const policy = await company.get('/api/policy');
  let { version } = policy;
  for (const [code, channel] of [['standard', 'letter'], ['careful', 'registered_letter']]) {
    const scenario = policy.scenarios.find((one) => one.code === code);
    scenario.steps = [{ ...scenario.steps.find((one) => one.template), code: 'reminder', channel, trigger: { base: 'due', days: 3 }, repeat: null, floors: [], ceilings: [] }];
    const saved = await company.send('PUT', `/api/scenarios/${code}`, { version, scenario });
    assert.equal(saved.status, 200, saved.text);
    version = saved.value.version;
  }
  const rules = { ...policy.rules, assignment: [{ rank: 1, scenario: 'careful', country: 'DE' }] };
  assert.equal((await company.send('PUT', '/api/policy/rules', { version, rules })).status, 200);
}

test('a message that is only asked for shows the words of now, and says that they are not frozen', async () => {
  const { rows: due } = await company.get('/api/agenda');
  const { id } = due.find((row) => row.customer.code === 'P1').customer;
  const asked = await company.send('POST', `/api/customers/${id}/messages`, { template: 'statement', subject: 'My words', text: 'A word of mine, {{customer.name}}.' });
  assert.equal(asked.status, 201, asked.text);
  await open(page, opened, `/messages/${asked.value.message}`);
  await page.getByText('Not frozen yet: these words would be sent now.').waitFor();
  await page.getByText('My words').first().waitFor();
  const attached = await save(() => page.locator('a[href$="/attachments/1"]').click());
  assert.ok(pdf_text(attached.bytes).includes('F-P1'));
  assert.equal((await company.send('POST', `/api/messages/${asked.value.message}`, { what: 'cancel' })).status, 200);
  await page.getByText('It was cancelled before it was written').waitFor();
  await page.getByText('My words').first().waitFor();
});

test('an invoice’s own PDF is kept from its sheet; where there is none it is said', async () => {
  const item = async (number) => (await company.get(`/api/items?q=${number}`)).rows.find((row) => row.number === number).id;
  await open(page, opened, `/items/${await item('F-P1')}`);
  const file = await save(() => page.getByText('Invoice as PDF').click());
  assert.match(file.bytes.toString(), /the invoice itself/);
  await open(page, opened, `/items/${await item('F-L1')}`);
  await page.getByText('Invoice as PDF').click();
  await page.getByText('The company keeps no PDF of this item.').waitFor();
  page.faults.splice(0); // the browser tells of the answer 404 itself
});

test('letters stand in the order of the post, registered ones apart', async () => {
  await write_by_letter();
  const { rows: due } = await company.get('/api/agenda');
  const yes = await company.send('POST', '/api/reminders', { customers: due.map((row) => ({ customer: row.customer.id })) });
  assert.deepEqual(yes.value.rows.filter((row) => row.refusal), [], yes.text);
  await eventually('five letters', async () => (await letters()).length === customers.length);
  await open(page, opened, '/messages');
  await page.getByRole('link', { name: 'Letters', exact: true }).click();
  await rows().first().waitFor();
  await settled(page);
  assert.deepEqual(await names(), ['B1', 'B2', 'L1', 'P1', 'D1']);
  await page.getByText('Registered 1').click();
  assert.deepEqual(await names(), ['D1']);
  await page.getByText('All 5').click();
});

test('one file in that order; a letter that is no longer right says why and is left out', async () => {
  const [wrong] = await letters();
  const items = (await company.get(`/api/items?customer=${wrong.customer.id}&state=open`)).rows.map((row) => row.id);
  const told = await company.send('POST', '/api/standings', { kind: 'dispute', customer: wrong.customer.id, items, cause: 'price', from: '2026-03-18', reason: 'too dear' });
  assert.equal(told.status, 201, told.text);
  await open(page, opened, '/messages/letters');
  await row_of('Bäcker').getByText('Not to be posted').waitFor();
  const { name, bytes } = await save(() => page.getByRole('button', { name: 'Print all 4 letters' }).click());
  assert.equal(name, 'letters-2026-03-18.pdf');
  const text = pdf_text(bytes);
  const places = ['Visser', 'Soie', 'Abel', 'Adler GmbH'].map((one) => text.indexOf(one));
  assert.ok(places.every((place) => place >= 0), `${places}`);
  assert.deepEqual(places, places.toSorted((a, b) => a - b));
  assert.ok(!text.includes('Bäcker'));
  await page.getByText('4 letters are in the file').waitFor();
  await row_of('Soie').getByText('18/03/2026').waitFor();
});

test('chosen by keyboard, said to be posted on a day: off the list, their steps done', async () => {
  const soie = (await letters()).find((one) => one.name === 'Soie');
  await page.getByRole('grid', { name: 'Letters' }).focus();
  for (const key of ['ArrowDown', 'ArrowDown', ' ', 'ArrowDown', ' ']) await page.keyboard.press(key);
  const chosen = page.getByRole('status').filter({ hasText: '2 selected' });
  await chosen.getByRole('button', { name: 'Posted…' }).click();
  await dialog().getByText('2 letters; their steps are done on that day.').waitFor();
  await dialog().getByLabel('Posted on').fill('2026-03-18');
  await page.keyboard.press('Enter');
  await page.getByText('2 letters are noted as posted.').waitFor();
  await row_of('Visser').waitFor({ state: 'detached' });
  const message = await company.get(`/api/messages/${soie.id}`);
  assert.equal(message.state, 'sent');
  await open(page, opened, `/messages/${soie.id}`);
  await page.getByText('Posted (2026-03-18)').first().waitFor();
});

test('what somebody else posted meanwhile is named, in words; the others are noted', async () => {
  await open(page, opened, '/messages/letters');
  await page.getByRole('button', { name: 'The 2 printed are posted…' }).click();
  await dialog().getByText('2 letters; their steps').waitFor();
  const abel = (await letters()).find((one) => one.name === 'Abel');
  assert.equal((await company.send('POST', '/api/letters/posted', { ids: [abel.id] })).status, 200);
  await dialog().getByRole('button', { name: 'They are in the post' }).click();
  const said = await dialog().getByRole('alert').innerText();
  assert.match(said, /1 could not be noted/);
  assert.match(said, /Abel \S+/);
  await dialog().getByRole('button', { name: 'Close' }).last().click();
  await row_of('Adler').waitFor({ state: 'detached' });
  assert.deepEqual((await letters()).map((one) => one.name), ['Bäcker']);
  assert.deepEqual(page.faults, []);
});
