// Killed at any moment while it sends, the program sends nothing twice and loses nothing: what may or may not have
// arrived is told to a person.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';

import { eventually, make_company, open_company, set_mail, start_mailbox } from '../mail/mailbox.mjs';

const rounds = Number(process.env.COUNTBACK_CRASHES ?? 20);
const customers = Array.from({ length: 12 }, (_, number) => ({
  code: `C${number}`,
  name: `Customer ${number}`,
  language: 'en',
  email: `ap@c${number}.test`,
  items: [{ number: `F-${number}`, due: '2026-03-10', amount: '100.00' }],
}));

/** Kills at a moment of the round's own, spread over the time that sending takes. */
async function killed_while_sending(round) {
  const mailbox = await start_mailbox();
  const data = make_company(customers);
  let company = await open_company(data);
  try {
    await set_mail(company, mailbox.port);
    const agenda = await company.get('/api/agenda');
    const asked = company.send('POST', '/api/reminders', { customers: agenda.rows.map((row) => ({ customer: row.customer.id })) }).catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, 5 + ((round * 37) % 450)));
    company.desk.child.kill('SIGKILL');
    await company.desk.ended;
    await asked;
    company = await open_company(data);
    const open = async () => (await company.get('/api/messages?limit=200')).rows.filter((row) => !['sent', 'ambiguous'].includes(row.state));
    await eventually('every message at rest', async () => (await open()).length === 0, 60);
    const messages = (await company.get('/api/messages?limit=200')).rows;
    let ambiguous = 0;
    for (const message of messages) {
      const arrived = mailbox.letters.filter((one) => one.to.includes(`ap@${message.customer.code.toLowerCase()}.test`)).length;
      assert.ok(arrived <= 1, `${message.customer.code} got ${arrived} letters`);
      if (message.state === 'sent') assert.equal(arrived, 1, `${message.customer.code} is told as sent`);
      if (message.state === 'ambiguous') {
        ambiguous += 1;
        const told = await company.send('POST', `/api/messages/${message.id}`, { what: arrived === 1 ? 'arrived' : 'not_arrived' });
        assert.equal(told.status, 200, told.text);
      }
    }
    await eventually('all sent', async () => (await company.get('/api/messages?state=sent&limit=200')).rows.length === messages.length, 60);
    for (const customer of customers) {
      const arrived = mailbox.letters.filter((one) => one.to.includes(customer.email)).length;
      const asked_for = messages.filter((one) => one.customer.code === customer.code).length;
      assert.equal(arrived, asked_for, customer.code);
    }
    return { messages: messages.length, ambiguous };
  } finally {
    await company.desk.stop();
    await mailbox.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

test(`${rounds} kills while sending: nothing twice, nothing lost`, async (context) => {
  let messages = 0;
  let ambiguous = 0;
  for (let round = 0; round < rounds; round += 1) {
    const told = await killed_while_sending(round);
    messages += told.messages;
    ambiguous += told.ambiguous;
  }
  context.diagnostic(`${messages} messages, ${ambiguous} left to a person`);
  assert.ok(messages > 0);
});
