// W5: a generated book of documents and allocations imported with all checks, durable, facts as rows, beside SQLite's
// bare insert of the same rows with its indexes, in alternating rounds:
//   node bench/import.mjs [--size 1000000] [--rounds 3] [--write]
// The import is the command a user runs, from its start to its end: company made, files read, checked, matched,
// written, reconciled, the Book kept in its file. Then the last company is started from its facts and from the Book's file,
// beside SQLite reading the same rows once. --write puts what came of it into docs/benchmarks. Ends with 1 when an
// import's ratio is above 2, a start's above 2 and 0.2.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const shared = process.env.COUNTBACK_SHARED ?? join(root, '..', 'shared');
const { values: wish } = parseArgs({ options: { size: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '3' }, write: { type: 'boolean', default: false } } });
const budget = 2;
/** What is printed, and written with --write. */
const said_lines = [];
const tell = (line) => {
  console.log(line);
  said_lines.push(line);
};
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

const source = join(shared, 'perf', 'gen', 'gen.cpp');
if (!existsSync(source)) {
  console.log('the reference workloads are absent');
  process.exit(0);
}
const release = join(root, 'build', 'release');
execFileSync('cmake', ['--preset', 'release'], { cwd: root, stdio: 'ignore' });
execFileSync('ninja', ['-C', release, 'countback', 'bench_sqlite_insert', 'bench_sqlite_read'], { stdio: 'inherit' });
const program = process.env.COUNTBACK_BINARY ?? join(release, 'countback');

process.env.COUNTBACK_BINARY = program;
const { start_desk } = await import('../tests/http/desk.mjs');

/** Milliseconds from the program's start to its first answer. */
async function started(data) {
  const began = performance.now();
  const desk = await start_desk({ data });
  await desk.ask('/healthz');
  const took = performance.now() - began;
  desk.child.kill('SIGTERM');
  await desk.ended;
  return took;
}

async function starts(data) {
  const database = join(data, readdirSync(data).find((name) => name.endsWith('.db')));
  const read = () => Number(execFileSync(join(release, 'src', 'bench_sqlite_read'), [database], { encoding: 'utf8' }));
  const kept = join(data, 'book.snapshot');
  const ratios = { facts: [], file: [] };
  read();
  for (let round = 1; round <= Number(wish.rounds); round += 1) {
    const rows = read();
    rmSync(kept, { force: true });
    const facts = await started(data);
    if (!existsSync(kept)) throw new Error('the Book was not kept');
    const file = await started(data);
    ratios.facts.push(facts / rows);
    ratios.file.push(file / rows);
    tell(`round ${round}: SQLite reads ${rows} ms, start from facts ${facts.toFixed(0)} ms, from the file ${file.toFixed(0)} ms`);
  }
  const [facts, file] = [median(ratios.facts), median(ratios.file)];
  tell(`start at ${wish.size}: from facts ${facts.toFixed(2)}, budget 2; from the file ${file.toFixed(2)}, budget 0.2`);
  tell(execFileSync(program, ['verify', '--memory', '--data', data], { encoding: 'utf8' }).trim());
  if (facts > 2 || file > 0.2) process.exitCode = 1;
}

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
    tell(`round ${round}: SQLite bare ${bare} ms, import ${took.toFixed(0)} ms, ratio ${(took / bare).toFixed(2)}`);
    const last = round === Number(wish.rounds);
    if (last) await starts(data);
    const gone = [data, ...['', '-wal', '-shm'].map((end) => join(folder, `bare.db${end}`))];
    for (const path of gone) rmSync(path, { recursive: true, force: true });
  }
  tell(`W5 at ${wish.size}: ratio ${median(ratios).toFixed(2)}, budget ${budget}`);
  if (median(ratios) > budget) process.exitCode = 1;
  if (wish.write) {
    const page = join(root, 'docs', 'benchmarks', `import-${wish.size}.md`);
    mkdirSync(join(root, 'docs', 'benchmarks'), { recursive: true });
    const machine = `${cpus().length} processors (${cpus()[0].model})`;
    writeFileSync(page, `# Import and start of ${wish.size} invoices\n\n${machine}. Again: \`node bench/import.mjs --size ${wish.size} --write\`.\n\n\`\`\`\n${said_lines.join('\n')}\n\`\`\`\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
