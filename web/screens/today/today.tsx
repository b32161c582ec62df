// The first screen: what to do now, then the cash of the month and the DSO; not a wall of charts.
import { Button } from "@mantine/core";
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { Amount, Days } from "../../components/amount";
import { useCurrencyChoice } from "../../components/currency_choice";
import { MeasureInfo } from "../../components/measure_info";
import { NoWorkingDay } from "../../components/no_working_day";
import { Card, Page } from "../../components/page";
import styles from "../../components/page.module.css";
import { Sparkline } from "../../components/sparkline";
import { Answered, Empty } from "../../components/states";
import { drawnShare } from "../../lib/amount";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { useAnswer } from "../../lib/server";
import { AgeingBars } from "../ageing/ageing_bars";
import { KpiFigure } from "../dso/kpi_card";
import { dsoInputs, WaterfallTable } from "../dso/waterfall_table";
import { PromisesCard } from "./promises_card";
import { ToActOn } from "./to_act_on";

type TodayAnswer = Schemas["Today"];

/** Where the agenda shows those of a kind apart. */
const doorOf: Partial<Record<string, string>> = {
  dispute_to_answer: "disputes",
  promise_due: "promises",
  promise_broken: "promises",
};

function AgendaCard({ today }: { today: TodayAnswer }) {
  const { t, count } = useWords();
  const { href } = usePlace();
  const { counts, kinds } = today.agenda;
  return (
    <Card
      title={t("today.agenda")}
      tools={
        <Button component={Link} size="xs" href={href("/agenda/one")}>
          {t("one.title")}
        </Button>
      }
    >
      <div className={styles["stack"]}>
        <Link href={href("/agenda")} className={styles["figure"] ?? ""}>
          {count(counts.due)} <small>{t("today.to_act_on")}</small>
        </Link>
        <ul className={styles["list"]}>
          {kinds
            .filter((one) => one.count > 0)
            .map((one) => (
              <li key={one.kind} className={styles["row"]}>
                {doorOf[one.kind] === undefined ? (
                  <span>{t(`kind.${one.kind}`)}</span>
                ) : (
                  <Link href={href("/agenda", { section: doorOf[one.kind] })}>{t(`kind.${one.kind}`)}</Link>
                )}
                <strong className={styles["cardTools"]}>{count(one.count)}</strong>
              </li>
            ))}
          {(["waiting", "suppressed"] as const).map((outcome) => (
            <li key={outcome} className={styles["row"]}>
              <Link href={href("/agenda", { outcome })}>{t(`outcome.${outcome}`)}</Link>
              <span className={`${styles["cardTools"]} soft`}>{count(counts[outcome])}</span>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

function CashCard({ today }: { today: TodayAnswer }) {
  const { t, month } = useWords();
  const { row, control } = useCurrencyChoice(today.collected);
  if (row === undefined) return <Empty title={t("today.cash")} text={t("figure.nothing_text")} />;
  const share = Math.max(0, Math.min(1, drawnShare(row.collected, row.collectable)));
  return (
    <Card
      title={t("today.cash_of", { month: month(`${row.month}-01`) })}
      tools={
        <>
          <MeasureInfo head={row.rate} title={t("kpi.collection_rate")} />
          {control}
        </>
      }
    >
      <div className={styles["stack"]}>
        <div className={styles["figure"]}>
          <Amount value={row.collected} /> <small>{row.currency}</small>
        </div>
        <div className={styles["bar"]} role="img" aria-label={t("kpi.collection_rate")}>
          <span style={{ width: `${share * 100}%` }} />
        </div>
        <dl className={styles["pairs"]}>
          <dt>{t("today.goal")}</dt>
          <dd className="number">
            <Amount value={row.collectable} />
          </dd>
          <dt>{t("today.remaining")}</dt>
          <dd className="number">
            <Amount value={row.remaining} />
          </dd>
          <dt>{t("kpi.collection_rate")}</dt>
          <dd className="number">
            <KpiFigure value={row.rate} />
          </dd>
        </dl>
      </div>
    </Card>
  );
}

function DsoCard({ today }: { today: TodayAnswer }) {
  const { t } = useWords();
  const { href } = usePlace();
  const { row, currency, control } = useCurrencyChoice(today.dso.rows);
  const series = today.trend.rows.find((one) => one.currency === currency);
  if (row === undefined) return <Empty title={t("nav.dso")} text={t("figure.nothing_text")} />;
  return (
    <Card
      title={t("nav.dso")}
      tools={
        <>
          <MeasureInfo head={today.dso} title={t("nav.dso")} row={dsoInputs(row)} />
          {control}
        </>
      }
    >
      <div className={styles["stack"]}>
        <Link href={href("/dso")} className={styles["figure"] ?? ""}>
          <Days value={row.days} moreThan={row.more_than} /> <small>{t("dso.days_unit")}</small>
        </Link>
        {series !== undefined && (
          <Sparkline
            values={series.points.map((point) => (point.days === null ? null : Number(point.days)))}
            label={t("dso.trend", { currency })}
          />
        )}
        <dl className={styles["pairs"]}>
          <dt>{t("dso.best_possible")}</dt>
          <dd className="number">
            <Days value={row.best_possible} />
          </dd>
          <dt>{t("dso.average_days_delinquent")}</dt>
          <dd className="number">
            <Days value={row.average_days_delinquent} />
          </dd>
        </dl>
      </div>
    </Card>
  );
}

function WaterfallCard({ today }: { today: TodayAnswer }) {
  const { t } = useWords();
  const { row, control } = useCurrencyChoice(today.waterfall.rows);
  if (row === undefined) return null;
  return (
    <Card
      title={t("today.waterfall")}
      tools={
        <>
          <MeasureInfo head={today.waterfall} title={t("today.waterfall")} />
          {control}
        </>
      }
    >
      <WaterfallTable waterfall={row} />
    </Card>
  );
}

function AgeingCard({ today }: { today: TodayAnswer }) {
  const { t } = useWords();
  const { row, control } = useCurrencyChoice(today.ageing.totals);
  if (row === undefined) return null;
  return (
    <Card
      title={t("nav.ageing")}
      tools={
        <>
          <MeasureInfo head={today.ageing} title={t("nav.ageing")} />
          {control}
        </>
      }
    >
      <AgeingBars columns={row} />
    </Card>
  );
}

function Whole({ today }: { today: TodayAnswer }) {
  return (
    <>
      {!today.working_day && <NoWorkingDay day={today.as_of} next={today.next_working_day} />}
      <div className={styles["three"]}>
        <AgendaCard today={today} />
        <CashCard today={today} />
        <DsoCard today={today} />
      </div>
      {(today.working_day || today.customers_to_act_on.length > 0) && <ToActOn rows={today.customers_to_act_on} />}
      <div className={styles["wideNarrow"]}>
        <WaterfallCard today={today} />
        <div className={styles["stack"]}>
          <PromisesCard promises={today.promises} />
          <AgeingCard today={today} />
        </div>
      </div>
    </>
  );
}

export default function Today() {
  const { t, longDate } = useWords();
  const { perimeter } = usePlace();
  const answer = useAnswer("/api/today", { query: { ...perimeter } });
  return (
    <Page
      title={t("nav.today")}
      beside={<span className="soft">{answer.data === undefined ? "" : longDate(answer.data.as_of)}</span>}
    >
      <Answered of={answer} lines={12}>
        {(today) => <Whole today={today} />}
      </Answered>
    </Page>
  );
}
