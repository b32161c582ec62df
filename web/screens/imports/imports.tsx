// The loads, newest first, with the state of their reconciliation (IMP-4, IMP-6).
import { Button } from "@mantine/core";
import { useMemo } from "react";
import { Link, useLocation } from "wouter";
import type { Schemas } from "../../api/client";
import { type Column, windowWidths } from "../../components/data_table";
import { PagedTable } from "../../components/paged_table";
import { Chip, Page } from "../../components/page";
import { Empty } from "../../components/states";
import { useWords, type Words } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { type PagePlace, usePlace } from "../../lib/perimeter";
import { usePages } from "../../lib/server";

type Load = Schemas["Load"];

export function ReconciliationChip({ state }: { state: Load["reconciliation_state"] }) {
  const { t } = useWords();
  const tone = state === "ok" ? "ok" : state === "differences" ? "bad" : "plain";
  return <Chip tone={tone}>{t(`reconciliation.${state}`)}</Chip>;
}

function columnsOf(words: Words, { href }: PagePlace): Column<Load>[] {
  const { t, count } = words;
  const number = (id: keyof Load["counts"], from = 0): Column<Load> => ({
    id,
    title: t(`counts.${id}`),
    width: 84,
    end: true,
    from,
    cell: (row) => count(row.counts[id]),
  });
  return [
    {
      id: "at",
      title: t("imports.at"),
      width: 132,
      cell: (row) => <Link href={href(`/imports/${row.id}`)}>{words.instant(row.at)}</Link>,
    },
    { id: "file", title: t("imports.file"), width: 220, cell: (row) => row.file_name },
    { id: "kind", title: t("imports.kind"), width: 96, cell: (row) => t(`import_kind.${row.kind}`) },
    {
      id: "mode",
      title: t("imports.mode"),
      width: 110,
      from: windowWidths.widest,
      cell: (row) => t(`mode.${row.mode}`),
    },
    { id: "as_of", title: t("imports.as_of"), width: 92, cell: (row) => words.date(row.as_of) },
    number("lines"),
    number("new_items"),
    number("changed", windowWidths.wide),
    number("cleared", windowWidths.wide),
    number("refused"),
    {
      id: "state",
      title: t("imports.state"),
      width: 88,
      cell: (row) =>
        row.state === "undone" ? <Chip tone="warn">{t("imports.undone")}</Chip> : t("imports.applied"),
    },
    {
      id: "reconciliation",
      title: t("imports.reconciliation"),
      width: 124,
      cell: (row) => <ReconciliationChip state={row.reconciliation_state} />,
    },
    { id: "author", title: t("fact.author"), width: 140, from: windowWidths.widest, cell: (row) => row.author },
  ];
}

export default function Imports() {
  const words = useWords();
  const place = usePlace();
  const [, navigate] = useLocation();
  const may = useMay("import");
  const pages = usePages("/api/imports", { query: { limit: 100 } });
  const columns = useMemo(() => columnsOf(words, place), [words, place]);
  const first = pages.data?.pages[0];
  const button = may && (
    <Button component={Link} size="xs" href={place.href("/imports/new")}>
      {words.t("imports.new")}
    </Button>
  );
  return (
    <Page title={words.t("nav.imports")} tools={button}>
      {first?.count === 0 && (
        <Empty title={words.t("imports.none")} text={words.t("imports.none_text")}>
          {button}
        </Empty>
      )}
      {first?.count !== 0 && (
        <PagedTable
          pages={pages}
          label={words.t("nav.imports")}
          columns={columns}
          rowKey={(row) => String(row.id)}
          onOpen={(row) => navigate(place.href(`/imports/${row.id}`))}
        />
      )}
    </Page>
  );
}
