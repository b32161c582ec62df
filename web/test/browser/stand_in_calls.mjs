// The agenda's other sections in the stand-in, and what came of calls.
import { actionsOf } from "./stand_in_choices.mjs";
import { customers, plus, today } from "./stand_in_ledger.mjs";
import { at, reference } from "./stand_in_measures.mjs";
import { ask, messages } from "./stand_in_messages.mjs";

const whose = (customer) => ({
  customer: reference(customer),
  entity: reference(customer.entity),
  collector: customer.collector,
});
const euros = (amount) => [{ currency: "EUR", amount }];
const section = (rows) => ({ count: rows.length, rows });
const notices = customers.slice(20, 26).map((customer, place) => ({
  ...whose(customer),
  notice: place % 2 ? "thank_you" : "new_invoice",
  name: place % 2 ? "Thank you" : "New invoice",
  kind: place % 2 ? "thank_you" : "new_invoice",
  channel: "email",
  mode: "confirm",
  items: [{ id: 40 + place, number: `F-${1040 + place}` }],
  totals: euros("1200.00"),
}));

/** A notice is gone once it was asked for. */
export function notice(customer, code) {
  const place = notices.findIndex((one) => one.customer.id === customer && one.notice === code);
  notices.splice(place, 1);
  return ask(customers.find((one) => one.id === customer), "notice");
}

const wrong = ({ state }) => state === "failed" || state === "ambiguous";
export function agendaSections() {
  const step = { name: "Friendly reminder", channel: "email", mode: "automatic" };
  const errors = messages.filter(wrong).map((one) => ({
    ...whose(customers.find(({ id }) => id === one.customer.id)),
    what: one.state,
    message: one.id,
    detail: one.detail,
  }));
  const snoozed = customers.filter(({ id }) => actionsOf(id).snoozed_until !== null);
  return {
    date: today,
    upcoming: {
      count: 140,
      rows: customers.slice(30, 40).map((one, place) => ({
        ...whose(one),
        date: plus(today, 1 + (place >> 2)),
        step,
        totals: euros("4810.00"),
      })),
    },
    errors: section(errors),
    snoozed: section(snoozed.map((one) => ({ ...whose(one), until: actionsOf(one.id).snoozed_until }))),
    disputes: section(
      customers.slice(12, 14).map((one, place) => ({
        ...whose(one),
        follow_up: plus(today, -place),
        dispute: {
          id: 900 + place,
          kind: "dispute",
          customer: reference(one),
          items: [{ id: 70 + place, number: `F-${1070 + place}` }],
          amount: "310.00",
          currency: "EUR",
          cause: "price",
          from: plus(today, -8),
          to: null,
          reason: "Price of last year",
          author: "Claire Dubois",
          at,
          ended: null,
          promise_state: null,
        },
      })),
    ),
    promises: section(
      customers.slice(16, 18).map((one, place) => ({
        ...whose(one),
        date: plus(today, -4 * place),
        state: place === 0 ? "pending" : "broken",
        promised: euros("420.00")[0],
        received: euros("0.00")[0],
        promise: {
          id: 950 + place,
          kind: "promise",
          customer: reference(one),
          items: [{ id: 80 + place, number: `F-${1080 + place}` }],
          amount: "420.00",
          currency: "EUR",
          cause: null,
          from: plus(today, -8),
          to: plus(today, -4 * place),
          reason: "By transfer",
          author: "Claire Dubois",
          at,
          ended: null,
          promise_state: place === 0 ? "pending" : "broken",
        },
      })),
    ),
    notices: section(notices),
  };
}

const calls = new Map();
export const doneWith = (id) => ({ rows: (calls.get(id) ?? []).toReversed(), next: null });
let rows = 0;
/** What came of a call is a line of what was done; a contact can be taken back. */
export function call(id, { outcome, date = null, note = "" }) {
  rows += 1;
  const contact = outcome !== "not_reached" && outcome !== "call_back";
  const line = {
    row: rows,
    day: today,
    at,
    step: contact ? "Call" : null,
    skipped: false,
    contact,
    call: outcome,
    call_back: date,
    note,
    by: "Claire Dubois",
    taken_back: false,
  };
  calls.set(id, [...(calls.get(id) ?? []), line]);
  return { mark: contact ? rows : null };
}
export function takeBack(id, mark) {
  for (const line of calls.get(id) ?? []) if (line.row === mark) line.taken_back = true;
  return { mark };
}
