// The words in the editor on the customer chosen, sent to one's own address: as they will look in a real inbox.
import { Button } from "@mantine/core";
import styles from "../../components/page.module.css";
import { useWords } from "../../lib/i18n/language";
import { useMay, useMe } from "../../lib/me";
import { useChange } from "../../lib/server";
import { Refused, ServerAnswer } from "./server_answer";
import type { Words } from "./text_preview";

interface Props {
  readonly words: Words;
  /** None = nobody is chosen, or the words cannot be written yet. */
  readonly customer: number | undefined;
}

export function TextTest({ words, customer }: Props) {
  const { t } = useWords();
  const { user } = useMe();
  const may = useMay("act");
  const test = useChange("/api/templates/test");
  if (!may || user.email === null) return null;
  return (
    <div className={styles["stack"]}>
      <div className={styles["row"]}>
        <Button
          variant="default"
          disabled={customer === undefined}
          loading={test.isPending}
          onClick={() => customer !== undefined && test.mutate({ body: { ...words, customer } })}
        >
          {t("texts.test")}
        </Button>
        <span className="soft">{t("texts.test_help", { to: user.email })}</span>
      </div>
      {test.isError && <Refused error={test.error} />}
      {test.data !== undefined && !test.isPending && <ServerAnswer answer={test.data} to={test.data.to} />}
    </div>
  );
}
