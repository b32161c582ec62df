// A run killed at any moment is gone on with by the next server: the same record, each customer once, nothing asked twice.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';

import { eventually, late_customers, make_automatic, make_company, open_company, wednesday } from './mailbox.mjs';

const count = 2400;
const customers = late_customers(count);

async function outcomes_of(company, run) {
  const rows = [];
  for (let more = ''; more !== undefined; ) {
    const page = await company.get(`/api/runs/${run}?limit=500${more}`);
    rows.push(...page.rows);
    more = page.next === null ? undefined : `&after=${page.next}`;
  }
  return rows;
}

/** The run is killed once so many of its messages are asked for. */
const killed_after = (asked_for) => async (context) => {
  const data = make_company(customers);
  let company = await open_company(data);
  try {
    await eventually('the night was run', async () => (await company.get('/api/runs')).rows.some((row) => row.finished_at !== null));
    await make_automatic(company, 'standard', 'reminder');
    const before = Math.max(...(await company.get('/api/runs')).rows.map((row) => row.id));
    company.send('POST', '/api/runs', {}).catch(() => null);
    let open;
    while (open === undefined) open = (await company.get('/api/runs')).rows.find((row) => row.id > before && row.requested >= asked_for);
    company.desk.child.kill('SIGKILL');
    await company.desk.ended;
    company = await open_company(data);
    const seen = (await company.get('/api/runs')).rows.find((row) => row.id === open.id);
    context.diagnostic(`killed with ${open.requested} asked for; ${seen.requested} when first seen again`);
    const run = await eventually('the same run finished', async () => {
      const one = (await company.get('/api/runs')).rows.find((row) => row.id === open.id);
      return one.finished_at !== null && one;
    });
    assert.equal(open.finished_at, null, 'the kill came before the end');
    assert.equal(run.requested, count);
    const rows = await outcomes_of(company, run.id);
    assert.equal(rows.length, count);
    assert.equal(new Set(rows.map((row) => row.message)).size, count, 'a message each');
    const { counts } = await company.get('/api/messages');
    assert.equal(counts.requested, count, 'nothing twice');
  } finally {
    await company.desk.stop();
    rmSync(data, { recursive: true, force: true });
  }
};

test('a run killed at its start is gone on with after the next start', killed_after(0));
test('a run killed between its parts is gone on with after the next start', killed_after(1));

test('the night’s run is one a day for each entity, by its own clock, also after its zone was changed', async () => {
  const data = make_company(customers.slice(0, 2));
  const at = (time) => ({ ...wednesday, FAKETIME: `@2026-03-${time}` });
  const days = async (company) =>
    (await company.get('/api/runs')).rows.filter((row) => row.source === 'schedule').map((row) => row.day);
  let company = await open_company(data, at('18 10:00:00'));
  try {
    await eventually('the run of the 18th', async () => (await days(company)).length === 1);
    const card = await company.send('PUT', '/api/entities/1/card', { time_zone: 'Pacific/Auckland' });
    assert.equal(card.status, 200, card.text);
    company.desk.child.kill('SIGKILL');
    await company.desk.ended;
    // 10:05 UTC is 23:05 of the 18th in Auckland: the entity has its night of the 18th.
    company = await open_company(data, at('18 10:05:00'));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.deepEqual(await days(company), ['2026-03-18']);
    company.desk.child.kill('SIGKILL');
    await company.desk.ended;
    // 18:00 UTC of the 18th is 07:00 of the 19th there.
    company = await open_company(data, at('18 18:00:00'));
    await eventually('the run of the 19th', async () => (await days(company)).length === 2);
    assert.deepEqual(await days(company), ['2026-03-19', '2026-03-18']);
  } finally {
    await company.desk.stop();
    rmSync(data, { recursive: true, force: true });
  }
});
