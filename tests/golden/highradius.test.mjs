// AGE-1, DSO-1, DSO-2, DSO-3 on a real ledger: the program against SQL over the raw file, to the cent, at every month
// end and on days inside months. The second calculation shares no code with the first.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { mapping } from './highradius_mapping.mjs';

const root = join(import.meta.dirname, '..', '..');
const shared = process.env.COUNTBACK_SHARED ?? join(root, '..', 'shared');
const ledger = join(shared, 'data', 'receivables', 'highradius_ledger_original_layout.csv');
const built = ['build/test/countback', 'build/release/countback', 'build/dev/countback'].map((path) => join(root, path));
const binary = process.env.COUNTBACK_BINARY ?? built.find((path) => existsSync(path));
const skip = !existsSync(ledger) && 'the shared data is absent';

const folder = mkdtempSync(join(tmpdir(), 'countback-golden-'));
const database = join(folder, 'raw.db');
const data = join(folder, 'data');
after(() => rmSync(folder, { recursive: true, force: true }));

const sql = (text) => {
  const out = execFileSync('sqlite3', ['-json', database, text], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return out.trim() === '' ? [] : JSON.parse(out);
};
const countback = (...words) => execFileSync(binary, words, { encoding: 'utf8', stdio: 'pipe', maxBuffer: 1 << 28 });
const report = (...words) => JSON.parse(countback('report', ...words, '--data', data, '--format', 'json'));

before(() => {
  if (skip) return;
  execFileSync('sqlite3', [database], { input: `.mode csv\n.import '${ledger}' raw\n` });
  // Exact repeats count once; clearing never acts before the invoice's own day.
  execFileSync('sqlite3', [
    database,
    `create table item as select business_code as entity, cust_number as customer, invoice_currency as currency, invoice_id,
       posting_date as issued,
       substr(due_in_date,1,4)||'-'||substr(due_in_date,5,2)||'-'||substr(due_in_date,7,2) as due,
       case when clear_date = '' then '9999-12-31' else max(substr(clear_date,1,10), posting_date) end as cleared,
       cast(round(total_open_amount * 100) as integer) as cents
     from (select distinct * from raw)`,
  ]);
  const file = join(folder, 'mapping.json');
  writeFileSync(file, JSON.stringify(mapping));
  countback('import', '--data', data, '--mapping', file, '--yes', ledger);
});

const text_of = (cents) => {
  const sign = cents < 0n ? '-' : '';
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
/** numerator / denominator rounded half to even. */
const rounded = (numerator, denominator) => {
  const quotient = numerator / denominator;
  const twice = 2n * (numerator - quotient * denominator);
  return twice > denominator || (twice === denominator && quotient % 2n === 1n) ? quotient + 1n : quotient;
};

const day_number = (iso) => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
const iso_of = (number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
const last_of = (year, month) => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10); // month from 1
const month_before = (month, n) => {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 - n;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
};
const end_of = (month) => last_of(Number(month.slice(0, 4)), Number(month.slice(5)));

function window_first(as_of, months) {
  const month = as_of.slice(0, 7);
  if (as_of === end_of(month)) return `${month_before(month, months - 1)}-01`;
  const earlier = month_before(month, months);
  const day = `${earlier}-${as_of.slice(8)}`;
  const last = end_of(earlier);
  return iso_of(day_number(day > last ? last : day) + 1);
}

const group_of = { currency: 'currency', entity: 'entity, currency', customer: 'customer, currency' };
const key_of = { currency: 'currency', entity: 'entity', customer: 'customer' };

function expected_ageing(as_of, by) {
  const late = `julianday('${as_of}') - julianday(due)`;
  const column = (condition) => `sum(case when ${condition} then cents else 0 end)`;
  return sql(`select ${key_of[by]} as key, currency, ${column(`${late} <= 0`)} as not_due,
      ${column(`${late} between 1 and 30`)} as d1_30, ${column(`${late} between 31 and 60`)} as d31_60,
      ${column(`${late} between 61 and 90`)} as d61_90, ${column(`${late} between 91 and 120`)} as d91_120,
      ${column(`${late} > 120`)} as d120_plus, 0 as unapplied, sum(cents) as outstanding
    from item where issued <= '${as_of}' and cleared > '${as_of}' group by ${group_of[by]}
    order by 1, 2`).map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? text_of(BigInt(value)) : value])),
  );
}

