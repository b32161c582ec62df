// Scenarios, rules, replays and actions of their own at the API: what is answered, what is refused, what is kept.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demo_person } from './demo.mjs';

const person = demo_person();
const policy = async () => (await person.ask('/api/policy')).value;
const put = (path, json) => person.ask(path, { method: 'PUT', json });
const post = (path, json) => person.ask(path, { method: 'POST', json });
const code_of = (answer) => answer.value.refusal?.code;
const named = (all, code) => all.scenarios.find((one) => one.code === code);

test('six scenarios are shipped and nothing is automatic', async () => {
  const { version, scenarios, rules } = await policy();
  assert.equal(version, 0);
  assert.deepEqual(
    scenarios.map((one) => one.code),
    ['standard', 'careful', 'key_account', 'small_balances', 'public_buyer', 'international'],
  );
  assert.equal(rules.default_scenario, 'standard');
  assert.ok(scenarios.every((one) => one.steps.every((step) => step.mode !== 'automatic' && step.names.fr)));
});

test('an edit is previewed, saved once over the version seen, and a draft comes and goes', async () => {
  const seen = await policy();
  const scenario = named(seen, 'standard');
  scenario.steps = scenario.steps.filter((step) => step.code !== 'reminder');
  const preview = await post('/api/policy/preview', { scenario });
  assert.equal(preview.status, 200, preview.text);
  assert.ok(preview.value.changed > 0);
  assert.ok(preview.value.rows.length <= 500);
  assert.equal((await policy()).version, seen.version);

  const saved = await put('/api/scenarios/standard', { version: seen.version, scenario, reason: 'too soft' });
  assert.equal(saved.status, 200, saved.text);
  assert.equal(saved.value.version, seen.version + 1);
  assert.deepEqual(named(saved.value, 'standard').former, [{ code: 'reminder', base: 'due', days: 3 }]);
  const late = await put('/api/scenarios/standard', { version: seen.version, scenario });
  assert.deepEqual([late.status, code_of(late)], [409, 'changed_meanwhile']);

  const version = saved.value.version;
  const copy = await post('/api/scenarios/standard/duplicate', { version, code: 'wholesale', names: { en: 'Wholesale' } });
  assert.equal(named(copy.value, 'wholesale').state, 'draft');
  const gone = await person.ask(`/api/scenarios/wholesale?version=${version + 1}`, { method: 'DELETE' });
  assert.equal(gone.status, 200, gone.text);
  assert.equal(named(gone.value, 'wholesale'), undefined);
  const kept = await person.ask(`/api/scenarios/standard?version=${version + 2}`, { method: 'DELETE' });
  assert.deepEqual([kept.status, code_of(kept)], [409, 'scenario_not_draft']);
});

test('what is wrong is named with its place and nothing is kept', async () => {
  const { version, ...all } = await policy();
  const scenario = named(all, 'careful');
  const wrong = async (change, code, field) => {
    const copy = structuredClone(scenario);
    change(copy.steps);
    const answer = await put('/api/scenarios/careful', { version, scenario: copy });
    assert.equal(code_of(answer), code, answer.text);
    if (field) assert.equal(answer.value.refusal.data.field, field);
  };
  await wrong((steps) => (steps[1].channel = 'fax'), 'field_invalid', 'steps[1].channel');
  await wrong((steps) => (steps[1].template = 'poem'), 'template_unknown');
  await wrong((steps) => (steps[1].template = null), 'template_missing');
  await wrong((steps) => (steps[1].code = steps[0].code), 'step_code_twice');
  await wrong((steps) => steps.reverse(), 'step_order');
  const rules = { ...all.rules, assignment: [{ rank: 1, scenario: 'careful', segment: 999_999 }] };
  assert.equal(code_of(await put('/api/policy/rules', { version, rules })), 'field_invalid');
  assert.equal((await policy()).version, version);
});

