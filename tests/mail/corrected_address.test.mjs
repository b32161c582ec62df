// An address that is corrected is written to; what a server may have taken is never written anew.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';

import { eventually, make_company, open_company, polite, set_mail, start_mailbox, start_script } from './mailbox.mjs';

const customer = { code: 'ACME', name: 'Acme', language: 'en', email: '', items: [{ number: 'F-1', due: '2026-03-10', amount: '100.00' }] };

/** A company with one customer whose accounts payable have an address, and the tools to change it. */
async function with_contact(address, work) {
  const data = make_company([customer]);
  const company = await open_company(data);
  try {
    const [{ id }] = (await company.get('/api/customers')).rows;
    const added = await company.send('POST', `/api/customers/${id}/contacts`, { role: 'payables', name: 'Ann', email: address });
    assert.equal(added.status, 201, added.text);
    const contact = `/api/customers/${id}/contacts/${added.value.contacts[0].id}`;
    const change = async (email) => {
      const changed = await company.send('PATCH', contact, { role: 'payables', name: 'Ann', email });
      assert.equal(changed.status, 200, changed.text);
    };
    const remove = async () => assert.equal((await company.send('DELETE', contact)).status, 200);
    const ask = async () => {
      const asked = await company.send('POST', '/api/reminders', { customers: [{ customer: id }] });
      assert.ok(asked.value.rows[0].message, asked.text);
      return asked.value.rows[0].message;
    };
    const state = (message, wanted) =>
      eventually(wanted, async () => {
        const now = await company.get(`/api/messages/${message}`);
        return now.state === wanted ? now : null;
      });
    await work({ company, ask, state, change, remove });
  } finally {
    await company.desk.stop();
    rmSync(data, { recursive: true, force: true });
  }
}

const refusing = (start, responseCode) => ({
  onRcptTo: (address, session, done) =>
    done(address.address.startsWith(start) ? Object.assign(new Error('no such user'), { responseCode }) : null),
});

test('“correct the address, Try again” writes to the corrected address, and keeps what stood before by its hash', async () => {
  const mailbox = await start_mailbox(refusing('typo', 550));
  try {
    await with_contact('typo@acme.test', async ({ company, ask, state, change }) => {
      await set_mail(company, mailbox.port);
      const message = await ask();
      const refused = await state(message, 'failed');
      assert.deepEqual(refused.content.to.map((box) => box.address), ['typo@acme.test']);
      await change('right@acme.test');
      assert.equal((await company.send('POST', `/api/messages/${message}`, { what: 'retry' })).status, 200);
      const sent = await state(message, 'sent');
      assert.deepEqual(mailbox.letters.map((one) => one.to), [['right@acme.test']]);
      assert.deepEqual(sent.content.to.map((box) => box.address), ['right@acme.test']);
      const told = sent.story.filter((event) => event.state === 'reserved').map((event) => event.detail);
      assert.deepEqual(told, ['', `recipients_changed ${refused.content.digest}`]);
    });
  } finally {
    await mailbox.stop();
  }
});

test('a message that waits in back-off is not sent to a contact deleted meanwhile', async () => {
  const mailbox = await start_mailbox(refusing('gone', 451));
  try {
    await with_contact('gone@acme.test', async ({ company, ask, state, remove }) => {
      await set_mail(company, mailbox.port);
      const message = await ask();
      await state(message, 'waiting');
      await remove();
      await company.send('POST', `/api/messages/${message}`, { what: 'retry' });
      assert.equal((await state(message, 'cancelled')).detail, 'no_recipient');
      assert.deepEqual(mailbox.letters, []);
    });
  } finally {
    await mailbox.stop();
  }
});

test('a message that waits in back-off leaves for the address that stands when it leaves', async () => {
  const mailbox = await start_mailbox(refusing('busy', 451));
  try {
    await with_contact('busy@acme.test', async ({ company, ask, state, change }) => {
      await set_mail(company, mailbox.port);
      const message = await ask();
      await state(message, 'waiting');
      await change('free@acme.test');
      await company.send('POST', `/api/messages/${message}`, { what: 'retry' });
      await state(message, 'sent');
      assert.deepEqual(mailbox.letters.map((one) => one.to), [['free@acme.test']]);
    });
  } finally {
    await mailbox.stop();
  }
});

test('what a server may have taken goes out again as it was, to whom it was written', async () => {
  const mailbox = await start_mailbox();
  const cutting = await start_script(polite((socket) => socket.destroy()));
  try {
    await with_contact('first@acme.test', async ({ company, ask, state, change }) => {
      await set_mail(company, cutting.port);
      const message = await ask();
      const before = await state(message, 'ambiguous');
      await change('second@acme.test');
      await set_mail(company, mailbox.port);
      assert.equal((await company.send('POST', `/api/messages/${message}`, { what: 'not_arrived' })).status, 200);
      const sent = await state(message, 'sent');
      assert.equal(sent.content.digest, before.content.digest);
      assert.deepEqual(mailbox.letters.map((one) => one.to), [['first@acme.test']]);
    });
  } finally {
    await mailbox.stop();
    await cutting.stop();
  }
});
