// Measures of the stand-in, shaped as the contract says. The figures are plausible, not the product’s rules.
import {
  bucketNames,
  bucketOf,
  collectors,
  day,
  entities,
  items,
  partOf,
  segments,
  sum,
  text,
  today,
} from "./stand_in_ledger.mjs";

export const at = `${today}T08:30:00Z`;
export const reference = ({ id, code, name }) => ({ id, code, name });
export const head = (rule, rule_text, inputs = {}) => ({
  rule,
  rule_text,
  as_of: today,
  known_at: null,
  inputs,
  flags: [],
  rate_table_date: null,
});
const ids = (value) => (value ? value.split(",").map(Number) : undefined);

export function within(query) {
  const chosen = {
    entity: ids(query.get("entity")),
    collector: ids(query.get("collector")),
    customer: ids(query.get("customer")),
  };
  return items.filter(
    ({ customer, currency }) =>
      (!chosen.entity || chosen.entity.includes(customer.entity.id)) &&
      (!chosen.collector || chosen.collector.includes(customer.collector.id)) &&
      (!chosen.customer || chosen.customer.includes(customer.id)) &&
      (!query.get("currency") || query.get("currency") === currency),
  );
}
export const open = (list) => list.filter((item) => item.open !== 0);
export const byCurrency = (list) =>
  ["EUR", "USD"]
    .map((currency) => [currency, list.filter((item) => item.currency === currency)])
    .filter(([, part]) => part.length > 0);

export function page(rows, query, sorts = {}) {
  const sort = query.get("sort");
  const field = sort?.replace(/^-/, "");
  const value =
    sorts[field] ?? ((row) => (/^-?\d+(\.\d+)?$/.test(row[field]) ? Number(row[field]) : row[field]));
  const sorted = sort
    ? rows.toSorted(
        (a, b) => (value(a) > value(b) ? 1 : value(a) < value(b) ? -1 : 0) * (sort[0] === "-" ? -1 : 1),
      )
    : rows;
  const from = Number(query.get("after") ?? 0);
  const limit = Number(query.get("limit") ?? 100);
  return {
    rows: sorted.slice(from, from + limit),
    next: from + limit < rows.length ? String(from + limit) : null,
    count: rows.length,
  };
}

export const me = (state) => ({
  user: { id: 1, name: "Claire Dubois", email: "claire@countback.test", has_password: false },
  role: "administrator",
  rights: state.reader ? ["read"] : ["read", "act", "import", "configure", "administer"],
  csrf: "x",
  language: "en",
  company: { name: "Countback Demo", demo: !state.empty, empty: state.empty },
  entities: state.empty ? [] : entities,
  collectors,
  segments,
  currencies: ["EUR", "USD"],
  ageing_bounds: [30, 60, 90, 120],
  today,
  last_load: state.empty ? null : { id: 1, at, as_of: today },
  reconciliation: { state: state.empty ? "none" : "ok", load_id: state.empty ? null : 1, differences: 0 },
});

export function ageingColumns(currency, list) {
  const columns = Object.fromEntries(
    bucketNames.map((bucket) => [
      bucket,
      sum(
        open(list).filter((item) => bucketOf(item) === bucket),
        (item) => item.open,
      ),
    ]),
  );
  const outstanding = sum(open(list), (item) => item.open);
  const late = outstanding - columns.not_due - columns.unapplied;
  return {
    currency,
    ...Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, text(value)])),
    outstanding: text(outstanding),
    overdue: text(late),
  };
}
export function groups(list, by) {
  const keyOf = {
    currency: (item) => item.currency,
    entity: (item) => item.customer.entity.id,
    customer: (item) => item.customer.id,
  }[by];
  const map = new Map();
  for (const item of list) {
    const key = `${keyOf(item)} ${item.currency}`;
    map.set(key, [...(map.get(key) ?? []), item]);
  }
  return [...map.values()].map((part) => {
    const { customer, currency } = part[0];
    const named = {
      currency: { key: currency, label: currency, id: null },
      entity: { key: customer.entity.code, label: customer.entity.name, id: customer.entity.id },
      customer: { key: customer.code, label: customer.name, id: customer.id },
    }[by];
    return { named, currency, part };
  });
}
export const searched = (rows, query, pick) =>
  rows.filter((row) =>
    pick(row)
      .toLowerCase()
      .includes((query.get("q") ?? "").toLowerCase()),
  );

export function ageing(query) {
  const list = within(query);
  const rows = groups(list, query.get("by") ?? "currency").map(({ named, currency, part }) => ({
    ...named,
    ...ageingColumns(currency, part),
  }));
  const kept = searched(rows, query, (row) => row.label).toSorted(
    (a, b) => Number(b.outstanding) - Number(a.outstanding),
  );
  return {
    ...head("AGE-1", "Open amounts by due date; credits not applied stand in their own column."),
    ...page(kept, query),
    totals: byCurrency(list).map(([currency, part]) => ageingColumns(currency, part)),
  };
}

