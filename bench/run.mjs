// A run over 50,000 customers, each with two late invoices and an automatic first step: how long it decides and asks
// for the messages, durably, and how the desk answers meanwhile. The program's clock stands on a working day.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

import { command } from '../tests/http/desk.mjs';
import { open_company, wednesday } from '../tests/mail/mailbox.mjs';

const count = Number(process.env.COUNTBACK_BENCH_CUSTOMERS ?? 50_000);
const data = mkdtempSync(join(tmpdir(), 'countback-bench-run-'));
const parties = ['entity,customer_code,customer_name,country,language,email'];
const items = ['entity,customer_code,number,issue_date,due_date,amount,currency'];
for (let number = 0; number < count; number += 1) {
  parties.push(`FR01,C${number},Customer ${number},FR,fr,ap@c${number}.test`);
  items.push(`FR01,C${number},A${number},2026-01-15,2026-03-10,${(number % 900) + 20}.50,EUR`);
  items.push(`FR01,C${number},B${number},2026-01-16,2026-03-11,${(number % 700) + 20}.25,EUR`);
}
writeFileSync(join(data, 'customers.csv'), parties.join('\n'));
writeFileSync(join(data, 'items.csv'), items.join('\n'));
const load = (...words) => command(['import', '--data', data, '--yes', '--as-of', '2026-03-18', ...words], '', wednesday);
load('--kind', 'customers', join(data, 'customers.csv'));
load(join(data, 'items.csv'));

const company = await open_company(data);
try {
  const policy = await company.get('/api/policy');
  const standard = policy.scenarios.find((one) => one.code === 'standard');
  const scenario = { ...standard, steps: standard.steps.map((step) => (step.channel === 'email' ? { ...step, mode: 'automatic' } : step)) };
  const saved = await company.send('PUT', '/api/scenarios/standard', { version: policy.version, scenario, reason: 'bench' });
  if (saved.status !== 200) throw new Error(saved.text);
  const timed = async (what) => {
    const begun = performance.now();
    const answer = await what();
    return { answer, ms: performance.now() - begun };
  };
  const dry = await timed(() => company.send('POST', '/api/runs', { dry_run: true }));
  const seen = [];
  let running = true;
  const watch = (async () => {
    while (running) {
      seen.push((await timed(() => company.session.ask('/api/ageing?by=currency'))).ms);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  const run = await timed(() => company.send('POST', '/api/runs', {}));
  running = false;
  await watch;
  if (run.answer.status !== 201) throw new Error(run.answer.text);
  seen.sort((a, b) => a - b);
  console.log(`customers ${count}, messages asked for ${run.answer.value.requested}`);
  console.log(`decided (dry run)             ${dry.ms.toFixed(0)} ms`);
  console.log(`decided and asked for, durable ${run.ms.toFixed(0)} ms`);
  console.log(`an ageing meanwhile: median ${seen[seen.length >> 1].toFixed(0)} ms, slowest ${seen.at(-1).toFixed(0)} ms (${seen.length} asked)`);
} finally {
  await company.desk.stop();
  rmSync(data, { recursive: true, force: true });
}
