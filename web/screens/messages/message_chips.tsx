// Small parts that every list of messages shares.
import { Link } from "wouter";
import { Amount } from "../../components/amount";
import { Chip } from "../../components/page";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { usePlace } from "../../lib/perimeter";
import { useTextName } from "../../lib/texts";
import { useAnswer } from "../../lib/server";
import own from "./messages.module.css";
import { type MessageRow, type MessageState, stateTone } from "./message_words";

export function StateChip({ state }: { state: MessageState }) {
  const { t } = useWords();
  return <Chip tone={stateTone(state)}>{t(`message_state.${state}`)}</Chip>;
}

export function Totals({ row }: { row: MessageRow }) {
  return (
    <>
      {row.totals.map((one, place) => (
        <span key={one.currency}>
          {place > 0 && " · "}
          <Amount value={one.amount} currency={one.currency} />
        </span>
      ))}
    </>
  );
}

/** What it is: the text by its name, and the step it belongs to. */
export function useKindText(): (row: MessageRow) => string {
  const textName = useTextName();
  return (row) => textName(row.template);
}

/** Without a mail server everything waits; said where messages are looked at, to whom can set one. */
export function ServerBanner() {
  const { t } = useWords();
  const { href } = usePlace();
  const may = useMay("administer");
  const settings = useAnswer("/api/settings/mail", { enabled: may });
  if (settings.data === undefined) return null;
  const { ready, paused, without_bank: bare } = settings.data;
  if (ready && !paused && bare.length === 0) return null;
  if (ready && !paused)
    return (
      <div className={own["banner"]} role="status">
        <span>{t("message.without_bank", { companies: bare.join(", ") })}</span>
        <Link href={href("/settings/companies")}>{t("message.fill_cards")}</Link>
      </div>
    );
  return (
    <div className={own["banner"]} role="status">
      <span>{t(paused ? "message.paused" : "message.no_server")}</span>
      <Link href={href("/settings")}>{t(paused ? "message.unpause" : "message.set_server")}</Link>
    </div>
  );
}
