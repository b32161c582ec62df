// Whom a message is for: the contact a letter names, a copy for each who has one, a contact without a function rather than
// nobody; whose account it is (COL-7); what no message could be addressed with is refused where it is typed.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { company_of } from './company.mjs';
import { eventually, late_customer, pdf_text, print_letters } from './mailbox.mjs';

const company = company_of([late_customer('LET', { address: '1 rue A\n69003 Lyon' }), late_customer('BARE', { email: '' }), late_customer('NONE', { email: '' })]);
const { ids, ok } = company;
const contact = (code, json) => company.send('POST', `/api/customers/${ids[code]}/contacts`, json);
/** The first step of the standard scenario as wanted; the answer. */
async function first_step(changes) {
  const policy = await company.get('/api/policy');
  const scenario = policy.scenarios.find((one) => one.code === 'standard');
  Object.assign(scenario.steps.find((one) => one.code === 'reminder'), changes);
  return company.send('PUT', '/api/scenarios/standard', { version: policy.version, scenario, reason: 'test' });
}
const refused = (answer, words) => {
  assert.ok(answer.status >= 400 && answer.status < 500, answer.text);
  assert.match(answer.text, words);
};

test('what no message could be addressed with is refused where it is typed', async () => {
  refused(await contact('LET', { name: 'inj\r\nBcc: x@evil.test', role: 'payables', email: 'inj@let.test' }), /line end|control_character/);
  refused(await first_step({ to: ['pope'] }), /pope/);
  refused(await first_step({ cc: ['pope'] }), /pope/);
  refused(await first_step({ weekdays: [] }), /day of the week|no_weekday/);
  const [entity] = (await company.get('/api/settings/late-payment')).entities;
  const path = `/api/entities/${entity.id}/card`;
  const card = await company.get(path);
  refused(await company.send('PUT', path, { ...card, email: 'not-mail' }), /e-mail address|mail_address/);
  await ok('PUT', path, { ...card, email: 'accounts@nord.test' });
});

test('a contact without a function is written to where nobody else can be; the refusal says what to do', async () => {
  await contact('BARE', { name: 'Ann', email: 'ann@bare.test' });
  assert.deepEqual((await company.get(`/api/customers/${ids.BARE}/reminder`)).to.map((one) => one.address), ['ann@bare.test']);
  await contact('BARE', { name: 'Paula', role: 'payables', email: 'paula@bare.test' });
  assert.deepEqual((await company.get(`/api/customers/${ids.BARE}/reminder`)).to.map((one) => one.address), ['paula@bare.test']);
  await contact('NONE', { name: 'Eve', role: 'executive', email: 'eve@none.test' });
  refused(await company.send('GET', `/api/customers/${ids.NONE}/reminder`), /the function that is written to, such as payables/);
});

test('a letter names whom it is for, and each who has a copy has a sheet', async () => {
  await contact('LET', { name: 'Paula Payables', role: 'payables' });
  await contact('LET', { name: 'Eve Executive', role: 'executive' });
  const saved = await first_step({ channel: 'letter', to: ['payables'], cc: ['executive'], floors: [], ceilings: [] });
  assert.equal(saved.status, 200, saved.text);
  await ok('POST', '/api/reminders', { customers: [{ customer: ids.LET }] });
  const [letter] = await eventually('the letter', async () => {
    const list = await company.get('/api/letters?limit=10');
    return list.total === 1 ? list.rows : null;
  });
  const text = pdf_text((await print_letters(company, [letter.id])).bytes);
  assert.match(text, /Attn Paula Payables/);
  assert.match(text, /Attn Eve Executive[^]*Copy of the letter to\s+Paula Payables/);
});
