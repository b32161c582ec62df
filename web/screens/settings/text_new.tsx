// A new text, with the words of another or bare, and the end of one that nothing uses (MSG-2).
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useLocation } from "wouter";
import { AskedForm } from "../../components/asked_form";
import { tell } from "../../components/notice";
import { Dialog } from "../../components/overlay";
import { Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { useChange, useRemoval } from "../../lib/server";
import { useTextChoices, useTextName } from "../../lib/texts";

const codeLengthMax = 40;

/** `Première relance` → `premiere_relance`. */
export function codeOf(name: string): string {
  const letters = name.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return letters
    .replaceAll(/[^a-z0-9]+/gu, "_")
    .replaceAll(/^_+|_+$/gu, "")
    .slice(0, codeLengthMax);
}

interface FormProps {
  readonly from: string;
  readonly done: () => void;
}

function NewText({ from, done }: FormProps) {
  const { t, language } = useWords();
  const choices = useTextChoices();
  const { href } = usePlace();
  const [, navigate] = useLocation();
  const [name, setName] = useState("");
  const [typed, setTyped] = useState<string>();
  const [beginsWith, setBeginsWith] = useState(from);
  const code = typed ?? codeOf(name);
  const add = useChange("/api/templates", (added) => {
    tell({ text: t("texts.added", { name: name.trim() }), tone: "ok" });
    done();
    navigate(href("/settings/texts", { text: added.code, in: language }));
  });
  return (
    <AskedForm
      send={() =>
        add.mutate({ body: { code, name: name.trim(), ...(beginsWith === "" ? {} : { begins_with: beginsWith }) } })
      }
      save={t("texts.add")}
      busy={add.isPending}
      disabled={name.trim() === "" || code === ""}
      cancel={done}
    >
      <p>{t("texts.new_help")}</p>
      {add.isError && <Failed error={add.error} />}
      <TextInput
        data-autofocus
        label={t("texts.name")}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextInput
        label={t("texts.code")}
        description={t("texts.code_help")}
        maxLength={codeLengthMax}
        value={code}
        onChange={(event) => setTyped(event.target.value)}
      />
      <NativeSelect
        label={t("texts.begins_with")}
        value={beginsWith}
        data={[{ value: "", label: t("texts.bare") }, ...choices]}
        onChange={(event) => setBeginsWith(event.target.value)}
      />
    </AskedForm>
  );
}

interface NewTextButtonProps {
  /** The text whose words it takes at first; empty = bare. */
  readonly from: string;
  readonly label: string;
}

export function NewTextButton({ from, label }: NewTextButtonProps) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog opened={open} close={close} title={t("texts.new_title")}>
        <NewText from={from} done={close} />
      </Dialog>
    </>
  );
}

export function RemoveTextButton({ code }: { code: string }) {
  const { t } = useWords();
  const name = useTextName()(code);
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const removal = useRemoval("/api/templates/{code}", () => {
    tell({ text: t("texts.removed", { name }), tone: "ok" });
    close();
  });
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          removal.reset();
          setOpen(true);
        }}
      >
        {t("texts.remove")}
      </Button>
      <Dialog opened={open} close={close} title={t("texts.remove_title", { name })}>
        <AskedForm
          send={() => removal.mutate({ code })}
          save={t("texts.remove_save")}
          busy={removal.isPending}
          focused
          cancel={close}
        >
          <p>{t("texts.remove_text")}</p>
          {removal.isError && <Failed error={removal.error} />}
        </AskedForm>
      </Dialog>
    </>
  );
}
