// Who is greeted and who signs: the person written to and the one who writes, never another; what a formal notice claims and
// by which law; the country on an envelope (MSG-2, MSG-3, PEN-3, LAW-1).
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { command } from '../http/desk.mjs';
import { company_of } from './company.mjs';
import { eventually, late_customer, pdf_text, wednesday } from './mailbox.mjs';

const customer = (code, more = {}) =>
  late_customer(code, { address: '1 rue A\n69003 Lyon', items: [{ number: `F-${code}`, due: '2026-02-16', amount: '10000.00' }], ...more });
const company = company_of([
  customer('EXE'), customer('LATE', { items: [{ number: 'F-1', due: '2026-03-17', amount: '100.00' }] }), customer('PUB', { language: 'fr' }),
  customer('CON', { language: 'fr' }), customer('BIZ', { language: 'fr' }), customer('BER', { country: 'DE', language: 'de', address: 'Hauptstr. 1\n10117 Berlin' }),
  customer('MUN', { country: 'DE', language: 'de', address: 'Hauptstr. 2\n80331 München\nDeutschland' }),
  customer('MIX', { items: [['EUR', '100.05'], ['JPY', '15000'], ['USD', '12.34']].map(([currency, amount]) => ({ number: `M-${currency}`, due: '2026-03-10', amount, currency })) }),
]);
const { ids, ok } = company;

const card = async (more) => {
  const [entity] = (await company.get('/api/settings/late-payment')).entities;
  const path = `/api/entities/${entity.id}/card`;
  await ok('PUT', path, { ...(await company.get(path)), ...more });
};
const plain = (text) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const told = async (code, language, subject, text) => plain((await ok('POST', '/api/templates/preview', { customer: ids[code], language, subject, text })).text);
/** A shipped text on a customer, as it would be written today. */
async function shipped(code, template, language) {
  const text = (await company.get('/api/templates')).rows.find((one) => one.code === template && one.language === language);
  return told(code, language, text.subject, text.text);
}
/** The first step of the standard scenario as wanted. */
async function first_step(changes) {
  const policy = await company.get('/api/policy');
  const scenario = policy.scenarios.find((one) => one.code === 'standard');
  Object.assign(scenario.steps.find((one) => one.code === 'reminder'), changes);
  await ok('PUT', '/api/scenarios/standard', { version: policy.version, scenario, reason: 'test' });
}

test('the person written to is greeted, whatever others are known; nobody by another one’s name', async () => {
  const before_it = await company.get(`/api/customers/${ids.EXE}/reminder`);
  assert.match(before_it.text, /^Hello,/, 'an address without a person');
  await ok('POST', `/api/customers/${ids.EXE}/contacts`, { name: 'Paula Payables', role: 'payables', email: 'paula@exe.test' });
  await ok('POST', `/api/customers/${ids.EXE}/contacts`, { name: 'Eve Executive', role: 'executive', email: 'eve@exe.test' });
  const paula = await company.get(`/api/customers/${ids.EXE}/reminder`);
  assert.deepEqual(paula.to.map((one) => one.address), ['paula@exe.test']);
  assert.match(paula.text, /^Dear Paula Payables,/);
  await first_step({ to: ['executive', 'payables'] });
  const eve = await company.get(`/api/customers/${ids.EXE}/reminder`);
  assert.deepEqual(eve.to.map((one) => one.address), ['eve@exe.test']);
  assert.match(eve.text, /^Dear Eve Executive,/);
  assert.ok(!eve.text.includes('Paula'), eve.text);
  await first_step({ to: ['executive', 'payables'], channel: 'letter' });
  const letter = await company.get(`/api/customers/${ids.EXE}/reminder`);
  assert.match(letter.text, /^Hello,/, 'an envelope names the company');
  await first_step({ to: ['payables'], channel: 'email' });
});

test('who is no user does not sign with another one’s address, nor who has no mailbox', async () => {
  const text = '{{sender.name}} <{{sender.email}}> {{sender.phone}}';
  await ok('PATCH', `/api/customers/${ids.LATE}`, { collector: 'Zoe Nobody' });
  await card({ phone: '+33 1 23 45 67 89' });
  assert.equal((await told('LATE', 'en', 'x', text)).trim(), 'Accounts receivable <> +33 1 23 45 67 89');
  assert.equal((await told('LATE', 'fr', 'x', text)).trim(), 'Comptabilité clients <> +33 1 23 45 67 89');
  const nobody = await company.get(`/api/customers/${ids.EXE}/reminder`);
  assert.deepEqual([nobody.from.name, nobody.reply_to], ['FR01', '']);
  command(['user', 'add', '--data', company.desk.data, '--name', 'Max Manager', '--email', 'max@desk.test'], '', wednesday);
  assert.equal((await told('LATE', 'en', 'x', text)).trim(), 'Max Manager <max@desk.test> +33 1 23 45 67 89');
  const { from, reply_to } = await company.get(`/api/customers/${ids.EXE}/reminder`);
  assert.deepEqual([from.name, reply_to], ['Max Manager (FR01)', 'max@desk.test']);
});

