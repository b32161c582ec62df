// Killed at any moment of a load, of taking a load back, of a backup, a restore or an export, the company is as before or
// as after, never between: the chain is whole, the figures are one or the other, and the work can be done again.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { binary, command, sign_in, start_desk } from '../http/desk.mjs';

const rounds = Number(process.env.COUNTBACK_CRASHES ?? 20);
const first_items = 2_000;
const more_items = 25_000; // enough for the Book to be kept in its file at the end
const day = '2026-03-18';
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

let place;
before(() => {
  place = mkdtempSync(join(tmpdir(), 'countback-kept-'));
  items_file('first.csv', 'A', first_items);
  items_file('more.csv', 'B', more_items);
  command(['import', '--data', join(place, 'company'), '--yes', '--as-of', day, join(place, 'first.csv')]);
  cpSync(join(place, 'company'), join(place, 'larger'), { recursive: true });
  command(load_words(join(place, 'larger')));
  command(['backup', '--data', join(place, 'larger'), join(place, 'larger.db')]);
});
after(() => rmSync(place, { recursive: true, force: true }));

/** What loads the second file. */
function load_words(data) {
  return ['import', '--data', data, '--yes', '--as-of', day, join(place, 'more.csv')];
}

function items_file(name, letter, count) {
  const lines = Array.from({ length: count }, (_, n) => `FR01,C${n % 300},${letter}-${n},2026-03-01,2026-05-31,10.00,EUR`);
  writeFileSync(join(place, name), ['entity,customer_code,number,issue_date,due_date,amount,currency', ...lines].join('\n') + '\n');
}

/** Euros that are open: ten an item. */
const outstanding = (data) => Number(JSON.parse(command(['report', 'ageing', '--data', data, '--as-of', day, '--format', 'json'])).rows[0].outstanding);
const start = (words) => {
  const child = spawn(binary, words, { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  return { child, ended };
};

/** Each: what is begun and killed, what may be found afterwards, how it is done again. */
const works = {
  load: (data) => ({ ...start(load_words(data)), redo: () => command(load_words(data)), done: first_items + more_items }),
  async undo(data) {
    command(load_words(data));
    const undo = async () => {
      const desk = await start_desk({ data });
      const session = await sign_in(desk);
      const [load] = (await session.ask('/api/imports')).value.rows;
      const asked = session.ask(`/api/imports/${load.id ?? load.load_id}/undo`, { method: 'POST', json: { reason: 'test' } });
      return { desk, asked };
    };
    const { desk, asked } = await undo();
    asked.catch(() => {});
    return {
      child: desk.child,
      ended: desk.ended,
      done: first_items,
      async redo() {
        const again = await undo();
        assert.ok([200, 409, 422].includes((await again.asked).status));
        again.desk.child.kill('SIGTERM');
        await again.desk.ended;
      },
    };
  },
  backup: (data) => ({
    ...start(['backup', '--data', data, join(data, 'copy.db')]),
    done: first_items,
    redo() {
      rmSync(join(data, 'copy.db'), { force: true });
      command(['backup', '--data', data, join(data, 'copy.db')]);
      command(['restore', '--data', join(data, 'restored'), join(data, 'copy.db')]);
      assert.equal(outstanding(join(data, 'restored')), 10 * first_items);
    },
  }),
  restore(data) {
    const words = ['restore', '--data', data, '--replace', join(place, 'larger.db')];
    return { ...start(words), redo: () => command(words), done: first_items + more_items };
  },
  export: (data) => ({
    ...start(['export', '--data', data, join(data, 'written')]),
    done: first_items,
    redo() {
      if (existsSync(join(data, 'written'))) {
        // What was cut has no manifest and is never taken for a whole one.
        if (!existsSync(join(data, 'written', 'manifest.json')))
          assert.throws(() => command(['restore', '--data', join(data, 'cut'), join(data, 'written')]), /not a folder/);
        rmSync(join(data, 'written'), { recursive: true });
      }
      command(['export', '--data', data, join(data, 'written')]);
    },
  }),
};
const names = Object.keys(works);
/** Milliseconds over which the kills are spread. */
const spans = { load: 700, undo: 120, backup: 40, restore: 250, export: 80 };

async function killed(round) {
  const data = join(place, `round-${round}`);
  cpSync(join(place, 'company'), data, { recursive: true });
  const name = names[round % names.length];
  const { child, ended, redo, done } = await works[name](data);
  const before_it = name === 'undo' ? first_items + more_items : first_items;
  await pause(1 + ((round * 149) % spans[name]));
  child.kill('SIGKILL');
  await ended;
  const found = outstanding(data);
  assert.ok([10 * before_it, 10 * done].includes(found), `${name}: ${found} is open`);
  assert.match(command(['verify', '--data', data]), /chain of facts is whole/);
  await redo();
  assert.equal(outstanding(data), 10 * done, `${name} done again`);
  assert.match(command(['verify', '--data', data]), /chain of facts is whole/);
  rmSync(data, { recursive: true, force: true });
  return found === 10 * before_it ? 'before' : 'after';
}

test(`${rounds} kills in loads, undos, backups, restores and exports: before or after, never between`, async (context) => {
  const told = {};
  for (let round = 0; round < rounds; round += 1) {
    const key = `${names[round % names.length]} ${await killed(round)}`;
    told[key] = (told[key] ?? 0) + 1;
  }
  context.diagnostic(JSON.stringify(told));
});
