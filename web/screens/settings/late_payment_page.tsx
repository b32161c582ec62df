// Late payment: what customers are claimed today, the rates of each semester with their source, what was agreed, who is
// public and who a consumer (LAW-1).
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { tell } from "../../components/notice";
import { Card, Chip, Scroll } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered, Failed } from "../../components/states";
import { formatDate, formatDecimal, formatName } from "../../lib/format";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { useAnswer, useWrite } from "../../lib/server";
import {
  type LateCountry,
  type LatePayment,
  type LateRate,
  roundedUp,
  typedAgreed,
  typedPercent,
  wishOf,
  withoutRate,
} from "./late_payment_form";
import { SaveFooter } from "./save_footer";
import own from "./settings.module.css";
import { SettingsFrame } from "./settings_frame";

const path = "/api/settings/late-payment";
const kinds = ["company", "public", "consumer"] as const;

interface PartProps {
  readonly settings: LatePayment;
  readonly may: boolean;
}

function useSave() {
  const { t, language } = useWords();
  const client = useQueryClient();
  return useWrite(path, (saved) => {
    // At once: the next change is made from this version.
    client.setQueryData([path, {}, {}, language], saved);
    tell({ text: t("late.saved"), tone: "ok" });
  });
}

function NewRate({ settings }: { settings: LatePayment }) {
  const { t } = useWords();
  const series = [...new Set(settings.rates.map((one) => one.series))];
  const [draft, setDraft] = useState<LateRate>({ series: series[0] ?? "", from: "", percent: "", source: "" });
  const write = useSave();
  const percent = typedPercent(draft.percent);
  const field = (name: "from" | "percent" | "source", type?: "date") => (
    <TextInput
      label={t(`late.${name}`)}
      required
      withAsterisk={false}
      {...(type === undefined ? {} : { type })}
      maxLength={200}
      value={draft[name]}
      error={name === "percent" && percent === undefined ? t("late.percent_wrong") : undefined}
      onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
    />
  );
  return (
    <form
      className={styles["stack"]}
      onSubmit={(event) => {
        event.preventDefault();
        const row = { ...draft, percent: percent ?? "" };
        write.mutate({ body: wishOf(settings, { rates: [...withoutRate(settings, row), row] }) });
      }}
    >
      <div className={own["form"]}>
        <NativeSelect
          label={t("late.series")}
          value={draft.series}
          data={series.map((value) => ({ value, label: seriesText(value, t) }))}
          onChange={(event) => setDraft({ ...draft, series: event.target.value })}
        />
        {field("from", "date")}
        {field("percent")}
        {field("source")}
      </div>
      {write.isError && <Failed error={write.error} />}
      <div>
        <Button type="submit" variant="default" loading={write.isPending} disabled={percent == null}>
          {t("late.enter")}
        </Button>
      </div>
    </form>
  );
}

/** The names of the series shipped; another one as it is called. */
function seriesText(series: string, t: ReturnType<typeof useWords>["t"]): string {
  if (series === "reference") return t("late.reference");
  if (series === "base.DE") return t("late.base_de");
  return series === "legal.FR" ? t("late.legal_fr") : series;
}

