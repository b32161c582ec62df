import { describe, expect, test } from "vitest";
import { formatDate, formatDecimal, formatMoney } from "../../lib/format";
import { inputText, readable, withoutNumber } from "../../lib/readable";

const words = {
  money: (text: string, currency: string) => formatMoney(text, currency, "en").replace("\u00a0", " "),
  date: (day: string) => formatDate(day, "en"),
  decimal: (text: string) => formatDecimal(text, "en"),
  t: () => "–",
  code: (_: string, code: string) => code.replaceAll("_", " "),
};

describe("sentences of the server", () => {
  test("amounts and dates are shown as everywhere", () => {
    expect(readable("promise of 19015.26 EUR for 2026-02-03 broken", words)).toBe(
      "Promise of 19,015.26 EUR for 03/02/2026 broken",
    );
  });
  test("words in capitals are no currency", () => {
    expect(readable("Item F-1 is 12 days late", words)).toBe("Item F-1 is 12 days late");
  });
});

describe("beside an item", () => {
  test.each([
    ["FA-1: Open dispute", "FA-1", "Open dispute"],
    ["FA-1 : Litige ouvert", "FA-1", "Litige ouvert"],
    ["Open dispute on FA-1", "FA-1", "Open dispute on FA-1"],
  ])("%s", (text, number, shown) => expect(withoutNumber(text, number)).toBe(shown));
});

describe("inputs of a rule", () => {
  test.each([
    ["2870.40 EUR", "2,870.40 EUR"],
    ["365", "365"],
    ["1234.5", "1,234.5"],
    ["2025-11-23", "23/11/2025"],
    ["left_out", "left out"],
    [null, "–"],
  ])("%s", (value, shown) => expect(inputText(value, words)).toBe(shown));
});
