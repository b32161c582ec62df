// Ageing by due date, by currency, entity or customer (AGE-1).
import { useMemo } from "react";
import { useLocation } from "wouter";
import type { Schemas } from "../../api/client";
import { ItemsLink } from "../../components/amount";
import { bucketNames, type BucketWord, useBucketWord } from "../../components/bucket_words";
import { type By, ByChoice, useBy } from "../../components/by_choice";
import { useCurrencyChoice } from "../../components/currency_choice";
import { type Column, windowWidths } from "../../components/data_table";
import { ExportButtons } from "../../components/export_buttons";
import { MeasureInfo } from "../../components/measure_info";
import { PagedTable } from "../../components/paged_table";
import { Card, Page } from "../../components/page";
import styles from "../../components/page.module.css";
import { PlaceChoice } from "../../components/place_choice";
import { Empty, Failed, Waiting } from "../../components/states";
import { useWords, type Words } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { usePages } from "../../lib/server";
import { AgeingBars } from "./ageing_bars";
import { type AgeingColumns, type AgeingRow, AgeingTable, RowName, rowFilter } from "./ageing_table";

function Choices() {
  const { t } = useWords();
  return (
    <>
      <ByChoice />
      <PlaceChoice
        name="unapplied"
        label={t("bucket.unapplied")}
        values={["own", "netted"]}
        text={(value) => t(`ageing.${value}`)}
      />
    </>
  );
}

function customerColumns(words: Words, bucketWord: BucketWord): Column<AgeingRow>[] {
  const figure = (
    id: keyof AgeingColumns,
    title: string,
    filter: Record<string, string>,
  ): Column<AgeingRow> => ({
    id,
    title,
    width: 100,
    end: true,
    sort: id,
    // It is the sum of the buckets before it: the first to give way.
    from: id === "overdue" ? windowWidths.wide : 0,
    cell: (row) => (
      <ItemsLink
        value={row[id]}
        currency={row.currency}
        filter={{ ...rowFilter("customer", row), ...filter }}
      />
    ),
  });
  return [
    {
      id: "label",
      title: words.t("by.customer"),
      width: 160,
      sort: "label",
      cell: (row) => <RowName by="customer" row={row} />,
    },
    {
      id: "key",
      title: words.t("column.code"),
      width: 112,
      sort: "key",
      cell: (row) => row.key,
      hidden: true,
    },
    { id: "currency", title: words.t("column.currency"), width: 74, cell: (row) => row.currency },
    ...bucketNames.map((bucket) => figure(bucket, bucketWord(bucket), { bucket })),
    figure("overdue", words.t("column.overdue"), { state: "overdue" }),
    figure("outstanding", words.t("column.outstanding"), {}),
  ];
}

function totalCells(words: Words, total: AgeingColumns) {
  const names = [...bucketNames, "overdue", "outstanding"] as const;
  const door = (name: (typeof names)[number]) => {
    const filter = name === "overdue" ? { state: "overdue" } : name === "outstanding" ? {} : { bucket: name };
    return <ItemsLink value={total[name]} currency={total.currency} filter={filter} />;
  };
  return {
    key: total.currency,
    cells: {
      label: words.t("figure.total"),
      currency: total.currency,
      ...Object.fromEntries(names.map((name) => [name, door(name)])),
    },
  };
}

type Pages = ReturnType<typeof usePages<"/api/ageing">>;

function CustomerTable({ pages, totals }: { pages: Pages; totals: readonly AgeingColumns[] }) {
  const words = useWords();
  const place = usePlace();
  const [, navigate] = useLocation();
  const bucketWord = useBucketWord();
  const columns = useMemo(() => customerColumns(words, bucketWord), [words, bucketWord]);
  return (
    <PagedTable
      pages={pages}
      label={words.t("nav.ageing")}
      columns={columns}
      rowKey={(row) => `${row.key} ${row.currency}`}
      totals={totals.map((total) => totalCells(words, total))}
      sortedBy="-outstanding"
      searchable
      onOpen={(row) => row.id !== null && navigate(place.href(`/customers/${row.id}`))}
      empty={<p>{words.t("figure.nothing")}</p>}
    />
  );
}

function Overview({ by, ageing }: { by: By; ageing: Schemas["Ageing"] }) {
  const { t } = useWords();
  const { row, control } = useCurrencyChoice(ageing.totals);
  if (row === undefined) return <Empty title={t("figure.nothing")} text={t("figure.nothing_text")} />;
  const info = <MeasureInfo head={ageing} title={t("nav.ageing")} />;
  return (
    <>
      <Card
        title={t("ageing.bars", { currency: row.currency })}
        tools={
          <>
            {info}
            {control}
          </>
        }
      >
        <AgeingBars columns={row} />
      </Card>
      {by !== "customer" && (
        <Card title={t(`ageing.by_${by}`)}>
          <AgeingTable by={by} rows={ageing.rows} totals={ageing.totals} />
        </Card>
      )}
    </>
  );
}

export default function Ageing() {
  const { t } = useWords();
  const { perimeter, param } = usePlace();
  const by = useBy();
  const query = {
    ...perimeter,
    by,
    unapplied: param("unapplied"),
    sort: param("sort"),
    q: param("q"),
    customer: param("customer"),
  };
  const pages = usePages("/api/ageing", { query: { ...query, limit: 200 } });
  const first = pages.data?.pages[0];
  return (
    <Page
      title={t("nav.ageing")}
      tools={
        <>
          <Choices />
          <ExportButtons path="/api/ageing" query={query} />
        </>
      }
    >
      {pages.isError && <Failed error={pages.error} again={() => void pages.refetch()} />}
      {first === undefined && !pages.isError && <Waiting lines={10} />}
      {first !== undefined && (
        <div className={styles["stack"]}>
          <Overview by={by} ageing={first} />
          {by === "customer" && <CustomerTable pages={pages} totals={first.totals} />}
        </div>
      )}
    </Page>
  );
}
