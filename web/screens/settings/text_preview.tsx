// The words as they stand in the editor, on a real customer, while they are typed (MSG-2).
import { TextInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { post, RefusalError } from "../../api/client";
import { Card } from "../../components/page";
import styles from "../../components/page.module.css";
import { Failed, Waiting } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useAnswer } from "../../lib/server";
import { ContentView } from "../messages/message_content";
import { TextTest } from "./text_test";

export interface Words {
  readonly language: "en" | "fr";
  readonly subject: string;
  readonly text: string;
}
/** Milliseconds without a key before the preview is asked for. */
const pause = 400;

export function usePaused<T>(value: T): T {
  const [kept, setKept] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setKept(value), pause);
    return () => clearTimeout(timer);
  }, [value]);
  return kept;
}

export interface Fault {
  readonly line: number;
  readonly reason: string;
}

/** Where the text cannot be read, as the server refused it. */
export function faultOf(error: unknown): Fault | undefined {
  if (!(error instanceof RefusalError) || error.code !== "template_invalid") return undefined;
  return { line: Number(error.data["line"] ?? 0), reason: String(error.data["reason"] ?? "") };
}

export function useFaultText(): (fault: Fault) => string {
  const { t, code } = useWords();
  return ({ line, reason }) => {
    const [, name = "", rest = ""] = /^(\S+)\s*(.*)$/u.exec(reason) ?? [];
    const said = `${code("text_fault", name)} ${rest}`.trim();
    return line > 0 ? t("texts.fault_at", { line, said }) : said;
  };
}

export function useTextPreview(words: Words, customer: number | undefined) {
  const settled = usePaused(words);
  const { language } = useWords();
  const complete = settled.subject.trim() !== "" && settled.text.trim() !== "";
  return useQuery({
    queryKey: ["/api/templates/preview", settled, customer, language],
    queryFn: () => post("/api/templates/preview", { ...settled, customer: customer ?? 0 }),
    enabled: customer !== undefined && complete,
    placeholderData: keepPreviousData,
  });
}

interface Customer {
  readonly id: number;
  readonly name: string;
}

/** The customers most overdue come first; typing finds any other. */
export function useCustomerChoice() {
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<Customer>();
  const asked = usePaused(typed.trim());
  const answer = useAnswer("/api/customers", { query: { q: asked, sort: "-overdue", limit: 6 } });
  const found = [...new Map((answer.data?.rows ?? []).map(({ id, name }) => [id, { id, name }])).values()];
  return { typed, setTyped, found, customer: chosen ?? found[0], choose: setChosen };
}

export function CustomerChoice({ choice }: { choice: ReturnType<typeof useCustomerChoice> }) {
  const { t } = useWords();
  return (
    <div className={styles["stack"]}>
      <TextInput
        type="search"
        label={t("texts.customer")}
        placeholder={t("table.search")}
        value={choice.typed}
        onChange={(event) => choice.setTyped(event.target.value)}
      />
      <div className={styles["row"]} role="group" aria-label={t("texts.customer")}>
        {choice.found.map((one) => (
          <button
            key={one.id}
            type="button"
            className={styles["chip"]}
            data-tone={one.id === choice.customer?.id ? "accent" : "plain"}
            style={{ border: 0, cursor: "pointer", font: "inherit" }}
            aria-pressed={one.id === choice.customer?.id}
            onClick={() => choice.choose(one)}
          >
            {one.name}
          </button>
        ))}
      </div>
    </div>
  );
}

export function TextPreview({
  words,
  preview,
  choice,
}: {
  words: Words;
  preview: ReturnType<typeof useTextPreview>;
  choice: ReturnType<typeof useCustomerChoice>;
}) {
  const { t } = useWords();
  const faultText = useFaultText();
  const fault = faultOf(preview.error);
  return (
    <Card title={t("texts.preview")}>
      <div className={styles["stack"]}>
        <CustomerChoice choice={choice} />
        <TextTest words={words} customer={preview.isSuccess ? choice.customer?.id : undefined} />
        {fault !== undefined && <p role="alert">{faultText(fault)}</p>}
        {preview.isError && fault === undefined && <Failed error={preview.error} />}
        {preview.isPending && <Waiting lines={8} />}
        {preview.data !== undefined && !preview.isError && <ContentView content={preview.data} />}
      </div>
    </Card>
  );
}
