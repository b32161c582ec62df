// One reminder: seen as it will go, its words changed if wanted, sent (COL-8, MSG-2).
import { Button } from "@mantine/core";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { get, post } from "../../api/client";
import { SidePanel } from "../../components/overlay";
import { Card } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import type { AgendaRow } from "../../components/why_panel";
import { useWords } from "../../lib/i18n/language";
import { useKeys } from "../../lib/keyboard";
import { type Content, ContentView } from "./message_content";
import {
  plainYes,
  reminderPath,
  seenYes,
  type Sendable,
  sendableKey,
  useMaySend,
  useReminderSending,
  useTellAsked,
  type Yes,
} from "./reminders";
import { type Draft, draftOf, isComplete, WordsEditor } from "./words_editor";

/** What the editor is about; the rest of what can be sent is for lists. */
type Sent = Pick<Sendable, "customer" | "notice" | "action">;

/** What was seen, and the words when they were changed: where the text or what is asked for changed meanwhile, nothing
 * is sent. Words of her own stand whatever the text became. */
export function yesOf(of: Sent, content: Content, draft: Draft | undefined): Yes {
  const kept = draftOf(content);
  const same = draft === undefined || (draft.subject === kept.subject && draft.text === kept.text);
  const yes = seenYes(of, content.words_digest);
  return same ? yes : { ...yes, subject: draft.subject, text: draft.text };
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
  const client = useQueryClient();
  const sending = useReminderSending();
  const told = useTellAsked();
  const [refusal, setRefusal] = useState<string>();
  const complete = isComplete(draft);
  const send = async () => {
    if (sending.busy || !complete) return;
    setRefusal(undefined);
    const [came] = await sending.send([{ ...yesOf(of, content, draft), undoable: true }]);
    if (came === undefined) return;
    if (came.message === null) {
      setRefusal(came.refusal ?? t("state.refused"));
      // What is on the screen may not be what would be written any more.
      void client.invalidateQueries({ queryKey: [reminderPath, of.customer.id] });
      void client.invalidateQueries({ queryKey: ["words"] });
      return;
    }
    told(of.customer.name, came.message);
    done?.();
  };
  return { send, busy: sending.busy, error: sending.error, refusal, complete };
}

const previewPath = "/api/customers/{id}/reminder/preview";

function askFor(of: Sent): (draft: Draft) => Promise<Content> {
  const { customer, ...about } = plainYes(of);
  return (draft) => post(previewPath, { ...about, ...draft }, { id: customer });
}

function Editor(props: EditorProps) {
  const { of, content, keys = false } = props;
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
            onClick={() => setDraft(draft === undefined ? draftOf(content) : undefined)}
          >
            {t(draft === undefined ? "reminder.edit" : "reminder.edit_drop")}
          </Button>
        </div>
      )}
      {draft === undefined ? (
        <ContentView content={content} />
      ) : (
        <WordsEditor draft={draft} set={setDraft} about={[sendableKey(of)]} ask={askFor(of)} />
      )}
    </div>
  );
}

/** The words of a reminder, or of a notice; `seen` = what the row says: where that changes they are asked for anew. What was
 * just done to the customer does not ask for them: his reminder may be due no more, and the row is gone a moment later. */
export function useReminder(of: Sent | undefined, seen: unknown = undefined) {
  const { language } = useWords();
  const { customer, notice, action } = of ?? {};
  return useQuery({
    queryKey: [reminderPath, customer?.id, notice, action, seen, language],
    queryFn: ({ signal }) =>
      get(reminderPath, { parts: { id: customer?.id ?? 0 }, query: { notice, action }, signal }),
    placeholderData: keepPreviousData,
    enabled: of !== undefined,
    staleTime: "static",
    gcTime: 0,
  });
}

/** Beside the agenda. */
export function ReminderPanel({ of, close }: { of: Sendable | undefined; close: () => void }) {
  const { t } = useWords();
  const answer = useReminder(of);
  const plain = of?.action === undefined ? "reminder.title" : "specific.message_title";
  const title = of?.notice === undefined ? plain : "notices.title";
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
export function ReminderCard({ of }: { of: AgendaRow }) {
  const { t } = useWords();
  const answer = useReminder(of, [of.step, of.overdue, of.reasons.map((one) => one.text)]);
  return (
    <Card title={t("reminder.ready")}>
      <Answered of={answer} lines={8}>
        {(content) => (answer.isPlaceholderData ? null : <Editor of={of} content={content} keys />)}
      </Answered>
    </Card>
  );
}
