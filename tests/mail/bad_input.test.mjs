// What should never reach a mail server, or never alone: forged and unusable addresses, texts that want to be more than
// text, a recipient of three that is refused.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { eventually, make_company, open_company, set_mail, start_mailbox } from './mailbox.mjs';

const customer = (code, email) => ({ code, name: `${code} & <b>Söhne</b>`, language: 'en', email, items: [{ number: `F-${code}`, due: '2026-03-10', amount: '100.00' }] });
const customers = [customer('TWICE', 'AP@twice.test'), customer('DOMAIN', 'ap@bücher.test'), customer('NONE', ''), customer('THREE', ''), customer('SCRIPT', 'ap@script.test')];

let mailbox;
let data;
let company;
let ids;
before(async () => {
  mailbox = await start_mailbox({
    onRcptTo: (address, session, done) => done(address.address === 'gone@three.test' ? Object.assign(new Error('5.1.1 no such mailbox'), { responseCode: 550 }) : null),
  });
  data = make_company(customers);
  company = await open_company(data);
  const list = await company.get('/api/customers?limit=50');
  ids = Object.fromEntries(list.rows.map((row) => [row.code, row.id]));
});
after(async () => {
  await company?.desk.stop();
  await mailbox.stop();
  rmSync(data, { recursive: true, force: true });
});

const add = (code, email, role = 'payables') => company.send('POST', `/api/customers/${ids[code]}/contacts`, { role, name: 'Ann Lee', email });

/** A person's yes to one customer; answers the row. */
async function yes_to(code) {
  const answer = await company.send('POST', '/api/reminders', { customers: [{ customer: ids[code] }] });
  assert.equal(answer.status, 200, answer.text);
  return answer.value.rows[0];
}
const stands = (id, state) => eventually(`${id} ${state}`, async () => {
  const message = await company.get(`/api/messages/${id}`);
  return message.state === state ? message : null;
});

test('an address that is more than one, or no address, is refused where it is entered', async () => {
  const wrong = ['ap@acme.test\r\nBcc: spy@elsewhere.test', 'ap@acme.test\nBcc: spy@elsewhere.test', 'ap@acme.test, spy@elsewhere.test', 'Ann <ap@acme.test>', 'ap@acme.test>\r\nRCPT TO:<spy@elsewhere.test', 'ap', '@acme.test', 'ap@', 'ap@acme .test', 'ap@acme..test', `${'a'.repeat(300)}@acme.test`, 'ap@acme.test\u0000'];
  for (const email of wrong) {
    const told = await add('NONE', email);
    assert.equal(told.value?.refusal?.code, 'field_invalid', JSON.stringify(email));
  }
});

test('nobody to write to: nothing is asked for, and it says so', async () => {
  const row = await yes_to('NONE');
  assert.equal(row.message, null);
  assert.ok(['no_recipient', 'step_not_due'].includes(row.refusal.code), row.refusal.code);
});

test('the same address twice is written to once, an accented domain in the wire’s own letters', async () => {
  assert.equal((await add('TWICE', 'ap@twice.test')).status, 201);
  assert.equal((await add('TWICE', 'Ap@TWICE.test')).status, 201);
  assert.equal((await add('TWICE', 'aP@twice.test', 'executive')).status, 201);
  await set_mail(company, mailbox.port);
  const twice = await yes_to('TWICE');
  const domain = await yes_to('DOMAIN');
  await stands(twice.message, 'sent');
  await stands(domain.message, 'sent');
  const to = mailbox.letters.map((one) => one.to.map((address) => address.toLowerCase())).sort();
  assert.deepEqual(to, [['ap@bücher.test'], ['ap@twice.test']]);
  assert.ok(mailbox.letters.every((one) => one.raw.every((byte) => byte < 128)));
  assert.ok(mailbox.letters.some((one) => one.raw.includes('ap@xn--bcher-kva.test')));
});

test('one recipient of three refused: none gets it, and the one is named', async () => {
  for (const email of ['first@three.test', 'gone@three.test', 'third@three.test']) assert.equal((await add('THREE', email)).status, 201);
  const before_it = mailbox.letters.length;
  const row = await yes_to('THREE');
  const message = await stands(row.message, 'failed');
  assert.match(message.detail, /550 .*gone@three\.test/);
  assert.equal(mailbox.letters.length, before_it);
});

test('a text that wants to be a page, a program or another template stays a text', async () => {
  const put = (text, subject = 'Hello') => company.send('PUT', '/api/templates/reminder_1/en', { subject, text });
  for (const text of ['{{=<% %>=}}<% customer.name %>', '{{> other}}', '{{customer}}', '{{customer.email}}', '{{constructor}}', '{{#items}}'.repeat(500), '{{', '{{#several}}{{/count}}'])
    assert.equal((await put(text)).value.refusal.code, 'template_invalid', text.slice(0, 40));
  assert.equal((await put('x', 'a\r\nBcc: spy@elsewhere.test')).value.refusal.code, 'field_invalid');
  assert.equal((await put('x', '{{customer.name}}\nBcc: spy@elsewhere.test')).value.refusal.code, 'field_invalid');
  const script = '<script>fetch("https://elsewhere.test")</script>\n\n{{{customer.name}}} {{&customer.name}} {{customer.name}}\n\n{{items_table}}\n';
  const saved = await put(script, '{{{customer.name}}}');
  if (saved.status !== 200) assert.equal(saved.value.refusal.code, 'template_invalid', saved.text);
  const policy = await company.get('/api/policy');
  const step = policy.scenarios.find((one) => one.code === 'standard').steps.find((one) => one.code === 'reminder');
  const plain = await company.send('PUT', `/api/templates/${step.template}/en`, { subject: 'To {{customer.name}}', text: '<script>alert(1)</script> {{customer.name}}\n\n{{items_table}}\n' });
  assert.equal(plain.status, 200, plain.text);
  const row = await yes_to('SCRIPT');
  await stands(row.message, 'sent');
  const letter = mailbox.letters.find((one) => one.to.includes('ap@script.test'));
  assert.ok(!letter.mail.html.includes('<script'));
  assert.ok(!letter.mail.html.includes('<b>Söhne'));
  assert.ok(letter.mail.html.includes('&lt;script'));
  assert.ok(letter.mail.text.includes('<script>alert(1)</script> SCRIPT & <b>Söhne</b>'));
  assert.equal(letter.mail.subject, 'To SCRIPT & <b>Söhne</b>');
});
