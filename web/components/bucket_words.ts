// The words of the ageing's columns, by the days that the company chose (AGE-1).
import { useMemo } from "react";
import { useWords, type Words } from "../lib/i18n/language";
import { useMe } from "../lib/me";

export const bucketNames = [
  "not_due",
  "d1_30",
  "d31_60",
  "d61_90",
  "d91_120",
  "d120_plus",
  "unapplied",
] as const;

export type BucketWord = (bucket: (typeof bucketNames)[number]) => string;

/** The columns of overdue days by the last day of each; one more, for all that is older, stands at the end. */
export function overdueWords(lastDays: readonly (number | string)[], t: Words["t"]): string[] {
  const between = lastDays.map((to, place) =>
    t("bucket.days_between", { from: String(Number(lastDays[place - 1] ?? 0) + 1), to: String(to) }),
  );
  return [...between, t("bucket.days_over", { days: String(lastDays.at(-1) ?? 0) })];
}

export function useBucketWord(): BucketWord {
  const { t } = useWords();
  const bounds = useMe().ageing_bounds;
  return useMemo(() => {
    const words = [t("bucket.not_due"), ...overdueWords(bounds, t), t("bucket.unapplied")];
    return (bucket) => words[bucketNames.indexOf(bucket)] ?? "";
  }, [t, bounds]);
}
