// DSO at the month ends, with the billings that feed it; the table twin opens the month's billings.
import { useMemo } from "react";
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { Amount, Days } from "../../components/amount";
import { ChartCard } from "../../components/chart";
import type { Drawing } from "../../components/chart_canvas";
import { MeasureInfo } from "../../components/measure_info";
import { Chip, Scroll } from "../../components/page";
import styles from "../../components/page.module.css";
import { useWords, type Words } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";

type Trend = Schemas["DsoTrend"];
type Series = Schemas["DsoSeries"];

function drawingOf(series: Series, words: Words): Drawing {
  return {
    categories: series.points.map((point) => words.month(point.month_end)),
    unit: words.t("dso.days"),
    secondUnit: series.currency,
    series: [
      {
        name: words.t("dso.window_billings"),
        form: "bar",
        second: true,
        values: series.points.map((point) => Number(point.billings)),
      },
      {
        name: words.t("nav.dso"),
        form: "line",
        values: series.points.map((point) => (point.days === null ? null : Number(point.days))),
      },
    ],
  };
}

function TrendTable({ series }: { series: Series }) {
  const { t, date } = useWords();
  const { href, itemsHref } = usePlace();
  return (
    <Scroll>
      <table className={styles["plain"]}>
        <thead>
          <tr>
            <th>{t("dso.month_end")}</th>
            <th className="number">{t("nav.dso")}</th>
            <th className="number">{t("column.outstanding")}</th>
            <th className="number">{t("dso.window_billings")}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {series.points.toReversed().map((point) => (
            <tr key={point.month_end}>
              <td>
                <Link href={href("/dso", { as_of: point.month_end })}>{date(point.month_end)}</Link>
              </td>
              <td className="number">
                <Days value={point.days} moreThan={point.more_than} />
              </td>
              <td className="number">
                <Link href={itemsHref(series.currency, { as_of: point.month_end })}>
                  <Amount value={point.outstanding} />
                </Link>
              </td>
              <td className="number">
                <Amount value={point.billings} />
              </td>
              <td>{point.short_history && <Chip tone="warn">{t("flag.short_history")}</Chip>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export function TrendChart({ trend, currency }: { trend: Trend; currency: string }) {
  const words = useWords();
  const series = trend.rows.find((one) => one.currency === currency);
  const drawing = useMemo(
    () => (series === undefined ? undefined : drawingOf(series, words)),
    [series, words],
  );
  if (series === undefined || drawing === undefined) return null;
  return (
    <ChartCard
      title={words.t("dso.trend", { currency })}
      drawing={drawing}
      table={<TrendTable series={series} />}
      tools={<MeasureInfo head={trend} title={words.t("dso.trend", { currency })} />}
    />
  );
}
