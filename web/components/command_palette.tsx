// Ctrl K: go to a screen, a customer or an item by typing.
import { type KeyboardEvent, lazy, Suspense, useDeferredValue, useEffect, useId, useState } from "react";
import { useLocation } from "wouter";
import { useWords } from "../lib/i18n/language";
import { useKeys } from "../lib/keyboard";
import { usePlace } from "../lib/perimeter";
import { useAnswer } from "../lib/server";
import styles from "./command_palette.module.css";
import { places } from "./desk_places";

const fetchPanel = () => import("./palette_panel");
const PalettePanel = lazy(fetchPanel);
/** Milliseconds after which the first page stands and the panel can be fetched beside it. */
const fetchAfter = 1500;

interface Command {
  readonly key: string;
  readonly text: string;
  readonly beside: string;
  readonly path: string;
}

function usePlaceCommands(typed: string): Command[] {
  const { t } = useWords();
  const all = places.map(([path, name]) => ({
    key: path,
    text: t(`nav.${name}`),
    beside: t("palette.screen"),
    path,
  }));
  const extra = { key: "new", text: t("imports.new"), beside: t("palette.action"), path: "/imports/new" };
  return [...all, extra].filter((command) => command.text.toLowerCase().includes(typed.toLowerCase()));
}

function useFoundCommands(typed: string): Command[] {
  const enabled = typed.length >= 2;
  const customers = useAnswer("/api/customers", { query: { q: typed, limit: 6 }, enabled });
  const items = useAnswer("/api/items", { query: { q: typed, limit: 6, state: "all" }, enabled });
  if (!enabled) return [];
  /** What was found for fewer letters stays only where it fits the letters typed since: Enter takes the first. */
  const fits = (command: Command, stale: boolean) =>
    !stale || command.text.toLowerCase().includes(typed.toLowerCase());
  const people = (customers.data?.rows ?? []).map((row) => ({
    key: `c${row.id}${row.currency}`,
    text: `${row.name} (${row.code})`,
    beside: row.entity.name,
    path: `/customers/${row.id}`,
  }));
  const papers = (items.data?.rows ?? []).map((row) => ({
    key: `i${row.id}`,
    text: row.number,
    beside: row.customer.name,
    path: `/items/${row.id}`,
  }));
  return [
    ...people.filter((one) => fits(one, customers.isPlaceholderData)),
    ...papers.filter((one) => fits(one, items.isPlaceholderData)),
  ];
}

function useCommandKeys(commands: readonly Command[], run: (command: Command) => void) {
  const [active, setActive] = useState(0);
  const at = Math.min(active, Math.max(0, commands.length - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setActive(Math.min(at + 1, commands.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(at - 1, 0));
    else if (event.key === "Enter" && commands[at] !== undefined) run(commands[at]);
    else return;
    event.preventDefault();
  };
  return { at, onKeyDown };
}

function Palette({ close }: { close: () => void }) {
  const { t } = useWords();
  const { href } = usePlace();
  const [, navigate] = useLocation();
  const [typed, setTyped] = useState("");
  const id = useId();
  const asked = useDeferredValue(typed.trim());
  const found = useFoundCommands(asked);
  const commands = [...usePlaceCommands(typed.trim()), ...found];
  const run = (command: Command) => {
    close();
    navigate(href(command.path));
  };
  const { at, onKeyDown } = useCommandKeys(commands, run);
  return (
    <>
      <input
        className={styles["field"]}
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder={t("palette.hint")}
        aria-label={t("palette.hint")}
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={`${id}-${at}`}
      />
      <div className={styles["results"]} id={id} role="listbox" aria-label={t("palette.title")}>
        {commands.map((command, index) => (
          // The field above holds the focus and its keys.
          <div
            key={command.key}
            id={`${id}-${index}`}
            className={styles["result"]}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            onClick={() => run(command)}
          >
            <span>{command.text}</span>
            <span>{command.beside}</span>
          </div>
        ))}
        {commands.length === 0 && <p className="soft">{t("palette.nothing")}</p>}
      </div>
    </>
  );
}

export function CommandPalette() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  useKeys({ "ctrl+k": () => setOpen((before) => !before) });
  // At hand before the first Ctrl K, so that no letter typed after it is lost.
  useEffect(() => {
    const timer = setTimeout(() => void fetchPanel(), fetchAfter);
    return () => clearTimeout(timer);
  }, []);
  const close = () => setOpen(false);
  if (!open) return null;
  return (
    <Suspense fallback={null}>
      <PalettePanel close={close} label={t("palette.title")}>
        <Palette close={close} />
      </PalettePanel>
    </Suspense>
  );
}
