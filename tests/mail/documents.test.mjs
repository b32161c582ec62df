// Invoices' own PDF: attached where a text says so, within the limit, never another customer's, never what is no PDF;
// and a message seen before it is frozen.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { eventually, make_company, open_company, set_mail, start_mailbox } from './mailbox.mjs';

const item = (number, due = '2026-03-10') => ({ number, due, amount: '100.00' });
const customers = [
  { code: 'ACME', name: 'Acme Ltd', language: 'en', email: 'ap@acme.test', items: [item('F-1', '2026-03-01'), item('F-2', '2026-03-02'), item('F-3', '2026-03-03'), item('F-4', '2026-03-04'), item('2026/5', '2026-03-05'), item('../../etc/passwd', '2026-03-06'), item('S-1', '2026-03-07'), item('F-6', '2026-03-08')] },
  { code: 'BETA', name: 'Beta', language: 'fr', email: 'ap@beta.test', items: [{ ...item('S-1'), issued: '2025-12-15' }, item('F-7')] },
];
const pdf = (text, size = 0) => Buffer.concat([Buffer.from(`%PDF-1.4\n${text}\n`), Buffer.alloc(size, 0x20)]);
const files = {
  'F-1': pdf('one'),
  'F-2': Buffer.from('<html>moved</html>'),
  'F-3': pdf('three', 7_000_000),
  'F-4': pdf('four', 2_000_000),
  '2026%2F5': pdf('five'),
  'S-1': pdf('whose'),
  'F-7': pdf('seven', 9_000_000),
};

let mailbox;
let data;
let company;
let ids;
before(async () => {
  mailbox = await start_mailbox();
  data = make_company(customers);
  const folder = join(data, 'documents', 'FR01');
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, `${name}.pdf`), bytes);
  writeFileSync(join(data, 'secret.pdf'), pdf('secret'));
  symlinkSync(join(data, 'secret.pdf'), join(folder, 'F-6.pdf'));
  company = await open_company(data);
  ids = Object.fromEntries((await company.get('/api/agenda')).rows.map((row) => [row.customer.code, row.customer.id]));
});
after(async () => {
  await company?.desk.stop();
  await mailbox.stop();
  rmSync(data, { recursive: true, force: true });
});

const item_id = async (customer, number) =>
  (await company.get(`/api/items?customer=${ids[customer]}&state=open`)).rows.find((row) => row.number === number).id;

test('a text that names documents is saved; without it nothing is attached', async () => {
  const policy = await company.get('/api/policy');
  const step = policy.scenarios.find((one) => one.code === 'standard').steps.find((one) => one.code === 'reminder');
  for (const [language, words] of [['en', 'Attached'], ['fr', 'Ci-joint']]) {
    const saved = await company.send('PUT', `/api/templates/${step.template}/${language}`, {
      subject: 'Invoices of {{company.name}}',
      text: `Hello,\n\n{{items_table}}\n\n{{#documents}}${words}: {{documents}}.{{/documents}}\n`,
    });
    assert.equal(saved.status, 200, saved.text);
  }
  const seen = await company.send('POST', '/api/templates/preview', { language: 'en', subject: 'x', text: 'No word of them.', customer: ids.ACME });
  assert.deepEqual(seen.value.attachments.map((one) => one.media_type), ['application/pdf']);
});

let asked;
test('a message asked for shows what would be written now, with the words that were changed', async () => {
  const preview = await company.send('POST', `/api/customers/${ids.ACME}/messages/preview`, { template: 'reminder_1' });
  assert.equal(preview.status, 200, preview.text);
  const yes = await company.send('POST', '/api/reminders', { customers: [{ customer: ids.ACME }, { customer: ids.BETA, subject: 'Mes mots', text: 'Bonjour {{customer.name}}, un mot de ma main.' }] });
  assert.deepEqual(yes.value.rows.map((row) => row.refusal), [null, null], yes.text);
  asked = Object.fromEntries(yes.value.rows.map((row) => [row.customer, row.message]));
  const seen = await company.get(`/api/messages/${asked[ids.BETA]}`);
  assert.equal(seen.state, 'requested');
  assert.equal(seen.content_frozen, false);
  assert.equal(seen.content.subject, 'Mes mots');
  assert.match(seen.content.text, /un mot de ma main/);
  const file = await company.session.ask(`/api/messages/${asked[ids.BETA]}/attachments/1`);
  assert.equal(file.status, 200);
  assert.ok(file.text.startsWith('%PDF-'));
});

