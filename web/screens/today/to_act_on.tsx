// The ten customers to act on first, with the step and the reason.
import { Link } from "wouter";
import { Amount } from "../../components/amount";
import { Card, Scroll } from "../../components/page";
import styles from "../../components/page.module.css";
import { type AgendaRow, StepName, WhyButton } from "../../components/why_panel";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { LateDays } from "../items/item_columns";

function Line({ row }: { row: AgendaRow }) {
  const { href } = usePlace();
  return (
    <tr>
      <td>
        <Link href={href(`/customers/${row.customer.id}`)}>{row.customer.name}</Link>{" "}
        <span className="soft">{row.entity.code}</span>
      </td>
      <td className="number">
        {row.overdue.map((one) => (
          <div key={one.currency}>
            <Amount value={one.amount} currency={one.currency} />
          </div>
        ))}
      </td>
      <td className="number">{row.leader !== null && <LateDays days={row.leader.days_late} />}</td>
      <td>
        <StepName row={row} />
      </td>
      <td className="number">{row.priority.total}</td>
      <td className="number">
        <WhyButton customer={row.customer.id} />
      </td>
    </tr>
  );
}

export function ToActOn({ rows }: { rows: readonly AgendaRow[] }) {
  const { t } = useWords();
  const { href } = usePlace();
  return (
    <Card title={t("today.customers")} tools={<Link href={href("/agenda")}>{t("today.whole_agenda")}</Link>}>
      {rows.length === 0 ? (
        <p className="soft">{t("agenda.empty")}</p>
      ) : (
        <Scroll>
          <table className={styles["plain"]}>
            <thead>
              <tr>
                <th>{t("column.customer")}</th>
                <th className="number">{t("column.overdue")}</th>
                <th className="number">{t("column.days_late")}</th>
                <th>{t("agenda.step")}</th>
                <th className="number">{t("why.priority")}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Line key={row.customer.id} row={row} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Card>
  );
}
