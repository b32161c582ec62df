// A past period replayed with the same decisions: messages, workload, beside what was really done (COL-12).
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { PostBody, Schemas } from "../../api/client";
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
    scenario: [{ value: asItStands, label: t("simulator.as_it_stands") }, ...scenarios],
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

interface Draft {
  readonly from: string;
  readonly to: string;
  readonly scenario: string;
  readonly other: string;
  readonly recipients: "assumed" | "known";
}

function bodyOf({ scenario, other, ...rest }: Draft): PostBody<"/api/simulations"> {
  return {
    ...rest,
    ...(scenario === asItStands ? {} : { scenario }),
    ...(other === asItStands ? {} : { other }),
  };
}

interface FieldsProps {
  readonly draft: Draft;
  readonly set: (draft: Draft) => void;
  readonly choices: ReturnType<typeof useChoices>;
}

function Fields({ draft, set, choices }: FieldsProps) {
  const { t } = useWords();
  const { today } = useMe();
  return (
    <div className={own["form"]}>
      {(["from", "to"] as const).map((name) => (
        <TextInput
          key={name}
          type="date"
          label={t(`input.${name}`)}
          required
          withAsterisk={false}
          max={name === "from" ? draft.to : today}
          value={draft[name]}
          onChange={(event) => set({ ...draft, [name]: event.target.value })}
        />
      ))}
      {(["scenario", "other"] as const).map((name) => (
        <NativeSelect
          key={name}
          label={t(`simulator.${name}`)}
          value={draft[name]}
          data={choices[name]}
          onChange={(event) => set({ ...draft, [name]: event.target.value })}
        />
      ))}
      <NativeSelect
        label={t("simulator.recipients")}
        value={draft.recipients}
        data={(["assumed", "known"] as const).map((value) => ({
          value,
          label: t(`simulator.recipients_${value}`),
        }))}
        onChange={(event) =>
          set({ ...draft, recipients: event.target.value === "known" ? "known" : "assumed" })
        }
      />
    </div>
  );
}

function firstDraft(today: string): Draft {
  return {
    from: addDays(today, -startBefore),
    to: today,
    scenario: asItStands,
    other: asItStands,
    recipients: "assumed",
  };
}

function Simulate({ policy }: { policy: Policy }) {
  const { t, date } = useWords();
  const { today } = useMe();
  const choices = useChoices(policy);
  const [draft, setDraft] = useState(() => firstDraft(today));
  const [asked, setAsked] = useState<readonly [string, string]>(["", ""]);
  const run = useChange("/api/simulations");
  const titleOf = (name: "scenario" | "other") =>
    choices[name].find((one) => one.value === draft[name])?.label ?? draft[name];
  return (
    <div className={styles["stack"]}>
      <Card title={t("scenarios.simulator")}>
        <form
          className={styles["stack"]}
          onSubmit={(event) => {
            event.preventDefault();
            setAsked([titleOf("scenario"), titleOf("other")]);
            run.mutate({ body: bodyOf(draft) });
          }}
        >
          <p className="soft">{t("simulator.help")}</p>
          <Fields draft={draft} set={setDraft} choices={choices} />
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
