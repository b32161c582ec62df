// COL-11 on two servers and one PostgreSQL: a run whose server dies, or hangs until nobody believes in it any more, is
// finished by the other; the one that comes back late writes nothing more. Each customer once, nothing asked twice.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { command, sign_in, start_desk } from '../http/desk.mjs';
import { eventually, late_customers, make_automatic, make_company, set_mail, start_mailbox, wednesday } from './mailbox.mjs';

const server = process.env.COUNTBACK_TEST_PG;
const skip = server === undefined && 'COUNTBACK_TEST_PG names no server';
const count = 2400; // several parts of a run
const customers = late_customers(count);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function open(data, url, env = wednesday) {
  const words = ['--db', url];
  const desk = await start_desk({ data, env, words });
  const link = command(['user', 'link', '--data', data, ...words], '', env);
  const session = await sign_in(desk, /#token=(\S+)/.exec(link)[1]);
  return {
    desk,
    get: async (path) => (await session.ask(path)).value,
    send: async (method, path, json) => session.ask(path, { method, json }),
  };
}

/** A company with a database of its own on the server, until `use` is over. */
async function with_company(name, some, use) {
  const database = `taken_over_${name}_${process.pid}`;
  const url = server.replace(/[^/]*$/, database);
  execFileSync('psql', ['-q', server, '-c', `create database ${database}`]);
  const opened = [];
  const data = make_company(some, wednesday, ['--db', url]);
  const other = mkdtempSync(join(tmpdir(), 'countback-mail-'));
  cpSync(data, other, { recursive: true }); // one company, one key
  const ask = (sql) => execFileSync('psql', ['-Atqc', sql, url], { encoding: 'utf8' }).trim();
  const serve = async (folder, env) => (opened.push(await open(folder, url, env)), opened.at(-1));
  try {
    return await use({ ask, first: () => serve(data), second: (env) => serve(other, env) });
  } finally {
    for (const { desk } of opened) {
      if (desk.child.signalCode === null && desk.child.exitCode === null) desk.child.kill('SIGCONT');
      await desk.stop();
    }
    execFileSync('psql', ['-q', server, '-c', `drop database ${database} with (force)`]);
    for (const folder of [data, other]) rmSync(folder, { recursive: true, force: true });
  }
}

/** `one` has begun a run and has written a part of it when `what` happens. */
const in_the_middle = (name, what) =>
  with_company(name, customers, async ({ ask, first, second }) => {
    const one = await first();
    // The night's run of the first start asks for nothing while nothing is automatic: it must not share the customers.
    await eventually('the night was run', async () => (await one.get('/api/runs')).rows.some((row) => row.finished_at !== null));
    await make_automatic(one, 'standard', 'reminder');
    const watcher = what.beside ? await second() : one;
    const known = Math.max(0, ...(await watcher.get('/api/runs')).rows.map((row) => row.id));
    const asked = one.send('POST', '/api/runs', {}).catch(() => null);
    const run = await eventually('a part of the run is written', async () =>
      (await watcher.get('/api/runs?limit=1')).rows.find((row) => row.id > known && row.requested > 0 && row.finished_at === null));
    const two = await what.happens({ one, two: watcher, ask, join_in: second });
    const finished = await eventually('the same run finished', async () => {
      const row = (await two.get('/api/runs')).rows.find((each) => each.id === run.id);
      return row.finished_at !== null && row;
    }, 60);
    await what.afterwards?.(one, asked);
    assert.equal(finished.requested, count);
    assert.equal(ask(`select count(*) || ' ' || count(distinct customer_id) || ' ' || count(distinct message_no) from run_outcome where run_no = ${run.id}`), `${count} ${count} ${count}`);
    assert.equal(ask(`select count(*) from run_end where run_no = ${run.id}`), '1');
    assert.equal((await two.get('/api/messages')).counts.requested, count, 'nothing twice');
    return run.requested;
  });

test('the server that makes a run is killed: the other, open all the while, finishes it', { skip }, async (context) => {
  const asked_for = await in_the_middle('killed', {
    beside: true,
    async happens({ one, two }) {
      one.desk.child.kill('SIGKILL');
      await one.desk.ended;
      return two;
    },
  });
  context.diagnostic(`killed with ${asked_for} of ${count} asked for`);
});

test('the server that makes a run hangs past its time: another finishes it, and what comes late writes nothing', { skip }, async (context) => {
  const asked_for = await in_the_middle('hung', {
    async happens({ one, ask, join_in }) {
      // Between two parts, so that it holds no lock: what hangs inside a transaction is thrown out by the database.
      const inside = () => ask("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and (state = 'active' or state like 'idle in transaction%')");
      one.desk.child.kill('SIGSTOP');
      for (let tries = 0; inside() !== '0' && tries < 50; tries += 1) {
        one.desk.child.kill('SIGCONT');
        await pause(7);
        one.desk.child.kill('SIGSTOP');
      }
      assert.equal(inside(), '0');
      return join_in({ ...wednesday, FAKETIME: '@2026-03-18 10:20:00' }); // nobody holds a run for so long
    },
    async afterwards(one, asked) {
      one.desk.child.kill('SIGCONT');
      const late = await asked;
      assert.ok(late === null || late.status < 500, late?.text);
      assert.equal((await one.get('/api/messages')).counts.requested, count, 'it goes on as a server');
    },
  });
  context.diagnostic(`stopped with ${asked_for} of ${count} asked for`);
});

test('the server that sends is killed: the other sends the rest, nothing twice', { skip }, async (context) => {
  const some = late_customers(60);
  const mailbox = await start_mailbox({ onMailFrom: (_, __, done) => setTimeout(done, 20) });
  try {
    await with_company('sending', some, async ({ first, second }) => {
      const one = await first();
      await make_automatic(one, 'standard', 'reminder');
      assert.ok((await one.send('POST', '/api/runs', {})).status < 300);
      await set_mail(one, mailbox.port);
      await eventually('letters on their way', () => mailbox.letters.length >= 10);
      const two = await second();
      one.desk.child.kill('SIGKILL');
      await one.desk.ended;
      const before = mailbox.letters.length;
      const messages = async () => (await two.get('/api/messages?limit=200')).rows;
      await eventually('every message at rest', async () => (await messages()).every((row) => ['sent', 'ambiguous'].includes(row.state)), 60);
      const arrived = (row) => mailbox.letters.filter((letter) => letter.to.includes(`ap@${row.customer.code.toLowerCase()}.test`)).length;
      const all = await messages();
      assert.equal(all.length, some.length);
      for (const row of all) assert.ok(row.state === 'sent' ? arrived(row) === 1 : arrived(row) <= 1, `${row.customer.code} ${row.state}: ${arrived(row)} letters`);
      const uncertain = all.filter((row) => row.state === 'ambiguous').length;
      assert.ok(uncertain <= 1, 'a server hands over one at a time');
      assert.ok(before < some.length, 'the kill came in the middle');
      context.diagnostic(`killed after ${before} letters; ${uncertain} left to a person`);
    });
  } finally {
    await mailbox.stop();
  }
});
