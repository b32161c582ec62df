// Cash recorded before the source has it (IMP-8): it counts at once, and gives way to the load that brings it.
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { AskedForm, DayField } from "../../components/asked_form";
import { choosable, ItemChoice } from "../../components/item_choice";
import { tell } from "../../components/notice";
import { Dialog } from "../../components/overlay";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import { type Decision, useDecision } from "../../components/why_panel";
import { typedAmount } from "../../lib/amount";
import { useWords } from "../../lib/i18n/language";
import { useMay, useMe } from "../../lib/me";
import { useChange } from "../../lib/server";
import { allocated, amountOf, type PaidItem, type PaymentDraft, paymentBody } from "./payment_draft";

interface FieldsProps {
  readonly draft: PaymentDraft;
  readonly set: (changes: Partial<PaymentDraft>) => void;
  readonly open: readonly PaidItem[];
}

function Fields({ draft, set, open }: FieldsProps) {
  const { t, decimal } = useWords();
  const { today, currencies } = useMe();
  const wrong = draft.amount.trim() !== "" && typedAmount(draft.amount) === undefined;
  const whole = amountOf({ ...draft, amount: "" }, open);
  const known = new Set([...open.map((item) => item.currency), draft.currency, ...currencies]);
  return (
    <>
      <div className={styles["formGrid"]}>
        <TextInput
          data-autofocus
          label={t("form.amount")}
          inputMode="decimal"
          required={whole === undefined}
          withAsterisk={false}
          placeholder={whole === undefined ? "" : decimal(whole)}
          value={draft.amount}
          error={wrong ? t("form.amount_wrong") : undefined}
          onChange={(event) => set({ amount: event.target.value })}
        />
        <NativeSelect
          label={t("column.currency")}
          value={draft.currency}
          data={[...known]}
          onChange={(event) => set({ currency: event.target.value, items: [] })}
        />
        <DayField label={t("payment.date")} max={today} value={draft.date} set={(date) => set({ date })} />
        <TextInput
          label={t("payment.reference")}
          description={t("payment.reference_help")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          maxLength={100}
          value={draft.reference}
          onChange={(event) => set({ reference: event.target.value })}
        />
      </div>
    </>
  );
}

function firstDraft(open: readonly PaidItem[], today: string, currencies: readonly string[]): PaymentDraft {
  const currency = open[0]?.currency ?? currencies[0] ?? "EUR";
  return { amount: "", currency, date: today, reference: "", items: [] };
}

function Form({ decision, done }: { decision: Decision; done: () => void }) {
  const { t, money } = useWords();
  const { today, currencies } = useMe();
  const open: readonly PaidItem[] = choosable(decision).map(({ item }) => item);
  const [draft, setDraft] = useState(() => firstDraft(open, today, currencies));
  const record = useChange("/api/payments", () => {
    tell({ text: t("payment.done"), tone: "ok" });
    done();
  });
  const body = paymentBody(decision.customer.id, draft, open);
  const parts = new Map(allocated(draft, open).map((part) => [part.item, part.amount]));
  const beside = (item: number) => {
    const part = parts.get(item);
    return part === undefined ? undefined : t("payment.pays", { amount: money(part, draft.currency) });
  };
  const send = () => body !== undefined && record.mutate({ body });
  return (
    <AskedForm
      send={send}
      save={t("payment.save")}
      busy={record.isPending}
      disabled={body === undefined}
      cancel={done}
    >
      <p>{t("payment.text")}</p>
      {record.isError && <Failed error={record.error} />}
      <Fields draft={draft} set={(changes) => setDraft({ ...draft, ...changes })} open={open} />
      <ItemChoice
        decision={decision}
        legend={t(draft.items.length === 0 ? "payment.no_items" : "payment.items")}
        chosen={draft.items}
        choose={(items) => setDraft({ ...draft, items })}
        currency={draft.currency}
        beside={beside}
      />
    </AskedForm>
  );
}

export function PaymentButton({ customer, name }: { customer: number; name: string }) {
  const { t } = useWords();
  const may = useMay("act");
  const [open, setOpen] = useState(false);
  const answer = useDecision(customer, open);
  if (!may) return null;
  const close = () => setOpen(false);
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setOpen(true)}>
        {t("payment.button")}
      </Button>
      <Dialog opened={open} close={close} title={t("payment.title", { name })}>
        <Answered of={answer} lines={8}>
          {(decision) => <Form key={decision.customer.id} decision={decision} done={close} />}
        </Answered>
      </Dialog>
    </>
  );
}
