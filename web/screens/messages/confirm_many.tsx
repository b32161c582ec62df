// Many reminders on one yes (COL-8): first how many messages to whom, any of them to be looked at, then what came of each.
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { Link } from "wouter";
import { Amount } from "../../components/amount";
import { SidePanel } from "../../components/overlay";
import { Chip } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { ContentView } from "./message_content";
import own from "./messages.module.css";
import { useReminder } from "./reminder_editor";
import { type Came, seenYes, type Sendable, sendableKey, useReminderSending } from "./reminders";

/** The words that were on the screen, by what they are of: the yes is to those. */
type Seen = Map<string, string>;

function Look({ row, seen }: { row: Sendable; seen: Seen }) {
  const answer = useReminder(row);
  const digest = answer.isPlaceholderData ? undefined : answer.data?.words_digest;
  useEffect(() => {
    if (digest != null) seen.set(sendableKey(row), digest);
  }, [digest, row, seen]);
  return (
    <Answered of={answer} lines={6}>
      {(content) => (answer.isPlaceholderData ? null : <ContentView content={content} />)}
    </Answered>
  );
}

interface ChoiceProps {
  readonly row: Sendable;
  readonly seen: Seen;
  readonly open: boolean;
  readonly toggle: () => void;
}

function Choice({ row, seen, open, toggle }: ChoiceProps) {
  const { t } = useWords();
  return (
    <li className={styles["row"]}>
      <strong>{row.customer.name}</strong>
      <span className="soft">{row.name}</span>
      {row.totals.map((one) => (
        <Amount key={one.currency} value={one.amount} currency={one.currency} />
      ))}
      <Button size="compact-xs" variant="default" aria-expanded={open} onClick={toggle}>
        {t("reminder.preview")}
      </Button>
      {open && (
        <div className={styles["stack"]} style={{ flexBasis: "100%" }}>
          <Look row={row} seen={seen} />
        </div>
      )}
    </li>
  );
}

function Result({ row, came }: { row: Sendable; came: Came | undefined }) {
  const { t } = useWords();
  const { href } = usePlace();
  return (
    <li>
      {came === undefined && <Chip>{t("reminder.to_come")}</Chip>}
      {came !== undefined && (
        <Chip tone={came.message === null ? "bad" : "ok"}>
          {t(came.message === null ? "reminder.refused" : "reminder.accepted")}
        </Chip>
      )}
      <strong>{row.customer.name}</strong>
      {came?.message != null && <Link href={href(`/messages/${came.message}`)}>{t("reminder.see")}</Link>}
      {came?.refusal != null && <span>{came.refusal}</span>}
    </li>
  );
}

/** What came of each stands in the order they were sent in. */
function Results({ rows, came }: { rows: readonly Sendable[]; came: readonly Came[] }) {
  const { t, count } = useWords();
  const accepted = came.filter((one) => one.message !== null).length;
  return (
    <>
      <p role="status">
        {t("reminder.came", {
          accepted: count(accepted),
          refused: count(came.length - accepted),
          left: count(rows.length - came.length),
        })}
      </p>
      <ul className={own["results"]} tabIndex={0}>
        {rows.map((row, place) => (
          <Result key={sendableKey(row)} row={row} came={came[place]} />
        ))}
      </ul>
    </>
  );
}

export interface ManySent {
  readonly rows: readonly Sendable[];
  /** Chosen rows that have no message to send. */
  readonly others?: number;
  readonly title?: "reminder.many_title" | "notices.many_title";
}

/** As many as a person looks through; the others are counted. */
const shownMax = 100;

function Choices({ rows, seen }: { rows: readonly Sendable[]; seen: Seen }) {
  const { n } = useWords();
  const [open, setOpen] = useState<string>();
  return (
    <>
      <ul className={styles["list"]}>
        {rows.slice(0, shownMax).map((row) => (
          <Choice
            key={sendableKey(row)}
            row={row}
            seen={seen}
            open={open === sendableKey(row)}
            toggle={() => setOpen(open === sendableKey(row) ? undefined : sendableKey(row))}
          />
        ))}
      </ul>
      {rows.length > shownMax && <p className="soft">{n("reminder.more", rows.length - shownMax)}</p>}
    </>
  );
}

function Many({ all, close }: { all: ManySent; close: () => void }) {
  const { t, n } = useWords();
  // Kept as they were chosen: what is sent leaves the agenda behind this panel.
  const [{ rows: mine, others = 0 }] = useState(all);
  const { send, busy, came, error } = useReminderSending();
  const [seen] = useState<Seen>(() => new Map());
  const begun = busy || came.length > 0;
  return (
    <div className={styles["stack"]}>
      {error !== undefined && <Failed error={error} />}
      <p>
        <strong>{n("reminder.messages", mine.length)}</strong> {n("reminder.customers", mine.length)}
        {others > 0 && ` ${n("reminder.others", others)}`}
      </p>
      <div className={styles["row"]}>
        {!begun && (
          <Button
            disabled={mine.length === 0}
            onClick={() => void send(mine.map((one) => seenYes(one, seen.get(sendableKey(one)))))}
          >
            {n("reminder.send_many", mine.length)}
          </Button>
        )}
        <Button variant="default" onClick={close} disabled={busy}>
          {t(begun ? "action.close" : "action.cancel")}
        </Button>
      </div>
      {begun ? <Results rows={mine} came={came} /> : <Choices rows={mine} seen={seen} />}
    </div>
  );
}

export function ConfirmMany({ all, close }: { all: ManySent | undefined; close: () => void }) {
  const { t } = useWords();
  return (
    <SidePanel opened={all !== undefined} close={close} title={t(all?.title ?? "reminder.many_title")}>
      {all !== undefined && <Many all={all} close={close} />}
    </SidePanel>
  );
}
