// What a mail server, or our own before asking it, said to a test.
import { RefusalError, type Schemas } from "../../api/client";
import { Chip } from "../../components/page";
import styles from "../../components/page.module.css";
import { Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { detailText, withReason } from "../messages/message_words";

/** A refusal with the code of its reason in words. */
export function Refused({ error }: { error: Error }) {
  const words = useWords();
  if (!(error instanceof RefusalError)) return <Failed error={error} />;
  const { status, code, data } = error;
  const text = withReason(error.message, data["reason"], words);
  return <Failed error={new RefusalError(status, code, text, data)} />;
}

export function ServerAnswer({ answer, to }: { answer: Schemas["MailTest"]; to?: string }) {
  const words = useWords();
  const { t } = words;
  const cause = detailText(answer.cause, words);
  const said = [answer.code === 0 ? "" : String(answer.code), answer.answer].filter((one) => one !== "").join(" ");
  return (
    <div role="status" className={styles["stack"]}>
      <p>
        <Chip tone={answer.outcome === "sent" ? "ok" : "bad"}>{words.code("mail_outcome", answer.outcome)}</Chip>{" "}
        {to} {cause}
      </p>
      {said !== "" && (
        <p>
          <span className="soft">{t("mail.server_said")}</span> {said}
        </p>
      )}
    </div>
  );
}
