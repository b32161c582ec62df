// Items, standings and decisions of the stand-in.
import { bucketOf, customers, items, lateDays, partOf, plus, sum, text, today } from "./stand_in_ledger.mjs";
import { at, byCurrency, open, page, reference, searched, within } from "./stand_in_measures.mjs";

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
    scenario: null,
  };
}

function outcomeOf(customer, leader) {
  if (standings.some((one) => one.customer.id === customer.id && one.ended === null)) return "suppressed";
  if (!leader) return "nothing";
  if (customer.id % 4 === 0) return "waiting";
  return customer.id % 7 === 0 ? "suppressed" : "due";
}

export function decision(customer) {
  const mine = open(items.filter((item) => item.customer === customer));
  const late = mine.filter((item) => lateDays(item) > 0).toSorted((a, b) => lateDays(b) - lateDays(a));
  const leader = late.find((item) => item.reason === null);
  const outcome = outcomeOf(customer, leader);
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
    kind: step?.mode === "confirm" ? "confirm" : step ? step.channel : null,
    leader: leader
      ? { item: leader.id, number: leader.number, due_date: leader.due, days_late: lateDays(leader) }
      : null,
    overdue: late.length ? [{ currency: customer.entity.currency, amount: text(amount) }] : [],
    to_pay: outcome === "due" ? [{ currency: customer.entity.currency, amount: text(amount) }] : [],
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
    working_day: true,
    next_working_day: "2026-11-24",
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
