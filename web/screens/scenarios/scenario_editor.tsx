// One scenario: its ordered steps, its notices, from draft to active with what changes for whom in sight (COL-2 to COL-8).
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { post, type PostBody, type Schemas } from "../../api/client";
import { Icon } from "../../components/icon";
import { NotFound } from "../../components/not_found";
import { tell } from "../../components/notice";
import { Card, Page } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { usePlace } from "../../lib/perimeter";
import { onFailure, useWrite } from "../../lib/server";
import { Notices } from "./notices";
import { PolicyEffect } from "./policy_effect";
import { movedTo, nameIn, newStep, type Policy, type Scenario, type Step } from "./scenario_draft";
import own from "./scenarios.module.css";
import { StateOf } from "./scenarios";
import { usePolicy } from "./scenarios_frame";
import { StepFields, StepLine } from "./step_fields";

type State = NonNullable<Scenario["state"]>;

interface StepsProps {
  readonly steps: readonly Step[];
  readonly may: boolean;
  readonly set: (steps: Step[]) => void;
}

function StepTools({ steps, place, set }: { steps: readonly Step[]; place: number; set: (steps: Step[]) => void }) {
  const { t } = useWords();
  return (
    <span>
      {([["up", -1], ["down", 1]] as const).map(([name, by]) => (
        <button
          key={name}
          type="button"
          className={styles["iconButton"]}
          disabled={place + by < 0 || place + by >= steps.length}
          onClick={() => set(movedTo(steps, place, place + by))}
          aria-label={t(`scenarios.move_${name}`)}
          title={t(`scenarios.move_${name}`)}
        >
          <Icon name={name} />
        </button>
      ))}
      <button
        type="button"
        className={styles["iconButton"]}
        onClick={() => set(steps.toSpliced(place, 1))}
        aria-label={t("action.remove")}
        title={t("action.remove")}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}

function Steps({ steps, may, set }: StepsProps) {
  const { t } = useWords();
  const [open, setOpen] = useState<string>();
  const add = () => {
    const step = newStep({ en: t("scenarios.new_step"), fr: t("scenarios.new_step") }, steps.map((one) => one.code));
    set([...steps, step]);
    setOpen(step.code);
  };
  return (
    <Card title={t("scenarios.steps")}>
      <div className={styles["stack"]}>
        {steps.length === 0 && <p className="soft">{t("scenarios.no_steps")}</p>}
        <ol className={own["steps"]}>
          {steps.map((step, place) => (
            <li key={step.code} className={own["step"]}>
              <div className={own["head"]}>
                <StepLine
                  step={step}
                  open={open === step.code}
                  toggle={() => setOpen(open === step.code ? undefined : step.code)}
                />
                {may ? <StepTools steps={steps} place={place} set={set} /> : <span />}
              </div>
              {open === step.code && (
                <StepFields step={step} may={may} set={(next) => set(steps.toSpliced(place, 1, next))} />
              )}
            </li>
          ))}
        </ol>
        {may && (
          <div>
            <Button size="xs" variant="default" onClick={add}>
              {t("scenarios.add_step")}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

/** What the draft would change, asked for by a button and forgotten with the next change. */
export function useEffectOf(body: PostBody<"/api/policy/preview">) {
  const client = useQueryClient();
  const key = JSON.stringify(body);
  const ask = useMutation<{ key: string; effect: Schemas["PolicyPreview"] }, Error>({
    mutationFn: async () => ({ key, effect: await post("/api/policy/preview", body) }),
    onError: (error) => onFailure(client, error),
  });
  return { ask, effect: ask.data?.key === key ? ask.data.effect : undefined };
}

function useSaveScenario(policy: Policy) {
  const { t } = useWords();
  const write = useWrite("/api/scenarios/{code}", () => tell({ text: t("scenarios.saved"), tone: "ok" }));
  const save = (scenario: Scenario, state: State) =>
    write.mutate({
      body: { version: policy.version, scenario: { ...scenario, state } },
      parts: { code: scenario.code },
    });
  return { write, save };
}

interface ButtonsProps {
  readonly scenario: Scenario;
  readonly changed: boolean;
  readonly seen: boolean;
  readonly busy: boolean;
  readonly save: (state: State) => void;
  readonly look: () => void;
}

/** What is active changes people's work at once: it is saved only after its effect was looked at. */
function Buttons({ scenario, changed, seen, busy, save, look }: ButtonsProps) {
  const { t } = useWords();
  const state = scenario.state ?? "draft";
  return (
    <div className={styles["row"]}>
      <Button variant={seen ? "default" : "filled"} loading={busy} onClick={look}>
        {t("effect.look")}
      </Button>
      {state === "draft" && (
        <Button variant="default" disabled={!changed} loading={busy} onClick={() => save("draft")}>
          {t("scenarios.save_draft")}
        </Button>
      )}
      <Button
        variant={seen ? "filled" : "default"}
        disabled={!seen || (state === "active" && !changed)}
        loading={busy}
        onClick={() => save("active")}
      >
        {t(state === "active" ? "action.save" : "scenarios.activate")}
      </Button>
      {state === "active" && (
        <Button variant="default" loading={busy} onClick={() => save("retired")}>
          {t("scenarios.retire")}
        </Button>
      )}
      {!seen && <span className="soft">{t("effect.look_first")}</span>}
    </div>
  );
}

function Names({ scenario, may, set }: { scenario: Scenario; may: boolean; set: (one: Scenario) => void }) {
  const { t } = useWords();
  return (
    <Card title={t("views.name")}>
      <div className={own["form"]}>
        {(["en", "fr"] as const).map((language) => (
          <TextInput
            key={language}
            label={t(`scenarios.name_${language}`)}
            maxLength={120}
            readOnly={!may}
            value={scenario.names?.[language] ?? ""}
            onChange={(event) =>
              set({ ...scenario, names: { ...scenario.names, [language]: event.target.value } })
            }
          />
        ))}
      </div>
    </Card>
  );
}

function Editor({ policy, kept }: { policy: Policy; kept: Scenario }) {
  const may = useMay("configure");
  const [scenario, setScenario] = useState(kept);
  const changed = JSON.stringify(scenario) !== JSON.stringify(kept);
  const { ask, effect } = useEffectOf({ scenario });
  const { write, save } = useSaveScenario(policy);
  return (
    <div className={styles["stack"]}>
      {ask.isError && <Failed error={ask.error} />}
      {write.isError && <Failed error={write.error} />}
      {may && (
        <Buttons
          scenario={kept}
          changed={changed}
          seen={effect !== undefined}
          busy={ask.isPending || write.isPending}
          save={(state) => save(scenario, state)}
          look={() => ask.mutate()}
        />
      )}
      {effect !== undefined && <PolicyEffect effect={effect} scenarios={policy.scenarios} />}
      <Names scenario={scenario} may={may} set={setScenario} />
      <Steps steps={scenario.steps ?? []} may={may} set={(steps) => setScenario({ ...scenario, steps })} />
      <Notices
        notices={scenario.notices ?? []}
        may={may}
        set={(notices) => setScenario({ ...scenario, notices })}
      />
    </div>
  );
}

export default function ScenarioEditor({ code }: { code: string }) {
  const { t, language } = useWords();
  const { href } = usePlace();
  const answer = usePolicy();
  const kept = answer.data?.scenarios.find((one) => one.code === code);
  if (answer.data !== undefined && kept === undefined) return <NotFound />;
  return (
    <Page
      title={kept === undefined ? t("nav.scenarios") : nameIn(kept, language)}
      crumbs={[{ text: t("nav.scenarios"), href: href("/scenarios") }]}
      beside={kept !== undefined && <StateOf scenario={kept} />}
    >
      <Answered of={answer} lines={12}>
        {(policy) =>
          kept === undefined ? null : <Editor key={`${code} ${policy.version}`} policy={policy} kept={kept} />
        }
      </Answered>
    </Page>
  );
}
