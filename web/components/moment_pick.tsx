// The Moment of a page: figures at a date, and as they were known at an instant (LED-3). A past date is coloured.
import { Button, Popover } from "@mantine/core";
import { useState } from "react";
import { isDate } from "../lib/format";
import { useWords } from "../lib/i18n/language";
import { useMe } from "../lib/me";
import { usePlace } from "../lib/perimeter";
import styles from "./desk.module.css";
import { Icon } from "./icon";
import page from "./page.module.css";

/** "2026-03-31T10:00" on the user's clock ⇄ an instant in UTC. */
function toInstant(local: string): string | undefined {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : `${at.toISOString().slice(0, 19)}Z`;
}

function toLocal(instant: string | undefined): string {
  if (instant === undefined) return "";
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The last day of the month that lies `back` months before the one of `today`. */
export function monthEnd(today: string, back: number): string {
  const [year = 0, month = 1] = today.split("-").map(Number);
  return new Date(Date.UTC(year, month - back, 0)).toISOString().slice(0, 10);
}

function Fields({ close }: { close: () => void }) {
  const { t, date } = useWords();
  const { today } = useMe();
  const { perimeter, change } = usePlace();
  const [asOf, setAsOf] = useState(perimeter.as_of ?? today);
  const [known, setKnown] = useState(toLocal(perimeter.known_at));
  const apply = (day: string) => {
    change({ as_of: !isDate(day) || day === today ? undefined : day, known_at: toInstant(known) });
    close();
  };
  return (
    <form
      className={page["stack"]}
      onSubmit={(event) => {
        event.preventDefault();
        apply(asOf);
      }}
    >
      <label>
        {t("perimeter.as_of")}
        <br />
        <input
          type="date"
          className={styles["pick"]}
          value={asOf}
          onChange={(event) => setAsOf(event.target.value)}
        />
      </label>
      <div className={page["row"]}>
        {[1, 2, 3].map((back) => (
          <Button key={back} size="compact-xs" variant="default" onClick={() => apply(monthEnd(today, back))}>
            {date(monthEnd(today, back))}
          </Button>
        ))}
      </div>
      <label>
        {t("perimeter.known_at")}
        <br />
        <input
          type="datetime-local"
          className={styles["pick"]}
          value={known}
          onChange={(event) => setKnown(event.target.value)}
        />
      </label>
      <p className="soft">{t("perimeter.known_at_help")}</p>
      <div className={page["row"]}>
        <Button size="xs" type="submit">
          {t("action.apply")}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            change({ as_of: undefined, known_at: undefined });
            close();
          }}
        >
          {t("perimeter.today")}
        </Button>
      </div>
    </form>
  );
}

export function MomentPick() {
  const { t, date, instant } = useWords();
  const { perimeter } = usePlace();
  const { today } = useMe();
  const [open, setOpen] = useState(false);
  const past =
    (perimeter.as_of !== undefined && perimeter.as_of !== today) || perimeter.known_at !== undefined;
  const day = perimeter.as_of === undefined ? t("perimeter.today") : date(perimeter.as_of);
  const known =
    perimeter.known_at === undefined
      ? ""
      : ` · ${t("perimeter.known_at_short", { at: instant(perimeter.known_at) })}`;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="sm" trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles["pick"]}
          data-past={past}
          onClick={() => setOpen((before) => !before)}
          aria-label={`${t("perimeter.as_of")}: ${day}${known}`}
        >
          <Icon name="today" size={14} />
          <span>
            {day}
            {known}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <Fields close={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