test('a refusal names fields and steps as the pages do, in both languages', async () => {
  const { version, ...all } = await policy();
  const told = async (change, language) => {
    const scenario = structuredClone(named(all, 'careful'));
    change(scenario.steps);
    const path = '/api/scenarios/careful';
    const answer = await person.ask(path, { method: 'PUT', json: { version, scenario }, headers: { 'Accept-Language': language } });
    assert.ok(answer.status >= 400, answer.text);
    return answer.value.refusal.text;
  };
  const hours = (steps) => (steps[1].hours = { from: 18, to: 8 });
  assert.match(await told(hours, 'en'), /The hours of “Reminder” cannot be/);
  assert.match(await told(hours, 'fr'), /Les heures de « Relance » ne vont pas/);
  const again = (steps) => (steps[1].repeat = { days: 7, cap: 1 });
  assert.match(await told(again, 'fr'), /Relance/);
  assert.doesNotMatch(await told(again, 'fr'), /reminder/);
  assert.match(await told((steps) => (steps[1].channel = 'fax'), 'fr'), /« Canal \(2\) »/);
  const mail = async (language) =>
    (await person.ask('/api/settings/mail', { method: 'PUT', json: { host: 'smtp.test', port: 587, security: 'starttls', user: '', from_address: '', reply_domain: '', public_url: '', per_minute_and_domain: 10, allowed: [] }, headers: { 'Accept-Language': language } })).value.refusal.text;
  assert.match(await mail('fr'), /Le champ « Expéditeur » manque/);
  assert.match(await mail('en'), /The field “Sender” is missing/);
});

test('rules are saved and followed', async () => {
  const { version, rules } = await policy();
  const saved = await put('/api/policy/rules', {
    version,
    rules: { ...rules, min_gap_days: 9, assignment: [{ rank: 1, scenario: 'careful', country: 'FR' }] },
  });
  assert.equal(saved.status, 200, saved.text);
  assert.equal(saved.value.rules.min_gap_days, 9);
  assert.equal(saved.value.rules.assignment[0].country, 'FR');
});

test('a replay tells the policy, another scenario and what was really done', async () => {
  const day = (back) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  const answer = await post('/api/simulations', { from: day(90), to: day(1), other: 'careful' });
  assert.equal(answer.status, 200, answer.text);
  const { simulated, other, really } = answer.value;
  assert.deepEqual([really.clashes, really.caps_hit, really.broken_promises, really.suppressed], [null, null, null, null], 'nobody kept them');
  assert.ok(simulated.clashes !== null && Array.isArray(simulated.suppressed));
  assert.ok(simulated.contacts > 0 && other.contacts > 0);
  assert.ok(simulated.actions.email > other.actions.email);
  assert.ok(really.contacts > 0, 'what the demo did in the past is told beside');
  assert.equal(code_of(await post('/api/simulations', { from: day(1), to: day(-5) })), 'field_invalid');
});

test('a customer gets a scenario, a specific action and a rest', async () => {
  const row = (await person.ask('/api/agenda?outcome=due')).value.rows[0];
  const id = row.customer.id;
  assert.equal((await post(`/api/customers/${id}/scenario`, { scenario: 'careful' })).status, 200);
  assert.equal(code_of(await post(`/api/customers/${id}/scenario`, { scenario: 'nobody' })), 'field_invalid');
  const item = (await person.ask(`/api/items?state=overdue&customer=${id}`)).value.rows[0];
  const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  const wish = { items: [item.id], day, channel: 'call', title: 'ask the buyer' };
  const added = await post(`/api/customers/${id}/actions`, wish);
  assert.equal(added.status, 200, added.text);
  const action = added.value.actions[0];
  assert.deepEqual([action.channel, action.day, action.title], ['call', day, 'ask the buyer']);
  assert.deepEqual((await post(`/api/customers/${id}/actions/${action.id}/end`, { what: 'cancelled' })).value.actions, []);
  assert.equal((await post(`/api/customers/${id}/snooze`, { until: day })).value.snoozed_until, day);
  assert.equal((await post(`/api/customers/${id}/snooze`, { until: null })).value.snoozed_until, null);
  assert.equal(code_of(await post('/api/customers/999999/snooze', { until: day })), 'not_found');
});
