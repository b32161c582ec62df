// Adds up what every runner of ./test reported, prints the failures, and ends with the one line that counts.
// Reads steps.tsv (name, kind, exit status, seconds) and beside it each runner's own account.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const logs = process.argv[2];
const text = (name) => (existsSync(join(logs, name)) ? readFileSync(join(logs, name), 'utf8') : '');
const attribute = (tag, name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(tag)?.[1] ?? 0);
const last_lines = (content, count) => content.trimEnd().split('\n').slice(-count).join('\n');
const nothing = () => ({ passed: 0, failed: 0, skipped: 0, failures: [], skips: [] });

// GoogleTest's account of one program: its tests, not the program, are what is counted.
function google_test(content) {
  const head = /<testsuites [^>]*>/.exec(content)?.[0] ?? '';
  const failed = attribute(head, 'failures') + attribute(head, 'errors');
  const skipped = (content.match(/<skipped/g) ?? []).length;
  const cases = (mark) => new RegExp(`<testcase name="([^"]+)"[^>]*classname="([^"]+)"[^>]*>\\s*<${mark}`, 'g');
  const named = (mark) => [...content.matchAll(cases(mark))].map(([, name, suite]) => `${suite}.${name}`);
  return {
    passed: attribute(head, 'tests') - failed - skipped - attribute(head, 'disabled'),
    failed,
    skipped: skipped + attribute(head, 'disabled'),
    failures: named('failure'),
    skips: named('skipped'),
  };
}

function add(total, part) {
  for (const key of ['passed', 'failed', 'skipped']) total[key] += part[key];
  total.failures.push(...part.failures);
  total.skips.push(...part.skips);
}

// A ctest entry whose program left a GoogleTest account is replaced by that account; a crash leaves none.
function ctest() {
  const total = nothing();
  const accounts = existsSync(join(logs, 'gtest')) ? readdirSync(join(logs, 'gtest')) : [];
  for (const [, name, status] of text('ctest.xml').matchAll(/<testcase name="([^"]+)"[^>]*status="(\w+)"/g)) {
    const account = accounts.find((file) => file === `${name}.xml` || file === `${name}_tests.xml`);
    const counted = account ? google_test(text(join('gtest', account))) : nothing();
    if (status === 'fail' && counted.failed === 0) {
      counted.failed += 1;
      counted.failures.push(`${name} ended badly`);
    }
    if (!account && status === 'run') counted.passed += 1;
    if (status === 'notrun' || status === 'disabled') {
      counted.skipped += 1;
      counted.skips.push(name);
    }
    add(total, counted);
  }
  return total;
}

function tap(name) {
  const content = text(`${name}.tap`);
  const count = (word) => Number([...content.matchAll(new RegExp(`^# ${word} (\\d+)$`, 'gm'))].at(-1)?.[1] ?? 0);
  return {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
    failures: [...content.matchAll(/^\s*not ok \d+ - (?!.*# (?:skip|todo))(.*)$/gim)].map(([, title]) => title),
    skips: [...content.matchAll(/^\s*ok \d+ - (.* # (?:skip|todo)\b.*)$/gim)].map(([, title]) => title),
  };
}

function vitest(name) {
  if (!text(`${name}.json`)) return nothing();
  const account = JSON.parse(text(`${name}.json`));
  const bad = account.testResults.flatMap((file) => file.assertionResults.filter((one) => one.status === 'failed'));
  return {
    ...nothing(),
    passed: account.numPassedTests,
    failed: account.numFailedTests,
    skipped: account.numPendingTests + (account.numTodoTests ?? 0),
    failures: bad.map((one) => one.fullName),
  };
}

function check(name, status) {
  return status === 0 ? { ...nothing(), passed: 1 } : { ...nothing(), failed: 1, failures: [name] };
}

const readers = { ctest, tap, vitest, check };
const total = nothing();
for (const line of text('steps.tsv').trim().split('\n').filter(Boolean)) {
  const [name, kind, status] = line.split('\t');
  const counted = readers[kind](name, Number(status));
  if (Number(status) !== 0 && counted.failed === 0) add(counted, check(`${name} ended with status ${status}`, 1));
  if (counted.passed + counted.failed + counted.skipped === 0) add(counted, check(`${name} ran nothing`, 1));
  if (counted.failed > 0) {
    console.log(`\n--- ${name}: ${counted.failed} failed (${join(logs, name)}.log)`);
    for (const failure of counted.failures) console.log(`    ${failure}`);
    console.log(last_lines(text(`${name}.log`), 60));
  }
  add(total, counted);
}

for (const skip of total.skips) console.log(`skipped: ${skip}`);
// A skipped test means that reference data beside the repository, a service or a right is absent; a build server must have them.
if (process.env.CI === 'true' && (total.skipped > 0 || !existsSync(process.env.COUNTBACK_SHARED ?? '../shared'))) {
  console.log('\nReference data or a service is missing on a build server: counted as a failure.');
  total.failed += 1;
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
