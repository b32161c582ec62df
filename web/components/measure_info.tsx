// The `i` beside a figure: the rule, what it was given, what was left out.
import { useState } from "react";
import { useWords } from "../lib/i18n/language";
import { inputText } from "../lib/readable";
import { Icon } from "./icon";
import { SidePanel } from "./overlay";
import { Chip } from "./page";
import styles from "./page.module.css";

export interface MeasureHead {
  readonly rule: string;
  readonly rule_text: string;
  readonly inputs: Readonly<Record<string, string | null>>;
  readonly flags: readonly string[];
  readonly as_of?: string;
  readonly known_at?: string | null;
  readonly rate_table_date?: string | null;
}

function Inputs({ head }: { head: MeasureHead }) {
  const words = useWords();
  return (
    <dl className={styles["pairs"]}>
      {head.as_of !== undefined && (
        <>
          <dt>{words.t("perimeter.as_of")}</dt>
          <dd>{words.date(head.as_of)}</dd>
        </>
      )}
      <dt>{words.t("perimeter.known_at")}</dt>
      <dd>{head.known_at ? words.instant(head.known_at) : words.t("perimeter.now")}</dd>
      {Object.entries(head.inputs).map(([name, value]) => (
        <Pair key={name} name={words.code("input", name)} value={inputText(value, words)} />
      ))}
      {head.rate_table_date && (
        <Pair name={words.t("figure.rate_date")} value={words.date(head.rate_table_date)} />
      )}
    </dl>
  );
}

function Pair({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

export function RulePanel({ head }: { head: MeasureHead }) {
  const { t, code } = useWords();
  return (
    <div className={styles["stack"]}>
      <div>
        <Chip tone="accent">{head.rule}</Chip>
      </div>
      <p>{head.rule_text}</p>
      <h3>{t("figure.inputs")}</h3>
      <Inputs head={head} />
      {head.flags.length > 0 && (
        <>
          <h3>{t("figure.flags")}</h3>
          <ul className={styles["list"]}>
            {head.flags.map((flag) => (
              <li key={flag}>
                <Chip tone="warn">{code("flag", flag)}</Chip>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

export interface MeasureInfoProps {
  readonly head: MeasureHead;
  readonly title: string;
  /** What this one figure was made of, beside what the whole measure was given. */
  readonly row?: Readonly<Record<string, string | null>>;
}

export function MeasureInfo({ head, title, row = {} }: MeasureInfoProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={styles["iconButton"]}
        onClick={() => setOpen(true)}
        aria-label={t("figure.info", { title })}
        title={t("figure.info", { title })}
      >
        <Icon name="info" />
      </button>
      <SidePanel opened={open} close={() => setOpen(false)} title={title}>
        <RulePanel head={{ ...head, inputs: { ...row, ...head.inputs } }} />
      </SidePanel>
    </>
  );
}
