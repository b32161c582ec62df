// Records what stands between us and a customer's payment (STA-1, PRO-1, DIS-1, COL-6). A promise takes `p`, a date,
// Enter.
import { Button, Menu, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { PostBody, Schemas } from "../api/client";
import { typedAmount } from "../lib/amount";
import { addDays } from "../lib/format";
import { useWords } from "../lib/i18n/language";
import { useMay, useMe } from "../lib/me";
import { useChange } from "../lib/server";
import { AskedForm, DayField, ReasonField } from "./asked_form";
import { choosable, ItemChoice } from "./item_choice";
import { tell } from "./notice";
import { Dialog } from "./overlay";
import { Answered, Failed } from "./states";
import { type Decision, useDecision } from "./why_panel";

export type FormKind = Schemas["StandingKind"];
const often = ["promise", "dispute", "stop"] as const;
const rarely = [
  "payment_in_progress",
  "insolvency",
  "proposal",
  "plan",
  "processing",
  "litigation",
] as const satisfies readonly FormKind[];
/** Without a last day they could not be judged, or would hold for good. */
const dated: readonly FormKind[] = ["promise", "payment_in_progress"];
/** Of the whole account unless items are chosen; the law knows no insolvency of single invoices. */
const ofAccount: readonly FormKind[] = ["stop", "insolvency", "plan", "processing", "litigation"];
const causes = [
  "price",
  "quantity",
  "quality",
  "delivery",
  "administrative",
  "duplicate",
  "missing_document",
  "other",
] as const;
interface Draft {
  readonly items: readonly number[];
  readonly amount: string;
  readonly cause: (typeof causes)[number];
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

function firstDraft(kind: FormKind, decision: Decision, today: string): Draft {
  const chased = choosable(decision).filter(({ state }) => state === "chased");
  const whole = ofAccount.includes(kind) ? [] : chased.map(({ item }) => item.id);
  return {
    items: kind === "dispute" ? whole.slice(0, 1) : whole,
    amount: "",
    cause: "price",
    from: today,
    to: dated.includes(kind) ? addDays(today, 7) : "",
    reason: "",
  };
}

export function standingBody(
  kind: FormKind,
  customer: number,
  draft: Draft,
): PostBody<"/api/standings"> {
  return {
    kind,
    customer,
    items: [...draft.items],
    amount: draft.amount.trim() === "" ? null : (typedAmount(draft.amount) ?? draft.amount),
    cause: kind === "dispute" ? draft.cause : null,
    from: draft.from,
    to: draft.to === "" ? null : draft.to,
    reason: draft.reason.trim(),
  };
}

function Fields({ kind, draft, set }: { kind: FormKind; draft: Draft; set: (draft: Draft) => void }) {
  const { t } = useWords();
  const wrongAmount = draft.amount.trim() !== "" && typedAmount(draft.amount) === undefined;
  return (
    <>
      {kind === "insolvency" && (
        <DayField label={t("form.opened_on")} value={draft.from} set={(from) => set({ ...draft, from })} />
      )}
      <DayField
        data-autofocus
        label={t(kind === "promise" ? "form.promised_date" : "form.until")}
        required={dated.includes(kind)}
        value={draft.to}
        set={(to) => set({ ...draft, to })}
      />
      {kind === "dispute" && (
        <NativeSelect
          label={t("form.cause")}
          value={draft.cause}
          data={causes.map((value) => ({ value, label: t(`cause.${value}`) }))}
          onChange={(event) => set({ ...draft, cause: event.target.value as Draft["cause"] })}
        />
      )}
      {!ofAccount.includes(kind) && (
        <TextInput
          label={t("form.amount")}
          description={t("form.amount_help")}
          inputMode="decimal"
          value={draft.amount}
          error={wrongAmount ? t("form.amount_wrong") : undefined}
          onChange={(event) => set({ ...draft, amount: event.target.value })}
        />
      )}
      <ReasonField
        required={kind !== "promise"}
        value={draft.reason}
        set={(reason) => set({ ...draft, reason })}
      />
    </>
  );
}

function useRecord(kind: FormKind, customer: number, done: () => void) {
  const { t } = useWords();
  const add = useChange("/api/standings");
  const end = useChange("/api/standings/{id}/end");
  const undo = (standing: Schemas["Standing"]) =>
    end.mutate({ body: { reason: t("form.undone_reason") }, parts: { id: standing.id } });
  const record = (draft: Draft) =>
    add.mutate(
      { body: standingBody(kind, customer, draft) },
      {
        onSuccess: (standing) => {
          tell({ text: t(`form.${kind}_done`), tone: "ok", undo: () => undo(standing) });
          done();
        },
      },
    );
  return { record, busy: add.isPending, error: add.error };
}

function Form({ kind, decision, done }: { kind: FormKind; decision: Decision; done: () => void }) {
  const { t } = useWords();
  const { today } = useMe();
  const [draft, setDraft] = useState(() => firstDraft(kind, decision, today));
  const { record, busy, error } = useRecord(kind, decision.customer.id, done);
  return (
    <AskedForm send={() => record(draft)} save={t(`form.${kind}_save`)} busy={busy} cancel={done}>
      {error !== null && <Failed error={error} />}
      <Fields kind={kind} draft={draft} set={setDraft} />
      {kind !== "insolvency" && (
        <ItemChoice
          decision={decision}
          legend={t(draft.items.length === 0 ? "form.items_whole" : "form.items")}
          chosen={draft.items}
          choose={(items) => setDraft({ ...draft, items })}
        />
      )}
    </AskedForm>
  );
}

export interface StandingFormProps {
  readonly kind: FormKind | undefined;
  readonly customer: number;
  readonly close: () => void;
}

export function StandingForm({ kind, customer, close }: StandingFormProps) {
  const { t } = useWords();
  const answer = useDecision(customer, kind !== undefined);
  return (
    <Dialog
      opened={kind !== undefined}
      close={close}
      title={kind === undefined ? "" : t(`form.${kind}_title`, { name: answer.data?.customer.name ?? "" })}
    >
      {kind !== undefined && (
        <Answered of={answer} lines={6}>
          {(decision) => (
            <Form key={`${kind} ${decision.customer.id}`} kind={kind} decision={decision} done={close} />
          )}
        </Answered>
      )}
    </Dialog>
  );
}

export function StandingButtons({ customer }: { customer: number }) {
  const { t } = useWords();
  const [kind, setKind] = useState<FormKind>();
  const may = useMay("act");
  if (!may) return null;
  return (
    <>
      {often.map((one) => (
        <Button key={one} size="compact-xs" variant="default" onClick={() => setKind(one)}>
          {t(`standing.${one}`)}
        </Button>
      ))}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="compact-xs" variant="default">
            {t("form.other_standing")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {rarely.map((one) => (
            <Menu.Item key={one} onClick={() => setKind(one)}>
              {t(`standing.${one}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <StandingForm kind={kind} customer={customer} close={() => setKind(undefined)} />
    </>
  );
}
