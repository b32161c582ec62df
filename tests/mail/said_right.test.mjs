// What a message says is so: the sum to pay less what came, in words, table, QR code and statement alike; no word of reminders
// that were never sent; a bank account that can be paid to; an insolvency or a debit under way that a person tells (COL-7, MSG-2,
// COL-6, LAW-4).
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { customer_ids, eventually, item_ids, late_customer, make_company, open_company, pdf_text, set_mail, start_mailbox } from './mailbox.mjs';

const customer = (code, more = {}) =>
  late_customer(code, { address: '1 rue Y\n69003 Lyon', items: [{ number: `${code}-1`, due: '2026-03-10', amount: '100.00' }], ...more });
const card = {
  name: 'Nord', address: '1 rue X\n75001 Paris', registration: '', vat_number: '', phone: '', email: '', iban: 'FR1420041010050500013M02606',
  bic: 'PSSTFRPPPAR', logo_png: '', country: 'FR', time_zone: '', penalties_shown: false,
};

let data;
let company;
let mailbox;
let ids;
let items;
before(async () => {
  data = make_company([customer('CREDIT'), customer('FIRST'), customer('VIREMENT', { language: 'fr' }), customer('GONE'), customer('DEBIT'), customer('BANK'),
    ...['KNOWN', 'CONNU'].map((code) => customer(code, { language: code === 'CONNU' ? 'fr' : 'en', items: ['1', '2', '3', '4'].map((place) => ({ number: `${code}-${place}`, due: '2026-03-10', amount: '120.00' })) })),
    ...['HEAD', 'MEMBER'].map((code) => customer(code, { name: `The long established ${code} of joiners and carpenters`, items: [{ number: `INVOICE-2026-${code}-1`, due: '2026-03-10', amount: '1012345.67' }] }))]);
  company = await open_company(data);
  mailbox = await start_mailbox();
  ids = await customer_ids(company);
  items = await item_ids(company);
  assert.equal((await put_card(card)).status, 200);
});
after(async () => {
  await company?.desk.stop();
  await mailbox?.stop();
  rmSync(data, { recursive: true, force: true });
});

const put_card = (wish) => company.send('PUT', '/api/entities/1/card', wish);
const plain = (text) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const told = async (code, template, language = 'en') => {
  const text = (await company.get('/api/templates')).rows.find((one) => one.code === template && one.language === language);
  const seen = await company.send('POST', '/api/templates/preview', { language, subject: text.subject, text: text.text, customer: ids[code] });
  assert.equal(seen.status, 200, seen.text);
  return { subject: plain(seen.value.subject), text: plain(seen.value.text) };
};
const letter_to = (code) => eventually(code, () => mailbox.letters.find((one) => one.to.includes(`ap@${code.toLowerCase()}.test`)));

test('80 of 100 came without a number: words, table, QR code and statement ask for 20', async () => {
  for (const code of ['CREDIT', 'VIREMENT']) {
    const paid = await company.send('POST', '/api/payments', { customer: ids[code], amount: '80.00', currency: 'EUR', date: '2026-03-17' });
    assert.ok(paid.status < 300, paid.text);
  }
  await set_mail(company, mailbox.port);
  const yes = await company.send('POST', '/api/reminders', { customers: [{ customer: ids.CREDIT }, { customer: ids.VIREMENT }] });
  assert.ok(yes.value.rows.every((row) => row.message !== null), yes.text);
  const { mail } = await letter_to('CREDIT');
  assert.match(plain(mail.subject), /: 20\.00 EUR past due/);
  const text = plain(mail.text);
  assert.match(text, /Total: 100\.00 EUR\nPayments and credits on your account: [−-]80\.00 EUR\nTo pay: 20\.00 EUR/);
  assert.match(plain(mail.html), /Payments and credits on your account<[^]*[−-]80\.00 EUR<[^]*To pay<[^]*20\.00 EUR</);
  const statement = plain(pdf_text(mail.attachments[0].content));
  assert.match(statement, /Outstanding +20\.00 EUR/);
  assert.match(statement, /Payment reference[^]*\n *20\.00 EUR/, 'what the QR code fills in');
  assert.match(plain((await letter_to('VIREMENT')).mail.text), /Total : 100,00 EUR\nRèglements et avoirs sur votre compte : [−-]80,00 EUR\nÀ payer : 20,00 EUR/);
});

test('a formal notice demands what is left to pay', async () => {
  const { subject, text } = await told('CREDIT', 'formal_notice');
  assert.match(subject, /to pay 20\.00 EUR/);
  assert.match(text, /formal notice to pay 20\.00 EUR/);
});

