// Letters: written, printed in the order of the post as one file, marked as posted once, whatever is asked twice.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { eventually, make_company, open_company, pdf_text, print_letters, wednesday } from './mailbox.mjs';

const many = Number(process.env.COUNTBACK_LETTERS ?? 1000);
const customer = (code, name, country, address) => ({
  code, name, country, address, language: 'en', email: '', items: [{ number: `F-${code}`, due: '2026-03-10', amount: '100.00' }],
});
const few = [
  customer('P2', 'Zoé et fils', 'FR', '3 rue B\n75002 Paris'),
  customer('P1', 'Abel', 'FR', '3 rue A\n75002 Paris'),
  customer('L1', 'Soie', 'FR', '1200 quai du Rhône\n69001 Lyon'),
  customer('B1', 'Bäcker', 'BE', 'Rue Haute 1\n1000 Bruxelles'),
  customer('D2', 'Zander GmbH', 'DE', 'Unter den Linden 9\n10117 Berlin'),
  customer('D1', 'Adler GmbH', 'DE', 'Unter den Linden 1\n10117 Berlin'),
  customer('D3', 'Köln GmbH', 'DE', 'Domplatz 1\n50667 Köln'),
];

/** The first reminder is a letter; in Germany a registered one. */
async function write_by_letter({ get, send }) {
  const policy = await get('/api/policy');
  let { version } = policy;
  for (const [code, channel] of [['standard', 'letter'], ['careful', 'registered_letter']]) {
    const scenario = policy.scenarios.find((one) => one.code === code);
    scenario.steps = [{ ...scenario.steps.find((one) => one.code === 'reminder' || one.template), code: 'reminder', channel, trigger: { base: 'due', days: 3 }, repeat: null, floors: [], ceilings: [] }];
    const saved = await send('PUT', `/api/scenarios/${code}`, { version, scenario });
    assert.equal(saved.status, 200, saved.text);
    version = saved.value.version;
  }
  const rules = { ...policy.rules, assignment: [{ rank: 1, scenario: 'careful', country: 'DE' }] };
  const saved = await send('PUT', '/api/policy/rules', { version, rules });
  assert.equal(saved.status, 200, saved.text);
}

/** Says yes to everyone and waits until every letter is written. */
async function letters_of(company, count) {
  await write_by_letter(company);
  const customers = [];
  for (let page = '/api/agenda?limit=200'; page; ) {
    const agenda = await company.get(page);
    customers.push(...agenda.rows.map((row) => ({ customer: row.customer.id })));
    page = agenda.next ? `/api/agenda?limit=200&after=${encodeURIComponent(agenda.next)}` : null;
  }
  for (let from = 0; from < customers.length; from += 200) {
    const yes = await company.send('POST', '/api/reminders', { customers: customers.slice(from, from + 200) });
    assert.equal(yes.status, 200, yes.text);
    assert.deepEqual(yes.value.rows.filter((row) => row.refusal), []);
  }
  const written = async () => {
    const list = await company.get('/api/letters?limit=2000');
    return list.total === count ? list : null;
  };
  return eventually(`${count} letters`, written, 240);
}

/** The pages' texts, the empty sides too. */
const pages_of = (bytes) => pdf_text(bytes).split('\f').slice(0, -1);

let data;
let company;
before(async () => {
  data = make_company(few);
  company = await open_company(data);
});
after(async () => {
  await company?.desk.stop();
  rmSync(data, { recursive: true, force: true });
});

let list;
test('letters wait in the order of the post, registered ones apart', async () => {
  list = await letters_of(company, few.length);
  assert.deepEqual(list.rows.map((row) => row.customer.code), ['B1', 'L1', 'P1', 'P2', 'D1', 'D2', 'D3']);
  assert.deepEqual(list.rows.map((row) => row.channel === 'registered_letter'), [false, false, false, false, true, true, true]);
  const [first] = list.rows;
  assert.deepEqual([first.country, first.postcode, first.town, first.name], ['BE', '1000', 'Bruxelles', 'Bäcker']);
  assert.deepEqual(first.address, ['Rue Haute 1', '1000 Bruxelles']);
  assert.equal(first.printed_at, null);
  assert.equal(first.no_longer_right, null);
  const registered = await company.get('/api/letters?channel=registered_letter');
  assert.deepEqual([registered.total, registered.rows.length], [3, 3]);
});

test('what was never printed is not in the post', async () => {
  const [first, second] = list.rows;
  const told = await company.send('POST', '/api/letters/posted', { ids: [first.id] });
  assert.deepEqual([told.value.rows[0].refusal?.code, told.value.rows[0].refusal?.data.reason], ['field_invalid', 'letter_not_printed']);
  const one = await company.send('POST', `/api/messages/${second.id}`, { what: 'posted' });
  assert.deepEqual([one.status, one.value.refusal?.data.reason], [400, 'letter_not_printed']);
  assert.equal((await company.get('/api/letters')).total, few.length);
});

