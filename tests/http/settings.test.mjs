// What a company chooses is followed at once by every figure, its drill-down and its export.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, sign_in, start_desk } from './desk.mjs';

const items = `entity,customer_code,number,issue_date,due_date,amount,currency
FR01,C1,F-1,2025-04-30,2025-05-31,100.00,EUR
FR01,C1,F-2,2025-12-31,2026-03-11,250.00,EUR
FR01,C1,F-3,2025-12-31,2026-02-24,1000000.00,EUR
`;

async function desk_with_items() {
  const data = mkdtempSync(join(tmpdir(), 'countback-settings-'));
  const file = join(data, 'items.csv');
  writeFileSync(file, items);
  command(['import', '--data', data, '--yes', file]);
  const desk = await start_desk({ data });
  return { desk, session: await sign_in(desk), data };
}

test('columns of the ageing, their rows and the export follow the days chosen', async () => {
  const { desk, session, data } = await desk_with_items();
  try {
    const settings = (await session.ask('/api/settings/measures')).value;
    assert.deepEqual(settings.ageing_bounds, [30, 60, 90, 120]);
    const before = (await session.ask('/api/ageing?as_of=2026-03-31')).value.rows[0];
    assert.equal(before.d1_30, '250.00');
    assert.equal(before.d31_60, '1000000.00');
    const chosen = { ...settings, ageing_bounds: [10, 40, 90, 120] };
    const saved = await session.ask('/api/settings/measures', { method: 'PUT', json: chosen });
    assert.equal(saved.status, 200, saved.text);
    const answer = (await session.ask('/api/ageing?as_of=2026-03-31')).value;
    assert.equal(answer.inputs.bounds_days, '10, 40, 90, 120');
    assert.equal(answer.rows[0].d31_60, '1000250.00');
    const rows = (await session.ask('/api/items?as_of=2026-03-31&bucket=d31_60')).value;
    assert.equal(rows.totals[0].open, '1000250.00');
    const csv = (await session.ask('/api/ageing?as_of=2026-03-31&format=csv')).text;
    assert.match(csv, /1–10 days.*11–40 days.*41–90 days.*More than 120 days/);
    assert.deepEqual((await session.ask('/api/me')).value.ageing_bounds, [10, 40, 90, 120]);
  } finally {
    await desk.stop();
    rmSync(data, { recursive: true, force: true });
  }
});

test('a day of DSO costs nothing until a rate is chosen, then billings × rate / days (DSO-6)', async () => {
  const { desk, session, data } = await desk_with_items();
  try {
    const waterfall = async () => (await session.ask('/api/dso/waterfall?as_of=2026-03-31')).value.rows[0];
    assert.equal((await waterfall()).cost_of_one_day, null);
    const settings = (await session.ask('/api/settings/measures')).value;
    await session.ask('/api/settings/measures', { method: 'PUT', json: { ...settings, internal_rate: '10' } });
    const row = await waterfall();
    // 1 000 350.00 billed in 365 days, at 10 % a year: 1 000 350 / 365 × 0.10 / 365.
    assert.equal(row.cost_of_one_day, '0.75');
    const refused = await session.ask('/api/settings/measures', {
      method: 'PUT',
      json: { ...settings, internal_rate: '8,5' },
    });
    assert.equal(refused.status, 400);
    assert.equal(refused.value.refusal.data.field, 'internal_rate');
  } finally {
    await desk.stop();
    rmSync(data, { recursive: true, force: true });
  }
});

test('a full load asks from the share that was chosen (IMP-3)', async () => {
  const { desk, session, data } = await desk_with_items();
  const file = join(data, 'fewer.csv');
  writeFileSync(file, items.split('\n').filter((line) => !line.includes('F-1')).join('\n'));
  const load = () =>
    command(['import', '--data', data, '--mode', 'stock', '--dry-run', file]);
  try {
    assert.match(load(), /complete\?/);
    const saved = await session.ask('/api/settings/imports', { method: 'PUT', json: { guard_percent: 50 } });
    assert.equal(saved.status, 200, saved.text);
    assert.doesNotMatch(load(), /complete\?/);
    for (const wrong of [0, 101, '20'])
      assert.equal((await session.ask('/api/settings/imports', { method: 'PUT', json: { guard_percent: wrong } })).status, 400);
  } finally {
    await desk.stop();
    rmSync(data, { recursive: true, force: true });
  }
});

test('a moment before the first fact is refused by name', async () => {
  const { desk, session, data } = await desk_with_items();
  try {
    const answer = await session.ask('/api/ageing?known_at=2001-01-01T00:00:00Z');
    assert.equal(answer.status, 422);
    assert.equal(answer.value.refusal.code, 'moment_unknown');
    assert.throws(() => command(['report', 'ageing', '--data', data, '--as-known-at', '2001-01-01']), /recorded/);
  } finally {
    await desk.stop();
    rmSync(data, { recursive: true, force: true });
  }
});

test('the time zone of an entity is one that there is', async () => {
  const { desk, session, data } = await desk_with_items();
  try {
    const entity = session.me.entities[0].id;
    const save = (time_zone) => session.ask(`/api/entities/${entity}/card`, { method: 'PUT', json: { time_zone } });
    assert.equal((await save('Asia/Tokyo')).status, 200);
    assert.equal((await session.ask(`/api/entities/${entity}/card`)).value.time_zone, 'Asia/Tokyo');
    const refused = await save('Mars/Phobos');
    assert.equal(refused.status, 400);
    assert.equal(refused.value.refusal.data.field, 'time_zone');
    assert.equal((await session.ask(`/api/entities/${entity}/card`)).value.time_zone, 'Asia/Tokyo');
  } finally {
    await desk.stop();
    rmSync(data, { recursive: true, force: true });
  }
});
