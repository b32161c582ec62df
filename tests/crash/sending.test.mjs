// Killed at any moment while a run is made, a message taken back or tried again, and while it sends, the program sends
// nothing twice and loses nothing: what may or may not have arrived is told to a person.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';

import { eventually, late_customers, make_automatic, make_company, open_company, set_mail, start_mailbox } from '../mail/mailbox.mjs';

const rounds = Number(process.env.COUNTBACK_CRASHES ?? 20);
/** A run writes 500 customers at a time: of so many it has three parts. */
const many = 1050;
const customers_of = (name) => late_customers(name === 'parts' ? many : 12);

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** All pages of a list. */
async function every(company, path, after) {
  const rows = [];
  for (let page = path; page; ) {
    const one = await company.get(page);
    rows.push(...one.rows);
    page = one.next === null ? null : `${path}&${after}=${one.next}`;
  }
  return rows;
}
const messages_of = (company, query = '') => every(company, `/api/messages?limit=200${query}`, 'before');

async function yes_to_all(company, ready = () => {}) {
  const agenda = await company.get('/api/agenda');
  ready();
  return company.send('POST', '/api/reminders', { customers: agenda.rows.map((row) => ({ customer: row.customer.id })) });
}

/** What happens when the kill comes: each says that it is ready just before what is to be hit begins. */
const moments = {
  async confirm({ company, mailbox, ready }) {
    await set_mail(company, mailbox.port);
    return yes_to_all(company, ready);
  },
  async run({ company, mailbox, ready }) {
    await make_automatic(company, 'standard', 'reminder');
    await set_mail(company, mailbox.port);
    ready();
    return company.send('POST', '/api/runs', {});
  },
  async parts({ company, mailbox, ready }) {
    await make_automatic(company, 'standard', 'reminder');
    await set_mail(company, mailbox.port);
    const made = company.send('POST', '/api/runs', {});
    made.catch(() => null); // the kill cuts it off
    await eventually('the first part written', async () => {
      const [run] = (await company.get('/api/runs?limit=1')).rows;
      return run?.source === 'desk' && run.requested > 0;
    });
    ready();
    return made;
  },
  async cancel({ company, mailbox, round, cancelled, ready }) {
    await yes_to_all(company);
    const mine = (await messages_of(company)).filter((_, place) => (place + round) % 3 === 0);
    await set_mail(company, mailbox.port);
    ready();
    return Promise.all(
      mine.map(async ({ id }) => {
        const answer = await company.send('POST', `/api/messages/${id}`, { what: 'cancel', reason: 'taken back' });
        if (answer.status === 200) cancelled.add(id);
      }),
    );
  },
  async retry({ company, mailbox, refuse, ready }) {
    refuse.all = true;
    await set_mail(company, mailbox.port);
    await yes_to_all(company);
    await eventually('every message refused', async () => (await messages_of(company)).every((row) => row.state === 'failed'), 60);
    refuse.all = false;
    const failed = await messages_of(company);
    ready();
    return Promise.all(failed.map(({ id }) => company.send('POST', `/api/messages/${id}`, { what: 'retry' })));
  },
};
const names = Object.keys(moments);
/** Runs of several parts, each with more than a thousand letters, are one in ten; in a long row, one in a hundred. */
const short = names.filter((name) => name !== 'parts');
const name_of = (round) => (round % (round < 100 ? 10 : 100) === 9 ? 'parts' : short[round % short.length]);
/** A round mostly waits for the disk: several go at a time. */
const lanes = rounds < 100 ? 1 : 3;
/** Milliseconds over which the kills are spread; each yes writes its letter before it is asked for. */
const spans = { confirm: 1500, parts: 60 };

const all_in = async (company, states) => {
  const { counts } = await company.get('/api/messages?limit=1');
  return Object.entries(counts).every(([state, count]) => count === 0 || states.includes(state));
};

async function settle_failed(company) {
  for (const { id } of await messages_of(company, '&state=failed')) {
    await company.send('POST', `/api/messages/${id}`, { what: 'retry' });
  }
}

