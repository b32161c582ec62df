// Figures and dates in the user's language. Amounts go to Intl as text, so no digit is lost.

export type Language = "en" | "fr";

const locales: Readonly<Record<Language, string>> = { en: "en-GB", fr: "fr-FR" };
const numbers = new Map<string, Intl.NumberFormat>();
const dates = new Map<string, Intl.DateTimeFormat>();

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language + JSON.stringify(options);
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locales[language], options);
  numbers.set(key, made);
  return made;
}

function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  const known = dates.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locales[language], options);
  dates.set(key, made);
  return made;
}

/** A real minus sign; Intl writes a hyphen. A zero has no sign. */
function withMinus(text: string): string {
  return text.replace("-", "\u2212");
}

function decimals(text: string): number {
  const point = text.indexOf(".");
  return point < 0 ? 0 : text.length - point - 1;
}

/** "1234.50" → "1,234.50" or "1 234,50"; keeps the digits it is given. */
export function formatDecimal(text: string, language: Language): string {
  const digits = decimals(text);
  const format = numberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: "negative",
  });
  return withMinus(format.format(text as `${number}`));
}

export function formatMoney(text: string, currency: string, language: Language): string {
  return `${formatDecimal(text, language)}\u00a0${currency}`;
}

export function formatCount(value: number, language: Language): string {
  return withMinus(numberFormat(language, {}).format(value));
}

/** Ratio of one to percent: "0.7963" → "79.6 %"; the shift is made by Intl on the text. */
export function formatRatio(text: string, language: Language): string {
  const format = numberFormat(language, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return withMinus(format.format(text as `${number}`));
}

/** Short form for the axes of charts. */
export function formatAxis(value: number, language: Language): string {
  return withMinus(numberFormat(language, { notation: "compact", maximumFractionDigits: 1 }).format(value));
}

function utc(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

export function formatDate(date: string, language: Language): string {
  return dateFormat(language, { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" }).format(
    utc(date),
  );
}

export function formatLongDate(date: string, language: Language): string {
  const options = {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  } as const;
  return dateFormat(language, options).format(utc(date));
}

export function formatMonth(date: string, language: Language): string {
  const first = utc(`${date.slice(0, 7)}-01`);
  return dateFormat(language, { month: "short", year: "2-digit", timeZone: "UTC" }).format(first);
}

export function formatInstant(instant: string, language: Language): string {
  const options = {
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  } as const;
  return dateFormat(language, options).format(new Date(instant));
}

export function addDays(date: string, days: number): string {
  const moved = utc(date);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text).getTime()) && addDays(text, 0) === text;
}

export function formatSize(bytes: number, language: Language): string {
  const steps: readonly [number, string][] = [
    [1e9, "gigabyte"],
    [1e6, "megabyte"],
    [1e3, "kilobyte"],
    [1, "byte"],
  ];
  const [unit, name] = steps.find(([size]) => bytes >= size) ?? [1, "byte"];
  const shown = { style: "unit", unit: name, maximumFractionDigits: 1 } as const;
  return numberFormat(language, { ...shown, unitDisplay: unit === 1 ? "long" : "short" }).format(bytes / unit);
}

/** The name of a country or a language by its code, as in "FR" → "France"; a code nobody knows stays as it is. */
export function formatName(kind: "region" | "language", code: string, language: Language): string {
  try {
    return new Intl.DisplayNames(locales[language], { type: kind, fallback: "code" }).of(code) ?? code;
  } catch (error) {
    if (error instanceof RangeError) return code;
    throw error;
  }
}
