// What was done with a customer, newest first (COL-10): steps, calls and what came of them, by whom; what was taken back too.
import type { Schemas } from "../../api/client";
import { Chip, type Tone } from "../../components/page";
import { PagedList } from "../../components/paged_list";
import { useWords, type Words } from "../../lib/i18n/language";
import { useNumberedPages } from "../../lib/server";

export type Done = Schemas["DoneList"]["rows"][number];

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
  const pages = useNumberedPages("/api/customers/{id}/done", { parts: { id: customer }, query: { limit }, from: "before" });
  const words = { title: t("done.title"), empty: t("done.empty"), older: t("done.older") };
  return (
    <PagedList pages={pages} lines={3} {...words}>
      {(row: Done) => <Line key={`${row.row} ${row.at}`} done={row} />}
    </PagedList>
  );
}
