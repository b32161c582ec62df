import { describe, expect, test } from "vitest";
import { offered } from "../../components/customer_pick";
import { formatName } from "../../lib/format";
import { actionBody } from "../../screens/agenda/specific_actions";
import { contactChange, contactDraft } from "../../screens/customers/contacts";
import { changeOf, type CustomerFields, draftsOf, typedInto } from "../../screens/customers/customer_change";
import { allocated, amountOf, paymentBody } from "../../screens/customers/payment_draft";
import { standingIn } from "../../screens/customers/grouping";
import { dueChange, dueDraft } from "../../screens/items/due_date_form";

const stands = {
  id: 7,
  code: "C7",
  fields: { name: "Acme", country: "FR", segment: null },
  owner: { name: "source", country: "product", segment: "source" },
  contacts: [],
} as unknown as CustomerFields;

describe("the fields of a customer and their owners (IMP-5)", () => {
  const before = draftsOf(stands);
  test("nothing changed is nothing to send", () => expect(changeOf(before, before)).toBeUndefined());
  test("only what changed is sent; it becomes the product's without saying so", () => {
    const name = typedInto(before.name, " Acme SA ");
    expect(name.owner).toBe("product");
    expect(changeOf(before, { ...before, name })).toEqual({ name: "Acme SA" });
  });
  test("typed back to what it was, its owner is the old one", () => {
    expect(typedInto(before.name, "Acme")).toEqual(before.name);
  });
  test("an emptied field is null", () => {
    expect(changeOf(before, { ...before, country: typedInto(before.country, " ") })).toEqual({ country: null });
  });
  test("a field is given back to the source, or kept as it is", () => {
    const country = { ...before.country, owner: "source" } as const;
    const segment = { ...before.segment, owner: "product" } as const;
    expect(changeOf(before, { ...before, country, segment })).toEqual({
      owner: { country: "source", segment: "product" },
    });
  });
  test("changed once, and the source's from the next load on", () => {
    const name = { value: "Acme SA", owner: "source" } as const;
    expect(changeOf(before, { ...before, name })).toEqual({ name: "Acme SA", owner: { name: "source" } });
  });
});

describe("contacts", () => {
  const contact = { id: 3, name: "Ann", email: "a@acme.test", phone: null, role: null, language: "fr", owner: "source" } as const;
  const before = contactDraft(contact);
  test("a new one is the product's; only what was typed goes", () => {
    const first = contactDraft(undefined);
    expect(contactChange(first, first)).toBeUndefined();
    expect(contactChange(first, { ...first, name: "Bob", role: "legal" })).toEqual({ name: "Bob", role: "legal" });
  });
  test("a change makes it the product's", () => {
    expect(contactChange(before, { ...before, email: "", owner: "product" })).toEqual({ email: null });
  });
  test("given back", () => {
    const kept = { ...before, owner: "product" } as const;
    expect(contactChange(kept, { ...kept, owner: "source" })).toEqual({ owner: "source" });
  });
});

describe("a payment recorded here (IMP-8)", () => {
  const open = [
    { id: 2, open: "500.00", currency: "EUR", due_date: "2026-02-28" },
    { id: 1, open: "300.25", currency: "EUR", due_date: "2026-01-31" },
    { id: 3, open: "80.00", currency: "GBP", due_date: "2026-01-01" },
  ];
  const draft = { amount: "", currency: "EUR", date: "2026-03-01", reference: " VIR 7 ", items: [2, 1, 3] };
  test("without an amount it is the whole of the chosen items in its currency", () => {
    expect(amountOf(draft, open)).toBe("800.25");
    expect(amountOf({ ...draft, items: [] }, open)).toBeUndefined();
    expect(amountOf({ ...draft, amount: "12,5" }, open)).toBe("12.5");
  });
  test("the oldest due is paid first, and never more than is open", () => {
    expect(allocated({ ...draft, amount: "400" }, open)).toEqual([
      { item: 1, amount: "300.25" },
      { item: 2, amount: "99.75" },
    ]);
    expect(allocated({ ...draft, amount: "100" }, open)).toEqual([{ item: 1, amount: "100" }]);
    expect(allocated({ ...draft, amount: "9000" }, open)).toHaveLength(2);
  });
  test("what is sent; nothing without an amount above zero", () => {
    expect(paymentBody(7, { ...draft, amount: "100", items: [] }, open)).toEqual({
      customer: 7,
      amount: "100",
      currency: "EUR",
      date: "2026-03-01",
      reference: "VIR 7",
      allocations: [],
    });
    for (const amount of ["0", "-5", "abc"]) expect(paymentBody(7, { ...draft, amount }, open)).toBeUndefined();
  });
});

describe("an item's due date", () => {
  const item = { id: 5, number: "F5", due_date: "2026-01-31", flags: [] };
  const before = dueDraft(item);
  test("moved: a date and a reason; it is kept here by that", () => {
    const after = { due: "2026-02-28", owner: "product", reason: " agreed " } as const;
    expect(dueChange(before, after)).toEqual({ due_date: "2026-02-28", reason: "agreed" });
    expect(dueChange(before, before)).toBeUndefined();
  });
  test("one set here is given back to the source", () => {
    const set = dueDraft({ ...item, flags: ["due_set_here"] });
    expect(set.owner).toBe("product");
    expect(dueChange(set, { ...set, owner: "source", reason: "as invoiced" })).toEqual({
      owner: "source",
      reason: "as invoiced",
    });
  });
});

describe("customers chased together (COL-2)", () => {
  const ref = (id: number) => ({ id, code: `C${id}`, name: `Customer ${id}` });
  const group = { master: ref(1), members: [ref(2)], count: 1 };
  test("the head of a group, a member, and who is alone", () => {
    expect(standingIn({ id: 1, group })).toBe("master");
    expect(standingIn({ id: 2, group })).toBe("member");
    expect(standingIn({ id: 3, group: null })).toBe("alone");
  });
  test("each other customer is offered once, never itself", () => {
    expect(offered([ref(1), ref(2), ref(2), ref(3)], 3)).toEqual([ref(1), ref(2)]);
  });
});

describe("small decisions of the forms", () => {
  test("a text goes only with what is written", () => {
    const draft = { items: [1], day: "2026-03-01", channel: "letter", template: "formal_notice", title: " Now " } as const;
    expect(actionBody(draft)).toMatchObject({ template: "formal_notice", title: "Now" });
    expect(actionBody({ ...draft, channel: "call" }).template).toBe("");
  });
  test("countries and languages have names; a code nobody knows stays", () => {
    expect(formatName("region", "FR", "fr")).toBe("France");
    expect(formatName("language", "fr", "en")).toBe("French");
    expect(formatName("region", "?", "en")).toBe("?");
  });
});
