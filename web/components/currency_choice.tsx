// Figures never mix currencies: one is shown at a time, the others are one click away.
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../lib/i18n/language";
import { type Me, useMe } from "../lib/me";

/** The currency of most of our entities comes first; amounts of two currencies cannot be compared. */
export function mainCurrency(currencies: readonly string[], entities: Me["entities"]): string {
  const entitiesIn = (currency: string) => entities.filter((entity) => entity.currency === currency).length;
  return currencies.toSorted((left, right) => entitiesIn(right) - entitiesIn(left))[0] ?? "";
}

export function useCurrencyChoice<T extends { readonly currency: string }>(rows: readonly T[]) {
  const { t } = useWords();
  const { entities } = useMe();
  const [wanted, setWanted] = useState("");
  const currencies = rows.map((row) => row.currency);
  const currency = currencies.includes(wanted) ? wanted : mainCurrency(currencies, entities);
  const control =
    currencies.length < 2 ? null : (
      <SegmentedControl
        size="xs"
        data={currencies}
        value={currency}
        onChange={setWanted}
        aria-label={t("figure.currency")}
        transitionDuration={0}
      />
    );
  return { currency, row: rows.find((one) => one.currency === currency), control };
}
