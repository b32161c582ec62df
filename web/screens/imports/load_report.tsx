// One load: what it did, whether the ledger agrees with the file, what was refused, and undo (IMP-4, IMP-6).
import { Button } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { Amount } from "../../components/amount";
import { AskedForm, ReasonField } from "../../components/asked_form";
import { isMissing, NotFound } from "../../components/not_found";
import { tell } from "../../components/notice";
import { Dialog } from "../../components/overlay";
import { Card, Chip, Page, Scroll } from "../../components/page";
import page from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import { isZero } from "../../lib/amount";
import { useWords, type Words } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { usePlace } from "../../lib/perimeter";
import { useAnswer, useChange } from "../../lib/server";
import { ReconciliationChip } from "./imports";
import { Counts, Notices, RefusedLines } from "./preview";

type Report = Schemas["LoadReport"];

function Reconciliation({ report }: { report: Report }) {
  const { t, n } = useWords();
  const { href } = usePlace();
  const { rows, state } = report.reconciliation;
  const { refused } = report.summary.counts;
  return (
    <Card title={t("imports.reconciliation")} tools={<ReconciliationChip state={state} />}>
      {state === "differences" && refused > 0 && <p>{n("imports.refused_differ", refused)}</p>}
      {rows.length === 0 ? (
        <p className="soft">{t("imports.no_reconciliation")}</p>
      ) : (
        <Scroll>
          <table className={page["plain"]}>
            <thead>
              <tr>
                <th>{t("column.entity")}</th>
                <th>{t("column.customer")}</th>
                <th>{t("column.currency")}</th>
                <th className="number">{t("imports.in_file")}</th>
                <th className="number">{t("imports.in_ledger")}</th>
                <th className="number">{t("imports.difference")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.entity} ${row.currency} ${row.customer?.id ?? ""}`}>
                  <td>{row.entity}</td>
                  <td>
                    {row.customer === null ? (
                      t("imports.all_customers")
                    ) : (
                      <Link href={href(`/customers/${row.customer.id}`)}>{row.customer.name}</Link>
                    )}
                  </td>
                  <td>{row.currency}</td>
                  <td className="number">
                    <Amount value={row.in_file} />
                  </td>
                  <td className="number">
                    <Amount value={row.in_ledger} />
                  </td>
                  <td className="number">
                    <Chip tone={isZero(row.difference) ? "ok" : "bad"}>
                      <Amount value={row.difference} />
                    </Chip>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Card>
  );
}

/** Cash entered by hand that should long have come by file (IMP-8). */
function Unreplaced({ report }: { report: Report }) {
  const { t, date } = useWords();
  const { href } = usePlace();
  const payments = report.reconciliation.unreplaced_payments ?? [];
  if (payments.length === 0) return null;
  return (
    <Card title={t("imports.unreplaced")}>
      <p className="soft">{t("imports.unreplaced_text")}</p>
      <Scroll>
        <table className={page["plain"]}>
          <tbody>
            {payments.map((payment) => (
              <tr key={payment.id}>
                <td>
                  <Link href={href(`/items/${payment.id}`)}>{payment.number}</Link>
                </td>
                <td>
                  <Link href={href(`/customers/${payment.customer.id}`)}>{payment.customer.name}</Link>
                </td>
                <td>{date(payment.date)}</td>
                <td className="number">
                  <Amount value={payment.amount} currency={payment.currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Card>
  );
}

function UndoForm({ report, close }: { report: Report; close: () => void }) {
  const { t } = useWords();
  const [reason, setReason] = useState("");
  const undo = useChange("/api/imports/{id}/undo", () => {
    close();
    tell({ text: t("imports.undo_done"), tone: "ok" });
  });
  const send = () => undo.mutate({ body: { reason }, parts: { id: report.load_id } });
  return (
    <AskedForm send={send} save={t("imports.undo")} busy={undo.isPending}>
      <p>{t("imports.undo_text")}</p>
      {undo.isError && <Failed error={undo.error} />}
      <ReasonField data-autofocus value={reason} set={setReason} />
    </AskedForm>
  );
}

function Undo({ report }: { report: Report }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const may = useMay("import");
  if (!may || report.summary.state === "undone") return null;
  const close = () => setOpen(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        disabled={!report.can_undo}
        title={report.undo_refusal?.text}
        onClick={() => setOpen(true)}
      >
        {t("imports.undo")}
      </Button>
      <Dialog opened={open} close={close} title={t("imports.undo_title")}>
        <UndoForm report={report} close={close} />
      </Dialog>
    </>
  );
}

function Figures() {
  const { t } = useWords();
  const { href } = usePlace();
  return (
    <div className={page["row"]}>
      {(["today", "ageing", "dso", "agenda"] as const).map((name) => (
        <Button
          key={name}
          component={Link}
          variant={name === "today" ? "filled" : "default"}
          href={href(name === "today" ? "/" : `/${name}`)}
        >
          {t(`nav.${name}`)}
        </Button>
      ))}
    </div>
  );
}

function Refused({ report }: { report: Report }) {
  const { t } = useWords();
  if (report.summary.counts.refused === 0) return null;
  const download = (
    <Button
      component="a"
      size="xs"
      variant="default"
      href={`/api/imports/${report.load_id}/refusals.csv`}
      download
    >
      {t("imports.download_refused")}
    </Button>
  );
  return (
    <Card title={t("imports.refused_lines")} tools={download}>
      <RefusedLines lines={report.refusals_sample} />
    </Card>
  );
}

/** When, by whom, what and how, in one line. */
function loadLine(words: Words, load: Report["summary"]): string {
  return [
    words.instant(load.at),
    load.author,
    words.t(`import_kind.${load.kind}`),
    words.t(`mode.${load.mode}`),
    `${words.t("imports.as_of")} ${words.date(load.as_of)}`,
    `SHA-256 ${load.sha256.slice(0, 12)}…`,
  ].join(" · ");
}

function Whole({ report }: { report: Report }) {
  const words = useWords();
  const { summary } = report;
  return (
    <>
      <Card
        title={summary.file_name}
        tools={summary.state === "undone" && <Chip tone="warn">{words.t("imports.undone")}</Chip>}
      >
        <div className={page["stack"]}>
          <Counts counts={summary.counts} />
          <p className="soft">{loadLine(words, summary)}</p>
          <Notices notices={report.notices} />
          {report.undo_refusal !== null && !report.can_undo && summary.state !== "undone" && (
            <p className="soft">{report.undo_refusal.text}</p>
          )}
          <Figures />
        </div>
      </Card>
      <Reconciliation report={report} />
      <Unreplaced report={report} />
      <Refused report={report} />
    </>
  );
}

export default function LoadReport({ id }: { id: number }) {
  const { t } = useWords();
  const { href } = usePlace();
  const answer = useAnswer("/api/imports/{id}", { parts: { id } });
  if (isMissing(answer.error)) return <NotFound text={answer.error?.message ?? ""} />;
  return (
    <Page
      title={t("imports.report", { id })}
      crumbs={[{ text: t("nav.imports"), href: href("/imports") }]}
      tools={answer.data !== undefined && <Undo report={answer.data} />}
    >
      <Answered of={answer} lines={10}>
        {(report) => <Whole report={report} />}
      </Answered>
    </Page>
  );
}
