// What the tests of refusals share: a small company's files, a disk that is soon full, a refusal as it must be told.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { binary } from '../http/desk.mjs';

export const day = '2026-03-18';
export const items = 2_000;
export const more_items = 25_000; // enough for the Book to be kept in its file at the end

/** A file of invoices of ten euros each, open on `day`. */
export function items_file(place, name, letter, count) {
  const lines = Array.from({ length: count }, (_, n) => `FR01,C${n % 300},${letter}-${n},2026-03-01,2026-05-31,10.00,EUR`);
  writeFileSync(join(place, name), ['entity,customer_code,number,issue_date,due_date,amount,currency', ...lines].join('\n') + '\n', { mode: 0o644 });
}

/** Runs the program and expects a refusal: status 1, nothing that SQLite says, one sentence that says what to do. */
export function refused(words, sentence, run = (call) => spawnSync(call[0], call.slice(1), { encoding: 'utf8' })) {
  const { status, stderr } = run([binary, ...words]);
  const told = `${words.slice(0, 3).join(' ')}: ${stderr}`;
  assert.equal(status, 1, told);
  assert.match(stderr, sentence, told);
  assert.doesNotMatch(stderr, /script:|malformed|unable to open database|readonly database|filesystem error/, told);
}

/** A disk of its own, so small that it is soon full; null where none can be mounted. */
export function small_disk(place, name, megabytes) {
  const folder = join(place, name);
  mkdirSync(folder);
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'countback-test', folder]);
  if (made.status !== 0) return null;
  const filler = join(folder, 'filler');
  return {
    folder,
    /** Leaves no more than so many bytes. */
    fill(left = 0) {
      const handle = openSync(filler, 'w');
      const block = Buffer.alloc(4096);
      try {
        for (;;) writeSync(handle, block);
      } catch (error) {
        assert.equal(error.code, 'ENOSPC');
      }
      closeSync(handle);
      truncateSync(filler, Math.max(0, statSync(filler).size - left));
    },
    make_room: () => rmSync(filler),
    gone: () => execFileSync('umount', ['-l', folder]),
  };
}
export const no_mount = 'a disk of its own can be mounted by root only';
