// The agenda: whom to chase today, in order of priority, and why; messages leave on a person's yes (COL-1 to COL-11).
import { Button, SegmentedControl } from "@mantine/core";
import { useMemo, useState } from "react";
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { Amount } from "../../components/amount";
import { type Asked, AskButton, type Asking } from "../../components/asking";
import { type Column, windowWidths } from "../../components/data_table";
import { ExportButtons } from "../../components/export_buttons";
import { Icon } from "../../components/icon";
import { NoWorkingDay } from "../../components/no_working_day";
import { PagedTable } from "../../components/paged_table";
import { Chip, Page } from "../../components/page";
import styles from "../../components/page.module.css";
import { StepButtons, type StepMarks, useStepMarks } from "../../components/step_marks";
import { type AgendaRow, outcomeTone, StepName, WhyDrawer } from "../../components/why_panel";
import { useWords, type Words } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { type PagePlace, usePlace } from "../../lib/perimeter";
import { readable } from "../../lib/readable";
import { usePages } from "../../lib/server";
import { LateDays } from "../items/item_columns";
import { ServerBanner } from "../messages/message_chips";
import { hasReminder, useShowsToday } from "../messages/reminders";
import { SendAll, useAgendaSending } from "./sending";
import { useSnooze } from "./snooze";
import { useSpecificAction } from "./specific_actions";

export const outcomes = ["due", "waiting", "suppressed", "nothing"] as const;

export function agendaQuery({ perimeter, param }: PagePlace) {
  const { as_of, reporting, ...rest } = perimeter;
  return {
    ...rest,
    date: param("date") ?? as_of,
    scope: param("scope"),
    outcome: param("outcome") ?? "due",
    q: param("q"),
  };
}

function Overdue({ row }: { row: AgendaRow }) {
  return row.overdue.map((one) => <Amount key={one.currency} value={one.amount} currency={one.currency} />);
}

