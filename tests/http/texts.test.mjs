// Texts at the API (MSG-2): a new one, its versions, back to the words delivered, and its end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demo_person } from './demo.mjs';

const person = demo_person();
const get = async (path) => (await person.ask(path)).value;
const send = (method, path, json) => person.ask(path, { method, json });
const texts = async (code) => (await get('/api/templates')).rows.filter((one) => one.code === code);
const refused = (answer) => [answer.status, answer.value.refusal?.code, answer.value.refusal?.data.reason];

test('a new text takes the words of another in both languages, under a name of its own', async () => {
  const added = await send('POST', '/api/templates', { code: 'our_first', name: 'Our first one', begins_with: 'reminder_1' });
  assert.equal(added.status, 201, added.text);
  const [en, fr] = await texts('our_first');
  const [delivered, livre] = await texts('reminder_1');
  assert.deepEqual([en.text, fr.text, en.name, en.shipped], [delivered.text, livre.text, 'Our first one', false]);
  assert.equal(delivered.name, null, 'those delivered are named by the pages');
  const bare = await send('POST', '/api/templates', { code: 'bare', name: 'Bare' });
  assert.equal(bare.status, 201, bare.text);
  assert.match((await texts('bare'))[0].text, /{{items_table}}/);
});

test('a code that is taken, a name of two lines and an unknown beginning are refused', async () => {
  const taken = await send('POST', '/api/templates', { code: 'reminder_1', name: 'Mine' });
  assert.deepEqual(refused(taken), [400, 'field_invalid', 'code_taken']);
  assert.match(taken.value.refusal.text, /a text with the code “reminder_1” already/);
  const lines = await send('POST', '/api/templates', { code: 'two', name: 'a\nb' });
  assert.deepEqual(refused(lines).slice(0, 2), [400, 'field_invalid']);
  const unknown = await send('POST', '/api/templates', { code: 'two', name: 'Two', begins_with: 'poem' });
  assert.deepEqual(refused(unknown).slice(0, 2), [422, 'template_unknown']);
  const spelt = await send('POST', '/api/templates', { code: 'Two words', name: 'Two' });
  assert.equal(refused(spelt)[1], 'field_invalid');
  assert.deepEqual(await texts('two'), [], 'nothing of it is kept');
});

test('every version can be read; the words delivered make it as delivered again', async () => {
  const path = '/api/templates/reminder_2/fr';
  const [, delivered] = await texts('reminder_2');
  const first = await send('PUT', path, { subject: 'Un', text: 'Un.', version: 0 });
  const second = await send('PUT', path, { subject: 'Deux', text: 'Deux.', version: first.value.version });
  assert.equal(second.status, 200, second.text);
  const { rows } = await get(`${path}/versions`);
  assert.deepEqual(rows.map((one) => one.subject), ['Deux', 'Un', delivered.subject]);
  assert.deepEqual([rows[2].version, rows[2].at, typeof rows[0].by], [0, null, 'string']);

  const back = await send('PUT', path, { subject: rows[2].subject, text: rows[2].text, version: second.value.version });
  assert.deepEqual([back.status, back.value.version, back.value.shipped], [200, 0, true]);
  assert.deepEqual((await texts('reminder_2'))[1], { ...delivered });
  assert.equal((await get(`${path}/versions`)).rows.length, 3, 'nothing is lost');
  const late = await send('PUT', path, { subject: 'Trois', text: 'Trois.', version: second.value.version });
  assert.deepEqual(refused(late).slice(0, 2), [409, 'changed_meanwhile']);
  const older = await send('PUT', path, { subject: 'Un', text: 'Un.', version: 0 });
  assert.ok(older.value.version > second.value.version);
});

test('a text that a scenario or an action uses stays, and its users are named; then it goes', async () => {
  const policy = await get('/api/policy');
  const scenario = policy.scenarios.find((one) => one.code === 'careful');
  const step = scenario.steps.find((one) => one.template !== null);
  const was = step.template;
  step.template = 'our_first';
  const saved = await send('PUT', '/api/scenarios/careful', { version: policy.version, scenario });
  assert.equal(saved.status, 200, saved.text);
  const used = await send('DELETE', '/api/templates/our_first');
  assert.deepEqual(refused(used), [409, 'scenario_in_use', 'text_used']);
  assert.ok(used.value.refusal.text.includes(scenario.names.en), used.text);
  step.template = was;
  await send('PUT', '/api/scenarios/careful', { version: saved.value.version, scenario });

  const gone = await send('DELETE', '/api/templates/our_first');
  assert.equal(gone.status, 200, gone.text);
  assert.deepEqual(await texts('our_first'), []);
  assert.equal(refused(await send('DELETE', '/api/templates/our_first'))[1], 'template_unknown');
  assert.deepEqual(refused(await send('DELETE', '/api/templates/reminder_1')), [400, 'field_invalid', 'delivered']);
  const again = await send('POST', '/api/templates', { code: 'our_first', name: 'Another' });
  assert.equal(again.status, 201, again.text);
  assert.equal((await texts('our_first'))[0].name, 'Another');
});
