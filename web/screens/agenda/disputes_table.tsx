// Disputes whose follow-up day has come (STA-1, DIS-1): who disputes what, since when, and why.
import { useMemo } from "react";
import type { Schemas } from "../../api/client";
import { Amount } from "../../components/amount";
import { type Column, windowWidths } from "../../components/data_table";
import { ItemLinks } from "../../components/item_links";
import { useWords, type Words } from "../../lib/i18n/language";
import { type PagePlace, usePlace } from "../../lib/perimeter";
import { customerColumn, SectionTable, whoseColumns } from "./section_tables";

type Dispute = Schemas["DisputeRow"];

function columnsOf(words: Words, place: PagePlace): Column<Dispute>[] {
  const { t, code, date } = words;
  return [
    { id: "follow_up", title: t("section.follow_up"), width: 110, cell: (row) => date(row.follow_up) },
    customerColumn(words, place),
    {
      id: "cause",
      title: t("section.what"),
      width: 150,
      cell: ({ dispute: { cause } }) => (cause === null ? "" : code("cause", cause)),
    },
    {
      id: "items",
      title: t("nav.items"),
      width: 200,
      cell: ({ dispute: { items } }) =>
        items.length === 0 ? t("standing.whole_account") : <ItemLinks items={items} />,
    },
    {
      id: "amount",
      title: t("column.amount"),
      width: 130,
      end: true,
      cell: ({ dispute: { amount, currency } }) =>
        amount !== null && currency !== null && <Amount value={amount} currency={currency} />,
    },
    {
      id: "reason",
      title: t("message.why"),
      width: 240,
      from: windowWidths.desk,
      cell: ({ dispute }) => <span title={dispute.reason}>{dispute.reason}</span>,
    },
    ...whoseColumns<Dispute>(words),
  ];
}

export function DisputesTable({ of, open }: { of: { count: number; rows: Dispute[] }; open: (id: number) => void }) {
  const words = useWords();
  const place = usePlace();
  const columns = useMemo(() => columnsOf(words, place), [words, place]);
  return (
    <SectionTable
      section="disputes"
      of={of}
      columns={columns}
      rowKey={(row) => String(row.dispute.id)}
      onOpen={(row) => open(row.customer.id)}
    />
  );
}
