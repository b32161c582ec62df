// Groups, payment centres, the agenda's sections and calls at the API: what is answered, what is refused, what is kept.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demo_person } from './demo.mjs';

const person = demo_person();
const put = (path, json) => person.ask(path, { method: 'PUT', json });
const post = (path, json) => person.ask(path, { method: 'POST', json });
const get = async (path) => (await person.ask(path)).value;
const code_of = (answer) => answer.value.refusal?.code;

async function two_due() {
  const { rows } = await get('/api/agenda?limit=200');
  const first = rows[0];
  const second = rows.find((row) => row.entity.id === first.entity.id && row.customer.id !== first.customer.id);
  return [first.customer, second.customer];
}

test('a group is one row of the agenda, shown on both customers, and dissolved', async () => {
  const [master, member] = await two_due();
  const grouped = await put(`/api/customers/${member.id}/group`, { master: master.id });
  assert.equal(grouped.status, 200, grouped.text);
  assert.deepEqual(grouped.value.group, { master, members: [member], count: 1 });
  const sheet = await get(`/api/customers/${member.id}`);
  assert.deepEqual(sheet.customer.group, grouped.value.group);
  assert.deepEqual(sheet.decision.chased_with, master);
  assert.equal(sheet.decision.outcome, 'nothing');
  assert.match(sheet.decision.reasons[0].text, new RegExp(`Chased with ${master.name.slice(0, 4)}`));
  const row = await get(`/api/agenda/${master.id}`);
  assert.equal(row.group_size, 1);
  assert.ok(row.items.some((one) => one.item.customer.id === member.id));
  const refused = await post(`/api/customers/${member.id}/call`, { outcome: 'reached' });
  assert.deepEqual([refused.status, code_of(refused)], [409, 'chased_with_group']);
  const preview = await person.ask(`/api/customers/${master.id}/reminder`);
  assert.ok(preview.status === 200 || code_of(preview) === 'step_not_due', preview.text);
  const unsaid = await put(`/api/customers/${member.id}/group`, {});
  assert.deepEqual([unsaid.status, code_of(unsaid)], [400, 'field_missing']);
  const itself = await put(`/api/customers/${master.id}/group`, { master: master.id });
  assert.deepEqual([itself.status, code_of(itself)], [422, 'group_itself']);
  const unknown = await put(`/api/customers/${member.id}/group`, { master: 999999 });
  assert.deepEqual([unknown.status, code_of(unknown)], [404, 'not_found']);
  const alone = await put(`/api/customers/${member.id}/group`, { master: null });
  assert.equal(alone.value.group, null);
  assert.equal((await get(`/api/customers/${master.id}`)).customer.group, null);
});

test('a payment centre is set, shown and taken away', async () => {
  const [centre, customer] = await two_due();
  const set = await put(`/api/customers/${customer.id}/payment_centre`, { customer: centre.id });
  assert.equal(set.status, 200, set.text);
  assert.deepEqual(set.value.payment_centre, centre);
  assert.deepEqual((await get(`/api/customers/${customer.id}`)).customer.payment_centre, centre);
  const chain = await put(`/api/customers/${centre.id}/payment_centre`, { customer: customer.id });
  assert.deepEqual([chain.status, code_of(chain)], [409, 'centre_chain']);
  const own = await put(`/api/customers/${customer.id}/payment_centre`, { customer: null });
  assert.equal(own.value.payment_centre, null);
});

test('sections, calls and what was done', async () => {
  const sections = await get('/api/agenda_sections');
  for (const name of ['upcoming', 'errors', 'snoozed', 'notices']) assert.ok(sections[name].count >= sections[name].rows.length, name);
  const [customer] = await two_due();
  const missed = await post(`/api/customers/${customer.id}/call`, { outcome: 'not_reached', note: 'engaged' });
  assert.deepEqual([missed.status, missed.value], [200, { mark: null }]);
  const after_call = await get('/api/agenda_sections');
  assert.ok(after_call.snoozed.rows.some((row) => row.customer.id === customer.id));
  const reached = await post(`/api/customers/${customer.id}/call`, { outcome: 'reached', note: 'pays' });
  assert.ok(reached.value.mark > 0, reached.text);
  const done = await get(`/api/customers/${customer.id}/done`);
  assert.deepEqual(done.rows.slice(0, 2).map((row) => [row.call, row.note, row.contact]), [['reached', 'pays', true], ['not_reached', 'engaged', false]]);
  const back = await person.ask(`/api/customers/${customer.id}/step/${reached.value.mark}`, { method: 'DELETE' });
  assert.equal(back.status, 200, back.text);
  assert.equal((await get(`/api/customers/${customer.id}/done`)).rows[0].taken_back, true);
  const wrong = await post(`/api/customers/${customer.id}/call`, { outcome: 'shouted' });
  assert.deepEqual([wrong.status, code_of(wrong)], [400, 'field_invalid']);
  const run = await post('/api/runs', {});
  const { rows } = await get(`/api/runs/${run.value.id}?outcome=due`);
  assert.ok(rows.length > 0 && rows.every((row) => row.why.length > 0));
});
