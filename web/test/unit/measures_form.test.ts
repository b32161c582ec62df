import { describe, expect, test } from "vitest";
import { ascendingDays, measureBody, measureDraft, type MeasureSettings, typedRate, wrongField } from "../../screens/settings/measures_form";

const settings: MeasureSettings = {
  internal_rate: null,
  ageing_bounds: [30, 60, 90, 120],
  late_days_above: 0,
  cei_months: 3,
  behaviour_months: 6,
  payer_bounds: [0, 5, 30, 60],
  settled_items_min: 3,
};

describe("the settings of the measures", () => {
  const draft = measureDraft(settings);
  test("unchanged, they are sent as they came", () => expect(measureBody(draft)).toEqual(settings));
  test("a rate is typed in either language; empty is not told", () => {
    expect(typedRate(" 8,5 ")).toBe("8.5");
    expect(typedRate("")).toBeNull();
    for (const typed of ["abc", "-1", "100.1", "8.12345"]) expect(typedRate(typed)).toBeUndefined();
    expect(measureBody({ ...draft, internal_rate: "8,5" })?.internal_rate).toBe("8.5");
  });
  test("days ascend; the first class of payers may end on the due date", () => {
    expect(ascendingDays(["15", "30", "45", "60"], 1)).toEqual([15, 30, 45, 60]);
    expect(ascendingDays(["0", "5", "30", "60"], 0)).toEqual([0, 5, 30, 60]);
    for (const days of [["0", "5", "30", "60"], ["30", "30", "60", "90"], ["30", "", "60", "90"], ["1", "2", "3", "3651"]])
      expect(ascendingDays(days, 1)).toBeUndefined();
  });
  test("the wrong field is named and nothing is sent", () => {
    const wrong = { ...draft, settled_items_min: "0" };
    expect(wrongField(wrong)).toBe("settled_items_min");
    expect(measureBody(wrong)).toBeUndefined();
    expect(wrongField({ ...draft, ageing_bounds: ["1", "1", "2", "3"] })).toBe("ageing_bounds");
  });
});
