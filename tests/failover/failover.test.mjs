// Two servers on a PostgreSQL pair whose primary is killed during a load, a run and sending, the standby taking its
// place: the servers carry on, nothing is lost, nothing is sent twice.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { binary, command } from '../http/desk.mjs';
import { eventually, late_customers, make_automatic, make_company, open_company, set_mail, start_mailbox, wednesday } from '../mail/mailbox.mjs';
import { start_pair } from './pair.mjs';

const rounds = Number(process.env.COUNTBACK_FAILOVERS ?? 1);
const customers = late_customers(40);
const more_items = 20_000;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** A server that has just lost its database refuses with 503. */
const got = (company, path) =>
  eventually(`${path} answers`, async () => {
    const answer = await company.session.ask(path);
    return answer.status === 200 && answer.value;
  });
const all_messages = async (company) => (await got(company, '/api/messages?limit=200')).rows;
const answers = async (company) => (await company.session.ask('/api/agenda')).status === 200;

/** A file of items not due yet, so that nobody is asked for them. */
function items_file(place) {
  const file = join(place, 'more.csv');
  const lines = Array.from({ length: more_items }, (_, n) => `FR01,C${n % customers.length},M-${n},2026-03-01,2026-05-31,10.00,EUR`);
  writeFileSync(file, ['entity,customer_code,number,issue_date,due_date,amount,currency', ...lines].join('\n') + '\n');
  return file;
}

/** A load by the command line; answers whether it says that it is in. */
function load(data, db, file) {
  const words = ['import', '--data', data, '--db', db, '--yes', '--as-of', '2026-03-18', file];
  const child = spawn(binary, words, { stdio: 'ignore', env: wednesday });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code === 0)));
}

/** What goes on when the primary dies; each answers a promise of its end. */
const moments = {
  load: ({ first, db, file }) => load(first.desk.data, db, file),
  run: ({ first }) => first.send('POST', '/api/runs', {}),
  async sending({ first, second, mailbox }) {
    await first.send('POST', '/api/runs', {});
    await eventually('letters on their way', async () => mailbox.letters.length > 5);
    return second.get('/api/agenda');
  },
};

/** Another server of the same company: its own folder, the same key. */
async function join_company(data, db) {
  const own = mkdtempSync(join(tmpdir(), 'countback-second-'));
  mkdirSync(own, { recursive: true });
  cpSync(join(data, 'secret.key'), join(own, 'secret.key'));
  return open_company(own, wednesday, ['--db', db]);
}

/** Uncertain messages are told by one who looked; what failed for want of a database is tried again. */
async function bring_to_rest(company, mailbox) {
  const arrived_at = (message) => mailbox.letters.filter((one) => one.to.includes(`ap@${message.customer.code.toLowerCase()}.test`)).length;
  let ambiguous = 0;
  await eventually(
    'every message at rest',
    async () => {
      const messages = await all_messages(company);
      for (const { id, state, customer } of messages) {
        if (state === 'failed') await company.send('POST', `/api/messages/${id}`, { what: 'retry' });
        if (state !== 'ambiguous') continue;
        ambiguous += 1;
        const what = arrived_at({ customer }) > 0 ? 'arrived' : 'not_arrived';
        await company.send('POST', `/api/messages/${id}`, { what });
      }
      return messages.length === customers.length && messages.every((one) => one.state === 'sent');
    },
    Number(process.env.REST ?? 60),
  );
  for (const message of await all_messages(company)) assert.equal(arrived_at(message), 1, message.customer.code);
  return ambiguous;
}

async function round_of(name, delay) {
  const pair = await start_pair();
  const mailbox = await start_mailbox();
  const db = pair.address;
  const data = make_company(customers, wednesday, ['--db', db]);
  const file = items_file(data);
  const first = await open_company(data, wednesday, ['--db', db]);
  const second = await join_company(data, db);
  try {
    await make_automatic(first, 'standard', 'reminder');
    await set_mail(first, mailbox.port);
    const begun = Promise.resolve(moments[name]({ first, second, mailbox, db, file })).catch(() => null);
    await pause(delay);
    pair.kill_primary();
    await pause(300);
    pair.promote();
    const loaded = await begun;
    for (const company of [first, second]) await eventually('the server answers again', () => answers(company), 60);
    if (name !== 'load' || loaded !== true) assert.equal(await load(data, db, file), true, 'the load goes in, or was in');
    const run = await second.send('POST', '/api/runs', {});
    assert.ok([200, 201, 202, 409].includes(run.status), run.text);
    const ambiguous = await bring_to_rest(second, mailbox);
    const figures = (company) => got(company, '/api/ageing?by=customer&as_of=2026-03-18');
    await eventually('both hold the same Book', async () => JSON.stringify(await figures(first)) === JSON.stringify(await figures(second)));
    const verified = command(['verify', '--data', data, '--db', db], '', wednesday);
    assert.match(verified, /chain of facts is whole/);
    assert.match(verified, new RegExp(`${more_items + customers.length} items`));
    return ambiguous;
  } finally {
    await first.desk.stop();
    await second.desk.stop();
    await mailbox.stop();
    pair.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

for (const [place, name] of Object.keys(moments).entries()) {
  test(`${rounds} times the primary dies during ${name}: nothing lost, nothing twice`, { timeout: 600_000 * rounds }, async (context) => {
    let ambiguous = 0;
    for (let round = 0; round < rounds; round += 1) ambiguous += await round_of(name, 5 + ((round * 3 + place) * 83) % 400);
    context.diagnostic(`${ambiguous} uncertain messages told by a person`);
  });
}
