// What stands over a table: search by typing, choice of columns.
import { Checkbox, Popover } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useWords } from "../lib/i18n/language";
import { useKeys } from "../lib/keyboard";
import styles from "./data_table.module.css";
import { Icon } from "./icon";
import page from "./page.module.css";

/** Asks 200 ms after the last key, so that typing is not held up by answers. */
export function TableSearch({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const latest = useRef(onSearch);
  latest.current = onSearch;
  useKeys({ "/": () => field.current?.focus() });
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => latest.current(typed), 200);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <input
      ref={field}
      type="search"
      className={styles["search"]}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      placeholder={t("table.search")}
      aria-label={t("table.search")}
    />
  );
}

interface ColumnChoiceProps {
  readonly columns: readonly { readonly id: string; readonly title: string }[];
  readonly isShown: (id: string) => boolean;
  readonly toggle: (id: string) => void;
}

export function ColumnChoice({ columns, isShown, toggle }: ColumnChoiceProps) {
  const { t } = useWords();
  return (
    <Popover position="bottom-end" withinPortal shadow="sm">
      <Popover.Target>
        <button
          type="button"
          className={page["iconButton"]}
          aria-label={t("table.columns")}
          title={t("table.columns")}
        >
          <Icon name="columns" />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={page["list"]}>
          {columns.map((column) => (
            <Checkbox
              key={column.id}
              size="xs"
              label={column.title}
              checked={isShown(column.id)}
              onChange={() => toggle(column.id)}
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
