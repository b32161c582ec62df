// A weekend or a holiday: nothing is sent, and the way to the next working day.
import { Button } from "@mantine/core";
import { Link } from "wouter";
import { useWords } from "../lib/i18n/language";
import { usePlace } from "../lib/perimeter";
import styles from "./page.module.css";

export interface NoWorkingDayProps {
  readonly day: string;
  readonly next: string;
}

export function NoWorkingDay({ day, next }: NoWorkingDayProps) {
  const { t, longDate } = useWords();
  const { href, param } = usePlace();
  const shown = longDate(day);
  return (
    <div className={styles["state"]} role="status">
      <p>
        {t("agenda.no_working_day", { day: shown.charAt(0).toLocaleUpperCase() + shown.slice(1) })}{" "}
        {t("agenda.no_working_day_next")}
      </p>
      <Button component={Link} size="xs" href={href("/agenda", { date: next, scope: param("scope") })}>
        {t("agenda.to_day", { day: longDate(next) })}
      </Button>
    </div>
  );
}
