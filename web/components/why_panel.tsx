// Why an account is chased or held back: leader, the four values (COL-4), suppressors, what would change it.
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import type { Schemas } from "../api/client";
import { useWords } from "../lib/i18n/language";
import { usePlace } from "../lib/perimeter";
import { readable, withoutNumber } from "../lib/readable";
import { useAnswer } from "../lib/server";
import { Amount } from "./amount";
import { SidePanel } from "./overlay";
import { Chip, Scroll, type Tone } from "./page";
import styles from "./page.module.css";
import { Answered } from "./states";

export type AgendaRow = Schemas["AgendaRow"];
export type Decision = Schemas["Decision"];

export function outcomeTone(outcome: AgendaRow["outcome"]): Tone {
  if (outcome === "due") return "accent";
  return outcome === "suppressed" ? "warn" : "plain";
}

/** What stops the whole account is said once, not once an item. */
function once<T extends { readonly text: string }>(notes: readonly T[]): T[] {
  return notes.filter((note, index) => notes.findIndex((other) => other.text === note.text) === index);
}

function FourValues({ row }: { row: AgendaRow }) {
  const { t, date } = useWords();
  const none = t("figure.none");
  return (
    <dl className={styles["pairs"]}>
      <dt>{t("why.level_by_time")}</dt>
      <dd>{row.level_by_time ?? none}</dd>
      <dt>{t("why.level_done")}</dt>
      <dd>{row.level_done ?? none}</dd>
      <dt>{t("why.next_step")}</dt>
      <dd>{row.next_step ?? none}</dd>
      <dt>{t("why.earliest_date")}</dt>
      <dd>{row.earliest_date === null ? none : date(row.earliest_date)}</dd>
    </dl>
  );
}

export function Leader({ row }: { row: AgendaRow }) {
  const { t, n, date } = useWords();
  const { href } = usePlace();
  if (row.leader === null) return <p className="soft">{t("why.no_leader")}</p>;
  const { item, number, due_date, days_late } = row.leader;
  return (
    <p>
      <Link href={href(`/items/${item}`)}>{number}</Link> · {t("why.due_on", { date: date(due_date) })} ·{" "}
      {days_late > 0 ? n("why.late", days_late) : t("why.not_late")}
    </p>
  );
}

/** The step of the day, or what else calls for action, such as a broken promise. */
export function StepName({ row }: { row: AgendaRow }) {
  const { t } = useWords();
  if (row.step !== null) {
    return (
      <>
        {row.step.name} <Chip>{t(`channel.${row.step.channel}`)}</Chip>
      </>
    );
  }
  return row.kind === null ? null : <Chip tone="warn">{t(`alert.${row.kind}`)}</Chip>;
}

/** The decision in short: outcome, leader, four values, reasons. */
export function WhySummary({ row }: { row: AgendaRow }) {
  const words = useWords();
  const { t } = words;
  return (
    <div className={styles["stack"]}>
      <div className={styles["row"]}>
        <Chip tone={outcomeTone(row.outcome)}>{t(`outcome.${row.outcome}`)}</Chip>
        <strong>
          <StepName row={row} />
        </strong>
      </div>
      <Leader row={row} />
      <FourValues row={row} />
      <ul className={styles["list"]}>
        {once(row.reasons).map((reason) => (
          <li key={reason.code + reason.text}>{readable(reason.text, words)}</li>
        ))}
      </ul>
    </div>
  );
}

