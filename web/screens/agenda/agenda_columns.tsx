// The columns of the agenda: whom, how much, which step, why, and the answers beside each row.
import { Button } from "@mantine/core";
import { Link } from "wouter";
import { Amount } from "../../components/amount";
import type { Asked, Asking } from "../../components/asking";
import { type Column, windowWidths } from "../../components/data_table";
import { Icon } from "../../components/icon";
import { Chip } from "../../components/page";
import styles from "../../components/page.module.css";
import { StepButtons, type StepMarks } from "../../components/step_marks";
import { type AgendaRow, outcomeTone, StepName } from "../../components/why_panel";
import type { Words } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import type { PagePlace } from "../../lib/perimeter";
import { readable } from "../../lib/readable";
import { LateDays } from "../items/item_columns";
import { hasReminder } from "../messages/reminders";

function Overdue({ row }: { row: AgendaRow }) {
  return row.overdue.map((one) => <Amount key={one.currency} value={one.amount} currency={one.currency} />);
}

function whyColumn(words: Words, open: (row: AgendaRow) => void): Column<AgendaRow> {
  return {
    id: "why",
    title: words.t("why.button"),
    width: 150,
    from: windowWidths.middle,
    cell: (row) => (
      <button
        type="button"
        className={styles["textButton"]}
        onClick={() => open(row)}
        title={words.t("why.button")}
      >
        {row.reasons[0] === undefined ? words.t("why.button") : readable(row.reasons[0].text, words)}
      </button>
    ),
  };
}

/** Hidden at first; to be chosen. */
function moreColumns({ t, date }: Words): Column<AgendaRow>[] {
  return [
    {
      id: "next_step",
      title: t("why.next_step"),
      width: 170,
      cell: (row) => row.next_step ?? "",
      hidden: true,
    },
    {
      id: "earliest_date",
      title: t("why.earliest_date"),
      width: 120,
      cell: (row) => (row.earliest_date === null ? "" : date(row.earliest_date)),
      hidden: true,
    },
    {
      id: "outcome",
      title: t("agenda.outcome"),
      width: 110,
      cell: (row) => <Chip tone={outcomeTone(row.outcome)}>{t(`outcome.${row.outcome}`)}</Chip>,
      hidden: true,
    },
  ];
}

export function columnsOf(words: Words, { href }: PagePlace, open: (row: AgendaRow) => void): Column<AgendaRow>[] {
  const { t } = words;
  return [
    { id: "priority", title: t("why.priority"), width: 66, end: true, cell: (row) => row.priority.total },
    {
      id: "customer",
      title: t("column.customer"),
      width: 156,
      cell: (row) => <Link href={href(`/customers/${row.customer.id}`)}>{row.customer.name}</Link>,
    },
    {
      id: "entity",
      title: t("column.entity"),
      width: 68,
      from: windowWidths.wide,
      cell: (row) => row.entity.code,
    },
    {
      id: "overdue",
      title: t("column.overdue"),
      width: 126,
      end: true,
      cell: (row) => <Overdue row={row} />,
    },
    {
      id: "days_late",
      title: t("column.days_late"),
      width: 72,
      end: true,
      cell: (row) => (row.leader === null ? "" : <LateDays days={row.leader.days_late} />),
    },
    { id: "step", title: t("agenda.step"), width: 198, cell: (row) => <StepName row={row} /> },
    {
      id: "collector",
      title: t("column.collector"),
      width: 120,
      from: windowWidths.widest,
      cell: (row) => row.collector?.name ?? "",
    },
    ...moreColumns(words),
    whyColumn(words, open),
  ];
}

interface Answers {
  readonly marks: StepMarks;
  readonly call: Asking;
  readonly snooze: Asking;
  readonly preview: ((row: AgendaRow) => void) | undefined;
}

export function answerColumn(words: Words, { marks, call, snooze, preview }: Answers): Column<AgendaRow> {
  return {
    id: "answer",
    title: words.t("agenda.actions"),
    width: preview === undefined ? 176 : 240,
    from: windowWidths.desk,
    cell: (row) => (
      <span className={styles["oneLine"]}>
        {preview !== undefined && hasReminder(row) && (
          <Button size="compact-xs" variant="default" onClick={() => preview(row)}>
            {words.t("reminder.preview")}
          </Button>
        )}
        <StepButtons row={row} marks={marks} />
        <AskIcon
          asking={call}
          customer={row.customer}
          name="call"
          text={words.t("call.title", { name: row.customer.name })}
        />
        <AskIcon
          asking={snooze}
          customer={row.customer}
          name="later"
          text={words.t("snooze.title", { name: row.customer.name })}
        />
      </span>
    ),
  };
}

interface AskIconProps {
  readonly asking: Asking;
  readonly customer: Asked;
  readonly name: "call" | "later";
  readonly text: string;
}

/** In a row there is room for a picture only. */
function AskIcon({ asking, customer, name, text }: AskIconProps) {
  const may = useMay("act");
  if (!may) return null;
  return (
    <button
      type="button"
      className={styles["iconButton"]}
      aria-label={text}
      title={text}
      onClick={() => asking.ask(customer)}
    >
      <Icon name={name} />
    </button>
  );
}
