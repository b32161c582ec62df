// What the texts of messages are called: those delivered in the reader's language, the others as they were named.
import { useWords } from "./i18n/language";
import { useAnswer } from "./server";

export function useTextName(): (text: string) => string {
  const { code } = useWords();
  const texts = useAnswer("/api/templates");
  const names = new Map((texts.data?.rows ?? []).map((one) => [one.code, one.name ?? ""]));
  return (text) => names.get(text) || code("template_name", text);
}

/** To choose among them, each once. Empty until they came. */
export function useTextChoices(): { value: string; label: string }[] {
  const textName = useTextName();
  const texts = useAnswer("/api/templates");
  const codes = new Set(texts.data?.rows.map((one) => one.code));
  return [...codes].map((value) => ({ value, label: textName(value) }));
}
