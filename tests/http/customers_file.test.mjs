// A file of customers says the payer's profile in the reader's words, as the page does; the answer itself keeps its code.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { command, sign_in, start_desk } from './desk.mjs';

test('the file of customers has words where the answer has codes', async () => {
  const data = mkdtempSync(join(tmpdir(), 'countback-file-'));
  const file = join(data, 'items.csv');
  writeFileSync(file, 'entity,customer_code,number,issue_date,due_date,amount,currency\nFR01,C1,F-1,2025-04-30,2025-05-31,100.00,EUR\n');
  command(['import', '--data', data, '--yes', file]);
  const desk = await start_desk({ data });
  try {
    const session = await sign_in(desk);
    const [row] = (await session.ask('/api/customers')).value.rows;
    assert.equal(row.profile, 'new');
    for (const [language, word] of [['en', 'New'], ['fr', 'Nouveau']]) {
      assert.ok((await session.ask('/api/me/language', { method: 'PUT', json: { language } })).status < 300);
      const cells = (await session.ask('/api/customers?format=csv')).text.split('\n')[1].split(/[;,]/).map((cell) => cell.replaceAll('"', ''));
      assert.ok(cells.includes(word), cells.join(' '));
      assert.ok(!cells.includes('new'));
    }
  } finally {
    await desk.stop();
    rmSync(data, { recursive: true, force: true });
  }
});
