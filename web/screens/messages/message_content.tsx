// A message exactly as it goes out (MSG-1): recipients, subject, both parts of the body, attachments.
import { SegmentedControl } from "@mantine/core";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import styles from "../../components/page.module.css";
import { formatSize } from "../../lib/format";
import { useWords } from "../../lib/i18n/language";
import { useKindText } from "./message_chips";
import { detailText } from "./message_words";
import own from "./messages.module.css";

export type Content = Schemas["MessageContent"];
type Mailbox = Content["from"];

export function mailboxText({ name, address }: Mailbox): string {
  return name === "" ? address : address === "" ? name : `${name} <${address}>`;
}

/** Where the frozen attachments of this message can be fetched; absent in a preview. */
function Attachments({ content, message }: { content: Content; message?: number | undefined }) {
  const { t, language } = useWords();
  if (content.attachments.length === 0) return null;
  return (
    <div>
      <h3>{t("message.attachments")}</h3>
      <ul className={styles["list"]}>
        {content.attachments.map((one, place) => (
          <li key={one.digest}>
            {message === undefined ? (
              one.name
            ) : (
              <a href={`/api/messages/${message}/attachments/${place + 1}`} download={one.name}>
                {one.name}
              </a>
            )}{" "}
            <span className="soft">{formatSize(one.bytes, language)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Recipients({ content }: { content: Content }) {
  const { t } = useWords();
  const pairs = [
    ["to", content.to.map(mailboxText).join(", ")],
    ["cc", content.cc.map(mailboxText).join(", ")],
    ["from", mailboxText(content.from)],
    ["reply_to", content.reply_to],
    ["subject", content.subject],
  ] as const;
  return (
    <dl className={styles["pairs"]}>
      {pairs.flatMap(([name, value]) =>
        value === "" ? [] : [<dt key={`${name} name`}>{t(`message.${name}`)}</dt>, <dd key={name}>{value}</dd>],
      )}
    </dl>
  );
}

/** No script runs in the frame, no form is sent from it and no link leads out of it. */
export function Body({ content }: { content: Content }) {
  const { t } = useWords();
  const [part, setPart] = useState("html");
  const html = content.html !== "" && part === "html";
  return (
    <>
      {content.html !== "" && (
        <div>
          <SegmentedControl
            size="xs"
            transitionDuration={0}
            aria-label={t("message.part")}
            value={part}
            onChange={setPart}
            data={(["html", "text"] as const).map((value) => ({ value, label: t(`message.part_${value}`) }))}
          />
        </div>
      )}
      {html ? (
        <iframe className={own["frame"]} sandbox="" srcDoc={content.html} title={t("message.part_html")} />
      ) : (
        <pre className={own["plainText"]}>{content.text}</pre>
      )}
    </>
  );
}

/** What is left out of it, and why: told before it is sent. */
function Notes({ content }: { content: Content }) {
  const words = useWords();
  if (content.notes === undefined || content.notes.length === 0) return null;
  return (
    <div role="note">
      <ul className={styles["list"]}>
        {content.notes.map((one) => (
          <li key={one}>{detailText(one, words)}</li>
        ))}
      </ul>
    </div>
  );
}

export function ContentView({ content, message }: { content: Content; message?: number }) {
  return (
    <div className={styles["stack"]}>
      <Recipients content={content} />
      <Notes content={content} />
      <Body content={content} />
      <Attachments content={content} message={message} />
    </div>
  );
}

type Refusal = Schemas["Refusal"]["refusal"];

/** Nothing of it was ever written: what it was to be, and the words that a person had given it. */
function TakenBefore({ message }: { message: Schemas["Message"] }) {
  const { t } = useWords();
  const kindText = useKindText();
  const { own_words: words } = message;
  return (
    <div className={styles["stack"]}>
      <p>{t("message.taken_before", { what: kindText(message), channel: t(`channel.${message.channel}`) })}</p>
      {words != null && (
        <>
          <h3>{t("message.own_words")}</h3>
          <p>{words.subject}</p>
          <pre className={own["plainText"]}>{words.text}</pre>
        </>
      )}
    </div>
  );
}

/** What a message says: as frozen; before that as it would be written now, and said to be so (MSG-1). */
export function WrittenContent({ message }: { message: Schemas["Message"] }) {
  const { t } = useWords();
  const { content, content_frozen: frozen, content_refusal: refusal } = message;
  if (content !== null) {
    return (
      <div className={styles["stack"]}>
        {frozen === false && (
          <p className={own["banner"]} role="note">
            {t("message.not_frozen")}
          </p>
        )}
        <ContentView content={content} message={message.id} />
      </div>
    );
  }
  if (message.state === "cancelled") return <TakenBefore message={message} />;
  const why = refusal == null ? undefined : (refusal as unknown as Refusal).text;
  return (
    <p className="soft">
      {why === undefined ? t("message.not_written") : t("message.not_writable", { why })}
    </p>
  );
}