/** What is uncertain is told by a person who looked; answers how many. */
async function settle_ambiguous(company, arrived_at) {
  const uncertain = await messages_of(company, '&state=ambiguous');
  for (const message of uncertain) {
    const what = arrived_at(message) === 1 ? 'arrived' : 'not_arrived';
    const told = await company.send('POST', `/api/messages/${message.id}`, { what });
    assert.equal(told.status, 200, told.text);
  }
  return uncertain.length;
}

async function check_run(company, count) {
  const { rows } = await company.get('/api/runs');
  for (const { id, source } of rows) {
    if (source === 'schedule') continue;
    const run = await eventually('the run finished', async () => {
      const one = await company.get(`/api/runs/${id}?limit=1`);
      return one.run.finished_at !== null && one;
    });
    const outcomes = await every(company, `/api/runs/${id}?limit=200`, 'after');
    assert.equal(run.run.requested, count, 'each is asked for');
    assert.equal(new Set(outcomes.map((row) => row.customer.id)).size, count, 'every customer has its outcome');
    assert.equal(outcomes.length, count, 'and one');
  }
}

/** Kills at a moment of the round's own, spread over the time that the work takes. */
async function killed(round) {
  const refuse = { all: false };
  const mailbox = await start_mailbox({
    onRcptTo: (_, __, done) => done(refuse.all ? Object.assign(new Error('no'), { responseCode: 550 }) : null),
  });
  const name = name_of(round);
  const customers = customers_of(name);
  const data = make_company(customers);
  const cancelled = new Set();
  let company = await open_company(data);
  try {
    let ready;
    const begins = new Promise((resolve) => (ready = resolve));
    const begun = moments[name]({ company, mailbox, round, cancelled, refuse, ready }).catch(() => null);
    await begins;
    await pause(1 + ((round * 149) % (spans[name] ?? 450)));
    company.desk.child.kill('SIGKILL');
    await company.desk.ended;
    await begun;
    refuse.all = false;
    company = await open_company(data);
    await set_mail(company, mailbox.port);
    await check_run(company, customers.length);
    await settle_failed(company);
    const at_rest = ['sent', 'ambiguous', 'cancelled'];
    await eventually('every message at rest', () => all_in(company, at_rest), 180);
    const arrived_at = (message) => mailbox.letters.filter((one) => one.to.includes(`ap@${message.customer.code.toLowerCase()}.test`)).length;
    for (const message of await messages_of(company)) {
      assert.ok(arrived_at(message) <= 1, `${message.customer.code} got ${arrived_at(message)} letters`);
      if (message.state === 'sent') assert.equal(arrived_at(message), 1, `${message.customer.code} is told as sent`);
      if (message.state === 'cancelled') assert.equal(arrived_at(message), 0, `${message.customer.code} was taken back`);
      if (cancelled.has(message.id)) assert.equal(message.state, 'cancelled', 'taken back stays so');
    }
    const ambiguous = await settle_ambiguous(company, arrived_at);
    const open = async () => (await messages_of(company)).filter((row) => !['sent', 'cancelled'].includes(row.state)).length;
    await eventually('all over', async () => (await open()) === 0, 60);
    const messages = await messages_of(company);
    for (const message of messages) assert.equal(arrived_at(message), message.state === 'sent' ? 1 : 0, message.customer.code);
    assert.equal(mailbox.letters.length, messages.filter((one) => one.state === 'sent').length);
    if (name === 'run' || name === 'parts') assert.equal(messages.length === 0 || messages.length === customers.length, true, 'each customer, or a run that never began');
    return { name, messages: messages.length, ambiguous };
  } finally {
    await company.desk.stop();
    await mailbox.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

test(`${rounds} kills, inside runs, after cancels, during retries, while sending: nothing twice, nothing lost`, async (context) => {
  const hit = Object.fromEntries(names.map((name) => [name, 0]));
  let ambiguous = 0;
  const go = async (lane) => {
    for (let round = lane; round < rounds; round += lanes) {
      const told = await killed(round);
      hit[told.name] += told.messages;
      ambiguous += told.ambiguous;
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => go(lane)));
  context.diagnostic(`messages ${JSON.stringify(hit)}, ${ambiguous} left to a person`);
  for (const name of names) assert.ok(rounds < 10 || hit[name] > 0, `no message in ${name}`);
});
