// A whole company out of a database and into another: exported, restored, moved, each with the same sums.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { command } from './desk.mjs';

const server = process.env.COUNTBACK_TEST_PG;
let place, data, exported;
const at = (...names) => join(place, ...names);
const manifest = (folder) => readFileSync(join(folder, 'manifest.json'), 'utf8');

/** The address of an empty schema of its own. */
function empty_postgresql(name) {
  execFileSync('psql', ['-q', server, '-c', `create schema "${name}"`]);
  return `${server}?options=-csearch_path%3D${name}`;
}

before(() => {
  place = mkdtempSync(join(tmpdir(), 'countback-move-'));
  data = at('company');
  exported = at('exported');
  command(['demo', '--data', data]);
  command(['user', 'add', '--data', data, '--name', 'Zoë "the" Ω\nSmith', '--email', 'zoe@desk.test']);
  command(['export', '--data', data, exported]);
});
after(() => rmSync(place, { recursive: true }));

test('an export is restored with the same rows, and is never written over', () => {
  assert.throws(() => command(['export', '--data', data, exported]), /already there/);
  assert.match(command(['restore', '--data', at('again'), exported]), /Restored/);
  command(['export', '--data', at('again'), at('second')]);
  assert.equal(manifest(at('second')), manifest(exported));
  assert.match(command(['user', 'list', '--data', at('again')]), /zoe@desk\.test/);
  assert.throws(() => command(['restore', '--data', at('again'), exported]), /--replace/);
});

test('the company moves to PostgreSQL and back, verified on the way', { skip: !server }, () => {
  const address = empty_postgresql(`moved_${process.pid}`);
  assert.match(command(['move', '--data', data, '--to', address]), /Start with --db/);
  assert.throws(() => command(['move', '--data', data, '--to', address]), /already holds a company/);
  assert.match(command(['verify', '--data', data, '--db', address]), /chain of facts is whole/);
  command(['export', '--data', data, '--db', address, at('from_postgresql')]);
  assert.equal(manifest(at('from_postgresql')), manifest(exported));
  mkdirSync(at('home'));
  cpSync(join(data, 'secret.key'), at('home', 'secret.key'));
  assert.match(command(['move', '--data', at('home'), '--db', address, '--to', 'embedded']), /Start without --db/);
  command(['export', '--data', at('home'), at('home_again')]);
  assert.equal(manifest(at('home_again')), manifest(exported));
  assert.match(command(['report', 'ageing', '--data', at('home')]), /EUR/);
});

test('an export goes straight into PostgreSQL', { skip: !server }, () => {
  const address = empty_postgresql(`restored_${process.pid}`);
  assert.match(command(['restore', '--data', at('keys'), '--db', address, exported]), /Restored/);
  command(['export', '--data', data, '--db', address, at('through')]);
  assert.equal(manifest(at('through')), manifest(exported));
});

test('a folder that was changed, cut or is none is refused by name, and nothing is made', () => {
  const harmed = (name, harm) => {
    cpSync(exported, at(name), { recursive: true });
    harm((file) => at(name, file));
    try {
      command(['restore', '--data', at(`${name}_data`), at(name)]);
    } catch (refused) {
      assert.throws(() => command(['report', 'ageing', '--data', at(`${name}_data`)]), /no company in/);
      return `${refused}`;
    }
    return assert.fail(`${name} was taken`);
  };
  const change = (file, was, is) => writeFileSync(file, readFileSync(file, 'utf8').replace(was, is));
  assert.match(harmed('value', (of) => change(of('customer.jsonl'), '[1,', '[1000001,')), /customer\.jsonl is not what/);
  assert.match(harmed('line', (of) => appendFileSync(of('label.jsonl'), '[1,2]\n')), /label\.jsonl, line \d+/);
  assert.match(harmed('gone', (of) => rmSync(of('entity.jsonl'))), /entity\.jsonl is not what/);
  assert.match(harmed('text', (of) => change(of('contact.jsonl'), '"', '')), /contact\.jsonl, line 1/);
  assert.match(harmed('none', (of) => writeFileSync(of('manifest.json'), '{}')), /not a folder that countback export wrote/);
  assert.match(harmed('names', (of) => change(of('manifest.json'), '"label"', '"label; drop table item_fact"')), /another version/);
  assert.match(harmed('older', (of) => change(of('manifest.json'), 'countback export 1', 'countback export 0')), /not a folder/);
});
