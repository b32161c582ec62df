// DSO by currency, entity or customer; each by its own billings (DSO-6).
import { useMemo } from "react";
import { Link, useLocation } from "wouter";
import type { Query, Schemas } from "../../api/client";
import { Amount, Days, ItemsLink } from "../../components/amount";
import { type By, ByChoice, useBy } from "../../components/by_choice";
import type { Column } from "../../components/data_table";
import { MeasureInfo } from "../../components/measure_info";
import { PagedTable } from "../../components/paged_table";
import { Card, Chip } from "../../components/page";
import styles from "../../components/page.module.css";
import { useWords, type Words } from "../../lib/i18n/language";
import { type PagePlace, usePlace } from "../../lib/perimeter";
import { usePages } from "../../lib/server";

type Row = Schemas["Key"] & Schemas["DsoColumns"];

function doorOf(by: By, row: Row) {
  if (row.id === null || by === "currency") return {};
  return by === "entity" ? { entity: String(row.id) } : { customer: String(row.id) };
}

function nameOf(by: By, row: Row, { href }: PagePlace) {
  if (by === "customer" && row.id !== null)
    return <Link href={href(`/customers/${row.id}`)}>{row.label}</Link>;
  if (by === "entity" && row.id !== null)
    return <Link href={href("/dso", { entity: String(row.id) })}>{row.label}</Link>;
  return row.label;
}

function currencyColumn({ t }: Words): Column<Row> {
  return { id: "currency", title: t("column.currency"), width: 74, cell: (row) => row.currency };
}

function columnsOf(by: By, words: Words, place: PagePlace): Column<Row>[] {
  const { t } = words;
  const days = (id: "days" | "best_possible" | "average_days_delinquent", title: string): Column<Row> => ({
    id,
    title,
    width: 96,
    end: true,
    sort: id,
    cell: (row) => <Days value={row[id]} moreThan={id === "days" && row.more_than} />,
  });
  return [
    { id: "label", title: t(`by.${by}`), width: 190, sort: "label", cell: (row) => nameOf(by, row, place) },
    ...(by === "currency" ? [] : [currencyColumn(words)]),
    days("days", t("nav.dso")),
    days("best_possible", t("dso.best_possible")),
    days("average_days_delinquent", t("dso.average_days_delinquent")),
    {
      id: "outstanding",
      title: t("column.outstanding"),
      width: 112,
      end: true,
      sort: "outstanding",
      cell: (row) => <ItemsLink value={row.outstanding} currency={row.currency} filter={doorOf(by, row)} />,
    },
    {
      id: "billings",
      title: t("column.billings"),
      width: 112,
      end: true,
      sort: "billings",
      cell: (row) => <Amount value={row.billings} />,
    },
    { id: "window_days", title: t("dso.window_days"), width: 84, end: true, cell: (row) => row.window_days },
    {
      id: "flags",
      title: t("figure.flags"),
      width: 130,
      cell: (row) =>
        row.flags.map((flag) => (
          <Chip key={flag} tone="warn">
            {words.code("flag", flag)}
          </Chip>
        )),
    },
  ];
}

function totalsOf(words: Words, totals: readonly Schemas["DsoColumns"][]) {
  return totals.map((total) => ({
    key: total.currency,
    cells: {
      label: words.t("dso.whole"),
      currency: total.currency,
      days: <Days value={total.days} moreThan={total.more_than} />,
      best_possible: <Days value={total.best_possible} />,
      average_days_delinquent: <Days value={total.average_days_delinquent} />,
      outstanding: <Amount value={total.outstanding} />,
      billings: <Amount value={total.billings} />,
      window_days: total.window_days,
    },
  }));
}

export function DsoRows({ query }: { query: Query }) {
  const words = useWords();
  const place = usePlace();
  const [, navigate] = useLocation();
  const by = useBy();
  const pages = usePages("/api/dso", {
    query: { ...query, by, sort: place.param("sort"), q: place.param("q"), limit: 200 },
  });
  const columns = useMemo(() => columnsOf(by, words, place), [by, words, place]);
  const first = pages.data?.pages[0];
  return (
    <Card
      title={words.t(`dso.by_${by}`)}
      tools={
        <>
          {first !== undefined && <MeasureInfo head={first} title={words.t("nav.dso")} />}
          <ByChoice />
        </>
      }
    >
      <div className={styles["stack"]}>
        {by !== "currency" && <p className="soft">{words.t("dso.not_additive")}</p>}
        <PagedTable
          pages={pages}
          label={words.t(`dso.by_${by}`)}
          columns={columns}
          rowKey={(row) => `${row.key} ${row.currency}`}
          totals={by === "currency" ? [] : totalsOf(words, first?.totals ?? [])}
          sortedBy="-outstanding"
          searchable={by === "customer"}
          onOpen={(row) =>
            by === "customer" && row.id !== null && navigate(place.href(`/customers/${row.id}`))
          }
          empty={<p>{words.t("figure.nothing")}</p>}
        />
      </div>
    </Card>
  );
}
