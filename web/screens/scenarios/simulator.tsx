// A past period replayed with the same decisions: messages, workload, beside what was really done (COL-12).
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import { Card } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import { addDays } from "../../lib/format";
import { useWords } from "../../lib/i18n/language";
import { useMe } from "../../lib/me";
import { useChange } from "../../lib/server";
import { nameIn, type Policy } from "./scenario_draft";
import own from "./scenarios.module.css";
import { ScenariosFrame, usePolicy } from "./scenarios_frame";
import { Sides } from "./simulation_tables";

const startBefore = 180;
/** The server's word for the policy as it stands. */
const asItStands = "";

function useChoices(policy: Policy) {
  const { t, language } = useWords();
  const scenarios = policy.scenarios.map((one) => ({ value: one.code, label: nameIn(one, language) }));
  return {
    first: [{ value: asItStands, label: t("simulator.as_it_stands") }, ...scenarios],
    other: [{ value: asItStands, label: t("simulator.no_other") }, ...scenarios],
  };
}

function Answer({ answer, titles }: { answer: Schemas["Simulation"]; titles: readonly [string, string] }) {
  const { t } = useWords();
  const sides = [
    { title: titles[0], replay: answer.simulated },
    ...(answer.other === null ? [] : [{ title: titles[1], replay: answer.other }]),
    { title: t("simulator.really"), replay: answer.really },
  ];
  return <Sides sides={sides} />;
}

function Simulate({ policy }: { policy: Policy }) {
  const { t, date } = useWords();
  const { today } = useMe();
  const choices = useChoices(policy);
  const [from, setFrom] = useState(addDays(today, -startBefore));
  const [to, setTo] = useState(today);
  const [scenario, setScenario] = useState(asItStands);
  const [other, setOther] = useState(asItStands);
  const [recipients, setRecipients] = useState<"assumed" | "known">("assumed");
  const [asked, setAsked] = useState<readonly [string, string]>(["", ""]);
  const run = useChange("/api/simulations");
  const titleOf = (list: readonly { value: string; label: string }[], value: string) =>
    list.find((one) => one.value === value)?.label ?? value;
  const simulate = () => {
    setAsked([titleOf(choices.first, scenario), titleOf(choices.other, other)]);
    run.mutate({
      body: {
        from,
        to,
        recipients,
        ...(scenario === asItStands ? {} : { scenario }),
        ...(other === asItStands ? {} : { other }),
      },
    });
  };
  return (
    <div className={styles["stack"]}>
      <Card title={t("scenarios.simulator")}>
        <form
          className={styles["stack"]}
          onSubmit={(event) => {
            event.preventDefault();
            simulate();
          }}
        >
          <p className="soft">{t("simulator.help")}</p>
          <div className={own["form"]}>
            <TextInput
              type="date"
              label={t("input.from")}
              required
              withAsterisk={false}
              max={to}
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
            <TextInput
              type="date"
              label={t("input.to")}
              required
              withAsterisk={false}
              max={today}
              value={to}
              onChange={(event) => setTo(event.target.value)}
            />
            <NativeSelect
              label={t("simulator.scenario")}
              value={scenario}
              data={choices.first}
              onChange={(event) => setScenario(event.target.value)}
            />
            <NativeSelect
              label={t("simulator.other")}
              value={other}
              data={choices.other}
              onChange={(event) => setOther(event.target.value)}
            />
            <NativeSelect
              label={t("simulator.recipients")}
              value={recipients}
              data={(["assumed", "known"] as const).map((value) => ({
                value,
                label: t(`simulator.recipients_${value}`),
              }))}
              onChange={(event) => setRecipients(event.target.value === "known" ? "known" : "assumed")}
            />
          </div>
          <div>
            <Button type="submit" loading={run.isPending}>
              {t("simulator.run")}
            </Button>
          </div>
        </form>
      </Card>
      {run.isError && <Failed error={run.error} />}
      {run.isPending && <p role="status">{t("simulator.working")}</p>}
      {run.data !== undefined && (
        <>
          <h2>{t("simulator.of", { from: date(run.data.from), to: date(run.data.to) })}</h2>
          <Answer answer={run.data} titles={asked} />
        </>
      )}
    </div>
  );
}

export default function Simulator() {
  const answer = usePolicy();
  return (
    <ScenariosFrame>
      <Answered of={answer} lines={8}>
        {(policy) => <Simulate policy={policy} />}
      </Answered>
    </ScenariosFrame>
  );
}
