// Where a file is dropped or chosen.
import { useState } from "react";
import { useWords } from "../../lib/i18n/language";
import styles from "./imports.module.css";

export function FileDrop({ onFile, busy }: { onFile: (file: File) => void; busy: boolean }) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file !== undefined && !busy) onFile(file);
  };
  return (
    <label
      className={styles["drop"]}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <h2>{t(busy ? "imports.reading" : "imports.drop")}</h2>
      <p className="soft">{t("imports.drop_help")}</p>
      <input
        type="file"
        className={styles["hiddenFile"]}
        accept=".csv,.txt,.tsv,.xlsx"
        disabled={busy}
        onChange={(event) => take(event.target.files)}
      />
      <span className={styles["choose"]}>{t("imports.choose")}</span>
    </label>
  );
}
