// Before a scenario counts: what its change does to whom, and what would leave with nobody's yes (COL-5, COL-8).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { late_customers, make_company, open_company } from './mailbox.mjs';

const customers = 20;
let company;
before(async () => {
  company = await open_company(make_company(late_customers(customers)));
});
after(() => company?.desk.stop());

/** The preview of the standard scenario changed, or of the rules. */
async function effect(change) {
  const policy = await company.get('/api/policy');
  const scenario = policy.scenarios.find((one) => one.code === 'standard');
  const body = change(scenario.steps, scenario, policy.rules) === 'rules' ? { rules: policy.rules } : { scenario };
  const answer = await company.send('POST', '/api/policy/preview', body);
  assert.equal(answer.status, 200, answer.text);
  const { changes, ...rest } = JSON.parse(answer.text);
  return { ...rest, changes: Object.fromEntries(changes.map((one) => [one.what, one.customers])) };
}
const step_due = (steps) => steps.find((one) => one.code === due);
let due;

test('nothing changed: nobody changes, and all are due one step', async () => {
  const same = await effect(() => {});
  assert.deepEqual([same.customers, same.changed, same.made_automatic], [customers, 0, []]);
  due = 'reminder';
});

test('a step made automatic: each customer, and the messages that would leave by themselves', async () => {
  const { changed, changes, by_itself, made_automatic, rows } = await effect((steps) => {
    step_due(steps).mode = 'automatic';
  });
  assert.deepEqual([changed, changes.mode], [customers, customers]);
  assert.deepEqual(by_itself, { before: 0, after: customers });
  assert.deepEqual(made_automatic.map((one) => [one.scenario, one.code]), [['standard', due]]);
  assert.deepEqual([rows[0].before.step.mode, rows[0].after.step.mode, rows[0].after.by_itself], ['confirm', 'automatic', true]);
  assert.ok(rows[0].changes.includes('mode') && rows[0].after.step.names.fr.length > 0);
});

test('above the ceiling it stays with a person, and is told so', async () => {
  const { by_itself, changes } = await effect((steps) => {
    step_due(steps).mode = 'automatic';
    step_due(steps).ceilings = [{ currency: 'EUR', amount: '0.01' }];
  });
  assert.deepEqual([by_itself.after, changes.limits], [0, customers]);
});

test('another text, channel, recipients, limits or hours of the step, and a later step', async () => {
  const told = async (change) => (await effect((steps) => change(step_due(steps), steps))).changes;
  assert.equal((await told((step) => (step.template = 'formal_notice'))).text, customers);
  assert.equal((await told((step) => (step.channel = 'letter'))).channel, customers);
  assert.equal((await told((step) => (step.to = ['legal']))).recipients, customers);
  assert.equal((await told((step) => (step.floors = [{ currency: 'EUR', amount: '0.01' }]))).limits, customers);
  assert.equal((await told((step) => (step.hours = { from: 6, to: 7 }))).timetable, customers);
  const later = await told((_, steps) => (steps.at(-1).trigger.days += 4));
  assert.deepEqual(later, { later_steps: customers });
});

test('the limits of the rules', async () => {
  const { changes } = await effect((_steps, _scenario, rules) => {
    rules.floors = [{ currency: 'EUR', amount: '0.01' }];
    return 'rules';
  });
  assert.equal(changes.limits, customers);
});

test('a notice that tells of new invoices by itself is named', async () => {
  const { made_automatic } = await effect((_, scenario) => {
    const names = { en: 'New invoice', fr: 'Nouvelle facture' };
    scenario.notices = [{ code: 'told', names, kind: 'new_invoice', days: 1, channel: 'email', mode: 'automatic', template: 'new_invoice', to: ['payables'], cc: [] }];
  });
  assert.deepEqual(made_automatic.map((one) => one.names.en), ['New invoice']);
});
