// Which scenario a customer or an item follows (COL-5): as the rules say, or one chosen by a person.
import { Button, NativeSelect } from "@mantine/core";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import { AskedForm } from "../../components/asked_form";
import { tell } from "../../components/notice";
import { Dialog } from "../../components/overlay";
import { Answered, Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { useAnswer, useChange } from "../../lib/server";
import { nameIn } from "./scenario_draft";

export interface Chosen {
  readonly kind: "customer" | "item";
  readonly id: number;
  /** What the title says: a customer's name or an item's number. */
  readonly name: string;
  /** The code chosen for it; null = as the rules say. */
  readonly scenario: string | null;
}

function useChoose({ kind, id }: Chosen, done: () => void) {
  const { t } = useWords();
  const said = ({ scenario }: Schemas["ScenarioChoice"]) => {
    tell({ text: t(scenario === "" ? "scenario_choice.taken_back" : "scenario_choice.done"), tone: "ok" });
    done();
  };
  const customer = useChange("/api/customers/{id}/scenario", said);
  const item = useChange("/api/items/{id}/scenario", said);
  const change = kind === "customer" ? customer : item;
  return {
    choose: (scenario: string) =>
      change.mutate({ body: { scenario: scenario === "" ? null : scenario }, parts: { id } }),
    busy: change.isPending,
    error: change.error,
  };
}

interface FormProps {
  readonly of: Chosen;
  readonly path: readonly string[];
  readonly policy: Schemas["Policy"];
  readonly done: () => void;
}

function Form({ of, path, policy, done }: FormProps) {
  const { t, language } = useWords();
  const active = policy.scenarios
    .filter((one) => one.state === "active")
    .map((one) => ({ value: one.code, label: nameIn(one, language) }));
  const [scenario, setScenario] = useState(of.scenario ?? "");
  const { choose, busy, error } = useChoose(of, done);
  return (
    <AskedForm send={() => choose(scenario)} save={t("scenario_choice.save")} busy={busy} cancel={done}>
      <p>{t(`scenario_choice.text_${of.kind}`)}</p>
      {path.length > 0 && <p className="soft">{t("scenario_choice.now", { path: path.join(" › ") })}</p>}
      {error !== null && <Failed error={error} />}
      <NativeSelect
        data-autofocus
        label={t("scenario_choice.label")}
        value={scenario}
        data={[{ value: "", label: t("scenario_choice.as_rules") }, ...active]}
        onChange={(event) => setScenario(event.target.value)}
      />
    </AskedForm>
  );
}

/** `path`: how the decision that is shown came to its scenario; empty where none was reached. */
export function ScenarioButton({ of, path }: { of: Chosen; path: readonly string[] }) {
  const { t } = useWords();
  const may = useMay("act");
  const [open, setOpen] = useState(false);
  const policy = useAnswer("/api/policy", { enabled: open });
  if (!may) return null;
  const close = () => setOpen(false);
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
        {t("scenario_choice.button")}
      </Button>
      <Dialog opened={open} close={close} title={t("scenario_choice.title", { name: of.name })}>
        <Answered of={policy} lines={3}>
          {(stands) => <Form of={of} path={path} policy={stands} done={close} />}
        </Answered>
      </Dialog>
    </>
  );
}
