// One reminder: seen as it will go, its words changed if wanted, sent (COL-8, MSG-2).
import { Button, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { SidePanel } from "../../components/overlay";
import { Card } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useKeys } from "../../lib/keyboard";
import { useAnswer } from "../../lib/server";
import { type Content, ContentView, Recipients } from "./message_content";
import {
  plainYes,
  type Sendable,
  sendableKey,
  useMaySend,
  useReminderSending,
  useTellAsked,
  type Yes,
} from "./reminders";

/** What the editor is about; the rest of what can be sent is for lists. */
type Sent = Pick<Sendable, "customer" | "notice">;

export interface Draft {
  readonly subject: string;
  readonly text: string;
}

/** The words only when they were changed: else the letter keeps its table of items. */
export function yesOf(of: Sent, content: Draft, draft: Draft | undefined): Yes {
  const same = draft === undefined || (draft.subject === content.subject && draft.text === content.text);
  return same ? plainYes(of) : { ...plainYes(of), subject: draft.subject, text: draft.text };
}

export function WordsFields({ draft, set, rows }: { draft: Draft; set: (draft: Draft) => void; rows: number }) {
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
  readonly of: Sent;
  readonly content: Content;
  readonly done?: () => void;
  /** `e` sends, where the message fills a page of its own. */
  readonly keys?: boolean;
}

function useSend({ of, content, done }: EditorProps, draft: Draft | undefined) {
  const { t } = useWords();
  const sending = useReminderSending();
  const told = useTellAsked();
  const [refusal, setRefusal] = useState<string>();
  const complete = draft === undefined || (draft.subject.trim() !== "" && draft.text.trim() !== "");
  const send = async () => {
    if (sending.busy || !complete) return;
    setRefusal(undefined);
    const [came] = await sending.send([yesOf(of, content, draft)]);
    if (came === undefined) return;
    if (came.message === null) {
      setRefusal(came.refusal ?? t("state.refused"));
      return;
    }
    told(of.customer.name, came.message);
    done?.();
  };
  return { send, busy: sending.busy, error: sending.error, refusal, complete };
}

function Editor(props: EditorProps) {
  const { content, keys = false } = props;
  const { t } = useWords();
  const may = useMaySend();
  const [draft, setDraft] = useState<Draft>();
  const { send, busy, error, refusal, complete } = useSend(props, draft);
  useKeys(keys && may ? { e: () => void send() } : {});
  return (
    <div className={styles["stack"]}>
      {error !== undefined && <Failed error={error} />}
      {refusal !== undefined && <p role="alert">{refusal}</p>}
      {may && (
        <div className={styles["row"]}>
          <Button
            loading={busy}
            disabled={!complete}
            onClick={() => void send()}
            rightSection={keys && <kbd>E</kbd>}
          >
            {t("reminder.send")}
          </Button>
          <Button
            variant="default"
            aria-pressed={draft !== undefined}
            onClick={() =>
              setDraft(draft === undefined ? { subject: content.subject, text: content.text } : undefined)
            }
          >
            {t(draft === undefined ? "reminder.edit" : "reminder.edit_drop")}
          </Button>
        </div>
      )}
      {draft === undefined ? (
        <ContentView content={content} />
      ) : (
        <>
          <Recipients content={{ ...content, subject: "" }} />
          <WordsFields draft={draft} set={setDraft} rows={16} />
        </>
      )}
    </div>
  );
}

/** The words of a reminder, or of a notice. */
export function useReminder(of: Sent | undefined) {
  return useAnswer("/api/customers/{id}/reminder", {
    parts: { id: of?.customer.id ?? 0 },
    query: { notice: of?.notice },
    enabled: of !== undefined,
  });
}

/** Beside the agenda. */
export function ReminderPanel({ of, close }: { of: Sendable | undefined; close: () => void }) {
  const { t } = useWords();
  const answer = useReminder(of);
  const title = of?.notice === undefined ? "reminder.title" : "notices.title";
  return (
    <SidePanel
      opened={of !== undefined}
      close={close}
      title={t(title, { name: of?.customer.name ?? "", what: of?.name ?? "" })}
    >
      {of !== undefined && (
        <Answered of={answer} lines={12}>
          {(content) =>
            answer.isPlaceholderData ? null : (
              <Editor key={sendableKey(of)} of={of} content={content} done={close} />
            )
          }
        </Answered>
      )}
    </SidePanel>
  );
}

/** Within the one-by-one mode: the message ready to edit; `e` sends it. */
export function ReminderCard({ of }: { of: Sent }) {
  const { t } = useWords();
  const answer = useReminder(of);
  return (
    <Card title={t("reminder.ready")}>
      <Answered of={answer} lines={8}>
        {(content) => (answer.isPlaceholderData ? null : <Editor of={of} content={content} keys />)}
      </Answered>
    </Card>
  );
}
