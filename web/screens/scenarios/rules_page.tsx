// Who follows which scenario, and the limits of all: first rule that fits, else the company's default (COL-5, COL-7, COL-8).
import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { tell } from "../../components/notice";
import { Card } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { useWrite } from "../../lib/server";
import { AssignmentTable, useScenarioChoices } from "./assignment_table";
import { PolicyEffect } from "./policy_effect";
import type { Policy, Rules } from "./scenario_draft";
import { useEffectOf } from "./scenario_editor";
import own from "./scenarios.module.css";
import { ScenariosFrame, usePolicy } from "./scenarios_frame";
import { Amounts, Days } from "./step_fields";

export interface RulesProps {
  readonly policy: Policy;
  readonly rules: Rules;
  readonly may: boolean;
  readonly set: (rules: Rules) => void;
}

const limits = [
  ["min_gap_days", 0],
  ["promise_grace_days", 0],
  ["follow_up_days", 1],
  ["stale_after_days", 1],
  ["contact_cap", 1],
  ["contact_cap_days", 1],
] as const;

function Defaults({ policy, rules, may, set }: RulesProps) {
  const { t } = useWords();
  const choices = useScenarioChoices(policy);
  const own_default = (entity: number) =>
    rules.entity_defaults?.find((one) => one.entity === entity)?.scenario ?? "";
  const choose = (entity: number, scenario: string) => {
    const others = (rules.entity_defaults ?? []).filter((one) => one.entity !== entity);
    set({ ...rules, entity_defaults: scenario === "" ? others : [...others, { entity, scenario }] });
  };
  return (
    <Card title={t("rules.defaults")}>
      <div className={own["form"]}>
        <NativeSelect
          label={t("rules.default_scenario")}
          value={rules.default_scenario}
          disabled={!may}
          data={choices}
          onChange={(event) => set({ ...rules, default_scenario: event.target.value })}
        />
        {policy.entities.map((entity) => (
          <NativeSelect
            key={entity.id}
            label={t("rules.default_of", { name: `${entity.code} ${entity.name}` })}
            value={own_default(entity.id)}
            disabled={!may}
            data={[{ value: "", label: t("rules.as_company") }, ...choices]}
            onChange={(event) => choose(entity.id, event.target.value)}
          />
        ))}
      </div>
    </Card>
  );
}

function Limits({ rules, may, set }: RulesProps) {
  const { t } = useWords();
  return (
    <Card title={t("rules.limits")}>
      <div className={own["form"]}>
        {limits.map(([name, least]) => (
          <Days
            key={name}
            label={t(`rules.${name}`)}
            value={rules[name] ?? least}
            may={may}
            set={(value) => set({ ...rules, [name]: Math.max(least, value) })}
          />
        ))}
        <Amounts
          label={t("rules.floors")}
          value={rules.floors}
          may={may}
          set={(floors) => set({ ...rules, floors })}
        />
        <Amounts
          label={t("rules.ceilings")}
          value={rules.ceilings}
          may={may}
          set={(ceilings) => set({ ...rules, ceilings })}
        />
        <Checkbox
          className={own["whole"] ?? ""}
          label={t("rules.new_leader_by_age")}
          disabled={!may}
          checked={rules.new_leader_by_age ?? false}
          onChange={(event) => set({ ...rules, new_leader_by_age: event.target.checked })}
        />
      </div>
    </Card>
  );
}

function Editor({ policy }: { policy: Policy }) {
  const { t } = useWords();
  const may = useMay("configure");
  const [rules, setRules] = useState(policy.rules);
  const { ask, effect } = useEffectOf({ rules });
  const write = useWrite("/api/policy/rules", () => tell({ text: t("rules.saved"), tone: "ok" }));
  const changed = JSON.stringify(rules) !== JSON.stringify(policy.rules);
  const shared = { policy, rules, may, set: setRules };
  return (
    <div className={styles["stack"]}>
      {ask.isError && <Failed error={ask.error} />}
      {write.isError && <Failed error={write.error} />}
      {may && (
        <div className={styles["row"]}>
          <Button
            variant={effect === undefined ? "filled" : "default"}
            disabled={!changed}
            loading={ask.isPending}
            onClick={() => ask.mutate()}
          >
            {t("effect.look")}
          </Button>
          <Button
            variant={effect === undefined ? "default" : "filled"}
            disabled={effect === undefined || !changed}
            loading={write.isPending}
            onClick={() => write.mutate({ body: { version: policy.version, rules } })}
          >
            {t("action.save")}
          </Button>
          {changed && effect === undefined && <span className="soft">{t("effect.look_first")}</span>}
        </div>
      )}
      {effect !== undefined && <PolicyEffect effect={effect} scenarios={policy.scenarios} />}
      <AssignmentTable {...shared} />
      <div className={styles["two"]}>
        <Defaults {...shared} />
        <Limits {...shared} />
      </div>
    </div>
  );
}

export default function RulesPage() {
  const answer = usePolicy();
  return (
    <ScenariosFrame>
      <Answered of={answer} lines={12}>
        {(policy) => <Editor key={policy.version} policy={policy} />}
      </Answered>
    </ScenariosFrame>
  );
}