function Grades({ row }: { row: AgendaRow }) {
  const words = useWords();
  const { t, code } = words;
  return (
    <table className={styles["plain"]}>
      <thead>
        <tr>
          <th>{t("why.grade_name")}</th>
          <th className="number">{t("why.grade")}</th>
          <th className="number">{t("why.weight")}</th>
          <th>{t("why.because")}</th>
        </tr>
      </thead>
      <tbody>
        {row.priority.grades.map((grade) => (
          <tr key={grade.name}>
            <td>{code("grade", grade.name)}</td>
            <td className="number">{grade.grade}</td>
            <td className="number">{grade.weight}</td>
            <td className="soft">{readable(grade.why, words)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>{t("why.priority")}</td>
          <td className="number" colSpan={2}>
            {row.priority.total}
          </td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

/** What holds, in full; what was tried and does not hold, in one line. */
function Suppressors({ decision }: { decision: Decision }) {
  const words = useWords();
  const { t, date } = words;
  const holding = once(decision.suppressors.filter((one) => one.holds));
  const free = once(decision.suppressors.filter((one) => !one.holds));
  return (
    <div className={styles["stack"]}>
      {holding.length === 0 && <p>{t("why.nothing_holds")}</p>}
      <ul className={styles["list"]}>
        {holding.map((one) => (
          <li key={one.code + one.text}>
            <Chip tone="warn">{t("why.holds")}</Chip> {readable(one.text, words)}
            <span className="soft">
              {one.until !== null &&
                !one.text.includes(one.until) &&
                ` · ${t("standing.until", { date: date(one.until) })}`}
              {one.author !== null && ` · ${one.author}`}
            </span>
          </li>
        ))}
      </ul>
      <p className="soft">{t("why.tried", { names: free.map((one) => one.text).join(", ") })}</p>
    </div>
  );
}

const stateOrder = ["chased", "excluded", "not_due", "unapplied", "memo"] as const;

/** What is chased first, then the oldest. */
function inOrder(items: Decision["items"]): Decision["items"] {
  const rank = (one: Decision["items"][number]) => `${stateOrder.indexOf(one.state)}${one.item.due_date}`;
  return items.toSorted((left, right) => rank(left).localeCompare(rank(right)));
}

export function DecisionItems({ decision }: { decision: Decision }) {
  const words = useWords();
  const { t, date } = words;
  const { href } = usePlace();
  return (
    <Scroll>
      <table className={styles["plain"]}>
        <tbody>
          {inOrder(decision.items).map(({ item, state, reasons }) => (
            <tr key={item.id}>
              <td>
                <Chip tone={state === "chased" ? "accent" : state === "excluded" ? "warn" : "plain"}>
                  {t(`item_state.${state}`)}
                </Chip>
              </td>
              <td>
                <Link href={href(`/items/${item.id}`)}>{item.number}</Link>
                <div className="soft">
                  {t("why.due_on", { date: date(item.due_date) })}
                  {reasons.map((reason) => ` · ${readable(withoutNumber(reason.text, item.number), words)}`)}
                </div>
              </td>
              <td className="number">
                <Amount value={item.open} currency={item.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export function WhyPanel({ decision }: { decision: Decision }) {
  const words = useWords();
  const { t } = words;
  return (
    <div className={styles["stack"]}>
      <WhySummary row={decision} />
      {decision.would_change.length > 0 && (
        <>
          <h3>{t("why.would_change")}</h3>
          <ul className={styles["list"]}>
            {once(decision.would_change).map((one) => (
              <li key={one.text}>{readable(one.text, words)}</li>
            ))}
          </ul>
        </>
      )}
      <h3>{t("why.suppressors")}</h3>
      <Suppressors decision={decision} />
      <h3>{t("why.items")}</h3>
      <DecisionItems decision={decision} />
      <h3>{t("why.priority")}</h3>
      <Grades row={decision} />
      <h3>{t("why.path")}</h3>
      <p className="soft">{decision.path.join(" › ")}</p>
    </div>
  );
}

/** The same date as the page: an agenda of a past day explains that day. */
export function useDecision(customer: number, enabled = true) {
  const { perimeter, param } = usePlace();
  const date = param("date") ?? perimeter.as_of;
  return useAnswer("/api/agenda/{customer_id}", {
    parts: { customer_id: customer },
    query: { date, known_at: perimeter.known_at },
    enabled,
  });
}

export interface WhyDrawerProps {
  readonly customer: number | undefined;
  readonly close: () => void;
  /** What can be done about it, above the reasons. */
  readonly tools?: (decision: Decision) => ReactNode;
}

export function WhyDrawer({ customer, close, tools }: WhyDrawerProps) {
  const { t } = useWords();
  const answer = useDecision(customer ?? 0, customer !== undefined);
  return (
    <SidePanel
      opened={customer !== undefined}
      close={close}
      title={t("why.title", { name: answer.data?.customer.name ?? "" })}
    >
      <Answered of={answer} lines={10}>
        {(decision) => (
          <div className={styles["stack"]}>
            {tools !== undefined && <div className={styles["row"]}>{tools(decision)}</div>}
            <WhyPanel decision={decision} />
          </div>
        )}
      </Answered>
    </SidePanel>
  );
}

export function WhyButton({ customer }: { customer: number }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
        {t("why.button")}
      </Button>
      <WhyDrawer customer={open ? customer : undefined} close={() => setOpen(false)} />
    </>
  );
}