test('one day is a day, and three currencies are a list', async () => {
  const text = '{{delay}} {{#items}}{{delay}}{{/items}}';
  assert.equal((await told('LATE', 'en', 'x', text)).trim(), '1 day 1 day');
  assert.equal((await told('LATE', 'fr', 'x', text)).trim(), '1 jour 1 jour');
  assert.match(await shipped('LATE', 'reminder_2', 'en'), /This invoice is still open; it fell due on 17 March 2026 \(1 day ago\):/);
  assert.match(await shipped('LATE', 'reminder_2', 'fr'), /Cette facture reste ouverte ; elle est échue depuis le 17 mars 2026 \(1 jour\) :/);
  assert.match(await shipped('LATE', 'reminder_2', 'fr'), /contestez cette facture, dites-nous pourquoi,/);
  for (const language of ['en', 'fr']) assert.ok(!(await shipped('LATE', 'reminder_1', language)).includes('\n\n\n'), 'no hole where nothing is attached');
  await card({ country: 'FR' });
  assert.match(await shipped('LATE', 'formal_notice', 'en'), /, 1 day at 12\.15 % a year:/);
  const sheet = JSON.stringify(await company.get(`/api/customers/${ids.LATE}`));
  assert.ok(sheet.includes('1 day late') && !/\b1 days\b/.test(sheet), sheet);
  assert.equal((await told('MIX', 'en', 'x', '{{total}}')).trim(), '100.05 EUR, 15,000 JPY and 12.34 USD');
});

test('a formal notice claims what is owed by the law it is owed by, and else nothing', async () => {
  const notice = (code, language = 'fr') => shipped(code, 'formal_notice', language);
  const business = await notice('BIZ');
  assert.match(business, /^Madame, Monsieur,/);
  for (const language of ['fr', 'en']) assert.doesNotMatch(await notice('BIZ', language), /this letter|cette lettre|présente lettre/, 'it may go by e-mail');
  assert.match(business, /articles L441-10 et D441-5 du code de commerce[^]*99,86 EUR[^]*40,00 EUR[^]*30 jours au taux de 12,15 %/);
  assert.match(await notice('BIZ', 'en'), /^Dear Sir or Madam,[^]*articles L441-10 and D441-5 of the French code de commerce/);
  const silent = (text) => {
    assert.ok(!/pénalit|intérêt|indemnité|code de commerce|code civil|commande publique|interest|recovery costs|L441/.test(text), text);
    assert.match(text, /mettons en demeure|formal notice/);
  };
  for (const code of ['PUB', 'CON']) await ok('PATCH', `/api/customers/${ids[code]}`, { segment: code });
  const late = await company.get('/api/settings/late-payment');
  const segment = (text) => late.segments.find((one) => one.text === text).id;
  await ok('PUT', '/api/settings/late-payment', { version: late.version, public_segments: [segment('PUB')], consumer_segments: [segment('CON')] });
  silent(await notice('CON'));
  const of_the_public = await notice('PUB');
  assert.match(of_the_public, /articles L2192-13, R2192-31 et D2192-35 du code de la commande publique[^]*10,15 %/);
  assert.ok(!of_the_public.includes('L441'), of_the_public);
  await card({ country: 'DE' });
  const german = await notice('BIZ', 'en');
  assert.match(german, /\(§ 288 BGB\)/);
  assert.ok(!/French|L441/.test(german), german);
  await card({ country: 'US' });
  silent(await notice('BIZ', 'en'));
  await card({ country: 'FR', penalties_shown: false });
  silent(await notice('BIZ'));
  silent(await notice('PUB'));
  await card({ penalties_shown: true });
});

test('the last letter speaks of no formal notice: not every scenario sent one', async () => {
  assert.ok(!/formal notice/i.test(await shipped('BIZ', 'final_notice', 'en')));
  assert.ok(!/mise en demeure/i.test(await shipped('BIZ', 'final_notice', 'fr')));
  for (const language of ['en', 'fr']) assert.ok(!/formal notice|mise en demeure/i.test(await shipped('BIZ', 'firm_reminder', language)));
});

test('a letter abroad carries its country in capitals, once; at home it carries none', async () => {
  await first_step({ to: ['payables'], channel: 'letter' });
  await card({ country: 'FR' });
  const ask = ['BER', 'MUN', 'BIZ'].map((code) => ({ customer: ids[code] }));
  assert.deepEqual((await ok('POST', '/api/reminders', { customers: ask })).rows.filter((row) => row.refusal), []);
  const list = await eventually('three letters', async () => {
    const now = await company.get('/api/letters?limit=10');
    return now.total === 3 ? now : null;
  });
  const addresses = Object.fromEntries(list.rows.map((row) => [row.customer.code, row.address]));
  assert.deepEqual(addresses.BER, ['Hauptstr. 1', '10117 Berlin', 'ALLEMAGNE']);
  assert.deepEqual(addresses.MUN, ['Hauptstr. 2', '80331 München', 'Deutschland'], 'it says so already');
  assert.deepEqual(addresses.BIZ, ['1 rue A', '69003 Lyon']);
  assert.deepEqual(list.rows.find((row) => row.customer.code === 'BER').town, 'Berlin');
  const letter = list.rows.find((row) => row.customer.code === 'BER');
  const { content } = await company.get(`/api/messages/${letter.id}`);
  assert.match(content.to[0].address, /ALLEMAGNE$/);
  await card({ country: 'ES' });
  const seen = await company.get(`/api/messages/${letter.id}`);
  assert.match(seen.content.to[0].address, /ALLEMAGNE$/, 'what is frozen stays');
});
