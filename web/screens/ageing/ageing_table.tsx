// The ageing as a table whose every amount opens its items (AGE-1).
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { ItemsLink } from "../../components/amount";
import { bucketNames, useBucketWord } from "../../components/bucket_words";
import type { By } from "../../components/by_choice";
import { Scroll } from "../../components/page";
import styles from "../../components/page.module.css";
import { useWords } from "../../lib/i18n/language";
import { type Changes, usePlace } from "../../lib/perimeter";

export type AgeingColumns = Schemas["AgeingColumns"];
export type AgeingRow = Schemas["Key"] & AgeingColumns;

/** The part of the address that narrows the items to one row. */
export function rowFilter(by: By, row: AgeingRow): Changes {
  if (by === "entity" && row.id !== null) return { entity: String(row.id) };
  if (by === "customer" && row.id !== null) return { customer: String(row.id) };
  return {};
}

export function RowName({ by, row }: { by: By; row: AgeingRow }) {
  const { href } = usePlace();
  if (by === "customer" && row.id !== null)
    return <Link href={href(`/customers/${row.id}`)}>{row.label}</Link>;
  return <>{row.label}</>;
}

function Cells({ columns, filter }: { columns: AgeingColumns; filter: Changes }) {
  return (
    <>
      {bucketNames.map((bucket) => (
        <td key={bucket} className="number">
          <ItemsLink value={columns[bucket]} currency={columns.currency} filter={{ ...filter, bucket }} />
        </td>
      ))}
      <td className="number">
        <strong>
          <ItemsLink value={columns.outstanding} currency={columns.currency} filter={filter} />
        </strong>
      </td>
    </>
  );
}

export interface AgeingTableProps {
  readonly by: By;
  readonly rows: readonly AgeingRow[];
  readonly totals: readonly AgeingColumns[];
  /** Narrows every door, as on a customer's sheet. */
  readonly filter?: Changes;
}

export function AgeingTable({ by, rows, totals, filter = {} }: AgeingTableProps) {
  const { t } = useWords();
  const bucketWord = useBucketWord();
  return (
    <Scroll>
      <table className={styles["plain"]}>
        <thead>
          <tr>
            <th>{t(`by.${by}`)}</th>
            {by !== "currency" && <th>{t("column.currency")}</th>}
            {bucketNames.map((bucket) => (
              <th key={bucket} className="number">
                {bucketWord(bucket)}
              </th>
            ))}
            <th className="number">{t("column.outstanding")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.key} ${row.currency}`}>
              <td>
                <RowName by={by} row={row} />
              </td>
              {by !== "currency" && <td>{row.currency}</td>}
              <Cells columns={row} filter={{ ...filter, ...rowFilter(by, row) }} />
            </tr>
          ))}
        </tbody>
        {by !== "currency" && (
          <tfoot>
            {totals.map((total) => (
              <tr key={total.currency}>
                <td>{t("figure.total")}</td>
                <td>{total.currency}</td>
                <Cells columns={total} filter={filter} />
              </tr>
            ))}
          </tfoot>
        )}
      </table>
    </Scroll>
  );
}
