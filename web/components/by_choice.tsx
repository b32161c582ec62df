// Rows by currency, entity or customer; the choice stands in the address.
import { SegmentedControl } from "@mantine/core";
import { useWords } from "../lib/i18n/language";
import { usePlace } from "../lib/perimeter";

const rowsBy = ["currency", "entity", "customer"] as const;
export type By = (typeof rowsBy)[number];

export function useBy(): By {
  const { param } = usePlace();
  return rowsBy.find((one) => one === param("by")) ?? "currency";
}

/** Another kind of rows has another order and another search. */
export function ByChoice() {
  const { t } = useWords();
  const { change } = usePlace();
  return (
    <SegmentedControl
      size="xs"
      transitionDuration={0}
      aria-label={t("by.title")}
      value={useBy()}
      onChange={(by) => change({ by, sort: undefined, q: undefined })}
      data={rowsBy.map((value) => ({ value, label: t(`by.${value}`) }))}
    />
  );
}
