// What the people of the demo company said is read in the reader's language; what a user writes stays as he wrote it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { sign_in, start_desk } from './desk.mjs';

let desk;
let session;
before(async () => {
  desk = await start_desk({ words: ['--demo-if-empty'] });
  session = await sign_in(desk);
});
after(() => desk?.stop());

async function reasons(language) {
  const { rows } = (await session.ask('/api/customers?limit=200')).value;
  const said = new Map();
  for (const { id } of rows) {
    const sheet = (await session.ask(`/api/customers/${id}`, { headers: { 'Accept-Language': language } })).value;
    for (const one of sheet.standings) said.set(one.id, one.reason);
  }
  return said;
}

test('each reason of the demo is in English for an English reader, in French for a French one', async () => {
  const [english, french] = [await reasons('en'), await reasons('fr')];
  const pairs = new Map([...english].filter(([, said]) => said !== '').map(([id, said]) => [said, french.get(id)]));
  assert.ok(pairs.size >= 3, [...pairs.keys()].join());
  assert.equal(pairs.get('Contested by the customer'), 'Contesté par le client');
  for (const [said, dit] of pairs) {
    assert.notEqual(dit, said);
    for (const text of [said, dit]) assert.doesNotMatch(text, /_/, 'a code is told to nobody');
  }
});

test('a reason that a user wrote is nobody’s to translate', async () => {
  const [{ id }] = (await session.ask('/api/customers?limit=1')).value.rows;
  const made = await session.ask('/api/standings', { method: 'POST', json: { kind: 'stop', customer: id, from: new Date().toISOString().slice(0, 10), reason: 'Contested by the customer' } });
  assert.equal(made.status, 201, made.text);
  const sheet = (await session.ask(`/api/customers/${id}`, { headers: { 'Accept-Language': 'fr' } })).value;
  assert.ok(sheet.standings.some((one) => one.reason === 'Contested by the customer'));
});
