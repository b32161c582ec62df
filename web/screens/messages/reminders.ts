// Saying yes to reminders (COL-8): which rows have one to send, and what came of each yes.
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type PostBody, post, type Schemas } from "../../api/client";
import type { Asked } from "../../components/asking";
import { tell } from "../../components/notice";
import type { AgendaRow } from "../../components/why_panel";
import { useWords } from "../../lib/i18n/language";
import { useMay, useMe } from "../../lib/me";
import { usePlace } from "../../lib/perimeter";
import { onFailure } from "../../lib/server";
import { type DetailWords, withReason } from "./message_words";

export type Yes = PostBody<"/api/reminders">["customers"][number];
type Refusal = Schemas["Refusal"]["refusal"];
const written: readonly string[] = ["email", "letter", "registered_letter"];
/** Customers in one question to the server: its answer comes while the next ones are still to go. */
const together = 50;

/** A message is due that leaves on a person's yes. */
export function hasReminder(row: AgendaRow): boolean {
  return row.outcome === "due" && row.step !== null && written.includes(row.step.channel);
}

/** Of those, the ones a scenario leaves to a person's yes: what "all" means. */
export function waitsForYes(row: AgendaRow): boolean {
  return hasReminder(row) && row.kind === "confirm";
}

/** A message to one customer that leaves on a person's yes: the reminder due, or a due notice by its code. */
export interface Sendable {
  readonly customer: Asked;
  readonly notice?: string;
  /** Of the customer's own, whose message it is (COL-9). */
  readonly action?: number;
  /** The step's or the notice's. */
  readonly name: string;
  /** What it asks to be paid. */
  readonly totals: readonly { readonly currency: string; readonly amount: string }[];
}

export function sendableOf({ customer, step, to_pay: totals }: AgendaRow): Sendable {
  return { customer, name: step?.name ?? "", totals };
}

/** A customer may have several notices due. */
export function sendableKey({ customer, notice = "", action }: Pick<Sendable, "customer" | "notice" | "action">): string {
  return `${customer.id} ${notice}${action ?? ""}`;
}

export function plainYes({ customer, notice, action }: Pick<Sendable, "customer" | "notice" | "action">): Yes {
  return {
    customer: customer.id,
    ...(notice === undefined ? {} : { notice }),
    ...(action === undefined ? {} : { action }),
  };
}

/** A yes to words that were on the screen. */
export function seenYes(of: Pick<Sendable, "customer" | "notice" | "action">, seen: string | null | undefined): Yes {
  return seen == null ? plainYes(of) : { ...plainYes(of), seen };
}

/** Reminders are decided for today, whatever day a page shows. */
export function useShowsToday(): boolean {
  const { perimeter, param } = usePlace();
  const { today } = useMe();
  return (param("date") ?? perimeter.as_of ?? today) === today && perimeter.known_at === undefined;
}

export function useMaySend(): boolean {
  const may = useMay("act");
  return useShowsToday() && may;
}

export interface Came {
  readonly customer: number;
  readonly message: number | null;
  readonly refusal: string | null;
}

export function cameOf(answer: Schemas["ConfirmedReminders"], words: DetailWords): Came[] {
  const said = ({ text, data }: Refusal) =>
    withReason(text, (data as Record<string, unknown>)["reason"], words);
  return answer.rows.map(({ customer, message, refusal }) => ({
    customer,
    message,
    refusal: refusal === null ? null : said(refusal as unknown as Refusal),
  }));
}

export function inParts<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, place) =>
    all.slice(place * size, (place + 1) * size),
  );
}

export interface Sending {
  readonly send: (all: readonly Yes[]) => Promise<readonly Came[]>;
  readonly busy: boolean;
  readonly came: readonly Came[];
  readonly error: Error | undefined;
}

export const reminderPath = "/api/customers/{id}/reminder";

/** Everything is asked for again but the reminder on the screen: it was just sent and is due no more. */
function askAgain(client: QueryClient): void {
  client.removeQueries({ queryKey: [reminderPath], type: "inactive" });
  void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== reminderPath });
}

/** Sends part after part, the answers in the order of the questions, so that what came of the first is seen while the last still waits. */
export function useReminderSending(): Sending {
  const client = useQueryClient();
  const words = useWords();
  const [busy, setBusy] = useState(false);
  const [came, setCame] = useState<readonly Came[]>([]);
  const [error, setError] = useState<Error>();
  const send = async (all: readonly Yes[]) => {
    const known: Came[] = [];
    setBusy(true);
    setError(undefined);
    try {
      for (const customers of inParts(all, together)) {
        known.push(...cameOf(await post("/api/reminders", { customers }), words));
        setCame([...known]);
      }
    } catch (failure) {
      onFailure(client, failure);
      setError(failure instanceof Error ? failure : new Error(String(failure)));
    } finally {
      setBusy(false);
      askAgain(client);
    }
    return known;
  };
  return { send, busy, came, error };
}

/** Says that a message was asked for, and takes it back within ten seconds while it has not left. */
export function useTellAsked(): (name: string, message: number) => void {
  const { t } = useWords();
  const client = useQueryClient();
  const takeBack = (id: number) =>
    post("/api/messages/{id}", { what: "cancel", reason: t("form.undone_reason") }, { id }).then(
      () => void client.invalidateQueries(),
      (error: Error) => {
        onFailure(client, error);
        tell({ text: error.message, tone: "bad" });
      },
    );
  return (name, message) =>
    tell({ text: t("reminder.asked", { name }), tone: "ok", undo: () => void takeBack(message) });
}
