import { describe, expect, test } from "vitest";
import { monthEnd } from "../../components/moment_pick";
import { standingBody } from "../../components/standing_form";
import { clearedOn } from "../../screens/items/item_sheet";
import { promisesInOrder } from "../../screens/today/promises_card";
import { floatingBars } from "../../screens/dso/waterfall_table";
import { type ImportField, type ImportFile, isProposed, withTarget } from "../../screens/imports/mapping";
import { tokenIn } from "../../screens/session/sign_in";

describe("small decisions of the screens", () => {
  test("what still has to arrive stands before what was kept", () => {
    const promises = [
      { id: 1, promise_state: "kept", to: "2026-11-16" },
      { id: 2, promise_state: "pending", to: "2026-11-20" },
      { id: 3, promise_state: "broken", to: "2026-11-17" },
    ] as unknown as Parameters<typeof promisesInOrder>[0];
    expect(promisesInOrder(promises).map((one) => one.id)).toEqual([3, 2, 1]);
  });
  test("an item is cleared by its last allocation that stands", () => {
    const sheet = (open: string) =>
      ({
        as_of: "2026-03-31",
        item: { open },
        allocations: [
          { effective: "2026-02-10", reversed: false },
          { effective: "2026-03-02", reversed: true },
          { effective: "2026-01-20", reversed: false },
          { effective: "2026-04-01", reversed: false },
        ],
      }) as unknown as Parameters<typeof clearedOn>[0];
    expect(clearedOn(sheet("0.00"))).toBe("2026-02-10");
    expect(clearedOn(sheet("12.00"))).toBeUndefined();
  });
  test("the month ends before today", () => {
    expect(monthEnd("2026-03-31", 1)).toBe("2026-02-28");
    expect(monthEnd("2026-01-15", 1)).toBe("2025-12-31");
    expect(monthEnd("2026-11-22", 3)).toBe("2026-08-31");
  });
  test("the token stands behind the hash", () => {
    expect(tokenIn("#token=abc")).toBe("abc");
    expect(tokenIn("")).toBeUndefined();
  });
  test("a mapping is changed without touching the rest", () => {
    const mapping = { number: "invoice_id", currency: "cur" };
    expect(withTarget(mapping, "currency", { constant: "EUR" })).toEqual({
      number: "invoice_id",
      currency: { constant: "EUR" },
    });
    expect(withTarget(mapping, "currency", undefined)).toEqual({ number: "invoice_id" });
    expect(mapping).toEqual({ number: "invoice_id", currency: "cur" });
  });
  test("a field is looked at when it is needed or was proposed a column", () => {
    const file = { proposed_mapping: { currency: "cur" } } as unknown as ImportFile;
    const field = (name: string, required: boolean) => ({ name, required }) as ImportField;
    expect(isProposed(file, field("number", true))).toBe(true);
    expect(isProposed(file, field("currency", false))).toBe(true);
    expect(isProposed(file, field("vat", false))).toBe(false);
  });
  test("a promise carries a date, no cause; an empty amount is the whole", () => {
    const days = { from: "2026-11-22", to: "2026-12-01" };
    const draft = { items: [4], amount: " ", cause: "price", ...days, reason: "" } as const;
    expect(standingBody("promise", 7, draft)).toEqual({
      kind: "promise",
      customer: 7,
      items: [4],
      amount: null,
      cause: null,
      from: "2026-11-22",
      to: "2026-12-01",
      reason: "",
    });
  });
  test("the bars of a waterfall start where the last one ended", () => {
    const part = (amount: string) => ({
      part: "not_due" as const,
      amount,
      days: null,
      count: 1,
      causes: [],
      items_filter: {},
    });
    const bars = floatingBars([part("-20"), part("60"), part("40")]);
    expect(bars[0]).toEqual({ from: 0, width: 0.2 });
    expect(bars[1]).toEqual({ from: 0, width: 0.6 });
    expect(bars[2]?.from).toBeCloseTo(0.6);
    expect(bars[2]?.width).toBeCloseTo(0.4);
  });
});
