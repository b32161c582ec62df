// The agenda's other sections as tables (COL-10): automatic steps to come, what went wrong, who was put aside.
import { Button } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { Amount } from "../../components/amount";
import { type Column, DataTable, windowWidths } from "../../components/data_table";
import { Chip } from "../../components/page";
import { useWords, type Words } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { type PagePlace, usePlace } from "../../lib/perimeter";
import { detailText } from "../messages/message_words";
import type { Section } from "./sections";
import { useTakeUp } from "./snooze";

interface Whose {
  readonly customer: Schemas["CustomerRef"];
  readonly entity: Schemas["EntityRef"];
  readonly collector: Schemas["Label"] | null;
}
type Upcoming = Schemas["UpcomingRow"];
type Wrong = Schemas["AgendaErrorRow"];
type Snoozed = Schemas["SnoozedRow"];

export function customerColumn<T extends Whose>({ t }: Words, { href }: PagePlace): Column<T> {
  return {
    id: "customer",
    title: t("column.customer"),
    width: 200,
    cell: ({ customer }) => <Link href={href(`/customers/${customer.id}`)}>{customer.name}</Link>,
  };
}

export function whoseColumns<T extends Whose>({ t }: Words): Column<T>[] {
  return [
    {
      id: "entity",
      title: t("column.entity"),
      width: 68,
      from: windowWidths.desk,
      cell: ({ entity }) => entity.code,
    },
    {
      id: "collector",
      title: t("column.collector"),
      width: 140,
      from: windowWidths.wide,
      cell: ({ collector }) => collector?.name ?? "",
    },
  ];
}

export function Sums({ totals }: { totals: readonly Schemas["Money"][] }) {
  return totals.map((one) => <Amount key={one.currency} value={one.amount} currency={one.currency} />);
}

export interface SectionTableProps<T> {
  readonly section: Section;
  readonly of: { readonly count: number; readonly rows: readonly T[] };
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
  readonly onOpen?: (row: T) => void;
  readonly selectionSum?: (rows: readonly T[]) => ReactNode;
  readonly tools?: ReactNode;
}

/** Searched like the actions due; no more rows than the server tells, and then it is said. */
export function SectionTable<T>({ section, of: { count, rows }, ...table }: SectionTableProps<T>) {
  const { t, count: shown } = useWords();
  const { param, change } = usePlace();
  return (
    <>
      <p className="soft">
        {t(`section.text_${section}`)}
        {count > rows.length && ` ${t("section.first", { shown: shown(rows.length), count: shown(count) })}`}
      </p>
      <DataTable
        key={section}
        label={t(`section.${section}`)}
        {...table}
        rows={rows}
        count={count}
        search={param("q")}
        onSearch={(q) => change({ q })}
        empty={<p>{t(`section.empty_${section}`)}</p>}
      />
    </>
  );
}

export function UpcomingTable({ of, open }: { of: { count: number; rows: Upcoming[] }; open: (id: number) => void }) {
  const words = useWords();
  const place = usePlace();
  const columns = useMemo<Column<Upcoming>[]>(
    () => [
      { id: "date", title: words.t("section.date"), width: 110, cell: (row) => words.date(row.date) },
      customerColumn(words, place),
      {
        id: "step",
        title: words.t("agenda.step"),
        width: 260,
        cell: ({ step }) => (
          <>
            {step.name} <Chip>{words.t(`channel.${step.channel}`)}</Chip>
          </>
        ),
      },
      {
        id: "totals",
        title: words.t("section.would_ask"),
        width: 150,
        end: true,
        cell: ({ totals }) => <Sums totals={totals} />,
      },
      ...whoseColumns<Upcoming>(words),
    ],
    [words, place],
  );
  return (
    <SectionTable
      section="upcoming"
      of={of}
      columns={columns}
      rowKey={(row) => `${row.customer.id} ${row.date}`}
      onOpen={(row) => open(row.customer.id)}
    />
  );
}

export function ErrorsTable({ of, open }: { of: { count: number; rows: Wrong[] }; open: (row: Wrong) => void }) {
  const words = useWords();
  const place = usePlace();
  const columns = useMemo<Column<Wrong>[]>(
    () => [
      {
        id: "what",
        title: words.t("section.what"),
        width: 130,
        cell: ({ what }) => <Chip tone="bad">{words.t(`section.${what}`)}</Chip>,
      },
      customerColumn(words, place),
      {
        id: "detail",
        title: words.t("message.why"),
        width: 420,
        cell: ({ detail }) => <span title={detailText(detail, words)}>{detailText(detail, words)}</span>,
      },
      {
        id: "message",
        title: words.t("section.message"),
        width: 140,
        cell: ({ message }) =>
          message !== null && <Link href={place.href(`/messages/${message}`)}>{words.t("reminder.see")}</Link>,
      },
      ...whoseColumns<Wrong>(words),
    ],
    [words, place],
  );
  return (
    <SectionTable
      section="errors"
      of={of}
      columns={columns}
      rowKey={(row) => `${row.customer.id} ${row.message} ${row.detail}`}
      onOpen={open}
    />
  );
}

export function SnoozedTable({ of, open }: { of: { count: number; rows: Snoozed[] }; open: (id: number) => void }) {
  const words = useWords();
  const place = usePlace();
  const may = useMay("act");
  const { takeUp, busy } = useTakeUp();
  const columns: Column<Snoozed>[] = [
    { id: "until", title: words.t("section.until"), width: 130, cell: (row) => words.date(row.until) },
    customerColumn(words, place),
    ...whoseColumns<Snoozed>(words),
    {
      id: "answer",
      title: words.t("agenda.actions"),
      width: 150,
      cell: ({ customer }) =>
        may && (
          <Button size="compact-xs" variant="default" disabled={busy} onClick={() => takeUp(customer.id)}>
            {words.t("snooze.take_up")}
          </Button>
        ),
    },
  ];
  return (
    <SectionTable
      section="snoozed"
      of={of}
      columns={columns}
      rowKey={(row) => String(row.customer.id)}
      onOpen={(row) => open(row.customer.id)}
    />
  );
}
