// Rows by currency, entity or customer; the choice stands in the address.
import { useWords } from "../lib/i18n/language";
import { PlaceChoice, usePlaceChoice } from "./place_choice";

const rowsBy = ["currency", "entity", "customer"] as const;
export type By = (typeof rowsBy)[number];

export function useBy(): By {
  return usePlaceChoice("by", rowsBy);
}

/** Another kind of rows has another order and another search. */
export function ByChoice() {
  const { t } = useWords();
  return (
    <PlaceChoice
      name="by"
      label={t("by.title")}
      values={rowsBy}
      text={(value) => t(`by.${value}`)}
      with={{ sort: undefined, q: undefined }}
    />
  );
}
