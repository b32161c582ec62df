// A company that was put back from a copy sends nothing of what the original may have sent since.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { command } from '../http/desk.mjs';
import { eventually, late_customers, make_company, open_company, set_mail, start_mailbox, wednesday } from './mailbox.mjs';

const all_customers = async (company) => (await company.get('/api/customers?limit=200')).rows.map(({ id }) => ({ customer: id }));

test('a restored copy is paused, and goes on when an administrator says so', async () => {
  const place = mkdtempSync(join(tmpdir(), 'countback-restored-'));
  const data = make_company(late_customers(5));
  const mailbox = await start_mailbox();
  try {
    const first = await open_company(data);
    await first.send('POST', '/api/reminders', { customers: await all_customers(first) });
    await set_mail(first, mailbox.port, { paused: true });
    command(['backup', '--data', data, join(place, 'backup.db')], '', wednesday);
    copyFileSync(join(data, 'secret.key'), join(place, 'secret.key'));
    await first.desk.stop();
    assert.equal(mailbox.letters.length, 0, 'a person’s pause');
    const there = join(place, 'there');
    const restored = (to, from) => {
      const said = command(['restore', '--data', to, join(place, from)], '', wednesday);
      copyFileSync(join(place, 'secret.key'), join(to, 'secret.key'));
      return said;
    };
    assert.doesNotMatch(restored(there, 'backup.db'), /Sending is paused/, 'it was before');
    const second = await open_company(there);
    assert.equal((await second.get('/api/settings/mail')).paused, true);
    await set_mail(second, mailbox.port, { paused: false });
    await eventually('five letters', () => mailbox.letters.length === 5);
    command(['backup', '--data', there, join(place, 'later.db')], '', wednesday);
    await second.desk.stop();
    const copy = join(place, 'copy');
    assert.match(restored(copy, 'later.db'), /Sending is paused/);
    const third = await open_company(copy);
    assert.equal((await third.get('/api/settings/mail')).paused, true);
    await third.desk.stop();
  } finally {
    await mailbox.stop();
    for (const folder of [place, data]) rmSync(folder, { recursive: true, force: true });
  }
});
