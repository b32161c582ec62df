// One message whole: where it stands and what can be done, what it says, how it came to this (MSG-1, MSG-4).
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { Amount } from "../../components/amount";
import { isMissing, NotFound } from "../../components/not_found";
import { tell } from "../../components/notice";
import { Card, Page } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { usePlace } from "../../lib/perimeter";
import { useAnswer, useChange } from "../../lib/server";
import { ServerBanner, StateChip, Totals, useKindText } from "./message_chips";
import { WrittenContent } from "./message_content";
import { type Act, actsOn, detailText } from "./message_words";
import own from "./messages.module.css";

type Message = Schemas["Message"];
/** Milliseconds after which the sheet is asked for again: a message moves on by itself. */
const again = 5_000;

function Acts({ message }: { message: Message }) {
  const { t } = useWords();
  const may = useMay("act");
  const [reason, setReason] = useState("");
  const change = useChange("/api/messages/{id}", () => {
    setReason("");
    tell({ text: t("message.act_done"), tone: "ok" });
  });
  const acts = actsOn(message.state);
  if (!may || acts.length === 0) return null;
  const act = (what: Act) =>
    change.mutate({
      body: { what, ...(reason.trim() === "" ? {} : { reason: reason.trim() }) },
      parts: { id: message.id },
    });
  return (
    <div className={styles["stack"]}>
      {change.isError && <Failed error={change.error} />}
      <TextInput
        label={t("form.reason")}
        description={t("message.reason_help")}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className={styles["row"]}>
        {acts.map((what, place) => (
          <Button
            key={what}
            variant={place === 0 && what !== "cancel" ? "filled" : "default"}
            loading={change.isPending}
            onClick={() => act(what)}
          >
            {t(`message_act.${what}`)}
          </Button>
        ))}
      </div>
    </div>
  );
}

const posted: readonly string[] = ["letter", "registered_letter"];

/** What is sent was taken by a mail server, or by the post. */
function StateText({ state, channel }: Message) {
  const { t } = useWords();
  const byPost = state === "sent" && posted.includes(channel);
  return <p>{t(byPost ? "message_state_text.sent_by_post" : `message_state_text.${state}`)}</p>;
}

function Standing({ message }: { message: Message }) {
  const words = useWords();
  const { t, instant } = words;
  const detail = detailText(message.detail, words);
  return (
    <Card title={t("message.where")} tools={<StateChip state={message.state} />}>
      <div className={styles["stack"]}>
        <StateText {...message} />
        {detail !== "" && <p>{detail}</p>}
        {message.not_before !== null && message.state === "waiting" && (
          <p className="soft">{t("message.again_at", { at: instant(message.not_before) })}</p>
        )}
        <Acts message={message} />
      </div>
    </Card>
  );
}

function Story({ message }: { message: Message }) {
  const words = useWords();
  const { t, instant } = words;
  return (
    <Card title={t("message.story")}>
      <ol className={own["story"]}>
        {message.story.map((event) => (
          <li key={`${event.at} ${event.state}`}>
            <div className={styles["row"]}>
              <StateChip state={event.state} />
              <span className="soft">
                {instant(event.at)} · {event.by ?? t("message.by_program")}
              </span>
            </div>
            {event.detail !== "" && <div>{detailText(event.detail, words)}</div>}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Items({ message }: { message: Message }) {
  const { t } = useWords();
  const { href } = usePlace();
  return (
    <Card title={t("message.asked_items")} tools={<Totals row={message} />}>
      {message.item_rows.length === 0 && <p className="soft">{t("message.no_items")}</p>}
      <table className={styles["plain"]}>
        <tbody>
          {message.item_rows.map((item) => (
            <tr key={item.id}>
              <td>
                <Link href={href(`/items/${item.id}`)}>{item.number}</Link>
              </td>
              <td className="number">
                <Amount value={item.amount} currency={item.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Origin({ message }: { message: Message }) {
  const { t, date, count } = useWords();
  const { href } = usePlace();
  const kindText = useKindText();
  return (
    <Card title={t("message.origin")}>
      <dl className={styles["pairs"]}>
        <dt>{t("message.what")}</dt>
        <dd>{kindText(message)}</dd>
        <dt>{t("message.kind")}</dt>
        <dd>{t(`message_kind.${message.kind}`)}</dd>
        <dt>{t("message.channel")}</dt>
        <dd>{t(`channel.${message.channel}`)}</dd>
        <dt>{t("message.day")}</dt>
        <dd>{date(message.day)}</dd>
        {message.run !== null && (
          <>
            <dt>{t("runs.one")}</dt>
            <dd>
              <Link href={href(`/runs/${message.run}`)}>#{message.run}</Link>
            </dd>
          </>
        )}
        <dt>{t("message.attempts")}</dt>
        <dd>{count(message.attempts)}</dd>
      </dl>
    </Card>
  );
}

function Whole({ message }: { message: Message }) {
  const { t } = useWords();
  const waits = message.state === "requested" || message.state === "waiting";
  return (
    <>
      {waits && <ServerBanner />}
      <div className={styles["narrowFirst"]}>
        <div className={styles["stack"]}>
          <Standing message={message} />
          <Story message={message} />
          <Items message={message} />
          <Origin message={message} />
        </div>
        <Card title={t("message.content")}>
          <WrittenContent message={message} />
        </Card>
      </div>
    </>
  );
}

export default function MessageSheet({ id }: { id: number }) {
  const { t } = useWords();
  const { href } = usePlace();
  const kindText = useKindText();
  const answer = useAnswer("/api/messages/{id}", { parts: { id }, again });
  const message = answer.data;
  if (isMissing(answer.error)) return <NotFound text={answer.error?.message ?? ""} />;
  return (
    <Page
      title={message === undefined ? t("nav.messages") : (message.content?.subject ?? kindText(message))}
      crumbs={[{ text: t("nav.messages"), href: href("/messages") }]}
      beside={
        message !== undefined && (
          <Link href={href(`/customers/${message.customer.id}`)}>{message.customer.name}</Link>
        )
      }
    >
      <Answered of={answer} lines={12}>
        {(data) => <Whole message={data} />}
      </Answered>
    </Page>
  );
}
