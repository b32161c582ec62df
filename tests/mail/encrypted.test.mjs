// A mail server that asks for encryption and a password: nothing leaves in clear, nothing leaves to a stranger, and
// the password is seen by nobody else.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { command } from '../http/desk.mjs';
import { eventually, late_customer, make_company, open_company, set_mail, start_mailbox, start_script, wednesday } from './mailbox.mjs';

const password = 'correct horse battery staple';
const kinds = ['good', 'direct', 'stranger', 'other', 'old', 'plain', 'stripped', 'wrong'];
const customers = kinds.map((kind) => late_customer(kind.toUpperCase(), { name: `The ${kind} one` }));

/** A key and a certificate it signed itself, made on the first of January 2026 for so many days. */
function certificate(folder, name, host, days = 3650) {
  const file = (end) => join(folder, `${name}.${end}`);
  const words = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file('key'), '-out', file('pem'), '-days', `${days}`, '-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  execFileSync('openssl', words, { stdio: 'pipe', env: { ...wednesday, FAKETIME: '@2026-01-01 10:00:00' } });
  return { key: readFileSync(file('key')), cert: readFileSync(file('pem')), file: file('pem') };
}

let keys;
let known;
let stranger;
let other_name;
let expired;
let data;
let company;
let ids;
before(async () => {
  keys = mkdtempSync(join(tmpdir(), 'countback-keys-'));
  known = certificate(keys, 'known', 'localhost');
  stranger = certificate(keys, 'stranger', 'localhost');
  other_name = certificate(keys, 'other', 'mail.elsewhere.test');
  expired = certificate(keys, 'expired', 'localhost', 5);
  const trusted = join(keys, 'trusted.pem');
  execFileSync('sh', ['-c', `cat "${known.file}" "${other_name.file}" "${expired.file}" > "${trusted}"`]);
  data = make_company(customers);
  company = await open_company(data, { ...wednesday, SSL_CERT_FILE: trusted });
  const agenda = await company.get('/api/agenda');
  ids = Object.fromEntries(agenda.rows.map((row) => [row.customer.code.toLowerCase(), row.customer.id]));
});
after(async () => {
  await company?.desk.stop();
  rmSync(data, { recursive: true, force: true });
  rmSync(keys, { recursive: true, force: true });
});

/** A server that takes mail over TLS from those who know the password; `seen` tells what reached it. */
async function start_careful(papers, more = {}) {
  const seen = { users: [], secure: [], senders: 0 };
  const mailbox = await start_mailbox({
    authOptional: false,
    disabledCommands: [],
    hideSTARTTLS: false,
    key: papers.key,
    cert: papers.cert,
    onAuth(auth, session, done) {
      seen.users.push(auth.username);
      seen.secure.push(session.secure);
      done(auth.password === password ? null : new Error('no'), { user: auth.username });
    },
    onMailFrom(address, session, done) {
      seen.senders += 1;
      seen.secure.push(session.secure);
      done();
    },
    ...more,
  });
  return { ...mailbox, seen };
}

/** Says yes to one customer's reminder through this server; answers the message once it stands in the state. */
async function ends_as(kind, port, state, settings) {
  await set_mail(company, port, { host: 'localhost', security: 'starttls', user: 'ar', password, ...settings });
  const yes = await company.send('POST', '/api/reminders', { customers: [{ customer: ids[kind] }] });
  assert.equal(yes.value.rows[0].refusal, null, yes.text);
  const id = yes.value.rows[0].message;
  const done = async () => {
    const message = await company.get(`/api/messages/${id}`);
    return message.state === state ? message : null;
  };
  return eventually(`${kind} ${state}`, done);
}

/** It waits and says why; taken back, so that the next server is not asked to take it. */
async function waits_because(kind, server, reason, settings) {
  const message = await ends_as(kind, server.port, 'waiting', settings);
  assert.match(message.detail, reason);
  assert.ok(message.not_before, 'it is tried again later');
  const back = await company.send('POST', `/api/messages/${message.id}`, { what: 'cancel' });
  assert.equal(back.status, 200, back.text);
  await server.stop();
}

test('a server with a known certificate gets the password and the message, both encrypted', async () => {
  const server = await start_careful(known);
  await ends_as('good', server.port, 'sent');
  assert.equal(server.letters.length, 1);
  assert.deepEqual(server.seen.users, ['ar']);
  assert.ok(server.seen.secure.every(Boolean));
  await server.stop();
});

test('the same with encryption from the first byte', async () => {
  const server = await start_careful(known, { secure: true });
  await ends_as('direct', server.port, 'sent', { security: 'tls' });
  assert.equal(server.letters.length, 1);
  assert.deepEqual(server.seen.users, ['ar']);
  await server.stop();
});

for (const [kind, what, papers] of [
  ['stranger', 'a certificate that nobody vouches for', () => stranger],
  ['other', 'a certificate for another name', () => other_name],
  ['old', 'a certificate that has run out', () => expired],
]) {
  test(`${what} is refused by name, and nothing is said after it`, async () => {
    const server = await start_careful(papers());
    await waits_because(kind, server, /^certificate_refused/);
    assert.deepEqual(server.seen.users, []);
    assert.equal(server.seen.senders, 0);
    assert.equal(server.letters.length, 0);
  });
}

/** A server without encryption; `said` is every line it was told. */
async function start_clear(greeting) {
  const said = [];
  const server = await start_script((socket, line) => {
    said.push(line);
    socket.write(line.startsWith('EHLO') ? greeting : '502 no\r\n');
  });
  return { ...server, said };
}

test('a server that offers no encryption hears neither password nor message', async () => {
  const server = await start_clear('250-clear\r\n250 AUTH PLAIN LOGIN\r\n');
  await waits_because('plain', server, /^tls_unavailable/);
  assert.ok(server.said.every((line) => /^(EHLO|HELO|STARTTLS|QUIT)\b/i.test(line)), server.said.join('\n'));
});

test('nor does one that promises it and then refuses', async () => {
  const server = await start_clear('250-clear\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n');
  await waits_because('stripped', server, /tls_unavailable|502/);
  assert.ok(server.said.every((line) => /^(EHLO|HELO|STARTTLS|QUIT)\b/i.test(line)), server.said.join('\n'));
});

test('a password that is refused makes the message wait in sight', async () => {
  const server = await start_careful(known);
  await waits_because('wrong', server, /^(535|sign_in_refused)/, { password: `${password}!` });
  assert.equal(server.letters.length, 0);
  assert.equal(server.seen.senders, 0);
});

/** Every file under a folder that holds these bytes. */
function files_with(folder, bytes) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && readFileSync(path).includes(bytes));
}

test('the password is in no log, no command line, no answer, no file and no backup', async () => {
  await set_mail(company, 25, { host: 'localhost', security: 'starttls', user: 'ar', password });
  const forms = [password, Buffer.from(password).toString('base64'), Buffer.from(`\0ar\0${password}`).toString('base64')];
  const words = readFileSync(`/proc/${company.desk.child.pid}/cmdline`, 'utf8');
  const answers = [];
  for (const path of ['/api/settings/mail', '/api/messages?limit=200', '/api/me']) answers.push((await company.session.ask(path)).text);
  const copy = join(keys, 'copy.backup');
  command(['backup', '--data', data, copy], '', wednesday);
  for (const form of forms) {
    assert.ok(!company.desk.log().includes(form), 'log');
    assert.ok(!words.includes(form), 'command line');
    assert.ok(!answers.some((text) => text.includes(form)), 'answers');
    assert.deepEqual(files_with(data, form), []);
    assert.ok(!readFileSync(copy).includes(form), 'backup');
  }
});
