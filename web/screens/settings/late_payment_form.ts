// Late payment as its page holds it: what is sent back, percentages as typed, sums as told (LAW-1).
import type { PutBody, Schemas } from "../../api/client";
import { compareAmounts, sumAmounts, typedAmount } from "../../lib/amount";

export type LatePayment = Schemas["LatePayment"];
export type LateRate = Schemas["LatePaymentRate"];
export type LateWish = PutBody<"/api/settings/late-payment">;
export type LateCountry = LatePayment["countries"][number];

/** Everything that was chosen is sent, with the version it was made from; what is not named stays. */
export function wishOf(settings: LatePayment, changes: Partial<LateWish>): LateWish {
  const { version, entered, agreed, public_segments, consumer_segments } = settings;
  return { version, rates: entered, agreed, public_segments, consumer_segments, ...changes };
}

/** The rates entered without the one of this series and day. */
export function withoutRate(settings: LatePayment, rate: Pick<LateRate, "series" | "from">): NonNullable<LateWish["rates"]> {
  return settings.entered.filter((one) => one.series !== rate.series || one.from !== rate.from);
}

/** Percent with at most two decimals, nearer to zero than 100; null = empty, undefined = it cannot be read. */
export function typedPercent(typed: string): string | null | undefined {
  if (typed.trim() === "") return null;
  const percent = typedAmount(typed);
  return percent !== undefined && /^-?\d{1,2}(\.\d{1,2})?$/.test(percent) ? percent : undefined;
}

/** The same from zero on: what terms of sale may say. */
export function typedAgreed(typed: string): string | null | undefined {
  const percent = typedPercent(typed);
  return percent?.startsWith("-") ? undefined : percent;
}

/** Whether the sum told is more than the rate and its points: the country's law rounds up. */
export function roundedUp(rate: string, points: number, told: string): boolean {
  return compareAmounts(told, sumAmounts([rate, String(points)])) > 0;
}
