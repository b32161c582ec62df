import { describe, expect, test } from "vitest";
import { hrefIn, idsOf, perimeterFrom, searchWith } from "../../lib/perimeter";

describe("the perimeter in the address", () => {
  test("is read back as it was written", () => {
    const perimeter = { as_of: "2026-03-31", entity: "1,2", currency: "EUR" };
    expect(perimeterFrom(hrefIn(perimeter, "/ageing").split("?")[1] ?? "")).toEqual(perimeter);
  });
  test("what cannot be right is left out", () => {
    expect(perimeterFrom("as_of=2026-02-31&entity=1;drop&currency=euro&known_at=x")).toEqual({});
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
