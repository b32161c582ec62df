// A customer put aside up to and with a day (COL-10); off the agenda meanwhile, taken up again at any time.
import { Button } from "@mantine/core";
import { useState } from "react";
import { AskedForm, DayField } from "../../components/asked_form";
import type { Asked, Asking } from "../../components/asking";
import { tell } from "../../components/notice";
import { Dialog } from "../../components/overlay";
import styles from "../../components/page.module.css";
import { Failed } from "../../components/states";
import { addDays } from "../../lib/format";
import { useWords } from "../../lib/i18n/language";
import { useMe } from "../../lib/me";
import { useChange } from "../../lib/server";

const path = "/api/customers/{id}/snooze";
/** Days ahead that are offered as one click. */
const spans = [1, 7, 14, 30] as const;

/** Takes a customer up again; said at the foot of the page, as is a refusal. */
export function useTakeUp() {
  const { t } = useWords();
  const change = useChange(path, () => tell({ text: t("snooze.taken_up"), tone: "ok" }));
  const takeUp = (customer: number) =>
    change.mutate(
      { body: { until: null }, parts: { id: customer } },
      { onError: (error) => tell({ text: error.message, tone: "bad" }) },
    );
  return { takeUp, busy: change.isPending };
}

function Form({ customer, done }: { customer: Asked; done: () => void }) {
  const { t, n, date } = useWords();
  const { today } = useMe();
  const [until, setUntil] = useState(addDays(today, 7));
  const { takeUp } = useTakeUp();
  const snooze = useChange(path, () => {
    const text = t("snooze.done", { name: customer.name, date: date(until) });
    tell({ text, tone: "ok", undo: () => takeUp(customer.id) });
    done();
  });
  return (
    <AskedForm
      send={() => snooze.mutate({ body: { until }, parts: { id: customer.id } })}
      save={t("snooze.save")}
      busy={snooze.isPending}
      cancel={done}
    >
      <p>{t("snooze.text")}</p>
      {snooze.isError && <Failed error={snooze.error} />}
      <DayField data-autofocus label={t("snooze.until")} min={today} value={until} set={setUntil} />
      <div className={styles["row"]}>
        {spans.map((days) => (
          <Button
            key={days}
            size="compact-xs"
            variant="default"
            aria-pressed={until === addDays(today, days)}
            onClick={() => setUntil(addDays(today, days))}
          >
            {n("snooze.days", days)}
          </Button>
        ))}
      </div>
    </AskedForm>
  );
}

export function useSnooze(): Asking {
  const { t } = useWords();
  const [customer, setCustomer] = useState<Asked>();
  const close = () => setCustomer(undefined);
  const title = t("snooze.title", { name: customer?.name ?? "" });
  const dialog = (
    <Dialog opened={customer !== undefined} close={close} title={title}>
      {customer !== undefined && <Form customer={customer} done={close} />}
    </Dialog>
  );
  return { ask: setCustomer, dialog };
}
