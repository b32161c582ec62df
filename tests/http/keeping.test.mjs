// Backups, restoring and what is left on the disk.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, sign_in, start_desk } from './desk.mjs';

const folder = () => mkdtempSync(join(tmpdir(), 'countback-keep-'));

test('a backup is made while the desk is open, and restored into an empty folder', async () => {
  const desk = await start_desk();
  const place = folder();
  const file = join(place, 'copy.db');
  try {
    command(['user', 'add', '--data', desk.data, '--name', 'Grace', '--email', 'grace@desk.test']);
    assert.match(command(['backup', '--data', desk.data, file]), /Written: .*copy\.db/);
    assert.throws(() => command(['backup', '--data', desk.data, file]), /already there/);
    assert.throws(() => command(['restore', '--data', desk.data, '--replace', file]), /in use: stop Countback first/);
    const data = join(place, 'data');
    assert.match(command(['restore', '--data', data, file]), /Restored/);
    assert.match(command(['user', 'list', '--data', data]), /grace@desk\.test/);
    assert.throws(() => command(['restore', '--data', data, file]), /--replace/);
    assert.match(command(['restore', '--data', data, '--replace', file]), /kept as .*before-restore/);
  } finally {
    await desk.stop();
    rmSync(place, { recursive: true });
  }
});

test('what is not a backup is refused and nothing is replaced', () => {
  const place = folder();
  try {
    writeFileSync(join(place, 'noise.db'), 'not a database at all'.repeat(500));
    command(['user', 'add', '--data', place, '--name', 'Grace', '--email', 'grace@desk.test']);
    assert.throws(() => command(['restore', '--data', place, '--replace', join(place, 'noise.db')]));
    assert.match(command(['user', 'list', '--data', place]), /grace@desk\.test/);
  } finally {
    rmSync(place, { recursive: true });
  }
});

test('sessions outlive a restart of the program; keys and database are for their owner alone', async () => {
  const data = folder();
  let desk = await start_desk({ data });
  const session = await sign_in(desk);
  desk.child.kill('SIGTERM');
  await desk.ended;
  desk = await start_desk({ data });
  try {
    const me = await desk.ask('/api/me', { headers: { Cookie: session.cookie } });
    assert.equal(me.status, 200);
    assert.equal(me.value.csrf, session.csrf);
    for (const name of ['secret.key', 'countback.db']) {
      assert.equal(statSync(join(data, name)).mode & 0o077, 0, name);
    }
  } finally {
    await desk.stop();
  }
});
