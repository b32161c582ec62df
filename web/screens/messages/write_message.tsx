// A message outside the scenario (COL-9): a text chosen, seen on this customer, changed if wanted, sent.
import { Button, NativeSelect } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { post, type PostBody, RefusalError, type Schemas } from "../../api/client";
import { tell } from "../../components/notice";
import { SidePanel } from "../../components/overlay";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { usePlace } from "../../lib/perimeter";
import { useAnswer, useChange } from "../../lib/server";
import { useTextChoices } from "../../lib/texts";
import { ContentView } from "./message_content";
import { type Draft, draftOf, isComplete, WordsEditor } from "./words_editor";

type Customer = Pick<Schemas["CustomerSheet"]["customer"], "id" | "name">;
type Wish = PostBody<"/api/customers/{id}/messages">;
/** A reminder is most often written from the statement. */
const firstChoice = "statement";

const previewPath = "/api/customers/{id}/messages/preview";

function usePreview(customer: number, wish: Wish) {
  const { language } = useWords();
  return useQuery({
    queryKey: [previewPath, customer, wish, language],
    queryFn: () => post(previewPath, wish, { id: customer }),
  });
}

function TextChoice({ value, choose }: { value: string; choose: (code: string) => void }) {
  const { t } = useWords();
  const choices = useTextChoices();
  const texts = useAnswer("/api/templates");
  return (
    <Answered of={texts} lines={1}>
      {() => (
        <NativeSelect
          label={t("message.what")}
          value={value}
          data={choices}
          onChange={(event) => choose(event.target.value)}
        />
      )}
    </Answered>
  );
}

function useSendSingle(customer: Customer, done: () => void) {
  const { t } = useWords();
  const { href } = usePlace();
  const [, navigate] = useLocation();
  return useChange("/api/customers/{id}/messages", ({ message }) => {
    tell({ text: t("reminder.asked", { name: customer.name }), tone: "ok" });
    done();
    navigate(href(`/messages/${message}`));
  });
}

const objections = [
  "stop",
  "snoozed",
  "message_waiting",
  "specific_action",
  "not_yet_due",
  "unapplied_credit",
  "contact_cap",
  "minimum_gap",
];

/** Something speaks against writing now: said before anything is asked for, and for her to overrule. */
function isObjected(error: Error | null): boolean {
  if (!(error instanceof RefusalError)) return false;
  return error.code === "step_not_due" && objections.includes(String(error.data["reason"]));
}

function Writing({ customer, done }: { customer: Customer; done: () => void }) {
  const { t } = useWords();
  const [template, setTemplate] = useState(firstChoice);
  const [draft, setDraft] = useState<Draft>();
  const client = useQueryClient();
  const preview = usePreview(customer.id, { template });
  const change = useSendSingle(customer, done);
  const choose = (code: string) => {
    setTemplate(code);
    setDraft(undefined);
    change.reset();
  };
  const objected = isObjected(change.error);
  const seen = preview.isPlaceholderData ? undefined : preview.data?.words_digest;
  const wish: Wish = { template, ...draft, overrule: objected, ...(seen == null ? {} : { seen }) };
  // Refused: what is on the screen may not be what would be written any more.
  const lookAgain = () => {
    void preview.refetch();
    void client.invalidateQueries({ queryKey: ["words"] });
  };
  const send = () => change.mutate({ body: wish, parts: { id: customer.id } }, { onError: lookAgain });
  return (
    <div className={styles["stack"]}>
      <p className="soft">{t("write.help")}</p>
      {change.isError && <Failed error={change.error} />}
      <TextChoice value={template} choose={choose} />
      <Answered of={preview} lines={8}>
        {(content) => (
          <>
            <div className={styles["row"]}>
              <Button loading={change.isPending} disabled={!isComplete(draft)} onClick={send}>
                {t(objected ? "write.overrule" : "reminder.send")}
              </Button>
              <Button
                variant="default"
                aria-pressed={draft !== undefined}
                onClick={() => setDraft(draft === undefined ? draftOf(content) : undefined)}
              >
                {t(draft === undefined ? "reminder.edit" : "reminder.edit_drop")}
              </Button>
            </div>
            {draft === undefined ? (
              <ContentView content={content} />
            ) : (
              <WordsEditor
                draft={draft}
                set={setDraft}
                about={[customer.id, template]}
                ask={(words) => post(previewPath, { template, ...words }, { id: customer.id })}
              />
            )}
          </>
        )}
      </Answered>
    </div>
  );
}

export function WriteButton({ customer }: { customer: Customer }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const may = useMay("act");
  if (!may) return null;
  return (
    <>
      <Button size="xs" onClick={() => setOpen(true)}>
        {t("write.button")}
      </Button>
      <SidePanel opened={open} close={() => setOpen(false)} title={t("write.title", { name: customer.name })}>
        <Writing customer={customer} done={() => setOpen(false)} />
      </SidePanel>
    </>
  );
}
