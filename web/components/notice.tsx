// A line at the foot of the page after something was done, with undo for ten seconds.
import { useEffect, useSyncExternalStore } from "react";
import { useWords } from "../lib/i18n/language";
import { Icon } from "./icon";
import styles from "./notice.module.css";
import page from "./page.module.css";

export interface Notice {
  readonly text: string;
  readonly tone: "ok" | "bad";
  readonly undo?: () => void;
}

let shown: Notice | undefined;
const listeners = new Set<() => void>();

export function tell(notice: Notice | undefined): void {
  shown = notice;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function NoticeLine() {
  const { t } = useWords();
  const notice = useSyncExternalStore(subscribe, () => shown);
  useEffect(() => {
    if (notice === undefined) return undefined;
    const timer = setTimeout(() => tell(undefined), 10_000);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div className={styles["place"]} role="status" aria-live="polite">
      {notice !== undefined && (
        <div className={styles["notice"]} data-tone={notice.tone}>
          <span>{notice.text}</span>
          {notice.undo !== undefined && (
            <button
              type="button"
              className={styles["undo"]}
              onClick={() => {
                notice.undo?.();
                tell(undefined);
              }}
            >
              <Icon name="undo" /> {t("action.undo")}
            </button>
          )}
          <button
            type="button"
            className={page["iconButton"]}
            onClick={() => tell(undefined)}
            aria-label={t("action.close")}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