export function dsoColumns(currency, list) {
  const outstanding = sum(open(list), (item) => item.open);
  const billed = list.filter((item) => item.type !== "payment" && day(today) - day(item.issue) < 365);
  const billings = sum(billed, (item) => item.amount);
  const days = (part) => (billings <= 0 ? null : ((part / billings) * 365).toFixed(2));
  const current = sum(
    open(list).filter((item) => bucketOf(item) === "not_due"),
    (item) => item.open,
  );
  return {
    currency,
    outstanding: text(outstanding),
    billings: text(billings),
    window_days: 365,
    days: days(outstanding),
    more_than: false,
    short_history: false,
    best_possible: days(current),
    average_days_delinquent: days(outstanding - current),
    flags: [],
  };
}
export function dso(query) {
  const list = within(query);
  const rows = groups(list, query.get("by") ?? "currency").map(({ named, currency, part }) => ({
    ...named,
    ...dsoColumns(currency, part),
  }));
  const kept = searched(rows, query, (row) => row.label);
  const totals = byCurrency(list).map(([currency, part]) => dsoColumns(currency, part));
  return {
    ...head("DSO-1", "DSO = outstanding / billings of the window × days of the window.", {
      outstanding: `${totals[0]?.outstanding} ${totals[0]?.currency}`,
      window_days: "365",
    }),
    method: "accounting",
    window: 12,
    ...page(kept, query),
    totals,
  };
}
export function trend(query) {
  const months = Number(query.get("months") ?? 24);
  const points = (currency, list) =>
    Array.from({ length: months }, (_, index) => {
      const end = new Date(Date.UTC(2026, 11 - (months - index) + 1, 0)).toISOString().slice(0, 10);
      const columns = dsoColumns(currency, list);
      const wave = 1 + 0.12 * Math.sin(index / 3) + 0.01 * (months - index);
      return {
        month_end: index === months - 1 ? today : end,
        outstanding: text(Math.round(Number(columns.outstanding) * 100 * wave)),
        billings: text(Math.round(((Number(columns.billings) * 100) / 12) * (1 + 0.2 * Math.cos(index)))),
        days: (Number(columns.days) * wave).toFixed(2),
        more_than: false,
        short_history: index < 2,
      };
    });
  return {
    ...head("DSO-1", "DSO at each month end, with the facts known now."),
    method: "accounting",
    window: 12,
    rows: byCurrency(within(query)).map(([currency, list]) => ({ currency, points: points(currency, list) })),
  };
}
const parts = [
  "unapplied",
  "not_due",
  "litigation",
  "disputed",
  "plan",
  "promised",
  "processing",
  "no_reason",
];
export function waterfall(query) {
  const rows = byCurrency(within(query)).map(([currency, list]) => {
    const columns = dsoColumns(currency, list);
    const made = parts.map((part) => {
      const mine = open(list).filter((item) => partOf(item) === part);
      const amount = sum(mine, (item) => item.open);
      const days = ((amount / (Number(columns.outstanding) * 100)) * Number(columns.days)).toFixed(2);
      const causes =
        part === "disputed" && amount > 0
          ? [{ cause: "price", amount: text(amount), days, count: mine.length }]
          : [];
      return { part, amount: text(amount), days, count: mine.length, causes, items_filter: { part } };
    });
    const { outstanding, billings, days, best_possible, average_days_delinquent } = columns;
    return {
      currency,
      outstanding,
      billings,
      days,
      best_possible,
      average_days_delinquent,
      more_than: false,
      short_history: false,
      disputed_not_due: "1250.00",
      cost_of_one_day: null,
      parts: made,
    };
  });
  return {
    ...head("DSO-4", "Each open amount goes to the first part that fits; the parts add up to the DSO."),
    method: "accounting",
    window: 12,
    rows,
  };
}
const value = (unit, amount, rule) => ({
  value: amount,
  unit,
  rule,
  rule_text: `The rule ${rule} in words.`,
  inputs: { overdue: "1250.00 EUR" },
  flags: [],
});
export const collection = (list) => {
  const collectable = sum(
    list.filter((item) => item.amount > 0 && item.due.slice(0, 7) <= "2026-11" && item.open > 0),
    (item) => item.open,
  );
  return {
    month: "2026-11",
    collectable: text(collectable),
    collected: text(Math.round(collectable * 0.37)),
    remaining: text(collectable - Math.round(collectable * 0.37)),
    issued_after: "8200.00",
    rate: value("ratio", "0.3700", "KPI-2"),
  };
};
export function kpi(query) {
  const rows = byCurrency(within(query)).map(([currency, list]) => ({
    currency,
    late_rate: value("ratio", "0.3312", "KPI-1"),
    collection_rate: collection(list),
    cei: value("ratio", "0.7963", "KPI-3"),
    qualification_rate: value("ratio", "0.1840", "KPI-5"),
    behaviour: {
      weighted_delay: value("days", "14.20", "KPI-4"),
      plain_delay: value("days", "11.05", "KPI-4"),
      weighted_duration: value("days", "52.70", "KPI-4"),
      plain_duration: value("days", "49.10", "KPI-4"),
      open_included_delay: value("days", "21.44", "KPI-4"),
    },
    at_risk_rate: value("ratio", null, "KPI-5"),
    promise_kept: {
      by_amount: value("ratio", "0.6400", "KPI-5"),
      by_count: value("ratio", "0.7100", "KPI-5"),
    },
    dispute_resolution_days: [{ cause: "price", days: "18.50", count: 12 }],
  }));
  return { as_of: today, known_at: null, flags: [], rate_table_date: null, rows };
}
