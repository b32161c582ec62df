// The indicators KPI-1 to KPI-5, each with its rule.
import type { ReactNode } from "react";
import type { Query, Schemas } from "../../api/client";
import { Days, Ratio } from "../../components/amount";
import { useCurrencyChoice } from "../../components/currency_choice";
import { MeasureInfo } from "../../components/measure_info";
import { Card, Chip, Scroll } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Empty } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useAnswer } from "../../lib/server";

type Value = Schemas["KpiValue"];
type Row = Schemas["KpiRow"];

export function KpiFigure({ value }: { value: Value }) {
  return value.unit === "ratio" ? <Ratio value={value.value} /> : <Days value={value.value} />;
}

function Line({ title, value, beside }: { title: string; value: Value; beside?: ReactNode }) {
  const { code } = useWords();
  return (
    <tr>
      <td>
        {title}
        {beside !== undefined && <div className="soft">{beside}</div>}
      </td>
      <td className="number">
        <strong>
          <KpiFigure value={value} />
        </strong>{" "}
        {value.flags.map((flag) => (
          <Chip key={flag} tone="warn">
            {code("flag", flag)}
          </Chip>
        ))}
      </td>
      <td className="number">
        <MeasureInfo head={value} title={title} />
      </td>
    </tr>
  );
}

function Collection({ row }: { row: Row }) {
  const { t, money } = useWords();
  const rate = row.collection_rate;
  const beside = t("kpi.collection_beside", {
    collected: money(rate.collected, row.currency),
    collectable: money(rate.collectable, row.currency),
    after: money(rate.issued_after, row.currency),
  });
  return <Line title={t("kpi.collection_rate")} value={rate.rate} beside={beside} />;
}

function Lines({ row }: { row: Row }) {
  const { t, n, code } = useWords();
  const { behaviour } = row;
  return (
    <tbody>
      <Line title={t("kpi.late_rate")} value={row.late_rate} />
      <Collection row={row} />
      <Line title={t("kpi.cei")} value={row.cei} />
      <Line title={t("kpi.qualification_rate")} value={row.qualification_rate} />
      <Line
        title={t("kpi.weighted_delay")}
        value={behaviour.weighted_delay}
        beside={
          <>
            {t("kpi.plain")} <Days value={behaviour.plain_delay.value} />
          </>
        }
      />
      <Line
        title={t("kpi.weighted_duration")}
        value={behaviour.weighted_duration}
        beside={
          <>
            {t("kpi.plain")} <Days value={behaviour.plain_duration.value} />
          </>
        }
      />
      <Line title={t("kpi.open_included_delay")} value={behaviour.open_included_delay} />
      <Line title={t("kpi.at_risk_rate")} value={row.at_risk_rate} />
      <Line
        title={t("kpi.promise_kept")}
        value={row.promise_kept.by_amount}
        beside={
          <>
            {t("kpi.by_count")} <Ratio value={row.promise_kept.by_count.value} />
          </>
        }
      />
      {row.dispute_resolution_days.map((one) => (
        <tr key={one.cause}>
          <td>{t("kpi.dispute_resolution", { cause: code("cause", one.cause) })}</td>
          <td className="number">
            <strong>
              <Days value={one.days} />
            </strong>
          </td>
          <td className="number soft">{n("kpi.disputes", one.count)}</td>
        </tr>
      ))}
    </tbody>
  );
}

function Rows({ kpi, title }: { kpi: Schemas["Kpi"]; title: string }) {
  const { t } = useWords();
  const { row, control } = useCurrencyChoice(kpi.rows);
  if (row === undefined) return <Empty title={t("figure.nothing")} text={t("figure.nothing_text")} />;
  return (
    <Card title={title} tools={control}>
      <Scroll>
        <table className={styles["plain"]}>
          <Lines row={row} />
        </table>
      </Scroll>
    </Card>
  );
}

export function KpiCard({ query, title }: { query: Query; title: string }) {
  const kpi = useAnswer("/api/kpi", { query });
  return <Answered of={kpi}>{(data) => <Rows kpi={data} title={title} />}</Answered>;
}

export { Rows as KpiRows };
