// The count at the end of ./test is itself tested: a runner that fails or runs nothing must turn it red.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { at } from './tree.mjs';

function tally(accounts, environment = {}) {
  const logs = mkdtempSync(join(tmpdir(), 'countback-tally-'));
  mkdirSync(join(logs, 'gtest'));
  for (const [name, content] of Object.entries(accounts)) writeFileSync(join(logs, name), content);
  const env = { ...process.env, CI: '', COUNTBACK_SHARED: logs, ...environment };
  const { status, stdout } = spawnSync(process.execPath, [at('.ci/tally.mjs'), logs], { env, encoding: 'utf8' });
  rmSync(logs, { recursive: true });
  return { status, line: stdout.trimEnd().split('\n').at(-1) };
}

const google = (tests, failures, cases) =>
  `<testsuites tests="${tests}" failures="${failures}" disabled="0" errors="0">${cases}</testsuites>`;
const skipped_case = '<testcase name="s" classname="A"><skipped message="absent" /></testcase>';
const failed_case = '<testcase name="f" status="run" classname="A">\n<failure message="no"></failure></testcase>';
const entry = (name, status) => `<testcase name="${name}" classname="${name}" time="1" status="${status}">`;

test('GoogleTest programs are counted test by test', () => {
  const answer = tally({
    'steps.tsv': 'ctest\tctest\t8\t1\n',
    'ctest.xml': entry('base', 'run') + entry('store', 'fail'),
    'gtest/base_tests.xml': google(5, 0, skipped_case),
    'gtest/store_tests.xml': google(3, 1, failed_case),
  });
  assert.deepEqual(answer, { status: 1, line: '6 passed, 1 failed, 1 skipped' });
});

test('a test program that dies without an account is a failure', () => {
  const answer = tally({ 'steps.tsv': 'ctest\tctest\t8\t1\n', 'ctest.xml': entry('base', 'fail') });
  assert.deepEqual(answer, { status: 1, line: '0 passed, 1 failed' });
});

test('a runner that ran nothing is a failure', () => {
  const answer = tally({ 'steps.tsv': 'house\ttap\t0\t1\n', 'house.tap': '# pass 0\n# fail 0\n' });
  assert.deepEqual(answer, { status: 1, line: '0 passed, 1 failed' });
});

test('all green is green', () => {
  const web = { numPassedTests: 4, numFailedTests: 0, numPendingTests: 0, testResults: [] };
  const answer = tally({
    'steps.tsv': 'house\ttap\t0\t1\nweb\tvitest\t0\t1\nformat\tcheck\t0\t1\n',
    'house.tap': 'ok 1 - one\n# pass 2\n# fail 0\n# cancelled 0\n# skipped 0\n# todo 0\n',
    'web.json': JSON.stringify(web),
  });
  assert.deepEqual(answer, { status: 0, line: '7 passed, 0 failed' });
});

test('on a build server a skipped test is a failure', () => {
  const accounts = { 'steps.tsv': 'http\ttap\t0\t1\n', 'http.tap': '# pass 2\n# skipped 1\n' };
  assert.deepEqual(tally(accounts), { status: 0, line: '2 passed, 0 failed, 1 skipped' });
  assert.deepEqual(tally(accounts, { CI: 'true' }), { status: 1, line: '2 passed, 1 failed, 1 skipped' });
});
