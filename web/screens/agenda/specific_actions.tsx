// Specific actions (COL-9): chosen items leave the scenario for an action with a day of its own, until it is ended.
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { PostBody, Schemas } from "../../api/client";
import { AskedForm, DayField } from "../../components/asked_form";
import type { Asked, Asking } from "../../components/asking";
import { ItemChoice } from "../../components/item_choice";
import { ItemLinks } from "../../components/item_links";
import { tell } from "../../components/notice";
import { Dialog } from "../../components/overlay";
import { Chip } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import { type Decision, useDecision } from "../../components/why_panel";
import { useWords } from "../../lib/i18n/language";
import { useMay, useMe } from "../../lib/me";
import { useAnswer, useChange } from "../../lib/server";
import { useTextChoices, useTextName } from "../../lib/texts";
import { ReminderPanel } from "../messages/reminder_editor";
import { useMaySend } from "../messages/reminders";
import { isWritten } from "../scenarios/scenario_draft";
import { useTakeUp } from "./snooze";

type Action = Schemas["SpecificActions"]["actions"][number];
type Channel = Schemas["Channel"];
const path = "/api/customers/{id}/actions";
const channels: readonly Channel[] = [
  "call",
  "task",
  "email",
  "letter",
  "registered_letter",
  "hand_over",
];

export interface ActionDraft {
  readonly items: readonly number[];
  readonly day: string;
  readonly channel: Channel;
  readonly template: string;
  readonly title: string;
}

/** A text goes only with what is written. */
export function actionBody(draft: ActionDraft): PostBody<typeof path> {
  return {
    items: [...draft.items],
    day: draft.day,
    channel: draft.channel,
    template: isWritten(draft.channel) ? draft.template : "",
    title: draft.title.trim(),
  };
}

function TextChoice({ value, choose }: { value: string; choose: (code: string) => void }) {
  const { t } = useWords();
  const choices = useTextChoices();
  return (
    <NativeSelect
      label={t("specific.template")}
      value={value}
      data={[{ value: "", label: t("specific.no_template") }, ...choices]}
      onChange={(event) => choose(event.target.value)}
    />
  );
}

