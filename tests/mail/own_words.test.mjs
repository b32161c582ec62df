// The words a person changes keep their marks: figures and items are those of the moment of writing, whatever a customer
// is called; what she cancels is not asked for again; a message of her own is one however often she presses.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { binary } from '../http/desk.mjs';
import { customer_ids, eventually, item_ids, late_customer, make_automatic, make_company, open_company, pdf_text, set_mail, start_mailbox, wednesday } from './mailbox.mjs';

const customer = (code, more = {}) =>
  late_customer(code, {
    items: [{ number: `${code}-1`, due: '2026-03-10', amount: '100.00' }, { number: `${code}-2`, due: '2026-03-10', amount: '60.00' }],
    ...more,
  });

let data;
let company;
let mailbox;
let ids;
let items;
before(async () => {
  data = make_company([customer('TWO'), customer('MARK', { name: 'Ship {{x}} & {{total}}' }), customer('TWICE'), customer('CANC')]);
  company = await open_company(data);
  mailbox = await start_mailbox();
  ids = await customer_ids(company);
  items = await item_ids(company);
});
after(async () => {
  await company?.desk.stop();
  await mailbox?.stop();
  rmSync(data, { recursive: true, force: true });
});

const letters_to = (address) => mailbox.letters.filter((one) => one.to.includes(address));
const pay = (code, item, amount) =>
  company.send('POST', '/api/payments', { customer: ids[code], amount, currency: 'EUR', date: '2026-03-18', allocations: [{ item: items[item], amount }] });

test('a preview tells the words with their marks, and what changed words come to', async () => {
  const preview = await company.get(`/api/customers/${ids.TWO}/reminder`);
  assert.match(preview.subject, /160\.00/);
  assert.match(preview.words.subject, /\{\{total\}\}/);
  assert.match(preview.words.text, /\{\{items_table\}\}/);
  const seen = await company.send('POST', `/api/customers/${ids.TWO}/reminder/preview`, { subject: 'Own {{total}}', text: 'Own\n\n{{items_table}}' });
  assert.equal(seen.status, 200, seen.text);
  assert.match(seen.value.subject, /^Own .*160\.00/);
  assert.match(seen.value.html, /<table role="table"/, 'the table of items stays');
  const broken = await company.send('POST', `/api/customers/${ids.TWO}/reminder/preview`, { subject: 'Own', text: '{{no_such}}' });
  assert.equal(broken.value.refusal.code, 'template_invalid');
});

test('changed words ask for what is open when they are written, not when they were seen', async () => {
  const { words } = await company.get(`/api/customers/${ids.TWO}/reminder`);
  assert.ok((await pay('TWO', 'TWO-2', '60.00')).status < 300);
  const yes = { customer: ids.TWO, subject: words.subject, text: `A word of my own.\n\n${words.text}` };
  const asked = await company.send('POST', '/api/reminders', { customers: [yes] });
  assert.notEqual(asked.value.rows[0].message, null, asked.text);
  await set_mail(company, mailbox.port);
  const [letter] = await eventually('the letter', () => letters_to('ap@two.test').length === 1 && letters_to('ap@two.test'));
  assert.match(letter.mail.text, /A word of my own\./);
  assert.match(letter.mail.subject, /100\.00/);
  assert.doesNotMatch(letter.mail.text + letter.mail.html, /TWO-2|160\.00|60\.00/);
  assert.match(pdf_text(letter.mail.attachments[0].content), /TWO-1/);
});

test('a name that looks like a mark is a name', async () => {
  const { words } = await company.get(`/api/customers/${ids.MARK}/reminder`);
  const yes = { customer: ids.MARK, subject: words.subject, text: `Dear {{customer.name}},\n\n${words.text}` };
  const asked = await company.send('POST', '/api/reminders', { customers: [yes] });
  assert.notEqual(asked.value.rows[0].message, null, asked.text);
  const [letter] = await eventually('the letter', () => letters_to('ap@mark.test').length === 1 && letters_to('ap@mark.test'));
  assert.match(letter.mail.text, /Dear Ship \{\{x\}\} & \{\{total\}\},/);
});

test('a message of one’s own pressed twice is one; too soon it takes a second yes, which its story keeps', async () => {
  const write = (more = {}) => company.send('POST', `/api/customers/${ids.TWICE}/messages`, { template: 'reminder_1', ...more });
  const [first, second] = await Promise.all([write(), write()]);
  assert.deepEqual([first.status, second.status].sort(), [200, 201], first.text + second.text);
  assert.equal(first.value.message, second.value.message);
  await eventually('the letter', () => letters_to('ap@twice.test').length === 1);
  assert.equal((await write()).value.message, first.value.message, 'a lost answer asked again');
  const soon = await write({ template: 'courtesy' });
  assert.equal(soon.status, 409, soon.text);
  assert.equal(soon.value.refusal.data.reason, 'minimum_gap');
  assert.match(soon.value.refusal.text, /2026-03-25/);
  const anyway = await write({ template: 'courtesy', overrule: true });
  assert.equal(anyway.status, 201, anyway.text);
  const { story } = await company.get(`/api/messages/${anyway.value.message}`);
  assert.ok(story.some((one) => one.detail === 'overruled minimum_gap' && one.by !== null), JSON.stringify(story));
  await eventually('two letters', () => letters_to('ap@twice.test').length === 2);
});

test('what a person cancelled is not asked for again by the next run', async () => {
  await set_mail(company, mailbox.port, { host: '127.0.0.1', port: 9 });
  await make_automatic(company, 'standard', 'reminder');
  const run = await company.send('POST', '/api/runs', {});
  assert.equal(run.value.requested, 1, run.text);
  const [message] = (await company.get(`/api/messages?customer=${ids.CANC}`)).rows;
  await eventually('it waits', async () => (await company.get(`/api/messages/${message.id}`)).state === 'waiting');
  const cancelled = await company.send('POST', `/api/messages/${message.id}`, { what: 'cancel', reason: 'pays tomorrow' });
  assert.equal(cancelled.status, 200, cancelled.text);
  const again = await company.send('POST', '/api/runs', {});
  assert.equal(again.value.requested, 0, again.text);
  const row = (await company.get('/api/agenda')).rows.find((one) => one.customer.id === ids.CANC);
  assert.equal(row.kind, 'confirm');
  assert.ok(row.reasons.some((one) => /was cancelled by .+ on 2026-03-18/.test(one.text)), JSON.stringify(row.reasons));
  assert.equal((await company.get(`/api/messages?customer=${ids.CANC}`)).rows.length, 1);
});

test('a run of another day is dry only, and the command says what to do', async () => {
  const command = (...words) => execFileSync(binary, ['run', '--data', data, ...words], { env: wednesday, encoding: 'utf8', stdio: 'pipe' });
  for (const day of ['2026-03-09', '2026-04-09']) {
    assert.throws(() => command('--date', day), (failure) => /countback run --date 20.* --dry-run/.test(failure.stderr));
    assert.match(command('--date', day, '--dry-run'), new RegExp(`Dry run of ${day}`));
    const by_desk = await company.send('POST', '/api/runs', { date: day });
    assert.equal(by_desk.status, 400, by_desk.text);
    assert.equal(by_desk.value.refusal.data.reason, 'only_dry');
  }
});
