// The agenda: whom to chase today, in order of priority, and why; messages leave on a person's yes (COL-1 to COL-11).
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import type { Schemas } from "../../api/client";
import { type Asked, AskButton, type Asking } from "../../components/asking";
import type { Column } from "../../components/data_table";
import { ExportButtons } from "../../components/export_buttons";
import { NoWorkingDay } from "../../components/no_working_day";
import { PagedTable } from "../../components/paged_table";
import { Chip, Page } from "../../components/page";
import { PlaceChoice } from "../../components/place_choice";
import { Answered } from "../../components/states";
import { useStepMarks } from "../../components/step_marks";
import { type AgendaRow, WhyDrawer } from "../../components/why_panel";
import { useWords } from "../../lib/i18n/language";
import { type PagePlace, usePlace } from "../../lib/perimeter";
import { usePages } from "../../lib/server";
import { ServerBanner } from "../messages/message_chips";
import { useShowsToday } from "../messages/reminders";
import doors from "../settings/settings.module.css";
import { answerColumn, columnsOf } from "./agenda_columns";
import { useCall } from "./call";
import { DisputesTable } from "./disputes_table";
import { NoticesTable } from "./notices_table";
import { PromisesTable } from "./promises_table";
import { ErrorsTable, SnoozedTable, UpcomingTable } from "./section_tables";
import { type Section, type Sections, sectionIn, sections, useSections } from "./sections";
import { type AgendaSending, SendAll, useAgendaSending } from "./sending";
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

function OutcomeChoice({ counts }: { counts: Schemas["AgendaCounts"] }) {
  const { t, count } = useWords();
  return (
    <PlaceChoice
      name="outcome"
      label={t("agenda.outcome")}
      values={outcomes}
      text={(value) => `${t(`outcome.${value}`)} ${count(counts[value])}`}
    />
  );
}

function Tools() {
  const { t } = useWords();
  const place = usePlace();
  const { param, href } = place;
  return (
    <>
      <PlaceChoice
        name="scope"
        label={t("agenda.scope")}
        values={["mine", "all"]}
        usual="all"
        text={(value) => t(`agenda.${value}`)}
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
  readonly call: Asking;
  readonly snooze: Asking;
  readonly specific: Asking;
  readonly customer: Asked;
  readonly leave: () => void;
}

/** The reasons close before a form opens: one panel at a time. */
function WhyTools({ call, snooze, specific, customer, leave }: WhyToolsProps) {
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
      <AskButton asking={instead(call)} customer={customer} text={t("call.button")} />
      <AskButton asking={instead(snooze)} customer={customer} text={t("snooze.button")} />
      <AskButton asking={instead(specific)} customer={customer} text={t("specific.button")} />
    </>
  );
}

/** The actions due and, beside them, the sections: a door each, with its count. */
function SectionDoors({ due, others }: { due: number | undefined; others: Sections | undefined }) {
  const { t, count } = useWords();
  const place = usePlace();
  const here = sectionIn(place);
  const kept = { scope: place.param("scope"), date: place.param("date"), q: place.param("q") };
  const door = (section: Section | undefined, number: number | undefined) => (
    <Link
      key={section ?? "actions"}
      href={place.href("/agenda", { ...kept, section })}
      aria-current={section === here ? "page" : undefined}
    >
      {t(`section.${section ?? "actions"}`)} {number === undefined ? "" : count(number)}
    </Link>
  );
  return (
    <nav className={doors["doors"]} aria-label={t("section.title")}>
      {door(undefined, due)}
      {sections.map((section) => door(section, others?.[section].count))}
    </nav>
  );
}

interface OtherProps {
  readonly section: Section;
  readonly answer: ReturnType<typeof useSections>;
  readonly why: (customer: number) => void;
}

function OtherSection({ section, answer, why }: OtherProps) {
  const { href } = usePlace();
  const [, navigate] = useLocation();
  return (
    <Answered of={answer} lines={10}>
      {(all) => (
        <>
          {section === "notices" && <NoticesTable of={all.notices} />}
          {section === "upcoming" && <UpcomingTable of={all.upcoming} open={why} />}
          {section === "promises" && (
            <PromisesTable of={all.promises} open={(customer) => navigate(href(`/customers/${customer}`))} />
          )}
          {section === "disputes" && <DisputesTable of={all.disputes} open={why} />}
          {section === "snoozed" && <SnoozedTable of={all.snoozed} open={why} />}
          {section === "errors" && (
            <ErrorsTable
              of={all.errors}
              open={({ message, customer }) =>
                navigate(href(message === null ? `/customers/${customer.id}` : `/messages/${message}`))
              }
            />
          )}
        </>
      )}
    </Answered>
  );
}

type AgendaPages = ReturnType<typeof useAgendaPages>;

function useAgendaPages() {
  return usePages("/api/agenda", { query: { ...agendaQuery(usePlace()), limit: 200 } });
}

interface DueProps {
  readonly pages: AgendaPages;
  readonly columns: readonly Column<AgendaRow>[];
  readonly why: (customer: number) => void;
  readonly sending: AgendaSending;
}

/** The actions due of the day, and whoever waits or is held back. */
function ActionsDue({ pages, columns, why, sending }: DueProps) {
  const { t } = useWords();
  const { chosen } = sending;
  const first = pages.data?.pages[0];
  return (
    <PagedTable
      pages={pages}
      searchable
      label={t("nav.agenda")}
      columns={columns}
      rowKey={(row) => String(row.customer.id)}
      onOpen={(row) => why(row.customer.id)}
      tools={
        first !== undefined && (
          <>
            <OutcomeChoice counts={first.counts} />
            <SendAll sending={sending} />
          </>
        )
      }
      {...(chosen === undefined ? {} : { selectionSum: chosen })}
      empty={<p>{t(first?.working_day === false ? "figure.nothing" : "agenda.empty")}</p>}
    />
  );
}

export default function Agenda() {
  const words = useWords();
  const place = usePlace();
  const [why, setWhy] = useState<number>();
  const pages = useAgendaPages();
  const others = useSections();
  const marks = useStepMarks();
  const today = useShowsToday();
  const sending = useAgendaSending(pages);
  const call = useCall();
  const snooze = useSnooze();
  const specific = useSpecificAction();
  const { preview } = sending;
  const columns = useMemo(
    () => [
      ...columnsOf(words, place, (row) => setWhy(row.customer.id)),
      answerColumn(words, { marks, call, snooze, preview: today ? preview : undefined }),
    ],
    [words, place, marks, call, snooze, today, preview],
  );

  const leave = () => setWhy(undefined);
  const tools = (row: AgendaRow) => <WhyTools {...{ call, snooze, specific, leave }} customer={row.customer} />;
  const first = pages.data?.pages[0];
  const section = sectionIn(place);
  return (
    <Page
      title={words.t("nav.agenda")}
      beside={today ? undefined : <Chip tone="accent">{words.t("agenda.dry_run")}</Chip>}
      tools={<Tools />}
    >
      <ServerBanner />
      {first !== undefined && <Counted agenda={first} />}
      {first?.working_day === false && <NoWorkingDay day={first.date} next={first.next_working_day} />}
      <SectionDoors due={first?.counts.due} others={others.data} />
      {section === undefined ? (
        <ActionsDue {...{ pages, columns, sending }} why={setWhy} />
      ) : (
        <OtherSection section={section} answer={others} why={setWhy} />
      )}
      {marks.dialog}
      {sending.panels}
      {call.dialog}
      {snooze.dialog}
      {specific.dialog}
      <WhyDrawer customer={why} close={leave} tools={tools} />
    </Page>
  );
}
