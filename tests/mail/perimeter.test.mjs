// What a collector sees of messages and runs is of her own customers, the counts too; and she writes to a customer of
// hers that is chased with another's.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { join } from 'node:path';

import { command, sign_in } from '../http/desk.mjs';
import { customer_ids, late_customer, make_automatic, make_company, open_company, wednesday } from './mailbox.mjs';

const customer = (code, collector) => late_customer(code, { collector });

let data;
let company;
let bob;
let ids;
before(async () => {
  data = make_company([customer('ANN1', 'Ann'), customer('ANN2', 'Ann'), customer('BOB1', 'Bob'), customer('HEAD', 'Ann'), customer('MEMBER', 'Bob')]);
  command(['user', 'add', '--data', data, '--name', 'Bob', '--email', 'bob@desk.test'], '', wednesday);
  const sql = `update access_user set role = 'collector', all_collectors = 0 where user_id = (select user_id from access_person where email = 'bob@desk.test');
    insert into access_perimeter select user_id, 'collector', (select label_id from label where text = 'Bob') from access_person where email = 'bob@desk.test';`;
  execFileSync('sqlite3', [join(data, 'countback.db')], { input: sql });
  const link = command(['user', 'link', '--data', data, '--email', 'bob@desk.test'], '', wednesday);
  company = await open_company(data);
  bob = await sign_in(company.desk, /#token=(\S+)/.exec(link)[1]);
  ids = await customer_ids(company);
});
after(async () => {
  await company?.desk.stop();
  rmSync(data, { recursive: true, force: true });
});

test('the counts of a run and of messages are of the customers that one may see', async () => {
  await make_automatic(company, 'standard', 'reminder');
  const run = await company.send('POST', '/api/runs', {});
  assert.equal(run.value.requested, 5, run.text);
  const whole = await company.get('/api/messages');
  assert.equal(whole.counts.requested, 5);
  const own = (await bob.ask('/api/messages')).value;
  assert.equal(own.rows.length, 2);
  assert.equal(own.counts.requested, 2);
  const of = (rows) => rows.find((row) => row.id === run.value.id);
  assert.equal(of((await company.get('/api/runs')).rows).requested, 5);
  assert.equal(of((await bob.ask('/api/runs')).value.rows).requested, 2);
  const page = (await bob.ask(`/api/runs/${run.value.id}`)).value;
  assert.equal(page.run.requested, 2);
  assert.equal(page.rows.length, 2);
  for (const { id } of whole.rows) {
    const cancelled = await company.send('POST', `/api/messages/${id}`, { what: 'cancel' });
    assert.equal(cancelled.status, 200, cancelled.text);
  }
});

test('a member of a group is written to by its own collector, who may not see the head', async () => {
  const grouped = await company.session.ask(`/api/customers/${ids.MEMBER}/group`, { method: 'PUT', json: { master: ids.HEAD } });
  assert.equal(grouped.status, 200, grouped.text);
  const ask = (path, json) => bob.ask(`/api/customers/${ids.MEMBER}/messages${path}`, { method: 'POST', json });
  const seen = await ask('/preview', { template: 'statement' });
  assert.equal(seen.status, 200, seen.text);
  assert.match(seen.value.text, /F-MEMBER/);
  const asked = await ask('', { template: 'statement' });
  assert.equal(asked.status, 201, asked.text);
  const others = await bob.ask(`/api/customers/${ids.HEAD}/messages`, { method: 'POST', json: { template: 'statement' } });
  assert.equal(others.status, 404);
});

test('lists of messages and runs follow the companies and collectors asked for', async () => {
  const run = (await company.get('/api/runs')).rows.find((row) => row.requested === 5);
  const collector = (await company.get('/api/agenda?limit=50&outcome=due,waiting,suppressed,nothing')).rows.find((row) => row.collector?.name === 'Bob').collector.id;
  const whole = await company.get('/api/messages?limit=100');
  const bobs = await company.get(`/api/messages?limit=100&collector=${collector}`);
  assert.ok(bobs.rows.length > 0 && bobs.rows.length < whole.rows.length);
  assert.ok(bobs.rows.every((row) => ['BOB1', 'MEMBER'].includes(row.customer.code)));
  const sum = (counts) => Object.values(counts).reduce((all, one) => all + one, 0);
  assert.equal(sum(bobs.counts), bobs.rows.length);
  assert.deepEqual((await company.get(`/api/messages?collector=${collector}&entity=999`)).rows, []);
  assert.equal((await company.session.ask('/api/messages?collector=x')).status, 400);

  const kept = (await company.get(`/api/runs?collector=${collector}`)).rows.find((row) => row.id === run.id);
  assert.deepEqual([run.requested, kept.requested], [5, 2]);
  const page = await company.get(`/api/runs/${run.id}?collector=${collector}`);
  assert.deepEqual([page.run.requested, page.rows.length], [2, 2]);

  const many = { what: 'cancel', state: 'requested', up_to: whole.rows[0].id, collector: [collector] };
  const waiting = bobs.counts.requested;
  const done = await company.send('POST', '/api/messages', many);
  assert.deepEqual([done.status, done.value.done], [200, waiting], done.text);
});
