// The step of a customer noted as done, or skipped with a reason (COL-3); taken back within ten seconds.
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { type PostBody, post, remove } from "../api/client";
import { useWords } from "../lib/i18n/language";
import { useMay, useMe } from "../lib/me";
import { usePlace } from "../lib/perimeter";
import { onFailure } from "../lib/server";
import { AskedForm, ReasonField } from "./asked_form";
import { tell } from "./notice";
import { Dialog } from "./overlay";
import { Failed } from "./states";
import type { AgendaRow } from "./why_panel";

type What = PostBody<"/api/customers/{id}/step">["what"];
interface Wanted {
  readonly row: AgendaRow;
  readonly what: What;
  readonly reason?: string;
}
const path = "/api/customers/{id}/step";

/** Something is due or coming, so that it can be done or skipped. */
export function hasStep(row: AgendaRow): boolean {
  return row.step !== null || row.next_step !== null;
}

/** The day whose step is meant, where the page shows a past one; a day to come cannot be done yet. */
function useDay(): string | undefined {
  const { perimeter, param } = usePlace();
  const { today } = useMe();
  const day = param("date") ?? perimeter.as_of;
  return day !== undefined && day < today ? day : undefined;
}

function useMark(done: () => void) {
  const { t } = useWords();
  const client = useQueryClient();
  const day = useDay();
  const again = () => void client.invalidateQueries();
  const failed = (error: Error) => {
    onFailure(client, error);
    tell({ text: error.message, tone: "bad" });
  };
  const takeBack = (id: number, mark: number | string) =>
    remove("/api/customers/{id}/step/{mark}", { id, mark }).then(again, failed);
  return useMutation({
    mutationFn: ({ row, what, reason }: Wanted) =>
      post(
        path,
        { what, ...(day === undefined ? {} : { day }), ...(reason === undefined ? {} : { reason }) },
        { id: row.customer.id },
      ),
    onSuccess: ({ mark }, { row, what }) => {
      const { id, name } = row.customer;
      tell({ text: t(`step.${what}_told`, { name }), tone: "ok", undo: () => void takeBack(id, mark) });
      again();
      done();
    },
    onError: (error, { what }) => (what === "done" ? failed(error) : onFailure(client, error)),
  });
}

function SkipForm({ send, busy, error }: { send: (reason: string) => void; busy: boolean; error: unknown }) {
  const { t } = useWords();
  const [reason, setReason] = useState("");
  return (
    <AskedForm send={() => send(reason.trim())} save={t("step.skip_save")} busy={busy}>
      <p>{t("step.skip_text")}</p>
      {error !== null && <Failed error={error} />}
      <ReasonField data-autofocus value={reason} set={setReason} />
    </AskedForm>
  );
}

export interface StepMarks {
  readonly done: (row: AgendaRow) => void;
  readonly skip: (row: AgendaRow) => void;
  /** Asks why a step is skipped; to be placed once on the page, outside its lists. */
  readonly dialog: ReactNode;
}

export function useStepMarks(): StepMarks {
  const { t } = useWords();
  const [skipping, setSkipping] = useState<AgendaRow>();
  const close = () => setSkipping(undefined);
  const mark = useMark(close);
  const dialog = (
    <Dialog
      opened={skipping !== undefined}
      close={close}
      title={t("step.skip_title", { name: skipping?.customer.name ?? "" })}
    >
      {skipping !== undefined && (
        <SkipForm
          send={(reason) => mark.mutate({ row: skipping, what: "skipped", reason })}
          busy={mark.isPending}
          error={mark.error}
        />
      )}
    </Dialog>
  );
  const skip = (row: AgendaRow) => {
    mark.reset();
    setSkipping(row);
  };
  return { done: (row) => mark.mutate({ row, what: "done" }), skip, dialog };
}

/** The two buttons beside a step; nothing where no step is to be taken or the person may not act. */
export function StepButtons({ row, marks, keys = false }: { row: AgendaRow; marks: StepMarks; keys?: boolean }) {
  const { t } = useWords();
  const may = useMay("act");
  if (!may || !hasStep(row)) return null;
  return (["done", "skip"] as const).map((name) => (
    <Button
      key={name}
      size={keys ? "sm" : "compact-xs"}
      variant="default"
      onClick={() => marks[name](row)}
      rightSection={keys && <kbd>{name === "done" ? "K" : "X"}</kbd>}
    >
      {t(`step.${name}`)}
    </Button>
  ));
}
