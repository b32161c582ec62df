import { describe, expect, test } from "vitest";
import { hrefIn, idsOf, perimeterFrom, searchWith, wrongIn } from "../../lib/perimeter";

describe("the perimeter in the address", () => {
  test("is read back as it was written", () => {
    const perimeter = { as_of: "2026-03-31", entity: "1,2", currency: "EUR" };
    expect(perimeterFrom(hrefIn(perimeter, "/ageing").split("?")[1] ?? "")).toEqual(perimeter);
  });
  test("what cannot be right is left out", () => {
    expect(perimeterFrom("as_of=2026-02-31&entity=1;drop&currency=euro&known_at=x")).toEqual({});
  });
  test("what was left out is named with its value", () => {
    expect(wrongIn("as_of=2020-02-31&known_at=zzz&entity=1;drop&customer=x")).toEqual([
      { name: "as_of", value: "2020-02-31" },
      { name: "known_at", value: "zzz" },
      { name: "entity", value: "1;drop" },
    ]);
    expect(wrongIn("known_at=2026-02-31T10:00:00Z")).toHaveLength(1);
    expect(wrongIn("known_at=2026-02-28T10:00:00Z&as_of=2026-02-28&entity=1,2&currency=")).toEqual([]);
  });
  test("a door keeps the perimeter and adds its predicate", () => {
    expect(hrefIn({ as_of: "2026-03-31" }, "/items", { bucket: "d1_30", currency: "EUR" })).toBe(
      "/items?as_of=2026-03-31&bucket=d1_30&currency=EUR",
    );
  });
  test("changes keep the rest of the address", () => {
    expect(searchWith("by=customer&q=acme", { q: undefined, sort: "-open" })).toBe("by=customer&sort=-open");
  });
  test("lists of ids", () => {
    expect(idsOf("3,7")).toEqual([3, 7]);
    expect(idsOf(undefined)).toEqual([]);
  });
});
