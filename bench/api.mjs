// Times the measures and the first page at the API of the real program: medians over repeated calls, each at
// another date so that nothing can be remembered between them.
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sign_in, start_desk } from '../tests/http/desk.mjs';

const rounds = 15;
const budgets = { measure: 50, page: 300 };

const measures = (day) => [
  `/api/ageing?by=currency&as_of=${day}`,
  `/api/ageing?by=entity&as_of=${day}`,
  `/api/ageing?by=customer&as_of=${day}`,
  `/api/dso?method=accounting&by=currency&as_of=${day}`,
  `/api/dso?method=countback&by=entity&as_of=${day}`,
  `/api/dso?method=countback&by=customer&as_of=${day}`,
  `/api/dso/trend?method=countback&months=24&as_of=${day}`,
  `/api/dso/waterfall?as_of=${day}`,
  `/api/kpi?as_of=${day}`,
  `/api/items?state=overdue&as_of=${day}`,
];
const first_page = ['/', '/api/me', '/api/today'];

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function milliseconds(person, path) {
  const started = performance.now();
  const answer = await person.ask(path);
  const took = performance.now() - started;
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
  return took;
}

const given = process.argv.indexOf('--data');
const data = mkdtempSync(join(tmpdir(), 'countback-bench-'));
if (given > 0) cpSync(process.argv[given + 1], data, { recursive: true });
const desk = await start_desk({ data, words: given > 0 ? [] : ['--demo-if-empty'] });
try {
  const person = await sign_in(desk);
  const asked_last = process.argv.indexOf('--as-of');
  const last = asked_last > 0 ? process.argv[asked_last + 1] : person.me.today;
  const days = Array.from({ length: rounds }, (_, i) => {
    const day = new Date(`${last}T00:00:00Z`);
    day.setUTCDate(day.getUTCDate() - i * 17);
    return day.toISOString().slice(0, 10);
  });
  let missed = 0;
  const line = (name, took, budget) => {
    if (took > budget) missed += 1;
    console.log(`${name.padEnd(58)} ${took.toFixed(1).padStart(8)} ms   budget ${budget} ms${took > budget ? '   MISSED' : ''}`);
  };
  for (const [place, path] of measures('DAY').entries()) {
    const times = [];
    for (const day of days) times.push(await milliseconds(person, measures(day)[place]));
    line(path.replace('as_of=DAY', 'as_of=…'), median(times), budgets.measure);
  }
  const pages = [];
  for (let i = 0; i < rounds; i += 1) {
    let whole = 0;
    for (const path of first_page) whole += await milliseconds(person, path);
    pages.push(whole);
  }
  line(`first page after signing in: ${first_page.join(' + ')}`, median(pages), budgets.page);
  console.log(`${missed} budgets missed`);
  process.exitCode = missed === 0 ? 0 : 1;
} finally {
  await desk.stop();
}
