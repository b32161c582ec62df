// Words of the pages. One flat list per language; the other language is fetched only when asked for.
import i18next from "i18next";
import type english from "./en.json";

export type Language = "en" | "fr";
type Key = keyof typeof english;
type PluralOf<K> = K extends `${infer Base}_one` ? Base : never;
/** Keys that have one form. */
export type WordKey = Exclude<Key, `${PluralOf<Key>}_one` | `${PluralOf<Key>}_other`>;
/** Keys that have a form for one and a form for more. */
export type PluralKey = PluralOf<Key>;
export type Values = Readonly<Record<string, string | number>>;

const storageKey = "countback.language";
const words = i18next.createInstance();
const fetchers: Readonly<Record<Language, () => Promise<{ default: Record<string, string> }>>> = {
  en: () => import("./en.json"),
  fr: () => import("./fr.json"),
};

export function isLanguage(value: unknown): value is Language {
  return value === "en" || value === "fr";
}

/** The language of the last visit, else the browser's, else English. */
export function firstLanguage(): Language {
  const kept = globalThis.localStorage?.getItem(storageKey);
  if (isLanguage(kept)) return kept;
  return globalThis.navigator?.language.toLowerCase().startsWith("fr") ? "fr" : "en";
}

/** Fetches the words, then switches; the pages are drawn only with words in hand. */
export async function loadLanguage(language: Language): Promise<void> {
  if (!words.isInitialized) {
    await words.init({
      lng: language,
      keySeparator: false,
      nsSeparator: false,
      interpolation: { escapeValue: false },
    });
  }
  if (!words.hasResourceBundle(language, "translation")) {
    words.addResourceBundle(language, "translation", (await fetchers[language]()).default);
  }
  await words.changeLanguage(language);
  document.documentElement.lang = language;
  localStorage.setItem(storageKey, language);
}

export function word(key: WordKey, values?: Values): string {
  return words.t(key, values ?? {});
}

/** French counts zero as one: "0 pièce". */
export function countWord(key: PluralKey, count: number, shown: string, language: Language): string {
  const single = language === "fr" ? count < 2 : count === 1;
  return words.t(`${String(key)}_${single ? "one" : "other"}` as string, { count: shown });
}

export function hasCodeWord(group: string, code: string): boolean {
  return words.exists(`${group}.${code}`);
}

/** A code that a later server may have and these pages do not know yet is shown as plain words. */
export function codeWord(group: string, code: string): string {
  const key = `${group}.${code.replaceAll(" ", "_")}`;
  return words.exists(key) ? words.t(key) : code.replaceAll("_", " ");
}
