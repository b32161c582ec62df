// What a changed scenario or changed rules would do to whom, today; nothing is saved by looking (COL-5).
import { Card, Scroll } from "../../components/page";
import styles from "../../components/page.module.css";
import type { Schemas } from "../../api/client";
import { useWords } from "../../lib/i18n/language";
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

function PlannedText({ planned, scenarios }: { planned: Planned; scenarios: readonly Schemas["Scenario"][] }) {
  const { t, date } = useWords();
  const scenarioName = useScenarioName();
  return (
    <>
      {scenarioName(planned.scenario, scenarios)}
      <div className="soft">
        {planned.step ?? t(`outcome.${planned.outcome}`)}
        {planned.date !== null && ` · ${date(planned.date)}`}
      </div>
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
              {[row.before, row.after].map((planned, place) => (
                <td key={place === 0 ? "before" : "after"}>
                  <PlannedText planned={planned} scenarios={scenarios} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export function PolicyEffect({ effect, scenarios }: Props) {
  const { t, n, count } = useWords();
  return (
    <Card title={t("effect.title")}>
      <div className={styles["stack"]}>
        <p role="status">
          <strong>{n("effect.changed", effect.changed)}</strong>{" "}
          {t("effect.of", { count: count(effect.customers) })}{" "}
          {t("effect.due", { before: count(effect.due.before), after: count(effect.due.after) })}
        </p>
        <Followers effect={effect} scenarios={scenarios} />
        <Changed effect={effect} scenarios={scenarios} />
      </div>
    </Card>
  );
}
