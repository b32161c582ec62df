// A PostgreSQL server that refuses: its disk is full, or it is set to take no writing. Told by name, nothing damaged.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { command } from '../http/desk.mjs';
import { day, items, items_file, more_items, no_mount, refused, small_disk } from './refusing.mjs';

let place;
before(() => {
  place = mkdtempSync(join(tmpdir(), 'countback-refused-'));
  chmodSync(place, 0o755); // the database's user goes through it
  items_file(place, 'first.csv', 'A', items);
  items_file(place, 'more.csv', 'B', more_items);
});
after(() => rmSync(place, { recursive: true, force: true }));

const server = process.env.COUNTBACK_TEST_PG;

test('PostgreSQL with a full disk, or set to take no writing: refused by name, and then goes on', async (context) => {
  if (server === undefined) return context.skip('COUNTBACK_TEST_PG names no server');
  const disk = small_disk(place, 'tables', 40);
  if (!disk) return context.skip(no_mount);
  const name = `refused_${process.pid}`;
  const sql = (text, where = server) => execFileSync('psql', ['-Atqc', text, where], { encoding: 'utf8' });
  const folder = join(disk.folder, 'space');
  mkdirSync(folder);
  execFileSync('chown', ['postgres', folder]);
  const url = server.replace(/[^/]*$/, name);
  const at = ['--data', join(place, 'company'), '--db', url];
  const load_words = (file) => ['import', ...at, '--yes', '--as-of', day, join(place, file)];
  const open = () => Number(JSON.parse(command(['report', 'ageing', ...at, '--as-of', day, '--format', 'json'])).rows[0].outstanding);
  sql(`create tablespace ${name} location '${folder}'`);
  try {
    sql(`create database ${name} tablespace ${name}`);
    command(load_words('first.csv'));
    disk.fill();
    refused(load_words('more.csv'), /The disk is full; nothing was changed\. Make room on it/);
    assert.equal(open(), 10 * items);
    disk.make_room();
    sql(`alter database ${name} set default_transaction_read_only = on`);
    refused(load_words('more.csv'), /data cannot be written: .*or its PostgreSQL server takes no writing/);
    sql(`alter database ${name} set default_transaction_read_only = off`);
    command(load_words('more.csv'));
    assert.equal(open(), 10 * (items + more_items));
    assert.match(command(['verify', ...at]), /chain of facts is whole/);
  } finally {
    sql(`drop database if exists ${name} with (force)`);
    sql(`drop tablespace ${name}`);
    disk.gone();
  }
});

test('PostgreSQL that orders texts by a language: refused by name, nothing is made', (context) => {
  if (server === undefined) return context.skip('COUNTBACK_TEST_PG names no server');
  const name = `language_${process.pid}`;
  const sql = (text, where = server) => execFileSync('psql', ['-Atqc', text, where], { encoding: 'utf8' });
  sql(`create database ${name} template template0 locale_provider icu icu_locale 'fr' locale 'C.UTF-8'`);
  try {
    const url = server.replace(/[^/]*$/, name);
    const words = ['import', '--data', join(place, 'by-language'), '--db', url, '--yes', '--as-of', day, join(place, 'first.csv')];
    refused(words, /orders texts by a language.*Make a database with lc_collate 'C\.UTF-8'/);
    assert.equal(sql("select count(*) from pg_tables where schemaname = 'public'", url).trim(), '0');
  } finally {
    sql(`drop database if exists ${name} with (force)`);
  }
});
