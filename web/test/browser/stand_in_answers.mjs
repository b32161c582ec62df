// Answers of the stand-in, shaped as the contract says. The figures are plausible, not the product's rules.
import {
  bucketNames,
  bucketOf,
  collectors,
  customers,
  day,
  entities,
  items,
  lateDays,
  partOf,
  plus,
  segments,
  sum,
  text,
  today,
} from "./stand_in_ledger.mjs";

const at = `${today}T08:30:00Z`;
const reference = ({ id, code, name }) => ({ id, code, name });
const head = (rule, rule_text, inputs = {}) => ({
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
const open = (list) => list.filter((item) => item.open !== 0);
const byCurrency = (list) =>
  ["EUR", "USD"]
    .map((currency) => [currency, list.filter((item) => item.currency === currency)])
    .filter(([, part]) => part.length > 0);

function page(rows, query, sorts = {}) {
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
  rights: ["read", "act", "import", "administer"],
  csrf: "x",
  language: "en",
  company: { name: "Countback Demo", demo: !state.empty, empty: state.empty },
  entities: state.empty ? [] : entities,
  collectors,
  segments,
  currencies: ["EUR", "USD"],
  today,
  last_load: state.empty ? null : { id: 1, at, as_of: today },
  reconciliation: { state: state.empty ? "none" : "ok", load_id: state.empty ? null : 1, differences: 0 },
});

function ageingColumns(currency, list) {
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
function groups(list, by) {
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
const searched = (rows, query, pick) =>
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

function dsoColumns(currency, list) {
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
const collection = (list) => {
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

export const standings = [];
export function standing(id, fields) {
  const customer = customers.find((one) => one.id === fields.customer);
  const chosen = items.filter((item) => fields.items.includes(item.id));
  return {
    id,
    kind: fields.kind,
    customer: reference(customer),
    items: chosen.map(({ id, number }) => ({ id, number })),
    amount: fields.amount,
    currency: chosen[0]?.currency ?? null,
    cause: fields.cause,
    from: fields.from,
    to: fields.to,
    reason: fields.reason,
    author: "Claire Dubois",
    at,
    ended: null,
    promise_state: fields.kind === "promise" ? "pending" : null,
  };
}

const itemRow = (item) => ({
  id: item.id,
  number: item.number,
  type: item.type,
  customer: reference(item.customer),
  entity: reference(item.customer.entity),
  issue_date: item.issue,
  due_date: item.due,
  days_late: lateDays(item),
  amount: text(item.amount),
  open: text(item.open),
  currency: item.currency,
  reason: item.open > 0 ? item.reason : null,
  flags: item.id % 37 === 0 ? ["changed"] : [],
});
const states = {
  open: (item) => item.open !== 0,
  all: () => true,
  cleared: (item) => item.open === 0,
  overdue: (item) => lateDays(item) > 0,
  not_due: (item) => item.open > 0 && lateDays(item) === 0,
  unapplied: (item) => item.open < 0,
};
export function itemList(query) {
  const kept = within(query).filter(
    (item) =>
      states[query.get("state") ?? "open"](item) &&
      (!query.get("bucket") || bucketOf(item) === query.get("bucket")) &&
      (!query.get("part") || partOf(item) === query.get("part")) &&
      (!query.get("type") || item.type === query.get("type")),
  );
  const found = searched(kept, query, (item) => item.number + item.customer.name + item.customer.code);
  const totals = byCurrency(found).map(([currency, list]) => ({
    currency,
    amount: text(sum(list, (item) => item.amount)),
    open: text(sum(list, (item) => item.open)),
  }));
  const query2 = new URLSearchParams(query);
  if (!query.get("sort")) query2.set("sort", "due_date");
  return {
    as_of: today,
    ...page(found.map(itemRow), query2, { customer: (row) => row.customer.name }),
    totals,
  };
}
export function itemSheet(id) {
  const item = items.find((one) => one.id === id);
  if (!item) return undefined;
  const version = {
    fact: item.id,
    at,
    author: "Import 1",
    load_id: 1,
    amount: text(item.amount),
    currency: item.currency,
    issue_date: item.issue,
    due_date: item.due,
  };
  const paid = item.amount - item.open;
  const allocations =
    paid > 0
      ? [
          {
            fact: 9000 + id,
            at,
            effective: plus(item.due, 5),
            amount: text(paid),
            cause: "cash",
            counter_item: null,
            estimated: id % 2 === 0,
            reversed: false,
          },
        ]
      : [];
  return {
    as_of: today,
    item: itemRow(item),
    texts: { order_reference: `PO-${id}` },
    versions: [version],
    allocations,
    standings: standings.filter((one) => one.items.some((named) => named.id === id)),
  };
}

function decision(customer) {
  const mine = open(items.filter((item) => item.customer === customer));
  const late = mine.filter((item) => lateDays(item) > 0).toSorted((a, b) => lateDays(b) - lateDays(a));
  const stopped = standings.some((one) => one.customer.id === customer.id && one.ended === null);
  const leader = late.find((item) => item.reason === null);
  const outcome = stopped
    ? "suppressed"
    : !leader
      ? "nothing"
      : customer.id % 4 === 0
        ? "waiting"
        : customer.id % 7 === 0
          ? "suppressed"
          : "due";
  const step =
    outcome !== "due"
      ? null
      : {
          name: lateDays(leader) > 30 ? "Formal reminder" : "Friendly reminder",
          channel: customer.id % 3 === 0 ? "call" : "email",
          mode: "confirm",
        };
  const amount = sum(late, (item) => item.open);
  const grade = Math.min(9, Math.floor(amount / 400000));
  return {
    customer: reference(customer),
    entity: reference(customer.entity),
    collector: customer.collector,
    outcome,
    kind: step ? step.channel : null,
    leader: leader
      ? { item: leader.id, number: leader.number, due_date: leader.due, days_late: lateDays(leader) }
      : null,
    overdue: late.length ? [{ currency: customer.entity.currency, amount: text(amount) }] : [],
    step,
    level_by_time: leader ? "Formal reminder" : null,
    level_done: leader ? "Friendly reminder" : null,
    next_step: leader ? "Formal reminder" : null,
    earliest_date: leader ? plus(today, outcome === "waiting" ? 3 : 0) : null,
    priority: {
      total: grade * 3 + 8,
      grades: [
        { name: "overdue_amount", grade, weight: 3, why: `${text(amount)} overdue` },
        { name: "age", grade: 4, weight: 2, why: "41 days" },
        { name: "broken_promises", grade: 0, weight: 2, why: "none" },
      ],
    },
    reasons: [
      {
        code: outcome,
        text:
          outcome === "due"
            ? `The oldest item is ${lateDays(leader)} days late and the reminder has had no effect.`
            : outcome === "waiting"
              ? "The last contact is less than 7 days old."
              : outcome === "suppressed"
                ? "A promise is not yet due."
                : "Nothing is late.",
        data: {},
      },
    ],
    would_change: [
      { text: "A payment that settles the leader item." },
      { text: "A promise on all late items." },
    ],
    path: ["Entity default: FR01", "Scenario: standard"],
  };
}
export function agenda(query) {
  const all = customers
    .filter((customer) => within(query).some((item) => item.customer === customer))
    .map(decision);
  const wanted = (query.get("outcome") ?? "due").split(",");
  const counts = Object.fromEntries(
    ["due", "waiting", "suppressed", "nothing"].map((outcome) => [
      outcome,
      all.filter((row) => row.outcome === outcome).length,
    ]),
  );
  const rows = searched(
    all.filter((row) => wanted.includes(row.outcome)),
    query,
    (row) => row.customer.name,
  ).toSorted((a, b) => b.priority.total - a.priority.total);
  return {
    date: today,
    dry_run: true,
    scenario_counts: [
      { scenario: "standard", count: 90 },
      { scenario: "careful", count: 30 },
    ],
    counts,
    ...page(rows, query),
  };
}
export function whole(id) {
  const customer = customers.find((one) => one.id === id);
  if (!customer) return undefined;
  const mine = open(items.filter((item) => item.customer === customer));
  const state = (item) =>
    item.open < 0 ? "unapplied" : lateDays(item) === 0 ? "not_due" : item.reason ? "excluded" : "chased";
  const suppressors = [
    ["dispute", false],
    ["promise", id % 7 === 0],
    ["unapplied_credit", false],
    ["minimum_amount", false],
    ["stop", false],
    ["stale_data", false],
    ["no_recipient", false],
    ["contact_frequency", id % 4 === 0],
  ];
  return {
    ...decision(customer),
    date: today,
    dry_run: true,
    suppressors: suppressors.map(([code, holds]) => ({
      code,
      text: holds ? "It holds today." : "It was tried and does not hold.",
      scope: "customer",
      holds,
      until: holds ? plus(today, 5) : null,
      author: null,
    })),
    items: mine.map((item) => ({ state: state(item), item: itemRow(item), reasons: [] })),
  };
}

function balance(currency, list) {
  const columns = ageingColumns(currency, list);
  return {
    currency,
    outstanding: columns.outstanding,
    not_due: columns.not_due,
    overdue: columns.overdue,
    unapplied: columns.unapplied,
  };
}
export function customerList(query) {
  const rows = groups(within(query), "customer").map(({ currency, part }) => {
    const { customer } = part[0];
    const late = part
      .filter((item) => lateDays(item) > 0)
      .map((item) => item.due)
      .toSorted();
    const decided = decision(customer);
    return {
      ...reference(customer),
      entity: reference(customer.entity),
      ...balance(currency, part),
      oldest_due: late[0] ?? null,
      dso: dsoColumns(currency, part).days,
      dso_more_than: false,
      weighted_delay: `${customer.slow}.00`,
      profile: customer.profile,
      collector: customer.collector,
      next_step: decided.next_step,
      next_step_date: decided.earliest_date,
    };
  });
  const found = searched(rows, query, (row) => row.name + row.code);
  const query2 = new URLSearchParams(query);
  if (!query.get("sort")) query2.set("sort", "-overdue");
  return {
    as_of: today,
    ...page(found, query2),
    totals: byCurrency(within(query)).map(([currency, list]) => balance(currency, list)),
  };
}
export function customerSheet(id) {
  const customer = customers.find((one) => one.id === id);
  if (!customer) return undefined;
  const query = new URLSearchParams({ customer: String(id) });
  const list = within(query);
  const contacts =
    id % 3 === 0
      ? []
      : [
          {
            id,
            name: "Accounts payable",
            email: `ap@${customer.name.split(" ")[0].toLowerCase()}.test`,
            phone: "+33 1 00 00 00 00",
            role: "Payables",
            language: "fr",
          },
        ];
  return {
    as_of: today,
    customer: {
      ...reference(customer),
      entity: reference(customer.entity),
      legal_id: null,
      country: "FR",
      language: "fr",
      terms: "45 days end of month",
      profile: customer.profile,
      risk_class: "B",
      collector: customer.collector,
      segment: segments[id % 2],
    },
    contacts,
    balances: byCurrency(list).map(([currency, part]) => balance(currency, part)),
    ageing: ageing(query),
    dso: dso(query),
    behaviour: kpi(query),
    standings: standings.filter((one) => one.customer.id === id && one.ended === null),
    decision: decision(customer),
    open_items: open(list).length,
  };
}
export function history(id) {
  const rows = items
    .filter((item) => item.customer.id === id)
    .slice(0, 20)
    .map((item) => ({
      fact: item.id,
      at,
      effective: item.issue,
      kind: "item",
      text: "entered by import 1",
      author: "Import 1",
      item: { id: item.id, number: item.number },
      amount: text(item.amount),
      currency: item.currency,
      load_id: 1,
    }));
  return { rows, next: null };
}
export function todayScreen(query) {
  const list = agenda(query);
  const twelve = new URLSearchParams([...query, ["months", "12"]]);
  return {
    as_of: today,
    known_at: null,
    rate_table_date: null,
    agenda: {
      counts: list.counts,
      kinds: [
        { kind: "email", count: 41 },
        { kind: "call", count: 20 },
        { kind: "promise_due", count: 3 },
      ],
    },
    collected: byCurrency(within(query)).map(([currency, part]) => ({ currency, ...collection(part) })),
    dso: dso(query),
    trend: trend(twelve),
    waterfall: waterfall(query),
    ageing: ageing(query),
    promises: standings.filter((one) => one.kind === "promise"),
    customers_to_act_on: list.rows.slice(0, 10),
  };
}

const counts = (more) => ({
  lines: 2412,
  new_items: 2400,
  changed: 6,
  unchanged: 0,
  cleared: 0,
  refused: 2,
  new_customers: 120,
  ...more,
});
const refused = [
  {
    line: 17,
    column: "Montant",
    value: "1.200,00",
    code: "amount_unreadable",
    text: "Line 17: “1.200,00” cannot be read as an amount. Write 1200.00, or set the decimal sign to a comma.",
  },
  {
    line: 230,
    column: "Échéance",
    value: "31/02/2026",
    code: "date_unreadable",
    text: "Line 230: 31 February does not exist. Correct the date and send the line again.",
  },
];
const fields = [
  ["customer_code", true],
  ["number", true],
  ["issue_date", true],
  ["due_date", true],
  ["amount", true],
  ["currency", false],
  ["entity", false],
  ["customer_name", false],
  ["type", false],
  ["cleared_date", false],
];
export const upload = (name, size) => ({
  file_id: 1,
  name,
  size,
  sha256: "ab".repeat(32),
  lines: 2412,
  detected: {
    format: "csv",
    encoding: "windows-1252",
    delimiter: ";",
    decimal: ",",
    date_format: "dd/mm/yyyy",
    header_line: 1,
    sheet: null,
    sheets: [],
  },
  columns: ["Code client", "Nom", "N° pièce", "Date", "Échéance", "Montant", "Devise", "Commentaire"].map(
    (column, index) => ({ name: column, samples: [`${column} 1`, `${column} 2`, String(index)] }),
  ),
  proposed_mapping: {
    customer_code: "Code client",
    customer_name: "Nom",
    number: "N° pièce",
    issue_date: "Date",
    due_date: "Échéance",
    amount: "Montant",
    currency: "Devise",
  },
  kind: "items",
  fields: fields.map(([field, required]) => ({
    name: field,
    required,
    label: field.replaceAll("_", " "),
    kinds: ["items"],
  })),
});
export const preview = () => ({
  ...counts(),
  preview_id: 1,
  new_entities: ["FR01"],
  totals: [{ entity: "FR01", currency: "EUR", in_file: "812345.67", before: "0.00", after: "812345.67" }],
  notices: [
    { code: "near_twins", text: "Two customer codes differ only by leading zeros: 00123 and 123.", data: {} },
  ],
  questions: [{ code: "new_entities", text: "The entity FR01 is new. Create it?", data: {} }],
  refusals_sample: refused,
});
const load = (state) => ({
  id: 1,
  at,
  author: "Claire Dubois",
  file_name: "export_novembre.csv",
  sha256: "ab".repeat(32),
  kind: "items",
  mode: "delta",
  as_of: today,
  state,
  counts: counts(),
  reconciliation_state: "ok",
});
export const loads = (state) => ({
  rows: state.empty ? [] : [load(state.load)],
  next: null,
  count: state.empty ? 0 : 1,
});
export const report = (state) => ({
  load_id: 1,
  summary: load(state.load),
  notices: [],
  refusals_sample: refused,
  reconciliation: {
    state: "ok",
    differences: 0,
    rows: entities.map((entity) => ({
      entity: entity.code,
      currency: entity.currency,
      customer: null,
      in_file: "812345.67",
      in_ledger: "812345.67",
      difference: "0.00",
    })),
  },
  can_undo: state.load === "applied",
  undo_refusal: null,
});
