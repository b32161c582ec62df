// The texts of messages: chosen by name and language, changed with their effect in sight, saved once good (MSG-2).
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { tell } from "../../components/notice";
import { Card, Chip } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { usePlace } from "../../lib/perimeter";
import { useAnswer, useWrite } from "../../lib/server";
import type { TemplateName } from "./completion";
import own from "./settings.module.css";
import { SettingsFrame } from "./settings_frame";
import {
  faultOf,
  TextPreview,
  useCustomerChoice,
  useFaultText,
  useTextPreview,
  type Words,
} from "./text_preview";
import { TextSource } from "./text_source";

type Template = Schemas["Template"];

function Choice({ rows, chosen }: { rows: readonly Template[]; chosen: Template }) {
  const { t, code } = useWords();
  const { href } = usePlace();
  const codes = [...new Set(rows.map((one) => one.code))];
  return (
    <Card title={t("settings.texts")}>
      <ul className={own["choice"]}>
        {codes.map((text) => (
          <li key={text}>
            <span>{code("template_name", text)}</span>
            {rows
              .filter((one) => one.code === text)
              .map((one) => (
                <Link
                  key={one.language}
                  href={href("/settings/texts", { text, in: one.language })}
                  aria-current={one === chosen ? "true" : undefined}
                  aria-label={`${code("template_name", text)} ${one.language.toUpperCase()}`}
                >
                  {one.language.toUpperCase()}
                  {!one.shipped && "•"}
                </Link>
              ))}
          </li>
        ))}
      </ul>
      <p className="soft">{t("texts.own_mark")}</p>
    </Card>
  );
}

function useSaving() {
  const { t } = useWords();
  const faultText = useFaultText();
  const write = useWrite("/api/templates/{code}/{language}", () =>
    tell({ text: t("texts.saved"), tone: "ok" }),
  );
  const fault = faultOf(write.error);
  return {
    write,
    fault: fault === undefined ? undefined : `${faultText(fault)} ${t("texts.not_saved")}`,
    other: write.isError && fault === undefined ? write.error : undefined,
  };
}

function Editor({ template, names }: { template: Template; names: readonly TemplateName[] }) {
  const { t, code } = useWords();
  const may = useMay("administer");
  const language = template.language === "fr" ? "fr" : "en";
  const [words, setWords] = useState<Words>({ language, subject: template.subject, text: template.text });
  const choice = useCustomerChoice();
  const preview = useTextPreview(words, choice.customer?.id);
  const { write, fault, other } = useSaving();
  const changed = words.subject !== template.subject || words.text !== template.text;
  const { subject, text } = words;
  const save = () =>
    write.mutate({ body: { subject, text, version: template.version }, parts: { code: template.code, language } });
  return (
    <>
      <Card
        title={`${code("template_name", template.code)} · ${t(`texts.language_${language}`)}`}
        tools={
          <Chip>{template.shipped ? t("texts.shipped") : t("texts.version", { version: template.version })}</Chip>
        }
      >
        <div className={styles["stack"]}>
          {other !== undefined && <Failed error={other} />}
          <TextInput
            label={t("message.subject")}
            maxLength={500}
            readOnly={!may}
            value={subject}
            onChange={(event) => setWords({ ...words, subject: event.target.value })}
          />
          <TextSource
            value={text}
            names={names}
            readOnly={!may}
            error={fault}
            change={(next) => setWords({ ...words, text: next })}
          />
          {may && (
            <div className={styles["row"]}>
              <Button disabled={!changed} loading={write.isPending} onClick={save}>
                {t("action.save")}
              </Button>
              <Button
                variant="default"
                disabled={!changed}
                onClick={() => setWords({ language, subject: template.subject, text: template.text })}
              >
                {t("texts.drop")}
              </Button>
            </div>
          )}
        </div>
      </Card>
      <TextPreview words={words} preview={preview} choice={choice} />
    </>
  );
}

function Texts({ rows, names }: Schemas["TemplateList"]) {
  const { language } = useWords();
  const { param } = usePlace();
  const wanted = rows.find((one) => one.code === param("text") && one.language === param("in"));
  const chosen =
    wanted ?? rows.find((one) => one.code === "reminder_1" && one.language === language) ?? rows[0];
  if (chosen === undefined) return null;
  return (
    <div className={own["texts"]}>
      <Choice rows={rows} chosen={chosen} />
      <Editor key={`${chosen.code} ${chosen.language} ${chosen.version}`} template={chosen} names={names} />
    </div>
  );
}

export default function TextsPage() {
  const answer = useAnswer("/api/templates");
  return (
    <SettingsFrame>
      <Answered of={answer} lines={12}>
        {(list) => <Texts {...list} />}
      </Answered>
    </SettingsFrame>
  );
}
