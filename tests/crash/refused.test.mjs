// What the machine may refuse: a full disk, a disk or folder that takes no writing, files of another user, another program's
// lock, damaged files, a clock that goes back. Each is told in words that say what to do, and damages nothing: figures are as
// before, the chain is whole, and once the trouble is over the same work is done.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync, closeSync, copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync,
  rmSync, statSync, truncateSync, writeFileSync, writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { binary, command, sign_in, start_desk } from '../http/desk.mjs';
import { day, items, items_file, more_items, no_mount, refused, small_disk } from './refusing.mjs';

const as_root = process.getuid() === 0;

let place;
before(() => {
  place = mkdtempSync(join(tmpdir(), 'countback-refused-'));
  chmodSync(place, 0o755); // another user goes through it
  items_file(place, 'first.csv', 'A', items);
  items_file(place, 'more.csv', 'B', more_items);
  command(['import', '--data', join(place, 'company'), '--yes', '--as-of', day, join(place, 'first.csv')]);
});
after(() => rmSync(place, { recursive: true, force: true }));

const more = () => join(place, 'more.csv');

/** A copy of the company to do harm to; answers its folder. */
function copy_of_company(name) {
  const data = join(place, name);
  cpSync(join(place, 'company'), data, { recursive: true });
  return data;
}

const load_words = (data) => ['import', '--data', data, '--yes', '--as-of', day, more()];
const report_words = (data) => ['report', 'ageing', '--data', data, '--as-of', day, '--format', 'json'];
/** Euros that are open: ten an item. */
const outstanding = (data) => Number(JSON.parse(command(report_words(data))).rows[0].outstanding);

function whole(data, euros) {
  assert.equal(outstanding(data), euros);
  assert.match(command(['verify', '--data', data]), /chain of facts is whole/);
}

/** The load, again, now that nothing is in its way. */
function loaded(data) {
  command(load_words(data));
  whole(data, 10 * (items + more_items));
}

