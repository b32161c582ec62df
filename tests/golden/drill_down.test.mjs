// LED-5, AGE-1, DSO-4, KPI-1: on a real ledger through the real program, every figure opens to rows that make it, pages
// join to the whole, the API and the command line agree, and nothing is answered to who may not ask.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { binary, start_desk } from '../http/desk.mjs';
import { mapping } from './highradius_mapping.mjs';
import { part_of } from '../http/zip_part.mjs';

const root = join(import.meta.dirname, '..', '..');
const shared = process.env.COUNTBACK_SHARED ?? join(root, '..', 'shared');
const ledger = join(shared, 'data', 'receivables', 'highradius_ledger_original_layout.csv');
const skip = !existsSync(ledger) && 'the shared data is absent';
const as_of = 'as_of=2020-03-31';

const data = mkdtempSync(join(tmpdir(), 'countback-drill-'));
let desk;
let cookie;

before(async () => {
  if (skip) return;
  const file = join(data, 'mapping.json');
  writeFileSync(file, JSON.stringify(mapping));
  execFileSync(binary, ['import', '--data', data, '--mapping', file, '--yes', ledger], { stdio: 'pipe' });
  desk = await start_desk({ data });
  const signed_in = await desk.ask('/api/sign-in', { method: 'POST', json: { token: desk.link_token } });
  cookie = signed_in.headers['set-cookie'][0].split(';')[0];
});
after(async () => {
  await desk?.stop();
  rmSync(data, { recursive: true, force: true });
});

const get = (path) => desk.ask(path, { headers: { Cookie: cookie } });
const value = async (path) => {
  const answer = await get(path);
  assert.equal(answer.status, 200, `${path}: ${answer.text}`);
  return JSON.parse(answer.text);
};
const open_of = ({ totals }, currency) => totals.find((total) => total.currency === currency)?.open ?? '0.00';

test('each column of the ageing opens to items that sum to it', { skip }, async () => {
  for (const row of (await value(`/api/ageing?${as_of}`)).rows) {
    for (const bucket of ['not_due', 'd1_30', 'd31_60', 'd61_90', 'd91_120', 'd120_plus', 'unapplied']) {
      const items = await value(`/api/items?${as_of}&currency=${row.currency}&bucket=${bucket}&limit=1`);
      assert.equal(open_of(items, row.currency), row[bucket], `${row.currency} ${bucket}`);
    }
    for (const state of ['overdue', 'not_due', 'unapplied']) {
      const items = await value(`/api/items?${as_of}&currency=${row.currency}&state=${state}&limit=1`);
      assert.equal(open_of(items, row.currency), row[state]);
    }
  }
});

test('each part of the waterfall opens to items that sum to it, also converted', { skip }, async () => {
  for (const reporting of ['', '&reporting=EUR']) {
    const waterfall = await value(`/api/dso/waterfall?${as_of}${reporting}`);
    assert.ok(waterfall.rows.length > 0);
    for (const row of waterfall.rows) {
      const days = row.parts.reduce((sum, part) => sum + Math.round(Number(part.days) * 100), 0);
      assert.equal(days, Math.round(Number(row.days) * 100), 'Σ parts = DSO');
      for (const part of row.parts) {
        const filter = new URLSearchParams(part.items_filter).toString();
        const items = await value(`/api/items?${as_of}${reporting}&${filter}&limit=1`);
        assert.equal(open_of(items, row.currency), part.amount, `${row.currency} ${part.part}`);
      }
    }
  }
});

test('billings open month by month', { skip }, async () => {
  let sum = 0n;
  const cents = (text) => BigInt(text.replace('.', ''));
  for (const month of ['2020-01', '2020-02', '2020-03']) {
    const items = await value(`/api/items?${as_of}&currency=CAD&state=all&billed_in=${month}&limit=1`);
    sum += cents(items.totals[0].amount);
  }
  const dso = await value(`/api/dso?${as_of}&currency=CAD&window=3`);
  assert.equal(sum, cents(dso.rows[0].billings));
});

