import { describe, expect, test } from "vitest";
import {
  compareAmounts,
  isNegative,
  isZero,
  parseAmount,
  subtractAmounts,
  sumAmounts,
  sumByCurrency,
  typedAmount,
} from "../../lib/amount";

describe("amounts are added as whole minor units", () => {
  test("what floating point gets wrong", () => {
    expect(sumAmounts(["0.10", "0.20"])).toBe("0.30");
    expect(sumAmounts(Array.from({ length: 1000 }, () => "0.01"))).toBe("10.00");
  });
  test("larger than a double can hold", () => {
    expect(sumAmounts(["90071992547409.93", "0.01", "-0.02"])).toBe("90071992547409.92");
  });
  test("currencies without and with three decimals", () => {
    expect(sumAmounts(["1200", "-1500"])).toBe("-300");
    expect(sumAmounts(["1.250", "-1.255"])).toBe("-0.005");
    expect(sumAmounts([])).toBe("0");
  });
  test("difference and order", () => {
    expect(subtractAmounts("1.00", "-2.50")).toBe("3.50");
    expect(subtractAmounts("1.00", "2.50")).toBe("-1.50");
    expect(["10.00", "-3.00", "9.99"].toSorted(compareAmounts)).toEqual(["-3.00", "9.99", "10.00"]);
  });
  test("text that is no amount is refused", () => {
    expect(parseAmount("1,00")).toBeUndefined();
    expect(parseAmount("")).toBeUndefined();
    expect(() => sumAmounts(["1.00", "x"])).toThrow(RangeError);
  });
  test("zero has no sign", () => {
    expect(isZero("-0.00")).toBe(true);
    expect(isNegative("-0.00")).toBe(false);
    expect(isNegative("-0.01")).toBe(true);
  });
  test("rows never mix currencies", () => {
    const rows = [
      { currency: "EUR", open: "10.00" },
      { currency: "USD", open: "1.00" },
      { currency: "EUR", open: "-2.50" },
    ];
    expect(sumByCurrency(rows, (row) => row.open)).toEqual([
      { currency: "EUR", amount: "7.50" },
      { currency: "USD", amount: "1.00" },
    ]);
  });
});

describe("what a person types", () => {
  test.each([
    ["1 234,56", "1234.56"],
    ["1,234.56", "1234.56"],
    ["1.234,56", "1234.56"],
    ["1234.5", "1234.5"],
    ["−12,00", "-12.00"],
    ["1200", "1200"],
  ])("%s", (typed, expected) => expect(typedAmount(typed)).toBe(expected));
  test.each(["", "abc", "12 €", "1.2.3,4,5"])("unclear: %s", (typed) =>
    expect(typedAmount(typed)).toBeUndefined(),
  );
});
