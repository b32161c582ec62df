// Many reminders on one yes (COL-8): first how many messages to whom, any of them to be looked at, then what came of each.
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import { Amount } from "../../components/amount";
import { SidePanel } from "../../components/overlay";
import { Chip } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import type { AgendaRow } from "../../components/why_panel";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { useAnswer } from "../../lib/server";
import { ContentView } from "./message_content";
import own from "./messages.module.css";
import { type Came, hasReminder, useReminderSending } from "./reminders";

function Look({ customer }: { customer: number }) {
  const answer = useAnswer("/api/customers/{id}/reminder", { parts: { id: customer } });
  return (
    <Answered of={answer} lines={6}>
      {(content) => (answer.isPlaceholderData ? null : <ContentView content={content} />)}
    </Answered>
  );
}

function Choice({ row, open, toggle }: { row: AgendaRow; open: boolean; toggle: () => void }) {
  const { t } = useWords();
  return (
    <li className={styles["row"]}>
      <strong>{row.customer.name}</strong>
      <span className="soft">{row.step?.name}</span>
      {row.overdue.map((one) => (
        <Amount key={one.currency} value={one.amount} currency={one.currency} />
      ))}
      <Button size="compact-xs" variant="default" aria-expanded={open} onClick={toggle}>
        {t("reminder.preview")}
      </Button>
      {open && (
        <div className={styles["stack"]} style={{ flexBasis: "100%" }}>
          <Look customer={row.customer.id} />
        </div>
      )}
    </li>
  );
}

function Result({ row, came }: { row: AgendaRow; came: Came | undefined }) {
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

function Results({ rows, came }: { rows: readonly AgendaRow[]; came: readonly Came[] }) {
  const { t, count } = useWords();
  const by = new Map(came.map((one) => [one.customer, one]));
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
        {rows.map((row) => (
          <Result key={row.customer.id} row={row} came={by.get(row.customer.id)} />
        ))}
      </ul>
    </>
  );
}

/** As many as a person looks through; the others are counted. */
const shownMax = 100;

function Choices({ rows }: { rows: readonly AgendaRow[] }) {
  const { n } = useWords();
  const [open, setOpen] = useState<number>();
  return (
    <>
      <ul className={styles["list"]}>
        {rows.slice(0, shownMax).map((row) => (
          <Choice
            key={row.customer.id}
            row={row}
            open={open === row.customer.id}
            toggle={() => setOpen(open === row.customer.id ? undefined : row.customer.id)}
          />
        ))}
      </ul>
      {rows.length > shownMax && <p className="soft">{n("reminder.more", rows.length - shownMax)}</p>}
    </>
  );
}

function Many({ rows, close }: { rows: readonly AgendaRow[]; close: () => void }) {
  const { t, n } = useWords();
  // Kept as they were chosen: what is sent leaves the agenda behind this panel.
  const [mine] = useState(() => rows.filter(hasReminder));
  const [others] = useState(() => rows.length - mine.length);
  const { send, busy, came, error } = useReminderSending();
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
            onClick={() => void send(mine.map((row) => ({ customer: row.customer.id })))}
          >
            {n("reminder.send_many", mine.length)}
          </Button>
        )}
        <Button variant="default" onClick={close} disabled={busy}>
          {t(begun ? "action.close" : "action.cancel")}
        </Button>
      </div>
      {begun ? <Results rows={mine} came={came} /> : <Choices rows={mine} />}
    </div>
  );
}

export function ConfirmMany({ rows, close }: { rows: readonly AgendaRow[] | undefined; close: () => void }) {
  const { t } = useWords();
  return (
    <SidePanel opened={rows !== undefined} close={close} title={t("reminder.many_title")}>
      {rows !== undefined && <Many rows={rows} close={close} />}
    </SidePanel>
  );
}
