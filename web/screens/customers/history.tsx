// The facts of one account, newest first (LED-4).
import { Button } from "@mantine/core";
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { Amount } from "../../components/amount";
import { Card, Chip } from "../../components/page";
import styles from "../../components/page.module.css";
import { Failed, Waiting } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { readable } from "../../lib/readable";
import { usePages } from "../../lib/server";

type Entry = Schemas["HistoryEntry"];

function Line({ entry }: { entry: Entry }) {
  const words = useWords();
  const { t, date, instant } = words;
  const { href } = usePlace();
  return (
    <li className={styles["row"]}>
      <div>
        <Chip>{t(`history.${entry.kind}`)}</Chip>{" "}
        {entry.item !== null && <Link href={href(`/items/${entry.item.id}`)}>{entry.item.number}</Link>}{" "}
        {readable(entry.text, words)}
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
  const entries = pages.data?.pages.flatMap((one) => one.rows);
  return (
    <Card title={t("customer.history")}>
      {pages.isError && <Failed error={pages.error} again={() => void pages.refetch()} />}
      {entries === undefined && !pages.isError && <Waiting lines={4} />}
      {entries?.length === 0 && <p className="soft">{t("history.empty")}</p>}
      {entries !== undefined && entries.length > 0 && (
        <ul className={styles["list"]}>
          {entries.map((entry) => (
            <Line key={`${entry.fact} ${entry.kind}`} entry={entry} />
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
          {t("history.more")}
        </Button>
      )}
    </Card>
  );
}
