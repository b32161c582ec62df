// Messages, runs, settings and scenarios of the stand-in.
import { customers, today } from "./stand_in_ledger.mjs";
import { at, reference } from "./stand_in_measures.mjs";

const digest = "0".repeat(64);
const words = {
  en: ["{{company.name}}: {{total}} past due", "Dear {{contact.name}},\n\n{{items_table}}\n\nKind regards\n{{sender.name}}\n"],
  fr: ["{{company.name}} : {{total}} échus", "Bonjour {{contact.name}},\n\n{{items_table}}\n\nCordialement\n{{sender.name}}\n"],
};
const template = (code, language) => ({
  code,
  language,
  subject: words[language][0],
  text: words[language][1],
  version: 0,
  shipped: true,
});
const leaf = (name) => ({ name, kind: "text", inner: [] });
export const templates = () => ({
  rows: ["courtesy", "reminder_1", "reminder_2", "statement"].flatMap((code) => [template(code, "en"), template(code, "fr")]),
  names: [
    { name: "company", kind: "object", inner: [leaf("name"), leaf("iban")] },
    { name: "contact", kind: "object", inner: [leaf("name")] },
    leaf("total"),
    leaf("items_table"),
    { name: "items", kind: "list", inner: [leaf("number"), leaf("amount")] },
  ],
});

export function content(customer, subject = "Harbour SAS: 12,480.00 EUR past due", text = undefined) {
  const body = text ?? "Dear colleague in accounts payable,\n\nThese invoices have passed their due dates:\n\nF-1001   6,240.00 EUR\nF-1002   6,240.00 EUR\n\nKind regards\nClaire Dubois\n";
  return {
    language: "en",
    to: [{ name: "Accounts payable", address: `payables@${customer.code.toLowerCase()}.test` }],
    cc: [],
    from: { name: "Claire Dubois (Harbour SAS)", address: "desk@harbour.test" },
    reply_to: "claire@harbour.test",
    words: { subject, text: text ?? "{{items_table}}" },
    words_digest: digest,
    subject,
    text: body,
    html: `<!doctype html><html><body style="font-family:Arial;padding:24px"><p>${body.replaceAll("\n", "<br>")}</p></body></html>`,
    digest,
    attachments: [{ name: "Statement.pdf", media_type: "application/pdf", bytes: 48213, digest }],
  };
}

const states = {
  sent: "",
  waiting: "timed_out",
  failed: "550 5.1.1 no such user (payables@c2.test)",
  ambiguous: "process_ended",
  cancelled: "items",
  to_post: "",
};
export const messages = [];
export function ask(customer, kind = "step", state = "requested") {
  const id = messages.length + 1;
  messages.push({
    id,
    kind,
    state,
    customer: reference(customer),
    entity: reference(customer.entity),
    channel: state === "to_post" ? "letter" : "email",
    template: "reminder_1",
    step: kind === "step" ? "reminder_1" : null,
    run: null,
    day: today,
    requested_at: at,
    attempts: state === "waiting" ? 2 : 0,
    not_before: state === "waiting" ? at : null,
    detail: states[state] ?? "",
    items: 2,
    totals: [{ currency: "EUR", amount: "12480.00" }],
  });
  return id;
}
Object.keys(states).forEach((state, place) => ask(customers[place], "step", state));
for (const customer of customers.slice(8, 14)) ask(customer, "step", "to_post");
for (const customer of customers.slice(14, 16)) {
  ask(customer, "step", "to_post");
  messages.at(-1).channel = "registered_letter";
}

