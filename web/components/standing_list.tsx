// Promises, disputes, stops and the rest: what holds, since when, until when, by whom; each can be ended.
import { Button } from "@mantine/core";
import { Link } from "wouter";
import type { Schemas } from "../api/client";
import { useWords } from "../lib/i18n/language";
import { useMay } from "../lib/me";
import { usePlace } from "../lib/perimeter";
import { useChange } from "../lib/server";
import { ItemLinks } from "./item_links";
import { tell } from "./notice";
import { Chip, type Tone } from "./page";
import styles from "./page.module.css";

export type Standing = Schemas["Standing"];

export function promiseTone(state: Standing["promise_state"]): Tone {
  if (state === "kept") return "ok";
  if (state === "broken") return "bad";
  return state === "partly_kept" ? "warn" : "plain";
}

function StandingText({ standing, withCustomer }: { standing: Standing; withCustomer: boolean }) {
  const words = useWords();
  const { t } = words;
  const { href } = usePlace();
  return (
    <>
      <div className={styles["row"]}>
        <Chip tone={standing.kind === "promise" ? "accent" : "warn"}>{t(`standing.${standing.kind}`)}</Chip>
        {withCustomer && (
          <Link href={href(`/customers/${standing.customer.id}`)}>{standing.customer.name}</Link>
        )}
        {standing.amount !== null && standing.currency !== null && (
          <strong className="number">{words.money(standing.amount, standing.currency)}</strong>
        )}
        {standing.cause !== null && <span>{words.code("cause", standing.cause)}</span>}
        {standing.to !== null && (
          <span>
            {t(standing.kind === "promise" ? "standing.promised_for" : "standing.until", {
              date: words.date(standing.to),
            })}
          </span>
        )}
        {standing.promise_state !== null && (
          <Chip tone={promiseTone(standing.promise_state)}>{t(`promise.${standing.promise_state}`)}</Chip>
        )}
        {standing.ended !== null && <Chip>{t("standing.ended", { date: words.date(standing.ended) })}</Chip>}
      </div>
      <div className="soft">
        {standing.items.length === 0 ? `${t("standing.whole_account")} ` : <ItemLinks items={standing.items} />}
        {standing.reason !== "" && `· ${standing.reason} `}· {standing.author}, {words.instant(standing.at)}
      </div>
    </>
  );
}

function EndButton({ standing }: { standing: Standing }) {
  const { t } = useWords();
  const end = useChange("/api/standings/{id}/end", () => tell({ text: t("standing.end_done"), tone: "ok" }));
  const may = useMay("act");
  if (!may || standing.ended !== null) return null;
  const send = () =>
    end.mutate(
      { body: { reason: t("standing.ended_by_hand") }, parts: { id: standing.id } },
      {
        onError: (error) => tell({ text: error.message, tone: "bad" }),
      },
    );
  return (
    <Button size="compact-xs" variant="default" onClick={send} loading={end.isPending}>
      {t("standing.end")}
    </Button>
  );
}

export interface StandingListProps {
  readonly standings: readonly Standing[];
  readonly empty: string;
  readonly withCustomer?: boolean;
}

export function StandingList({ standings, empty, withCustomer = false }: StandingListProps) {
  if (standings.length === 0) return <p className="soft">{empty}</p>;
  return (
    <ul className={styles["list"]}>
      {standings.map((standing) => (
        <li key={standing.id} className={styles["row"]}>
          <div>
            <StandingText standing={standing} withCustomer={withCustomer} />
          </div>
          <div className={styles["tools"]}>
            <EndButton standing={standing} />
          </div>
        </li>
      ))}
    </ul>
  );
}
