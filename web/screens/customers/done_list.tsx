// What was done with a customer, newest first (COL-10): steps, calls and what came of them, by whom; what was taken back too.
import { Button } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { get, type Schemas } from "../../api/client";
import { Card, Chip, type Tone } from "../../components/page";
import styles from "../../components/page.module.css";
import { Failed, Waiting } from "../../components/states";
import { useWords, type Words } from "../../lib/i18n/language";

const path = "/api/customers/{id}/done";
export type Done = Schemas["DoneList"]["rows"][number];

function useDone(customer: number, limit: number) {
  const { language } = useWords();
  return useInfiniteQuery({
    queryKey: [path, customer, language, limit],
    queryFn: ({ signal, pageParam }) =>
      get(path, {
        parts: { id: customer },
        query: { limit, ...(pageParam === 0 ? {} : { before: pageParam }) },
        signal,
      }),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** A call by its outcome, else whether the step was done or skipped. */
export function doneWord({ call, skipped }: Done, t: Words["t"]): string {
  if (call !== null) return t(`call.${call}`);
  return t(skipped ? "done.skipped" : "done.done");
}

function toneOf({ call, skipped, taken_back }: Done): Tone {
  if (taken_back || skipped) return "plain";
  return call === "not_reached" || call === "call_back" ? "warn" : "ok";
}

function Line({ done }: { done: Done }) {
  const { t, date, instant } = useWords();
  const { call, step, call_back, note, at, by, day } = done;
  return (
    <li>
      <Chip tone={toneOf(done)}>{doneWord(done, t)}</Chip>{" "}
      {step ?? t(call === null ? "done.outside" : "done.call")}
      {call_back !== null && ` · ${t("done.call_back", { date: date(call_back) })}`}
      {note !== "" && ` · ${note}`}
      {done.taken_back && (
        <>
          {" "}
          <Chip>{t("done.taken_back")}</Chip>
        </>
      )}
      <div className="soft">
        {date(day)} · {by ?? t("message.by_program")} · {t("done.noted", { at: instant(at) })}
      </div>
    </li>
  );
}

export function DoneList({ customer, limit }: { customer: number; limit: number }) {
  const { t } = useWords();
  const pages = useDone(customer, limit);
  const rows = pages.data?.pages.flatMap((one) => one.rows);
  return (
    <Card title={t("done.title")}>
      {pages.isError && <Failed error={pages.error} again={() => void pages.refetch()} />}
      {rows === undefined && !pages.isError && <Waiting lines={3} />}
      {rows?.length === 0 && <p className="soft">{t("done.empty")}</p>}
      {rows !== undefined && rows.length > 0 && (
        <ul className={styles["list"]}>
          {rows.map((row) => (
            <Line key={`${row.row} ${row.at}`} done={row} />
          ))}
        </ul>
      )}
      {pages.hasNextPage && (
        <Button
          size="xs"
          variant="default"
          onClick={() => void pages.fetchNextPage()}
          loading={pages.isFetchingNextPage}
        >
          {t("done.older")}
        </Button>
      )}
    </Card>
  );
}
