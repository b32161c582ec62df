// What came of a call (COL-10): `c`, the number of the outcome, Enter. A promise or a dispute is recorded right after it.
import { TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { type PostAnswer, type PostBody, remove } from "../../api/client";
import { AskedForm, DayField } from "../../components/asked_form";
import type { Asked, Asking } from "../../components/asking";
import { tell } from "../../components/notice";
import { Dialog } from "../../components/overlay";
import styles from "../../components/page.module.css";
import { type FormKind, StandingForm } from "../../components/standing_form";
import { Failed } from "../../components/states";
import { addDays } from "../../lib/format";
import { useWords } from "../../lib/i18n/language";
import { useMe } from "../../lib/me";
import { onFailure, useChange } from "../../lib/server";
import { useTakeUp } from "./snooze";

const path = "/api/customers/{id}/call";
type Body = PostBody<typeof path>;
export type CallOutcome = Body["outcome"];
/** In the order of their keys, 1 to 5. */
export const callOutcomes = [
  "reached",
  "not_reached",
  "call_back",
  "promised",
  "disputed",
] as const satisfies readonly CallOutcome[];

export interface CallDraft {
  readonly outcome: CallOutcome;
  readonly date: string;
  readonly note: string;
}

export function callBody({ outcome, date, note }: CallDraft): Body {
  return {
    outcome,
    ...(outcome === "call_back" ? { date } : {}),
    ...(note.trim() === "" ? {} : { note: note.trim() }),
  };
}

/** What is recorded next, where the outcome says it is there. */
export function standingAfter(outcome: CallOutcome): FormKind | undefined {
  if (outcome === "promised") return "promise";
  return outcome === "disputed" ? "dispute" : undefined;
}

/** A contact is taken back by its mark; where nobody was spoken to, the customer is taken up again. */
function useUndo() {
  const client = useQueryClient();
  const { takeUp } = useTakeUp();
  return (customer: number, { mark }: PostAnswer<typeof path>) => {
    if (mark === null) {
      takeUp(customer);
      return;
    }
    void remove("/api/customers/{id}/step/{mark}", { id: customer, mark }).then(
      () => void client.invalidateQueries(),
      (error: Error) => {
        onFailure(client, error);
        tell({ text: error.message, tone: "bad" });
      },
    );
  };
}

interface ChoiceProps {
  readonly outcome: CallOutcome;
  readonly choose: (outcome: CallOutcome) => void;
}

function OutcomeChoice({ outcome, choose }: ChoiceProps) {
  const { t } = useWords();
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = callOutcomes[Number(event.key) - 1];
    if (wanted === undefined) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll("input")[Number(event.key) - 1]?.focus();
    choose(wanted);
  };
  return (
    <div className={styles["list"]} role="radiogroup" aria-label={t("call.outcome")} onKeyDown={onKeyDown}>
      {callOutcomes.map((one, place) => (
        <label key={one} className={styles["row"]}>
          <input
            type="radio"
            name="outcome"
            data-autofocus={one === outcome || undefined}
            checked={one === outcome}
            onChange={() => choose(one)}
          />
          {t(`call.${one}`)}
          <kbd aria-hidden="true">{place + 1}</kbd>
        </label>
      ))}
    </div>
  );
}

function Fields({ draft, set }: { draft: CallDraft; set: (draft: CallDraft) => void }) {
  const { t } = useWords();
  const { today } = useMe();
  return (
    <>
      <OutcomeChoice outcome={draft.outcome} choose={(outcome) => set({ ...draft, outcome })} />
      <p className="soft">{t(`call.text_${draft.outcome}`)}</p>
      {draft.outcome === "call_back" && (
        <DayField
          label={t("call.date")}
          min={addDays(today, 1)}
          value={draft.date}
          set={(day) => set({ ...draft, date: day })}
        />
      )}
      <TextInput
        label={t("call.note")}
        description={t("call.note_help")}
        maxLength={500}
        value={draft.note}
        onChange={(event) => set({ ...draft, note: event.target.value })}
      />
    </>
  );
}

interface FormProps {
  readonly customer: Asked;
  readonly done: (next: FormKind | undefined) => void;
}

function Form({ customer, done }: FormProps) {
  const { t, date } = useWords();
  const { today } = useMe();
  const [draft, setDraft] = useState<CallDraft>({ outcome: "reached", date: addDays(today, 1), note: "" });
  const undo = useUndo();
  const noted = useChange(path, (answer) => {
    const text = t(`call.told_${draft.outcome}`, { name: customer.name, date: date(draft.date) });
    tell({ text, tone: "ok", undo: () => undo(customer.id, answer) });
    done(standingAfter(draft.outcome));
  });
  const next = standingAfter(draft.outcome);
  return (
    <AskedForm
      send={() => noted.mutate({ body: callBody(draft), parts: { id: customer.id } })}
      save={t(next === undefined ? "call.save" : `call.save_${next === "promise" ? "promise" : "dispute"}`)}
      busy={noted.isPending}
      cancel={() => done(undefined)}
    >
      {noted.isError && <Failed error={noted.error} />}
      <Fields draft={draft} set={setDraft} />
    </AskedForm>
  );
}

/** The promise or the dispute keeps its customer, whoever the page shows by then. */
export function useCall(): Asking {
  const { t } = useWords();
  const [customer, setCustomer] = useState<Asked>();
  const [standing, setStanding] = useState<{ kind: FormKind; customer: number }>();
  const done = (kind: FormKind | undefined) => {
    if (kind !== undefined && customer !== undefined) setStanding({ kind, customer: customer.id });
    setCustomer(undefined);
  };
  const dialog = (
    <>
      <Dialog
        opened={customer !== undefined}
        close={() => done(undefined)}
        title={t("call.title", { name: customer?.name ?? "" })}
      >
        {customer !== undefined && <Form customer={customer} done={done} />}
      </Dialog>
      <StandingForm
        kind={standing?.kind}
        customer={standing?.customer ?? 0}
        close={() => setStanding(undefined)}
      />
    </>
  );
  return { ask: setCustomer, dialog };
}
