// An address that leads nowhere: said as the title of the page, with a way home.
import { Link } from "wouter";
import { RefusalError } from "../api/client";
import { useWords } from "../lib/i18n/language";
import { usePlace } from "../lib/perimeter";
import { Page } from "./page";
import styles from "./page.module.css";

/** The program knows no such customer, item or load. */
export function isMissing(error: unknown): boolean {
  return error instanceof RefusalError && error.status === 404;
}

export function NotFound({ text }: { text?: string }) {
  const { t } = useWords();
  const { href } = usePlace();
  return (
    <Page title={t("state.no_page")}>
      <div className={styles["state"]}>
        <p>{text ?? t("state.no_page_text")}</p>
        <Link href={href("/")}>{t("state.to_today")}</Link>
      </div>
    </Page>
  );
}