test('documents go with the e-mail, oldest due first, up to the limit; the rest is named', async () => {
  await set_mail(company, mailbox.port);
  await eventually('two letters', () => mailbox.letters.length === 2, 90);
  const { mail } = mailbox.letters.find((one) => one.to.includes('ap@acme.test'));
  const [statement, ...documents] = mail.attachments;
  assert.match(statement.filename, /^statement-/);
  assert.deepEqual(documents.map((one) => one.filename), ['F-1.pdf', 'F-3.pdf', '2026-5.pdf']);
  assert.deepEqual(documents.map((one) => one.content.equals(files[one.filename === '2026-5.pdf' ? '2026%2F5' : one.filename.slice(0, -4)])), [true, true, true]);
  assert.match(mail.text, /Attached: F-1, F-3, 2026\/5 \(too large to attach, sent on request: F-4\)\./);
  const kept = await company.get(`/api/messages/${asked[ids.ACME]}`);
  assert.equal(kept.content_frozen, true);
  const digest = (bytes) => createHash('sha256').update(bytes).digest('hex');
  assert.deepEqual(kept.content.attachments.slice(1).map((one) => one.digest), documents.map((one) => digest(one.content)));
});

test('what was not attached is told in the story', async () => {
  const { story } = await company.get(`/api/messages/${asked[ids.ACME]}`);
  const told = story.map((event) => event.detail).filter((detail) => detail.startsWith('document'));
  assert.deepEqual(told, ['document_not_pdf F-2', 'documents_too_large F-4', 'document_ambiguous S-1']);
});

test('the limit is a setting; zero attaches none', async () => {
  const settings = await company.get('/api/settings/mail');
  assert.equal(settings.documents_megabytes_max, 8);
  await set_mail(company, mailbox.port, { documents_megabytes_max: 0 });
  assert.equal((await company.get('/api/settings/mail')).documents_megabytes_max, 0);
  await set_mail(company, mailbox.port);
  assert.equal((await company.get('/api/settings/mail')).documents_megabytes_max, 0, 'kept when not given');
  const wrong = await company.send('PUT', '/api/settings/mail', { security: 'none', documents_megabytes_max: 26 });
  assert.equal(wrong.value.refusal.code, 'field_invalid');
});

test('a document is fetched to be kept, its own only', async () => {
  const fetched = async (customer, number) => company.session.ask(`/api/items/${await item_id(customer, number)}/document`);
  const good = await fetched('ACME', '2026/5');
  assert.equal(good.status, 200);
  assert.equal(good.text, files['2026%2F5'].toString());
  assert.equal(good.headers['content-type'], 'application/pdf');
  assert.equal(good.headers['content-disposition'], 'attachment; filename="2026-5.pdf"');
  assert.equal(good.headers['x-content-type-options'], 'nosniff');
  for (const number of ['../../etc/passwd', 'S-1', 'F-6']) {
    const none = await fetched('ACME', number);
    assert.deepEqual([none.status, none.value.refusal.code], [404, 'not_found'], number);
  }
  const page = await fetched('ACME', 'F-2');
  assert.deepEqual([page.status, page.value.refusal.code], [422, 'file_unreadable']);
  for (const [id, status] of [['0', 404], ['999999', 404], ['x', 404], ['..%2f..%2fetc', 400]])
    assert.equal((await company.session.ask(`/api/items/${id}/document`)).status, status, id);
  const nobody = await company.desk.ask(`/api/items/${await item_id('ACME', 'F-1')}/document`);
  assert.equal(nobody.status, 401);
});
