// How figures are shown: tabular digits, a real minus, the currency once, and each one a door to its rows.
import type { ReactNode } from "react";
import { Link } from "wouter";
import { isZero } from "../lib/amount";
import { useWords } from "../lib/i18n/language";
import { type Changes, usePlace } from "../lib/perimeter";

export function Amount({ value, currency }: { value: string; currency?: string }) {
  const { decimal, money } = useWords();
  return <span className="number">{currency === undefined ? decimal(value) : money(value, currency)}</span>;
}

/** A total that opens the items which make it, in the same perimeter. A zero opens nothing. */
export function ItemsLink(props: {
  value: string;
  currency: string;
  filter: Changes;
  shown?: boolean;
  children?: ReactNode;
}) {
  const { itemsHref } = usePlace();
  const { t } = useWords();
  const { value, currency, filter, shown = false } = props;
  const figure =
    props.children ?? (shown ? <Amount value={value} currency={currency} /> : <Amount value={value} />);
  if (isZero(value)) return <span className="soft">{figure}</span>;
  return (
    <Link href={itemsHref(currency, filter)} title={t("figure.open_items")}>
      {figure}
    </Link>
  );
}

export function Days({ value, moreThan = false }: { value: string | null; moreThan?: boolean }) {
  const { decimal, t } = useWords();
  if (value === null) return <span className="soft">{t("figure.none")}</span>;
  return (
    <span className="number">
      {moreThan ? "> " : ""}
      {decimal(value)}
    </span>
  );
}

export function Ratio({ value }: { value: string | null }) {
  const { ratio, t } = useWords();
  return value === null ? (
    <span className="soft">{t("figure.none")}</span>
  ) : (
    <span className="number">{ratio(value)}</span>
  );
}
