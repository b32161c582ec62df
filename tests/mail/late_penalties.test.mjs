// Late penalties as a customer is told them: by the law of the creditor's country, by semester, by the kind of debtor;
// what cannot be told rightly is not told, and the story says why (PEN-1 … PEN-3, LAW-1).
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { eventually, make_company, open_company, set_mail, start_mailbox } from './mailbox.mjs';

const text = '{{#penalties}}{{penalty_interest}} and {{penalty_indemnity}} at {{penalty_rate}}\n{{#penalty_lines}}\n{{number}} {{from}} {{to}} {{days}} {{rate}} {{amount}} {{interest}}\n{{/penalty_lines}}\n{{/penalties}}{{^penalties}}nothing{{/penalties}}\n';
let data;
let company;
let ids;
let entity;
before(async () => {
  data = make_company([
    { code: 'OLD', name: 'Old', language: 'en', email: 'ap@old.test', items: [{ number: 'F-1', issued: '2024-04-01', due: '2024-05-31', amount: '10000.00' }] },
    { code: 'NEW', name: 'New', language: 'fr', email: 'ap@new.test', items: [{ number: 'F-2', due: '2026-02-16', amount: '10000.00' }] },
    { code: 'TWO', name: 'Two', language: 'en', email: 'ap@two.test', items: [{ number: 'F-3', due: '2026-02-16', amount: '10000.00' }, { number: 'F-4', due: '2026-02-16', amount: '500.00', currency: 'USD' }] },
    { code: 'PART', name: 'Part', language: 'en', email: 'ap@part.test', items: ['2026-01-01', '2026-02-01', '2026-03-01'].map((due) => ({ number: 'F-5', issued: '2025-11-01', due, amount: '100.00' })) },
  ]);
  company = await open_company(data);
  const rows = (await company.get('/api/customers?limit=50')).rows;
  ids = Object.fromEntries(rows.map((row) => [row.code, row.id]));
  [entity] = (await company.get('/api/settings/late-payment')).entities;
});
after(async () => {
  await company?.desk.stop();
  rmSync(data, { recursive: true, force: true });
});

async function told(code, wish = text) {
  const answer = await company.send('POST', '/api/templates/preview', { customer: ids[code], language: code === 'NEW' ? 'fr' : 'en', subject: 'x', text: wish });
  assert.equal(answer.status, 200, answer.text);
  return answer.value.text.replaceAll(/[\u00a0\u202f]/g, ' ').trim().split('\n');
}
const card = async (more) => {
  const path = `/api/entities/${entity.id}/card`;
  const saved = await company.send('PUT', path, { ...(await company.get(path)), ...more });
  assert.equal(saved.status, 200, saved.text);
};
const settings = async (wish) => {
  const { version } = await company.get('/api/settings/late-payment');
  return company.send('PUT', '/api/settings/late-payment', { version, ...wish });
};

test('a company of ours without a country claims nothing, and says so', async () => {
  assert.deepEqual(await told('NEW'), ['nothing']);
  const mailbox = await start_mailbox();
  const asked = await company.send('PUT', '/api/templates/reminder_1/fr', { subject: 'Relance', text });
  assert.equal(asked.status, 200, asked.text);
  const yes = await company.send('POST', `/api/customers/${ids.NEW}/messages`, { template: 'reminder_1' });
  await set_mail(company, mailbox.port);
  const sent = await eventually('sent', async () => {
    const now = await company.get(`/api/messages/${yes.value.id ?? yes.value.message}`);
    return now.state === 'sent' ? now : null;
  });
  assert.ok(sent.story.some((event) => event.detail === 'penalties_entity_without_country'), JSON.stringify(sent.story));
  await mailbox.stop();
});

test('the country is written on the card; France adds ten points', async () => {
  for (const country of ['fr', 'FRA', '1']) {
    const path = `/api/entities/${entity.id}/card`;
    assert.equal((await company.send('PUT', path, { country })).status, 400, country);
  }
  await card({ country: 'FR' });
  // 10 000 × 12.15 % × 30 / 365
  assert.deepEqual(await told('NEW'), ['99,86 EUR and 40,00 EUR at 12,15 %', 'F-2 17/02/2026 18/03/2026 30 12,15 % 10 000,00 EUR 99,86 EUR']);
  await card({ country: 'ES' });
  assert.match((await told('NEW'))[0], /^83,42 EUR and 40,00 EUR at 10,15 %$/);
  await card({ country: 'US' });
  assert.deepEqual(await told('NEW'), ['nothing']);
  await card({ country: 'FR' });
});

