// One customer at a time: why now, the statement, the behaviour, and one key for each answer.
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { Amount } from "../../components/amount";
import { AskButton, type Asking } from "../../components/asking";
import { NoWorkingDay } from "../../components/no_working_day";
import { useDialogsAtHand } from "../../components/overlay";
import { Card, Chip, Page } from "../../components/page";
import styles from "../../components/page.module.css";
import { type FormKind, StandingForm } from "../../components/standing_form";
import { StandingList } from "../../components/standing_list";
import { Answered, Empty, Failed, Waiting } from "../../components/states";
import {
  type AgendaRow,
  DecisionItems,
  useDecision,
  WhyButton,
  WhySummary,
} from "../../components/why_panel";
import { hasStep, StepButtons, type StepMarks, useStepMarks } from "../../components/step_marks";
import { useWords } from "../../lib/i18n/language";
import { useKeys } from "../../lib/keyboard";
import { useMay } from "../../lib/me";
import { usePlace } from "../../lib/perimeter";
import { useAnswer, usePages } from "../../lib/server";
import { KpiFigure } from "../dso/kpi_card";
import { DoneList } from "../customers/done_list";
import { CustomerMessages } from "../messages/customer_messages";
import { ReminderCard } from "../messages/reminder_editor";
import { hasReminder, useShowsToday } from "../messages/reminders";
import { agendaQuery } from "./agenda";
import { useCall } from "./call";
import { useSnooze } from "./snooze";
import { SpecificActionList, useSpecificAction } from "./specific_actions";

