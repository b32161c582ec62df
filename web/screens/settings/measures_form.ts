// The settings of the measures as a form holds them, and what is sent back (DSO-6, AGE-1, KPI-1, KPI-3, KPI-4).
import type { PutBody, Schemas } from "../../api/client";
import { compareAmounts, typedAmount } from "../../lib/amount";

export type MeasureSettings = Schemas["MeasureSettings"];
export const bases = [0, 30, 60, 90] as const;
export const spans = [1, 3, 6, 12] as const;
export const lookBacks = [6, 12] as const;
const dayMax = 3650;
const settledMax = 100;

export interface MeasureDraft {
  /** Percent a year as typed; empty = not told. */
  readonly internal_rate: string;
  readonly ageing_bounds: readonly string[];
  readonly late_days_above: (typeof bases)[number];
  readonly cei_months: (typeof spans)[number];
  readonly behaviour_months: (typeof lookBacks)[number];
  readonly payer_bounds: readonly string[];
  readonly settled_items_min: string;
}

export function measureDraft(settings: MeasureSettings): MeasureDraft {
  return {
    ...settings,
    internal_rate: settings.internal_rate ?? "",
    ageing_bounds: settings.ageing_bounds.map(String),
    payer_bounds: settings.payer_bounds.map(String),
    settled_items_min: String(settings.settled_items_min),
  };
}

/** Whole days that ascend, the first at least `least`; undefined when they do not. */
export function ascendingDays(typed: readonly string[], least: number): number[] | undefined {
  const days = typed.map((one) => (/^\d{1,4}$/.test(one.trim()) ? Number(one) : Number.NaN));
  const good = days.every((day, place) => day >= (place === 0 ? least : (days[place - 1] ?? 0) + 1) && day <= dayMax);
  return good ? days : undefined;
}

/** Percent with at most four decimals, up to 100; null = empty, undefined = it cannot be read. */
export function typedRate(typed: string): string | null | undefined {
  if (typed.trim() === "") return null;
  const rate = typedAmount(typed);
  const good = rate !== undefined && /^\d{1,3}(\.\d{1,4})?$/.test(rate) && compareAmounts(rate, "100") <= 0;
  return good ? rate : undefined;
}

export type WrongField = "internal_rate" | "ageing_bounds" | "payer_bounds" | "settled_items_min";

/** The first field that cannot be sent. */
export function wrongField(draft: MeasureDraft): WrongField | undefined {
  const settled = Number(draft.settled_items_min);
  if (typedRate(draft.internal_rate) === undefined) return "internal_rate";
  if (ascendingDays(draft.ageing_bounds, 1) === undefined) return "ageing_bounds";
  if (ascendingDays(draft.payer_bounds, 0) === undefined) return "payer_bounds";
  if (!Number.isInteger(settled) || settled < 1 || settled > settledMax) return "settled_items_min";
  return undefined;
}

/** All fields are sent; undefined while one is wrong. */
export function measureBody(draft: MeasureDraft): PutBody<"/api/settings/measures"> | undefined {
  const internal_rate = typedRate(draft.internal_rate);
  const ageing_bounds = ascendingDays(draft.ageing_bounds, 1);
  const payer_bounds = ascendingDays(draft.payer_bounds, 0);
  if (internal_rate === undefined || ageing_bounds === undefined || payer_bounds === undefined) return undefined;
  if (wrongField(draft) !== undefined) return undefined;
  return { ...draft, internal_rate, ageing_bounds, payer_bounds, settled_items_min: Number(draft.settled_items_min) };
}
