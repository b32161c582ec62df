// The words of a message as a person changes them: with their marks, what they come to beside them (MSG-2).
import { Textarea, TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import styles from "../../components/page.module.css";
import { Answered } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { usePaused } from "../settings/text_preview";
import { type Content, ContentView } from "./message_content";

export interface Draft {
  readonly subject: string;
  readonly text: string;
}

/** The editor begins with the words as they are kept: figures and items are filled in when it is sent. */
export function draftOf(content: Content): Draft {
  return content.words ?? { subject: content.subject, text: content.text };
}

export function isComplete(draft: Draft | undefined): boolean {
  return draft === undefined || (draft.subject.trim() !== "" && draft.text.trim() !== "");
}

function WordsFields({ draft, set, rows }: { draft: Draft; set: (draft: Draft) => void; rows: number }) {
  const { t } = useWords();
  return (
    <>
      <TextInput
        label={t("message.subject")}
        maxLength={500}
        value={draft.subject}
        onChange={(event) => set({ ...draft, subject: event.target.value })}
      />
      <Textarea
        label={t("message.text")}
        description={t("reminder.edit_help")}
        rows={rows}
        maxLength={65536}
        value={draft.text}
        onChange={(event) => set({ ...draft, text: event.target.value })}
      />
    </>
  );
}

interface EditorProps {
  readonly draft: Draft;
  readonly set: (draft: Draft) => void;
  /** What the question is about, beside the words. */
  readonly about: readonly unknown[];
  readonly ask: (draft: Draft) => Promise<Content>;
}

/** The words, and below them what they come to on this customer now. */
export function WordsEditor({ draft, set, about, ask }: EditorProps): ReactNode {
  const { t, language } = useWords();
  const settled = usePaused(draft);
  const preview = useQuery({
    queryKey: ["words", ...about, settled, language],
    queryFn: () => ask(settled),
    enabled: isComplete(settled),
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <>
      <WordsFields draft={draft} set={set} rows={14} />
      <section className={styles["stack"]} aria-label={t("reminder.as_sent")}>
        <h3>{t("reminder.as_sent")}</h3>
        <Answered of={preview} lines={6}>
          {(content) => <ContentView content={content} />}
        </Answered>
      </section>
    </>
  );
}
