// A mail server that cuts, refuses, answers garbage or closes too soon: each message ends in the state that is true.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { eventually, late_customer, make_company, open_company, polite, set_mail, start_mailbox, start_script } from './mailbox.mjs';

const kinds = ['later', 'refused', 'cut', 'closed', 'garbage', 'absent', 'twice'];
const customers = kinds.map((kind) => late_customer(kind.toUpperCase(), { name: `The ${kind} one` }));

let data;
let company;
let ids;
before(async () => {
  data = make_company(customers);
  company = await open_company(data);
  const agenda = await company.get('/api/agenda');
  ids = Object.fromEntries(agenda.rows.map((row) => [row.customer.code.toLowerCase(), row.customer.id]));
});
after(async () => {
  await company.desk.stop();
  rmSync(data, { recursive: true, force: true });
});

/** Says yes to one customer's reminder and waits until it stands in the state. */
async function ends_as(kind, port, state) {
  await set_mail(company, port);
  const yes = await company.send('POST', '/api/reminders', { customers: [{ customer: ids[kind] }] });
  assert.equal(yes.value.rows[0].refusal, null);
  const id = yes.value.rows[0].message;
  await eventually(`${kind} ${state}`, async () => (await company.get(`/api/messages/${id}`)).state === state);
  return company.get(`/api/messages/${id}`);
}

test('a refusal for now is waited out, with what the server said', async () => {
  const server = await start_script(polite((socket) => socket.write('451 greylisted\r\n')));
  const message = await ends_as('later', server.port, 'waiting');
  assert.match(message.detail, /^451 greylisted/);
  assert.ok(message.not_before);
  await server.stop();
});

test('a recipient refused for good is a person’s to look at', async () => {
  const server = await start_script(polite((socket) => socket.write('250 taken\r\n'), { RCPT: '550 no such mailbox' }));
  const message = await ends_as('refused', server.port, 'failed');
  assert.match(message.detail, /550 no such mailbox .*ap@refused\.test/);
  await server.stop();
});

test('a connection cut after the content is never sent again by the product', async () => {
  const server = await start_script(polite((socket) => socket.destroy()));
  const message = await ends_as('cut', server.port, 'ambiguous');
  assert.equal(message.attempts, 1);
  await server.stop();
});

test('a server that takes the content and closes without a word leaves it ambiguous', async () => {
  const server = await start_script(polite((socket) => socket.end()));
  await ends_as('closed', server.port, 'ambiguous');
  await server.stop();
});

test('garbage for a greeting: nothing was handed over, it waits', async () => {
  const server = await start_script(() => {}, (socket) => socket.end('\u0000\u0001 not a mail server\r\n'));
  await ends_as('garbage', server.port, 'waiting');
  await server.stop();
});

test('nobody listens: it waits', async () => {
  const server = await start_mailbox();
  await server.stop();
  await ends_as('absent', server.port, 'waiting');
});

test('what was cut is decided by a person, once', async () => {
  const [message] = (await company.get('/api/messages?state=ambiguous')).rows;
  const told = await company.send('POST', `/api/messages/${message.id}`, { what: 'arrived' });
  assert.equal(told.value.state, 'sent');
  const again = await company.send('POST', `/api/messages/${message.id}`, { what: 'not_arrived' });
  assert.equal(again.status, 409);
  assert.equal(again.value.refusal.code, 'message_over');
});

test('the password is sealed, never shown, and kept when none is given', async () => {
  const mailbox = await start_mailbox();
  await set_mail(company, mailbox.port, { user: 'ar', password: 'correct horse' });
  await set_mail(company, mailbox.port, { user: 'ar' });
  const settings = await company.session.ask('/api/settings/mail');
  assert.equal(settings.value.password_set, true);
  assert.ok(!settings.text.includes('correct horse'));
  assert.ok(!company.desk.log().includes('correct horse'));
  const clear = await company.send('PUT', '/api/settings/mail', { host: 'mail.desk.test', port: 25, security: 'none', user: 'ar', password: 'correct horse', from_address: 'ar@desk.test' });
  assert.equal(clear.value?.refusal?.code, 'mail_settings_invalid', 'a password never leaves this machine in clear text');
  await mailbox.stop();
});

test('a kept password is given to no other server and no other user', async () => {
  const server = { host: '127.0.0.1', port: 2525, security: 'none', user: 'ar', from_address: 'ar@desk.test' };
  const put = (more) => company.send('PUT', '/api/settings/mail', { ...server, ...more });
  assert.equal((await put({ password: 'correct horse' })).status, 200);
  for (const other of [{ host: 'localhost' }, { port: 2526 }, { security: 'starttls' }, { user: 'someone' }]) {
    const refused = await put(other);
    assert.deepEqual([refused.value.refusal?.code, refused.value.refusal?.data.field], ['field_invalid', 'password'], JSON.stringify(other));
  }
  const typed = await put({ port: 2526, password: 'another' });
  assert.deepEqual([typed.status, typed.value.password_set], [200, true]);
  const removed = await put({ port: 2527, password: '' });
  assert.deepEqual([removed.status, removed.value.password_set], [200, false]);
});

test('links use https, or this very machine', async () => {
  const put = async (public_url) => (await company.send('PUT', '/api/settings/mail', { security: 'none', public_url })).status;
  for (const url of ['https://desk.test', 'http://localhost', 'http://localhost:8080/x', 'http://127.0.0.1:80', 'http://[::1]:8080']) assert.equal(await put(url), 200, url);
  for (const url of ['http://localhost.evil.test/x', 'http://localhost@evil.test', 'http://localhost:1@evil.test', 'http://127.0.0.1.evil.test', 'http://desk.test', 'https://', 'https://a@b.test', 'ftp://localhost', 'http://localhost:'])
    assert.equal(await put(url), 400, url);
});

test('the domain where answers are caught is a name, or it is refused', async () => {
  for (const reply_domain of ['x y', '<x>', 'x.test\r\nBcc: a@b.test', 'a@b.test', '-x.test', 'x..test']) {
    const refused = await company.send('PUT', '/api/settings/mail', { security: 'none', reply_domain });
    assert.deepEqual([refused.status, refused.value.refusal?.code, refused.value.refusal?.data.field], [400, 'field_invalid', 'reply_domain'], reply_domain);
  }
  const saved = await company.send('PUT', '/api/settings/mail', { security: 'none', reply_domain: 'Réponses.desk.test' });
  assert.deepEqual([saved.status, saved.value.reply_domain], [200, 'xn--rponses-bya.desk.test'], saved.text);
});

test('what cannot be an address or a text is refused by name', async () => {
  const forged = await company.send('PUT', '/api/settings/mail', { host: '127.0.0.1', port: 25, security: 'none', from_address: 'a@b.test\r\nBcc: c@d.test' });
  assert.equal(forged.value.refusal.code, 'field_invalid');
  const put = (text) => company.send('PUT', '/api/templates/reminder_1/en', { subject: 'Hello', text });
  assert.equal((await put('{{nobody}}')).value.refusal.code, 'template_invalid');
  assert.equal((await put('{{#items}}{{number}}')).value.refusal.code, 'template_invalid');
  assert.equal((await put('{{#items}}'.repeat(9) + '{{/items}}'.repeat(9))).value.refusal.code, 'template_invalid');
  assert.equal((await put('x'.repeat(900_000))).value.refusal.code, 'field_invalid');
  assert.equal((await put('x'.repeat(5_000_000))).status, 413);
});