function Fields({ draft, set }: { draft: ActionDraft; set: (draft: ActionDraft) => void }) {
  const { t } = useWords();
  const { today } = useMe();
  return (
    <>
      <TextInput
        data-autofocus
        label={t("specific.what")}
        maxLength={200}
        value={draft.title}
        onChange={(event) => set({ ...draft, title: event.target.value })}
      />
      <NativeSelect
        label={t("specific.channel")}
        value={draft.channel}
        data={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
        onChange={(event) => set({ ...draft, channel: event.target.value as Channel })}
      />
      <DayField
        label={t("specific.day")}
        min={today}
        value={draft.day}
        set={(day) => set({ ...draft, day })}
      />
      {isWritten(draft.channel) && (
        <TextChoice value={draft.template} choose={(template) => set({ ...draft, template })} />
      )}
    </>
  );
}

function Form({ decision, done }: { decision: Decision; done: () => void }) {
  const { t } = useWords();
  const { today } = useMe();
  const [draft, setDraft] = useState<ActionDraft>({ items: [], day: today, channel: "call", template: "", title: "" });
  const [missing, setMissing] = useState(false);
  const add = useChange(path, () => {
    tell({ text: t("specific.started"), tone: "ok" });
    done();
  });
  const send = () => {
    setMissing(draft.items.length === 0);
    if (draft.items.length > 0) add.mutate({ body: actionBody(draft), parts: { id: decision.customer.id } });
  };
  return (
    <AskedForm send={send} save={t("specific.save")} busy={add.isPending} cancel={done}>
      <p>{t("specific.text")}</p>
      {add.isError && <Failed error={add.error} />}
      <Fields draft={draft} set={setDraft} />
      <ItemChoice
        decision={decision}
        legend={t("specific.items")}
        chosen={draft.items}
        choose={(items) => setDraft({ ...draft, items })}
      />
      {missing && draft.items.length === 0 && <p role="alert">{t("specific.no_item")}</p>}
    </AskedForm>
  );
}

export function useSpecificAction(): Asking {
  const { t } = useWords();
  const [customer, setCustomer] = useState<Asked>();
  const close = () => setCustomer(undefined);
  const answer = useDecision(customer?.id ?? 0, customer !== undefined);
  const title = t("specific.title", { name: customer?.name ?? "" });
  const dialog = (
    <Dialog opened={customer !== undefined} close={close} title={title}>
      {customer !== undefined && (
        <Answered of={answer} lines={6}>
          {(decision) => <Form key={decision.customer.id} decision={decision} done={close} />}
        </Answered>
      )}
    </Dialog>
  );
  return { ask: setCustomer, dialog };
}

function EndButtons({ customer, action }: { customer: number; action: Action }) {
  const { t } = useWords();
  const may = useMay("act");
  const end = useChange("/api/customers/{id}/actions/{action}/end", () =>
    tell({ text: t("specific.ended"), tone: "ok" }),
  );
  if (!may) return null;
  const send = (what: "done" | "cancelled") =>
    end.mutate(
      { body: { what }, parts: { id: customer, action: action.id } },
      { onError: (error) => tell({ text: error.message, tone: "bad" }) },
    );
  return (["done", "cancelled"] as const).map((what) => (
    <Button
      key={what}
      size="compact-xs"
      variant="default"
      disabled={end.isPending}
      onClick={() => send(what)}
    >
      {t(`specific.${what}`)}
    </Button>
  ));
}

/** The action's own message, once its day has come. */
function SeeMessage({ customer, action }: { customer: number; action: Action }) {
  const { t } = useWords();
  const { today } = useMe();
  const may = useMaySend();
  const [open, setOpen] = useState(false);
  if (!may || !isWritten(action.channel) || action.template === "" || action.day > today) return null;
  const of = { customer: { id: customer, name: action.title }, action: action.id, name: action.title, totals: [] };
  return (
    <>
      <Button size="compact-xs" onClick={() => setOpen(true)}>
        {t("specific.see")}
      </Button>
      <ReminderPanel of={open ? of : undefined} close={() => setOpen(false)} />
    </>
  );
}

function Line({ customer, action }: { customer: number; action: Action }) {
  const { t, date } = useWords();
  const textName = useTextName();
  return (
    <li className={styles["row"]}>
      <div>
        <div className={styles["row"]}>
          <Chip tone="accent">{t(`channel.${action.channel}`)}</Chip>
          {action.title !== "" && <strong>{action.title}</strong>}
          <span>{t("specific.on", { date: date(action.day) })}</span>
        </div>
        <div className="soft">
          <ItemLinks items={action.items as unknown as readonly Schemas["ItemRef"][]} />
          {action.template !== "" && `· ${textName(action.template)}`}
        </div>
      </div>
      <div className={styles["tools"]}>
        <SeeMessage customer={customer} action={action} />
        <EndButtons customer={customer} action={action} />
      </div>
    </li>
  );
}

function SnoozedLine({ customer, until }: { customer: number; until: string }) {
  const { t, date } = useWords();
  const may = useMay("act");
  const { takeUp, busy } = useTakeUp();
  return (
    <div className={styles["row"]}>
      <Chip tone="warn">{t("snooze.stands", { date: date(until) })}</Chip>
      {may && (
        <div className={styles["tools"]}>
          <Button size="compact-xs" variant="default" loading={busy} onClick={() => takeUp(customer)}>
            {t("snooze.take_up")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The actions that stand and the day the customer is put aside to; each can be ended. */
export function SpecificActionList({ customer, empty }: { customer: number; empty: string }) {
  const answer = useAnswer(path, { parts: { id: customer } });
  return (
    <Answered of={answer} lines={2}>
      {({ actions, snoozed_until }) => (
        <div className={styles["stack"]}>
          {snoozed_until !== null && <SnoozedLine customer={customer} until={snoozed_until} />}
          {actions.length === 0 && snoozed_until === null && <p className="soft">{empty}</p>}
          {actions.length > 0 && (
            <ul className={styles["list"]}>
              {actions.map((action) => (
                <Line key={action.id} customer={customer} action={action} />
              ))}
            </ul>
          )}
        </div>
      )}
    </Answered>
  );
}
