// The language of the page as React sees it: words, figures and dates in one hook.
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { setRequestLanguage } from "../../api/client";
import * as format from "../format";
import {
  codeWord,
  countWord,
  hasCodeWord,
  type Language,
  loadLanguage,
  type PluralKey,
  type Values,
  type WordKey,
  word,
} from "./index";

export interface Words {
  readonly language: Language;
  readonly t: (key: WordKey, values?: Values) => string;
  readonly n: (key: PluralKey, count: number) => string;
  readonly code: (group: string, code: string) => string;
  /** Whether the code has words of its own. */
  readonly has: (group: string, code: string) => boolean;
  readonly decimal: (text: string) => string;
  readonly money: (text: string, currency: string) => string;
  readonly ratio: (text: string) => string;
  readonly count: (value: number) => string;
  readonly date: (date: string) => string;
  readonly longDate: (date: string) => string;
  readonly month: (date: string) => string;
  readonly instant: (instant: string) => string;
  readonly switchTo: (language: Language) => Promise<void>;
}

const Context = createContext<Words | undefined>(undefined);

function wordsIn(language: Language, switchTo: Words["switchTo"]): Words {
  return {
    language,
    switchTo,
    t: word,
    n: (key, count) => countWord(key, count, format.formatCount(count, language), language),
    code: codeWord,
    has: hasCodeWord,
    decimal: (text) => format.formatDecimal(text, language),
    money: (text, currency) => format.formatMoney(text, currency, language),
    ratio: (text) => format.formatRatio(text, language),
    count: (value) => format.formatCount(value, language),
    date: (date) => format.formatDate(date, language),
    longDate: (date) => format.formatLongDate(date, language),
    month: (date) => format.formatMonth(date, language),
    instant: (instant) => format.formatInstant(instant, language),
  };
}

export function LanguageProvider({ first, children }: { first: Language; children: ReactNode }) {
  const [language, setLanguage] = useState(first);
  const switchTo = useCallback(async (next: Language) => {
    await loadLanguage(next);
    setRequestLanguage(next);
    setLanguage(next);
  }, []);
  const words = useMemo(() => wordsIn(language, switchTo), [language, switchTo]);
  return <Context value={words}>{children}</Context>;
}

export function useWords(): Words {
  const words = useContext(Context);
  if (words === undefined) throw new Error("no language");
  return words;
}
