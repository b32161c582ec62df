// Notices that wait for a person's yes (COL-8, COL-10): thanks for payments, new invoices announced; one, the chosen, or all.
import { Button } from "@mantine/core";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { type Column, windowWidths } from "../../components/data_table";
import { Chip } from "../../components/page";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { ConfirmMany } from "../messages/confirm_many";
import { ReminderPanel } from "../messages/reminder_editor";
import { type Sendable, sendableKey, useMaySend, useShowsToday } from "../messages/reminders";
import { customerColumn, SectionTable, Sums, whoseColumns } from "./section_tables";
import { type NoticeRow, noticeSent, type Sections } from "./sections";

interface Seeing {
  readonly see: (row: NoticeRow) => void;
  /** The words are those of today: for another day there are none to look at. */
  readonly today: boolean;
}

function useColumns({ see, today }: Seeing): Column<NoticeRow>[] {
  const words = useWords();
  const place = usePlace();
  const { t } = words;
  return useMemo(
    () => [
      customerColumn<NoticeRow>(words, place),
      {
        id: "notice",
        title: t("section.notice"),
        width: 240,
        cell: (row) => (
          <>
            {row.name} <Chip>{t(`channel.${row.channel}`)}</Chip>
          </>
        ),
      },
      {
        id: "items",
        title: t("nav.items"),
        width: 170,
        from: windowWidths.desk,
        cell: ({ items }) => items.map((one) => one.number).join(", "),
      },
      {
        id: "totals",
        title: t("section.invoiced"),
        width: 140,
        end: true,
        cell: ({ totals }) => <Sums totals={totals} />,
      },
      ...whoseColumns<NoticeRow>(words),
      {
        id: "answer",
        title: t("agenda.actions"),
        width: 110,
        cell: (row) =>
          today && (
            <Button size="compact-xs" variant="default" onClick={() => see(row)}>
              {t("reminder.preview")}
            </Button>
          ),
      },
    ],
    [words, place, t, see, today],
  );
}

export function NoticesTable({ of }: { of: Sections["notices"] }) {
  const { t, n } = useWords();
  const may = useMaySend();
  const today = useShowsToday();
  const [one, setOne] = useState<Sendable>();
  const [many, setMany] = useState<readonly Sendable[]>();
  const see = useCallback((row: NoticeRow) => setOne(noticeSent(row)), []);
  const columns = useColumns({ see, today });
  const chosen = (rows: readonly NoticeRow[]): ReactNode => (
    <Button size="compact-xs" onClick={() => setMany(rows.map(noticeSent))}>
      {t("reminder.send_chosen")}
    </Button>
  );
  return (
    <>
      <SectionTable
        section="notices"
        of={of}
        columns={columns}
        rowKey={(row) => sendableKey(noticeSent(row))}
        {...(today ? { onOpen: see } : {})}
        {...(may ? { selectionSum: chosen } : {})}
        tools={
          may &&
          of.rows.length > 0 && (
            <Button size="xs" onClick={() => setMany(of.rows.map(noticeSent))}>
              {n("notices.send_all", of.rows.length)}
            </Button>
          )
        }
      />
      <ReminderPanel of={one} close={() => setOne(undefined)} />
      <ConfirmMany
        all={many && { rows: many, title: "notices.many_title" }}
        close={() => setMany(undefined)}
      />
    </>
  );
}
