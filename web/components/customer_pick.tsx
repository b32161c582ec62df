// Another customer of the same entity, found by code or name.
import { TextInput } from "@mantine/core";
import { useDeferredValue, useState } from "react";
import type { Schemas } from "../api/client";
import { useWords } from "../lib/i18n/language";
import { useAnswer } from "../lib/server";
import styles from "./page.module.css";

export type CustomerRef = Schemas["CustomerRef"];

export interface CustomerPickProps {
  readonly label: string;
  readonly entity: number;
  /** Not offered: the customer it is for. */
  readonly without: number;
  readonly chosen: CustomerRef | undefined;
  readonly choose: (customer: CustomerRef) => void;
}

/** A customer has one row for each currency; it is offered once. */
export function offered(rows: readonly CustomerRef[], without: number): CustomerRef[] {
  const known = new Map(rows.map((row) => [row.id, { id: row.id, code: row.code, name: row.name }]));
  known.delete(without);
  return [...known.values()].slice(0, 8);
}

export function CustomerPick({ label, entity, without, chosen, choose }: CustomerPickProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState("");
  const q = useDeferredValue(typed.trim());
  const answer = useAnswer("/api/customers", {
    query: { q, entity, limit: 20, sort: "name" },
    enabled: q.length >= 2,
  });
  const found = q.length < 2 ? [] : offered(answer.data?.rows ?? [], without);
  const shown = chosen === undefined || found.some((one) => one.id === chosen.id) ? found : [chosen, ...found];
  const nothing = q.length >= 2 && answer.data !== undefined && !answer.isPlaceholderData && found.length === 0;
  return (
    <>
      <TextInput
        data-autofocus
        label={label}
        placeholder={t("table.search")}
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className={styles["list"]} role="radiogroup" aria-label={label}>
        {shown.map((one) => (
          <label key={one.id} className={styles["row"]}>
            <input
              type="radio"
              name="customer"
              checked={chosen?.id === one.id}
              onChange={() => choose(one)}
            />
            {`${one.name} (${one.code})`}
          </label>
        ))}
        {nothing && <p className="soft">{t("palette.nothing")}</p>}
      </div>
    </>
  );
}
