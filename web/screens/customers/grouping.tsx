// Whom a customer is chased with (COL-2), and whose contacts its messages go to (COL-7); both hold from today on.
import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { Link } from "wouter";
import type { Schemas } from "../../api/client";
import { AskedForm } from "../../components/asked_form";
import { CustomerPick, type CustomerRef } from "../../components/customer_pick";
import { tell } from "../../components/notice";
import { Dialog } from "../../components/overlay";
import { Card } from "../../components/page";
import styles from "../../components/page.module.css";
import { Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { usePlace } from "../../lib/perimeter";
import { useWrite } from "../../lib/server";

type Customer = Schemas["CustomerSheet"]["customer"];
type What = "group" | "centre";

/** Alone, a member, or the master of others. */
export function standingIn({ id, group }: Pick<Customer, "id" | "group">): "alone" | "member" | "master" {
  if (group === undefined || group === null) return "alone";
  return group.master.id === id ? "master" : "member";
}

function useGrouping(customer: number, what: What, done: () => void) {
  const { t } = useWords();
  const said = () => {
    tell({ text: t(`grouping.${what}_saved`), tone: "ok" });
    done();
  };
  const group = useWrite("/api/customers/{id}/group", said);
  const centre = useWrite("/api/customers/{id}/payment_centre", said);
  const parts = { id: customer };
  const set = (other: number | null) =>
    what === "group"
      ? group.mutate({ body: { master: other }, parts })
      : centre.mutate({ body: { customer: other }, parts });
  const asked = what === "group" ? group : centre;
  return { set, busy: asked.isPending, error: asked.error };
}

interface FormProps {
  readonly customer: Customer;
  readonly what: What;
  readonly done: () => void;
}

/** What takes it back, said by what it does. */
function takeBackKey(customer: Customer, what: What) {
  if (what === "centre") return "grouping.centre_none";
  return standingIn(customer) === "master" ? "grouping.dissolve" : "grouping.leave";
}

function Form({ customer, what, done }: FormProps) {
  const { t } = useWords();
  const [other, setOther] = useState<CustomerRef>();
  const { set, busy, error } = useGrouping(customer.id, what, done);
  const stands = what === "group" ? customer.group : customer.payment_centre;
  const master = what === "group" && standingIn(customer) === "master";
  const takeBack = stands !== null && stands !== undefined && (
    <Button variant="default" disabled={busy} onClick={() => set(null)}>
      {t(takeBackKey(customer, what))}
    </Button>
  );
  return (
    <AskedForm
      send={() => other !== undefined && set(other.id)}
      save={master ? undefined : t(`grouping.${what}_save`)}
      busy={busy}
      disabled={other === undefined}
      between={takeBack}
      cancel={done}
    >
      <p>{t(master ? "grouping.master_text" : `grouping.${what}_text`)}</p>
      {error !== null && <Failed error={error} />}
      {!master && (
        <CustomerPick
          label={t(`grouping.${what}_pick`)}
          entity={customer.entity.id}
          without={customer.id}
          chosen={other}
          choose={setOther}
        />
      )}
    </AskedForm>
  );
}

function CustomerLink({ customer }: { customer: CustomerRef }) {
  const { href } = usePlace();
  return <Link href={href(`/customers/${customer.id}`)}>{customer.name}</Link>;
}

function GroupText({ customer }: { customer: Customer }): ReactNode {
  const { t, n } = useWords();
  const { group } = customer;
  if (group === null || group === undefined) return t("grouping.alone");
  if (standingIn(customer) === "member") return <CustomerLink customer={group.master} />;
  const rest = group.count - group.members.length;
  return (
    <>
      {n("grouping.master_of", group.count)}{" "}
      {group.members.map((member) => (
        <span key={member.id}>
          <CustomerLink customer={member} />{" "}
        </span>
      ))}
      {rest > 0 && n("reminder.more", rest)}
    </>
  );
}

export function Grouping({ customer }: { customer: Customer }) {
  const { t } = useWords();
  const may = useMay("act");
  const [what, setWhat] = useState<What>();
  const close = () => setWhat(undefined);
  const centre = customer.payment_centre;
  const buttons = (["group", "centre"] as const).map((one) => (
    <Button key={one} size="compact-xs" variant="default" onClick={() => setWhat(one)}>
      {t(`grouping.${one}_button`)}
    </Button>
  ));
  return (
    <Card title={t("grouping.title")} tools={may && buttons}>
      <dl className={styles["pairs"]}>
        <dt>{t("grouping.chased_with")}</dt>
        <dd>
          <GroupText customer={customer} />
        </dd>
        <dt>{t("grouping.centre")}</dt>
        <dd>
          {centre === null || centre === undefined ? t("grouping.own") : <CustomerLink customer={centre} />}
        </dd>
      </dl>
      <Dialog
        opened={what !== undefined}
        close={close}
        title={what === undefined ? "" : t(`grouping.${what}_title`, { name: customer.name })}
      >
        {what !== undefined && <Form key={`${customer.id} ${what}`} customer={customer} what={what} done={close} />}
      </Dialog>
    </Card>
  );
}
