// The open items of one account, with their running sum when chosen.
import { useMemo } from "react";
import { useLocation } from "wouter";
import { ExportButtons } from "../../components/export_buttons";
import { PagedTable } from "../../components/paged_table";
import { Card } from "../../components/page";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { usePages } from "../../lib/server";
import { itemColumns, openSum } from "../items/item_columns";

export function Statement({ customer }: { customer: number }) {
  const words = useWords();
  const place = usePlace();
  const [, navigate] = useLocation();
  const { as_of, known_at, currency } = place.perimeter;
  const query = { as_of, known_at, currency, customer, state: "open", sort: "due_date" };
  const pages = usePages("/api/items", { query: { ...query, limit: 200 } });
  const columns = useMemo(() => itemColumns(words, place, false), [words, place]);
  return (
    <Card title={words.t("customer.statement")} tools={<ExportButtons path="/api/items" query={query} />}>
      <PagedTable
        pages={pages}
        label={words.t("customer.statement")}
        columns={columns}
        rowKey={(row) => String(row.id)}
        onOpen={(row) => navigate(place.href(`/items/${row.id}`))}
        selectionSum={openSum(words)}
        empty={<p>{words.t("items.empty")}</p>}
      />
    </Card>
  );
}
