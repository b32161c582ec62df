// Disputes whose follow-up day has come (STA-1, DIS-1): who disputes what, since when, and why.
import { useMemo } from "react";
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { Amount } from "../../components/amount";
import { type Column, windowWidths } from "../../components/data_table";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { customerColumn, SectionTable, whoseColumns } from "./section_tables";

type Dispute = Schemas["DisputeRow"];

export function DisputesTable({ of, open }: { of: { count: number; rows: Dispute[] }; open: (id: number) => void }) {
  const words = useWords();
  const place = usePlace();
  const columns = useMemo<Column<Dispute>[]>(
    () => [
      {
        id: "follow_up",
        title: words.t("section.follow_up"),
        width: 110,
        cell: (row) => words.date(row.follow_up),
      },
      customerColumn(words, place),
      {
        id: "cause",
        title: words.t("section.what"),
        width: 150,
        cell: ({ dispute }) => (dispute.cause === null ? "" : words.code("cause", dispute.cause)),
      },
      {
        id: "items",
        title: words.t("nav.items"),
        width: 200,
        cell: ({ dispute }) =>
          dispute.items.length === 0
            ? words.t("standing.whole_account")
            : dispute.items.map((item) => (
                <Link key={item.id} href={place.href(`/items/${item.id}`)}>
                  {item.number}{" "}
                </Link>
              )),
      },
      {
        id: "amount",
        title: words.t("column.amount"),
        width: 130,
        end: true,
        cell: ({ dispute }) =>
          dispute.amount !== null &&
          dispute.currency !== null && <Amount value={dispute.amount} currency={dispute.currency} />,
      },
      {
        id: "reason",
        title: words.t("message.why"),
        width: 240,
        from: windowWidths.desk,
        cell: ({ dispute }) => <span title={dispute.reason}>{dispute.reason}</span>,
      },
      ...whoseColumns<Dispute>(words),
    ],
    [words, place],
  );
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
