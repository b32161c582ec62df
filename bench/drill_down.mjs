// The rows behind a figure, on a generated book: the first page of every drill-down beside the measure it opens, each
// round of another day; then, to a million, files of open and of all items with what the server's memory rose by:
//   node bench/drill_down.mjs [--sizes 1000000,10000000] [--rounds 5] [--data DIR] [--write]
// --data keeps the imported companies in DIR by size, or takes those that are there. --write puts what came of it into
// docs/benchmarks. Ends with 1 when a first page at the largest size takes more than twice its measure.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { built, generated_files, imported, median } from './generated.mjs';

const root = join(import.meta.dirname, '..');
const text = (value) => ({ type: 'string', default: value });
const { values: wish } = parseArgs({ options: { sizes: text('1000000,10000000'), rounds: text('5'), data: { type: 'string' }, write: { type: 'boolean', default: false } } });
const budget = 2;
const files_to = 1_000_000;
const program = (process.env.COUNTBACK_BINARY ??= built('countback'));
const { start_desk, sign_in } = await import('../tests/http/desk.mjs');

/** Each measure with the drill-downs it opens, in the orders that a reader may ask for. */
const opened = {
  'ageing?': {
    'overdue, by due date': 'state=overdue',
    'overdue, by open amount': 'state=overdue&sort=-open',
    'overdue, by days late': 'state=overdue&sort=-days_late',
    'a bucket': 'bucket=d31_60',
    'overdue, by customer': 'state=overdue&sort=customer',
    'overdue, by number': 'state=overdue&sort=number',
    'overdue, by entity': 'state=overdue&sort=entity',
    'overdue, by reason': 'state=overdue&sort=reason',
  },
  'ageing?reporting=EUR&': {
    'overdue, converted, by due date': 'state=overdue&reporting=EUR',
    'overdue, converted, by open amount': 'state=overdue&reporting=EUR&sort=-open',
    'overdue, converted, by customer': 'state=overdue&reporting=EUR&sort=customer',
  },
  'dso?': { 'billings of a month': 'state=all&billed_in=2026-03' },
  'dso/waterfall?': { 'not due': 'part=not_due', 'no reason, by open amount': 'part=no_reason&sort=-open' },
};

function import_company(size, data) {
  const files = generated_files(size);
  try {
    imported(program, files, data);
  } finally {
    files.gone();
  }
}

/** A day before the last, another each time: nothing that was asked is asked again. */
let asked = 0;
const other_day = () => `as_of=${new Date(Date.UTC(2026, 5, 29 - (asked++ % 60))).toISOString().slice(0, 10)}`;

