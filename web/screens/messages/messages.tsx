// Every message, newest first: where it stands, and why (MSG-4).
import { Button } from "@mantine/core";
import { useMemo } from "react";
import { Link, useLocation } from "wouter";
import { type Column, DataTable, windowWidths } from "../../components/data_table";
import { Failed, Waiting } from "../../components/states";
import { useWords, type Words } from "../../lib/i18n/language";
import { barOf, type PagePlace, usePlace } from "../../lib/perimeter";
import { ActOnMany } from "./act_on_many";
import { StateChip, Totals, useKindText } from "./message_chips";
import { useMessages } from "./message_list";
import { detailText, type MessageRow, messageStates } from "./message_words";
import own from "./messages.module.css";
import { MessagesFrame } from "./messages_frame";

type KindText = ReturnType<typeof useKindText>;

function columnsOf(words: Words, { href }: PagePlace, kindText: KindText): Column<MessageRow>[] {
  const { t } = words;
  return [
    {
      id: "at",
      title: t("message.at"),
      width: 132,
      cell: (row) => <Link href={href(`/messages/${row.id}`)}>{words.instant(row.requested_at)}</Link>,
    },
    {
      id: "customer",
      title: t("column.customer"),
      width: 176,
      cell: (row) => <Link href={href(`/customers/${row.customer.id}`)}>{row.customer.name}</Link>,
    },
    { id: "state", title: t("imports.state"), width: 104, cell: (row) => <StateChip state={row.state} /> },
    { id: "what", title: t("message.what"), width: 160, cell: kindText },
    {
      id: "channel",
      title: t("message.channel"),
      width: 110,
      from: windowWidths.wide,
      cell: (row) => t(`channel.${row.channel}`),
    },
    {
      id: "amount",
      title: t("message.asked"),
      width: 124,
      end: true,
      cell: (row) => <Totals row={row} />,
    },
    {
      id: "detail",
      title: t("message.why"),
      width: 260,
      cell: (row) => <span title={detailText(row.detail, words)}>{detailText(row.detail, words)}</span>,
    },
    {
      id: "entity",
      title: t("column.entity"),
      width: 68,
      from: windowWidths.widest,
      cell: (row) => row.entity.code,
    },
  ];
}

function StateFilter({ counts }: { counts: Readonly<Record<string, number>> }) {
  const { t, count } = useWords();
  const { param, change } = usePlace();
  const state = param("state");
  const all = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const choices = [
    { value: undefined, text: t("message.all"), number: all },
    ...messageStates.map((value) => ({ value, text: t(`message_state.${value}`), number: counts[value] ?? 0 })),
  ];
  return (
    <div className={own["filters"]} role="group" aria-label={t("imports.state")}>
      {choices
        .filter((one) => one.value === undefined || one.value === state || one.number > 0)
        .map((one) => (
          <Button
            key={one.text}
            size="compact-sm"
            variant={one.value === state ? "filled" : "default"}
            aria-pressed={one.value === state}
            onClick={() => change({ state: one.value })}
          >
            {one.text} {count(one.number)}
          </Button>
        ))}
    </div>
  );
}

function Explained() {
  const { t } = useWords();
  const { param } = usePlace();
  const state = messageStates.find((one) => one === param("state"));
  return state === undefined ? null : <p className="soft">{t(`message_state_text.${state}`)}</p>;
}

export default function Messages() {
  const words = useWords();
  const place = usePlace();
  const [, navigate] = useLocation();
  const kindText = useKindText();
  const state = messageStates.find((one) => one === place.param("state"));
  const pages = useMessages({ ...barOf(place.perimeter), state, customer: place.param("customer") });
  const columns = useMemo(() => columnsOf(words, place, kindText), [words, place, kindText]);
  const rows = useMemo(() => pages.data?.pages.flatMap((one) => one.rows) ?? [], [pages.data]);
  const more = pages.hasNextPage && !pages.isFetchingNextPage;
  const counts = pages.data?.pages[0]?.counts;
  return (
    <MessagesFrame>
      {counts !== undefined && <StateFilter counts={counts} />}
      <Explained />
      {state !== undefined && place.param("customer") === undefined && rows[0] !== undefined && (
        <ActOnMany key={state} state={state} number={counts?.[state] ?? 0} upTo={rows[0].id} />
      )}
      {pages.isError && <Failed error={pages.error} again={() => void pages.refetch()} />}
      {pages.isPending && <Waiting lines={10} />}
      {pages.data !== undefined && (
        <DataTable
          label={words.t("nav.messages")}
          columns={columns}
          rows={rows}
          rowKey={(row) => String(row.id)}
          onOpen={(row) => navigate(place.href(`/messages/${row.id}`))}
          onEnd={more ? () => void pages.fetchNextPage() : undefined}
          more={pages.isFetchingNextPage}
          empty={<p>{words.t("message.empty")}</p>}
        />
      )}
    </MessagesFrame>
  );
}
