// The scenarios: what each does and who follows it (COL-2, COL-5).
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { tell } from "../../components/notice";
import { Dialog } from "../../components/overlay";
import { Card, Chip, Scroll, type Tone } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { usePlace } from "../../lib/perimeter";
import { useChange } from "../../lib/server";
import { freeCode, nameIn, type Policy, type Scenario } from "./scenario_draft";
import { ScenariosFrame, usePolicy } from "./scenarios_frame";

export function scenarioTone(state: Scenario["state"]): Tone {
  return state === "active" ? "ok" : state === "draft" ? "warn" : "plain";
}

export function StateOf({ scenario }: { scenario: Scenario }) {
  const { t } = useWords();
  const state = scenario.state ?? "draft";
  return <Chip tone={scenarioTone(state)}>{t(`scenario_state.${state}`)}</Chip>;
}

/** How many rules and defaults name it. */
export function usesOf({ rules }: Policy, code: string): number {
  const named = [
    rules.default_scenario,
    ...(rules.entity_defaults ?? []).map((one) => one.scenario),
    ...(rules.assignment ?? []).map((one) => one.scenario),
  ];
  return named.filter((one) => one === code).length;
}

function Duplicate({ policy, scenario, done }: { policy: Policy; scenario: Scenario; done: () => void }) {
  const { t, language } = useWords();
  const { href } = usePlace();
  const [, navigate] = useLocation();
  const [name, setName] = useState(t("scenarios.copy_of", { name: nameIn(scenario, language) }));
  const code = freeCode(name, policy.scenarios.map((one) => one.code));
  const copy = useChange("/api/scenarios/{code}/duplicate", () => {
    tell({ text: t("scenarios.copied", { name }), tone: "ok" });
    done();
    navigate(href(`/scenarios/${code}`));
  });
  return (
    <form
      className={styles["stack"]}
      onSubmit={(event) => {
        event.preventDefault();
        copy.mutate({
          body: { version: policy.version, code, names: { en: name, fr: name } },
          parts: { code: scenario.code },
        });
      }}
    >
      <p>{t("scenarios.duplicate_text")}</p>
      {copy.isError && <Failed error={copy.error} />}
      <TextInput
        data-autofocus
        label={t("views.name")}
        required
        withAsterisk={false}
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <div>
        <Button type="submit" loading={copy.isPending}>
          {t("scenarios.duplicate")}
        </Button>
      </div>
    </form>
  );
}

function List({ policy }: { policy: Policy }) {
  const { t, n, count, language } = useWords();
  const { href } = usePlace();
  const may = useMay("configure");
  const [copied, setCopied] = useState<Scenario>();
  const close = () => setCopied(undefined);
  return (
    <Card title={t("nav.scenarios")}>
      <Scroll>
        <table className={styles["plain"]}>
          <thead>
            <tr>
              <th>{t("views.name")}</th>
              <th>{t("imports.state")}</th>
              <th className="number">{t("scenarios.steps")}</th>
              <th>{t("scenarios.used_by")}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {policy.scenarios.map((one) => (
              <tr key={one.code}>
                <td>
                  <Link href={href(`/scenarios/${one.code}`)}>{nameIn(one, language)}</Link>
                </td>
                <td>
                  <StateOf scenario={one} />
                </td>
                <td className="number">{count(one.steps?.length ?? 0)}</td>
                <td>
                  {one.code === policy.rules.default_scenario
                    ? t("scenarios.is_default")
                    : n("scenarios.rules_count", usesOf(policy, one.code))}
                </td>
                <td className="number">
                  {may && (
                    <Button size="compact-xs" variant="default" onClick={() => setCopied(one)}>
                      {t("scenarios.duplicate")}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <Dialog opened={copied !== undefined} close={close} title={t("scenarios.duplicate")}>
        {copied !== undefined && <Duplicate policy={policy} scenario={copied} done={close} />}
      </Dialog>
    </Card>
  );
}

export default function Scenarios() {
  const { t } = useWords();
  const answer = usePolicy();
  return (
    <ScenariosFrame>
      <p className="soft">{t("scenarios.help")}</p>
      <Answered of={answer} lines={8}>
        {(policy) => <List policy={policy} />}
      </Answered>
    </ScenariosFrame>
  );
}
