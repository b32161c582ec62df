// Saved views: an address with a name, kept in this browser.
import { Button, Popover, TextInput } from "@mantine/core";
import { useState } from "react";
import { useLocation } from "wouter";
import { useWords } from "../lib/i18n/language";
import styles from "./desk.module.css";
import { Icon } from "./icon";
import page from "./page.module.css";

interface View {
  readonly name: string;
  readonly address: string;
}

const storageKey = "countback.views";

function isView(value: unknown): value is View {
  return typeof value === "object" && value !== null && "name" in value && "address" in value;
}

function readViews(): readonly View[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}

function ViewList({
  views,
  open,
  remove,
}: {
  views: readonly View[];
  open: (view: View) => void;
  remove: (view: View) => void;
}) {
  const { t } = useWords();
  return (
    <ul className={page["list"]}>
      {views.map((view) => (
        <li key={view.name} className={page["row"]}>
          <Button size="compact-sm" variant="subtle" onClick={() => open(view)}>
            {view.name}
          </Button>
          <button
            type="button"
            className={page["iconButton"]}
            onClick={() => remove(view)}
            aria-label={t("views.remove", { name: view.name })}
          >
            <Icon name="close" size={12} />
          </button>
        </li>
      ))}
    </ul>
  );
}

export function SavedViews() {
  const { t } = useWords();
  const [, navigate] = useLocation();
  const [open, setOpen] = useState(false);
  const [views, setViews] = useState(readViews);
  const [name, setName] = useState("");
  const keep = (next: readonly View[]) => {
    localStorage.setItem(storageKey, JSON.stringify(next));
    setViews(next);
  };
  const add = () => {
    if (name.trim() === "") return;
    const view = { name: name.trim(), address: window.location.pathname + window.location.search };
    keep([...views.filter((one) => one.name !== view.name), view]);
    setName("");
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="sm" trapFocus>
      <Popover.Target>
        <button type="button" className={styles["pick"]} onClick={() => setOpen((before) => !before)}>
          <span>{t("views.title")}</span>
          <Icon name="down" size={12} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={page["stack"]}
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          {views.length === 0 && <p className="soft">{t("views.empty")}</p>}
          <ViewList
            views={views}
            open={(view) => {
              setOpen(false);
              navigate(view.address);
            }}
            remove={(view) => keep(views.filter((one) => one !== view))}
          />
          <TextInput
            size="xs"
            label={t("views.name")}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button size="xs" type="submit">
            {t("views.save")}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
