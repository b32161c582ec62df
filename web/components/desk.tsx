// The desk around every screen: navigation, perimeter bar, state of the last load.
import { type ComponentType, lazy, Suspense, useState } from "react";
import { Link, Redirect, Route, Switch, useLocation } from "wouter";
import { useWords, type Words } from "../lib/i18n/language";
import { type Me, useMe } from "../lib/me";
import { usePlace } from "../lib/perimeter";
import { AddressNotice } from "./address_notice";
import { CommandPalette } from "./command_palette";
import styles from "./desk.module.css";
import { places } from "./desk_places";
import { Icon } from "./icon";
import { KeyboardHelp } from "./keyboard_help";
import { NotFound } from "./not_found";
import { ExportLines } from "./export_progress";
import { NoticeLine } from "./notice";
import page from "./page.module.css";
import { Waiting } from "./states";
import { TopBar } from "./top_bar";

const Today = lazy(() => import("../screens/today/today"));
const Agenda = lazy(() => import("../screens/agenda/agenda"));
const OneByOne = lazy(() => import("../screens/agenda/one_by_one"));
const Customers = lazy(() => import("../screens/customers/customers"));
const CustomerSheet = lazy(() => import("../screens/customers/customer_sheet"));
const Items = lazy(() => import("../screens/items/items"));
const ItemSheet = lazy(() => import("../screens/items/item_sheet"));
const Ageing = lazy(() => import("../screens/ageing/ageing"));
const Dso = lazy(() => import("../screens/dso/dso"));
const Imports = lazy(() => import("../screens/imports/imports"));
const NewImport = lazy(() => import("../screens/imports/new_import"));
const LoadReport = lazy(() => import("../screens/imports/load_report"));
const FirstSteps = lazy(() => import("../screens/imports/first_steps"));
const Messages = lazy(() => import("../screens/messages/messages"));
const MessageSheet = lazy(() => import("../screens/messages/message_sheet"));
const Letters = lazy(() => import("../screens/messages/letters"));
const Runs = lazy(() => import("../screens/messages/runs"));
const RunSheet = lazy(() => import("../screens/messages/run_sheet"));
const MailPage = lazy(() => import("../screens/settings/mail_page"));
const CardsPage = lazy(() => import("../screens/settings/cards_page"));
const LatePaymentPage = lazy(() => import("../screens/settings/late_payment_page"));
const MeasuresPage = lazy(() => import("../screens/settings/measures_page"));
const TextsPage = lazy(() => import("../screens/settings/texts_page"));
const Scenarios = lazy(() => import("../screens/scenarios/scenarios"));
const ScenarioEditor = lazy(() => import("../screens/scenarios/scenario_editor"));
const RulesPage = lazy(() => import("../screens/scenarios/rules_page"));
const Simulator = lazy(() => import("../screens/scenarios/simulator"));
const Account = lazy(() => import("../screens/session/account"));

function isHere(path: string, place: string): boolean {
  return place === "/" ? path === "/" : path === place || path.startsWith(`${place}/`);
}

/** A company of several entities without a name of its own is not called by one of them. */
function companyName({ company, entities }: Me, n: Words["n"]): string {
  const another = entities.length > 1 && entities.some((one) => one.name === company.name);
  return another ? n("perimeter.entity", entities.length) : company.name;
}

function Side({ open, close }: { open: boolean; close: () => void }) {
  const { t, n } = useWords();
  const { href } = usePlace();
  const [path] = useLocation();
  const me = useMe();
  return (
    <nav className={styles["side"]} data-open={open} aria-label={t("desk.navigation")}>
      <Link className={styles["brand"] ?? ""} href={href("/")} onClick={close}>
        <img src="/icon.svg" alt="" width={24} height={24} />
        Countback
      </Link>
      {places.map(([place, name]) => (
        <Link
          key={place}
          className={styles["nav"] ?? ""}
          href={href(place)}
          onClick={close}
          aria-current={isHere(path, place) ? "page" : undefined}
        >
          <Icon name={name} />
          {t(`nav.${name}`)}
        </Link>
      ))}
      <div className={styles["sideFoot"]}>
        <KeyboardHelp />
        <p>{companyName(me, n)}</p>
      </div>
    </nav>
  );
}

/** A sheet by its number; an address with anything else leads nowhere. */
function Numbered({ id, of: Sheet }: { id: string; of: ComponentType<{ id: number }> }) {
  return /^[1-9]\d{0,15}$/.test(id) ? <Sheet id={Number(id)} /> : <NotFound />;
}

function Screens() {
  const me = useMe();
  return (
    <Switch>
      <Route path="/">{me.company.empty ? <Redirect to="/start" /> : <Today />}</Route>
      <Route path="/start" component={FirstSteps} />
      <Route path="/sign-in">
        <Redirect to="/" />
      </Route>
      <Route path="/agenda" component={Agenda} />
      <Route path="/agenda/one" component={OneByOne} />
      <Route path="/customers" component={Customers} />
      <Route path="/customers/:id">{({ id }) => <Numbered id={id} of={CustomerSheet} />}</Route>
      <Route path="/items" component={Items} />
      <Route path="/items/:id">{({ id }) => <Numbered id={id} of={ItemSheet} />}</Route>
      <Route path="/ageing" component={Ageing} />
      <Route path="/dso" component={Dso} />
      <Route path="/imports" component={Imports} />
      <Route path="/imports/new" component={NewImport} />
      <Route path="/imports/:id">{({ id }) => <Numbered id={id} of={LoadReport} />}</Route>
      <Route path="/messages" component={Messages} />
      <Route path="/messages/letters" component={Letters} />
      <Route path="/messages/:id">{({ id }) => <Numbered id={id} of={MessageSheet} />}</Route>
      <Route path="/runs" component={Runs} />
      <Route path="/runs/:id">{({ id }) => <Numbered id={id} of={RunSheet} />}</Route>
      <Route path="/scenarios" component={Scenarios} />
      <Route path="/scenarios/rules" component={RulesPage} />
      <Route path="/scenarios/simulator" component={Simulator} />
      <Route path="/scenarios/:code">{({ code }) => <ScenarioEditor code={code} />}</Route>
      <Route path="/settings" component={MailPage} />
      <Route path="/settings/companies" component={CardsPage} />
      <Route path="/settings/texts" component={TextsPage} />
      <Route path="/settings/measures" component={MeasuresPage} />
      <Route path="/settings/late-payment" component={LatePaymentPage} />
      <Route path="/account" component={Account} />
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

function DemoBanner() {
  const { t } = useWords();
  const me = useMe();
  return me.company.demo ? <div className={styles["demo"]}>{t("desk.demo")}</div> : null;
}

export function Desk() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <div className={styles["desk"]}>
      <a className={styles["skip"]} href="#page">
        {t("desk.skip")}
      </a>
      <Side open={open} close={() => setOpen(false)} />
      <div>
        <header className={styles["top"]}>
          <DemoBanner />
          <TopBar toggleMenu={() => setOpen((before) => !before)} />
        </header>
        <AddressNotice />
        <Suspense
          fallback={
            <div className={page["page"]}>
              <Waiting lines={8} />
            </div>
          }
        >
          <Screens />
        </Suspense>
      </div>
      <CommandPalette />
      <ExportLines />
      <NoticeLine />
    </div>
  );
}
