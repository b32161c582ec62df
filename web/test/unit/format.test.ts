import { describe, expect, test } from "vitest";
import { addDays, formatDate, formatDecimal, formatMoney, formatRatio, isDate } from "../../lib/format";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("figures in the user's language", () => {
  test("digits are kept, grouped, with a real minus", () => {
    expect(formatDecimal("1234567.80", "en")).toBe("1,234,567.80");
    expect(plain(formatDecimal("-1234567.80", "fr"))).toBe("−1 234 567,80");
    expect(formatDecimal("-0.00", "en")).toBe("0.00");
    expect(formatDecimal("1200", "en")).toBe("1,200");
    expect(formatDecimal("1.250", "en")).toBe("1.250");
  });
  test("no digit is lost beyond a double", () => {
    expect(formatDecimal("90071992547409931.37", "en")).toBe("90,071,992,547,409,931.37");
  });
  test("money and ratio", () => {
    expect(plain(formatMoney("12.50", "EUR", "fr"))).toBe("12,50 EUR");
    expect(formatRatio("0.7963", "en")).toBe("79.6%");
    expect(plain(formatRatio("0.7963", "fr"))).toBe("79,6 %");
  });
});

describe("dates", () => {
  test("are read as days, not as instants", () => {
    expect(formatDate("2026-03-31", "fr")).toBe("31/03/2026");
    expect(addDays("2026-02-28", 1)).toBe("2026-03-01");
    expect(addDays("2024-02-28", 1)).toBe("2024-02-29");
  });
  test("31 February is no date", () => {
    expect(isDate("2026-02-31")).toBe(false);
    expect(isDate("2026-02-28")).toBe(true);
    expect(isDate("today")).toBe(false);
  });
});
