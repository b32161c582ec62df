// What a load would do before it does it (IMP-3, IMP-4): counts, totals, notices, questions, refused lines.
import { Button, Checkbox } from "@mantine/core";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import { Amount } from "../../components/amount";
import { Card, Chip, Scroll } from "../../components/page";
import page from "../../components/page.module.css";
import { useWords } from "../../lib/i18n/language";
import styles from "./imports.module.css";

export type Preview = Schemas["Preview"];
const countNames = [
  "lines",
  "new_items",
  "changed",
  "unchanged",
  "cleared",
  "refused",
  "new_customers",
] as const;

export function Counts({ counts }: { counts: Schemas["LoadCounts"] }) {
  const { t, count } = useWords();
  return (
    <div className={page["figures"]}>
      {countNames.map((name) => (
        <div key={name}>
          <div className="soft">{t(`counts.${name}`)}</div>
          <div className={page["figure"]}>{count(counts[name])}</div>
        </div>
      ))}
    </div>
  );
}

function Totals({ preview }: { preview: Preview }) {
  const { t } = useWords();
  return (
    <Scroll>
      <table className={page["plain"]}>
        <thead>
          <tr>
            <th>{t("column.entity")}</th>
            <th>{t("column.currency")}</th>
            <th className="number">{t("imports.in_file")}</th>
            <th className="number">{t("imports.before")}</th>
            <th className="number">{t("imports.after")}</th>
          </tr>
        </thead>
        <tbody>
          {preview.totals.map((total) => (
            <tr key={`${total.entity} ${total.currency}`}>
              <td>{total.entity}</td>
              <td>{total.currency}</td>
              {(["in_file", "before", "after"] as const).map((name) => (
                <td key={name} className="number">
                  <Amount value={total[name]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

const linesAtFirst = 10;

export function RefusedLines({ lines }: { lines: readonly Schemas["RefusedLine"][] }) {
  const { t, n, count } = useWords();
  const [whole, setWhole] = useState(false);
  const shown = whole ? lines : lines.slice(0, linesAtFirst);
  return (
    <div className={page["stack"]}>
      <Scroll>
        <table className={page["plain"]}>
          <thead>
            <tr>
              <th className="number">{t("imports.line")}</th>
              <th>{t("imports.column")}</th>
              <th>{t("imports.value")}</th>
              <th>{t("imports.refused_because")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line) => (
              <tr key={`${line.line} ${line.code} ${line.column}`}>
                <td className="number">{count(line.line)}</td>
                <td>{line.column}</td>
                <td>{line.value}</td>
                <td>{line.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {lines.length > shown.length && (
        <div>
          <Button size="xs" variant="default" onClick={() => setWhole(true)}>
            {n("imports.more_lines", lines.length - shown.length)}
          </Button>
        </div>
      )}
    </div>
  );
}

export function Notices({ notices }: { notices: readonly Schemas["Note"][] }) {
  return (
    <ul className={page["list"]}>
      {notices.map((notice) => (
        <li key={notice.code + notice.text}>
          <Chip tone="warn">!</Chip> {notice.text}
        </li>
      ))}
    </ul>
  );
}

export interface PreviewViewProps {
  readonly preview: Preview;
  readonly accepted: readonly string[];
  readonly setAccepted: (codes: readonly string[]) => void;
}

function Questions({ preview, accepted, setAccepted }: PreviewViewProps) {
  const { t } = useWords();
  if (preview.questions.length === 0) return null;
  const toggle = (code: string) =>
    setAccepted(accepted.includes(code) ? accepted.filter((one) => one !== code) : [...accepted, code]);
  return (
    <div className={styles["question"]}>
      <div className={page["stack"]}>
        <h3>{t("imports.questions")}</h3>
        {preview.questions.map((question) => (
          <Checkbox
            key={question.code}
            label={question.text}
            checked={accepted.includes(question.code)}
            onChange={() => toggle(question.code)}
          />
        ))}
      </div>
    </div>
  );
}

export function PreviewView(props: PreviewViewProps) {
  const { t } = useWords();
  const { preview } = props;
  return (
    <div className={page["stack"]}>
      <Card title={t("imports.preview")}>
        <div className={page["stack"]}>
          <Counts counts={preview} />
          <Totals preview={preview} />
          <Questions {...props} />
          <Notices notices={preview.notices} />
        </div>
      </Card>
    </div>
  );
}

export function RefusedCard({ lines }: { lines: Preview["refusals_sample"] }) {
  const { t } = useWords();
  if (lines.length === 0) return null;
  return (
    <Card title={t("imports.refused_lines")}>
      <RefusedLines lines={lines} />
    </Card>
  );
}