test('each semester is told at its own rate; each line recomputes, and the lines sum to the whole', async () => {
  const [whole, ...lines] = await told('OLD');
  const rates = ['14.50 %', '14.25 %', '13.15 %', '12.15 %', '12.15 %'];
  assert.deepEqual(lines.map((line) => / (\d+\.\d\d %) /.exec(line)[1]), rates);
  assert.ok(whole.endsWith('at 14.50 %, 14.25 %, 13.15 %, 12.15 %'), whole);
  assert.equal(lines[0], 'F-1 01/06/2024 30/06/2024 30 14.50 % 10,000.00 EUR 119.18 EUR');
  const cents = (line) => Number(/([\d,]+)\.(\d\d) EUR$/.exec(line).slice(1).join('').replace(',', ''));
  for (const line of lines) {
    const [, days, rate] = / (\d+) (\d+\.\d\d) %/.exec(line);
    // 10 000.00 × rate × days / 365, in cents: exact in whole numbers, rounded once.
    assert.equal(cents(line), Math.round((1_000_000 * Math.round(Number(rate) * 100) * Number(days)) / 3_650_000), line);
  }
  const sum = lines.map(cents).reduce((a, b) => a + b, 0);
  assert.equal(sum, Number(/^([\d,]+)\.(\d\d)/.exec(whole).slice(1).join('').replace(',', '')));
});

test('a currency without a table leaves that currency out, and nothing else', async () => {
  assert.match((await told('TWO'))[0], /^99\.86 EUR and 40\.00 EUR at 12\.15 %$/);
});

test('public buyers owe by their own points, consumers nothing, an agreement never less than the law', async () => {
  const segments = (await company.get('/api/settings/late-payment')).segments;
  if (segments.length === 0) {
    const changed = await company.send('PATCH', `/api/customers/${ids.TWO}`, { segment: 'Town halls' });
    assert.equal(changed.status, 200, changed.text);
  }
  const [segment] = (await company.get('/api/settings/late-payment')).segments;
  assert.equal((await settings({ public_segments: [segment.id] })).status, 200);
  assert.match((await told('TWO'))[0], /at 10\.15 %$/);
  assert.match((await told('NEW'))[0], /12,15 %$/, 'another segment');
  assert.equal((await settings({ consumer_segments: [segment.id] })).status, 200);
  assert.deepEqual(await told('TWO'), ['nothing']);
  assert.equal((await settings({ public_segments: [segment.id], consumer_segments: [segment.id] })).status, 400);
  assert.equal((await settings({ agreed: [{ entity: entity.id, percent: '18.00' }] })).status, 200);
  assert.match((await told('NEW'))[0], /18,00 %$/, 'above three times the legal rate that is shipped');
  const legal = { series: 'legal.FR', from: '2026-01-01', percent: '2.00', source: 'test' };
  assert.equal((await settings({ rates: [legal], agreed: [{ entity: entity.id, percent: '18.00' }] })).status, 200);
  assert.match((await told('NEW'))[0], /18,00 %$/);
  assert.equal((await settings({ rates: [legal], agreed: [{ entity: entity.id, percent: '5.00' }] })).status, 200);
  assert.match((await told('NEW'))[0], / 6,00 %$/, 'three times 2.00');
  assert.equal((await settings({})).status, 200);
});

test('an administrator enters a rate; what cannot be one is refused by name', async () => {
  const row = { series: 'reference', from: '2026-01-01', percent: '3.00', source: 'European Central Bank' };
  const saved = await settings({ rates: [row] });
  assert.equal(saved.status, 200, saved.text);
  assert.deepEqual(saved.value.rates.find((one) => one.series === 'reference' && one.from === '2026-01-01'), { ...row, entered: true });
  assert.match((await told('NEW'))[0], /13,00 %$/);
  for (const [field, wrong] of Object.entries({ series: 'nobody', from: '2026-02-01', percent: '1,5' })) {
    const refused = await settings({ rates: [{ ...row, [field]: wrong }] });
    assert.deepEqual([refused.status, refused.value.refusal?.code, refused.value.refusal?.data.field], [400, 'field_invalid', field]);
  }
  assert.equal((await settings({ rates: 'all' })).status, 400);
  assert.equal((await settings({ rates: [7] })).status, 400);
  assert.match((await told('NEW'))[0], /13,00 %$/, 'nothing refused was saved');
  await settings({});
});

