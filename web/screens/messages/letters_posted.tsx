// Many letters said to be in the post since a day (MSG-2); what could not be noted is named, with why.
import { useState } from "react";
import type { PostAnswer, Schemas } from "../../api/client";
import { AskedForm, DayField } from "../../components/asked_form";
import { tell } from "../../components/notice";
import { Dialog } from "../../components/overlay";
import styles from "../../components/page.module.css";
import { Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useMe } from "../../lib/me";
import { useChange } from "../../lib/server";
import { idsOf, type Letter, printedOnes } from "./letter_words";

const path = "/api/letters/posted";
type Answer = PostAnswer<typeof path>;
type Refused = Schemas["Refusal"]["refusal"];

/** The refusals of an answer, each with the letter it is about. */
export function refusedLetters(rows: readonly Letter[], answer: Answer | undefined) {
  const by = new Map(rows.map((one) => [one.id, one]));
  return (answer?.rows ?? []).flatMap(({ message, refusal }) =>
    refusal === null
      ? []
      : [{ message, name: by.get(message)?.name ?? `#${message}`, text: (refusal as unknown as Refused).text }],
  );
}

function Refusals({ rows, answer }: { rows: readonly Letter[]; answer: Answer }) {
  const { n } = useWords();
  const refused = refusedLetters(rows, answer);
  return (
    <div role="alert">
      <p>{n("letters.refused", refused.length)}</p>
      <ul className={styles["list"]}>
        {refused.map(({ message, name, text }) => (
          <li key={message}>
            <strong>{name}</strong> {text}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Form({ all, close }: { all: readonly Letter[]; close: () => void }) {
  const { t, n } = useWords();
  const { today } = useMe();
  const [day, setDay] = useState(today);
  // Kept as they were chosen: what is posted leaves the list behind this form.
  const [mine] = useState(() => printedOnes(all));
  const [others] = useState(() => all.length - mine.length);
  const posting = useChange(path, (answer) => {
    const refused = answer.rows.filter((one) => one.refusal !== null).length;
    const noted = answer.rows.length - refused;
    if (noted > 0) tell({ text: n("letters.posted", noted), tone: "ok" });
    if (refused === 0) close();
  });
  const over = posting.data !== undefined;
  return (
    <AskedForm
      send={() => posting.mutate({ body: { ids: idsOf(mine), day } })}
      save={over ? undefined : t("letters.post_save")}
      busy={posting.isPending}
      disabled={mine.length === 0}
      cancel={close}
      cancelWord={t(over ? "action.close" : "action.cancel")}
    >
      {posting.isError && <Failed error={posting.error} />}
      {posting.data !== undefined && <Refusals rows={mine} answer={posting.data} />}
      {!over && (
        <>
          <p>
            {n("letters.post_text", mine.length)}
            {others > 0 && ` ${n("letters.post_not_printed", others)}`}
          </p>
          <DayField data-autofocus label={t("letters.post_day")} max={today} value={day} set={setDay} />
        </>
      )}
    </AskedForm>
  );
}

export function LettersPosted({ all, close }: { all: readonly Letter[] | undefined; close: () => void }) {
  const { t } = useWords();
  return (
    <Dialog opened={all !== undefined} close={close} title={t("letters.post_title")}>
      {all !== undefined && <Form all={all} close={close} />}
    </Dialog>
  );
}
