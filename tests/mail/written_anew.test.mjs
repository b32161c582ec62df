// What waits is written as of the moment it leaves: a letter until it is printed, an e-mail until it is handed over; and
// an action of a customer's own sends its own message.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';

import { eventually, late_customer, make_company, open_company, pdf_text, print_letters, set_mail, start_mailbox, wednesday } from './mailbox.mjs';

const customer = (code, more = {}) =>
  late_customer(code, {
    address: '1 rue Y\n69003 Lyon',
    items: [{ number: `${code}-1`, due: '2026-03-10', amount: '100.00' }, { number: `${code}-2`, due: '2026-04-20', amount: '900.00' }],
    ...more,
  });

async function with_company(customers, work) {
  const data = make_company(customers);
  const own = { company: await open_company(data) };
  own.ids = Object.fromEntries((await own.company.get('/api/customers?limit=50')).rows.map((row) => [row.code, row.id]));
  own.items = Object.fromEntries((await own.company.get('/api/items?limit=50')).rows.map((row) => [row.number, row.id]));
  own.send = async (method, path, body, status = 200) => {
    const answer = await own.company.send(method, path, body);
    assert.equal(answer.status, status, answer.text);
    return answer.value;
  };
  own.yes = async (more) => {
    const { rows } = await own.send('POST', '/api/reminders', { customers: [more] });
    assert.equal(rows[0].refusal, null, JSON.stringify(rows));
    return rows[0].message;
  };
  own.pay = (code, item, amount) =>
    own.company.send('POST', '/api/payments', { customer: own.ids[code], amount, currency: 'EUR', date: '2026-03-18', allocations: [{ item: own.items[item], amount }] });
  own.in_state = (id, state) =>
    eventually(`message ${id} ${state}`, async () => {
      const one = await own.company.get(`/api/messages/${id}`);
      return one.state === state && one;
    });
  own.reopen = async (day) => {
    own.company.desk.child.kill('SIGKILL');
    await own.company.desk.ended;
    own.company = await open_company(data, { ...wednesday, FAKETIME: `@${day} 10:00:00` });
  };
  try {
    await work(own);
  } finally {
    await own.company.desk.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

async function first_step_by_letter({ company, send }) {
  const policy = await company.get('/api/policy');
  const scenario = policy.scenarios.find((one) => one.code === 'standard');
  scenario.steps.find((one) => one.code === 'reminder').channel = 'letter';
  await send('PUT', '/api/scenarios/standard', { version: policy.version, scenario });
}

test('a letter is written as of the day it is printed, and stays as it was printed', async () => {
  await with_company([customer('PAID'), customer('MOVED'), customer('SAME')], async (own) => {
    await first_step_by_letter(own);
    const ids = {};
    for (const code of ['PAID', 'MOVED', 'SAME']) {
      ids[code] = await own.yes({ customer: own.ids[code] });
      await own.in_state(ids[code], 'to_post');
    }
    assert.equal((await print_letters(own.company, [ids.SAME])).status, 200);
    const frozen = (await own.company.get(`/api/messages/${ids.PAID}`)).content.digest;
    assert.ok((await own.pay('PAID', 'PAID-2', '900.00')).status < 300);
    await own.send('PATCH', `/api/customers/${own.ids.MOVED}`, { address: '9 avenue Neuve\n13001 Marseille' });
    await own.reopen('2026-03-25');
    const printed = await print_letters(own.company, [ids.PAID, ids.MOVED, ids.SAME]);
    assert.equal(printed.status, 200, JSON.stringify(printed.refusal));
    assert.doesNotMatch(pdf_text(printed.bytes), /PAID-2/);
    assert.match(pdf_text(printed.bytes), /9 avenue Neuve/);
    assert.match(pdf_text(printed.bytes), /25 March 2026/);
    const story = async (code) => (await own.company.get(`/api/messages/${ids[code]}`)).story.map((one) => one.detail).filter(Boolean);
    assert.deepEqual(await story('PAID'), [`figures_changed ${frozen}`, 'letter_printed']);
    assert.match((await story('MOVED'))[0], /^recipients_changed /);
    assert.deepEqual(await story('SAME'), ['letter_printed', 'letter_printed']);
    const rows = (await own.company.get('/api/letters')).rows;
    assert.deepEqual(rows.find((row) => row.id === ids.MOVED).address, ['9 avenue Neuve', '13001 Marseille']);
    const again = await print_letters(own.company, [ids.PAID]);
    assert.match(pdf_text(again.bytes), /25 March 2026/);
    assert.equal((await story('PAID')).length, 3);
  });
});

test('a letter that cannot be written any more is refused by name', async () => {
  await with_company([customer('GONE')], async (own) => {
    await first_step_by_letter(own);
    const id = await own.yes({ customer: own.ids.GONE });
    await own.in_state(id, 'to_post');
    await own.send('PATCH', `/api/customers/${own.ids.GONE}`, { address: '' });
    const printed = await print_letters(own.company, [id]);
    assert.notEqual(printed.status, 200);
    assert.equal(printed.refusal.data.message, `${id}`, JSON.stringify(printed.refusal));
    assert.equal((await own.company.get(`/api/messages/${id}`)).state, 'to_post');
  });
});

test('an e-mail that waits for its pace leaves with a statement of that moment', async () => {
  const mailbox = await start_mailbox();
  try {
    await with_company([customer('PA', { email: 'a@same.test' }), customer('PB', { email: 'b@same.test' })], async (own) => {
      await set_mail(own.company, mailbox.port, { per_minute_and_domain: 4 });
      await own.yes({ customer: own.ids.PA });
      const second = await own.yes({ customer: own.ids.PB });
      await own.in_state(second, 'reserved');
      assert.ok((await own.pay('PB', 'PB-2', '900.00')).status < 300);
      await own.in_state(second, 'sent');
      const letter = mailbox.letters.find((one) => one.to.includes('b@same.test'));
      assert.doesNotMatch(pdf_text(letter.mail.attachments[0].content), /PB-2|1,000\.00/);
    });
  } finally {
    await mailbox.stop();
  }
});

test('an action of its own sends its text for its items by its way, and is done', async () => {
  const mailbox = await start_mailbox();
  const late = (code) => [1, 2].map((number) => ({ number: `${code}-${number}`, due: '2026-03-10', amount: '50.00' }));
  try {
    await with_company([customer('MAIL', { items: late('MAIL') }), customer('POST', { items: late('POST') })], async (own) => {
      await set_mail(own.company, mailbox.port);
      const act = async (code, channel, template) => {
        const path = `/api/customers/${own.ids[code]}/actions`;
        const { actions } = await own.send('POST', path, { day: '2026-03-18', channel, template, title: 'own', items: [own.items[`${code}-1`]] });
        return { customer: own.ids[code], action: actions[0].id };
      };
      const mail = await act('MAIL', 'email', 'courtesy');
      const seen = await own.company.get(`/api/customers/${mail.customer}/reminder?action=${mail.action}`);
      assert.match(seen.text, /MAIL-1/);
      const plain = await own.company.send('POST', `/api/customers/${mail.customer}/messages`, { template: 'courtesy', items: [own.items['MAIL-1']] });
      assert.equal(plain.value.refusal?.data.reason, 'specific_action', plain.text);
      await own.in_state(await own.yes(mail), 'sent');
      assert.match(mailbox.letters[0].mail.text, /MAIL-1/);
      assert.doesNotMatch(mailbox.letters[0].mail.text, /MAIL-2/);
      assert.deepEqual((await own.company.get(`/api/customers/${mail.customer}/actions`)).actions, []);
      const post = await act('POST', 'registered_letter', 'formal_notice');
      const letter = await own.yes(post);
      const written = await own.in_state(letter, 'to_post');
      assert.equal(written.channel, 'registered_letter');
      assert.match(pdf_text((await print_letters(own.company, [letter])).bytes), /FORMAL NOTICE/);
      await own.send('POST', `/api/messages/${letter}`, { what: 'posted' });
      assert.deepEqual((await own.company.get(`/api/customers/${post.customer}/actions`)).actions, []);
    });
  } finally {
    await mailbox.stop();
  }
});
