// One step of a scenario: in a line, and opened with everything that can be set (COL-2, COL-3, COL-8).
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Chip } from "../../components/page";
import styles from "../../components/page.module.css";
import { useWords } from "../../lib/i18n/language";
import { useAnswer } from "../../lib/server";
import { useTextName } from "../../lib/texts";
import {
  amountsText,
  bases,
  channels,
  functions,
  isWritten,
  modes,
  nameIn,
  type Step,
  toggled,
  typedAmounts,
} from "./scenario_draft";
import own from "./scenarios.module.css";

export interface StepProps {
  readonly step: Step;
  readonly may: boolean;
  readonly set: (step: Step) => void;
}

/** Whole days as typed; what is no whole number leaves the last one. */
export function Days(props: { label: string; value: number; may: boolean; set: (days: number) => void }) {
  return (
    <TextInput
      type="number"
      label={props.label}
      value={String(props.value)}
      readOnly={!props.may}
      onChange={(event) => {
        const days = Number(event.target.value);
        if (Number.isInteger(days)) props.set(days);
      }}
    />
  );
}

export function Amounts(props: {
  label: string;
  value: Step["floors"];
  may: boolean;
  set: (amounts: NonNullable<Step["floors"]>) => void;
}) {
  const { t, language } = useWords();
  const [typed, setTyped] = useState(() => amountsText(props.value, language));
  const read = typedAmounts(typed);
  return (
    <TextInput
      className={own["whole"] ?? ""}
      label={props.label}
      placeholder={t("scenarios.amounts_like")}
      value={typed}
      readOnly={!props.may}
      error={read === undefined ? t("scenarios.amounts_wrong") : undefined}
      onChange={(event) => {
        setTyped(event.target.value);
        const amounts = typedAmounts(event.target.value);
        if (amounts !== undefined) props.set(amounts);
      }}
    />
  );
}

