// The fields of a customer to change, each with its owner: what is changed here is left alone by loads (IMP-5).
import { Button, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import { AskedForm } from "../../components/asked_form";
import { tell } from "../../components/notice";
import { SidePanel } from "../../components/overlay";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import { formatName } from "../../lib/format";
import { useWords } from "../../lib/i18n/language";
import { useMay, useMe } from "../../lib/me";
import { useAmend, useAnswer } from "../../lib/server";
import {
  changeOf,
  type CustomerFields,
  draftsOf,
  type FieldDraft,
  type FieldName,
  fieldNames,
  typedInto,
} from "./customer_change";
import { OwnerChoice } from "./owner_mark";

const labels = {
  name: "customer.name",
  legal_id: "customer.legal_id",
  address: "customer.address",
  country: "customer.country",
  language: "customer.language",
  email: "customer.email",
  phone: "customer.phone",
  terms: "customer.terms",
  collector: "column.collector",
  segment: "customer.segment",
  risk_class: "customer.risk_class",
} as const satisfies Record<FieldName, string>;

/** Names the desk knows already; another one can be typed. */
function useKnown(): Partial<Record<FieldName, readonly string[]>> {
  const me = useMe();
  const policy = useAnswer("/api/policy");
  return {
    collector: me.collectors.map((one) => one.name),
    segment: me.segments.map((one) => one.name),
    risk_class: policy.data?.risk_classes.map((one) => one.name) ?? [],
  };
}

/** What a code of two letters stands for, once it is one. */
function Meaning({ name, value }: { name: FieldName; value: string }) {
  const { t, language } = useWords();
  const code = value.trim();
  if (name === "country") {
    return code.length === 2 ? formatName("region", code.toUpperCase(), language) : t("customer.country_help");
  }
  return code.length === 2 ? formatName("language", code.toLowerCase(), language) : t("customer.language_help");
}

interface FieldProps {
  readonly name: FieldName;
  readonly draft: FieldDraft;
  readonly before: FieldDraft;
  readonly set: (draft: FieldDraft) => void;
  readonly known: readonly string[] | undefined;
}

function Field({ name, draft, before, set, known }: FieldProps) {
  const { t } = useWords();
  const list = useId();
  const label = t(labels[name]);
  const coded = name === "country" || name === "language";
  return (
    <div>
      <TextInput
        label={label}
        description={coded ? <Meaning name={name} value={draft.value} /> : undefined}
        inputWrapperOrder={["label", "input", "description", "error"]}
        type={name === "email" ? "email" : "text"}
        maxLength={500}
        value={draft.value}
        {...(known === undefined ? {} : { list })}
        {...(name === fieldNames[0] ? { "data-autofocus": true } : {})}
        onChange={(event) => set(typedInto(before, event.target.value))}
      />
      {known !== undefined && (
        <datalist id={list}>
          {known.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      <div style={{ marginTop: 4 }}>
        <OwnerChoice owner={draft.owner} of={label} set={(owner) => set({ ...draft, owner })} />
      </div>
    </div>
  );
}

function Form({ stands, done }: { stands: CustomerFields; done: () => void }) {
  const { t } = useWords();
  const before = draftsOf(stands);
  const [draft, setDraft] = useState(before);
  const known = useKnown();
  const change = changeOf(before, draft);
  const save = useAmend("/api/customers/{id}", () => {
    tell({ text: t("customer.saved"), tone: "ok" });
    done();
  });
  const send = () => change !== undefined && save.mutate({ body: change, parts: { id: stands.id } });
  return (
    <AskedForm
      send={send}
      save={t("action.save")}
      busy={save.isPending}
      disabled={change === undefined}
      cancel={done}
    >
      <p>{t("owner.help")}</p>
      <div className={styles["formGrid"]}>
        {fieldNames.map((name) => (
          <Field
            key={name}
            name={name}
            draft={draft[name]}
            before={before[name]}
            known={known[name]}
            set={(next) => setDraft({ ...draft, [name]: next })}
          />
        ))}
      </div>
      {save.isError && <Failed error={save.error} />}
    </AskedForm>
  );
}

/** Where the person may act: opens the fields as they stand now, whatever day the page shows. */
export function ChangeCustomerButton({ customer, name }: { customer: number; name: string }) {
  const { t } = useWords();
  const may = useMay("act");
  const [open, setOpen] = useState(false);
  const answer = useAnswer("/api/customers/{id}/fields", { parts: { id: customer }, enabled: open });
  if (!may) return null;
  const close = () => setOpen(false);
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
        {t("action.change")}
      </Button>
      <SidePanel opened={open} close={close} title={t("customer.change_title", { name })}>
        <Answered of={answer} lines={12}>
          {/* Begun again where the server's word has changed meanwhile. */}
          {(stands) => <Form key={JSON.stringify(stands)} stands={stands} done={close} />}
        </Answered>
      </SidePanel>
    </>
  );
}
