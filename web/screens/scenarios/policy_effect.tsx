// What a changed scenario or changed rules would do to whom, today; nothing is saved by looking (COL-5).
import { Card, Scroll } from "../../components/page";
import styles from "../../components/page.module.css";
import type { Schemas } from "../../api/client";
import { useWords } from "../../lib/i18n/language";
import { useTextName } from "../../lib/texts";
import { Link } from "wouter";
import { usePlace } from "../../lib/perimeter";

type Effect = Schemas["PolicyPreview"];
type Planned = Effect["rows"][number]["before"];

function useScenarioName(): (code: string | null, all: readonly Schemas["Scenario"][]) => string {
  const { t, code: named, language } = useWords();
  return (code, all) => {
    if (code === null) return t("figure.none");
    const found = all.find((one) => one.code === code);
    const names = found?.names;
    return (language === "fr" ? names?.fr : names?.en) || named("scenario", code);
  };
}

type PlannedStep = NonNullable<Planned["step"]>;

/** What of a step is told when it changes: who sets it off, how, with which text, to whom. */
function useStepDetails() {
  const { t, code } = useWords();
  const textName = useTextName();
  const people = (functions: readonly string[]) => functions.map((one) => code("function", one)).join(", ");
  return (step: PlannedStep, changes: readonly string[]): string[] => {
    const told: string[] = [];
    if (changes.includes("mode")) told.push(code("step_mode", step.mode));
    if (changes.includes("channel")) told.push(code("channel", step.channel));
    if (changes.includes("text") && step.template !== null) told.push(textName(step.template));
    if (changes.includes("recipients")) {
      told.push(t("effect.to", { to: people(step.to) }));
      if (step.cc.length > 0) told.push(t("effect.cc", { cc: people(step.cc) }));
    }
    return told;
  };
}

interface PlannedProps {
  readonly planned: Planned;
  readonly changes: readonly string[];
  readonly scenarios: readonly Schemas["Scenario"][];
}

function PlannedText({ planned, changes, scenarios }: PlannedProps) {
  const { t, n, date, language } = useWords();
  const scenarioName = useScenarioName();
  const details = useStepDetails();
  const { step } = planned;
  const stepName = step === null ? undefined : (language === "fr" ? step.names.fr : step.names.en) || step.code;
  return (
    <>
      {scenarioName(planned.scenario, scenarios)}
      <div className="soft">
        {stepName ?? t(`outcome.${planned.outcome}`)}
        {planned.date !== null && ` · ${date(planned.date)}`}
        {changes.includes("outcome") && stepName !== undefined && ` · ${t(`outcome.${planned.outcome}`)}`}
      </div>
      {step !== null && details(step, changes).map((one) => <div key={one}>{one}</div>)}
      {changes.includes("notices") && <div>{n("effect.notices_of", planned.notices)}</div>}
      {planned.by_itself && <strong>{t("effect.leaves")}</strong>}
    </>
  );
}

interface Props {
  readonly effect: Effect;
  readonly scenarios: readonly Schemas["Scenario"][];
}

function Followers({ effect, scenarios }: Props) {
  const { t, count } = useWords();
  const scenarioName = useScenarioName();
  return (
    <Scroll>
      <table className={styles["plain"]}>
        <thead>
          <tr>
            <th>{t("effect.scenario")}</th>
            <th className="number">{t("imports.before")}</th>
            <th className="number">{t("imports.after")}</th>
          </tr>
        </thead>
        <tbody>
          {effect.scenarios.map((one) => (
            <tr key={one.scenario}>
              <td>{scenarioName(one.scenario, scenarios)}</td>
              <td className="number">{count(one.before)}</td>
              <td className="number">{count(one.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Changed({ effect, scenarios }: Props) {
  const { t } = useWords();
  const { href } = usePlace();
  if (effect.rows.length === 0) return null;
  return (
    <Scroll>
      <table className={styles["plain"]}>
        <thead>
          <tr>
            <th>{t("column.customer")}</th>
            <th>{t("effect.what")}</th>
            <th>{t("imports.before")}</th>
            <th>{t("imports.after")}</th>
          </tr>
        </thead>
        <tbody>
          {effect.rows.map((row) => (
            <tr key={row.customer.id}>
              <td>
                <Link href={href(`/customers/${row.customer.id}`)}>{row.customer.name}</Link>
              </td>
              <td>{row.changes.map((one) => t(`change.${one}`)).join(", ")}</td>
              {[row.before, row.after].map((planned, place) => (
                <td key={place === 0 ? "before" : "after"}>
                  <PlannedText planned={planned} changes={row.changes} scenarios={scenarios} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Before everything else: what would go out with nobody looking. */
function ByThemselves({ effect }: { effect: Effect }) {
  const { t, count, language } = useWords();
  const named = effect.made_automatic.map((one) => (language === "fr" ? one.names.fr : one.names.en) || one.code);
  const { by_itself: today, by_itself_later: later } = effect;
  const more = named.length > 0 || today.after > today.before;
  if (!more && today.after === today.before && later.after === later.before) return null;
  return (
    <div className={styles["stack"]} role={more ? "alert" : undefined}>
      {named.length > 0 && (
        <p>
          <strong>{t("effect.made_automatic", { names: named.join(", ") })}</strong>
        </p>
      )}
      <p>
        {t("effect.by_itself", { before: count(today.before), after: count(today.after) })}{" "}
        {t("effect.by_itself_later", { before: count(later.before), after: count(later.after) })}
      </p>
    </div>
  );
}

/** How many customers each kind of change touches. */
function Kinds({ effect }: { effect: Effect }) {
  const { t, n } = useWords();
  if (effect.changes.length === 0) return null;
  return (
    <ul>
      {effect.changes.map((one) => (
        <li key={one.what}>
          {t("effect.kind", { what: t(`change.${one.what}`), customers: n("effect.customers", one.customers) })}
        </li>
      ))}
    </ul>
  );
}

export function PolicyEffect({ effect, scenarios }: Props) {
  const { t, n, count } = useWords();
  const { due, notices } = effect;
  return (
    <Card title={t("effect.title")}>
      <div className={styles["stack"]}>
        <ByThemselves effect={effect} />
        <p role="status">
          <strong>{n("effect.changed", effect.changed)}</strong>{" "}
          {t("effect.of", { count: count(effect.customers) })}{" "}
          {t("effect.due", { before: count(due.before), after: count(due.after) })}{" "}
          {notices.before !== notices.after &&
            t("effect.notices", { before: count(notices.before), after: count(notices.after) })}
        </p>
        <Kinds effect={effect} />
        <Followers effect={effect} scenarios={scenarios} />
        <Changed effect={effect} scenarios={scenarios} />
        {effect.changed > effect.rows.length && (
          <p className="soft">{t("effect.first", { count: count(effect.rows.length) })}</p>
        )}
      </div>
    </Card>
  );
}
