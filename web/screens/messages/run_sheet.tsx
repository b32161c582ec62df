// One run: what came of each customer, and why or why not (COL-11).
import { useMemo } from "react";
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { type Column, DataTable } from "../../components/data_table";
import { isMissing, NotFound } from "../../components/not_found";
import { Card, Chip, Page } from "../../components/page";
import { PlaceChoice } from "../../components/place_choice";
import { Failed, Waiting } from "../../components/states";
import { outcomeTone } from "../../components/why_panel";
import { useWords, type Words } from "../../lib/i18n/language";
import { barOf, type PagePlace, usePlace } from "../../lib/perimeter";
import { readable } from "../../lib/readable";
import { useAnswer, useNumberedPages } from "../../lib/server";
import { nameIn } from "../scenarios/scenario_draft";
import { RunCounts } from "./runs";

type Outcome = Schemas["RunWithOutcomes"]["rows"][number];
const outcomes = ["due", "waiting", "suppressed", "nothing"] as const;

/** The name of a step by its code; scenarios that share a code share its meaning. */
function useStepName(): (code: string) => string {
  const { language } = useWords();
  const policy = useAnswer("/api/policy");
  return useMemo(() => {
    const steps = policy.data?.scenarios.flatMap((one) => [...(one.steps ?? []), ...(one.notices ?? [])]) ?? [];
    const names = new Map(steps.map((step) => [step.code, nameIn(step, language)]));
    return (code) => names.get(code) ?? code;
  }, [policy.data, language]);
}

type StepName = ReturnType<typeof useStepName>;

function columnsOf(words: Words, { href }: PagePlace, stepName: StepName): Column<Outcome>[] {
  const { t } = words;
  const why = (row: Outcome) => row.why.map((one) => readable(one.text, words)).join(" · ");
  return [
    {
      id: "customer",
      title: t("column.customer"),
      width: 200,
      cell: (row) => <Link href={href(`/customers/${row.customer.id}`)}>{row.customer.name}</Link>,
    },
    {
      id: "outcome",
      title: t("agenda.outcome"),
      width: 110,
      cell: (row) => <Chip tone={outcomeTone(row.outcome)}>{t(`outcome.${row.outcome}`)}</Chip>,
    },
    { id: "step", title: t("agenda.step"), width: 150, cell: (row) => (row.step === null ? "" : stepName(row.step)) },
    {
      id: "message",
      title: t("runs.message"),
      width: 110,
      cell: (row) =>
        row.message === null ? "" : <Link href={href(`/messages/${row.message}`)}>{t("reminder.see")}</Link>,
    },
    {
      id: "why",
      title: t("message.why"),
      width: 400,
      cell: (row) => <span title={why(row)}>{why(row)}</span>,
    },
  ];
}

function OutcomeChoice() {
  const { t } = useWords();
  return (
    <PlaceChoice
      name="outcome"
      label={t("agenda.outcome")}
      values={["all", ...outcomes]}
      text={(value) => t(value === "all" ? "message.all" : `outcome.${value}`)}
    />
  );
}

export default function RunSheet({ id }: { id: number }) {
  const words = useWords();
  const { t } = words;
  const place = usePlace();
  const outcome = outcomes.find((one) => one === place.param("outcome"));
  const pages = useNumberedPages("/api/runs/{id}", {
    parts: { id },
    query: { ...barOf(place.perimeter), outcome, limit: 200 },
    from: "after",
  });
  const stepName = useStepName();
  const columns = useMemo(() => columnsOf(words, place, stepName), [words, place, stepName]);
  const rows = useMemo(() => pages.data?.pages.flatMap((one) => one.rows) ?? [], [pages.data]);
  const run = pages.data?.pages[0]?.run;
  if (isMissing(pages.error)) return <NotFound text={pages.error?.message ?? ""} />;
  return (
    <Page
      title={run === undefined ? t("nav.runs") : t("runs.of", { day: words.date(run.day) })}
      crumbs={[{ text: t("nav.runs"), href: place.href("/runs") }]}
      beside={run !== undefined && <Chip>{run.by ?? t(`runs.source_${run.source}`)}</Chip>}
    >
      {pages.isError && <Failed error={pages.error} again={() => void pages.refetch()} />}
      {pages.isPending && <Waiting lines={10} />}
      {run !== undefined && (
        <>
          <Card title={words.instant(run.started_at)}>
            <RunCounts run={run} />
            {run.finished_at === null && <p role="status">{t("runs.unfinished")}</p>}
          </Card>
          <DataTable
            label={t("runs.outcomes")}
            columns={columns}
            rows={rows}
            rowKey={(row) => String(row.customer.id)}
            tools={<OutcomeChoice />}
            onEnd={
              pages.hasNextPage && !pages.isFetchingNextPage ? () => void pages.fetchNextPage() : undefined
            }
            more={pages.isFetchingNextPage}
            empty={<p>{t("runs.no_outcome")}</p>}
          />
        </>
      )}
    </Page>
  );
}
