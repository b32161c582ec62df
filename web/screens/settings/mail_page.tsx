// The mail server: how messages leave, and to whom in a demo (MSG-1).
import { Button, Checkbox, NativeSelect, PasswordInput, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { Redirect } from "wouter";
import { tell } from "../../components/notice";
import { Card, Chip } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMay, useMe } from "../../lib/me";
import { useAnswer, useChange, useWrite } from "../../lib/server";
import { draftOf, mailBody, needsPassword, type MailDraft, type MailSettings } from "./mail_form";
import { SaveButton } from "./save_footer";
import { Refused, ServerAnswer } from "./server_answer";
import own from "./settings.module.css";
import { SettingsFrame } from "./settings_frame";

interface FieldsProps {
  readonly draft: MailDraft;
  readonly set: (draft: MailDraft) => void;
  readonly settings: MailSettings;
}

type TextName =
  | "host"
  | "port"
  | "user"
  | "from_address"
  | "reply_domain"
  | "per_minute_and_domain"
  | "documents_megabytes_max";

function Text({ name, draft, set, ...more }: { name: TextName; inputMode?: "numeric" } & Omit<FieldsProps, "settings">) {
  const { t } = useWords();
  return (
    <TextInput
      label={t(`mail.${name}`)}
      description={t(`mail.${name}_help`)}
      inputWrapperOrder={["label", "input", "description", "error"]}
      maxLength={254}
      value={draft[name]}
      onChange={(event) => set({ ...draft, [name]: event.target.value })}
      {...more}
    />
  );
}

function Password({ draft, set, settings }: FieldsProps) {
  const { t } = useWords();
  const again = needsPassword(draft, settings);
  const kept = settings.password_set ? "mail.password_kept" : "mail.password_none";
  return (
    <div>
      <PasswordInput
        label={t("mail.password")}
        description={t(again ? "mail.password_again" : kept)}
        required={again && !draft.removePassword}
        withAsterisk={false}
        inputWrapperOrder={["label", "input", "description", "error"]}
        autoComplete="new-password"
        maxLength={500}
        value={draft.password}
        disabled={draft.removePassword}
        onChange={(event) => set({ ...draft, password: event.target.value })}
      />
      {settings.password_set && (
        <Checkbox
          size="xs"
          label={t("mail.password_remove")}
          checked={draft.removePassword}
          onChange={(event) => set({ ...draft, removePassword: event.target.checked })}
        />
      )}
    </div>
  );
}

function Fields({ draft, set, settings }: FieldsProps) {
  const { t } = useWords();
  const shared = { draft, set };
  return (
    <div className={own["form"]}>
      <Text name="host" {...shared} />
      <Text name="port" inputMode="numeric" {...shared} />
      <NativeSelect
        label={t("mail.security")}
        value={draft.security}
        data={(["starttls", "tls", "none"] as const).map((value) => ({
          value,
          label: t(`mail.security_${value}`),
        }))}
        onChange={(event) => set({ ...draft, security: event.target.value as MailDraft["security"] })}
      />
      <Text name="user" {...shared} />
      <Password draft={draft} set={set} settings={settings} />
      <Text name="from_address" {...shared} />
      <Text name="reply_domain" {...shared} />
      <Text name="per_minute_and_domain" inputMode="numeric" {...shared} />
      <Text name="documents_megabytes_max" inputMode="numeric" {...shared} />
      <Checkbox
        className={own["whole"]}
        label={t("mail.paused")}
        description={t("mail.paused_help")}
        checked={draft.paused}
        onChange={(event) => set({ ...draft, paused: event.target.checked })}
      />
      <Textarea
        className={own["whole"]}
        label={t("mail.allowed")}
        description={t(settings.demo ? "mail.allowed_help_demo" : "mail.allowed_help")}
        rows={3}
        value={draft.allowed}
        onChange={(event) => set({ ...draft, allowed: event.target.value })}
      />
    </div>
  );
}

function Form({ settings }: { settings: MailSettings }) {
  const { t } = useWords();
  const [draft, setDraft] = useState(() => draftOf(settings));
  const write = useWrite("/api/settings/mail", (saved) => {
    setDraft(draftOf(saved));
    tell({ text: t("mail.saved"), tone: "ok" });
  });
  return (
    <Card
      title={t("mail.title")}
      tools={
        <Chip tone={settings.ready && !settings.paused ? "ok" : "warn"}>
          {t(settings.paused ? "mail.is_paused" : settings.ready ? "mail.ready" : "mail.not_ready")}
        </Chip>
      }
    >
      <form
        className={styles["stack"]}
        onSubmit={(event) => {
          event.preventDefault();
          write.mutate({ body: mailBody(draft) });
        }}
      >
        {!settings.ready && <p>{t("mail.not_ready_text")}</p>}
        {settings.paused && <p>{t("mail.paused_text")}</p>}
        {settings.demo && <p>{t("mail.demo_text")}</p>}
        {write.isError && <Refused error={write.error} />}
        <Fields draft={draft} set={setDraft} settings={settings} />
        <SaveButton pending={write.isPending} />
      </form>
    </Card>
  );
}

function Test({ settings }: { settings: MailSettings }) {
  const { t } = useWords();
  const { user } = useMe();
  const [to, setTo] = useState(user.email ?? "");
  const test = useChange("/api/settings/mail/test");
  return (
    <Card title={t("mail.test")}>
      <form
        className={styles["stack"]}
        onSubmit={(event) => {
          event.preventDefault();
          test.mutate({ body: { to: to.trim() } });
        }}
      >
        <p className="soft">{t("mail.test_help")}</p>
        {test.isError && <Refused error={test.error} />}
        <TextInput
          label={t("mail.test_to")}
          required
          withAsterisk={false}
          maxLength={254}
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
        <div>
          <Button type="submit" variant="default" loading={test.isPending} disabled={!settings.ready}>
            {t("mail.test_send")}
          </Button>
        </div>
        {test.data !== undefined && <ServerAnswer answer={test.data} />}
      </form>
    </Card>
  );
}

export default function MailPage() {
  const may = useMay("administer");
  const answer = useAnswer("/api/settings/mail", { enabled: may });
  if (!may) return <Redirect to="/settings/companies" />;
  return (
    <SettingsFrame>
      <Answered of={answer} lines={10}>
        {(settings) => (
          <div className={styles["wideNarrow"]}>
            <Form settings={settings} />
            <Test settings={settings} />
          </div>
        )}
      </Answered>
    </SettingsFrame>
  );
}
