// COL-1, COL-10: `countback decide` tells in a file what the agenda tells on the page, row by row.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, sign_in, start_desk } from './desk.mjs';

test('the command and the agenda tell the same of each row, its grades and what would change it', async () => {
  const data = mkdtempSync(join(tmpdir(), 'countback-decide-'));
  const file = join(data, 'items.csv');
  writeFileSync(file, 'entity,customer_code,number,issue_date,due_date,amount,currency\nFR01,C1,F-1,2026-01-15,2026-03-02,900.00,EUR\nFR01,C2,F-2,2026-01-15,2026-03-03,80.00,EUR\n');
  command(['import', '--data', data, '--yes', file]);
  const told = JSON.parse(command(['decide', '--data', data, '--date', '2026-03-18', '--format', 'json', '--all']));
  const desk = await start_desk({ data });
  try {
    const session = await sign_in(desk);
    const agenda = (await session.ask('/api/agenda?as_of=2026-03-18&outcome=due,waiting,suppressed,nothing')).value;
    const substance = ({ customer, outcome, priority, reasons, would_change, path }) => ({ code: customer.code, outcome, priority, reasons, would_change, path });
    assert.equal(told.rows.length, 2);
    assert.ok(told.rows.every((row) => row.priority.grades.length > 0 && row.would_change.length > 0 && row.path.length > 0));
    assert.deepEqual(told.rows.map(substance), agenda.rows.map(substance));
  } finally {
    await desk.stop();
  }
});
