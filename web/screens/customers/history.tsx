// The facts of one account, newest first (LED-4).
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { Amount } from "../../components/amount";
import { Chip } from "../../components/page";
import styles from "../../components/page.module.css";
import { PagedList } from "../../components/paged_list";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { readable } from "../../lib/readable";
import { usePages } from "../../lib/server";

type Entry = Schemas["HistoryEntry"];

/** The number of the item, where the sentence has it, is the door to it. */
function Sentence({ entry: { item, text } }: { entry: Entry }) {
  const words = useWords();
  const { href } = usePlace();
  const shown = readable(text, words);
  if (item === null) return shown;
  const door = <Link href={href(`/items/${item.id}`)}>{item.number}</Link>;
  const [before, ...after] = shown.split(item.number);
  return after.length === 0 ? (
    <>
      {door} {shown}
    </>
  ) : (
    <>
      {before}
      {door}
      {after.join(item.number)}
    </>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { t, date, instant } = useWords();
  return (
    <li className={styles["row"]}>
      <div>
        <Chip>{t(`history.${entry.kind}`)}</Chip>{" "}
        <Sentence entry={entry} />
        <div className="soft">
          {instant(entry.at)} · #{entry.fact} · {entry.author}
          {entry.effective !== null && ` · ${t("history.effective", { date: date(entry.effective) })}`}
        </div>
      </div>
      <div className={styles["tools"]}>
        {entry.amount !== null && entry.currency !== null && (
          <Amount value={entry.amount} currency={entry.currency} />
        )}
      </div>
    </li>
  );
}

export function History({ customer }: { customer: number }) {
  const { t } = useWords();
  const { perimeter } = usePlace();
  const pages = usePages("/api/customers/{id}/history", {
    parts: { id: customer },
    query: { known_at: perimeter.known_at, limit: 20 },
  });
  const words = { title: t("customer.history"), empty: t("history.empty"), older: t("history.more") };
  return (
    <PagedList pages={pages} lines={4} {...words}>
      {(entry: Entry) => <Line key={`${entry.fact} ${entry.kind}`} entry={entry} />}
    </PagedList>
  );
}