function Rates({ settings, may }: PartProps) {
  const { t, language } = useWords();
  const write = useSave();
  const rows = settings.rates.toSorted((a, b) => b.from.localeCompare(a.from) || a.series.localeCompare(b.series));
  return (
    <Card title={t("late.rates")}>
      <div className={styles["stack"]}>
        <p>{t("late.help")}</p>
        {may && <NewRate settings={settings} />}
        {write.isError && <Failed error={write.error} />}
        <Scroll>
          <table className={styles["plain"]}>
            <thead>
              <tr>
                <th scope="col">{t("late.from")}</th>
                <th scope="col">{t("late.series")}</th>
                <th scope="col" className="number">
                  {t("late.percent")}
                </th>
                <th scope="col">{t("late.source")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.series} ${row.from}`}>
                  <td>{formatDate(row.from, language)}</td>
                  <td>{seriesText(row.series, t)}</td>
                  <td className="number">{formatDecimal(row.percent, language)}</td>
                  <td>
                    {row.source} {row.entered && <Chip tone="accent">{t("late.entered")}</Chip>}{" "}
                    {row.entered && may && (
                      <Button
                        size="compact-xs"
                        variant="default"
                        loading={write.isPending}
                        onClick={() => write.mutate({ body: wishOf(settings, { rates: withoutRate(settings, row) }) })}
                      >
                        {t("action.remove")}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </div>
    </Card>
  );
}

function useTold(): (percent: string | null) => string {
  const { t, language } = useWords();
  return (percent) => (percent === null ? t("late.unknown") : `${formatDecimal(percent, language)}\u00a0%`);
}

/** "2.15 + 10 = 12.15 %". */
function Sum({ country, points, sum }: { country: LateCountry; points: number; sum: string | null }) {
  const { t, language } = useWords();
  const told = useTold();
  if (country.rate === null || sum === null) return <span className="soft">{t("late.unknown")}</span>;
  return (
    <>
      <span className="soft">{t("late.sum", { rate: formatDecimal(country.rate, language), points })}</span>{" "}
      <strong>{told(sum)}</strong>
    </>
  );
}

/** The country, and what its law does otherwise: its own rate, or the sum rounded up. */
function CountryName({ country, ours }: { country: LateCountry; ours: boolean }) {
  const { t, language } = useWords();
  const { series, rate, points, company } = country;
  const rounds = rate !== null && company !== null && roundedUp(rate, points, company);
  return (
    <>
      {formatName("region", country.country, language)} {ours && <Chip tone="accent">{t("late.ours")}</Chip>}{" "}
      <span className="soft">
        {series !== "reference" && seriesText(series, t)} {rounds && t("late.rounded_up")}
      </span>
    </>
  );
}

/** What a day bears where nothing is agreed, by the creditor's country, in the newest semester that is known. */
function Claimed({ settings }: { settings: LatePayment }) {
  const { t, language } = useWords();
  const ours = new Set(settings.entities.map((one) => one.country));
  const rows = settings.countries.toSorted((a, b) => Number(ours.has(b.country)) - Number(ours.has(a.country)));
  return (
    <Card title={t("late.claimed")}>
      <div className={styles["stack"]}>
        <p>{t("late.claimed_help")}</p>
        {rows.some((row) => row.from !== settings.semester && ours.has(row.country)) && (
          <p role="status">
            <Chip tone="warn">{t("late.unknown_chip")}</Chip>{" "}
            {t("late.unknown_now", { from: formatDate(settings.semester, language) })}
          </p>
        )}
        <Scroll>
          <table className={styles["plain"]}>
            <thead>
              <tr>
                <th scope="col">{t("late.country")}</th>
                <th scope="col">{t("late.from")}</th>
                <th scope="col" className="number">
                  {t("late.companies")}
                </th>
                <th scope="col" className="number">
                  {t("late.public_buyers")}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.country}>
                  <td>
                    <CountryName country={row} ours={ours.has(row.country)} />
                  </td>
                  <td>{row.from === null ? "" : formatDate(row.from, language)}</td>
                  <td className="number">
                    <Sum country={row} points={row.points} sum={row.company} />
                  </td>
                  <td className="number">
                    <Sum country={row} points={row.public_points} sum={row.public_buyer} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </div>
    </Card>
  );
}

function Agreed({ settings, may }: PartProps) {
  const { t } = useWords();
  const told = useTold();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(settings.agreed.map((one) => [one.entity, one.percent])),
  );
  const write = useSave();
  const agreed = settings.entities.map(({ id }) => ({ entity: id, percent: typedAgreed(typed[id] ?? "") }));
  const good = agreed.every((one) => one.percent !== undefined);
  return (
    <Card title={t("late.agreed")}>
      <form
        className={styles["stack"]}
        onSubmit={(event) => {
          event.preventDefault();
          const rates = agreed.flatMap(({ entity, percent }) => (percent == null ? [] : [{ entity, percent }]));
          write.mutate({ body: wishOf(settings, { agreed: rates }) });
        }}
      >
        <p>{t("late.agreed_help")}</p>
        {settings.entities.map(({ id, code, country, company, public_buyer }) => (
          <TextInput
            key={id}
            label={t("late.agreed_of", { entity: code })}
            description={
              country === ""
                ? t("late.no_country")
                : settings.countries.some((one) => one.country === country)
                  ? t("late.claimed_now", { company: told(company), public_buyer: told(public_buyer) })
                  : t("late.no_rule")
            }
            inputWrapperOrder={["label", "input", "description", "error"]}
            inputMode="decimal"
            maxLength={5}
            readOnly={!may}
            value={typed[id] ?? ""}
            error={typedAgreed(typed[id] ?? "") === undefined ? t("late.agreed_wrong") : undefined}
            onChange={(event) => setTyped({ ...typed, [id]: event.target.value })}
          />
        ))}
        <SaveFooter write={write} may={may} disabled={!good} />
      </form>
    </Card>
  );
}

function Segments({ settings, may }: PartProps) {
  const { t } = useWords();
  const write = useSave();
  const kindOf = (id: number) =>
    settings.public_segments.includes(id) ? "public" : settings.consumer_segments.includes(id) ? "consumer" : "company";
  const choose = (id: number, kind: string) => {
    const others = (all: readonly number[]) => all.filter((one) => one !== id);
    write.mutate({
      body: wishOf(settings, {
        public_segments: [...others(settings.public_segments), ...(kind === "public" ? [id] : [])],
        consumer_segments: [...others(settings.consumer_segments), ...(kind === "consumer" ? [id] : [])],
      }),
    });
  };
  return (
    <Card title={t("late.debtors")}>
      <div className={styles["stack"]}>
        <p>{t("late.debtors_help")}</p>
        {settings.segments.map(({ id, text }) => (
          <NativeSelect
            key={id}
            label={text}
            disabled={!may || write.isPending}
            value={kindOf(id)}
            data={kinds.map((value) => ({ value, label: t(`late.${value}`) }))}
            onChange={(event) => choose(id, event.target.value)}
          />
        ))}
        {settings.segments.length === 0 && <p className="soft">{t("late.no_segment")}</p>}
        {write.isError && <Failed error={write.error} />}
      </div>
    </Card>
  );
}

export default function LatePaymentPage() {
  const may = useMay("administer");
  const answer = useAnswer(path);
  return (
    <SettingsFrame>
      <Answered of={answer} lines={10}>
        {(settings) => (
          <div className={styles["wideNarrow"]}>
            <div className={styles["stack"]}>
              <Claimed settings={settings} />
              <Rates settings={settings} may={may} />
            </div>
            <div className={styles["stack"]}>
              <Agreed settings={settings} may={may} />
              <Segments settings={settings} may={may} />
            </div>
          </div>
        )}
      </Answered>
    </SettingsFrame>
  );
}