/** Every row of a list, page by page; each page says the same of them all. */
async function all_rows(query, limit) {
  const rows = [];
  let said;
  let next;
  do {
    const page = await value(`/api/items?${as_of}&${query}&limit=${limit}${next ? `&after=${encodeURIComponent(next)}` : ''}`);
    said ??= { count: page.count, totals: page.totals };
    assert.deepEqual({ count: page.count, totals: page.totals }, said);
    rows.push(...page.rows);
    next = page.next;
  } while (next !== null);
  assert.equal(new Set(rows.map((row) => row.id)).size, rows.length, 'no row twice');
  assert.equal(rows.length, said.count, query);
  return rows;
}

/** Where two long lists first differ: a difference of ten thousand rows helps nobody. */
function same(found, wanted, what) {
  const at = found.findIndex((row, place) => JSON.stringify(row) !== JSON.stringify(wanted[place]));
  assert.deepEqual(found.slice(at, at + 1), wanted.slice(at, at + 1), `${what}, row ${at}`);
  assert.equal(found.length, wanted.length, what);
}

const less = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const figure = (text) => Number(text.replace('.', ''));
const orders = {
  open: (row) => figure(row.open),
  amount: (row) => figure(row.amount),
  days_late: (row) => row.days_late,
  due_date: (row) => row.due_date,
  issue_date: (row) => row.issue_date,
  id: () => 0,
  type: (row) => row.type,
  currency: (row) => row.currency,
  entity: (row) => row.entity.code,
  reason: (row) => row.reason ?? '',
  number: (row) => row.number,
  customer: (row) => row.customer.code,
};

for (const [sort, place] of Object.entries(orders)) {
  test(`pages join to the whole list, in order, without gap or repeat, by ${sort}`, { skip }, async () => {
    // Few rows and many: texts of few are looked up, of many read along their index.
    for (const [filter, limit] of [['currency=CAD', 97], ['currency=CAD&reporting=EUR', 97], ['state=all&currency=USD', 500], ['state=all&reporting=EUR&type=invoice', 500]]) {
      if (limit === 500 && !['number', 'customer', 'amount'].includes(sort)) continue;
      const up = await all_rows(`${filter}&sort=${sort}`, limit);
      const sorted = up.toSorted((a, b) => less(place(a), place(b)) || a.id - b.id);
      same(up, sorted, `${filter} ${sort}`);
      same(await all_rows(`${filter}&sort=-${sort}`, limit), up.toReversed(), `${filter} -${sort}`);
    }
  });
}

test('converted rows sum to the converted total', { skip }, async () => {
  for (const query of ['reporting=EUR', 'reporting=EUR&state=overdue', 'state=all&reporting=USD&billed_in=2020-01']) {
    const rows = await all_rows(query, 500);
    const { totals } = await value(`/api/items?${as_of}&${query}&limit=1`);
    assert.equal(totals.length, 1);
    for (const name of ['amount', 'open']) {
      const cents = (text) => BigInt(text.replace('.', ''));
      assert.equal(rows.reduce((sum, row) => sum + cents(row[name]), 0n), cents(totals[0][name]), `${query} ${name}`);
    }
  }
});

test('the API and the command line give the same rows', { skip }, async () => {
  const words = ['report', 'ageing', '--data', data, '--as-of', '2020-03-31', '--by', 'entity', '--format', 'json'];
  const printed = JSON.parse(execFileSync(binary, words, { encoding: 'utf8', stdio: 'pipe' }));
  const answered = await value(`/api/ageing?${as_of}&by=entity`);
  const columns = Object.keys(printed.rows[0]);
  const chosen = answered.rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
  assert.deepEqual(chosen, printed.rows);
});

test('the command prints its rows as CSV and as a spreadsheet', { skip }, () => {
  const words = (format) => ['report', 'ageing', '--data', data, '--as-of', '2020-03-31', '--by', 'customer', '--format', format];
  const lines = execFileSync(binary, words('csv'), { encoding: 'utf8', stdio: 'pipe' }).trim().split('\n');
  const sheet = part_of(execFileSync(binary, words('xlsx'), { stdio: 'pipe' }), 'xl/worksheets/sheet1.xml');
  const rows = [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/g)].map((row) => [...row[1].matchAll(/<(?:t|v)[^>]*>([^<]*)</g)].map((cell) => cell[1]));
  assert.ok(lines.length > 500);
  same(rows.map((row) => row.join(',')), lines, 'rows of the sheet');
});

