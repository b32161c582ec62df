// What a person says yes to: the amounts are those that the message asks for; a yes may be taken back while it is offered.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { customer_ids, eventually, late_customer, make_company, open_company, set_mail, start_mailbox } from './mailbox.mjs';

let data;
let company;
let mailbox;
let ids;
before(async () => {
  const items = [
    { number: 'F-1', due: '2026-03-10', amount: '100.00' },
    { number: 'A-1', due: '2026-03-11', amount: '-80.00' },
  ];
  data = make_company([late_customer('CRED', { items }), late_customer('UNDO'), late_customer('KEPT')]);
  company = await open_company(data);
  mailbox = await start_mailbox();
  ids = await customer_ids(company);
});
after(async () => {
  await company?.desk.stop();
  await mailbox?.stop();
  rmSync(data, { recursive: true, force: true });
});

const confirm = async (code, more = {}) =>
  (await company.send('POST', '/api/reminders', { customers: [{ customer: ids[code], ...more }] })).value.rows[0].message;
const euros = (amount) => [{ currency: 'EUR', amount }];

test('the agenda and the list of messages show what the message asks to be paid, not what is late', async () => {
  const row = (await company.get('/api/agenda?outcome=due')).rows.find((one) => one.customer.id === ids.CRED);
  assert.deepEqual([row.overdue, row.to_pay], [euros('100.00'), euros('20.00')]);
  const id = await confirm('CRED');
  const listed = (await company.get('/api/messages')).rows.find((one) => one.id === id);
  assert.deepEqual(listed.totals, euros('20.00'));
  await set_mail(company, mailbox.port);
  const sent = await eventually('sent', async () => {
    const one = await company.get(`/api/messages/${id}`);
    return one.state === 'sent' && one;
  });
  assert.deepEqual(sent.totals, euros('20.00'));
  assert.match(sent.content.text, /20\.00/);
});

test('a yes that may be undone does not leave while undo is offered, and leaves then', async () => {
  const undone = await confirm('UNDO', { undoable: true });
  const kept = await confirm('KEPT', { undoable: true });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const cancel = await company.send('POST', `/api/messages/${undone}`, { what: 'cancel', reason: 'mistyped' });
  assert.equal(cancel.status, 200, cancel.text);
  await eventually('sent', async () => (await company.get(`/api/messages/${kept}`)).state === 'sent');
  assert.equal((await company.get(`/api/messages/${undone}`)).state, 'cancelled');
});
