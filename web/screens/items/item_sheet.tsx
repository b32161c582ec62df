// One item and its facts: versions, allocations, standings (LED-3, LED-4).
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { Amount } from "../../components/amount";
import { FileLink } from "../../components/export_buttons";
import { isMissing, NotFound } from "../../components/not_found";
import { Card, Chip, Page, Scroll } from "../../components/page";
import styles from "../../components/page.module.css";
import { StandingList } from "../../components/standing_list";
import { Answered } from "../../components/states";
import { isNegative, isZero } from "../../lib/amount";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { useAnswer } from "../../lib/server";
import { useDecision } from "../../components/why_panel";
import { ScenarioButton } from "../scenarios/scenario_choice";
import { DueDateButton } from "./due_date_form";
import { ItemMarks, LateDays } from "./item_columns";

type Sheet = Schemas["ItemSheet"];

/** The day of the last allocation that stands, of an item with nothing left to pay. */
export function clearedOn({ item, allocations, as_of }: Sheet): string | undefined {
  if (!isZero(item.open)) return undefined;
  const days = allocations.filter((one) => !one.reversed && one.effective <= as_of).map((one) => one.effective);
  return days.toSorted().at(-1);
}

function Head({ sheet }: { sheet: Sheet }) {
  const words = useWords();
  const { item, texts } = sheet;
  const cleared = clearedOn(sheet);
  return (
    <dl className={styles["pairs"]}>
      <dt>{words.t("column.type")}</dt>
      <dd>{words.t(`type.${item.type}`)}</dd>
      <dt>{words.t("column.entity")}</dt>
      <dd>{item.entity.name}</dd>
      <dt>{words.t("column.issue_date")}</dt>
      <dd>{words.date(item.issue_date)}</dd>
      <dt>{words.t("column.due_date")}</dt>
      <dd>{words.date(item.due_date)}</dd>
      <dt>{words.t("column.days_late")}</dt>
      <dd>
        <LateDays days={item.days_late} /> <ItemMarks row={item} words={words} />
      </dd>
      {cleared !== undefined && <TextPair name={words.t("item.cleared_on")} text={words.date(cleared)} />}
      {Object.entries(texts).map(([name, text]) => (
        <TextPair key={name} name={words.code("field", name)} text={text ?? ""} />
      ))}
    </dl>
  );
}

function TextPair({ name, text }: { name: string; text: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </>
  );
}

function Versions({ sheet }: { sheet: Sheet }) {
  const { t, date, instant } = useWords();
  return (
    <Scroll>
      <table className={styles["plain"]}>
        <thead>
          <tr>
            <th>{t("fact.recorded")}</th>
            <th>{t("fact.author")}</th>
            <th>{t("column.issue_date")}</th>
            <th>{t("column.due_date")}</th>
            <th className="number">{t("column.amount")}</th>
          </tr>
        </thead>
        <tbody>
          {sheet.versions.map((version) => (
            <tr key={version.fact}>
              <td>
                {instant(version.at)} <span className="soft">#{version.fact}</span>
              </td>
              <td>{version.author}</td>
              <td>{date(version.issue_date)}</td>
              <td>{date(version.due_date)}</td>
              <td className="number">
                <Amount value={version.amount} currency={version.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Allocations({ sheet }: { sheet: Sheet }) {
  const { t, date } = useWords();
  const { href } = usePlace();
  if (sheet.allocations.length === 0) return <p className="soft">{t("item.no_allocations")}</p>;
  return (
    <Scroll>
      <table className={styles["plain"]}>
        <thead>
          <tr>
            <th>{t("fact.effective")}</th>
            <th>{t("fact.cause")}</th>
            <th>{t("fact.counter_item")}</th>
            <th className="number">{t("column.amount")}</th>
          </tr>
        </thead>
        <tbody>
          {sheet.allocations.map((allocation) => (
            <tr key={allocation.fact}>
              <td>
                {date(allocation.effective)} <span className="soft">#{allocation.fact}</span>{" "}
                {allocation.estimated && <Chip>{t("fact.estimated")}</Chip>}{" "}
                {allocation.reversed && <Chip tone="warn">{t("fact.reversed")}</Chip>}
              </td>
              <td>{t(`clearing.${allocation.cause}`)}</td>
              <td>
                {allocation.counter_item !== null && (
                  <Link href={href(`/items/${allocation.counter_item.id}`)}>
                    {allocation.counter_item.number}
                  </Link>
                )}
              </td>
              <td className="number">
                <Amount value={allocation.amount} currency={sheet.item.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** The invoice's own PDF, where the company keeps one (MSG-2); whether it does is known only once it is asked for. */
function DocumentLink({ item }: { item: number }) {
  const { t } = useWords();
  const text = t("item.document");
  const href = `/api/items/${item}/document`;
  return <FileLink href={href} title={text} text={text} size="compact-xs" missing={t("item.no_document")} />;
}

/** A due date belongs to what can be asked for; a scenario to what is still open of it. */
function Tools({ sheet: { item, scenario } }: { sheet: Sheet }) {
  const asked = !isNegative(item.amount) && item.type !== "payment";
  const decision = useDecision(item.customer.id, asked && !isZero(item.open));
  if (!asked) return null;
  const leads = decision.data?.leader?.item === item.id;
  return (
    <>
      {item.type === "invoice" && <DocumentLink item={item.id} />}
      <DueDateButton item={item} />
      {!isZero(item.open) && (
        <ScenarioButton
          of={{ kind: "item", id: item.id, name: item.number, scenario }}
          path={leads ? (decision.data?.path ?? []) : []}
        />
      )}
    </>
  );
}

function Sheets({ sheet }: { sheet: Sheet }) {
  const { t } = useWords();
  const { item } = sheet;
  return (
    <div className={styles["wideNarrow"]}>
      <div className={styles["stack"]}>
        <Card title={t("item.versions")}>
          <Versions sheet={sheet} />
        </Card>
        <Card title={t("item.allocations")}>
          <Allocations sheet={sheet} />
        </Card>
        <Card title={t("item.standings")}>
          <StandingList standings={sheet.standings} empty={t("item.no_standings")} />
        </Card>
      </div>
      <Card title={t("item.identity")} tools={<Tools sheet={sheet} />}>
        <div className={styles["stack"]}>
          <div className={styles["figures"]}>
            <div>
              <div className="soft">{t("column.open")}</div>
              <div className={styles["figure"]}>
                <Amount value={item.open} /> <small>{item.currency}</small>
              </div>
            </div>
            <div>
              <div className="soft">{t("column.amount")}</div>
              <Amount value={item.amount} currency={item.currency} />
            </div>
          </div>
          <Head sheet={sheet} />
        </div>
      </Card>
    </div>
  );
}

export default function ItemSheet({ id }: { id: number }) {
  const { t } = useWords();
  const { perimeter, href } = usePlace();
  const { as_of, known_at } = perimeter;
  const answer = useAnswer("/api/items/{id}", { parts: { id }, query: { as_of, known_at } });
  if (isMissing(answer.error)) return <NotFound text={answer.error?.message ?? ""} />;
  const item = answer.data?.item;
  const crumbs =
    item === undefined
      ? [{ text: t("nav.items"), href: href("/items") }]
      : [
          { text: t("nav.customers"), href: href("/customers") },
          { text: item.customer.name, href: href(`/customers/${item.customer.id}`) },
        ];
  return (
    <Page title={item?.number ?? t("nav.items")} crumbs={crumbs}>
      <Answered of={answer} lines={10}>
        {(sheet) => <Sheets sheet={sheet} />}
      </Answered>
    </Page>
  );
}
