// The running program against the contract: COUNTBACK_URL=http://… COUNTBACK_COOKIE=cb_session=… npm run test:live
import { describe, expect, test } from "vitest";
import { answerFault } from "../../api/check";

const url = process.env["COUNTBACK_URL"];
const cookie = process.env["COUNTBACK_COOKIE"] ?? "";

interface Row {
  readonly id: number;
}

async function answer(path: string): Promise<{ status: number; body: unknown; millis: number }> {
  const start = performance.now();
  const response = await fetch(url + path, { headers: { cookie, "accept-language": "fr" } });
  const body: unknown = await response.json().catch(() => undefined);
  return { status: response.status, body, millis: performance.now() - start };
}

async function firstId(path: string): Promise<number> {
  const { body } = await answer(path);
  return (body as { rows: Row[] }).rows[0]?.id ?? 0;
}

const reads: readonly (readonly [string, string])[] = [
  ["/api/me", ""],
  ...["currency", "entity", "customer"].map((by) => ["/api/ageing", `?by=${by}`] as const),
  ["/api/ageing", "?unapplied=netted"],
  ["/api/ageing", "?reporting=EUR"],
  ["/api/ageing", "?as_of=2026-06-30&by=customer&sort=-overdue&q=a&limit=5"],
  ...["currency", "entity", "customer"].map((by) => ["/api/dso", `?by=${by}&method=countback`] as const),
  ["/api/dso", "?window=3"],
  ["/api/dso", "?reporting=USD"],
  ["/api/dso/trend", "?months=24"],
  ["/api/dso/trend", "?method=countback&months=12"],
  ["/api/dso/waterfall", ""],
  ["/api/dso/waterfall", "?method=countback&reporting=EUR"],
  ["/api/kpi", ""],
  ["/api/today", ""],
  ["/api/today", "?as_of=2026-06-30"],
  ["/api/customers", ""],
  ["/api/customers", "?sort=name&limit=3&q=a"],
  ...["code", "overdue", "outstanding", "not_due", "unapplied", "oldest_due", "dso"].map(
    (sort) => ["/api/customers", `?limit=3&sort=-${sort}`] as const,
  ),
  ...["open", "overdue", "not_due", "cleared", "unapplied", "all"].map(
    (state) => ["/api/items", `?state=${state}&limit=5`] as const,
  ),
  ...["number", "customer", "issue_date", "due_date", "days_late", "amount", "open"].map(
    (sort) => ["/api/items", `?limit=3&sort=-${sort}`] as const,
  ),
  ["/api/items", "?part=disputed"],
  ["/api/items", "?part=no_reason&bucket=d1_30"],
  ["/api/items", "?state=all&type=credit_note&billed_in=2026-06"],
  ["/api/agenda", ""],
  ["/api/agenda", "?outcome=waiting,suppressed&limit=5&scope=mine"],
  ["/api/standings", ""],
  ["/api/standings", "?kind=promise"],
  ["/api/imports", ""],
];

describe.skipIf(url === undefined)("the program answers as the contract says", () => {
  test.each(reads)("%s%s", async (path, query) => {
    const { status, body } = await answer(path + query);
    expect({ status, body: status === 200 ? undefined : body }).toEqual({ status: 200, body: undefined });
    expect(answerFault(`GET ${path}`, body)).toBeUndefined();
  });
  test.each([
    ["/api/customers/{id}", "/api/customers"],
    ["/api/customers/{id}/history", "/api/customers"],
    ["/api/agenda/{customer_id}", "/api/customers"],
    ["/api/items/{id}", "/api/items?state=all"],
    ["/api/imports/{id}", "/api/imports"],
  ])("%s", async (path, list) => {
    const id = await firstId(list);
    const { status, body } = await answer(path.replace(/\{\w+\}/, String(id)));
    expect({ status, fault: answerFault(`GET ${path}`, body) }).toEqual({ status: 200, fault: undefined });
  });
  test.each(["/api/customers/999999999", "/api/items/999999999", "/api/agenda/999999999"])(
    "unknown: %s",
    async (path) => {
      const { status, body } = await answer(path);
      expect({ status, fault: answerFault("refusal", body) }).toEqual({ status: 404, fault: undefined });
    },
  );
  test.each([
    "/api/ageing",
    "/api/dso",
    "/api/dso/waterfall",
    "/api/dso/trend",
    "/api/kpi",
    "/api/items",
    "/api/customers",
    "/api/agenda",
  ])("%s as files", async (path) => {
    for (const format of ["csv", "xlsx"]) {
      const response = await fetch(`${url}${path}?format=${format}`, { headers: { cookie } });
      expect({ format, status: response.status, type: response.headers.get("content-type") }).toEqual({
        format,
        status: 200,
        type: format === "csv" ? expect.stringContaining("text/csv") : expect.stringContaining("spreadsheet"),
      });
    }
  });
});