test('one file holds them in that order, each on a front side, as they were frozen', async () => {
  const ids = list.rows.map((row) => row.id);
  const answer = await print_letters(company, [...ids].reverse());
  assert.equal(answer.status, 200, JSON.stringify(answer.refusal));
  assert.equal(answer.headers['content-type'], 'application/pdf');
  assert.match(answer.headers['content-disposition'], /^attachment; filename="letters-2026-03-18\.pdf"$/);
  assert.equal(answer.headers['x-content-type-options'], 'nosniff');
  const pages = pages_of(answer.bytes);
  const starts = list.rows.map((row) => pages.findIndex((page) => page.includes(row.name) && page.includes(row.address[1])));
  assert.deepEqual(starts, [...starts].sort((a, b) => a - b), 'in order');
  assert.ok(starts.every((page) => page >= 0 && page % 2 === 0), `${starts}`);
  for (const row of list.rows) {
    const frozen = await company.get(`/api/messages/${row.id}`);
    assert.equal(frozen.state, 'to_post');
    assert.deepEqual(frozen.story.map((event) => event.detail).filter(Boolean), ['letter_printed']);
    assert.ok(pages[starts[list.rows.indexOf(row)]].includes(`F-${row.customer.code}`));
  }
  const again = await company.get('/api/letters');
  assert.ok(again.rows.every((row) => row.printed_at?.startsWith('2026-03-18')));
});

test('what cannot be printed is refused by name, and nothing is told as printed', async () => {
  const [first] = list.rows;
  const strange = await print_letters(company, [first.id, 999_999]);
  assert.deepEqual([strange.status, strange.refusal.code], [404, 'not_found']);
  for (const ids of [[], [0], ['x'], Array.from({ length: 2001 }, (_, number) => number + 1)]) {
    const none = await print_letters(company, ids);
    assert.deepEqual([none.status, none.refusal.code], [400, 'field_invalid'], JSON.stringify(ids).slice(0, 40));
  }
});

test('many are marked as posted in one go, each once, each looked at anew', async () => {
  const [one, two, three] = list.rows.map((row) => row.id);
  const cancelled = await company.send('POST', `/api/messages/${three}`, { what: 'cancel' });
  assert.equal(cancelled.value.state, 'cancelled');
  const posted = (ids, day) => company.send('POST', '/api/letters/posted', { ids, day });
  const tomorrow = await posted([one], '2026-03-19');
  assert.equal(tomorrow.value.refusal.code, 'field_invalid');
  const early = await posted([one], '2026-03-01');
  assert.equal(early.value.rows[0].refusal.code, 'field_invalid');
  const told = await posted([one, two, three, one, 999_999], '2026-03-18');
  assert.equal(told.status, 200, told.text);
  assert.deepEqual(told.value.rows.map((row) => [row.message, row.refusal?.code ?? null]), [[one, null], [two, null], [three, 'message_over'], [999_999, 'not_found']]);
  const twice = await posted([one, two], '2026-03-18');
  assert.deepEqual(twice.value.rows.map((row) => row.refusal.code), ['message_over', 'message_over']);
  const whole = await company.get(`/api/messages/${one}`);
  assert.equal(whole.state, 'sent');
  assert.equal(whole.story.at(-1).detail, 'posted_on 2026-03-18');
  assert.equal(whole.story.filter((event) => event.state === 'sent').length, 1);
  const printed = await print_letters(company, [one]);
  assert.deepEqual([printed.status, printed.refusal.code], [409, 'message_over']);
  assert.equal((await company.get('/api/letters')).total, few.length - 3);
});

test('a letter whose items are disputed meanwhile is not printed', async () => {
  const left = (await company.get('/api/letters')).rows[0];
  const items = (await company.get(`/api/items?customer=${left.customer.id}&state=open`)).rows.map((row) => row.id);
  const told = await company.send('POST', '/api/standings', { kind: 'dispute', customer: left.customer.id, items, cause: 'price', from: '2026-03-18', reason: 'too dear' });
  assert.equal(told.status, 201, told.text);
  const now = (await company.get('/api/letters')).rows.find((row) => row.id === left.id);
  assert.ok(now.no_longer_right, 'the list says so');
  const printed = await print_letters(company, [left.id]);
  assert.deepEqual([printed.status, printed.refusal.code], [409, 'content_changed']);
  assert.equal(printed.refusal.data.message, `${left.id}`);
  const posted = await company.send('POST', '/api/letters/posted', { ids: [left.id], day: '2026-03-18' });
  assert.deepEqual([posted.value.rows[0].refusal?.code, posted.value.rows[0].refusal?.data.message], ['content_changed', `${left.id}`]);
});

test(`${many} letters make one file in the order of the post`, async (context) => {
  const towns = Array.from({ length: many }, (_, number) => customer(`C${number}`, `Customer ${number}`, 'FR', `${number} rue du Test\n${String(10000 + ((number * 7919) % 85000))} Ville`));
  const folder = make_company(towns);
  const large = await open_company(folder, { ...wednesday });
  try {
    const begun = Date.now();
    const all = await letters_of(large, many);
    const written = Date.now();
    const answer = await print_letters(large, all.rows.map((row) => row.id));
    assert.equal(answer.status, 200, JSON.stringify(answer.refusal));
    const printed = Date.now();
    const peak = execFileSync('grep', ['VmHWM', `/proc/${large.desk.child.pid}/status`], { encoding: 'utf8' });
    context.diagnostic(`written in ${written - begun} ms, one file of ${Math.round(answer.bytes.length / 1024)} KB in ${printed - written} ms; ${peak.trim()}`);
    const codes = pages_of(answer.bytes).flatMap((page) => /^\s*(\d{5}) Ville\s*$/m.exec(page)?.[1] ?? []);
    assert.equal(codes.length, 2 * many, 'each letter, and the statement behind it');
    assert.deepEqual(codes, [...codes].sort());
    const posted = await large.send('POST', '/api/letters/posted', { ids: all.rows.map((row) => row.id) });
    assert.equal(posted.value.rows.filter((row) => row.refusal).length, 0);
    assert.equal((await large.get('/api/letters')).total, 0);
  } finally {
    await large.desk.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
