// One perimeter on all screens: entities, collectors, segments, currency, reporting currency, as-of date.
import { Checkbox, Popover } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../lib/i18n/language";
import { useMe } from "../lib/me";
import { idsOf, type PerimeterName, perimeterNames, usePlace } from "../lib/perimeter";
import styles from "./desk.module.css";
import { Icon } from "./icon";
import { MomentPick } from "./moment_pick";
import page from "./page.module.css";
import { SavedViews } from "./saved_views";

interface Choice {
  readonly id: number;
  readonly name: string;
}

type ListName = Extract<PerimeterName, "entity" | "collector" | "segment">;

/** Several of a list; nothing chosen means all. */
function PickMany({ name, choices }: { name: ListName; choices: readonly Choice[] }) {
  const { t, n } = useWords();
  const { perimeter, change } = usePlace();
  const chosen = idsOf(perimeter[name]);
  if (choices.length < 2 && chosen.length === 0) return null;
  const toggle = (id: number) => {
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    change({ [name]: next.join(",") });
  };
  const only = chosen.length === 1 ? choices.find((choice) => choice.id === chosen[0])?.name : undefined;
  const shown =
    chosen.length === 0 ? t(`perimeter.all_${name}`) : (only ?? n(`perimeter.${name}`, chosen.length));
  return (
    <Popover position="bottom-start" shadow="sm">
      <Popover.Target>
        <button
          type="button"
          className={styles["pick"]}
          data-set={chosen.length > 0}
          aria-label={`${t(`perimeter.${name}_label`)}: ${shown}`}
        >
          <span>{shown}</span>
          <Icon name="down" size={12} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles["pickList"]}>
          {choices.map((choice) => (
            <Checkbox
              key={choice.id}
              size="xs"
              label={choice.name}
              checked={chosen.includes(choice.id)}
              onChange={() => toggle(choice.id)}
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function PickCurrency({ name }: { name: "currency" | "reporting" }) {
  const { t } = useWords();
  const { perimeter, change } = usePlace();
  const { currencies } = useMe();
  const chosen = perimeter[name];
  return (
    <select
      className={styles["pick"]}
      data-set={chosen !== undefined}
      value={chosen ?? ""}
      aria-label={t(`perimeter.${name}_label`)}
      onChange={(event) => change({ [name]: event.target.value })}
    >
      <option value="">{t(`perimeter.no_${name}`)}</option>
      {currencies.map((currency) => (
        <option key={currency} value={currency}>
          {name === "reporting" ? t("perimeter.in_currency", { currency }) : currency}
        </option>
      ))}
    </select>
  );
}

function CopyLink() {
  const { t } = useWords();
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href);
    setDone(true);
    setTimeout(() => setDone(false), 1500);
  };
  const label = t(done ? "perimeter.copied" : "perimeter.copy");
  return (
    <button
      type="button"
      className={page["iconButton"]}
      onClick={() => void copy()}
      aria-label={label}
      title={label}
    >
      <Icon name={done ? "check" : "link"} />
    </button>
  );
}

function Reset() {
  const { t } = useWords();
  const { perimeter, change } = usePlace();
  if (Object.keys(perimeter).length === 0) return null;
  const nothing = Object.fromEntries(perimeterNames.map((name) => [name, undefined]));
  return (
    <button
      type="button"
      className={page["iconButton"]}
      onClick={() => change(nothing)}
      aria-label={t("perimeter.reset")}
      title={t("perimeter.reset")}
    >
      <Icon name="close" />
    </button>
  );
}

/** On a phone only the date shows until the rest is asked for. */
export function PerimeterBar() {
  const { t } = useWords();
  const me = useMe();
  const { perimeter } = usePlace();
  const [open, setOpen] = useState(false);
  const chosen = Object.keys(perimeter).length;
  return (
    <fieldset className={styles["perimeter"]} data-open={open} aria-label={t("perimeter.title")}>
      <MomentPick />
      <button
        type="button"
        className={`${styles["pick"]} ${styles["phoneOnly"]}`}
        data-set={chosen > 0}
        aria-expanded={open}
        onClick={() => setOpen((before) => !before)}
      >
        <span>{t("perimeter.title")}</span>
        <Icon name={open ? "up" : "down"} size={12} />
      </button>
      <div className={styles["picks"]}>
        <PickMany name="entity" choices={me.entities} />
        <PickMany name="collector" choices={me.collectors} />
        <PickMany name="segment" choices={me.segments} />
        <PickCurrency name="currency" />
        <PickCurrency name="reporting" />
        <SavedViews />
        <CopyLink />
        <Reset />
      </div>
    </fieldset>
  );
}
