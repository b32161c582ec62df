import { describe, expect, test } from "vitest";
import { roundedUp, typedAgreed, typedPercent } from "../../screens/settings/late_payment_form";

describe("late payment", () => {
  test("a percentage is typed in either language, below zero too; empty is nothing", () => {
    expect(typedPercent(" 12,15 ")).toBe("12.15");
    expect(typedPercent("-0.88")).toBe("-0.88");
    expect(typedPercent("−0,88")).toBe("-0.88");
    expect(typedPercent("")).toBeNull();
    for (const typed of ["100", "1.234", "abc", "--1", "1e1"]) expect(typedPercent(typed)).toBeUndefined();
  });
  test("what was agreed is not below zero", () => {
    expect(typedAgreed("0")).toBe("0");
    expect(typedAgreed("18,5")).toBe("18.5");
    expect(typedAgreed("")).toBeNull();
    expect(typedAgreed("-1")).toBeUndefined();
  });
  test("a sum above rate and points was rounded up", () => {
    expect(roundedUp("2.15", 8, "10.50")).toBe(true);
    expect(roundedUp("2.15", 10, "12.15")).toBe(false);
    expect(roundedUp("-0.88", 9, "8.12")).toBe(false);
  });
});
