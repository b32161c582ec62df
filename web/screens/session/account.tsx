// One's own password; the language is in the bar above.
import { Button, PasswordInput } from "@mantine/core";
import { useState } from "react";
import { tell } from "../../components/notice";
import { Card, Page } from "../../components/page";
import styles from "../../components/page.module.css";
import { Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMe } from "../../lib/me";
import { useChange } from "../../lib/server";

function PasswordForm() {
  const { t } = useWords();
  const { user } = useMe();
  const change = useChange("/api/me/password");
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const save = () =>
    change.mutate(
      { body: { current: user.has_password ? current : null, password } },
      {
        onSuccess: () => {
          tell({ text: t("account.saved"), tone: "ok" });
          setCurrent("");
          setPassword("");
        },
      },
    );
  return (
    <form
      className={styles["stack"]}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {change.isError && <Failed error={change.error} />}
      {user.has_password && (
        <PasswordInput
          label={t("account.current")}
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          required
          withAsterisk={false}
        />
      )}
      <PasswordInput
        label={t("account.new")}
        description={t("account.rule")}
        autoComplete="new-password"
        minLength={12}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        required
        withAsterisk={false}
      />
      <div>
        <Button type="submit" loading={change.isPending}>
          {t("action.save")}
        </Button>
      </div>
    </form>
  );
}

export default function Account() {
  const { t } = useWords();
  const { user, role } = useMe();
  return (
    <Page title={t("account.title")}>
      <div className={styles["two"]}>
        <Card title={user.name}>
          <p className="soft">
            {user.email ?? ""} {t(`role.${role}`)}
          </p>
        </Card>
        <Card title={t("account.password")}>
          <PasswordForm />
        </Card>
      </div>
    </Page>
  );
}