function facts_by_group(as_of, by, months) {
  const first = window_first(as_of, months);
  const groups = new Map();
  for (const row of sql(`select ${key_of[by]} as key, currency, min(issued) as first_billing,
      sum(case when cleared > '${as_of}' then cents else 0 end) as outstanding,
      sum(case when issued >= '${first}' then cents else 0 end) as billings
    from item where issued <= '${as_of}' group by ${group_of[by]} order by 1, 2`)) {
    groups.set(`${row.key} ${row.currency}`, { ...row, by_month: new Map() });
  }
  for (const row of sql(`select ${key_of[by]} as key, currency, substr(issued,1,7) as month, sum(cents) as billed
    from item where issued <= '${as_of}' group by ${group_of[by]}, month`)) {
    groups.get(`${row.key} ${row.currency}`).by_month.set(row.month, BigInt(row.billed));
  }
  return [...groups.values()];
}

function accounting(group, as_of, months) {
  const first = window_first(as_of, months);
  const history = `${group.first_billing.slice(0, 7)}-01`;
  const short_history = history > first;
  const calendar = day_number(as_of) - day_number(short_history ? history : first) + 1;
  const days = short_history ? Math.min(365, calendar) : months === 12 ? 365 : calendar;
  const outstanding = BigInt(group.outstanding);
  const billings = BigInt(group.billings);
  const value = billings <= 0n ? null : outstanding <= 0n ? '0.00' : text_of(rounded(outstanding * BigInt(days) * 100n, billings));
  return { billings: text_of(billings), days: value, more_than: false, short_history };
}

function countback_days(group, as_of) {
  let remaining = BigInt(group.outstanding);
  let whole_days = 0n;
  let walked = 0n;
  const answer = (numerator, denominator, more_than) => ({
    billings: text_of(walked),
    days: text_of(rounded(numerator * 100n, denominator)),
    more_than,
    short_history: false,
  });
  for (let month = as_of.slice(0, 7); month >= group.first_billing.slice(0, 7) && remaining > 0n; month = month_before(month, 1)) {
    const last = end_of(month);
    const days = BigInt(Number((last < as_of ? last : as_of).slice(8)));
    const billed = group.by_month.get(month) ?? 0n;
    walked += billed;
    if (billed > 0n && remaining < billed) return answer(whole_days * billed + remaining * days, billed, false);
    whole_days += days;
    if (billed > 0n) remaining -= billed;
  }
  return answer(whole_days, 1n, remaining > 0n);
}

function expected_dso(as_of, by, method, months) {
  return facts_by_group(as_of, by, months)
    .filter((group) => group.outstanding !== 0 || group.billings !== 0)
    .map((group) => ({
      key: group.key,
      currency: group.currency,
      outstanding: text_of(BigInt(group.outstanding)),
      ...(method === 'accounting' ? accounting(group, as_of, months) : countback_days(group, as_of)),
    }));
}

const month_ends = [];
for (let month = '2018-12'; month <= '2020-05'; month = month_before(month, -1)) month_ends.push(end_of(month));
const inside = ['2018-12-10', '2019-02-27', '2019-03-15', '2019-07-30', '2019-11-11', '2020-02-28', '2020-03-30', '2020-05-22'];

for (const as_of of [...month_ends, ...inside]) {
  test(`at ${as_of} the figures are those of SQL over the file`, { skip }, () => {
    const ageing = report('ageing', '--as-of', as_of, '--by', 'currency');
    assert.equal(ageing.rule, 'AGE-1');
    assert.equal(ageing.as_of, as_of);
    assert.deepEqual(ageing.rows, expected_ageing(as_of, 'currency'));
    for (const method of ['accounting', 'countback']) {
      const dso = report('dso', '--as-of', as_of, '--method', method, '--by', 'currency');
      assert.deepEqual(dso.rows, expected_dso(as_of, 'currency', method, 12), method);
    }
  });
}

for (const as_of of ['2019-06-30', '2020-02-28', '2020-05-22']) {
  for (const by of ['entity', 'customer']) {
    test(`at ${as_of} each ${by}'s row is that of SQL over the file`, { skip }, () => {
      assert.deepEqual(report('ageing', '--as-of', as_of, '--by', by).rows, expected_ageing(as_of, by));
      for (const method of ['accounting', 'countback']) {
        const dso = report('dso', '--as-of', as_of, '--method', method, '--by', by);
        assert.deepEqual(dso.rows, expected_dso(as_of, by, method, 12), method);
      }
    });
  }
}

for (const months of [6, 3, 1]) {
  test(`DSO-1 with a window of ${months} months`, { skip }, () => {
    for (const as_of of ['2019-10-31', '2020-03-30']) {
      const dso = report('dso', '--as-of', as_of, '--method', 'accounting', '--window', String(months), '--by', 'currency');
      assert.deepEqual(dso.rows, expected_dso(as_of, 'currency', 'accounting', months));
    }
  });
}
