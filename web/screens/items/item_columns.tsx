// The columns of an item list, shared by the items screen and the customer sheet.
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { Amount } from "../../components/amount";
import { type Column, windowWidths } from "../../components/data_table";
import { Chip } from "../../components/page";
import { sumByCurrency } from "../../lib/amount";
import type { Words } from "../../lib/i18n/language";
import type { PagePlace } from "../../lib/perimeter";
import styles from "./items.module.css";

export type ItemRow = Schemas["ItemRow"];

/** Days late as text and tint, never colour alone. */
export function LateDays({ days }: { days: number }) {
  if (days <= 0) return <span className="soft">0</span>;
  const step = days <= 30 ? 1 : days <= 60 ? 2 : days <= 90 ? 3 : 4;
  return (
    <span className={styles["late"]} data-step={step}>
      {days}
    </span>
  );
}

export function ItemMarks({ row, words }: { row: ItemRow; words: Words }) {
  return (
    <>
      {row.reason !== null && (
        <Chip tone={row.reason === "promise" ? "accent" : "warn"}>{words.t(`standing.${row.reason}`)}</Chip>
      )}{" "}
      {row.flags.map((flag) => (
        <Chip key={flag}>{words.code("flag", flag)}</Chip>
      ))}
    </>
  );
}

function identityColumns(words: Words, { href }: PagePlace, withCustomer: boolean): Column<ItemRow>[] {
  const { t } = words;
  const customer: Column<ItemRow>[] = [
    {
      id: "customer",
      title: t("column.customer"),
      width: 180,
      sort: "customer",
      cell: (row) => <Link href={href(`/customers/${row.customer.id}`)}>{row.customer.name}</Link>,
    },
    { id: "entity", title: t("column.entity"), width: 96, cell: (row) => row.entity.code, hidden: true },
  ];
  return [
    {
      id: "number",
      title: t("column.number"),
      width: 112,
      sort: "number",
      cell: (row) => <Link href={href(`/items/${row.id}`)}>{row.number}</Link>,
    },
    {
      id: "type",
      title: t("column.type"),
      width: 108,
      from: withCustomer ? windowWidths.wide : windowWidths.widest,
      cell: (row) => t(`type.${row.type}`),
    },
    ...(withCustomer ? customer : []),
  ];
}

export function itemColumns(words: Words, place: PagePlace, withCustomer = true): Column<ItemRow>[] {
  const { t, date } = words;
  /** A list over the whole page has room that the one on a sheet has not. */
  const from = (list: number, sheet: number) => (withCustomer ? list : sheet);
  return [
    ...identityColumns(words, place, withCustomer),
    {
      id: "issue_date",
      title: t("column.issue_date"),
      from: from(windowWidths.desk, windowWidths.widest),
      width: 92,
      sort: "issue_date",
      cell: (row) => date(row.issue_date),
    },
    {
      id: "due_date",
      title: t("column.due_date"),
      width: 92,
      sort: "due_date",
      cell: (row) => date(row.due_date),
    },
    {
      id: "days_late",
      title: t("column.days_late"),
      width: 72,
      end: true,
      sort: "days_late",
      cell: (row) => <LateDays days={row.days_late} />,
    },
    {
      id: "amount",
      title: t("column.amount"),
      from: from(windowWidths.desk, windowWidths.wide),
      width: 128,
      end: true,
      sort: "amount",
      cell: (row) => <Amount value={row.amount} />,
    },
    {
      id: "open",
      title: t("column.open"),
      width: 120,
      end: true,
      sort: "open",
      cell: (row) => <Amount value={row.open} />,
    },
    { id: "currency", title: t("column.currency"), width: 70, cell: (row) => row.currency },
    {
      id: "reason",
      title: t("column.reason"),
      width: 136,
      cell: (row) => <ItemMarks row={row} words={words} />,
    },
  ];
}

export function openSum(words: Words) {
  return (rows: readonly ItemRow[]) =>
    sumByCurrency(rows, (row) => row.open)
      .map((sum) => words.money(sum.amount, sum.currency))
      .join(" · ");
}