test('no shipped text speaks of reminders to one who was never written to, nor of silence', async () => {
  const claims = /remind(er|ed you)|wrote to you|heard from|in spite|despite|relanc[ée]|rappelées|écrit récemment|ni règlement|malgré/i;
  for (const [language, codes] of [['en', ['reminder_1', 'firm_reminder', 'formal_notice', 'final_notice', 'courtesy', 'public_buyer_reminder']], ['fr', ['reminder_1', 'firm_reminder', 'final_notice', 'courtesy', 'public_buyer_reminder']]])
    for (const code of codes) assert.doesNotMatch((await told('FIRST', code, language)).text, claims, `${code} ${language}`);
  assert.match((await told('FIRST', 'reminder_2')).subject, /^Reminder from/);
  assert.doesNotMatch((await told('FIRST', 'reminder_2')).text, claims);
  assert.match((await told('FIRST', 'reminder_2', 'fr')).subject, /^Relance de/);
  await company.send('POST', '/api/payments', { customer: ids.FIRST, amount: '60.00', currency: 'EUR', date: '2026-03-17', allocations: [{ item: items['FIRST-1'], amount: '60.00' }] });
  assert.match((await told('FIRST', 'reminder_2')).text, /already been paid or credited is deducted/);
});

test('one who was written to is told so', async () => {
  for (const [code, language, words] of [['CREDIT', 'en', /already reminded you of this invoice/], ['VIREMENT', 'fr', /déjà relancé au sujet de cette facture/]]) {
    assert.match((await told(code, 'reminder_2', language)).text, words);
    assert.match((await told(code, 'firm_reminder', language)).text, words);
  }
  assert.match((await told('CREDIT', 'formal_notice')).text, /although we have already reminded you of them/);
});

test('a person tells of an insolvency and of a debit under way: nothing is asked for', async () => {
  const stand = (wish) => company.send('POST', '/api/standings', { items: [], amount: null, cause: null, to: null, reason: 'as told', from: '2026-03-16', ...wish });
  const refused = ({ status, value }) => [status, value.refusal?.code, value.refusal?.data.reason ?? value.refusal?.data.field];
  assert.deepEqual(refused(await stand({ kind: 'insolvency', customer: ids.GONE, items: [items['GONE-1']] })), [400, 'field_invalid', 'whole_account']);
  assert.deepEqual(refused(await stand({ kind: 'payment_in_progress', customer: ids.DEBIT })), [400, 'field_missing', 'to']);
  for (const wish of [{ kind: 'insolvency', customer: ids.GONE }, { kind: 'payment_in_progress', customer: ids.DEBIT, to: '2026-03-25' }]) {
    const made = await stand(wish);
    assert.deepEqual([made.status, made.value.kind], [201, wish.kind], made.text);
  }
  const asked = await company.send('POST', '/api/reminders', { customers: [{ customer: ids.GONE }, { customer: ids.DEBIT }] });
  assert.deepEqual(asked.value.rows.map((row) => row.message), [null, null], asked.text);
  const own = await company.send('POST', `/api/customers/${ids.DEBIT}/messages`, { template: 'reminder_1' });
  assert.ok(own.status >= 400, own.text);
  const proposed = await stand({ kind: 'proposal', customer: ids.BANK });
  assert.equal(proposed.status, 201, proposed.text);
  const ended = await company.send('POST', `/api/standings/${proposed.value.id}/end`, { reason: 'answered' });
  assert.equal(ended.status, 200, ended.text);
});

test('a card that cannot be paid to, or breaks a header, is refused in words', async () => {
  const said = async (wish) => {
    const answer = await put_card({ ...card, ...wish });
    return [answer.status, answer.value.refusal?.data.reason, answer.value.refusal?.text ?? ''];
  };
  for (const [wish, reason, words] of [
    [{ iban: 'FR1420041010050500013M02607' }, 'iban_invalid', /check digits/],
    [{ iban: 'FR142004101005050001' }, 'iban_invalid', /length/],
    [{ iban: 'hello' }, 'iban_invalid', /hello/],
    [{ bic: 'PSST' }, 'bic_invalid', /8 or 11/],
    [{ name: 'Nord\r\nBcc: spy@elsewhere.test' }, 'control_character', /“Name”/],
    [{ phone: '1\u0000' }, undefined, /./],
  ]) {
    const [status, why, text] = await said(wish);
    assert.equal(status, 400, JSON.stringify(wish));
    if (reason) assert.deepEqual([why, words.test(text)], [reason, true], text);
  }
  const kept = await put_card({ ...card, iban: 'fr14 2004 1010 0505 0001 3m02 606', bic: 'psstfrppxxx', address: '1 rue X\r\n75001 Paris' });
  assert.deepEqual([kept.value.iban, kept.value.bic, kept.value.address], ['FR1420041010050500013M02606', 'PSSTFRPPXXX', '1 rue X\n75001 Paris'], kept.text);
});

