// The customer sheet: the whole picture on one page.
import type { Schemas } from "../../api/client";
import { Days, ItemsLink } from "../../components/amount";
import { AskButton } from "../../components/asking";
import { MeasureInfo } from "../../components/measure_info";
import { isMissing, NotFound } from "../../components/not_found";
import { Card, Chip, Page } from "../../components/page";
import styles from "../../components/page.module.css";
import { StandingButtons } from "../../components/standing_form";
import { StandingList } from "../../components/standing_list";
import { Answered } from "../../components/states";
import { StepButtons, useStepMarks } from "../../components/step_marks";
import { WhyButton, WhySummary } from "../../components/why_panel";
import { formatName } from "../../lib/format";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { useAnswer } from "../../lib/server";
import { AgeingBars } from "../ageing/ageing_bars";
import { AgeingTable } from "../ageing/ageing_table";
import { KpiRows } from "../dso/kpi_card";
import { SpecificActionList, useSpecificAction } from "../agenda/specific_actions";
import { useCall } from "../agenda/call";
import { useSnooze } from "../agenda/snooze";
import { CustomerMessages } from "../messages/customer_messages";
import { WriteButton } from "../messages/write_message";
import { ScenarioButton } from "../scenarios/scenario_choice";
import { Contacts } from "./contacts";
import { ChangeCustomerButton } from "./customer_fields";
import { profileTone } from "./customers";
import { DoneList } from "./done_list";
import { Grouping } from "./grouping";
import { History } from "./history";
import { OwnedHere } from "./owner_mark";
import { PaymentButton } from "./payment_form";
import { Statement } from "./statement";

export type Sheet = Schemas["CustomerSheet"];
const parts = ["not_due", "overdue", "unapplied"] as const;

/** Outstanding split in its three parts, per currency (LED-5). */
function Balances({ sheet }: { sheet: Sheet }) {
  const { t } = useWords();
  const customer = String(sheet.customer.id);
  return sheet.balances.map((balance) => (
    <div key={balance.currency} className={styles["figures"]}>
      <div>
        <div className="soft">{t("column.outstanding")}</div>
        <div className={styles["figure"]}>
          <ItemsLink value={balance.outstanding} currency={balance.currency} filter={{ customer }} />{" "}
          <small>{balance.currency}</small>
        </div>
      </div>
      {parts.map((part) => (
        <div key={part}>
          <div className="soft">{t(`column.${part}`)}</div>
          <div className={styles["figure"]}>
            <ItemsLink value={balance[part]} currency={balance.currency} filter={{ customer, state: part }} />
          </div>
        </div>
      ))}
    </div>
  ));
}

function DsoFigures({ sheet }: { sheet: Sheet }) {
  const { t } = useWords();
  return (
    <div className={styles["figures"]}>
      {sheet.dso.rows.map((row) => (
        <div key={row.currency}>
          <div className="soft">
            {t("nav.dso")} {row.currency} <MeasureInfo head={sheet.dso} title={t("nav.dso")} />
          </div>
          <strong>
            <Days value={row.days} moreThan={row.more_than} /> {t("dso.days_unit")}
          </strong>
        </div>
      ))}
    </div>
  );
}

function Identity({ sheet }: { sheet: Sheet }) {
  const { t, language } = useWords();
  const { customer } = sheet;
  const named = (kind: "region" | "language", code: string | null) =>
    code === null || code === "" ? null : formatName(kind, code, language);
  const owner: Schemas["CustomerFieldOwners"] = customer.owner ?? {};
  const pairs = [
    [t("column.code"), customer.code, undefined],
    [t("column.entity"), customer.entity.name, undefined],
    [t("customer.terms"), customer.terms, owner.terms],
    [t("column.collector"), customer.collector?.name, owner.collector],
    [t("customer.segment"), customer.segment?.name, owner.segment],
    [t("customer.risk_class"), customer.risk_class, owner.risk_class],
    [t("customer.legal_id"), customer.legal_id, owner.legal_id],
    [t("customer.country"), named("region", customer.country), owner.country],
    [t("customer.language"), named("language", customer.language), owner.language],
  ] as const;
  return (
    <dl className={styles["pairs"]}>
      {pairs.flatMap(([name, value, whose]) =>
        value == null || value === ""
          ? []
          : [
              <dt key={`${name} name`}>{name}</dt>,
              <dd key={name}>
                {value} <OwnedHere owner={whose} />
              </dd>,
            ],
      )}
    </dl>
  );
}

