// The server's sentences carry amounts and dates in their plain form ("2870.40 EUR", "2026-03-31");
// the page shows them as it shows all others.
import type { Words } from "./i18n/language";

type Figures = Pick<Words, "money" | "date" | "decimal" | "t" | "code">;

const money = /(-?\d+(?:\.\d+)?) ([A-Z]{3})\b/g;
const date = /\b\d{4}-\d{2}-\d{2}\b/g;

function figuresShown(text: string, words: Figures): string {
  return text
    .replace(date, (day) => words.date(day))
    .replace(money, (_, amount: string, currency: string) => words.money(amount, currency));
}

/** A whole sentence. Its first letter is made large, since parts of sentences stand alone here. */
export function readable(text: string, words: Figures): string {
  const shown = figuresShown(text, words);
  return shown.charAt(0).toLocaleUpperCase() + shown.slice(1);
}

/** Beside an item its own number is not said again: "FA1: Open dispute" is "Open dispute" there. */
export function withoutNumber(text: string, number: string): string {
  return text.startsWith(number) ? text.slice(number.length).replace(/^\s*:\s*/u, "") : text;
}

/** One input of a rule: an amount with its currency, a date, a number, or a word. */
export function inputText(value: string | null, words: Figures): string {
  if (value === null) return words.t("figure.none");
  if (/^-?\d+(\.\d+)?$/.test(value)) return words.decimal(value);
  if (/^[a-z][a-z_]*$/.test(value)) return words.code("input_value", value);
  return figuresShown(value, words);
}
