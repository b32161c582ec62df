// Promises of this week, those past and not judged yet, and the broken ones that nothing answered (COL-10, PRO-1).
import { useMemo } from "react";
import type { Schemas } from "../../api/client";
import { Amount } from "../../components/amount";
import { type Column, windowWidths } from "../../components/data_table";
import { ItemLinks } from "../../components/item_links";
import { Chip } from "../../components/page";
import { useWords, type Words } from "../../lib/i18n/language";
import { useMe } from "../../lib/me";
import { type PagePlace, usePlace } from "../../lib/perimeter";
import { customerColumn, SectionTable, whoseColumns } from "./section_tables";

type PromiseRow = Schemas["PromiseRow"];

const isBad = (state: PromiseRow["state"]) => state === "broken" || state === "partly_kept";

function columnsOf(words: Words, place: PagePlace, today: string): Column<PromiseRow>[] {
  const { t, date } = words;
  const said = (row: PromiseRow) =>
    row.state === "pending" && row.date === today ? t("section.promised_today") : t(`promise.${row.state}`);
  return [
    { id: "date", title: t("section.promised_for"), width: 120, cell: (row) => date(row.date) },
    {
      id: "state",
      title: t("section.what"),
      width: 150,
      cell: (row) => (
        <Chip tone={isBad(row.state) ? "bad" : row.date === today ? "accent" : "plain"}>{said(row)}</Chip>
      ),
    },
    customerColumn(words, place),
    {
      id: "promised",
      title: t("section.promised"),
      width: 130,
      end: true,
      cell: ({ promised }) => <Amount value={promised.amount} currency={promised.currency} />,
    },
    {
      id: "received",
      title: t("section.received"),
      width: 130,
      end: true,
      cell: ({ received }) => <Amount value={received.amount} currency={received.currency} />,
    },
    {
      id: "items",
      title: t("nav.items"),
      width: 200,
      from: windowWidths.desk,
      cell: ({ promise: { items } }) =>
        items.length === 0 ? t("standing.whole_account") : <ItemLinks items={items} />,
    },
    ...whoseColumns<PromiseRow>(words),
  ];
}

interface PromisesProps {
  readonly of: Schemas["PromiseSection"];
  readonly open: (customer: number) => void;
}

export function PromisesTable({ of, open }: PromisesProps) {
  const words = useWords();
  const place = usePlace();
  const me = useMe();
  const today = place.param("date") ?? place.perimeter.as_of ?? me.today;
  const columns = useMemo(() => columnsOf(words, place, today), [words, place, today]);
  return (
    <SectionTable
      section="promises"
      of={of}
      columns={columns}
      rowKey={(row) => String(row.promise.id)}
      onOpen={(row) => open(row.customer.id)}
    />
  );
}