test('a full disk: commands refuse, leave nothing half, and work again when there is room', async (context) => {
  const disk = small_disk(place, 'full', 24);
  if (!disk) return context.skip(no_mount);
  try {
    const data = join(disk.folder, 'company');
    const source = join(place, 'company');
    const copy = join(place, 'copy.db');
    cpSync(source, data, { recursive: true });
    command(['backup', '--data', source, copy]);
    disk.fill(512 * 1024);
    const full = /The disk is full; nothing was changed\. Make room on it/;
    refused(load_words(data), full);
    refused(['backup', '--data', data, join(disk.folder, 'copy.db')], full);
    refused(['restore', '--data', join(disk.folder, 'restored'), copy], full);
    refused(['restore', '--data', data, '--replace', copy], full);
    disk.fill();
    refused(['export', '--data', source, join(disk.folder, 'written')], full);
    refused(['import', '--data', join(disk.folder, 'new'), '--yes', join(place, 'first.csv')], /secret\.key cannot be written: make room on the disk/);
    refused(load_words(data), full);
    refused(['serve', '--data', data, '--port', '0'], full);
    assert.deepEqual(readdirSync(disk.folder).sort(), ['company', 'filler', 'new', 'restored']);
    assert.deepEqual(readdirSync(data).filter((name) => /writing|restoring|before|snapshot/.test(name)), []);
    disk.fill(256 * 1024); // what SQLite needs to look in
    whole(data, 10 * items);
    disk.make_room();
    loaded(data);
    assert.ok(existsSync(join(data, 'book.snapshot')));
    rmSync(join(data, 'book.snapshot'));
    disk.fill(256 * 1024); // the load is known, the Book's file finds no room: the figures do not need it
    const again = spawnSync(binary, load_words(data), { encoding: 'utf8' });
    assert.equal(again.status, 0, again.stderr);
    assert.match(again.stderr, /Book's file was not kept.*the next start reads every fact/s);
    whole(data, 10 * (items + more_items));
    disk.make_room();
    command(['backup', '--data', data, join(disk.folder, 'copy.db')]);
    command(['restore', '--data', join(disk.folder, 'restored'), join(disk.folder, 'copy.db')]);
    whole(join(disk.folder, 'restored'), 10 * (items + more_items));
  } finally {
    disk.gone();
  }
});

test('a disk that fills under an open desk: 507 for what writes, answers to what reads', async (context) => {
  const disk = small_disk(place, 'filling', 24);
  if (!disk) return context.skip(no_mount);
  const data = join(disk.folder, 'company');
  cpSync(join(place, 'company'), data, { recursive: true });
  const desk = await start_desk({ data });
  try {
    const person = await sign_in(desk);
    const settings = (await person.ask('/api/settings/imports')).value;
    const save = () => person.ask('/api/settings/imports', { method: 'PUT', json: settings });
    const send = () =>
      person.ask('/api/imports/files?name=more.csv', {
        method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: readFileSync(more()),
      });
    disk.fill();
    for (const answer of [await send(), await save()]) {
      assert.equal(answer.status, 507, answer.text);
      assert.equal(answer.value.refusal.code, 'disk_full');
    }
    const agenda = await person.ask('/api/agenda');
    assert.equal(agenda.status, 200, agenda.text);
    assert.equal((await desk.ask('/healthz')).status, 200);
    disk.make_room();
    assert.equal((await save()).status, 200);
    const sent = await send();
    assert.equal(sent.status, 201, sent.text);
  } finally {
    desk.child.kill('SIGTERM');
    assert.equal((await desk.ended).code, 0, desk.log());
    try {
      loaded(data);
    } finally {
      disk.gone();
    }
  }
});

test('a disk that takes no writing: every command says so, and nothing is lost', (context) => {
  const under = copy_of_company('under');
  const data = join(place, 'read-only');
  mkdirSync(data);
  const mounted = spawnSync('mount', ['--bind', under, data]).status === 0;
  if (!mounted) return context.skip(no_mount);
  try {
    const copy = join(place, 'of-writable.db');
    command(['backup', '--data', join(place, 'company'), copy]);
    execFileSync('mount', ['-o', 'remount,bind,ro', data]);
    const whose = /cannot be written to .*must belong to the user that Countback runs as, on a disk that can be written to/;
    for (const words of [load_words(data), report_words(data), ['verify', '--data', data], ['serve', '--data', data, '--port', '0']]) refused(words, whose);
    const taken = /data cannot be written: its disk or folder is read-only or belongs to another user, or its PostgreSQL server takes no writing\. Nothing was changed\./;
    refused(['backup', '--data', data, join(place, 'of-read-only.db')], taken);
    refused(['backup', '--data', join(place, 'company'), join(data, 'copy.db')], taken);
    refused(['export', '--data', join(place, 'company'), join(data, 'written')], taken);
    refused(['restore', '--data', join(data, 'restored'), copy], taken);
    execFileSync('mount', ['-o', 'remount,bind,rw', data]);
    loaded(data);
  } finally {
    execFileSync('umount', ['-l', data]);
  }
});

test('files of another user: what is whose is said, the key is for its owner alone', () => {
  const data = copy_of_company('of-another');
  const program = join(place, 'countback');
  copyFileSync(binary, program);
  chmodSync(program, 0o755);
  const before_words = as_root ? ['setpriv', '--reuid', 'nobody', '--regid', 'nogroup', '--clear-groups'] : [];
  const somebody = ([, ...words]) => {
    const call = [...before_words, program, ...words];
    return spawnSync(call[0], call.slice(1), { encoding: 'utf8' });
  };
  const file = (name) => join(data, name);
  const give = (words) => as_root && execFileSync('chown', ['-R', 'nobody', ...words]);
  const no = (words, sentence) => refused(words, sentence, somebody);
  chmodSync(data, as_root ? 0o700 : 0o000);
  no(report_words(data), /cannot be entered: it must belong to the user/);
  chmodSync(data, 0o555);
  no(load_words(data), /cannot be written( to .*must belong to the user|: its disk or folder)/);
  chmodSync(data, 0o755);
  give([data]);
  chmodSync(file('secret.key'), 0o644);
  no(report_words(data), /secret\.key may be read by others: chmod 600 it/);
  chmodSync(file('secret.key'), 0o000);
  no(report_words(data), /secret\.key cannot be read: it must belong to the user that Countback runs as, mode 600/);
  chmodSync(file('secret.key'), 0o600);
  const taken = /data cannot be written: its disk or folder is read-only or belongs to another user/;
  chmodSync(file('countback.db'), 0o444);
  no(load_words(data), taken);
  chmodSync(file('countback.db'), 0o000);
  no(load_words(data), taken);
  for (const name of readdirSync(data).filter((each) => each.startsWith('countback.db'))) chmodSync(file(name), 0o600);
  chmodSync(file('uploads'), 0o000);
  no(load_words(data), taken);
  chmodSync(file('uploads'), 0o700);
  const key = readFileSync(file('secret.key'));
  truncateSync(file('secret.key'), 20);
  no(report_words(data), /secret\.key is damaged; restore it from where you keep it/);
  writeFileSync(file('secret.key'), key);
  const done = somebody([program, ...load_words(data)]);
  assert.equal(done.status, 0, done.stderr);
  if (as_root) execFileSync('chown', ['-R', String(process.getuid()), data]);
  whole(data, 10 * (items + more_items));
});

/** Another program that holds the database until it is let go. */
async function held(data, how) {
  const child = spawn('sqlite3', [join(data, 'countback.db')], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.write(`${how}\nselect 'held';\n`);
  await new Promise((resolve) => child.stdout.on('data', (bytes) => String(bytes).includes('held') && resolve()));
  const ended = new Promise((resolve) => child.on('exit', resolve));
  return () => (child.stdin.end('rollback;\n.quit\n'), ended);
}

/** The same as spawnSync, while others run. */
function run_beside(words) {
  const child = spawn(binary, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (bytes) => (stderr += bytes));
  return new Promise((resolve) => child.on('exit', (status) => resolve({ status, stderr })));
}

test('another program holds the database: 503 and a named refusal, then all goes on', async () => {
  const data = copy_of_company('held');
  const shut = copy_of_company('shut');
  const desk = await start_desk({ data });
  try {
    const person = await sign_in(desk);
    const settings = (await person.ask('/api/settings/imports')).value;
    const save = () => person.ask('/api/settings/imports', { method: 'PUT', json: settings });
    const release = [await held(data, 'begin immediate;'), await held(shut, 'pragma locking_mode = exclusive; begin exclusive;')];
    const [saved, read, ...told] = await Promise.all([
      save(), person.ask('/api/agenda'), run_beside(load_words(data)), run_beside(load_words(shut)), run_beside(report_words(shut)),
    ]);
    assert.equal(saved.status, 503, saved.text);
    assert.equal(saved.value.refusal.code, 'database_locked');
    assert.equal(read.status, 200, 'who reads need not wait');
    for (const answer of told) refused(['held'], /The database is held by another program\. Close that program or wait/, () => answer);
    await Promise.all(release.map((let_go) => let_go()));
    assert.equal((await save()).status, 200);
  } finally {
    desk.child.kill('SIGTERM');
    await desk.ended;
  }
  loaded(data);
  loaded(shut);
});

function overwrite(file, at, bytes) {
  const handle = openSync(file, 'r+');
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
}

test('a damaged database is named, left as it is, and replaced by a backup', () => {
  const copy = join(place, 'good.db');
  command(['backup', '--data', join(place, 'company'), copy]);
  const size = statSync(copy).size;
  const noise = Buffer.from('noise'.repeat(820)).subarray(0, 4096);
  const harms = {
    head: (file) => overwrite(file, 0, noise),
    pages: (file) => { for (let at = 4096; at + 4096 <= size; at += 4096 * 3) overwrite(file, at, noise); },
    torn: (file) => truncateSync(file, 100_000),
    empty: (file) => truncateSync(file, 0),
  };
  for (const [name, harm] of Object.entries(harms)) {
    const data = copy_of_company(`harmed-${name}`);
    const file = join(data, 'countback.db');
    harm(file);
    const found = readFileSync(file);
    const sentence = name === 'empty' ? /countback\.db is empty: stop Countback, then restore the last good backup/ : /The database file is damaged.*restore the last good backup/;
    for (const words of [load_words(data), report_words(data), ['verify', '--data', data], ['serve', '--data', data, '--port', '0']]) refused(words, sentence);
    if (name !== 'empty') refused(['export', '--data', data, join(place, `export-${name}`)], sentence);
    assert.equal(existsSync(join(place, `export-${name}`)), false);
    assert.ok(readFileSync(file).equals(found), `${name}: the file is as it was found`);
    assert.match(command(['restore', '--data', data, '--replace', copy]), /kept as .*before-restore/);
    whole(data, 10 * items);
    loaded(data);
  }
});

test('a torn or changed book.snapshot is not believed', () => {
  const data = copy_of_company('snapshot');
  loaded(data);
  const file = join(data, 'book.snapshot');
  const good = readFileSync(file);
  const flipped = (at) => {
    const bytes = Buffer.from(good);
    bytes[at] ^= 0x10;
    return bytes;
  };
  const harmed = [
    Buffer.alloc(0), good.subarray(0, 7), good.subarray(0, good.length >> 1), good.subarray(0, good.length - 1), Buffer.alloc(good.length),
    Buffer.concat([Buffer.alloc(8, 0xff), good.subarray(8)]), flipped(0), flipped(6), flipped(40), flipped(good.length >> 2), flipped(good.length - 1),
  ];
  for (const bytes of harmed) {
    writeFileSync(file, bytes);
    const told = command(['verify', '--data', data]);
    assert.match(told, /chain of facts is whole/);
    assert.doesNotMatch(told, /Book's file is true/);
    assert.equal(outstanding(data), 10 * (items + more_items));
  }
  rmSync(file);
  mkdirSync(file); // something else in its place
  whole(data, 10 * (items + more_items));
  rmSync(file, { recursive: true });
  writeFileSync(file, good);
  assert.match(command(['verify', '--data', data]), /Book's file is true/);
  whole(data, 10 * (items + more_items));
});

const faked = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
const clock_at = (moment) => ({ ...process.env, TZ: 'UTC', LD_PRELOAD: faked, FAKETIME: `@${moment}`, FAKETIME_DONT_FAKE_MONOTONIC: '1' });

test('LED-4: a clock that is put back: facts keep their order and their instants never go back', async (context) => {
  if (!existsSync(faked)) return context.skip('faketime is missing');
  const data = join(place, 'clock');
  const load = (name, moment) => command(['import', '--data', data, '--yes', '--as-of', day, join(place, name)], '', clock_at(moment));
  items_file(place, 'second.csv', 'S', 10);
  items_file(place, 'third.csv', 'T', 10);
  load('first.csv', '2026-03-18 10:00:00');
  load('second.csv', '2026-03-17 09:00:00');
  const desk = await start_desk({ data, env: clock_at('2025-01-05 09:00:00') });
  const person = await sign_in(desk);
  assert.equal((await person.ask('/api/agenda')).status, 200);
  desk.child.kill('SIGTERM');
  assert.equal((await desk.ended).code, 0);
  load('third.csv', '2026-03-20 10:00:00');
  command(['export', '--data', data, join(place, 'clock-export')]);
  const rows = (table) => readFileSync(join(place, 'clock-export', `${table}.jsonl`), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  const { columns } = JSON.parse(readFileSync(join(place, 'clock-export', 'manifest.json'), 'utf8')).tables.find((table) => table.name === 'journal');
  const at = columns.findIndex((column) => column.name === 'recorded_at');
  const last = columns.findIndex((column) => column.name === 'last_fact_no');
  const journal = rows('journal').sort((one, other) => one[last] - other[last]);
  assert.ok(journal.length >= 3);
  for (let i = 1; i < journal.length; i += 1) assert.ok(journal[i][at] >= journal[i - 1][at], `${journal[i]} after ${journal[i - 1]}`);
  const known = (moment) => Number(JSON.parse(command([...report_words(data), '--as-known-at', moment])).rows[0].outstanding);
  assert.equal(known('2026-03-18'), 10 * (items + 10), 'what was recorded after the clock went back counts as known on the later day');
  assert.equal(known('2026-03-20'), 10 * (items + 20));
  assert.match(command(['verify', '--data', data]), /chain of facts is whole/);
});
