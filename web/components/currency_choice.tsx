// Figures never mix currencies: one is shown at a time, the others are one click away.
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../lib/i18n/language";

export function useCurrencyChoice<T extends { readonly currency: string }>(rows: readonly T[]) {
  const { t } = useWords();
  const [wanted, setWanted] = useState("");
  const currencies = rows.map((row) => row.currency);
  const currency = currencies.includes(wanted) ? wanted : (currencies[0] ?? "");
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
