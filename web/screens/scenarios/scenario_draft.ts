// A scenario while it is changed: steps moved, added, taken out; amounts and days typed as text (COL-2, COL-3, COL-8).
import type { Schemas } from "../../api/client";
import { typedAmount } from "../../lib/amount";
import type { Language } from "../../lib/i18n";

export type Policy = Schemas["Policy"];
export type Scenario = Schemas["Scenario"];
export type Step = Schemas["ScenarioStep"];
export type Notice = Schemas["ScenarioNotice"];
export type Rules = Schemas["PolicyRules"];
export type AmountIn = Schemas["AmountInCurrency"];

/** SMS and interactive e-mail are not sent yet: they cannot be chosen. */
export const channels = [
  "email",
  "letter",
  "registered_letter",
  "call",
  "task",
  "hand_over",
] as const satisfies readonly NonNullable<Step["channel"]>[];
export const modes = ["manual", "confirm", "automatic"] as const satisfies readonly NonNullable<Step["mode"]>[];
export const bases = ["due", "issue", "previous"] as const;
export const functions = ["payables", "buyer", "executive", "legal", "other"] as const;
export const workdays: readonly number[] = [1, 2, 3, 4, 5];

/** Channels that carry a written message, and so need a text and recipients. */
export function isWritten(channel: Step["channel"]): boolean {
  return channel === undefined || ["email", "interactive_email", "sms", "letter", "registered_letter"].includes(channel);
}

export function nameIn(one: { names?: Schemas["NamesInLanguages"]; code: string }, language: Language): string {
  const { names = {} } = one;
  const named = language === "fr" ? names.fr || names.en : names.en || names.fr;
  return named || one.code;
}

export function movedTo<T>(list: readonly T[], from: number, to: number): T[] {
  const one = list[from];
  if (one === undefined || to < 0 || to >= list.length) return [...list];
  return list.toSpliced(from, 1).toSpliced(to, 0, one);
}

/** A code of letters, digits and _ that no other step has. */
export function freeCode(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/gu, "_")
    .replaceAll(/^[_0-9]+|_+$/gu, "")
    .slice(0, 36);
  const base = plain === "" ? "step" : plain;
  if (!taken.includes(base)) return base;
  for (let number = 2; ; number += 1) if (!taken.includes(`${base}_${number}`)) return `${base}_${number}`;
}

export function newStep(name: { en: string; fr: string }, taken: readonly string[]): Step {
  return {
    code: freeCode(name.en, taken),
    names: name,
    channel: "email",
    mode: "confirm",
    trigger: { base: "due", days: 7 },
    repeat: null,
    template: "reminder_1",
    to: ["payables"],
    cc: [],
    floors: [],
    ceilings: [],
    weekdays: [...workdays],
    hours: { from: 8, to: 18 },
  };
}

/** As it is typed in that language: no grouping, its own decimal sign. */
export function amountsText(amounts: readonly AmountIn[] | undefined, language: Language): string {
  const typed = (amount: string) => (language === "fr" ? amount.replace(".", ",") : amount);
  return (amounts ?? []).map((one) => `${typed(one.amount)} ${one.currency}`).join("; ");
}

/** "500 EUR; 400 GBP"; undefined where it cannot be read. */
export function typedAmounts(text: string): AmountIn[] | undefined {
  const parts = text.split(";").map((one) => one.trim());
  const read = parts
    .filter((one) => one !== "")
    .map((one) => {
      const [, typed = "", currency = ""] = /^(.+?)\s*([A-Za-z]{3})$/u.exec(one) ?? [];
      const amount = typedAmount(typed);
      return amount === undefined ? undefined : { amount, currency: currency.toUpperCase() };
    });
  return read.includes(undefined) ? undefined : (read as AmountIn[]);
}

/** Chosen in order: what is pressed again goes, what is new comes last. */
export function toggled<T>(list: readonly T[], one: T): T[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}
