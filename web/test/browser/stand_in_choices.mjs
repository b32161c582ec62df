// What a person chose in the stand-in: specific actions and snooze of a customer, her fields, the company's settings.
import { customerSheet } from "./stand_in_accounts.mjs";

const nobody = { actions: [], snoozed_until: null };
const chosen = new Map();
const names = ["name", "legal_id", "address", "country", "language", "email", "phone", "terms", "collector", "segment"];

export const measureSettings = {
  internal_rate: null,
  ageing_bounds: [30, 60, 90, 120],
  late_days_above: 0,
  cei_months: 3,
  behaviour_months: 6,
  payer_bounds: [0, 5, 30, 60],
  settled_items_min: 3,
};
export const importSettings = { guard_percent: 20 };

export const actionsOf = (id) => chosen.get(id) ?? nobody;

export function snooze(id, { until }) {
  chosen.set(id, { ...actionsOf(id), snoozed_until: until });
  return actionsOf(id);
}

export function fieldsOf(id) {
  const sheet = customerSheet(id);
  const fields = { ...sheet.customer, email: null, phone: null, address: null };
  return {
    id,
    code: sheet.customer.code,
    fields: {
      ...Object.fromEntries(names.map((name) => [name, fields[name]?.name ?? fields[name]])),
      risk_class: sheet.customer.risk_class,
    },
    owner: Object.fromEntries([...names, "risk_class"].map((name) => [name, "source"])),
    contacts: sheet.contacts,
  };
}