const printed = new Set();
const towns = [["69001", "Lyon"], ["75001", "Paris"], ["75002", "Paris"]];
/** In the order of the post; one was paid meanwhile. */
export function letterList() {
  const waiting = messages.filter((one) => one.state === "to_post");
  const rows = waiting.map((one, place) => {
    const [postcode, town] = towns[Math.min(2, Math.floor(place / 3))];
    return {
      ...one,
      name: one.customer.name,
      address: [`${place + 1} rue Haute`, `${postcode} ${town}`],
      country: "FR",
      postcode,
      town,
      printed_at: printed.has(one.id) ? at : null,
      no_longer_right: place === 4 ? "items" : null,
    };
  });
  return { rows, total: rows.length };
}
export function print({ ids }) {
  for (const id of ids) printed.add(id);
  return { file: ids };
}
/** Each by itself: one was posted by somebody else meanwhile. */
export function posted({ ids }) {
  const over = { code: "message_over", text: "It was posted by somebody else meanwhile.", data: {} };
  return {
    rows: ids.map((message) => {
      if (customerOf(message) % 10 === 0) return { message, refusal: over };
      act(message, { what: "posted" });
      return { message, refusal: null };
    }),
  };
}
const customerOf = (message) => messages.find((one) => one.id === message).customer.id;

export function messageList(query) {
  const kept = messages.filter(
    (one) =>
      (!query.get("state") || one.state === query.get("state")) &&
      (!query.get("customer") || one.customer.id === Number(query.get("customer"))),
  );
  const counts = {};
  for (const one of messages) counts[one.state] = (counts[one.state] ?? 0) + 1;
  return { rows: kept.toReversed(), next: null, counts };
}
export function message(id) {
  const row = messages.find((one) => one.id === id);
  const customer = customers.find((one) => one.id === row?.customer.id);
  if (!row) return undefined;
  const begun = { state: "requested", at, by: "Claire Dubois", detail: "" };
  return {
    ...row,
    content: row.state === "cancelled" ? null : content(customer),
    content_frozen: row.state !== "requested",
    content_refusal: null,
    item_rows: [{ id: 5, number: "F-1001", amount: "12480.00", currency: "EUR" }],
    story: row.state === "requested" ? [begun] : [begun, { state: row.state, at, by: null, detail: row.detail }],
  };
}
const after = { cancel: "cancelled", retry: "requested", arrived: "sent", not_arrived: "requested", posted: "sent" };
export function act(id, { what, reason }) {
  const row = messages.find((one) => one.id === id);
  row.state = after[what];
  row.detail = reason ?? "";
  return message(id);
}
export const confirm = ({ customers: wanted }) => ({
  rows: wanted.map(({ customer }) => {
    const found = customers.find((one) => one.id === customer);
    const refusal = { code: "no_recipient", text: `${found.name} has no address to write to.`, data: {} };
    return customer % 5 === 0 ? { customer, message: null, refusal } : { customer, message: ask(found), refusal: null };
  }),
});

export const mail = {
  host: "",
  port: 587,
  security: "starttls",
  user: "",
  password_set: true,
  from_address: "",
  reply_domain: "",
  public_url: "",
  paused: false,
  without_bank: [],
  per_minute_and_domain: 30,
  documents_megabytes_max: 8,
  allowed: [],
  demo: true,
  ready: false,
};
export const card = {
  name: "Harbour SAS",
  address: "1 quai du Port\n13002 Marseille",
  registration: "SAS, RCS Marseille 000 000 000",
  vat_number: "",
  phone: "",
  email: "",
  iban: "",
  bic: "",
  logo_png: "",
  penalties_shown: true,
};
export const run = {
  id: 1,
  day: today,
  source: "schedule",
  by: null,
  started_at: at,
  finished_at: at,
  requested: 14,
  to_do: 61,
  waiting: 20,
  held: 9,
  nothing: 96,
  failed: 0,
};
export const runWhole = () => ({
  run,
  rows: customers.slice(0, 40).map((one) => ({
    customer: reference(one),
    outcome: ["due", "waiting", "suppressed", "nothing"][one.id % 4],
    step: one.id % 4 === 0 ? "Reminder 1" : null,
    message: one.id % 4 === 0 ? 1 : null,
    why: [{ code: "step_due", text: "Reminder 1 is due since 2026-11-20; F-1001 is the oldest to ask for" }],
  })),
  next: null,
});