function Pressed<T extends string | number>(props: {
  label: string;
  all: readonly T[];
  chosen: readonly T[];
  may: boolean;
  text: (one: T) => ReactNode;
  set: (chosen: T[]) => void;
}) {
  return (
    <div>
      <div>{props.label}</div>
      <div className={styles["row"]} role="group" aria-label={props.label}>
        {props.all.map((one) => (
          <Button
            key={one}
            size="compact-xs"
            variant={props.chosen.includes(one) ? "filled" : "default"}
            aria-pressed={props.chosen.includes(one)}
            disabled={!props.may}
            onClick={() => props.set(toggled(props.chosen, one))}
          >
            {props.text(one)}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** In order of fallback: the number says which is tried first. */
export function Functions(props: {
  label: string;
  chosen: readonly string[];
  ordered: boolean;
  may: boolean;
  set: (chosen: string[]) => void;
}) {
  const { t } = useWords();
  const { chosen, ordered, ...more } = props;
  const text = (one: (typeof functions)[number]) =>
    ordered && chosen.length > 1 && chosen.includes(one)
      ? `${chosen.indexOf(one) + 1}. ${t(`function.${one}`)}`
      : t(`function.${one}`);
  return (
    <Pressed
      {...more}
      all={functions}
      chosen={functions.filter((one) => chosen.includes(one)).toSorted((a, b) => chosen.indexOf(a) - chosen.indexOf(b))}
      text={text}
    />
  );
}

export function TemplateChoice(props: {
  value: string | null | undefined;
  may: boolean;
  set: (code: string) => void;
}) {
  const { t } = useWords();
  const textName = useTextName();
  const texts = useAnswer("/api/templates");
  const codes = [...new Set([...(texts.data?.rows.map((one) => one.code) ?? []), props.value ?? ""])];
  return (
    <NativeSelect
      label={t("message.what")}
      value={props.value ?? ""}
      disabled={!props.may}
      data={codes.map((value) => ({ value, label: value === "" ? t("figure.none") : textName(value) }))}
      onChange={(event) => props.set(event.target.value)}
    />
  );
}

/** Times in all: a step that comes again comes twice. */
const repeatedAtLeast = 2;

function Timing({ step, may, set }: StepProps) {
  const { t, language } = useWords();
  const trigger = { base: "due" as const, days: 0, ...step.trigger };
  const hours = { from: 8, to: 18, ...step.hours };
  const day = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
  return (
    <>
      <NativeSelect
        label={t("scenarios.trigger")}
        value={trigger.base}
        disabled={!may}
        data={bases.map((value) => ({ value, label: t(`scenarios.base_${value}`) }))}
        onChange={(event) =>
          set({ ...step, trigger: { ...trigger, base: event.target.value as (typeof bases)[number] } })
        }
      />
      <Days
        label={t("scenarios.days")}
        value={trigger.days}
        may={may}
        set={(days) => set({ ...step, trigger: { ...trigger, days } })}
      />
      <Days
        label={t("scenarios.repeat_days")}
        value={step.repeat?.days ?? 0}
        may={may}
        set={(days) => set({ ...step, repeat: days <= 0 ? null : { cap: repeatedAtLeast, ...step.repeat, days } })}
      />
      <Days
        label={t("scenarios.repeat_cap")}
        value={step.repeat?.cap ?? 1}
        may={may && step.repeat != null}
        set={(cap) => step.repeat != null && set({ ...step, repeat: { ...step.repeat, cap: Math.max(repeatedAtLeast, cap) } })}
      />
      <Pressed
        label={t("scenarios.weekdays")}
        all={[1, 2, 3, 4, 5, 6, 7]}
        chosen={step.weekdays ?? [1, 2, 3, 4, 5]}
        may={may}
        // 1 January 2024 is a Monday.
        text={(one) => day.format(new Date(Date.UTC(2024, 0, one)))}
        set={(weekdays) => weekdays.length > 0 && set({ ...step, weekdays: weekdays.toSorted() })}
      />
      <div className={styles["row"]}>
        <Days
          label={t("scenarios.from_hour")}
          value={hours.from}
          may={may}
          set={(from) => set({ ...step, hours: { ...hours, from } })}
        />
        <Days
          label={t("scenarios.to_hour")}
          value={hours.to}
          may={may}
          set={(to) => set({ ...step, hours: { ...hours, to } })}
        />
      </div>
    </>
  );
}

function Writing({ step, may, set }: StepProps) {
  const { t } = useWords();
  if (!isWritten(step.channel)) return null;
  return (
    <>
      <TemplateChoice
        value={step.template}
        may={may}
        set={(template) => set({ ...step, template: template === "" ? null : template })}
      />
      <div />
      <Functions
        label={t("scenarios.to")}
        chosen={step.to ?? []}
        ordered
        may={may}
        set={(to) => set({ ...step, to })}
      />
      <Functions
        label={t("scenarios.cc")}
        chosen={step.cc ?? []}
        ordered={false}
        may={may}
        set={(cc) => set({ ...step, cc })}
      />
    </>
  );
}

export function StepFields(props: StepProps) {
  const { step, may, set } = props;
  const { t } = useWords();
  return (
    <div className={own["form"]}>
      {(["en", "fr"] as const).map((language) => (
        <TextInput
          key={language}
          label={t(`scenarios.name_${language}`)}
          maxLength={120}
          readOnly={!may}
          value={step.names?.[language] ?? ""}
          onChange={(event) => set({ ...step, names: { ...step.names, [language]: event.target.value } })}
        />
      ))}
      <NativeSelect
        label={t("message.channel")}
        value={step.channel ?? "email"}
        disabled={!may}
        data={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
        onChange={(event) => set({ ...step, channel: event.target.value as (typeof channels)[number] })}
      />
      <NativeSelect
        label={t("scenarios.mode")}
        value={step.mode ?? "confirm"}
        disabled={!may}
        data={modes.map((value) => ({ value, label: t(`step_mode.${value}`) }))}
        onChange={(event) => set({ ...step, mode: event.target.value as (typeof modes)[number] })}
      />
      <Timing {...props} />
      <Writing {...props} />
      <Amounts
        label={t("scenarios.floors")}
        value={step.floors}
        may={may}
        set={(floors) => set({ ...step, floors })}
      />
      <Amounts
        label={t("scenarios.ceilings")}
        value={step.ceilings}
        may={may}
        set={(ceilings) => set({ ...step, ceilings })}
      />
    </div>
  );
}

/** "7 days after the due date", as a person says it. */
export function useTriggerText(): (step: Step) => string {
  const { t, count } = useWords();
  return ({ trigger }) => {
    const base = trigger?.base ?? "due";
    const days = trigger?.days ?? 0;
    if (days === 0) return t(`scenarios.on_${base}`);
    return t(days < 0 ? `scenarios.before_${base}` : `scenarios.after_${base}`, { days: count(Math.abs(days)) });
  };
}

export function StepLine({ step, open, toggle }: { step: Step; open: boolean; toggle: () => void }) {
  const { t, n, language } = useWords();
  const triggerText = useTriggerText();
  return (
    <>
      <button type="button" className={own["open"]} aria-expanded={open} onClick={toggle}>
        {nameIn(step, language)}
      </button>
      <span className="soft">{triggerText(step)}</span>
      <Chip>{t(`channel.${step.channel ?? "email"}`)}</Chip>
      <Chip tone={step.mode === "automatic" ? "accent" : "plain"}>{t(`step_mode.${step.mode ?? "confirm"}`)}</Chip>
      {step.repeat != null && (
        <span className="soft">
          {n("scenarios.every", step.repeat.days)}, {n("scenarios.times", step.repeat.cap ?? repeatedAtLeast)}
        </span>
      )}
    </>
  );
}
