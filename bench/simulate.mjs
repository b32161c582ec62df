// COL-12 in the budget: the policy and the careful scenario replayed side by side over the 18 months of the food
// company's ledger (outside the repository, imported afresh), at the API of the real program.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mapping } from '../tests/golden/highradius_mapping.mjs';
import { binary, sign_in, start_desk } from '../tests/http/desk.mjs';

const budget_seconds = 10;
const shared = process.env.COUNTBACK_SHARED ?? join(import.meta.dirname, '..', '..', 'shared');
const ledger = join(shared, 'data', 'receivables', 'highradius_ledger_original_layout.csv');
if (!existsSync(ledger)) {
  console.log('the shared data is absent');
  process.exit(0);
}

const data = mkdtempSync(join(tmpdir(), 'countback-bench-'));
const file = join(data, 'mapping.json');
writeFileSync(file, JSON.stringify(mapping));
execFileSync(binary, ['import', '--data', data, '--mapping', file, '--yes', ledger], { stdio: 'pipe' });
const desk = await start_desk({ data });
try {
  const person = await sign_in(desk);
  const replay = async (json) => {
    const started = performance.now();
    const answer = await person.ask('/api/simulations', { method: 'POST', json });
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text.slice(0, 300)}`);
    return { seconds: (performance.now() - started) / 1000, value: answer.value };
  };
  const period = { from: '2018-12-30', to: '2020-06-30' };
  const one = await replay(period);
  const two = await replay({ ...period, other: 'careful' });
  const told = ({ actions, customers_touched, clashes, caps_hit }) =>
    JSON.stringify({ ...actions, customers_touched, clashes, caps_hit });
  console.log(`the policy       ${told(two.value.simulated)}`);
  console.log(`everyone careful ${told(two.value.other)}`);
  console.log(`one replay  ${one.seconds.toFixed(2)} s   budget ${budget_seconds} s`);
  console.log(`two replays ${two.seconds.toFixed(2)} s`);
  process.exitCode = one.seconds <= budget_seconds ? 0 : 1;
} finally {
  await desk.stop();
}
