// The open items of one account, with their running sum when chosen.
import { useMemo } from "react";
import { useLocation } from "wouter";
import { DataTable } from "../../components/data_table";
import { ExportButtons } from "../../components/export_buttons";
import { Card } from "../../components/page";
import { Failed, Waiting } from "../../components/states";
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
  const rows = useMemo(() => pages.data?.pages.flatMap((one) => one.rows) ?? [], [pages.data]);
  const first = pages.data?.pages[0];
  if (pages.isError) return <Failed error={pages.error} again={() => void pages.refetch()} />;
  return (
    <Card title={words.t("customer.statement")} tools={<ExportButtons path="/api/items" query={query} />}>
      {first === undefined ? (
        <Waiting lines={6} />
      ) : (
        <DataTable
          label={words.t("customer.statement")}
          columns={columns}
          rows={rows}
          rowKey={(row) => String(row.id)}
          count={first.count}
          onOpen={(row) => navigate(place.href(`/items/${row.id}`))}
          onEnd={
            pages.hasNextPage && !pages.isFetchingNextPage ? () => void pages.fetchNextPage() : undefined
          }
          more={pages.isFetchingNextPage}
          selectionSum={openSum(words)}
          empty={<p>{words.t("items.empty")}</p>}
        />
      )}
    </Card>
  );
}
