// Some of an account's open debits, to promise, dispute, pay or treat apart.
import { Checkbox } from "@mantine/core";
import { isZero } from "../lib/amount";
import { useWords } from "../lib/i18n/language";
import styles from "./page.module.css";
import type { Decision } from "./why_panel";

export type DecidedItem = Decision["items"][number];

/** Items that can be promised, disputed or paid: debits still open, the oldest due first. */
export function choosable(decision: Decision): DecidedItem[] {
  return decision.items
    .filter(({ state, item }) => state !== "memo" && state !== "unapplied" && !isZero(item.open))
    .toSorted((left, right) => left.item.due_date.localeCompare(right.item.due_date));
}

export interface ItemChoiceProps {
  readonly decision: Decision;
  readonly legend: string;
  readonly chosen: readonly number[];
  readonly choose: (items: readonly number[]) => void;
  /** Only items of this currency, where money has one. */
  readonly currency?: string;
  /** What stands behind the line of an item. */
  readonly beside?: (item: number) => string | undefined;
}

export function ItemChoice({ decision, legend, chosen, choose, currency, beside }: ItemChoiceProps) {
  const { t, money, date } = useWords();
  const toggle = (id: number) =>
    choose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const lines = choosable(decision).filter(({ item }) => currency === undefined || item.currency === currency);
  const textOf = ({ item }: DecidedItem) =>
    [
      item.number,
      t("why.due_on", { date: date(item.due_date) }),
      money(item.open, item.currency),
      beside?.(item.id),
    ]
      .filter((part) => part !== undefined)
      .join(" · ");
  return (
    <fieldset className={styles["list"]} style={{ border: 0, maxHeight: 200, overflowY: "auto", paddingBlock: 4 }}>
      <legend>{legend}</legend>
      {lines.map((line) => (
        <Checkbox
          key={line.item.id}
          size="xs"
          label={textOf(line)}
          checked={chosen.includes(line.item.id)}
          onChange={() => toggle(line.item.id)}
        />
      ))}
      {lines.length === 0 && <p className="soft">{t("form.no_item")}</p>}
    </fieldset>
  );
}
