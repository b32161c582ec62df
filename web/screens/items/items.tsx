// Items: the rows behind every total, in the same perimeter and Moment.
import { NativeSelect } from "@mantine/core";
import { useMemo } from "react";
import { useLocation } from "wouter";
import { Amount } from "../../components/amount";
import { ExportButtons } from "../../components/export_buttons";
import { PagedTable } from "../../components/paged_table";
import { Chip, Page } from "../../components/page";
import styles from "../../components/page.module.css";
import { useWords, type Words } from "../../lib/i18n/language";
import { type PagePlace, usePlace } from "../../lib/perimeter";
import { usePages } from "../../lib/server";
import { bucketNames, type BucketWord, useBucketWord } from "../../components/bucket_words";
import { itemColumns, openSum } from "./item_columns";

const states = ["open", "overdue", "not_due", "unapplied", "cleared", "all"] as const;
const types = [
  "invoice",
  "credit_note",
  "payment",
  "misc",
  "draft",
  "late_fee",
  "down_payment_request",
] as const;
const filterNames = [
  "state",
  "bucket",
  "part",
  "cause",
  "type",
  "billed_in",
  "customer",
  "sort",
  "q",
] as const;

export function itemsQuery({ perimeter, param }: PagePlace) {
  return { ...perimeter, ...Object.fromEntries(filterNames.map((name) => [name, param(name)])) };
}

function bucketText(value: string, bucketWord: BucketWord): string {
  const bucket = bucketNames.find((name) => name === value);
  return bucket === undefined ? value : bucketWord(bucket);
}

/** Filters that come from a figure on another page; each can be taken away. */
function Predicates({ words, place }: { words: Words; place: PagePlace }) {
  const bucketWord = useBucketWord();
  const shown = [
    ["bucket", (value: string) => bucketText(value, bucketWord)],
    ["part", (value: string) => words.code("part", value)],
    ["cause", (value: string) => words.code("cause", value)],
    ["billed_in", (value: string) => words.t("items.billed_in", { month: words.month(`${value}-01`) })],
    ["customer", () => words.t("items.one_customer")],
  ] as const;
  return (
    <>
      {shown.map(([name, text]) => {
        const value = place.param(name);
        return value === undefined ? null : (
          <Chip key={name} tone="accent">
            {text(value)}
            <button
              type="button"
              className={styles["iconButton"]}
              onClick={() => place.change({ [name]: undefined })}
              aria-label={words.t("action.remove")}
            >
              ×
            </button>
          </Chip>
        );
      })}
    </>
  );
}

function Filters({ words, place }: { words: Words; place: PagePlace }) {
  const { t } = words;
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t("items.state")}
        value={place.param("state") ?? "open"}
        onChange={(event) => place.change({ state: event.target.value })}
        data={states.map((value) => ({ value, label: t(`items.state_${value}`) }))}
      />
      <NativeSelect
        size="xs"
        aria-label={t("column.type")}
        value={place.param("type") ?? ""}
        onChange={(event) => place.change({ type: event.target.value })}
        data={[
          { value: "", label: t("items.any_type") },
          ...types.map((value) => ({ value, label: t(`type.${value}`) })),
        ]}
      />
      <Predicates words={words} place={place} />
    </>
  );
}

export default function Items() {
  const words = useWords();
  const place = usePlace();
  const [, navigate] = useLocation();
  const query = itemsQuery(place);
  const pages = usePages("/api/items", { query: { ...query, limit: 200 } });
  const columns = useMemo(() => itemColumns(words, place), [words, place]);
  const first = pages.data?.pages[0];
  const totals = (first?.totals ?? []).map((total) => ({
    key: total.currency,
    cells: {
      number: words.t("figure.total"),
      amount: <Amount value={total.amount} />,
      open: <Amount value={total.open} />,
      currency: total.currency,
    },
  }));
  return (
    <Page title={words.t("nav.items")} tools={<ExportButtons path="/api/items" query={query} />}>
      <PagedTable
        pages={pages}
        label={words.t("nav.items")}
        columns={columns}
        rowKey={(row) => String(row.id)}
        totals={totals}
        sortedBy="due_date"
        searchable
        onOpen={(row) => navigate(place.href(`/items/${row.id}`))}
        selectionSum={openSum(words)}
        tools={<Filters words={words} place={place} />}
        empty={<p>{words.t("items.empty")}</p>}
      />
    </Page>
  );
}
