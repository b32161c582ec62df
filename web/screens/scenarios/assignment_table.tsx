// The assignment rules in their order: the first whose conditions all hold decides (COL-5).
import { Button } from "@mantine/core";
import { useState } from "react";
import { Icon } from "../../components/icon";
import { Card, Scroll } from "../../components/page";
import styles from "../../components/page.module.css";
import type { Schemas } from "../../api/client";
import { useWords } from "../../lib/i18n/language";
import type { RulesProps } from "./rules_page";
import { amountsText, movedTo, nameIn, type Policy, typedAmounts } from "./scenario_draft";
import own from "./scenarios.module.css";

type Rule = Schemas["AssignmentRule"];
const payers = ["early", "on_time", "slow", "very_slow", "chronic", "new", "insolvent"] as const;

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A draft cannot be followed yet, a retired one no longer. */
export function useScenarioChoices(policy: Policy): Choice[] {
  const { language } = useWords();
  return policy.scenarios
    .filter((one) => one.state === "active")
    .map((one) => ({ value: one.code, label: nameIn(one, language) }));
}

/** Ranks follow the order that is shown. */
export function ranked(rules: readonly Rule[]): Rule[] {
  return rules.map((rule, place) => ({ ...rule, rank: place + 1 }));
}

function Select(props: {
  label: string;
  value: string;
  choices: readonly Choice[];
  may: boolean;
  set: (value: string) => void;
}) {
  return (
    <select
      aria-label={props.label}
      value={props.value}
      disabled={!props.may}
      onChange={(event) => props.set(event.target.value)}
    >
      {props.choices.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  );
}

interface RowProps {
  readonly policy: Policy;
  readonly rule: Rule;
  readonly may: boolean;
  readonly set: (rule: Rule) => void;
}

function useConditions({ policy }: RowProps) {
  const { t } = useWords();
  const any = { value: "", label: t("rules.any") };
  const named = (list: readonly { id: number; name: string }[]) => [
    any,
    ...list.map((one) => ({ value: String(one.id), label: one.name })),
  ];
  return {
    entity: named(policy.entities.map((one) => ({ id: one.id, name: one.code }))),
    segment: named(policy.segments),
    risk_class: named(policy.risk_classes),
    payer: [any, ...payers.map((value) => ({ value, label: t(`profile.${value}`) }))],
  };
}

/** Half a country or amount is no condition. */
function Typed({ rule, may, set }: RowProps) {
  const { t, language } = useWords();
  return (
    <>
      <td>
        <input
          className={own["number"]}
          aria-label={t("rules.country")}
          maxLength={2}
          defaultValue={rule.country ?? ""}
          readOnly={!may}
          onChange={(event) => {
            const country = event.target.value.trim().toUpperCase();
            set({ ...rule, country: /^[A-Z]{2}$/u.test(country) ? country : null });
          }}
        />
      </td>
      <td>
        <input
          className={own["number"]}
          aria-label={t("rules.overdue_from")}
          placeholder={t("rules.amount_like")}
          defaultValue={rule.overdue_from == null ? "" : amountsText([rule.overdue_from], language)}
          readOnly={!may}
          onChange={(event) => set({ ...rule, overdue_from: typedAmounts(event.target.value)?.[0] ?? null })}
        />
      </td>
    </>
  );
}

function Conditions(props: RowProps) {
  const { t } = useWords();
  const { policy, rule, may, set } = props;
  const choices = useConditions(props);
  const scenarios = useScenarioChoices(policy);
  return (
    <>
      {(["entity", "segment", "risk_class"] as const).map((name) => (
        <td key={name}>
          <Select
            label={t(`rules.${name}`)}
            value={String(rule[name] ?? "")}
            choices={choices[name]}
            may={may}
            set={(value) => set({ ...rule, [name]: value === "" ? null : Number(value) })}
          />
        </td>
      ))}
      <td>
        <Select
          label={t("rules.payer")}
          value={rule.payer ?? ""}
          choices={choices.payer}
          may={may}
          set={(value) => set({ ...rule, payer: payers.find((one) => one === value) ?? null })}
        />
      </td>
      <Typed {...props} />
      <td>
        <Select
          label={t("effect.scenario")}
          value={rule.scenario}
          choices={scenarios}
          may={may}
          set={(scenario) => set({ ...rule, scenario })}
        />
      </td>
    </>
  );
}

function RowTools({ all, place, set }: { all: readonly Rule[]; place: number; set: (all: Rule[]) => void }) {
  const { t } = useWords();
  return (
    <td className="number">
      {([["up", -1], ["down", 1]] as const).map(([name, by]) => (
        <button
          key={name}
          type="button"
          className={styles["iconButton"]}
          disabled={place + by < 0 || place + by >= all.length}
          onClick={() => set(ranked(movedTo(all, place, place + by)))}
          aria-label={t(`scenarios.move_${name}`)}
        >
          <Icon name={name} />
        </button>
      ))}
      <button
        type="button"
        className={styles["iconButton"]}
        onClick={() => set(ranked(all.toSpliced(place, 1)))}
        aria-label={t("action.remove")}
      >
        <Icon name="close" />
      </button>
    </td>
  );
}

/** A rule without conditions. */
const anyone = {
  rank: 1,
  segment: null,
  risk_class: null,
  payer: null,
  country: null,
  entity: null,
  overdue_from: null,
} as const;
const heads = ["entity", "segment", "risk_class", "payer", "country", "overdue_from"] as const;

export function AssignmentTable({ policy, rules, may, set }: RulesProps) {
  const { t } = useWords();
  const all = rules.assignment ?? [];
  const keep = (assignment: Rule[]) => set({ ...rules, assignment });
  const [order, setOrder] = useState(0);
  const reorder = (assignment: Rule[]) => {
    setOrder(order + 1);
    keep(assignment);
  };
  const add = () => reorder(ranked([...all, { ...anyone, scenario: rules.default_scenario }]));
  return (
    <Card title={t("rules.assignment")}>
      <div className={styles["stack"]}>
        <p className="soft">{t("rules.assignment_help")}</p>
        {all.length > 0 && (
          <Scroll>
            <table className={`${styles["plain"]} ${own["rules"]}`}>
              <thead>
                <tr>
                  <th />
                  {heads.map((name) => (
                    <th key={name}>{t(`rules.${name}`)}</th>
                  ))}
                  <th>{t("effect.scenario")}</th>
                  {may && <th />}
                </tr>
              </thead>
              <tbody>
                {all.map((rule, place) => (
                  // Rules have no name of their own; when they change places, the fields are drawn anew.
                  <tr key={`${order} ${place}`}>
                    <td>{place + 1}</td>
                    <Conditions
                      policy={policy}
                      rule={rule}
                      may={may}
                      set={(next) => keep(all.toSpliced(place, 1, next))}
                    />
                    {may && <RowTools all={all} place={place} set={reorder} />}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
        {all.length === 0 && <p>{t("rules.none")}</p>}
        {may && (
          <div>
            <Button size="xs" variant="default" onClick={add}>
              {t("rules.add")}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}
