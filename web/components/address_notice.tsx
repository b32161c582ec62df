// The address asks for a date or a perimeter that cannot be: said, because other figures are shown than were asked for.
import { Button } from "@mantine/core";
import { useSearch } from "wouter";
import { useWords } from "../lib/i18n/language";
import { usePlace, type WrongValue, wrongIn } from "../lib/perimeter";
import styles from "./desk.module.css";

const labels = {
  entity: "perimeter.entity_label",
  collector: "perimeter.collector_label",
  segment: "perimeter.segment_label",
  currency: "perimeter.currency_label",
  reporting: "perimeter.reporting_label",
} as const;

function Line({ wrong: { name, value } }: { wrong: WrongValue }) {
  const { t } = useWords();
  if (name === "as_of" || name === "known_at") return <p>{t(`address.wrong_${name}`, { value })}</p>;
  return <p>{t("address.wrong_value", { value, name: t(labels[name]) })}</p>;
}

export function AddressNotice() {
  const { t } = useWords();
  const { change } = usePlace();
  const wrong = wrongIn(useSearch());
  if (wrong.length === 0) return null;
  return (
    <div className={styles["wrongAddress"]} role="alert">
      <div>
        {wrong.map((one) => (
          <Line key={one.name} wrong={one} />
        ))}
      </div>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => change(Object.fromEntries(wrong.map((one) => [one.name, undefined])))}
      >
        {t("address.mend")}
      </Button>
    </div>
  );
}
