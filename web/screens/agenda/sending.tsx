// Sending from the agenda: one, the chosen rows, or all that wait for a yes (COL-8).
import { Button } from "@mantine/core";
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { type ReactNode, useCallback, useState } from "react";
import type { Schemas } from "../../api/client";
import type { AgendaRow } from "../../components/why_panel";
import { sumByCurrency } from "../../lib/amount";
import { useWords } from "../../lib/i18n/language";
import { ConfirmMany, type ManySent } from "../messages/confirm_many";
import { ReminderPanel } from "../messages/reminder_editor";
import { hasReminder, type Sendable, sendableOf, useMaySend, waitsForYes } from "../messages/reminders";

type Pages = UseInfiniteQueryResult<InfiniteData<Schemas["Agenda"]>>;

export interface AgendaSending {
  readonly preview: (row: AgendaRow) => void;
  /** What stands beside the count of chosen rows; absent where nothing may be sent. */
  readonly chosen: ((rows: readonly AgendaRow[]) => ReactNode) | undefined;
  /** Rows here that wait for a yes; 0 where nothing may be sent. */
  readonly waiting: number;
  /** More rows than those loaded; how many wait in all is not known yet. */
  readonly more: boolean;
  readonly sendAll: () => void;
  readonly busy: boolean;
  /** To be placed once on the page. */
  readonly panels: ReactNode;
}

async function everyRow(pages: Pages): Promise<AgendaRow[]> {
  let all = pages.data?.pages ?? [];
  let more = pages.hasNextPage;
  while (more) {
    const next = await pages.fetchNextPage();
    all = next.data?.pages ?? all;
    more = next.hasNextPage && !next.isError;
  }
  return all.flatMap((one) => one.rows);
}

function useChosen(send: (rows: readonly AgendaRow[]) => void) {
  const { t, money } = useWords();
  return useCallback(
    (rows: readonly AgendaRow[]) => (
      <>
        {sumByCurrency(rows.flatMap((row) => row.overdue), (one) => one.amount)
          .map((one) => money(one.amount, one.currency))
          .join(" · ")}{" "}
        <Button size="compact-xs" onClick={() => send(rows)}>
          {t("reminder.send_chosen")}
        </Button>
      </>
    ),
    [t, money, send],
  );
}

export function useAgendaSending(pages: Pages): AgendaSending {
  const may = useMaySend();
  const [one, setOne] = useState<Sendable>();
  const [many, setMany] = useState<ManySent>();
  const [busy, setBusy] = useState(false);
  const preview = useCallback((row: AgendaRow) => setOne(sendableOf(row)), []);
  const send = useCallback((rows: readonly AgendaRow[]) => {
    const mine = rows.filter(hasReminder);
    setMany({ rows: mine.map(sendableOf), others: rows.length - mine.length });
  }, []);
  const chosen = useChosen(send);
  const loaded = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  const sendAll = async () => {
    setBusy(true);
    const rows = await everyRow(pages);
    setBusy(false);
    send(rows.filter(waitsForYes));
  };
  return {
    preview,
    chosen: may ? chosen : undefined,
    waiting: may ? loaded.filter(waitsForYes).length : 0,
    more: pages.hasNextPage,
    sendAll: () => void sendAll(),
    busy,
    panels: (
      <>
        <ReminderPanel of={one} close={() => setOne(undefined)} />
        <ConfirmMany all={many} close={() => setMany(undefined)} />
      </>
    ),
  };
}

export function SendAll({ sending }: { sending: AgendaSending }) {
  const { t, n } = useWords();
  if (sending.waiting === 0) return null;
  return (
    <Button size="xs" onClick={sending.sendAll} loading={sending.busy}>
      {sending.more ? t("reminder.send_every") : n("reminder.send_all", sending.waiting)}
    </Button>
  );
}
