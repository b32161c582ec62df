// W5: a generated book of documents and allocations imported with all checks, durable, facts as rows, beside SQLite's
// bare insert of the same rows with its indexes, in alternating rounds:
//   node bench/import.mjs [--size 1000000] [--rounds 3] [--write]
// The import is the command a user runs, from its start to its end: company made, files read, checked, matched,
// written, reconciled, the Book kept in its file. Then the last company is started from its facts and from the Book's file,
// beside SQLite reading the same rows once. --write puts what came of it into docs/benchmarks. Ends with 1 when an
// import's ratio is above 2, a start's above 2 and 0.2.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { built, generated_files, imported, median, teller } from './generated.mjs';

const { values: wish } = parseArgs({ options: { size: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '3' }, write: { type: 'boolean', default: false } } });
const budget = 2;
const { tell, write_page } = teller();
const program = (process.env.COUNTBACK_BINARY ??= built('countback'));
const [insert, reader] = ['bench_sqlite_insert', 'bench_sqlite_read'].map(built);
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
  const read = () => Number(execFileSync(reader, [database], { encoding: 'utf8' }));
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

const files = generated_files(wish.size);
try {
  const ratios = [];
  for (let round = 1; round <= Number(wish.rounds); round += 1) {
    const data = join(files.folder, `company${round}`);
    const bare = Number(execFileSync(insert, [files.folder, join(files.folder, 'bare.db')], { encoding: 'utf8' }));
    const began = performance.now();
    imported(program, files, data);
    const took = performance.now() - began;
    ratios.push(took / bare);
    tell(`round ${round}: SQLite bare ${bare} ms, import ${took.toFixed(0)} ms, ratio ${(took / bare).toFixed(2)}`);
    if (round === Number(wish.rounds)) await starts(data);
    const gone = [data, ...['', '-wal', '-shm'].map((end) => join(files.folder, `bare.db${end}`))];
    for (const path of gone) rmSync(path, { recursive: true, force: true });
  }
  tell(`W5 at ${wish.size}: ratio ${median(ratios).toFixed(2)}, budget ${budget}`);
  if (median(ratios) > budget) process.exitCode = 1;
  if (wish.write) write_page(`import-${wish.size}`, `Import and start of ${wish.size} invoices`, `node bench/import.mjs --size ${wish.size} --write`);
} finally {
  files.gone();
}
