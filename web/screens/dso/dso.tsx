// DSO: the figure, its parts, its trend, by currency, entity and customer (DSO-1 to DSO-7).
import type { Schemas } from "../../api/client";
import { Amount, Days } from "../../components/amount";
import { useBy } from "../../components/by_choice";
import { useCurrencyChoice } from "../../components/currency_choice";
import { ExportButtons } from "../../components/export_buttons";
import { MeasureInfo } from "../../components/measure_info";
import { Card, Chip, Page } from "../../components/page";
import styles from "../../components/page.module.css";
import { PlaceChoice, usePlaceChoice } from "../../components/place_choice";
import { Answered, Empty } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { useAnswer } from "../../lib/server";
import { DsoRows } from "./dso_rows";
import { KpiCard } from "./kpi_card";
import { TrendChart } from "./trend_chart";
import { dsoInputs, WaterfallTable } from "./waterfall_table";

const methods = ["accounting", "countback"] as const;
const windows = ["12", "6", "3", "1"] as const;

/** Method and window as the address has them; the same for all parts of the screen. */
function useDsoQuery() {
  const { perimeter, param } = usePlace();
  const method = usePlaceChoice("method", methods);
  const window = usePlaceChoice("window", windows);
  return { method, window, query: { ...perimeter, customer: param("customer"), method, window } } as const;
}

function Choices() {
  const { t } = useWords();
  const { method } = useDsoQuery();
  return (
    <>
      <PlaceChoice
        name="method"
        label={t("dso.method")}
        values={methods}
        text={(value) => t(`dso.${value}`)}
      />
      {method === "accounting" && (
        <PlaceChoice
          name="window"
          label={t("dso.window")}
          values={windows}
          text={(value) => t("dso.months", { count: value })}
        />
      )}
    </>
  );
}

function Figures({ row }: { row: Schemas["Waterfall"] }) {
  const { t } = useWords();
  return (
    <div className={styles["figures"]}>
      <div>
        <div className="soft">{t("nav.dso")}</div>
        <div className={styles["figure"]}>
          <Days value={row.days} moreThan={row.more_than} /> <small>{t("dso.days_unit")}</small>
        </div>
      </div>
      <div>
        <div className="soft">{t("dso.best_possible")}</div>
        <div className={styles["figure"]}>
          <Days value={row.best_possible} />
        </div>
      </div>
      <div>
        <div className="soft">{t("dso.average_days_delinquent")}</div>
        <div className={styles["figure"]}>
          <Days value={row.average_days_delinquent} />
        </div>
      </div>
      {row.cost_of_one_day !== null && (
        <div>
          <div className="soft">{t("dso.cost_of_one_day")}</div>
          <div className={styles["figure"]}>
            <Amount value={row.cost_of_one_day} currency={row.currency} />
          </div>
        </div>
      )}
    </div>
  );
}

function Parts({ waterfall }: { waterfall: Schemas["DsoWaterfall"] }) {
  const { t } = useWords();
  const { query } = useDsoQuery();
  const { row, currency, control } = useCurrencyChoice(waterfall.rows);
  const trend = useAnswer("/api/dso/trend", { query: { ...query, months: 24 } });
  if (row === undefined) return <Empty title={t("figure.nothing")} text={t("figure.nothing_text")} />;
  return (
    <>
      <Card
        title={t("dso.waterfall", { currency })}
        tools={
          <>
            <MeasureInfo head={waterfall} title={t("dso.waterfall", { currency })} row={dsoInputs(row)} />
            {control}
          </>
        }
      >
        <div className={styles["stack"]}>
          <Figures row={row} />
          {row.short_history && <Chip tone="warn">{t("flag.short_history")}</Chip>}
          <WaterfallTable waterfall={row} />
        </div>
      </Card>
      <Answered of={trend}>{(data) => <TrendChart trend={data} currency={currency} />}</Answered>
    </>
  );
}

export default function Dso() {
  const { t } = useWords();
  const { query } = useDsoQuery();
  const by = useBy();
  const waterfall = useAnswer("/api/dso/waterfall", { query });
  const exported = { ...query, by };
  return (
    <Page
      title={t("nav.dso")}
      tools={
        <>
          <Choices />
          <ExportButtons path="/api/dso" query={exported} />
        </>
      }
    >
      <Answered of={waterfall} lines={10}>
        {(data) => <Parts waterfall={data} />}
      </Answered>
      <DsoRows query={query} />
      <KpiCard query={{ ...query, method: undefined, window: undefined }} title={t("kpi.title")} />
    </Page>
  );
}
