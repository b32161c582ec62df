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
import { useTextName } from "../../lib/texts";
import type { TemplateName } from "./completion";
import own from "./settings.module.css";
import { SettingsFrame } from "./settings_frame";
import { NewTextButton, RemoveTextButton } from "./text_new";
import {
  faultOf,
  TextPreview,
  useCustomerChoice,
  useFaultText,
  useTextPreview,
  type Words,
} from "./text_preview";
import { TextSource } from "./text_source";
import { VersionsButton } from "./text_versions";

type Template = Schemas["Template"];
type Written = Pick<Words, "subject" | "text">;

/** Delivered, and other words than those stand. */
const isChanged = (one: Template) => !one.shipped && one.name == null;

function Choice({ rows, chosen }: { rows: readonly Template[]; chosen: Template }) {
  const { t } = useWords();
  const textName = useTextName();
  const { href } = usePlace();
  const may = useMay("administer");
  const codes = [...new Set(rows.map((one) => one.code))];
  return (
    <Card title={t("settings.texts")}>
      <ul className={own["choice"]}>
        {codes.map((text) => (
          <li key={text}>
            <span>{textName(text)}</span>
            {rows
              .filter((one) => one.code === text)
              .map((one) => (
                <Link
                  key={one.language}
                  href={href("/settings/texts", { text, in: one.language })}
                  aria-current={one === chosen ? "true" : undefined}
                  aria-label={`${textName(text)} ${one.language.toUpperCase()}`}
                >
                  {one.language.toUpperCase()}
                  {isChanged(one) && "•"}
                </Link>
              ))}
          </li>
        ))}
      </ul>
      {rows.some(isChanged) && <p className="soft">{t("texts.own_mark")}</p>}
      {may && (
        <div className={own["newText"]}>
          <NewTextButton from="" label={t("texts.new")} />
        </div>
      )}
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

interface EditorProps {
  readonly template: Template;
  readonly names: readonly TemplateName[];
}

/** What is done with the text as a whole. */
function TextTools({ template, take }: Omit<EditorProps, "names"> & { take: (words: Written) => void }) {
  const { t } = useWords();
  const may = useMay("administer");
  const { code, version } = template;
  const language = template.language === "fr" ? "fr" : "en";
  return (
    <div className={styles["row"]}>
      <VersionsButton code={code} language={language} stands={version} take={may ? take : undefined} />
      {may && <NewTextButton from={code} label={t("texts.duplicate")} />}
      {may && template.name != null && <RemoveTextButton code={code} />}
    </div>
  );
}

interface SaveRowProps {
  readonly changed: boolean;
  readonly busy: boolean;
  readonly save: () => void;
  readonly drop: () => void;
}

function SaveRow({ changed, busy, save, drop }: SaveRowProps) {
  const { t } = useWords();
  return (
    <div className={styles["row"]}>
      <Button disabled={!changed} loading={busy} onClick={save}>
        {t("action.save")}
      </Button>
      <Button variant="default" disabled={!changed} onClick={drop}>
        {t("texts.drop")}
      </Button>
    </div>
  );
}

function Editor({ template, names }: EditorProps) {
  const { t } = useWords();
  const textName = useTextName();
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
        title={`${textName(template.code)} · ${t(`texts.language_${language}`)}`}
        tools={
          <Chip>{template.shipped ? t("texts.shipped") : t("texts.version", { version: template.version })}</Chip>
        }
      >
        <div className={styles["stack"]}>
          <TextTools
            template={template}
            take={(words) => setWords({ language, subject: words.subject, text: words.text })}
          />
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
            <SaveRow
              changed={changed}
              busy={write.isPending}
              save={save}
              drop={() => setWords({ language, subject: template.subject, text: template.text })}
            />
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
