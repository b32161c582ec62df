// Customers with their figures, one row per customer and currency.
import { useMemo } from "react";
import { Link, useLocation } from "wouter";
import type { Schemas } from "../../api/client";
import { Amount, Days, ItemsLink } from "../../components/amount";
import { type Column, windowWidths } from "../../components/data_table";
import { ExportButtons } from "../../components/export_buttons";
import { PagedTable } from "../../components/paged_table";
import { Chip, Page, type Tone } from "../../components/page";
import { sumByCurrency } from "../../lib/amount";
import { useWords, type Words } from "../../lib/i18n/language";
import { type Changes, type PagePlace, usePlace } from "../../lib/perimeter";
import { usePages } from "../../lib/server";

type Row = Schemas["CustomerRow"];
const balances = ["not_due", "overdue", "unapplied", "outstanding"] as const;
type Balance = (typeof balances)[number];

export function profileTone(profile: Schemas["Profile"]): Tone {
  if (profile === "early" || profile === "on_time") return "ok";
  if (profile === "chronic" || profile === "insolvent") return "bad";
  return profile === "very_slow" || profile === "slow" ? "warn" : "plain";
}

export function balanceFilter(name: Balance): Changes {
  return name === "outstanding" ? {} : { state: name };
}

function balanceColumn(name: Balance, words: Words): Column<Row> {
  return {
    id: name,
    title: words.t(`column.${name}`),
    width: 104,
    end: true,
    sort: name,
    cell: (row) => (
      <ItemsLink
        value={row[name]}
        currency={row.currency}
        filter={{ customer: String(row.id), ...balanceFilter(name) }}
      />
    ),
  };
}

function identityColumns({ t }: Words, { href }: PagePlace): Column<Row>[] {
  return [
    {
      id: "name",
      title: t("column.customer"),
      width: 176,
      sort: "name",
      cell: (row) => <Link href={href(`/customers/${row.id}`)}>{row.name}</Link>,
    },
    {
      id: "code",
      from: windowWidths.wide,
      title: t("column.code"),
      width: 84,
      sort: "code",
      cell: (row) => row.code,
    },
    {
      id: "entity",
      from: windowWidths.wide,
      title: t("column.entity"),
      width: 68,
      cell: (row) => row.entity.code,
    },
  ];
}

function followColumns({ t, date }: Words): Column<Row>[] {
  return [
    {
      id: "collector",
      from: windowWidths.widest,
      title: t("column.collector"),
      width: 130,
      cell: (row) => row.collector?.name ?? "",
    },
    {
      id: "next_step",
      title: t("column.next_step"),
      from: windowWidths.widest,
      width: 190,
      cell: (row) =>
        [row.next_step, row.next_step_date === null ? "" : date(row.next_step_date)]
          .filter(Boolean)
          .join(" · "),
    },
  ];
}

function columnsOf(words: Words, place: PagePlace): Column<Row>[] {
  const { t, date } = words;
  return [
    ...identityColumns(words, place),
    { id: "currency", title: t("column.currency"), width: 74, cell: (row) => row.currency },
    ...balances.map((name) => balanceColumn(name, words)),
    {
      id: "oldest_due",
      title: t("column.oldest_due"),
      width: 92,
      sort: "oldest_due",
      cell: (row) => (row.oldest_due === null ? "" : date(row.oldest_due)),
    },
    {
      id: "dso",
      title: t("nav.dso"),
      width: 60,
      end: true,
      sort: "dso",
      cell: (row) => <Days value={row.dso} moreThan={row.dso_more_than} />,
    },
    {
      id: "weighted_delay",
      title: t("column.delay"),
      width: 76,
      end: true,
      cell: (row) => <Days value={row.weighted_delay} />,
    },
    {
      id: "profile",
      title: t("column.profile"),
      width: 96,
      cell: (row) => <Chip tone={profileTone(row.profile)}>{t(`profile.${row.profile}`)}</Chip>,
    },
    ...followColumns(words),
  ];
}

function totalsOf(words: Words, totals: readonly Schemas["BalanceColumns"][]) {
  return totals.map((total) => ({
    key: total.currency,
    cells: {
      name: words.t("figure.total"),
      currency: total.currency,
      ...Object.fromEntries(
        balances.map((name) => [
          name,
          <ItemsLink key={name} value={total[name]} currency={total.currency} filter={balanceFilter(name)} />,
        ]),
      ),
    },
  }));
}

function overdueSum() {
  return (rows: readonly Row[]) => {
    const sums = sumByCurrency(rows, (row) => row.overdue);
    return sums.map((sum) => <Amount key={sum.currency} value={sum.amount} currency={sum.currency} />);
  };
}

export default function Customers() {
  const words = useWords();
  const place = usePlace();
  const [, navigate] = useLocation();
  const query = { ...place.perimeter, sort: place.param("sort"), q: place.param("q") };
  const pages = usePages("/api/customers", { query: { ...query, limit: 200 } });
  const columns = useMemo(() => columnsOf(words, place), [words, place]);
  const first = pages.data?.pages[0];
  return (
    <Page title={words.t("nav.customers")} tools={<ExportButtons path="/api/customers" query={query} />}>
      <PagedTable
        pages={pages}
        label={words.t("nav.customers")}
        columns={columns}
        rowKey={(row) => `${row.id} ${row.currency}`}
        totals={totalsOf(words, first?.totals ?? [])}
        sortedBy="-overdue"
        searchable
        onOpen={(row) => navigate(place.href(`/customers/${row.id}`))}
        selectionSum={overdueSum()}
        empty={<p>{words.t("customers.empty")}</p>}
      />
    </Page>
  );
}