test('before anything was recorded nothing was known: the question is refused by name', { skip }, async () => {
  const answer = await get(`/api/ageing?${as_of}&known_at=2000-01-01T00:00:00Z`);
  assert.equal(answer.status, 422);
  assert.equal(JSON.parse(answer.text).refusal.code, 'moment_unknown');
});

/** A file as the sheet shows it: ids, amounts… of every line. */
const lines_of = (text) => text.replace('\ufeff', '').trim().split('\r\n').map((line) => line.split(','));

test('exports hold every row of the answer', { skip }, async () => {
  const file = await get(`/api/items?${as_of}&currency=CAD&format=csv`);
  assert.match(file.headers['content-type'], /text\/csv/);
  const list = await value(`/api/items?${as_of}&currency=CAD&limit=1`);
  assert.equal(Number(file.headers['x-countback-rows']), list.count);
  assert.equal(lines_of(file.text).length, 1 + list.count + list.totals.length);
});

test('a long export comes in pieces, says how much will come, and holds the rows of the list in its order', { skip }, async () => {
  const query = `${as_of}&state=all&sort=-number`;
  const file = await get(`/api/items?${query}&format=csv`);
  const list = await value(`/api/items?${query}&limit=500`);
  assert.ok(list.count > 40_000);
  assert.equal(file.headers['transfer-encoding'], 'chunked');
  assert.equal(Number(file.headers['x-countback-rows']), list.count);
  const about = Number(file.headers['x-countback-bytes']);
  const bytes = Buffer.byteLength(file.text);
  assert.ok(Math.abs(about - bytes) < bytes / 5, `about ${about} of ${bytes}`);
  const lines = lines_of(file.text);
  assert.equal(lines.length, 1 + list.count + list.totals.length);
  assert.deepEqual(lines.slice(1, 501).map((cells) => cells[0]), list.rows.map((row) => row.number));
  const numbers = lines.slice(1, 1 + list.count).map((cells) => cells[0]);
  same(numbers, numbers.toSorted((a, b) => less(b, a)), 'in order');
});

test('a long export as XLSX is a whole file', { skip }, async () => {
  const query = `${as_of}&state=all&sort=number`;
  const answer = await fetch(`http://127.0.0.1:${desk.port}/api/items?${query}&format=xlsx`, { headers: { Cookie: cookie } });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const about = Number(answer.headers.get('x-countback-bytes'));
  assert.ok(Math.abs(about - bytes.length) < bytes.length / 3, `about ${about} of ${bytes.length}`);
  const sheet = part_of(bytes, 'xl/worksheets/sheet1.xml');
  const { count, totals } = await value(`/api/items?${query}&limit=1`);
  assert.equal(sheet.match(/<row /g).length, 1 + count + totals.length);
  assert.match(part_of(bytes, 'xl/workbook.xml'), /<sheet name="Items"/);
});

test('what cannot be meant is refused by name', { skip }, async () => {
  for (const [path, code] of [
    ['/api/ageing?as_of=2020-02-31', 'field_invalid'],
    ['/api/ageing?by=colour', 'field_invalid'],
    ['/api/ageing?sort=colour', 'field_invalid'],
    ['/api/ageing?known_at=yesterday', 'field_invalid'],
    ['/api/ageing?reporting=XYZ', 'field_invalid'],
    ['/api/dso?window=7', 'field_invalid'],
    ['/api/dso/trend?months=0', 'field_invalid'],
    ['/api/items?after=nowhere', 'field_invalid'],
    ['/api/items?billed_in=2020-13', 'field_invalid'],
  ]) {
    const answer = await get(path);
    assert.equal(answer.status, 400, path);
    assert.equal(JSON.parse(answer.text).refusal.code, code, path);
  }
  for (const path of ['/api/items/999999999', '/api/items/abc', '/api/customers/999999999/history']) {
    assert.equal((await get(path)).status, 404, path);
  }
  assert.equal((await desk.ask('/api/ageing')).status, 401);
});