function useQueue() {
  const place = usePlace();
  const pages = usePages("/api/agenda", { query: { ...agendaQuery(place), outcome: "due", limit: 100 } });
  const rows = pages.data?.pages.flatMap((one) => one.rows) ?? [];
  const count = pages.data?.pages[0]?.count ?? 0;
  const wanted = Number(place.param("at") ?? 0);
  const at = Math.max(0, Math.min(Number.isInteger(wanted) ? wanted : 0, count - 1));
  if (at >= rows.length - 5 && pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
  const go = (to: number) => place.change({ at: String(Math.max(0, Math.min(to, count - 1))) });
  return { pages, row: rows[at], at, count, go };
}

function Behaviour({ row }: { row: AgendaRow }) {
  const { t } = useWords();
  const { perimeter } = usePlace();
  const sheet = useAnswer("/api/customers/{id}", {
    parts: { id: row.customer.id },
    query: { as_of: perimeter.as_of, known_at: perimeter.known_at },
  });
  return (
    <Answered of={sheet} lines={4}>
      {(data) => (
        <div className={styles["stack"]}>
          <div className={styles["row"]}>
            <Chip>{t(`profile.${data.customer.profile}`)}</Chip>
            {data.behaviour.rows.map((kpi) => (
              <span key={kpi.currency}>
                {t("kpi.weighted_delay")} <KpiFigure value={kpi.behaviour.weighted_delay} />
              </span>
            ))}
          </div>
          {data.contacts.map((contact) => (
            <div key={contact.id} className={styles["row"]}>
              <strong>{contact.name}</strong>
              {contact.phone !== null && <a href={`tel:${contact.phone}`}>{contact.phone}</a>}
              {contact.email !== null && <a href={`mailto:${contact.email}`}>{contact.email}</a>}
            </div>
          ))}
          <StandingList standings={data.standings} empty={t("customer.no_standings")} />
          <SpecificActionList customer={row.customer.id} empty={t("specific.empty")} />
        </div>
      )}
    </Answered>
  );
}

interface ActionsProps {
  readonly row: AgendaRow;
  readonly marks: StepMarks;
  readonly at: number;
  readonly count: number;
  readonly go: (to: number) => void;
  readonly act: (kind: FormKind) => void;
  readonly call: Asking;
  readonly snooze: Asking;
  readonly specific: Asking;
}

/** One key for each answer; none where the person may not act. */
function useAnswerKeys(row: AgendaRow | undefined, props: Omit<ActionsProps, "row" | "count">) {
  const { marks, at, go, act, call, snooze, specific } = props;
  const may = useMay("act");
  const on = (answer: (row: AgendaRow) => void) => () => may && row !== undefined && answer(row);
  useKeys({
    j: () => go(at + 1),
    n: () => go(at + 1),
    b: () => go(at - 1),
    k: on((one) => hasStep(one) && marks.done(one)),
    x: on((one) => hasStep(one) && marks.skip(one)),
    c: on((one) => call.ask(one.customer)),
    p: on(() => act("promise")),
    d: on(() => act("dispute")),
    s: on(() => act("stop")),
    a: on((one) => snooze.ask(one.customer)),
    t: on((one) => specific.ask(one.customer)),
  });
}

function Actions({ row, marks, at, count, go, act, call, snooze, specific }: ActionsProps) {
  const { t, count: shown } = useWords();
  const may = useMay("act");
  return (
    <div className={styles["row"]}>
      {may &&
        (["promise", "dispute", "stop"] as const).map((kind) => (
          <Button
            key={kind}
            variant={kind === "promise" ? "filled" : "default"}
            onClick={() => act(kind)}
            rightSection={<kbd>{t(`one.key_${kind}`)}</kbd>}
          >
            {t(`standing.${kind}`)}
          </Button>
        ))}
      <AskButton asking={call} customer={row.customer} text={t("call.button")} hint="C" />
      <StepButtons row={row} marks={marks} keys />
      <AskButton asking={snooze} customer={row.customer} text={t("snooze.button")} hint="A" />
      <AskButton asking={specific} customer={row.customer} text={t("specific.button")} hint="T" />
      <div className={styles["tools"]}>
        <span className="soft">{t("one.position", { at: shown(at + 1), count: shown(count) })}</span>
        <Button variant="default" disabled={at === 0} onClick={() => go(at - 1)} rightSection={<kbd>B</kbd>}>
          {t("one.previous")}
        </Button>
        <Button
          variant="default"
          disabled={at >= count - 1}
          onClick={() => go(at + 1)}
          rightSection={<kbd>N</kbd>}
        >
          {t("one.next")}
        </Button>
      </div>
    </div>
  );
}

function Customer({ row }: { row: AgendaRow }) {
  const { t } = useWords();
  const decision = useDecision(row.customer.id);
  const today = useShowsToday();
  return (
    <div className={styles["wideNarrow"]}>
      <div className={styles["stack"]}>
        <Card title={t("one.why_now")} tools={<WhyButton customer={row.customer.id} />}>
          <WhySummary row={row} />
        </Card>
        {today && hasReminder(row) && <ReminderCard of={row} />}
        <Card title={t("customer.statement")}>
          <Answered of={decision} lines={6}>
            {(data) => <DecisionItems decision={data} />}
          </Answered>
        </Card>
      </div>
      <div className={styles["stack"]}>
        <Card title={t("column.overdue")}>
          {row.overdue.map((one) => (
            <div key={one.currency} className={styles["figure"]}>
              <Amount value={one.amount} /> <small>{one.currency}</small>
            </div>
          ))}
        </Card>
        <Card title={t("customer.behaviour")}>
          <Behaviour row={row} />
        </Card>
        <DoneList customer={row.customer.id} limit={5} />
        <CustomerMessages customer={row.customer.id} limit={5} />
      </div>
    </div>
  );
}

export default function OneByOne() {
  const { t } = useWords();
  const { href } = usePlace();
  const { pages, row, at, count, go } = useQueue();
  const [kind, setKind] = useState<FormKind>();
  const marks = useStepMarks();
  const call = useCall();
  const snooze = useSnooze();
  const specific = useSpecificAction();
  const answers = { marks, at, go, act: setKind, call, snooze, specific };
  useAnswerKeys(row, answers);
  useDialogsAtHand();
  const first = pages.data?.pages[0];
  const crumbs = [{ text: t("nav.agenda"), href: href("/agenda") }];
  if (pages.isError)
    return (
      <Page title={t("one.title")} crumbs={crumbs}>
        <Failed error={pages.error} />
      </Page>
    );
  if (pages.isPending)
    return (
      <Page title={t("one.title")} crumbs={crumbs}>
        <Waiting lines={10} />
      </Page>
    );
  if (row === undefined) {
    return (
      <Page title={t("one.title")} crumbs={crumbs}>
        {first?.working_day === false ? (
          <NoWorkingDay day={first.date} next={first.next_working_day} />
        ) : (
          <Empty title={t("one.done")} text={t("one.done_text")}>
            <Link href={href("/agenda")}>{t("nav.agenda")}</Link>
          </Empty>
        )}
      </Page>
    );
  }
  return (
    <Page
      title={row.customer.name}
      crumbs={crumbs}
      beside={<Link href={href(`/customers/${row.customer.id}`)}>{t("one.sheet")}</Link>}
    >
      <Actions row={row} count={count} {...answers} />
      <Customer key={row.customer.id} row={row} />
      {marks.dialog}
      {call.dialog}
      {snooze.dialog}
      {specific.dialog}
      <StandingForm kind={kind} customer={row.customer.id} close={() => setKind(undefined)} />
    </Page>
  );
}
