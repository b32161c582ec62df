// Imports of the stand-in.
import { entities, today } from "./stand_in_ledger.mjs";
import { at } from "./stand_in_measures.mjs";

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