function Ageing({ sheet }: { sheet: Sheet }) {
  const { t } = useWords();
  const filter = { customer: String(sheet.customer.id) };
  const [only] = sheet.ageing.totals;
  return (
    <Card title={t("nav.ageing")} tools={<MeasureInfo head={sheet.ageing} title={t("nav.ageing")} />}>
      {sheet.ageing.totals.length === 1 && only !== undefined ? (
        <AgeingBars columns={only} filter={filter} />
      ) : (
        <AgeingTable
          by="currency"
          rows={sheet.ageing.totals.map((total) => ({
            ...total,
            key: total.currency,
            label: total.currency,
            id: null,
          }))}
          totals={[]}
          filter={filter}
        />
      )}
    </Card>
  );
}

function Decision({ sheet }: { sheet: Sheet }) {
  const { t } = useWords();
  const { id, name } = sheet.customer;
  const marks = useStepMarks();
  const call = useCall();
  const snooze = useSnooze();
  return (
    <Card
      title={t("why.next")}
      tools={
        <>
          <StepButtons row={sheet.decision} marks={marks} />
          <AskButton asking={call} customer={sheet.customer} text={t("call.button")} />
          <AskButton asking={snooze} customer={sheet.customer} text={t("snooze.button")} />
          <ScenarioButton of={{ kind: "customer", id, name, scenario: sheet.customer.scenario }} path={sheet.decision.path} />
          <WhyButton customer={id} />
        </>
      }
    >
      <WhySummary row={sheet.decision} />
      {marks.dialog}
      {call.dialog}
      {snooze.dialog}
    </Card>
  );
}

function SpecificActions({ sheet }: { sheet: Sheet }) {
  const { t } = useWords();
  const asking = useSpecificAction();
  return (
    <Card
      title={t("specific.list")}
      tools={<AskButton asking={asking} customer={sheet.customer} text={t("specific.button")} />}
    >
      <SpecificActionList key={sheet.customer.id} customer={sheet.customer.id} empty={t("specific.empty")} />
      {asking.dialog}
    </Card>
  );
}

function Whole({ sheet }: { sheet: Sheet }) {
  const { t } = useWords();
  return (
    <>
      <Card>
        <div className={styles["figures"]}>
          <div className={styles["stack"]}>
            <Balances sheet={sheet} />
          </div>
          <DsoFigures sheet={sheet} />
        </div>
      </Card>
      <div className={styles["narrowFirst"]}>
        <div className={styles["stack"]}>
          <Decision sheet={sheet} />
          <Card title={t("customer.standings")} tools={<StandingButtons customer={sheet.customer.id} />}>
            <StandingList standings={sheet.standings} empty={t("customer.no_standings")} />
          </Card>
          <SpecificActions sheet={sheet} />
          <Contacts customer={sheet.customer.id} contacts={sheet.contacts} />
          <Card
            title={t("customer.identity")}
            tools={<ChangeCustomerButton customer={sheet.customer.id} name={sheet.customer.name} />}
          >
            <Identity sheet={sheet} />
          </Card>
          <Grouping customer={sheet.customer} />
        </div>
        <div className={styles["stack"]}>
          <Statement customer={sheet.customer.id} />
          <Ageing sheet={sheet} />
          <KpiRows kpi={sheet.behaviour} title={t("customer.behaviour")} />
          <CustomerMessages customer={sheet.customer.id} limit={10} />
          <DoneList customer={sheet.customer.id} limit={10} />
          <History customer={sheet.customer.id} />
        </div>
      </div>
    </>
  );
}

export default function CustomerSheet({ id }: { id: number }) {
  const { t } = useWords();
  const { perimeter, href } = usePlace();
  const { as_of, known_at, reporting } = perimeter;
  const answer = useAnswer("/api/customers/{id}", { parts: { id }, query: { as_of, known_at, reporting } });
  const customer = answer.data?.customer;
  if (isMissing(answer.error)) return <NotFound text={answer.error?.message ?? ""} />;
  return (
    <Page
      title={customer?.name ?? t("nav.customers")}
      crumbs={[{ text: t("nav.customers"), href: href("/customers") }]}
      beside={
        customer !== undefined && (
          <Chip tone={profileTone(customer.profile)}>{t(`profile.${customer.profile}`)}</Chip>
        )
      }
      tools={
        customer !== undefined && (
          <>
            <PaymentButton customer={customer.id} name={customer.name} />
            <WriteButton customer={customer} />
          </>
        )
      }
    >
      <Answered of={answer} lines={12}>
        {(sheet) => <Whole sheet={sheet} />}
      </Answered>
    </Page>
  );
}