test('what cannot be is refused by name, and nothing of it is saved', async () => {
  const row = { series: 'base.DE', from: '2026-07-01', percent: '-0.88', source: 'Bundesbank' };
  const agreed = { entity: entity.id, percent: '5.00' };
  const before_it = await company.get('/api/settings/late-payment');
  const [segment] = before_it.segments;
  for (const [field, wish] of [
    ['rates', { rates: [row, { ...row, percent: '1.00' }] }],
    ['agreed', { agreed: [agreed, { ...agreed, percent: '6.00' }] }],
    ['agreed', { agreed: [{ entity: 999, percent: '5.00' }] }],
    ['public_segments', { public_segments: [12345] }],
    ['consumer_segments', { consumer_segments: [segment.id, 12345] }],
    ['percent', { rates: [{ ...row, percent: '100' }] }],
    ['percent', { rates: [{ ...row, percent: '1.234' }] }],
    ['percent', { agreed: [{ entity: entity.id, percent: '-1' }] }],
    ['version', { version: 'new' }],
  ]) {
    const refused = await settings(wish);
    assert.deepEqual([refused.status, refused.value.refusal?.code, refused.value.refusal?.data.field], [400, 'field_invalid', field], JSON.stringify(wish));
  }
  const unversioned = await company.send('PUT', '/api/settings/late-payment', {});
  assert.deepEqual([unversioned.status, unversioned.value.refusal?.data.field], [400, 'version'], 'nothing is wiped by an empty body');
  assert.deepEqual(await company.get('/api/settings/late-payment'), before_it);
  const negative = await settings({ rates: [row] });
  assert.equal(negative.value.rates.find((one) => one.series === 'base.DE' && one.from === row.from).percent, '-0.88');
});

test('two administrators do not overwrite each other', async () => {
  const { version } = await company.get('/api/settings/late-payment');
  const first = await company.send('PUT', '/api/settings/late-payment', { version, agreed: [{ entity: entity.id, percent: '15.00' }] });
  assert.equal(first.status, 200, first.text);
  assert.notEqual(first.value.version, version);
  const second = await company.send('PUT', '/api/settings/late-payment', { version, agreed: [] });
  assert.deepEqual([second.status, second.value.refusal.code], [409, 'changed_meanwhile']);
  assert.deepEqual((await company.get('/api/settings/late-payment')).agreed, [{ entity: entity.id, percent: '15.00' }]);
});

test('the page tells what customers are claimed: rate, points and sum', async () => {
  await settings({});
  const { semester, countries, entities } = await company.get('/api/settings/late-payment');
  assert.equal(semester, '2026-01-01');
  const of = (code) => countries.find((one) => one.country === code);
  assert.equal(of('FR').from, '2026-01-01');
  assert.deepEqual([of('FR').rate, of('FR').points, of('FR').company, of('FR').public_buyer], ['2.15', 10, '12.15', '10.15']);
  assert.deepEqual([of('BE').rate, of('BE').company], ['2.15', '10.50'], 'the law rounds up');
  assert.equal(of('DE').company, '10.27');
  assert.deepEqual([entities[0].company, entities[0].public_buyer], ['12.15', '10.15']);
  const agreed = await settings({ agreed: [{ entity: entity.id, percent: '5.00' }] });
  assert.deepEqual([agreed.value.entities[0].company, agreed.value.entities[0].public_buyer], ['7.86', '10.15'], 'three times 2.62');
  await settings({});
});

test('an invoice in three instalments bears the fixed costs once', async () => {
  const [sums] = await told('PART', '{{#penalties}}{{penalty_indemnity}}{{/penalties}}\n');
  assert.match(sums, /^40\.00/);
});
