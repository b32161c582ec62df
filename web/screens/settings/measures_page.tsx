// What the company chooses for its measures and its loads; every figure follows what stands, at every date.
import { NativeSelect, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Schemas } from "../../api/client";
import { overdueWords } from "../../components/bucket_words";
import { tell } from "../../components/notice";
import { Card } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { useAnswer, useWrite } from "../../lib/server";
import {
  bases,
  lookBacks,
  type MeasureDraft,
  measureBody,
  measureDraft,
  type MeasureSettings,
  spans,
  wrongField,
} from "./measures_form";
import { SaveFooter } from "./save_footer";
import own from "./settings.module.css";
import { SettingsFrame } from "./settings_frame";

interface PartProps {
  readonly draft: MeasureDraft;
  readonly set: (changes: Partial<MeasureDraft>) => void;
  readonly may: boolean;
}

interface DaysProps {
  readonly legend: string;
  readonly help: ReactNode;
  readonly labels: readonly string[];
  readonly days: readonly string[];
  readonly set: ((days: readonly string[]) => void) | undefined;
  readonly wrong: boolean;
}

/** Four last days beside each other, each the end of a column or of a class. */
function FourDays({ legend, help, labels, days, set, wrong }: DaysProps) {
  const { t } = useWords();
  return (
    <fieldset className={own["fourDays"]}>
      <legend>{legend}</legend>
      <div className={styles["row"]}>
        {labels.map((label, place) => (
          <TextInput
            key={label}
            label={label}
            inputMode="numeric"
            maxLength={4}
            readOnly={set === undefined}
            value={days[place] ?? ""}
            onChange={(event) => set?.(days.with(place, event.target.value))}
          />
        ))}
      </div>
      <span className="soft">{help}</span>
      {wrong && <p role="alert">{t("measures.days_wrong")}</p>}
    </fieldset>
  );
}

function AgeingDays({ draft, set, may }: PartProps) {
  const { t } = useWords();
  const { ageing_bounds: days } = draft;
  const wrong = wrongField(draft) === "ageing_bounds";
  return (
    <FourDays
      legend={t("measures.ageing_bounds")}
      labels={days.map((_, place) => t("measures.column", { count: place + 1 }))}
      help={wrong ? null : overdueWords(days, t).join(" · ")}
      days={days}
      set={may ? (ageing_bounds) => set({ ageing_bounds }) : undefined}
      wrong={wrong}
    />
  );
}

function PayerDays({ draft, set, may }: PartProps) {
  const { t } = useWords();
  const classes = ["early", "on_time", "slow", "very_slow"] as const;
  return (
    <FourDays
      legend={t("measures.payer_bounds")}
      labels={classes.map((one) => t(`profile.${one}`))}
      help={t("measures.payer_bounds_help")}
      days={draft.payer_bounds}
      set={may ? (payer_bounds) => set({ payer_bounds }) : undefined}
      wrong={wrongField(draft) === "payer_bounds"}
    />
  );
}

function Choices({ draft, set, may }: PartProps) {
  const { t, n } = useWords();
  const choice = <Value extends number>(
    name: "late_days_above" | "cei_months" | "behaviour_months",
    values: readonly Value[],
    text: (value: Value) => string,
  ) => (
    <NativeSelect
      label={t(`measures.${name}`)}
      disabled={!may}
      value={String(draft[name])}
      data={values.map((value) => ({ value: String(value), label: text(value) }))}
      onChange={(event) => set({ [name]: Number(event.target.value) })}
    />
  );
  return (
    <>
      {choice("late_days_above", bases, (days) =>
        days === 0 ? t("measures.basis_all") : n("measures.basis", days),
      )}
      {choice("cei_months", spans, (months) => n("measures.months", months))}
      {choice("behaviour_months", lookBacks, (months) => n("measures.months", months))}
    </>
  );
}

function Fields(props: PartProps) {
  const { draft, set, may } = props;
  const { t } = useWords();
  const wrong = wrongField(draft);
  return (
    <>
      <div className={own["form"]}>
        <TextInput
          label={t("measures.internal_rate")}
          description={t("measures.internal_rate_help")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          inputMode="decimal"
          maxLength={8}
          readOnly={!may}
          value={draft.internal_rate}
          error={wrong === "internal_rate" ? t("measures.rate_wrong") : undefined}
          onChange={(event) => set({ internal_rate: event.target.value })}
        />
        <TextInput
          label={t("measures.settled_items_min")}
          description={t("measures.settled_items_min_help")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          inputMode="numeric"
          maxLength={3}
          readOnly={!may}
          value={draft.settled_items_min}
          error={wrong === "settled_items_min" ? t("measures.settled_wrong") : undefined}
          onChange={(event) => set({ settled_items_min: event.target.value })}
        />
        <Choices {...props} />
      </div>
      <AgeingDays {...props} />
      <PayerDays {...props} />
    </>
  );
}

function MeasuresForm({ settings, may }: { settings: MeasureSettings; may: boolean }) {
  const { t } = useWords();
  const [draft, setDraft] = useState(() => measureDraft(settings));
  const body = measureBody(draft);
  const write = useWrite("/api/settings/measures", () => tell({ text: t("measures.saved"), tone: "ok" }));
  return (
    <Card title={t("settings.measures")}>
      <form
        className={styles["stack"]}
        onSubmit={(event) => {
          event.preventDefault();
          if (body !== undefined) write.mutate({ body });
        }}
      >
        <p>{t("measures.help")}</p>
        <Fields draft={draft} may={may} set={(changes) => setDraft({ ...draft, ...changes })} />
        <SaveFooter write={write} may={may} disabled={body === undefined} />
      </form>
    </Card>
  );
}

function ImportsForm({ settings, may }: { settings: Schemas["ImportSettings"]; may: boolean }) {
  const { t } = useWords();
  const [percent, setPercent] = useState(String(settings.guard_percent));
  const good = /^\d{1,3}$/.test(percent.trim()) && Number(percent) >= 1 && Number(percent) <= 100;
  const write = useWrite("/api/settings/imports", () => tell({ text: t("measures.guard_saved"), tone: "ok" }));
  return (
    <Card title={t("measures.loads")}>
      <form
        className={styles["stack"]}
        onSubmit={(event) => {
          event.preventDefault();
          if (good) write.mutate({ body: { guard_percent: Number(percent) } });
        }}
      >
        <TextInput
          label={t("measures.guard")}
          description={t("measures.guard_help")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          inputMode="numeric"
          maxLength={3}
          readOnly={!may}
          value={percent}
          error={good ? undefined : t("measures.guard_wrong")}
          onChange={(event) => setPercent(event.target.value)}
        />
        <SaveFooter write={write} may={may} disabled={!good} />
      </form>
    </Card>
  );
}

export default function MeasuresPage() {
  const may = useMay("configure");
  const measures = useAnswer("/api/settings/measures");
  const imports = useAnswer("/api/settings/imports");
  return (
    <SettingsFrame>
      <div className={styles["wideNarrow"]}>
        <Answered of={measures} lines={10}>
          {(settings) => <MeasuresForm settings={settings} may={may} />}
        </Answered>
        <Answered of={imports} lines={3}>
          {(settings) => <ImportsForm settings={settings} may={may} />}
        </Answered>
      </div>
    </SettingsFrame>
  );
}
