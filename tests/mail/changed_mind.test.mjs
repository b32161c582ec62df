// Between the wish and the sending things change: a message taken back, paid, promised or changed in its scenario does
// not leave, whoever asked for it.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';

import { customer_ids, eventually, item_ids, late_customer, make_company, open_company, set_mail, start_mailbox, start_script } from './mailbox.mjs';

async function with_company(codes, work) {
  const data = make_company(codes.map((code) => late_customer(code)));
  const company = await open_company(data);
  const mailbox = await start_mailbox();
  try {
    const ids = await customer_ids(company);
    const items = await item_ids(company);
    await work({ company, mailbox, ids, items });
  } finally {
    await company.desk.stop();
    await mailbox.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

const at_rest = (company) =>
  eventually('every message at rest', async () =>
    (await company.get('/api/messages?limit=50')).rows.every((row) => ['sent', 'cancelled', 'failed'].includes(row.state)), 60);

test('what a person takes back while others leave is not sent', async () => {
  await with_company(['A1', 'A2', 'A3'], async ({ company, ids }) => {
    const arrived = [];
    const slow = await start_script((socket, line) => {
      if (socket.inside) {
        if (line !== '.') return;
        socket.inside = false;
        arrived.push(socket.to);
        setTimeout(() => socket.write('250 ok\r\n'), 1500);
      } else if (line === 'DATA') {
        socket.inside = true;
        socket.write('354 go\r\n');
      } else if (line === 'QUIT') socket.end('221 bye\r\n');
      else {
        if (line.startsWith('RCPT')) socket.to = line;
        socket.write('250 ok\r\n');
      }
    });
    try {
      await set_mail(company, slow.port);
      const asked = await company.send('POST', '/api/reminders', { customers: Object.values(ids).map((id) => ({ customer: id })) });
      const messages = asked.value.rows.map((row) => row.message);
      await eventually('the first on its way', async () => (await company.get(`/api/messages/${messages[0]}`)).state === 'sending');
      const taken_back = await company.send('POST', `/api/messages/${messages[2]}`, { what: 'cancel', reason: 'she has paid' });
      assert.equal(taken_back.status, 200, taken_back.text);
      await at_rest(company);
      assert.equal((await company.get(`/api/messages/${messages[2]}`)).state, 'cancelled');
      assert.equal(arrived.length, 2, arrived.join(' '));
    } finally {
      await slow.stop();
    }
  });
});

test('a message of one’s own is asked once more: who promised or paid meanwhile is not written to', async () => {
  await with_company(['LATER', 'PAID', 'OPEN'], async ({ company, mailbox, ids, items }) => {
    for (const code of ['LATER', 'PAID', 'OPEN']) {
      const asked = await company.send('POST', `/api/customers/${ids[code]}/messages`, { template: 'reminder_1', items: [items[`F-${code}`]] });
      assert.equal(asked.status, 201, asked.text);
    }
    const promise = { kind: 'promise', customer: ids.LATER, from: '2026-03-18', to: '2026-03-25', amount: '100.00', items: [items['F-LATER']], reason: 'told so' };
    assert.equal((await company.send('POST', '/api/standings', promise)).status, 201);
    const paid = await company.send('POST', '/api/payments', { customer: ids.PAID, amount: '100.00', currency: 'EUR', date: '2026-03-18', allocations: [{ item: items['F-PAID'], amount: '100.00' }] });
    assert.ok(paid.status < 300, paid.text);
    await set_mail(company, mailbox.port);
    await at_rest(company);
    assert.deepEqual(mailbox.letters.map((one) => one.to).flat(), ['ap@open.test']);
    const again = await company.send('POST', `/api/customers/${ids.LATER}/messages`, { template: 'reminder_1', items: [items['F-LATER']] });
    assert.equal(again.value.refusal?.code, 'content_changed', 'a promised item is not asked for');
  });
});

test('what the run asked for stays when its step is no longer automatic', async () => {
  await with_company(['EDIT'], async ({ company, mailbox }) => {
    const save = async (mode) => {
      const policy = await company.get('/api/policy');
      const scenario = policy.scenarios.find((one) => one.code === 'standard');
      for (const step of scenario.steps) if (step.code === 'reminder') step.mode = mode;
      const saved = await company.send('PUT', '/api/scenarios/standard', { version: policy.version, scenario, reason: 'test' });
      assert.equal(saved.status, 200, saved.text);
    };
    await save('automatic');
    const run = await company.send('POST', '/api/runs', { date: '2026-03-18' });
    assert.ok(run.status < 300, run.text);
    assert.equal((await company.get('/api/messages?limit=50')).rows.length, 1);
    await save('confirm');
    await set_mail(company, mailbox.port);
    await at_rest(company);
    assert.deepEqual(mailbox.letters, []);
  });
});

test('a yes is to the words that were on the screen: a text changed since the preview is refused, and shown anew', async () => {
  await with_company(['S1', 'S2'], async ({ company, ids }) => {
    const reminder = () => company.get(`/api/customers/${ids.S1}/reminder`);
    const yes = async (more) => (await company.send('POST', '/api/reminders', { customers: [{ customer: ids.S1, ...more }] })).value.rows[0];
    const wish = { template: 'reminder_1' };
    const single = (more) => company.send('POST', `/api/customers/${ids.S2}/messages`, { ...wish, ...more });
    const seen = (await reminder()).words_digest;
    const seen_single = (await company.send('POST', `/api/customers/${ids.S2}/messages/preview`, wish)).value.words_digest;
    assert.match(seen, /^[0-9a-f]{64}$/);
    const { step } = (await company.get(`/api/agenda?customer=${ids.S1}`)).rows[0];
    for (const code of new Set(['reminder_1', step.template ?? 'reminder_1', 'courtesy'])) {
      const saved = await company.send('PUT', `/api/templates/${code}/en`, { subject: 'Other words', text: 'We sue you. {{items_table}}' });
      assert.equal(saved.status, 200, saved.text);
    }
    const refused = await yes({ seen });
    assert.deepEqual([refused.message, refused.refusal?.code, refused.refusal?.data.reason], [null, 'content_changed', 'text_changed']);
    assert.match(refused.refusal.text, /^The text was changed since you saw it/);
    const refused_single = await single({ seen: seen_single });
    assert.deepEqual([refused_single.status, refused_single.value.refusal?.data.reason], [409, 'text_changed'], refused_single.text);
    assert.equal((await company.get('/api/messages?limit=50')).rows.length, 0, 'nothing was asked for');
    const now = await reminder();
    assert.match(now.text, /We sue you/);
    assert.ok((await yes({ seen: now.words_digest })).message > 0);
    // words of her own stand, whatever the text became
    assert.equal((await single({ seen: seen_single, subject: 'Mine', text: 'My words. {{items_table}}' })).status, 201);
    assert.equal((await single({ seen: 'short' })).status, 400);
  });
});

test('a yes is to the amounts that were on the screen: what was paid in part since the preview is refused, and shown anew', async () => {
  await with_company(['S1', 'S2'], async ({ company, ids, items }) => {
    const reminder = () => company.get(`/api/customers/${ids.S1}/reminder`);
    const yes = async (more) => (await company.send('POST', '/api/reminders', { customers: [{ customer: ids.S1, ...more }] })).value.rows[0];
    const wish = { template: 'reminder_1' };
    const preview = async () => (await company.send('POST', `/api/customers/${ids.S2}/messages/preview`, wish)).value;
    const single = (more) => company.send('POST', `/api/customers/${ids.S2}/messages`, { ...wish, ...more });
    const seen = (await reminder()).words_digest;
    const seen_single = (await preview()).words_digest;
    for (const code of ['S1', 'S2']) {
      const allocations = [{ item: items[`F-${code}`], amount: '40.00' }];
      const paid = await company.send('POST', '/api/payments', { customer: ids[code], amount: '40.00', currency: 'EUR', date: '2026-03-18', allocations });
      assert.ok(paid.status < 300, paid.text);
    }
    const refused = await yes({ seen });
    assert.deepEqual([refused.message, refused.refusal?.code, refused.refusal?.data.reason], [null, 'content_changed', 'asked_changed']);
    assert.match(refused.refusal.text, /^What this message asks for changed since you saw it/);
    const own = { subject: 'Mine', text: 'My words. {{items_table}}' };
    for (const more of [{}, own]) {
      const answer = await single({ ...more, seen: seen_single });
      assert.deepEqual([answer.status, answer.value.refusal?.data.reason], [409, 'asked_changed'], answer.text);
    }
    assert.equal((await company.get('/api/messages?limit=50')).rows.length, 0, 'nothing was asked for');
    const now = await reminder();
    assert.match(now.text, /60\.00\sEUR/);
    assert.ok((await yes({ seen: now.words_digest })).message > 0);
    assert.equal((await single({ ...own, seen: (await preview()).words_digest })).status, 201);
  });
});

test('a run started by mistake is taken back in one go, up to what was seen', async () => {
  await with_company(['B1', 'B2', 'B3'], async ({ company, mailbox, ids }) => {
    await set_mail(company, mailbox.port, { paused: true });
    const ask = (codes) => company.send('POST', '/api/reminders', { customers: codes.map((code) => ({ customer: ids[code] })) });
    const seen = (await ask(['B1', 'B2'])).value.rows.at(-1).message;
    await ask(['B3']);
    const many = (what, more = {}) => company.send('POST', '/api/messages', { what, state: 'requested', up_to: seen, ...more });
    const { counts } = await company.get('/api/messages');
    assert.equal(counts.requested + counts.reserved, 3);
    const done = [(await many('cancel')).value.done, (await many('cancel', { state: 'reserved' })).value.done];
    assert.equal(done[0] + done[1], 2);
    assert.equal((await many('cancel', { state: 'lost' })).status, 400);
    await set_mail(company, mailbox.port, { paused: false });
    await at_rest(company);
    assert.deepEqual(mailbox.letters.map((one) => one.to), [['ap@b3.test']]);
  });
});
