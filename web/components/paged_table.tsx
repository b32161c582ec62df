// A table whose rows the server gives page by page: waiting, failed, and more as it is scrolled.
// What it is sorted by and searched for stands in the address.
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { usePlace } from "../lib/perimeter";
import { DataTable, type DataTableProps } from "./data_table";
import { Failed, Waiting } from "./states";

interface Answer<T> {
  readonly rows: readonly T[];
  readonly count: number;
}

type FromAddress = "rows" | "count" | "sort" | "onSort" | "search" | "onSearch" | "onEnd" | "more";

export interface PagedTableProps<T> extends Omit<DataTableProps<T>, FromAddress> {
  readonly pages: UseInfiniteQueryResult<InfiniteData<Answer<T>>>;
  /** The order while the address asks for none; absent = the order of the server, always. */
  readonly sortedBy?: string;
  /** The server can search these rows. */
  readonly searchable?: boolean;
}

export function PagedTable<T>({ pages, sortedBy, searchable = false, ...table }: PagedTableProps<T>) {
  const { param, change } = usePlace();
  const rows = useMemo(() => pages.data?.pages.flatMap((one) => one.rows) ?? [], [pages.data]);
  const more = pages.hasNextPage && !pages.isFetchingNextPage;
  const sorting =
    sortedBy === undefined
      ? {}
      : { sort: param("sort") ?? sortedBy, onSort: (sort: string) => change({ sort }) };
  const searching = searchable ? { search: param("q"), onSearch: (q: string) => change({ q }) } : {};
  return (
    <>
      {pages.isError && <Failed error={pages.error} again={() => void pages.refetch()} />}
      {pages.isPending && <Waiting lines={10} />}
      {pages.data !== undefined && (
        <DataTable
          {...table}
          {...sorting}
          {...searching}
          rows={rows}
          count={pages.data.pages[0]?.count}
          onEnd={more ? () => void pages.fetchNextPage() : undefined}
          more={pages.isFetchingNextPage}
        />
      )}
    </>
  );
}
