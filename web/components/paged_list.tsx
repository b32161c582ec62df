// A card whose list the server gives page by page: waiting, failed, empty, and older ones by a button.
import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Card } from "./page";
import styles from "./page.module.css";
import { Failed, Waiting } from "./states";

export interface PagedListProps<T> {
  readonly title: string;
  readonly pages: UseInfiniteQueryResult<InfiniteData<{ readonly rows: readonly T[] }>>;
  /** Lines that hold its place until it is there. */
  readonly lines: number;
  readonly empty: string;
  readonly older: string;
  /** One row, as a list item with its key. */
  readonly children: (row: T) => ReactNode;
}

export function PagedList<T>({ title, pages, lines, empty, older, children }: PagedListProps<T>) {
  const rows = pages.data?.pages.flatMap((one) => one.rows);
  return (
    <Card title={title}>
      {pages.isError && <Failed error={pages.error} again={() => void pages.refetch()} />}
      {rows === undefined && !pages.isError && <Waiting lines={lines} />}
      {rows?.length === 0 && <p className="soft">{empty}</p>}
      {rows !== undefined && rows.length > 0 && <ul className={styles["list"]}>{rows.map(children)}</ul>}
      {pages.hasNextPage && (
        <Button
          mt={12}
          size="xs"
          variant="default"
          onClick={() => void pages.fetchNextPage()}
          loading={pages.isFetchingNextPage}
        >
          {older}
        </Button>
      )}
    </Card>
  );
}
