// An item's due date set by a person, as a new version with its reason (LED-4, IMP-5); the source can have it back.
import { Button } from "@mantine/core";
import { useState } from "react";
import type { PatchBody, Schemas } from "../../api/client";
import { AskedForm, DayField, ReasonField } from "../../components/asked_form";
import { tell } from "../../components/notice";
import { Dialog } from "../../components/overlay";
import { Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { useAmend } from "../../lib/server";
import { type Owner, OwnerChoice } from "../customers/owner_mark";

type Item = Pick<Schemas["ItemRow"], "id" | "number" | "due_date" | "flags">;

export interface DueDraft {
  readonly due: string;
  readonly owner: Owner;
  readonly reason: string;
}

export function dueDraft(item: Item): DueDraft {
  return { due: item.due_date, owner: item.flags.includes("due_set_here") ? "product" : "source", reason: "" };
}

/** Undefined when nothing would change. */
export function dueChange(before: DueDraft, after: DueDraft): PatchBody<"/api/items/{id}"> | undefined {
  const moved = after.due !== before.due;
  const said = after.owner !== (moved ? "product" : before.owner);
  if (!moved && !said) return undefined;
  return {
    ...(moved ? { due_date: after.due } : {}),
    ...(said ? { owner: after.owner } : {}),
    reason: after.reason.trim(),
  };
}

function Form({ item, done }: { item: Item; done: () => void }) {
  const { t } = useWords();
  const before = dueDraft(item);
  const [draft, setDraft] = useState(before);
  const change = dueChange(before, draft);
  const save = useAmend("/api/items/{id}", () => {
    tell({ text: t("due.done"), tone: "ok" });
    done();
  });
  const send = () => change !== undefined && save.mutate({ body: change, parts: { id: item.id } });
  return (
    <AskedForm
      send={send}
      save={t("due.save")}
      busy={save.isPending}
      disabled={change === undefined}
      cancel={done}
    >
      <p>{t("due.text")}</p>
      {save.isError && <Failed error={save.error} />}
      <DayField
        data-autofocus
        label={t("due.label")}
        value={draft.due}
        set={(due) => setDraft({ ...draft, due, owner: "product" })}
      />
      <OwnerChoice owner={draft.owner} of={t("due.label")} set={(owner) => setDraft({ ...draft, owner })} />
      <ReasonField value={draft.reason} set={(reason) => setDraft({ ...draft, reason })} />
    </AskedForm>
  );
}

export function DueDateButton({ item }: { item: Item }) {
  const { t } = useWords();
  const may = useMay("act");
  const [open, setOpen] = useState(false);
  if (!may) return null;
  const close = () => setOpen(false);
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
        {t("due.button")}
      </Button>
      <Dialog opened={open} close={close} title={t("due.title", { number: item.number })}>
        <Form item={item} done={close} />
      </Dialog>
    </>
  );
}
