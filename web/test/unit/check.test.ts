import { describe, expect, test } from "vitest";
import { answerFault, faultOf } from "../../api/check";

const refusal = { refusal: { code: "not_found", text: "No such item.", data: {} } };

describe("answers are checked against the contract", () => {
  test("a good answer", () => expect(answerFault("refusal", refusal)).toBeUndefined());
  test("a missing field is named", () => {
    expect(answerFault("refusal", { refusal: { code: "x", data: {} } })).toBe("/refusal/text is missing");
  });
  test("a pattern", () => {
    expect(answerFault("refusal", { refusal: { ...refusal.refusal, code: "No!" } })).toContain(
      "/refusal/code",
    );
  });
  test("an amount is text, never a number", () => {
    expect(faultOf("12.50", { ref: "Amount" })).toBeUndefined();
    expect(faultOf(12.5, { ref: "Amount" })).toContain("is number");
    expect(faultOf("1e3", { ref: "Amount" })).toContain("does not match");
  });
  test("one of several forms", () => {
    const dateOrNull = { oneOf: [{ ref: "Date" }, { type: "null" }] };
    expect(faultOf(null, dateOrNull)).toBeUndefined();
    expect(faultOf("2026-03-31", dateOrNull)).toBeUndefined();
    expect(faultOf("31/03/2026", dateOrNull)).toContain("fits none");
  });
  test("lists say where", () => {
    const rows = { type: "array", items: { ref: "Money" } };
    expect(faultOf([{ currency: "EUR", amount: "1.00" }, { currency: "EUR" }], rows)).toBe(
      "/1/amount is missing",
    );
  });
  test("an answer that is not in the contract", () => {
    expect(answerFault("GET /api/nothing", {})).toContain("no answer is known");
  });
});
