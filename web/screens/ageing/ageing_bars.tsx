// The ageing as bars, drawn by plain elements; the table beside it holds the figures.
import { Link } from "wouter";
import { Amount } from "../../components/amount";
import { drawnShare, isNegative } from "../../lib/amount";
import { type Changes, usePlace } from "../../lib/perimeter";
import styles from "./ageing.module.css";
import { bucketNames, useBucketWord } from "../../components/bucket_words";
import type { AgeingColumns } from "./ageing_table";

export function AgeingBars({ columns, filter = {} }: { columns: AgeingColumns; filter?: Changes }) {
  const bucketWord = useBucketWord();
  const { itemsHref } = usePlace();
  const largest = Math.max(...bucketNames.map((bucket) => Math.abs(drawnShare(columns[bucket], "1"))), 1);
  return (
    <ul className={styles["bars"]}>
      {bucketNames.map((bucket) => {
        const share = Math.abs(drawnShare(columns[bucket], "1")) / largest;
        return (
          <li key={bucket}>
            <Link className={styles["bar"] ?? ""} href={itemsHref(columns.currency, { ...filter, bucket })}>
              <span>{bucketWord(bucket)}</span>
              <span className={styles["track"]}>
                <span
                  className={styles["fill"]}
                  data-bucket={bucket}
                  data-minus={isNegative(columns[bucket])}
                  style={{ width: `${share * 100}%` }}
                />
              </span>
              <Amount value={columns[bucket]} />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
