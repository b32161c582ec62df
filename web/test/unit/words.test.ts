import { describe, expect, test } from "vitest";
import english from "../../lib/i18n/en.json";
import french from "../../lib/i18n/fr.json";

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).toSorted();

describe("words in both languages", () => {
  test("the same keys", () => expect(Object.keys(french)).toEqual(Object.keys(english)));
  test("each has text, and the same values in it", () => {
    const other: Readonly<Record<string, string>> = french;
    const bad = Object.entries(english).filter(([key, text]) => {
      const translated = other[key] ?? "";
      return (
        text.trim() === "" ||
        translated.trim() === "" ||
        `${placeholders(text)}` !== `${placeholders(translated)}`
      );
    });
    expect(bad).toEqual([]);
  });
});