async function timed(session, path) {
  const began = performance.now();
  const answer = await session.ask(path);
  if (answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
  return { took: performance.now() - began, value: answer.value };
}

async function first_pages(session) {
  const rows = [];
  for (const [measure, pages] of Object.entries(opened)) {
    for (const [name, query] of Object.entries(pages)) {
      const times = { measure: [], page: [], ratio: [] };
      let count;
      for (let round = 0; round <= Number(wish.rounds); round += 1) {
        const day = other_day();
        const of_measure = (await timed(session, `/api/${measure}${day}`)).took;
        const page = await timed(session, `/api/items?${query}&${day}`);
        count = page.value.count;
        if (round === 0) continue;
        times.measure.push(of_measure);
        times.page.push(page.took);
        times.ratio.push(page.took / of_measure);
      }
      rows.push({ measure: measure.replace(/[?&]$/, ''), name, count, took: median(times.measure), page: median(times.page), ratio: median(times.ratio) });
      const { took, page, ratio } = rows.at(-1);
      console.log(`${name}: ${count} rows, measure ${took.toFixed(1)} ms, first page ${page.toFixed(1)} ms, ratio ${ratio.toFixed(2)}`);
    }
  }
  return rows;
}

/** One file read to its end and thrown away; what the server's memory rose by meanwhile. */
async function exported(desk, cookie, query) {
  const status = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${desk.child.pid}/status`, 'utf8'))[1]) / 1024;
  writeFileSync(`/proc/${desk.child.pid}/clear_refs`, '5');
  const before = status('VmRSS');
  const began = performance.now();
  const answer = await fetch(`http://127.0.0.1:${desk.port}/api/items?${query}`, { headers: { Cookie: cookie } });
  let bytes = 0;
  let first;
  for await (const part of answer.body) {
    first ??= performance.now() - began;
    bytes += part.length;
  }
  const row = { query, rows: Number(answer.headers.get('x-countback-rows')), bytes, about: Number(answer.headers.get('x-countback-bytes')), first, took: performance.now() - began, grew: status('VmHWM') - before, before };
  console.log(`${query}: ${row.rows} rows, ${(bytes / 2 ** 20).toFixed(1)} MiB, first byte ${first.toFixed(0)} ms, whole ${(row.took / 1000).toFixed(1)} s, memory ${before.toFixed(0)} MiB + ${row.grew.toFixed(1)}`);
  return row;
}

function section(size, pages, files) {
  const lines = pages.map((row) => `| ${row.measure} | ${row.name} | ${row.count} | ${row.took.toFixed(1)} | ${row.page.toFixed(1)} | ${row.ratio.toFixed(2)} |`);
  const of_files = files.map((row) => `| \`${row.query}\` | ${row.rows} | ${(row.bytes / 2 ** 20).toFixed(1)} | ${(row.first / 1000).toFixed(2)} | ${(row.took / 1000).toFixed(1)} | ${row.before.toFixed(0)} | ${row.grew.toFixed(1)} |`);
  const table = `## ${size} invoices

| measure | opened | rows | measure, ms | first page, ms | ratio |
|---|---|---:|---:|---:|---:|
${lines.join('\n')}
`;
  if (files.length === 0) return table;
  return `${table}
| file | rows | MiB | first byte, s | whole, s | resident before, MiB | risen by, MiB |
|---|---:|---:|---:|---:|---:|---:|
${of_files.join('\n')}
`;
}

const page_of = (sections) => `# The rows behind a figure

Written by \`node bench/drill_down.mjs --sizes ${wish.sizes} --rounds ${wish.rounds} --write\` on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} processors,
${cpus()[0].model.trim()}. Generated books, imported by the command, asked over HTTP. Each round asks of
another day; medians. A first page has its 100 rows with their texts, the count and the totals of all rows. Bar: at
most ${budget} × the measure at 10⁷. The ageing adds postings as they lie; whether one item is open must be asked of its
allocations, and that is what the pages above the bar spend their time on.

Files are read to their end by one reader, one after the other. Memory is the server's: resident before, and what it
rose by at most (VmHWM). The database keeps up to 64 MiB for each connection that has served; a file's own part is the
32 bytes a row of the places it holds at a time, at most 250,000, and a quarter more while it looks for them.

${sections.join('\n')}`;

async function measured(size) {
  const data = join(wish.data ?? mkdtempSync(join(tmpdir(), 'countback-drilled-')), size);
  if (!existsSync(join(data, 'book.snapshot'))) import_company(size, data);
  console.log(`${size} invoices`);
  const desk = await start_desk({ data });
  try {
    const session = await sign_in(desk);
    const pages = await first_pages(session);
    const files = [];
    for (const query of Number(size) > files_to ? [] : ['format=csv', 'state=all&format=csv', 'state=all&format=csv', 'state=all&format=xlsx', 'state=all&sort=customer&format=csv', 'state=all&sort=number&format=csv', 'state=all&sort=-open&reporting=EUR&format=csv'])
      files.push(await exported(desk, session.cookie, query));
    return { pages, text: section(size, pages, files) };
  } finally {
    desk.child.kill('SIGTERM');
    await desk.ended;
    if (wish.data === undefined) rmSync(data, { recursive: true, force: true });
  }
}

const results = [];
for (const size of wish.sizes.split(',')) results.push(await measured(size));
if (wish.write) writeFileSync(join(root, 'docs', 'benchmarks', 'drill-down.md'), page_of(results.map((result) => result.text)));
if (results.at(-1).pages.some((row) => row.ratio > budget)) process.exitCode = 1;