function whyColumn(words: Words, open: (row: AgendaRow) => void): Column<AgendaRow> {
  return {
    id: "why",
    title: words.t("why.button"),
    width: 180,
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

function columnsOf(words: Words, { href }: PagePlace, open: (row: AgendaRow) => void): Column<AgendaRow>[] {
  const { t } = words;
  return [
    { id: "priority", title: t("why.priority"), width: 72, end: true, cell: (row) => row.priority.total },
    {
      id: "customer",
      title: t("column.customer"),
      width: 170,
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
    { id: "step", title: t("agenda.step"), width: 166, cell: (row) => <StepName row={row} /> },
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
  readonly snooze: Asking;
  readonly preview: ((row: AgendaRow) => void) | undefined;
}

function answerColumn(words: Words, { marks, snooze, preview }: Answers): Column<AgendaRow> {
  return {
    id: "answer",
    title: words.t("agenda.actions"),
    width: 224,
    from: windowWidths.desk,
    cell: (row) => (
      <span className={styles["row"]}>
        {preview !== undefined && hasReminder(row) && (
          <Button size="compact-xs" variant="default" onClick={() => preview(row)}>
            {words.t("reminder.preview")}
          </Button>
        )}
        <StepButtons row={row} marks={marks} />
        <SnoozeIcon asking={snooze} customer={row.customer} />
      </span>
    ),
  };
}

/** In a row there is room for a picture of a clock only. */
function SnoozeIcon({ asking, customer }: { asking: Asking; customer: Asked }) {
  const { t } = useWords();
  const may = useMay("act");
  if (!may) return null;
  const text = t("snooze.title", { name: customer.name });
  return (
    <button
      type="button"
      className={styles["iconButton"]}
      aria-label={text}
      title={text}
      onClick={() => asking.ask(customer)}
    >
      <Icon name="later" />
    </button>
  );
}

function OutcomeChoice({ counts }: { counts: Schemas["AgendaCounts"] }) {
  const { t, count } = useWords();
  const { param, change } = usePlace();
  return (
    <SegmentedControl
      size="xs"
      transitionDuration={0}
      aria-label={t("agenda.outcome")}
      value={param("outcome") ?? "due"}
      onChange={(value) => change({ outcome: value === "due" ? undefined : value })}
      data={outcomes.map((value) => ({ value, label: `${t(`outcome.${value}`)} ${count(counts[value])}` }))}
    />
  );
}

function Tools() {
  const { t } = useWords();
  const { param, change, href } = usePlace();
  const place = usePlace();
  return (
    <>
      <SegmentedControl
        size="xs"
        transitionDuration={0}
        aria-label={t("agenda.scope")}
        value={param("scope") ?? "all"}
        onChange={(value) => change({ scope: value === "all" ? undefined : value })}
        data={(["mine", "all"] as const).map((value) => ({ value, label: t(`agenda.${value}`) }))}
      />
      <Button
        component={Link}
        size="xs"
        href={href("/agenda/one", { scope: param("scope"), date: param("date") })}
      >
        {t("one.title")}
      </Button>
      <ExportButtons path="/api/agenda" query={agendaQuery(place)} />
    </>
  );
}

function Counted({ agenda }: { agenda: Schemas["Agenda"] }) {
  const words = useWords();
  const counts = agenda.scenario_counts.map(
    (one) => `${words.code("scenario", one.scenario)} ${words.count(one.count)}`,
  );
  return <p className="soft">{[words.longDate(agenda.date), ...counts].join(" · ")}</p>;
}

interface WhyToolsProps {
  readonly snooze: Asking;
  readonly specific: Asking;
  readonly customer: Asked;
  readonly leave: () => void;
}

/** The reasons close before a form opens: one panel at a time. */
function WhyTools({ snooze, specific, customer, leave }: WhyToolsProps) {
  const { t } = useWords();
  const instead = (asking: Asking): Asking => ({
    ...asking,
    ask: (of) => {
      leave();
      asking.ask(of);
    },
  });
  return (
    <>
      <AskButton asking={instead(snooze)} customer={customer} text={t("snooze.button")} />
      <AskButton asking={instead(specific)} customer={customer} text={t("specific.button")} />
    </>
  );
}

export default function Agenda() {
  const words = useWords();
  const place = usePlace();
  const [why, setWhy] = useState<number>();
  const pages = usePages("/api/agenda", { query: { ...agendaQuery(place), limit: 200 } });
  const marks = useStepMarks();
  const today = useShowsToday();
  const sending = useAgendaSending(pages);
  const snooze = useSnooze();
  const specific = useSpecificAction();
  const { preview, chosen } = sending;
  const columns = useMemo(
    () => [
      ...columnsOf(words, place, (row) => setWhy(row.customer.id)),
      answerColumn(words, { marks, snooze, preview: today ? preview : undefined }),
    ],
    [words, place, marks, snooze, today, preview],
  );

  const leave = () => setWhy(undefined);
  const tools = (row: AgendaRow) => <WhyTools {...{ snooze, specific, leave }} customer={row.customer} />;
  const first = pages.data?.pages[0];
  return (
    <Page
      title={words.t("nav.agenda")}
      beside={today ? undefined : <Chip tone="accent">{words.t("agenda.dry_run")}</Chip>}
      tools={<Tools />}
    >
      <ServerBanner />
      {first !== undefined && <Counted agenda={first} />}
      {first?.working_day === false && <NoWorkingDay day={first.date} next={first.next_working_day} />}
      <PagedTable
        pages={pages}
        searchable
        label={words.t("nav.agenda")}
        columns={columns}
        rowKey={(row) => String(row.customer.id)}
        onOpen={(row) => setWhy(row.customer.id)}
        tools={
          first !== undefined && (
            <>
              <OutcomeChoice counts={first.counts} />
              <SendAll sending={sending} />
            </>
          )
        }
        {...(chosen === undefined ? {} : { selectionSum: chosen })}
        empty={<p>{words.t(first?.working_day === false ? "figure.nothing" : "agenda.empty")}</p>}
      />
      {marks.dialog}
      {sending.panels}
      {snooze.dialog}
      {specific.dialog}
      <WhyDrawer customer={why} close={leave} tools={tools} />
    </Page>
  );
}
