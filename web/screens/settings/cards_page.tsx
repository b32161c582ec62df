// What each company says of itself in its messages: name, address, bank details, logo.
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import { tell } from "../../components/notice";
import { Card } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Empty, Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMay, useMe } from "../../lib/me";
import { usePlace } from "../../lib/perimeter";
import { useAnswer, useWrite } from "../../lib/server";
import { SaveButton } from "./save_footer";
import own from "./settings.module.css";
import { SettingsFrame } from "./settings_frame";

type SenderCard = Schemas["SenderCard"];
const texts = ["registration", "vat_number", "phone", "email", "iban", "bic", "country", "time_zone"] as const;
const longest: Readonly<Record<(typeof texts)[number], number>> = {
  registration: 200,
  vat_number: 40,
  phone: 40,
  email: 254,
  iban: 42,
  bic: 11,
  country: 2,
  time_zone: 60,
};
const logoBytesMax = 200_000;

/** The picture as base64, without the head of a data address. */
export function base64Of(dataAddress: string): string {
  return dataAddress.slice(dataAddress.indexOf(",") + 1);
}

function read(file: File): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(base64Of(String(reader.result)));
    reader.onerror = () => failed(reader.error ?? new Error("unreadable"));
    reader.readAsDataURL(file);
  });
}

interface FieldsProps {
  readonly card: SenderCard;
  readonly set: (card: SenderCard) => void;
  readonly may: boolean;
}

function Logo({ card, set, may }: FieldsProps) {
  const { t } = useWords();
  const [problem, setProblem] = useState<string>();
  const logo = card.logo_png ?? "";
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    const good = file.type === "image/png" && file.size <= logoBytesMax;
    setProblem(good ? undefined : t("card.logo_wrong"));
    if (good) set({ ...card, logo_png: await read(file) });
  };
  return (
    <div className={`${styles["stack"]} ${own["whole"]}`}>
      <strong>{t("card.logo")}</strong>
      {logo !== "" && <img className={own["logo"]} src={`data:image/png;base64,${logo}`} alt={t("card.logo")} />}
      {may && (
        <div className={styles["row"]}>
          <label className={own["file"]}>
            <input
              type="file"
              accept="image/png"
              onChange={(event) => void take(event.target.files?.[0])}
            />
            <span>{t("card.logo_choose")}</span>
          </label>
          {logo !== "" && (
            <Button size="compact-sm" variant="default" onClick={() => set({ ...card, logo_png: "" })}>
              {t("action.remove")}
            </Button>
          )}
        </div>
      )}
      <span className="soft">{t("card.logo_help")}</span>
      {problem !== undefined && <p role="alert">{problem}</p>}
    </div>
  );
}

function Fields({ card, set, may }: FieldsProps) {
  const { t } = useWords();
  return (
    <div className={own["form"]}>
      <TextInput
        className={own["whole"] ?? ""}
        label={t("card.name")}
        readOnly={!may}
        maxLength={200}
        value={card.name ?? ""}
        onChange={(event) => set({ ...card, name: event.target.value })}
      />
      <Textarea
        className={own["whole"] ?? ""}
        label={t("card.address")}
        description={t("card.address_help")}
        rows={4}
        readOnly={!may}
        maxLength={500}
        value={card.address ?? ""}
        onChange={(event) => set({ ...card, address: event.target.value })}
      />
      {texts.map((name) => (
        <TextInput
          key={name}
          label={t(`card.${name}`)}
          readOnly={!may}
          maxLength={longest[name]}
          value={card[name] ?? ""}
          onChange={(event) => {
            const typed = event.target.value;
            set({ ...card, [name]: name === "country" ? typed.toUpperCase() : typed });
          }}
        />
      ))}
      <Logo card={card} set={set} may={may} />
      <Checkbox
        className={own["whole"] ?? ""}
        label={t("card.penalties_shown")}
        description={t("card.penalties_help")}
        disabled={!may}
        checked={card.penalties_shown ?? true}
        onChange={(event) => set({ ...card, penalties_shown: event.target.checked })}
      />
    </div>
  );
}

function Form({ entity, kept }: { entity: number; kept: SenderCard }) {
  const { t } = useWords();
  const may = useMay("administer");
  const [card, setCard] = useState(kept);
  const write = useWrite("/api/entities/{id}/card", (saved) => {
    setCard(saved);
    tell({ text: t("card.saved"), tone: "ok" });
  });
  return (
    <form
      className={styles["stack"]}
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate({ body: card, parts: { id: entity } });
      }}
    >
      {write.isError && <Failed error={write.error} />}
      <Fields card={card} set={setCard} may={may} />
      {may && <SaveButton pending={write.isPending} />}
    </form>
  );
}

function EntityCard({ entity }: { entity: number }) {
  const answer = useAnswer("/api/entities/{id}/card", { parts: { id: entity } });
  return (
    <Answered of={answer} lines={8}>
      {(card) => (answer.isPlaceholderData ? null : <Form key={entity} entity={entity} kept={card} />)}
    </Answered>
  );
}

export default function CardsPage() {
  const { t } = useWords();
  const { entities } = useMe();
  const { param, change } = usePlace();
  const entity = entities.find((one) => String(one.id) === param("company")) ?? entities[0];
  return (
    <SettingsFrame>
      {entity === undefined ? (
        <Empty title={t("start.title")} text={t("card.no_entity")} />
      ) : (
        <Card title={t("settings.companies")}>
          <div className={styles["stack"]}>
            <p className="soft">{t("card.help")}</p>
            <NativeSelect
              label={t("column.entity")}
              value={String(entity.id)}
              data={entities.map((one) => ({ value: String(one.id), label: `${one.code} · ${one.name}` }))}
              onChange={(event) => change({ company: event.target.value })}
            />
            <EntityCard entity={entity.id} />
          </div>
        </Card>
      )}
    </SettingsFrame>
  );
}
