// The bar on every screen: perimeter, reconciliation badge, person, language, light or dark.
import { Menu, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";
import { post, putLanguage } from "../api/client";
import { useWords } from "../lib/i18n/language";
import { useMe } from "../lib/me";
import { usePlace } from "../lib/perimeter";
import { enterAs } from "../lib/server";
import styles from "./desk.module.css";
import { Icon } from "./icon";
import page from "./page.module.css";
import { PerimeterBar } from "./perimeter_bar";

/** Does the ledger agree with the last file (IMP-6)? */
function ReconciliationBadge() {
  const { t, n } = useWords();
  const { href } = usePlace();
  const { reconciliation, last_load } = useMe();
  const { state, load_id, differences } = reconciliation;
  const text =
    state === "differences"
      ? n("badge.differences", differences)
      : t(state === "ok" ? "badge.ok" : "badge.none");
  const content = (
    <>
      <Icon name={state === "ok" ? "check" : state === "differences" ? "warning" : "imports"} />
      {text}
    </>
  );
  const id = load_id ?? last_load?.id;
  return (
    <Link
      className={styles["badge"] ?? ""}
      data-state={state}
      href={href(id == null ? "/imports" : `/imports/${id}`)}
      title={t("badge.title")}
    >
      {content}
    </Link>
  );
}

function SchemeButton() {
  const { t } = useWords();
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  const label = t(dark ? "desk.light" : "desk.dark");
  return (
    <button
      type="button"
      className={page["iconButton"]}
      onClick={() => setColorScheme(dark ? "light" : "dark")}
      aria-label={label}
      title={label}
    >
      <Icon name={dark ? "sun" : "moon"} />
    </button>
  );
}

function LanguageButton() {
  const { language, switchTo, t } = useWords();
  const next = language === "fr" ? "en" : "fr";
  const change = async () => {
    await switchTo(next);
    await putLanguage(next).catch(() => undefined);
  };
  return (
    <button
      type="button"
      className={page["iconButton"]}
      onClick={() => void change()}
      aria-label={`${next.toUpperCase()} – ${t("desk.other_language")}`}
      title={t("desk.other_language")}
      lang={next}
    >
      {next.toUpperCase()}
    </button>
  );
}

function PersonMenu() {
  const { t } = useWords();
  const { href } = usePlace();
  const [, navigate] = useLocation();
  const me = useMe();
  const client = useQueryClient();
  const leave = async () => {
    await post("/api/sign-out", undefined).catch(() => undefined);
    enterAs(client, null);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <button
          type="button"
          className={page["iconButton"]}
          aria-label={t("desk.person")}
          title={me.user.name}
        >
          <Icon name="person" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.user.name} · {t(`role.${me.role}`)}
        </Menu.Label>
        <Menu.Item onClick={() => navigate(href("/account"))}>{t("account.title")}</Menu.Item>
        <Menu.Item onClick={() => void leave()}>{t("desk.sign_out")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function TopBar({ toggleMenu }: { toggleMenu: () => void }) {
  const { t } = useWords();
  return (
    <div className={styles["topRow"]}>
      <button
        type="button"
        className={`${page["iconButton"]} ${styles["menuButton"]}`}
        onClick={toggleMenu}
        aria-label={t("desk.navigation")}
      >
        <Icon name="menu" />
      </button>
      <PerimeterBar />
      <div className={styles["topEnd"]}>
        <ReconciliationBadge />
        <LanguageButton />
        <SchemeButton />
        <PersonMenu />
      </div>
    </div>
  );
}
