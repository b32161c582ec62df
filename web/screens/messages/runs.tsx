// The runs, newest first, and one made by hand: dry first, then for good (COL-11).
import { Button } from "@mantine/core";
import { useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import type { Schemas } from "../../api/client";
import { type Column, DataTable, windowWidths } from "../../components/data_table";
import { tell } from "../../components/notice";
import { Dialog } from "../../components/overlay";
import { Chip, Page } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Empty, Failed } from "../../components/states";
import { useWords, type Words } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { barOf, type PagePlace, usePlace } from "../../lib/perimeter";
import { useAnswer, useChange } from "../../lib/server";
import { ServerBanner } from "./message_chips";

export type Run = Schemas["Run"];
export const runCounts = ["requested", "to_do", "waiting", "held", "nothing", "failed"] as const;

/** Where the agenda shows the customers behind a count of a dry run; `requested` leaves by itself, with the notices of the day. */
const doorsOf = {
  requested: { section: "upcoming" },
  to_do: {},
  waiting: { outcome: "waiting" },
  held: { outcome: "suppressed" },
  nothing: { outcome: "nothing" },
  failed: { section: "errors" },
} as const;

/** `doors`: each count opens to its customers, of all companies, as the run goes. */
export function RunCounts({ run, doors = false }: { run: Run; doors?: boolean }) {
  const { t, count } = useWords();
  const { href } = usePlace();
  const everybody = { known_at: undefined, entity: undefined, collector: undefined, segment: undefined, as_of: undefined };
  return (
    <dl className={styles["pairs"]}>
      {runCounts.flatMap((name) => [
        <dt key={`${name} name`}>{t(`runs.${name}`)}</dt>,
        <dd key={name}>
          {doors && run[name] > 0 ? (
            <Link href={href("/agenda", { ...everybody, ...doorsOf[name] })}>{count(run[name])}</Link>
          ) : (
            count(run[name])
          )}
        </dd>,
      ])}
    </dl>
  );
}

function columnsOf(words: Words, { href }: PagePlace): Column<Run>[] {
  const { t, count } = words;
  return [
    {
      id: "at",
      title: t("runs.at"),
      width: 136,
      cell: (row) => <Link href={href(`/runs/${row.id}`)}>{words.instant(row.started_at)}</Link>,
    },
    { id: "day", title: t("runs.day"), width: 96, cell: (row) => words.date(row.day) },
    {
      id: "source",
      title: t("runs.source"),
      width: 150,
      cell: (row) => (
        <>
          {row.by ?? t(`runs.source_${row.source}`)}{" "}
          {row.finished_at === null && <Chip tone="warn">{t("runs.open")}</Chip>}
        </>
      ),
    },
    ...runCounts.map((name): Column<Run> => ({
      id: name,
      title: t(`runs.${name}`),
      width: 104,
      end: true,
      cell: (row) => count(row[name]),
      from: name === "nothing" ? windowWidths.wide : 0,
    })),
  ];
}

function RunNow({ done }: { done: () => void }) {
  const { t, n } = useWords();
  const { href } = usePlace();
  const [, navigate] = useLocation();
  const dry = useChange("/api/runs");
  const real = useChange("/api/runs", (run) => {
    tell({ text: n("runs.made", run.requested), tone: "ok" });
    done();
    if (run.id !== null) navigate(href(`/runs/${run.id}`));
  });
  return (
    <div className={styles["stack"]}>
      <p>
        {t("runs.dry_help")} <strong>{t("runs.everybody")}</strong>
      </p>
      {dry.isError && <Failed error={dry.error} />}
      {real.isError && <Failed error={real.error} />}
      {dry.data !== undefined && <RunCounts run={dry.data} doors />}
      {(dry.isPending || real.isPending) && <p role="status">{t("runs.working")}</p>}
      <div className={styles["row"]}>
        {dry.data === undefined ? (
          <Button loading={dry.isPending} onClick={() => dry.mutate({ body: { dry_run: true } })}>
            {t("runs.dry")}
          </Button>
        ) : (
          <Button loading={real.isPending} onClick={() => real.mutate({ body: { dry_run: false } })}>
            {n("runs.do", dry.data.requested)}
          </Button>
        )}
        <Button variant="default" onClick={done}>
          {t("action.cancel")}
        </Button>
      </div>
    </div>
  );
}

export default function Runs() {
  const words = useWords();
  const { t } = words;
  const place = usePlace();
  const [, navigate] = useLocation();
  const may = useMay("act");
  const [open, setOpen] = useState(false);
  const answer = useAnswer("/api/runs", { query: { ...barOf(place.perimeter), limit: 100 } });
  const columns = useMemo(() => columnsOf(words, place), [words, place]);
  const button = may && <Button size="xs" onClick={() => setOpen(true)}>{t("runs.now")}</Button>;
  return (
    <Page title={t("nav.runs")} tools={button}>
      <ServerBanner />
      <p className="soft">{t("runs.help")}</p>
      <Answered of={answer} lines={8}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={t("runs.none")} text={t("runs.none_text")}>
              {button}
            </Empty>
          ) : (
            <DataTable
              label={t("nav.runs")}
              columns={columns}
              rows={rows}
              rowKey={(row) => String(row.id)}
              onOpen={(row) => navigate(place.href(`/runs/${row.id}`))}
            />
          )
        }
      </Answered>
      <Dialog opened={open} close={() => setOpen(false)} title={t("runs.now")}>
        <RunNow done={() => setOpen(false)} />
      </Dialog>
    </Page>
  );
}
