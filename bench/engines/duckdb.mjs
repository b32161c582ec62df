// The same questions to DuckDB, through its C library: one table of dated postings clustered by account, two threads,
// warm, results left in the engine.
import { createRequire } from 'node:module';

const api = createRequire(import.meta.url)('@duckdb/node-bindings-linux-x64/duckdb.node');

const postings = (folder) => `
  create table ledger as select * from (
    select customer::int customer, currency::varchar currency, entity::tinyint entity, issue_date date, due_date due,
           amount_minor::bigint amount, type <> 'PAY' billing,
           ((year(issue_date) - 2023) * 12 + month(issue_date) - 7)::tinyint as month
    from read_csv('${folder}/documents.csv')
    union all
    select d.customer, d.currency, d.entity, a.date, d.due_date, -a.amount_minor, false,
           ((year(a.date) - 2023) * 12 + month(a.date) - 7)::tinyint
    from read_csv('${folder}/allocations.csv') a join read_csv('${folder}/documents.csv') d on d.id = a.doc_id
  ) order by customer, currency, date`;

const table = (folder, name, columns) =>
  `create table ${name} as select ${columns} from read_csv('${folder}/${name}.csv')`;
/** What W4 reads beside the ledger: documents and allocations as they came. */
const dunning = (folder) => [
  table(folder, 'documents', 'id::int as id, customer::int as customer, type, currency, due_date as due, amount_minor::bigint as amount'),
  table(folder, 'allocations', 'doc_id::int as doc, date, amount_minor::bigint as amount'),
  table(folder, 'disputes', 'doc_id::int as doc, from_date, to_date'),
  table(folder, 'promises', 'doc_id::int as doc, made_on, promised_date'),
  table(folder, 'customers', 'id::int as id, scenario::int as scenario'),
  table(folder, 'dunning_state', 'customer::int as customer, last_level::int as last_level, last_action_date'),
  table(folder, 'scenario_steps', '*'),
];

const between = (from, to) => `sum(case when due < day - ${from} and due >= day - ${to} then amount else 0 end)`;

/** Each takes a day as 2026-03-17. W2 stops at the sums by entity, currency and month: what follows is 216 rows. */
export const questions = {
  W1: (day) => `
    select * from (
      select customer, currency, sum(case when due >= day then amount else 0 end) b0, ${between(0, 30)} b1,
             ${between(30, 60)} b2, ${between(60, 90)} b3, ${between(90, 120)} b4,
             sum(case when due < day - 120 then amount else 0 end) b5
      from (select *, date '${day}' as day from ledger) where date <= day group by customer, currency
    ) where b0 <> 0 or b1 <> 0 or b2 <> 0 or b3 <> 0 or b4 <> 0 or b5 <> 0`,
  W2: (day) => `
    select entity, currency, month, sum(amount) moved, sum(case when billing then amount else 0 end) billed
    from ledger where date <= date '${day}' group by entity, currency, month`,
  W4: (day) => `
    with eligible as (
      select d.customer, d.currency, d.due, d.amount - coalesce(a.settled, 0) open
      from documents d left join (
        select doc, sum(amount) settled from allocations where date <= date '${day}' group by doc
      ) a on a.doc = d.id
      where d.type = 'INV' and d.due < date '${day}' and d.amount - coalesce(a.settled, 0) > 0
        and d.id not in (select doc from disputes where from_date <= date '${day}' and (to_date is null or to_date >= date '${day}'))
        and d.id not in (select doc from promises where made_on <= date '${day}' and promised_date >= date '${day}')
    ), accounts as (
      select customer, currency, sum(open) total, min(due) oldest, count(*) items from eligible group by customer, currency
    )
    select x.customer, x.currency, p.level, x.total, x.oldest, x.items
    from accounts x join customers c on c.id = x.customer left join dunning_state s on s.customer = x.customer
      join scenario_steps p on p.scenario = c.scenario and p.level = coalesce(s.last_level, 0) + 1
    where date '${day}' - x.oldest >= p.min_days_overdue and x.total >= p.min_amount_minor
      and (s.last_action_date is null or date '${day}' - s.last_action_date >= p.min_days_since_last)`,
  W3: (day) => `
    with balances as (
      select customer, currency, sum(amount) balance from ledger where date <= date '${day}'
      group by customer, currency having sum(amount) > 0
    ), months as (
      select customer, currency, month, sum(amount) billed from ledger where date <= date '${day}' and billing
      group by customer, currency, month
    ), counted as (
      select customer, currency, month, billed, balance,
             sum(greatest(billed, 0)) over (partition by customer, currency order by month desc) reached
      from months join balances using (customer, currency)
    ), first_enough as (
      select *, row_number() over (partition by customer, currency order by month desc) place
      from counted where billed > 0 and reached >= balance
    )
    select b.customer, b.currency, b.balance, f.month, f.billed, f.reached
    from balances b left join first_enough f
      on f.customer = b.customer and f.currency = b.currency and f.place = 1`,
};

export async function duckdb(folder) {
  const settings = api.create_config();
  api.set_config(settings, 'threads', '2');
  const connection = await api.connect(await api.open(':memory:', settings));
  for (const statement of [postings(folder), ...dunning(folder)]) await api.query(connection, statement);
  return {
    /** Milliseconds of the engine alone. */
    async ask(name, day) {
      const began = performance.now();
      await api.query(connection, questions[name](day));
      return performance.now() - began;
    },
  };
}
