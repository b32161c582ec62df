// Files on their way: a short one is there before anything is said; a long one shows how far it is, and can be given up.
import { Button } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { type ExportedFile, type FileTaken, fetchFile } from "../api/client";
import { formatCount } from "../lib/format";
import { useWords } from "../lib/i18n/language";
import styles from "./export_progress.module.css";

/** Milliseconds that a file may take before its line shows, and between two looks at how far it is. */
const quiet = 700;
const beat = 200;

interface Coming extends FileTaken {
  readonly number: number;
  readonly cancel: () => void;
}

let coming: readonly Coming[] = [];
let last = 0;
const listeners = new Set<() => void>();

function show(next: readonly Coming[]): void {
  coming = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function without(number: number): readonly Coming[] {
  return coming.filter((one) => one.number !== number);
}

/** The file, or nothing where the user gave it up. */
export async function takeFile(url: string): Promise<ExportedFile | undefined> {
  const number = ++last;
  const giving_up = new AbortController();
  let next_look = performance.now() + quiet;
  const onPart = (taken: FileTaken) => {
    if (performance.now() < next_look) return;
    next_look = performance.now() + beat;
    show([...without(number), { ...taken, number, cancel: () => giving_up.abort() }]);
  };
  try {
    return await fetchFile(url, { signal: giving_up.signal, onPart });
  } catch (error) {
    if (giving_up.signal.aborted) return undefined;
    throw error;
  } finally {
    if (coming.some((one) => one.number === number)) show(without(number));
  }
}

export function ExportLines() {
  const { t, language } = useWords();
  const files = useSyncExternalStore(subscribe, () => coming);
  if (files.length === 0) return null;
  return (
    <div className={styles["place"]}>
      {files
        .toSorted((a, b) => a.number - b.number)
        .map((file) => {
          // The whole is an estimate: all but the last hundredth until the file is there.
          const share = Math.min(file.bytes / file.bytesInAll, 0.99);
          const rows = formatCount(Math.floor(share * file.rows), language);
          const words = t("export.progress", { rows, all: formatCount(file.rows, language) });
          return (
            <section key={file.number} className={styles["line"]} aria-label={file.name}>
              <span>{file.name}</span>
              <progress value={share} max={1} aria-label={words} />
              <span className={styles["rows"]}>{words}</span>
              <Button size="compact-xs" variant="default" onClick={file.cancel}>
                {t("action.cancel")}
              </Button>
            </section>
          );
        })}
    </div>
  );
}
