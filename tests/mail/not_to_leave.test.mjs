// What must not leave, and when: two collectors at one minute, a text changed after the yes, a letter no longer right,
// a notice before dawn; and a day said later is the day it was.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';

import { eventually, late_customer, make_automatic, make_company, open_company, polite, set_mail, start_mailbox, start_script, wednesday } from './mailbox.mjs';

const customer = (code, more = {}) => late_customer(code, { address: '1 rue Y\n69003 Lyon', ...more });
const at = (time) => ({ ...wednesday, FAKETIME: `@2026-03-${time}` });
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A company at a moment; `reopen` kills the program and starts it at another. */
async function with_company(customers, time, work) {
  const data = make_company(customers, at(time));
  const mailbox = await start_mailbox();
  const own = { mailbox, company: await open_company(data, at(time)) };
  own.ids = Object.fromEntries((await own.company.get('/api/customers?limit=50')).rows.map((row) => [row.code, row.id]));
  own.items = Object.fromEntries((await own.company.get('/api/items?limit=50')).rows.map((row) => [row.number, row.id]));
  own.reopen = async (moment) => {
    own.company.desk.child.kill('SIGKILL');
    await own.company.desk.ended;
    own.company = await open_company(data, at(moment));
  };
  own.write = (code, template, more = {}) =>
    own.company.send('POST', `/api/customers/${own.ids[code]}/messages`, { template, ...more });
  own.confirm = async (code) =>
    (await own.company.send('POST', '/api/reminders', { customers: [{ customer: own.ids[code] }] })).value.rows[0];
  own.message = (id) => own.company.get(`/api/messages/${id}`);
  own.in_state = (id, state) =>
    eventually(`message ${id} ${state}`, async () => {
      const one = await own.message(id);
      return one.state === state && one;
    });
  try {
    await work(own);
  } finally {
    await own.company.desk.stop();
    await mailbox.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

test('collectors who press at one minute: one level of the dunning leaves, whoever was first', async () => {
  await with_company([customer('DUB'), customer('STEP')], '18 10:00:00', async ({ company, mailbox, ids, write, confirm, message, in_state }) => {
    const asked = await Promise.all([write('DUB', 'reminder_1'), write('DUB', 'reminder_2'), write('DUB', 'firm_reminder')]);
    const granted = asked.filter((one) => one.status === 201);
    assert.equal(granted.length, 1, asked.map((one) => one.text).join('\n'));
    for (const one of asked.filter((other) => other.status !== 201)) {
      assert.equal(one.value.refusal.data.reason, 'message_waiting', one.text);
      assert.match(one.value.refusal.text, new RegExp(`number ${granted[0].value.message}`));
    }
    const step = await confirm('DUB');
    assert.equal(step.refusal.data.reason, 'message_waiting');
    const mixed = await Promise.all([confirm('STEP'), write('STEP', 'reminder_2')]);
    const went = [mixed[0].message !== null, mixed[1].status === 201];
    assert.equal(went.filter(Boolean).length, 1, JSON.stringify(mixed));
    const agenda = await company.get('/api/agenda');
    assert.deepEqual(agenda.rows.filter((row) => row.customer.id === ids.DUB), [], 'a message is on its way');
    await set_mail(company, mailbox.port);
    await in_state(granted[0].value.message, 'sent');
    await eventually('both letters', () => mailbox.letters.length === 2);
    await pause(500);
    assert.equal(mailbox.letters.length, 2);
    const insisted = await write('DUB', 'courtesy', { overrule: true });
    assert.equal(insisted.status, 201, insisted.text);
    await in_state(insisted.value.message, 'sent');
    assert.ok((await message(insisted.value.message)).story.some((one) => one.detail === 'overruled minimum_gap'));
  });
});

test('put aside while it waits, a message of one’s own does not leave', async () => {
  await with_company([customer('SNZ'), customer('TOLD')], '18 10:00:00', async ({ company, mailbox, ids, write, in_state }) => {
    const asked = await write('SNZ', 'reminder_1');
    assert.equal((await company.send('POST', `/api/customers/${ids.SNZ}/snooze`, { until: '2026-03-30' })).status, 200);
    assert.equal((await company.send('POST', `/api/customers/${ids.TOLD}/snooze`, { until: '2026-03-30' })).status, 200);
    const refused = await write('TOLD', 'reminder_1');
    assert.equal(refused.value.refusal.data.reason, 'snoozed');
    assert.match(refused.value.refusal.text, /2026-03-30/);
    const insisted = await write('TOLD', 'reminder_1', { overrule: true });
    await set_mail(company, mailbox.port);
    const cancelled = await in_state(asked.value.message, 'cancelled');
    assert.equal(cancelled.detail, 'snoozed');
    await in_state(insisted.value.message, 'sent');
    assert.deepEqual(mailbox.letters.map((one) => one.to).flat(), ['ap@told.test']);
  });
});

test('a letter no longer right is not posted from its own page either; the day that is named counts', async () => {
  await with_company([customer('LET', { email: '' }), customer('TXT', { email: '' })], '18 10:00:00', async (own) => {
    const policy = await own.company.get('/api/policy');
    const scenario = policy.scenarios.find((one) => one.code === 'standard');
    scenario.steps.find((one) => one.code === 'reminder').channel = 'letter';
    assert.equal((await own.company.send('PUT', '/api/scenarios/standard', { version: policy.version, scenario })).status, 200);
    const { message: letter } = await own.confirm('LET');
    const { message: changed } = await own.confirm('TXT');
    for (const id of [letter, changed]) {
      await own.in_state(id, 'to_post');
      assert.equal((await own.company.send('POST', '/api/letters/print', { ids: [id] })).status, 200);
    }
    const dispute = { kind: 'dispute', cause: 'price', customer: own.ids.LET, from: '2026-03-18', reason: 'x', items: [own.items['F-LET']] };
    const said = await own.company.send('POST', '/api/standings', dispute);
    assert.equal(said.status, 201, said.text);
    const post = (id, more = {}) => own.company.send('POST', `/api/messages/${id}`, { what: 'posted', ...more });
    const refused = await post(letter);
    assert.equal(refused.value.refusal?.code, 'content_changed', refused.text);
    assert.equal((await own.message(letter)).state, 'to_post');
    const text = (await own.company.get('/api/templates')).rows.find((one) => one.code === 'reminder_1' && one.language === 'en');
    const saved = await own.company.send('PUT', '/api/templates/reminder_1/en', { subject: 'We sue you', text: '{{items_table}}', version: text.version });
    assert.equal(saved.status, 200, saved.text);
    const old = await post(changed);
    assert.equal(old.value.refusal?.data.reason, 'text_changed', old.text);
    const back = await own.company.send('PUT', '/api/templates/reminder_1/en', { subject: text.subject, text: text.text, version: saved.value.version });
    assert.equal(back.status, 200, back.text);
    assert.equal((await own.company.send('POST', `/api/standings/${said.value.id}/end`, { reason: 'settled' })).status, 200);
    await own.reopen('20 10:00:00');
    assert.equal((await post(letter, { day: '2026-03-21' })).value.refusal?.code, 'field_invalid');
    assert.equal((await post(letter, { day: '2026-03-17' })).value.refusal?.code, 'field_invalid');
    const posted = await post(letter, { day: '2026-03-19' });
    assert.equal(posted.status, 200, posted.text);
    assert.equal(posted.value.state, 'sent');
    const done = (await own.company.get(`/api/customers/${own.ids.LET}/done`)).rows;
    assert.deepEqual(done.map((one) => one.day), ['2026-03-19']);
  });
});

test('“Arrived” said days later: the step was done on the day it was sent', async () => {
  await with_company([customer('LOST')], '18 10:00:00', async (own) => {
    const cutting = await start_script(polite((socket) => socket.destroy()));
    try {
      await set_mail(own.company, cutting.port);
      const { message } = await own.confirm('LOST');
      await own.in_state(message, 'ambiguous');
      await own.reopen('24 10:00:00');
      const arrived = await own.company.send('POST', `/api/messages/${message}`, { what: 'arrived' });
      assert.equal(arrived.status, 200, arrived.text);
      const done = (await own.company.get(`/api/customers/${own.ids.LOST}/done`)).rows;
      assert.deepEqual(done.map((one) => one.day), ['2026-03-18']);
    } finally {
      await cutting.stop();
    }
  });
});

test('a notice that the run asks for before dawn leaves by day', async () => {
  const invoiced = customer('NEW', { items: [{ number: 'N-1', issued: '2026-03-17', due: '2026-04-30', amount: '300.00' }] });
  await with_company([invoiced], '18 05:00:05', async (own) => {
    const chosen = await own.company.send('POST', `/api/customers/${own.ids.NEW}/scenario`, { scenario: 'key_account' });
    assert.ok(chosen.status < 300, chosen.text);
    await make_automatic(own.company, 'key_account', 'new_invoice');
    await set_mail(own.company, own.mailbox.port);
    const run = await own.company.send('POST', '/api/runs', {});
    assert.equal(run.value.requested, 1, run.text);
    await pause(1500);
    assert.deepEqual(own.mailbox.letters, []);
    await own.reopen('18 09:30:00');
    await eventually('the notice', () => own.mailbox.letters.length === 1, 60);
  });
});

test('a message cancelled before it was written says what it was to be', async () => {
  await with_company([customer('GONE')], '18 10:00:00', async ({ company, ids, message }) => {
    const yes = { customer: ids.GONE, subject: 'Own {{total}}', text: 'A word of my own. {{items_table}}' };
    const asked = await company.send('POST', '/api/reminders', { customers: [yes] });
    const [{ message: id }] = asked.value.rows;
    assert.equal((await company.send('POST', `/api/messages/${id}`, { what: 'cancel' })).status, 200);
    const told = await message(id);
    assert.equal(told.content, null);
    assert.deepEqual(told.own_words, { subject: yes.subject, text: yes.text });
    assert.equal(told.item_rows.length, 1);
  });
});
