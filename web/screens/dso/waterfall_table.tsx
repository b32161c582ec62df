// The waterfall that adds up (DSO-4): parts with amount, days and a bar; each opens its items.

import type { Schemas } from "../../api/client";
import { Days, ItemsLink } from "../../components/amount";
import { Scroll } from "../../components/page";
import styles from "../../components/page.module.css";
import { drawnShare, isNegative } from "../../lib/amount";
import { useWords } from "../../lib/i18n/language";
import own from "./dso.module.css";

export type Waterfall = Schemas["Waterfall"];
type Part = Waterfall["parts"][number];

/** The two sides of the division. */
export function dsoInputs(row: { currency: string; outstanding: string; billings: string }) {
  return { outstanding: `${row.outstanding} ${row.currency}`, billings: `${row.billings} ${row.currency}` };
}

/** Where each floating bar starts and how long it is, as shares of the widest reach. */
export function floatingBars(parts: readonly Part[]): { readonly from: number; readonly width: number }[] {
  let at = 0;
  const spans = parts.map((part) => {
    const start = at;
    at += drawnShare(part.amount, "1");
    return [Math.min(start, at), Math.max(start, at)] as const;
  });
  const low = Math.min(0, ...spans.map(([from]) => from));
  const reach = Math.max(1e-9, ...spans.map(([, to]) => to)) - low;
  return spans.map(([from, to]) => ({ from: (from - low) / reach, width: (to - from) / reach }));
}

function PartRow({
  part,
  bar,
  currency,
}: {
  part: Part;
  bar: { from: number; width: number };
  currency: string;
}) {
  const { code, count } = useWords();
  const sizes = { marginInlineStart: `${bar.from * 100}%`, width: `${bar.width * 100}%` };
  return (
    <tr>
      <td>{code("part", part.part)}</td>
      <td className={own["barCell"]}>
        <span
          className={own["partBar"]}
          data-part={part.part}
          data-minus={isNegative(part.amount)}
          style={sizes}
        />
      </td>
      <td className="number">
        <Days value={part.days} />
      </td>
      <td className="number">
        <ItemsLink value={part.amount} currency={currency} filter={part.items_filter} />
      </td>
      <td className="number soft">{count(part.count)}</td>
    </tr>
  );
}

function CauseRows({ part, currency }: { part: Part; currency: string }) {
  const { code, count } = useWords();
  return part.causes.map((cause) => (
    <tr key={cause.cause}>
      <td className={own["cause"]}>{code("cause", cause.cause)}</td>
      <td className={own["barCell"]} />
      <td className="number">
        <Days value={cause.days} />
      </td>
      <td className="number">
        <ItemsLink
          value={cause.amount}
          currency={currency}
          filter={{ ...part.items_filter, cause: cause.cause }}
        />
      </td>
      <td className="number soft">{count(cause.count)}</td>
    </tr>
  ));
}

function Total({ waterfall }: { waterfall: Waterfall }) {
  const { t, money } = useWords();
  return (
    <tfoot>
      <tr>
        <td>{t("dso.total")}</td>
        <td className={own["barCell"]} />
        <td className="number">
          <Days value={waterfall.days} moreThan={waterfall.more_than} />
        </td>
        <td className="number">
          <ItemsLink value={waterfall.outstanding} currency={waterfall.currency} filter={{}} />
        </td>
        <td />
      </tr>
      <tr>
        <td colSpan={5} className={own["memo"]}>
          {t("dso.disputed_not_due", { amount: money(waterfall.disputed_not_due, waterfall.currency) })}
        </td>
      </tr>
    </tfoot>
  );
}

export function WaterfallTable({ waterfall }: { waterfall: Waterfall }) {
  const { t } = useWords();
  const bars = floatingBars(waterfall.parts);
  return (
    <Scroll>
      <table className={styles["plain"]}>
        <thead>
          <tr>
            <th>{t("dso.part")}</th>
            <th className={own["barCell"]} aria-label={t("chart.chart")} />
            <th className="number">{t("dso.days")}</th>
            <th className="number">{t("dso.amount_in", { currency: waterfall.currency })}</th>
            <th className="number">{t("dso.items")}</th>
          </tr>
        </thead>
        <tbody>
          {waterfall.parts.map((part, index) => [
            <PartRow
              key={part.part}
              part={part}
              bar={bars[index] ?? { from: 0, width: 0 }}
              currency={waterfall.currency}
            />,
            <CauseRows key={`${part.part} causes`} part={part} currency={waterfall.currency} />,
          ])}
        </tbody>
        <Total waterfall={waterfall} />
      </table>
    </Scroll>
  );
}
