// What a form about a customer sends: only what was changed, and whose word stands from now on (IMP-5).
import type { PatchBody, Schemas } from "../../api/client";
import type { Owner } from "./owner_mark";

export type CustomerFields = Schemas["CustomerFields"];
export const fieldNames = [
  "name",
  "legal_id",
  "address",
  "country",
  "language",
  "email",
  "phone",
  "terms",
  "collector",
  "segment",
  "risk_class",
] as const;
export type FieldName = (typeof fieldNames)[number];

export interface FieldDraft {
  readonly value: string;
  readonly owner: Owner;
}
export type FieldDrafts = Readonly<Record<FieldName, FieldDraft>>;

export function draftsOf({ fields, owner }: CustomerFields): FieldDrafts {
  const entries = fieldNames.map((name) => [
    name,
    { value: fields[name] ?? "", owner: owner[name] ?? "source" },
  ]);
  return Object.fromEntries(entries) as FieldDrafts;
}

/** What is typed here is this desk's word, until the person says otherwise. */
export function typedInto(before: FieldDraft, value: string): FieldDraft {
  return { value, owner: value.trim() === before.value ? before.owner : "product" };
}

/** The change of one field on the server makes it the product's, so only another owner has to be said. */
function ownerToSay(draft: FieldDraft, before: FieldDraft, changed: boolean): boolean {
  return draft.owner !== (changed ? "product" : before.owner);
}

export type CustomerChange = PatchBody<"/api/customers/{id}">;

/** Undefined when there is nothing to send. */
export function changeOf(before: FieldDrafts, after: FieldDrafts): CustomerChange | undefined {
  const changed = fieldNames.filter((name) => after[name].value.trim() !== before[name].value);
  const owned = fieldNames.filter((name) =>
    ownerToSay(after[name], before[name], changed.includes(name)),
  );
  if (changed.length + owned.length === 0) return undefined;
  const values = Object.fromEntries(changed.map((name) => [name, after[name].value.trim() || null]));
  const owner = Object.fromEntries(owned.map((name) => [name, after[name].owner]));
  return owned.length === 0 ? values : { ...values, owner };
}
