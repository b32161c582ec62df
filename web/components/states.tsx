// Loading, empty, failed and refused: what happened, what to do, a button that does it.
import { Button, Skeleton } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { AnswerError, RefusalError } from "../api/client";
import { useWords, type Words } from "../lib/i18n/language";
import styles from "./page.module.css";

export function Waiting({ lines = 4 }: { lines?: number }) {
  const { t } = useWords();
  return (
    <div className={styles["stack"]} aria-busy="true" role="status" aria-label={t("state.loading")}>
      {Array.from({ length: lines }, (_, line) => (
        // The lines are all alike and never move.
        <Skeleton key={line} height={20} animate={false} />
      ))}
    </div>
  );
}

function failureWords(error: unknown, { t }: Words): { title: string; text: string } {
  if (error instanceof RefusalError) {
    return { title: t(error.status === 404 ? "state.not_found" : "state.refused"), text: error.message };
  }
  if (error instanceof AnswerError && error.kind === "unreachable") {
    return { title: t("state.unreachable"), text: t("state.unreachable_text") };
  }
  return { title: t("state.unexpected"), text: t("state.unexpected_text") };
}

/** What a refusal or a fault looks like, wherever it happens. */
export function Failed({ error, again }: { error: unknown; again?: () => void }) {
  const words = useWords();
  const { title, text } = failureWords(error, words);
  return (
    <div className={`${styles["state"]} ${styles["stateBad"]}`} role="alert">
      <h2>{title}</h2>
      <p>{text}</p>
      {error instanceof AnswerError && <p className="soft">{error.message}</p>}
      {again !== undefined && !(error instanceof RefusalError && error.status === 404) && (
        <Button size="xs" variant="default" onClick={again}>
          {words.t("state.again")}
        </Button>
      )}
    </div>
  );
}

export function Empty({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className={styles["state"]}>
      <h2>{title}</h2>
      <p className="soft">{text}</p>
      {children}
    </div>
  );
}

/** One answer of the server in its three states; `children` draws it once it is there. */
export function Answered<T>({
  of,
  children,
  lines,
}: {
  of: UseQueryResult<T>;
  children: (data: T) => ReactNode;
  lines?: number;
}) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.isError) return <Failed error={of.error} again={() => void of.refetch()} />;
  return <Waiting {...(lines === undefined ? {} : { lines })} />;
}
