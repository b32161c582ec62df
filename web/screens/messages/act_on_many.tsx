// All messages of the state shown, cancelled or tried again on one yes: a run started by mistake, a server that said no.
import { Button } from "@mantine/core";
import { useState } from "react";
import { tell } from "../../components/notice";
import { Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { idsOf, usePlace } from "../../lib/perimeter";
import { useChange } from "../../lib/server";
import type { MessageState } from "./message_words";
import own from "./messages.module.css";

const cancellable: readonly MessageState[] = ["requested", "reserved", "waiting", "failed", "to_post"];

interface Props {
  readonly state: MessageState;
  readonly number: number;
  /** The newest message that was seen: what came since is not meant. */
  readonly upTo: number;
}

export function ActOnMany({ state, number, upTo }: Props) {
  const { t, count } = useWords();
  const may = useMay("act");
  const { perimeter } = usePlace();
  const [meant, setMeant] = useState<"cancel" | "retry">();
  const act = useChange("/api/messages", (done) => {
    setMeant(undefined);
    tell({ text: t("message.many_done", { count: done.done }), tone: "ok" });
  });
  if (!may || number < 2 || !cancellable.includes(state)) return null;
  const { entity, collector, segment } = perimeter;
  const named = { entity: idsOf(entity), collector: idsOf(collector), segment: idsOf(segment) };
  const send = (what: "cancel" | "retry") => act.mutate({ body: { what, state, up_to: upTo, ...named } });
  return (
    <div className={own["filters"]}>
      {act.isError && <Failed error={act.error} />}
      {meant === undefined ? (
        <>
          {state === "failed" && (
            <Button size="compact-sm" variant="default" onClick={() => setMeant("retry")}>
              {t("message.retry_many", { count: number, number: count(number) })}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={() => setMeant("cancel")}>
            {t("message.cancel_many", { count: number, number: count(number) })}
          </Button>
        </>
      ) : (
        <>
          <span role="alert">{t(`message.${meant}_many_sure`, { count: number, number: count(number) })}</span>
          <Button size="compact-sm" loading={act.isPending} onClick={() => send(meant)}>
            {t("message.many_yes")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setMeant(undefined)}>
            {t("message.many_no")}
          </Button>
        </>
      )}
    </div>
  );
}
