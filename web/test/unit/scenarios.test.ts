import { describe, expect, test } from "vitest";
import { ranked } from "../../screens/scenarios/assignment_table";
import {
  amountsText,
  freeCode,
  isWritten,
  movedTo,
  nameIn,
  toggled,
  typedAmounts,
} from "../../screens/scenarios/scenario_draft";
import { linesOf, type Side, total } from "../../screens/scenarios/simulation_tables";

describe("a scenario while it is changed", () => {
  test("steps change places and stay within the list", () => {
    expect(movedTo(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(movedTo(["a", "b"], 0, -1)).toEqual(["a", "b"]);
    expect(movedTo(["a", "b"], 1, 2)).toEqual(["a", "b"]);
  });
  test("a code is made of the name and is nobody else's", () => {
    expect(freeCode("Première relance", [])).toBe("premiere_relance");
    expect(freeCode("Relance", ["relance", "relance_2"])).toBe("relance_3");
    expect(freeCode("2nd", [])).toBe("nd");
    expect(freeCode("催促", [])).toBe("step");
  });
  test("a name given in one language stands in both", () => {
    expect(nameIn({ code: "x", names: { en: "One", fr: "" } }, "fr")).toBe("One");
    expect(nameIn({ code: "x" }, "en")).toBe("x");
  });
  test("amounts are read with their currency, or not at all", () => {
    expect(typedAmounts("500 eur; 1,200.50 GBP")).toEqual([
      { amount: "500", currency: "EUR" },
      { amount: "1200.50", currency: "GBP" },
    ]);
    expect(typedAmounts("")).toEqual([]);
    expect(typedAmounts("500")).toBeUndefined();
    expect(typedAmounts("many EUR")).toBeUndefined();
    expect(amountsText([{ amount: "500.00", currency: "EUR" }], "en")).toBe("500.00 EUR");
    expect(amountsText([{ amount: "500.00", currency: "EUR" }], "fr")).toBe("500,00 EUR");
  });
  test("functions keep the order in which they were chosen", () => {
    expect(toggled(toggled([], "buyer"), "payables")).toEqual(["buyer", "payables"]);
    expect(toggled(["buyer", "payables"], "buyer")).toEqual(["payables"]);
  });
  test("calls, tasks and hand-overs carry no text", () => {
    expect(isWritten("call")).toBe(false);
    expect(isWritten("registered_letter")).toBe(true);
  });
  test("ranks follow the order shown", () =>
    expect(ranked([{ rank: 9, scenario: "a" }, { rank: 1, scenario: "b" }]).map((one) => one.rank)).toEqual([1, 2]));
});

describe("replays side by side", () => {
  const side = (email: number, call?: number) =>
    ({ title: "", replay: { actions: { email, ...(call === undefined ? {} : { call }) } } }) as unknown as Side;
  test("a line for each key any side has; what is nothing everywhere is left out", () => {
    const lines = linesOf(
      [side(3), side(0, 2)],
      (replay) => new Map(Object.entries({ ...replay.actions, letter: 0 })),
      (key) => key,
    );
    expect(lines.map((one) => [one.key, ...one.values])).toEqual([
      ["email", 3, 0],
      ["call", 0, 2],
    ]);
  });
  test("actions of a week are summed", () => expect(total({ email: 2, call: 3 })).toBe(5));
});
