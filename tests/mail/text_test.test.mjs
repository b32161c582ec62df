// A text tested on oneself: it comes at once, to the signed-in user alone, with a real customer's figures and statement; the
// customer is not written to, nothing is kept with it, nothing counts (MSG-2).
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { command, sign_in, start_desk } from '../http/desk.mjs';
import { customer_ids, make_company, open_company, pdf_text, polite, set_mail, start_mailbox, start_script, wednesday } from './mailbox.mjs';

let data;
let company;
let mailbox;
let ids;
let own;
before(async () => {
  data = make_company([
    { code: 'ACME', name: 'Acme', language: 'en', email: 'ap@acme.test', items: [{ number: 'A-1', due: '2026-03-10', amount: '100.00' }, { number: 'A-2', due: '2026-03-11', amount: '60.00' }] },
  ]);
  company = await open_company(data);
  mailbox = await start_mailbox();
  ids = await customer_ids(company);
  own = company.session.me.user.email;
});
after(async () => {
  await company?.desk.stop();
  await mailbox?.stop();
  rmSync(data, { recursive: true, force: true });
});

const words = (language, more = {}) => ({
  language, customer: ids.ACME, subject: '{{total}}, {{customer.code}}', text: 'Hello {{customer.name}}\n\n{{items_table}}\n\n{{sender.name}}\n', ...more,
});
const try_out = (wish) => company.send('POST', '/api/templates/test', wish);
const refused = (answer) => [answer.status, answer.value.refusal?.code, answer.value.refusal?.data.reason];

test('without a server it is refused by name', async () => {
  assert.deepEqual(refused(await try_out(words('en'))), [422, 'mail_settings_invalid', 'host_invalid']);
  await set_mail(company, mailbox.port);
});

test('it comes to oneself alone, marked in the language of the text, with the statement', async () => {
  const reminder = await company.get(`/api/customers/${ids.ACME}/reminder`);
  for (const [language, mark, total] of [['en', '[Test] ', '160.00 EUR, ACME'], ['fr', '[Essai] ', '160,00 EUR, ACME']]) {
    mailbox.letters.length = 0;
    const answer = await try_out(words(language));
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual([answer.value.outcome, answer.value.to], ['sent', own]);
    assert.equal(mailbox.letters.length, 1);
    const [{ to, mail }] = mailbox.letters;
    assert.deepEqual(to, [own]);
    assert.equal(mail.cc, undefined);
    assert.equal(mail.replyTo.value[0].address, own, 'an answer to a test is nothing from the customer');
    assert.equal(mail.subject.replaceAll('\u00a0', ' '), mark + total);
    assert.match(mail.text, /Hello Acme[^]*A-1[^]*A-2/);
    assert.match(mail.html, /<table role="table"/);
    const statement = pdf_text(mail.attachments[0].content);
    assert.match(statement, /A-1[^]*A-2/);
  }
  assert.deepEqual((await company.get(`/api/messages?customer=${ids.ACME}`)).rows, [], 'no message of the customer');
  assert.deepEqual((await company.get(`/api/customers/${ids.ACME}/done`)).rows, [], 'no step done');
  assert.deepEqual(await company.get(`/api/customers/${ids.ACME}/reminder`), reminder, 'the step is due as before');
  const single = await company.send('POST', `/api/customers/${ids.ACME}/messages`, { template: 'statement' });
  assert.equal(single.status, 201, `no gap begun: ${single.text}`);
});

test('a text that cannot be written, or a customer one may not see, is refused, and nothing comes', async () => {
  const before_it = mailbox.letters.filter((one) => one.to.includes(own)).length;
  assert.deepEqual(refused(await try_out(words('en', { text: '{{nobody}}' }))).slice(0, 2), [422, 'template_invalid']);
  assert.equal((await try_out(words('en', { customer: 4711 }))).status, 404);
  assert.equal((await try_out({ ...words('en'), subject: undefined })).status, 400);
  assert.equal(mailbox.letters.filter((one) => one.to.includes(own)).length, before_it);
});

test('each gets her own, whoever else is a user', async () => {
  command(['user', 'add', '--data', data, '--name', 'Rita', '--email', 'rita@desk.test'], '', wednesday);
  const told = command(['user', 'link', '--data', data, '--email', 'rita@desk.test'], '', wednesday);
  const rita = await sign_in(company.desk, /#token=(\S+)/.exec(told)[1]);
  mailbox.letters.length = 0;
  const try_as_rita = (json) => rita.ask('/api/templates/test', { method: 'POST', json });
  const elsewhere = await try_as_rita({ ...words('en'), to: 'ap@acme.test' });
  assert.deepEqual([elsewhere.status, elsewhere.value.refusal?.data.field], [400, 'to'], 'to nobody else');
  const answer = await try_as_rita(words('en'));
  assert.deepEqual([answer.status, answer.value.to], [200, 'rita@desk.test'], answer.text);
  const tests = mailbox.letters.filter((one) => one.mail.subject.startsWith('[Test]'));
  assert.deepEqual(tests.map((one) => one.to), [['rita@desk.test']]);
});

test('a server that says no is told as it said it', async () => {
  const server = await start_script(polite((socket) => socket.write('554 5.7.1 not today\r\n')));
  await set_mail(company, server.port);
  const answer = await try_out(words('en'));
  await server.stop();
  assert.deepEqual([answer.status, answer.value.outcome, answer.value.code], [200, 'refused', 554], answer.text);
  assert.match(answer.value.answer, /not today/);
});

test('a demo company writes to its list only', async () => {
  const desk = await start_desk({ words: ['--demo-if-empty'], env: wednesday });
  const session = await sign_in(desk);
  const get = async (path) => (await session.ask(path)).value;
  const send = async (method, path, json) => session.ask(path, { method, json });
  const demo = { get, send };
  const [customer] = (await get('/api/customers?limit=1&sort=-overdue')).rows;
  const wish = { language: 'en', customer: customer.id, subject: 'x', text: '{{customer.name}}' };
  await set_mail(demo, mailbox.port);
  assert.deepEqual(refused(await send('POST', '/api/templates/test', wish)), [422, 'mail_settings_invalid', 'not_allowed_in_demo']);
  const { email } = session.me.user;
  await set_mail(demo, mailbox.port, { allowed: [email] });
  mailbox.letters.length = 0;
  const answer = await send('POST', '/api/templates/test', wish);
  assert.deepEqual([answer.status, answer.value.outcome], [200, 'sent'], answer.text);
  assert.deepEqual(mailbox.letters.map((one) => one.to), [[email]]);
  await desk.stop();
});
