// `?` shows the keys; `g` and a letter goes to a screen.
import { useRef, useState } from "react";
import { useLocation } from "wouter";
import { useWords } from "../lib/i18n/language";
import { useKeys } from "../lib/keyboard";
import { usePlace } from "../lib/perimeter";
import styles from "./desk.module.css";
import { Icon } from "./icon";
import { Dialog } from "./overlay";
import page from "./page.module.css";

const goTo: Readonly<Record<string, string>> = {
  t: "/",
  a: "/agenda",
  c: "/customers",
  i: "/items",
  b: "/ageing",
  d: "/dso",
  m: "/imports",
  e: "/messages",
  r: "/runs",
  o: "/scenarios",
  p: "/settings",
};
const goNames = {
  t: "today",
  a: "agenda",
  c: "customers",
  i: "items",
  b: "ageing",
  d: "dso",
  m: "imports",
  e: "messages",
  r: "runs",
  o: "scenarios",
  p: "settings",
} as const;

const general = [
  ["Ctrl K", "keys.palette"],
  ["?", "keys.help"],
  ["/", "keys.search"],
  ["↑ ↓", "keys.rows"],
  ["↵", "keys.open"],
  ["␣", "keys.select"],
] as const;

const oneByOne = [
  ["J N", "keys.next"],
  ["B", "keys.previous"],
  ["E", "keys.send"],
  ["C", "keys.call"],
  ["K", "keys.done"],
  ["X", "keys.skip"],
  ["P", "keys.promise"],
  ["D", "keys.dispute"],
  ["S", "keys.stop"],
  ["A", "keys.snooze"],
  ["T", "keys.specific"],
] as const;

/** `g`, then within a second and a half the letter of the screen. */
function useGoKeys(): void {
  const { href } = usePlace();
  const [, navigate] = useLocation();
  const since = useRef(0);
  const go = (path: string) => () => {
    if (Date.now() - since.current > 1500) return false;
    since.current = 0;
    navigate(href(path));
    return true;
  };
  const letters = Object.fromEntries(Object.entries(goTo).map(([key, path]) => [key, go(path)]));
  useKeys({
    ...letters,
    g: () => {
      since.current = Date.now();
    },
  });
}

function KeyRow({ keys, text }: { keys: string; text: string }) {
  return (
    <>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{text}</dd>
    </>
  );
}

export function KeyboardHelp() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  useGoKeys();
  useKeys({ "?": () => setOpen(true) });
  return (
    <>
      <button type="button" className={styles["pick"]} onClick={() => setOpen(true)}>
        <Icon name="keyboard" />
        <span>{t("keys.title")}</span>
      </button>
      <Dialog opened={open} close={() => setOpen(false)} title={t("keys.title")}>
        <div className={page["stack"]}>
          <dl className={page["pairs"]}>
            {general.map(([keys, text]) => (
              <KeyRow key={keys} keys={keys} text={t(text)} />
            ))}
            {Object.entries(goNames).map(([key, name]) => (
              <KeyRow key={key} keys={`G ${key.toUpperCase()}`} text={t(`nav.${name}`)} />
            ))}
          </dl>
          <h3>{t("one.title")}</h3>
          <dl className={page["pairs"]}>
            {oneByOne.map(([keys, text]) => (
              <KeyRow key={keys} keys={keys} text={t(text)} />
            ))}
          </dl>
        </div>
      </Dialog>
    </>
  );
}
