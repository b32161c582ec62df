// A small invented ledger for looking at the pages without the program. Whole minor units; test code only.
export const today = "2026-11-22";
const names =
  "Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Ivy Juniper Katsura Larch Maple Nutmeg Oak Pine Quince Rowan Spruce Tamarack".split(
    " ",
  );
const kinds = ["Logistics", "Foods", "Studios", "Hospitals", "Steelworks", "Printers"];
export const entities = [
  { id: 1, code: "FR01", name: "Countback Demo France", currency: "EUR" },
  { id: 2, code: "US01", name: "Countback Demo Inc.", currency: "USD" },
];
export const collectors = [
  { id: 11, name: "Ana Ruiz" },
  { id: 12, name: "Paul Martin" },
];
export const segments = [
  { id: 21, name: "Key accounts" },
  { id: 22, name: "Small" },
];

let seed = 42;
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
};
const whole = (low, high) => low + Math.floor(random() * (high - low + 1));
export const day = (date) => Date.parse(`${date}T00:00:00Z`) / 86400000;
export const plus = (date, days) => new Date((day(date) + days) * 86400000).toISOString().slice(0, 10);
export const text = (minor) =>
  `${minor < 0 ? "-" : ""}${Math.floor(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, "0")}`;

export const customers = Array.from({ length: 120 }, (_, index) => {
  const entity = entities[index % 3 === 2 ? 1 : 0];
  return {
    id: index + 1,
    code: String(10000 + index).padStart(8, "0"),
    name: `${names[index % names.length]} ${kinds[index % kinds.length]}${index >= 60 ? ` ${Math.floor(index / 60) + 1}` : ""}`,
    entity,
    collector: collectors[index % 2],
    profile: ["early", "on_time", "slow", "very_slow", "chronic", "new"][index % 6],
    slow: [-4, 3, 18, 42, 80, 10][index % 6],
  };
});

const invoices = customers.flatMap((customer) =>
  Array.from({ length: whole(8, 40) }, (_, index) => {
    const issue = plus(today, -whole(0, 720));
    const due = plus(issue, 30 + 15 * (customer.id % 3));
    const paid = plus(due, customer.slow + whole(-5, 12));
    const reason = random() < 0.06 ? "dispute" : random() < 0.06 ? "promise" : null;
    const amount = whole(12000, 2400000);
    const open =
      day(paid) <= day(today) && reason === null ? 0 : random() < 0.1 ? Math.floor(amount / 2) : amount;
    return {
      customer,
      type: "invoice",
      number: `F-${customer.id}-${String(index + 1).padStart(3, "0")}`,
      issue,
      due,
      amount,
      open,
      reason,
    };
  }),
);
const credits = customers
  .filter((customer) => customer.id % 5 === 0)
  .map((customer) => {
    const amount = -whole(5000, 90000);
    const issue = plus(today, -whole(5, 60));
    return {
      customer,
      type: customer.id % 2 ? "payment" : "credit_note",
      number: `A-${customer.id}`,
      issue,
      due: issue,
      amount,
      open: amount,
      reason: null,
    };
  });
export const items = [...invoices, ...credits].map((item, index) => ({
  ...item,
  id: index + 1,
  currency: item.customer.entity.currency,
}));

export const bucketNames = ["not_due", "d1_30", "d31_60", "d61_90", "d91_120", "d120_plus", "unapplied"];
export function bucketOf(item) {
  if (item.amount < 0) return "unapplied";
  const late = day(today) - day(item.due);
  return late <= 0 ? "not_due" : bucketNames[Math.min(5, Math.ceil(late / 30))];
}
export const partOf = (item) => {
  const bucket = bucketOf(item);
  if (bucket === "unapplied" || bucket === "not_due") return bucket;
  return { dispute: "disputed", promise: "promised" }[item.reason] ?? "no_reason";
};
export const sum = (list, pick) => list.reduce((total, one) => total + pick(one), 0);
export const lateDays = (item) =>
  item.amount < 0 || item.open === 0 ? 0 : Math.max(0, day(today) - day(item.due));

export const customerOf = (id) => customers.find((one) => one.id === id);
