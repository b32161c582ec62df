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

interface DateFieldProps {
  readonly type: "date" | "datetime-local";
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
}

function DateField({ type, label, value, set }: DateFieldProps) {
  return (
    <label>
      {label}
      <br />
      <input
        type={type}
        className={styles["pick"]}
        value={value}
        onChange={(event) => set(event.target.value)}
      />
    </label>
  );
}

function Fields({ close }: { close: () => void }) {
  const { t, date } = useWords();
  const { today } = useMe();
  const { perimeter, change } = usePlace();
  const [asOf, setAsOf] = useState(perimeter.as_of ?? today);
  const [known, setKnown] = useState(toLocal(perimeter.known_at));
  const apply = (day: string, instant: string) => {
    change({ as_of: !isDate(day) || day === today ? undefined : day, known_at: toInstant(instant) });
    close();
  };
  return (
    <form
      className={page["stack"]}
      onSubmit={(event) => {
        event.preventDefault();
        apply(asOf, known);
      }}
    >
      <DateField type="date" label={t("perimeter.as_of")} value={asOf} set={setAsOf} />
      <div className={page["row"]}>
        {[1, 2, 3].map((back) => (
          <Button
            key={back}
            size="compact-xs"
            variant="default"
            onClick={() => apply(monthEnd(today, back), known)}
          >
            {date(monthEnd(today, back))}
          </Button>
        ))}
      </div>
      <DateField type="datetime-local" label={t("perimeter.known_at")} value={known} set={setKnown} />
      <p className="soft">{t("perimeter.known_at_help")}</p>
      <div className={page["row"]}>
        <Button size="xs" type="submit">
          {t("action.apply")}
        </Button>
        <Button size="xs" variant="default" onClick={() => apply(today, "")}>
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
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="sm" width={304} trapFocus>
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
