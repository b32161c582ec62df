// W1 to W4 of the reference workloads beside DuckDB, in alternating rounds, each of another day:
//   node bench/engines.mjs [--sizes 100000,1000000,10000000] [--rounds 5] [--write]
// Makes the books with the generator beside the reference, builds bench_book, installs DuckDB; --write puts table
// and chart into docs/benchmarks. Ends with 1 when a digest is wrong or a bar is missed.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { bars, table } from './engines/charts.mjs';
import { median } from './generated.mjs';

const root = join(import.meta.dirname, '..');
const shared = process.env.COUNTBACK_SHARED ?? join(root, '..', 'shared');
const { values: wish } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100000,1000000,10000000' },
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
});
const workloads = {
  W1: { title: 'ageing at a past date, every account', day: '2026-03-17', bar: 15, at: 1e7 },
  W2: { title: '36 months of DSO from postings', day: '2026-06-30', bar: 4, at: 1e7 },
  W2t: { title: 'the same for entities and group, from kept totals', day: '2026-06-30', bar: 40, at: 1e7, asks: 'W2' },
  W3: { title: 'countback DSO of every account', day: '2026-03-17', bar: 20, at: 1e7 },
  W4: { title: 'whom to remind, decided', day: '2026-06-30', bar: 10, at: 1e6 },
};
const before = (day, days) => new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);

if (!existsSync(join(shared, 'perf', 'gen', 'gen.cpp'))) {
  console.log('the reference workloads are absent');
  process.exit(0);
}
const engines = join(import.meta.dirname, 'engines');
if (!existsSync(join(engines, 'node_modules'))) execFileSync('npm', ['ci', '--silent'], { cwd: engines, stdio: 'inherit' });
const { duckdb } = await import('./engines/duckdb.mjs');
const release = join(root, 'build', 'release');
execFileSync('cmake', ['--preset', 'release'], { cwd: root, stdio: 'ignore' });
execFileSync('ninja', ['-C', release, 'bench_book'], { stdio: 'inherit' });
const folder = mkdtempSync(join(tmpdir(), 'countback-engines-'));
const generator = join(folder, 'gen');
execFileSync('g++', ['-O3', '-march=native', '-std=c++20', join(shared, 'perf', 'gen', 'gen.cpp'), '-o', generator]);

/** The program waits before each round, and DuckDB has the time between. */
async function side_by_side(size, book) {
  const other = await duckdb(book);
  const program = spawn(join(release, 'src', 'bench_book'), [book, wish.rounds, 'paced'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const rounds = {};
  const said = [];
  for await (const line of createInterface({ input: program.stdout })) {
    const [name, word, milliseconds] = line.split(' ');
    if (word === 'next') {
      const { day, asks = name } = workloads[name];
      if (!rounds[name]) {
        rounds[name] = [];
        await other.ask(asks, day);
      }
      const place = rounds[name].length + 1;
      rounds[name].push({ duckdb: await other.ask(asks, before(day, place)) });
      program.stdin.write('\n');
    } else if (word === 'took') rounds[name].at(-1).countback = Number(milliseconds);
    else said.push(line);
  }
  console.log(said.join('\n'));
  if (said.some((line) => line.includes('NOT THE REFERENCE'))) process.exitCode = 1;
  return Object.entries(workloads).map(([name, { title, bar, at }]) => ({
    name, title, size, bar, at,
    duckdb: median(rounds[name].map((one) => one.duckdb)),
    countback: median(rounds[name].map((one) => one.countback)),
    ratio: median(rounds[name].map((one) => one.duckdb / one.countback)),
  }));
}

const results = [];
try {
  for (const size of wish.sizes.split(',')) {
    const book = join(folder, size);
    mkdirSync(book);
    execFileSync(generator, [size, book], { stdio: 'ignore' });
    results.push(...(await side_by_side(size, book)));
    rmSync(book, { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(table(results));
if (results.some((one) => Number(one.size) === one.at && one.ratio < one.bar)) process.exitCode = 1;
if (wish.write) {
  const page = `# Beside DuckDB

The same questions on the same book, in ${wish.rounds} alternating rounds, each of another day; medians, and the median of each
round's ratio. ${cpus().length} processors (${cpus()[0].model}), DuckDB with 2 threads on one table of dated postings clustered by account, warm,
results left in the engine; Countback through its own Book, kernels and decisions. Digests of W1 to W3 equal the reference's; of W4
there are as many rows, how the reference wrote them is not told. A bar is meant at 10 million invoices, W4's at one million.

${table(results)}

![bars](engines.svg)

Again: \`node bench/engines.mjs --write\`. What the workloads ask stands with the reference; what is timed in \`bench/book/workloads.cpp\`
and \`bench/engines/duckdb.mjs\`.
`;
  mkdirSync(join(root, 'docs', 'benchmarks'), { recursive: true });
  writeFileSync(join(root, 'docs', 'benchmarks', 'engines.md'), page);
  writeFileSync(join(root, 'docs', 'benchmarks', 'engines.svg'), bars(results));
}