test('a text changed by another meanwhile is not written over', async () => {
  const put = (version, text) => company.send('PUT', '/api/templates/courtesy/en', { subject: 'Hello', text, version });
  const first = await put(0, 'The first.');
  assert.equal(first.status, 200, first.text);
  const late = await put(0, 'The second.');
  assert.deepEqual([late.status, late.value.refusal.code], [409, 'changed_meanwhile']);
  assert.equal((await company.get('/api/templates')).rows.find((one) => one.code === 'courtesy' && one.language === 'en').text, 'The first.');
  assert.equal((await put(first.value.version, 'The second.')).status, 200);
  assert.equal((await put('x', 'y')).status, 400);
});

test('a statement says of each line what is disputed, promised or on its way, in the customer’s language', async () => {
  await set_mail(company, mailbox.port);
  for (const code of ['KNOWN', 'CONNU']) {
    const record = async (place, wish) => {
      const made = await company.send('POST', '/api/standings', { customer: ids[code], items: [items[`${code}-${place}`]], from: '2026-03-18', ...wish });
      assert.equal(made.status, 201, made.text);
    };
    await record(1, { kind: 'dispute', cause: 'price', amount: '50.00', currency: 'EUR', reason: 'x' });
    await record(2, { kind: 'promise', to: '2026-03-20' });
    await record(3, { kind: 'payment_in_progress', to: '2026-03-25', reason: 'x' });
    const asked = await company.send('POST', `/api/customers/${ids[code]}/messages`, { template: 'statement' });
    assert.equal(asked.status, 201, asked.text);
  }
  const lines = async (code) => plain(pdf_text((await letter_to(code)).mail.attachments[0].content)).split('\n');
  const of = (all, word) => all.find((line) => line.includes(word))?.replaceAll(/ +/g, ' ').trim();
  const english = await lines('KNOWN');
  assert.match(of(english, 'KNOWN-1'), /8 50\.00 EUR disputed 120\.00 EUR 120\.00 EUR$/);
  assert.match(of(english, 'KNOWN-2'), /8 promised for (20\/03\/2026 )?120\.00 EUR 120\.00 EUR$/);
  assert.ok(of(english, '20/03/2026'), 'a long note goes on below');
  assert.match(of(english, 'KNOWN-3'), /8 payment under way 120\.00 EUR 120\.00 EUR$/);
  assert.match(of(english, 'KNOWN-4'), /8 120\.00 EUR 120\.00 EUR$/);
  assert.match(of(english, 'Of which'), /Of which with a note 290\.00 EUR$/);
  const french = await lines('CONNU');
  assert.match(of(french, 'CONNU-1'), /50,00 EUR/);
  assert.ok(of(french, 'contestés'));
  assert.match(of(french, 'CONNU-2'), /promis pour/);
  assert.ok(of(french, '20/03/2026'));
  assert.match(of(french, 'CONNU-3'), /règlement en cours/);
  assert.match(of(french, 'Dont avec'), /290,00 EUR$/);
});

test('a group’s statement has no room for a column more: what is known stands with the kind, dates and amounts stand whole', async () => {
  await set_mail(company, mailbox.port);
  assert.equal((await company.send('PUT', `/api/customers/${ids.MEMBER}/group`, { master: ids.HEAD })).status, 200);
  const promised = { kind: 'promise', customer: ids.MEMBER, items: [items['INVOICE-2026-MEMBER-1']], from: '2026-03-18', to: '2026-03-20' };
  assert.equal((await company.send('POST', '/api/standings', promised)).status, 201);
  const asked = await company.send('POST', `/api/customers/${ids.HEAD}/messages`, { template: 'statement' });
  assert.equal(asked.status, 201, asked.text);
  const text = plain(pdf_text((await letter_to('HEAD')).mail.attachments[0].content));
  const whole = text.split('\n').filter((line) => /15\/01\/2026 +10\/03\/2026 +8 +1,012,345\.67 EUR +1,012,345\.67 EUR/.test(line));
  assert.equal(whole.length, 2, text);
  assert.match(text, /Invoice,/);
  assert.match(text, /promised for/);
});
