// The people of a customer: function, address, telephone, language; added, changed and removed here (IMP-5).
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { PatchBody, Schemas } from "../../api/client";
import { AskedForm } from "../../components/asked_form";
import { tell } from "../../components/notice";
import { Dialog } from "../../components/overlay";
import { Card } from "../../components/page";
import styles from "../../components/page.module.css";
import { Failed } from "../../components/states";
import { formatName } from "../../lib/format";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { useAmend, useChange, useRemoval } from "../../lib/server";
import { functions } from "../scenarios/scenario_draft";
import { OwnedHere, type Owner, OwnerChoice } from "./owner_mark";

type Contact = Schemas["Contact"];
type ContactChange = PatchBody<"/api/customers/{id}/contacts/{contact}">;
const one = "/api/customers/{id}/contacts/{contact}";
const texts = ["name", "email", "phone"] as const;
/** Languages that a message can be written in. */
const languages = ["en", "fr"] as const;

export interface ContactDraft {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly role: string;
  readonly language: string;
  readonly owner: Owner;
}

export function contactDraft(contact: Contact | undefined): ContactDraft {
  return {
    name: contact?.name ?? "",
    email: contact?.email ?? "",
    phone: contact?.phone ?? "",
    role: contact?.role ?? "",
    language: contact?.language ?? "",
    owner: contact === undefined ? "product" : (contact.owner ?? "source"),
  };
}

/** Only what changed, since that alone becomes the product's; undefined when there is nothing to send. */
export function contactChange(before: ContactDraft, after: ContactDraft): ContactChange | undefined {
  const names = [...texts, "role", "language"] as const;
  const changed = names.filter((name) => after[name].trim() !== before[name]);
  const said = after.owner !== (changed.length > 0 ? "product" : before.owner);
  if (changed.length === 0 && !said) return undefined;
  const values = Object.fromEntries(changed.map((name) => [name, after[name].trim() || null]));
  return said ? { ...values, owner: after.owner } : values;
}

function Choices({ draft, set }: { draft: ContactDraft; set: (changes: Partial<ContactDraft>) => void }) {
  const { t, language } = useWords();
  const known: readonly string[] = languages;
  const spoken = draft.language === "" || known.includes(draft.language) ? known : [...known, draft.language];
  return (
    <>
      <NativeSelect
        label={t("contact.function")}
        value={draft.role}
        data={[
          { value: "", label: t("figure.none") },
          ...functions.map((value) => ({ value, label: t(`function.${value}`) })),
        ]}
        onChange={(event) => set({ role: event.target.value })}
      />
      <NativeSelect
        label={t("customer.language")}
        value={draft.language}
        data={[
          { value: "", label: t("contact.language_of_customer") },
          ...spoken.map((value) => ({ value, label: formatName("language", value, language) })),
        ]}
        onChange={(event) => set({ language: event.target.value })}
      />
    </>
  );
}

function useSave(customer: number, contact: Contact | undefined, done: () => void) {
  const { t } = useWords();
  const saved = () => {
    tell({ text: t(contact === undefined ? "contact.added" : "contact.saved"), tone: "ok" });
    done();
  };
  const add = useChange("/api/customers/{id}/contacts", saved);
  const amend = useAmend(one, saved);
  const save = (body: ContactChange) =>
    contact === undefined
      ? add.mutate({ body, parts: { id: customer } })
      : amend.mutate({ body, parts: { id: customer, contact: contact.id } });
  return { save, busy: add.isPending || amend.isPending, error: add.error ?? amend.error };
}

interface FormProps {
  readonly customer: number;
  readonly contact: Contact | undefined;
  readonly done: () => void;
}

