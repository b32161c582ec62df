// W5: a generated book of documents and allocations imported with all checks, durable, facts as rows, beside SQLite's
// bare insert of the same rows with its indexes, in alternating rounds:
//   node bench/import.mjs [--size 1000000] [--rounds 3]
// The import is the command a user runs, from its start to its end: company made, files read, checked, matched,
// written, reconciled, the Book kept in its file. Ends with 1 when the ratio is above 2.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const shared = process.env.COUNTBACK_SHARED ?? join(root, '..', 'shared');
const { values: wish } = parseArgs({ options: { size: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '3' } } });
const budget = 2;
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

const source = join(shared, 'perf', 'gen', 'gen.cpp');
if (!existsSync(source)) {
  console.log('the reference workloads are absent');
  process.exit(0);
}
const release = join(root, 'build', 'release');
execFileSync('cmake', ['--preset', 'release'], { cwd: root, stdio: 'ignore' });
execFileSync('ninja', ['-C', release, 'countback', 'bench_sqlite_insert'], { stdio: 'inherit' });
const program = process.env.COUNTBACK_BINARY ?? join(release, 'countback');

const folder = mkdtempSync(join(tmpdir(), 'countback-import-'));
try {
  execFileSync('g++', ['-O3', '-std=c++20', source, '-o', join(folder, 'gen')]);
  execFileSync(join(folder, 'gen'), [wish.size, folder], { stdio: 'ignore' });
  const mapping = (name, fields) => {
    writeFileSync(join(folder, name), JSON.stringify(fields));
    return join(folder, name);
  };
  const mappings = [
    mapping('documents.json', {
      number: 'id', source_id: 'id', customer_code: 'customer', entity: 'entity', type: 'type', issue_date: 'issue_date',
      due_date: 'due_date', currency: 'currency', amount: 'amount_minor',
    }),
    mapping('allocations.json', { source_id: 'doc_id', date: 'date', amount: 'amount_minor' }),
  ];
  const files = ['documents.csv', 'allocations.csv'].map((name) => join(folder, name));
  const words = ['import', '--as-of', '2026-06-30', '--yes', ...mappings.flatMap((one) => ['--mapping', one]), '--data'];
  const ratios = [];
  for (let round = 1; round <= Number(wish.rounds); round += 1) {
    const data = join(folder, `company${round}`);
    const bare = Number(execFileSync(join(release, 'src', 'bench_sqlite_insert'), [folder, join(folder, 'bare.db')], { encoding: 'utf8' }));
    const began = performance.now();
    const said = execFileSync(program, [...words, data, ...files], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    const took = performance.now() - began;
    if ((said.match(/no difference/g) ?? []).length !== 2) throw new Error(said.slice(-2000));
    ratios.push(took / bare);
    console.log(`round ${round}: SQLite bare ${bare} ms, import ${took.toFixed(0)} ms, ratio ${(took / bare).toFixed(2)}`);
    const gone = [data, ...['', '-wal', '-shm'].map((end) => join(folder, `bare.db${end}`))];
    for (const path of gone) rmSync(path, { recursive: true, force: true });
  }
  console.log(`W5 at ${wish.size}: ratio ${median(ratios).toFixed(2)}, budget ${budget}`);
  if (median(ratios) > budget) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
