// Customers and the first screen of the stand-in.

import { agenda, decision, standings } from "./stand_in_agenda.mjs";
import { customers, items, lateDays, segments, text, today } from "./stand_in_ledger.mjs";
import {
  ageing,
  ageingColumns,
  at,
  byCurrency,
  collection,
  dso,
  dsoColumns,
  groups,
  kpi,
  open,
  page,
  reference,
  searched,
  trend,
  waterfall,
  within,
} from "./stand_in_measures.mjs";

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
      scenario: null,
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
    working_day: true,
    next_working_day: "2026-11-24",
    customers_to_act_on: list.rows.slice(0, 10),
  };
}