const step = (code, en, fr, days, channel = "email") => ({
  code,
  names: { en, fr },
  channel,
  mode: channel === "call" ? "manual" : "confirm",
  trigger: { base: "due", days },
  repeat: null,
  template: channel === "call" ? null : "reminder_1",
  to: ["payables"],
  cc: [],
  floors: [],
  ceilings: [{ amount: "50000.00", currency: "EUR" }],
  weekdays: [1, 2, 3, 4, 5],
  hours: { from: 8, to: 18 },
});
const scenario = (number, code, en, fr, state) => ({
  number,
  code,
  names: { en, fr },
  state,
  steps: [
    step("pre", "Before the due date", "Avant l’échéance", -5),
    step("r1", "First reminder", "Première relance", 3),
    step("call", "Call", "Appel", 10, "call"),
    step("r2", "Formal reminder", "Relance ferme", 20),
  ],
  notices: [],
  former: [],
});
export const policy = {
  version: 1,
  scenarios: [
    scenario(1, "standard", "Standard", "Standard", "active"),
    scenario(2, "careful", "Careful", "Prudent", "active"),
    scenario(3, "trial", "Trial", "Essai", "draft"),
  ],
  rules: {
    default_scenario: "standard",
    entity_defaults: [],
    assignment: [
      { rank: 1, scenario: "careful", segment: null, risk_class: null, payer: "chronic", country: "FR", entity: null, overdue_from: { amount: "5000.00", currency: "EUR" } },
    ],
    min_gap_days: 5,
    promise_grace_days: 3,
    follow_up_days: 7,
    stale_after_days: 7,
    contact_cap: 4,
    contact_cap_days: 30,
    new_leader_by_age: false,
    floors: [],
    ceilings: [],
    priority: {},
  },
  entities: [{ id: 1, code: "FR01", name: "Harbour SAS" }],
  segments: [{ id: 1, name: "Key accounts" }],
  risk_classes: [{ id: 2, name: "A" }],
};
const plannedStep = (mode) => ({
  code: "reminder",
  names: { en: "First reminder", fr: "Première relance" },
  mode,
  channel: "email",
  template: "reminder_1",
  to: ["payables"],
  cc: [],
});
const planned = (mode) => ({
  scenario: "standard",
  step: plannedStep(mode),
  date: today,
  outcome: "due",
  notices: 0,
  by_itself: mode === "automatic",
});
export const effect = () => ({
  customers: 200,
  changed: 3,
  changes: [{ what: "mode", customers: 3 }],
  due: { before: 61, after: 61 },
  by_itself: { before: 0, after: 3 },
  by_itself_later: { before: 0, after: 58 },
  notices: { before: 0, after: 0 },
  made_automatic: [
    { scenario: "standard", code: "reminder", names: { en: "First reminder", fr: "Première relance" } },
  ],
  scenarios: [
    { scenario: "standard", before: 190, after: 190 },
    { scenario: "careful", before: 10, after: 10 },
  ],
  rows: customers.slice(0, 3).map((one) => ({
    customer: reference(one),
    changes: ["mode"],
    before: planned("confirm"),
    after: planned("automatic"),
  })),
});
const replay = (more) => ({
  actions: { email: 120 + more, call: 31 },
  weeks: [
    { week: "2026-10-05", actions: { email: 60 + more, call: 11 } },
    { week: "2026-10-12", actions: { email: 60, call: 20 } },
  ],
  modes: { automatic: 0, confirm: 120, manual: 31 },
  customers_touched: 77,
  contacts: 151 + more,
  clashes: 4,
  caps_hit: 2,
  broken_promises: 3,
  suppressed: [{ reason: "promise_running", customers: 9, days: 40 }],
  workload: [{ week: "2026-10-05", collector: { id: 1, name: "Claire Dubois" }, confirm: 80, manual: 20 }],
});
export const simulation = ({ from, to, other }) => ({
  from,
  to,
  simulated: replay(0),
  other: other ? replay(12) : null,
  really: replay(-40),
});
