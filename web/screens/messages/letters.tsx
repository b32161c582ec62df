// Letters to post (MSG-2): chosen, printed as one file in the order of the post, then said to be posted.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import { fetchFile, type PostBody } from "../../api/client";
import { type Column, DataTable, windowWidths } from "../../components/data_table";
import { saveFile } from "../../components/export_buttons";
import { tell } from "../../components/notice";
import { Chip } from "../../components/page";
import { PlaceChoice, usePlaceChoice } from "../../components/place_choice";
import { Answered, Failed } from "../../components/states";
import { useWords, type Words } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { barOf, type PagePlace, usePlace } from "../../lib/perimeter";
import { onFailure, useAnswer } from "../../lib/server";
import {
  idsOf,
  type Letter,
  letterChannels,
  lettersOf,
  printable,
  printedOnes,
  townOf,
} from "./letter_words";
import { LettersPosted } from "./letters_posted";
import { Totals } from "./message_chips";
import { detailText } from "./message_words";
import { MessagesFrame } from "./messages_frame";

/** As many as one file takes. */
const together = 2000;

/** When it was printed; a letter that is no longer right says why in that place. */
function Printed({ letter, words }: { letter: Letter; words: Words }) {
  const { t, instant } = words;
  if (letter.no_longer_right !== null) {
    const text = t("letters.not_right", { why: detailText(letter.no_longer_right, words) });
    return (
      <span title={text}>
        <Chip tone="warn">{text}</Chip>
      </span>
    );
  }
  return letter.printed_at === null ? (
    <span className="soft">{t("letters.not_printed")}</span>
  ) : (
    instant(letter.printed_at)
  );
}

function columnsOf(words: Words, { href }: PagePlace): Column<Letter>[] {
  const { t } = words;
  return [
    { id: "town", title: t("letters.town"), width: 170, cell: townOf },
    {
      id: "name",
      title: t("column.customer"),
      width: 170,
      cell: (row) => <Link href={href(`/messages/${row.id}`)}>{row.name}</Link>,
    },
    {
      id: "address",
      title: t("letters.address"),
      width: 220,
      from: windowWidths.desk,
      cell: ({ address }) => <span title={address.join("\n")}>{address.join(" · ")}</span>,
    },
    {
      id: "channel",
      title: t("message.channel"),
      width: 140,
      cell: ({ channel }) => (
        <Chip tone={channel === "registered_letter" ? "accent" : "plain"}>{t(`channel.${channel}`)}</Chip>
      ),
    },
    { id: "amount", title: t("message.asked"), width: 130, end: true, cell: (row) => <Totals row={row} /> },
    {
      id: "printed",
      title: t("letters.printed"),
      width: 240,
      cell: (row) => <Printed letter={row} words={words} />,
    },
    {
      id: "entity",
      title: t("column.entity"),
      width: 68,
      from: windowWidths.wide,
      cell: ({ entity }) => entity.code,
    },
  ];
}

/** One file of these letters, saved by the browser; afterwards the list shows that they were printed. */
function usePrint() {
  const { n } = useWords();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (letters: readonly Letter[]) => {
      const body: PostBody<"/api/letters/print"> = { ids: idsOf(letters) };
      return fetchFile("/api/letters/print", { body });
    },
    onSuccess: (file, letters) => {
      saveFile(file);
      tell({ text: n("letters.printed_told", letters.length), tone: "ok" });
    },
    onError: (error) => onFailure(client, error),
    onSettled: () => void client.invalidateQueries(),
  });
}

interface ListProps {
  readonly all: readonly Letter[];
  readonly total: number;
}

function ChannelChoice({ all }: { all: readonly Letter[] }) {
  const { t, count } = useWords();
  return (
    <PlaceChoice
      name="channel"
      label={t("letters.channel")}
      values={letterChannels}
      text={(value) => `${t(`letters.channel_${value}`)} ${count(lettersOf(all, value).length)}`}
    />
  );
}

interface ActsProps {
  readonly rows: readonly Letter[];
  readonly busy: boolean;
  readonly print: (rows: readonly Letter[]) => void;
  readonly post: (rows: readonly Letter[]) => void;
}

/** About all that are shown. */
function ActsOnAll({ rows, busy, print, post }: ActsProps) {
  const { n } = useWords();
  const ready = printable(rows);
  const printed = printedOnes(rows);
  return (
    <>
      {ready.length > 0 && (
        <Button size="xs" loading={busy} onClick={() => print(ready)}>
          {n("letters.print_all", ready.length)}
        </Button>
      )}
      {printed.length > 0 && (
        <Button size="xs" variant="default" onClick={() => post(printed)}>
          {n("letters.post_printed", printed.length)}
        </Button>
      )}
    </>
  );
}

/** About the chosen ones; the sentence names what is left out. */
function ActsOnChosen({ rows, busy, print, post }: ActsProps) {
  const { t, n } = useWords();
  const ready = printable(rows);
  const left = rows.length - ready.length;
  return (
    <>
      {left > 0 && <span className="soft">{n("letters.left_out", left)} </span>}
      <Button size="compact-xs" loading={busy} disabled={ready.length === 0} onClick={() => print(ready)}>
        {t("letters.print_chosen")}
      </Button>{" "}
      <Button
        size="compact-xs"
        variant="default"
        disabled={printedOnes(rows).length === 0}
        onClick={() => post(rows)}
      >
        {t("letters.post")}
      </Button>
    </>
  );
}

function List({ all, total }: ListProps) {
  const words = useWords();
  const place = usePlace();
  const [, navigate] = useLocation();
  const may = useMay("act");
  const printing = usePrint();
  const [posted, setPosted] = useState<readonly Letter[]>();
  const channel = usePlaceChoice("channel", letterChannels);
  const rows = useMemo(() => lettersOf(all, channel), [all, channel]);
  const columns = useMemo(() => columnsOf(words, place), [words, place]);
  const acts = { busy: printing.isPending, print: printing.mutate, post: setPosted };
  const chosen = (some: readonly Letter[]): ReactNode => <ActsOnChosen rows={some} {...acts} />;
  const { t, count } = words;
  return (
    <>
      {printing.isError && <Failed error={printing.error} />}
      <p className="soft">
        {t("letters.text")}
        {total > all.length && ` ${t("section.first", { shown: count(all.length), count: count(total) })}`}
      </p>
      <DataTable
        label={t("messages.letters")}
        columns={columns}
        rows={rows}
        count={rows.length}
        rowKey={(row) => String(row.id)}
        onOpen={(row) => navigate(place.href(`/messages/${row.id}`))}
        tools={
          <>
            <ChannelChoice all={all} />
            {may && <ActsOnAll rows={rows} {...acts} />}
          </>
        }
        {...(may ? { selectionSum: chosen } : {})}
        empty={<p>{t("letters.empty")}</p>}
      />
      <LettersPosted all={posted} close={() => setPosted(undefined)} />
    </>
  );
}

export default function Letters() {
  const { perimeter } = usePlace();
  const answer = useAnswer("/api/letters", { query: { ...barOf(perimeter), limit: together }, again: 15_000 });
  return (
    <MessagesFrame>
      <Answered of={answer} lines={10}>
        {({ rows, total }) => <List all={rows} total={total} />}
      </Answered>
    </MessagesFrame>
  );
}