function Form({ customer, contact, done }: FormProps) {
  const { t } = useWords();
  const before = contactDraft(contact);
  const [draft, setDraft] = useState(before);
  const { save, busy, error } = useSave(customer, contact, done);
  const change = contactChange(before, draft);
  const set = (changes: Partial<ContactDraft>) => setDraft({ ...draft, owner: "product", ...changes });
  const send = () => change !== undefined && save(change);
  return (
    <AskedForm
      send={send}
      save={t(contact === undefined ? "contact.add_save" : "action.save")}
      busy={busy}
      disabled={change === undefined}
      cancel={done}
    >
      {error !== null && <Failed error={error} />}
      {texts.map((name) => (
        <TextInput
          key={name}
          label={t(`contact.${name}`)}
          required={name === "name"}
          withAsterisk={false}
          type={name === "email" ? "email" : name === "phone" ? "tel" : "text"}
          maxLength={500}
          value={draft[name]}
          {...(name === "name" ? { "data-autofocus": true } : {})}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      ))}
      <Choices draft={draft} set={set} />
      {contact !== undefined && (
        <OwnerChoice owner={draft.owner} of={contact.name} set={(owner) => set({ owner })} />
      )}
    </AskedForm>
  );
}

function RemoveForm({ customer, contact, done }: FormProps & { contact: Contact }) {
  const { t } = useWords();
  const removal = useRemoval(one, () => {
    tell({ text: t("contact.removed", { name: contact.name }), tone: "ok" });
    done();
  });
  return (
    <AskedForm
      send={() => removal.mutate({ id: customer, contact: contact.id })}
      save={t("contact.remove_save")}
      busy={removal.isPending}
      focused
      cancel={done}
    >
      <p>{t("contact.remove_text")}</p>
      {removal.isError && <Failed error={removal.error} />}
    </AskedForm>
  );
}

function Line({ contact, tools }: { contact: Contact; tools: ReactNode }) {
  const words = useWords();
  const { role, email, phone, language } = contact;
  return (
    <li className={styles["row"]}>
      <div>
        <div className={styles["row"]}>
          <strong>{contact.name}</strong>
          {role !== null && role !== "" && <span className="soft">{words.code("function", role)}</span>}
          <OwnedHere owner={contact.owner} />
        </div>
        <div className={styles["row"]}>
          {email !== null && email !== "" && <a href={`mailto:${email}`}>{email}</a>}
          {phone !== null && phone !== "" && <a href={`tel:${phone}`}>{phone}</a>}
          {language !== null && language !== "" && (
            <span className="soft">{formatName("language", language, words.language)}</span>
          )}
        </div>
      </div>
      <div className={styles["tools"]}>{tools}</div>
    </li>
  );
}

type Open = { readonly what: "add" } | { readonly what: "change" | "remove"; readonly contact: Contact };

function titleKey(open: Open | undefined) {
  return open === undefined ? "contact.title_add" : (`contact.title_${open.what}` as const);
}

export function Contacts({ customer, contacts }: { customer: number; contacts: readonly Contact[] }) {
  const { t } = useWords();
  const may = useMay("act");
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const contact = open === undefined || open.what === "add" ? undefined : open.contact;
  const buttons = (of: Contact) =>
    may &&
    (["change", "remove"] as const).map((what) => (
      <Button
        key={what}
        size="compact-xs"
        variant="default"
        aria-label={`${t(`action.${what}`)} ${of.name}`}
        onClick={() => setOpen({ what, contact: of })}
      >
        {t(`action.${what}`)}
      </Button>
    ));
  const add = (
    <Button size="compact-xs" variant="default" onClick={() => setOpen({ what: "add" })}>
      {t("contact.add")}
    </Button>
  );
  return (
    <Card title={t("customer.contacts")} tools={may && add}>
      {contacts.length === 0 && <p className="soft">{t("customer.no_contacts")}</p>}
      <ul className={styles["list"]}>
        {contacts.map((person) => (
          <Line key={person.id} contact={person} tools={buttons(person)} />
        ))}
      </ul>
      <Dialog opened={open !== undefined} close={close} title={t(titleKey(open), { name: contact?.name ?? "" })}>
        {open?.what === "remove" && contact !== undefined && (
          <RemoveForm customer={customer} contact={contact} done={close} />
        )}
        {open !== undefined && open.what !== "remove" && (
          <Form customer={customer} contact={contact} done={close} />
        )}
      </Dialog>
    </Card>
  );
}
