// A reminder arrives once, in the customer's language and script, with a statement that says what the Book says.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { eventually, make_company, open_company, pdf_text, set_mail, start_mailbox } from './mailbox.mjs';

const late = (number, amount, currency) => ({ number, due: '2026-03-10', amount, currency });
const customers = [
  { code: 'FR1', name: 'Société Générale des Eaux', language: 'fr', email: 'compta@eaux.test', items: [late('F-1', '1200.50'), late('F-2', '300.00')] },
  { code: 'EN1', name: 'Acme <script>alert(1)</script> Ltd', language: 'en', email: 'ap@acme.test', country: 'GB', items: [late('F-3', '10.00', 'USD'), late('F-4', '2000.00')] },
  { code: 'ZH1', name: '上海贸易有限公司', language: 'en', email: 'ap@shanghai.test', country: 'CN', items: [late('F-5', '99.99')] },
  { code: 'AR1', name: 'شركة النور للتجارة', language: 'en', email: 'ap@nour.test', country: 'AE', items: [late('F-6', '1234.00')] },
];

let mailbox;
let data;
let company;
before(async () => {
  mailbox = await start_mailbox();
  data = make_company(customers);
  company = await open_company(data);
  const entity = (await company.get('/api/me')).entities[0].id;
  const card = await company.send('PUT', `/api/entities/${entity}/card`, {
    name: 'Maison Countback SAS', address: '1 rue du Test\n75001 Paris', registration: 'RCS Paris 123 456 789',
    iban: 'FR1420041010050500013M02606', bic: 'PSSTFRPPPAR', penalties_shown: false,
  });
  assert.equal(card.status, 200, card.text);
});
after(async () => {
  await company.desk.stop();
  await mailbox.stop();
  rmSync(data, { recursive: true, force: true });
});

const plain = (text) => text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');

test('without a mail server a message waits in sight, and leaves once there is one', async () => {
  const agenda = await company.get('/api/agenda');
  assert.equal(agenda.rows.length, 4);
  const yes = await company.send('POST', '/api/reminders', { customers: agenda.rows.map((row) => ({ customer: row.customer.id })) });
  assert.equal(yes.status, 200, yes.text);
  assert.deepEqual(yes.value.rows.map((row) => row.refusal), [null, null, null, null]);
  const again = await company.send('POST', '/api/reminders', { customers: [{ customer: agenda.rows[0].customer.id }] });
  assert.equal(again.value.rows[0].refusal.code, 'step_not_due');
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const waiting = await company.get('/api/messages');
  assert.deepEqual(waiting.rows.map((row) => row.state), ['requested', 'requested', 'requested', 'requested']);
  await set_mail(company, mailbox.port);
  await eventually('four letters', () => mailbox.letters.length === 4, 90);
  await eventually('all told as sent', async () => (await company.get('/api/messages?state=sent')).rows.length === 4);
  assert.equal(mailbox.letters.length, 4);
});

test('each letter is in its language, and its statement says what the Book says', async () => {
  for (const customer of customers) {
    const letter = mailbox.letters.find((one) => one.to.includes(customer.email));
    assert.ok(letter, customer.code);
    const french = customer.language === 'fr';
    assert.match(letter.mail.subject, french ? /à régler/ : /past due/);
    assert.match(letter.mail.text, french ? /Sauf erreur de notre part/ : /According to our books/);
    assert.ok(letter.mail.replyTo.value[0].address.endsWith('@replies.desk.test'));
    assert.equal(letter.mail.from.value[0].address, 'ar@desk.test');
    assert.ok(!letter.mail.html.includes('<script'), 'outside text is escaped');
    const statement = letter.mail.attachments.find((one) => one.contentType === 'application/pdf');
    const text = plain(pdf_text(statement.content));
    const sheet = await company.get(`/api/items?customer=${await id_of(customer.code)}&state=open`);
    assert.equal(sheet.rows.length, customer.items.length);
    for (const row of sheet.rows) {
      const amount = Number(row.open).toLocaleString(french ? 'fr-FR' : 'en-GB', { minimumFractionDigits: 2 });
      assert.ok(text.includes(row.number), `${row.number} in ${text}`);
      assert.ok(text.includes(plain(amount)), `${amount} in ${text}`);
      assert.ok(plain(letter.mail.text).includes(plain(amount)), amount);
    }
    assert.ok(text.includes('FR14 2004 1010 0505 0001 3M02 606'), text);
  }
});

test('names of any script stand in the statement', async () => {
  for (const code of ['ZH1', 'AR1']) {
    const customer = customers.find((one) => one.code === code);
    const letter = mailbox.letters.find((one) => one.to.includes(customer.email));
    const text = plain(pdf_text(letter.mail.attachments[0].content));
    // A reader of the file may give right-to-left letters in either order, and in their shaped forms.
    const letters = (word) => [...word.normalize('NFKC')].filter((one) => one.trim()).sort().join('');
    const line = text.split('\n').find((one) => letters(one).includes(letters(customer.name)[0]));
    assert.ok(line, text);
    for (const one of letters(customer.name)) assert.ok(letters(text).includes(one), `${one} of ${customer.name}`);
  }
});

test('the step is done, nobody is asked again, and the exact content is kept', async () => {
  const agenda = await company.get('/api/agenda');
  assert.equal(agenda.rows.length, 0);
  const run = await company.send('POST', '/api/runs', {});
  assert.equal(run.status, 201, run.text);
  assert.equal(run.value.requested, 0);
  const [first] = (await company.get('/api/messages?state=sent')).rows;
  const whole = await company.get(`/api/messages/${first.id}`);
  assert.deepEqual(whole.story.map((event) => event.state).filter((state) => state !== 'requested'), ['reserved', 'sending', 'sent']);
  const letter = mailbox.letters.find((one) => one.mail.subject === whole.content.subject);
  assert.equal(letter.mail.messageId.includes('countback.'), true);
  const kept = await company.session.ask(`/api/messages/${first.id}/attachments/1`);
  assert.equal(kept.status, 200);
  assert.equal(mailbox.letters.length, 4);
});

test('a message of one’s own asks for nothing that is disputed', async () => {
  const customer = await id_of('FR1');
  const items = (await company.get(`/api/items?customer=${customer}&state=open`)).rows;
  const disputed = items.find((row) => row.number === 'F-2').id;
  const told = await company.send('POST', '/api/standings', { kind: 'dispute', customer, items: [disputed], cause: 'price', from: '2026-03-18', reason: 'too dear' });
  assert.equal(told.status, 201, told.text);
  const seen = await company.send('POST', `/api/customers/${customer}/messages/preview`, { template: 'reminder_2' });
  assert.equal(seen.status, 200, seen.text);
  assert.match(plain(seen.value.text), /F-1\b.*1 200,50/);
  assert.ok(!seen.value.text.includes('F-2'), seen.value.text);
});

async function id_of(code) {
  const found = await company.get(`/api/customers?q=${code}`);
  return found.rows.find((row) => row.code === code).id;
}
