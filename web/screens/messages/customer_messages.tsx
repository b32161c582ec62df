// What was written to a customer, newest first; each opens with its exact content (MSG-1, MSG-4).
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import styles from "../../components/page.module.css";
import { PagedList } from "../../components/paged_list";
import { Answered } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { useAnswer } from "../../lib/server";
import { StateChip, Totals, useKindText } from "./message_chips";
import { WrittenContent } from "./message_content";
import { useMessages } from "./message_list";
import { detailText, type MessageRow } from "./message_words";

function Whole({ id }: { id: number }) {
  const answer = useAnswer("/api/messages/{id}", { parts: { id } });
  return (
    <Answered of={answer} lines={6}>
      {(message) => <WrittenContent message={message} />}
    </Answered>
  );
}

function Line({ row }: { row: MessageRow }) {
  const words = useWords();
  const { t, instant } = words;
  const { href } = usePlace();
  const kindText = useKindText();
  const [open, setOpen] = useState(false);
  const detail = row.state === "sent" ? "" : detailText(row.detail, words);
  return (
    <li className={styles["stack"]}>
      <div className={styles["row"]}>
        <div>
          <StateChip state={row.state} />{" "}
          <Link href={href(`/messages/${row.id}`)}>{kindText(row)}</Link> <Totals row={row} />
          <div className="soft">
            {instant(row.requested_at)} · {t(`channel.${row.channel}`)}
            {detail !== "" && ` · ${detail}`}
          </div>
        </div>
        <div className={styles["tools"]}>
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={open}
            onClick={() => setOpen((before) => !before)}
          >
            {t("message.content")}
          </Button>
        </div>
      </div>
      {open && <Whole id={row.id} />}
    </li>
  );
}

export function CustomerMessages({ customer, limit }: { customer: number; limit: number }) {
  const { t } = useWords();
  const pages = useMessages({ customer }, limit);
  const words = { title: t("nav.messages"), empty: t("message.none_yet"), older: t("message.older") };
  return (
    <PagedList pages={pages} lines={3} {...words}>
      {(row: MessageRow) => <Line key={row.id} row={row} />}
    </PagedList>
  );
}
