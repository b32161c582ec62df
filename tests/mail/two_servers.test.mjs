// Two servers on one PostgreSQL: a run made on both at once decides and asks once, each message leaves once, whichever
// server takes it up; and two collectors at two servers are one company.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { command, sign_in, start_desk } from '../http/desk.mjs';
import { eventually, late_customers, make_automatic, make_company, set_mail, start_mailbox, wednesday } from './mailbox.mjs';

const server = process.env.COUNTBACK_TEST_PG;
const database = `two_servers_${process.pid}`;
const url = server?.replace(/[^/]*$/, database);
const customers = late_customers(40);

const opened = [];
let mailbox;
async function open(data) {
  const words = ['--db', url];
  const desk = await start_desk({ data, env: wednesday, words });
  const link = command(['user', 'link', '--data', data, ...words], '', wednesday);
  const session = await sign_in(desk, /#token=(\S+)/.exec(link)[1]);
  opened.push({
    desk,
    get: async (path) => (await session.ask(path)).value,
    send: async (method, path, json) => session.ask(path, { method, json }),
  });
}

const skip = server === undefined && 'COUNTBACK_TEST_PG names no server';

before(async () => {
  if (skip) return;
  execFileSync('psql', ['-q', server, '-c', `create database ${database}`]);
  const data = make_company(customers, wednesday, ['--db', url]);
  const other = mkdtempSync(join(tmpdir(), 'countback-mail-'));
  cpSync(data, other, { recursive: true }); // one company, one key
  mailbox = await start_mailbox();
  await open(data);
  await open(other);
});
after(async () => {
  if (skip) return;
  for (const { desk } of opened) {
    await desk.stop();
    rmSync(desk.data, { recursive: true, force: true });
  }
  await mailbox?.stop();
  execFileSync('psql', ['-q', server, '-c', `drop database ${database} with (force)`]);
});

test('two collectors at two servers: one of two messages stands, whoever was first', { skip }, async () => {
  const [one, two] = opened;
  const [{ id }] = (await one.get('/api/customers?limit=1')).rows;
  const path = `/api/customers/${id}/messages`;
  const asked = await Promise.all([
    one.send('POST', path, { template: 'reminder_2' }),
    two.send('POST', path, { template: 'firm_reminder' }),
  ]);
  assert.deepEqual(asked.map((answer) => answer.status).sort(), [201, 409], asked.map((answer) => answer.text).join('\n'));
  const refused = asked.find((answer) => answer.status === 409);
  assert.equal(refused.value.refusal.data.reason, 'message_waiting');
  const stands = asked.find((answer) => answer.status === 201).value.message;
  assert.equal((await two.send('POST', `/api/messages/${stands}`, { what: 'cancel' })).status, 200);
});

test('a run on two servers at once decides once and sends once', { skip }, async () => {
  const [one, two] = opened;
  await make_automatic(one, 'standard', 'reminder');
  const runs = await Promise.all([one, two, one, two].map((server) => server.send('POST', '/api/runs', {})));
  for (const run of runs) assert.ok(run.status < 300, run.text);
  assert.equal(runs.reduce((sum, run) => sum + run.value.requested, 0), customers.length);
  const messages = (await two.get('/api/messages?limit=200')).rows;
  assert.equal(messages.filter((row) => row.state === 'requested').length, customers.length);
  assert.equal(new Set(messages.map((row) => row.customer.id)).size, customers.length);
  await set_mail(one, mailbox.port);
  await eventually('all letters', () => mailbox.letters.length >= customers.length, 60);
  await eventually('every message sent', async () => (await one.get('/api/messages')).counts.sent === customers.length, 60);
  await Promise.all(opened.map((server) => server.send('POST', '/api/runs', {})));
  await new Promise((resolve) => setTimeout(resolve, 1000));
  assert.equal(mailbox.letters.length, customers.length);
  assert.equal(new Set(mailbox.letters.flatMap((letter) => letter.to)).size, customers.length);
});

/** How many facts a server has in its Book. */
const facts = async ({ desk }) => Number(/^countback_facts (\d+)/m.exec((await desk.ask('/metrics')).text)[1]);

test('what one records the other has in milliseconds, not at its next look', { skip }, async (context) => {
  const [one, two] = opened;
  const { id } = (await one.get('/api/customers?limit=1')).rows[0];
  const waited = [];
  for (let round = 0; round < 11; round += 1) {
    const promise = { kind: 'stop', customer: id, items: [], amount: null, cause: null, from: '2026-03-18', to: null, reason: `round ${round}` };
    const said = await one.send('POST', '/api/standings', promise);
    const began = performance.now();
    assert.equal(said.status, 201, said.text);
    const wanted = await facts(one);
    while ((await facts(two)) < wanted) assert.ok(performance.now() - began < 5_000, 'the other never had it');
    waited.push(performance.now() - began);
    const ended = await one.send('POST', `/api/standings/${said.value.id}/end`, { reason: 'again' });
    assert.ok(ended.status < 300, ended.text);
    while ((await facts(two)) < (await facts(one)));
    await new Promise((resolve) => setTimeout(resolve, (round * 97) % 400)); // any place between two looks
  }
  waited.sort((a, b) => a - b);
  context.diagnostic(`seen after ${waited.map((each) => Math.round(each)).join(', ')} ms`);
  assert.ok(waited[5] < 200, `half of them after ${waited[5]} ms`); // looks come every 500 ms
});
