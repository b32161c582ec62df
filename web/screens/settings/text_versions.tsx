// Every version of a text and the words delivered; any of them is taken into the editor, and counts once it is saved.
import { Button } from "@mantine/core";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import { SidePanel } from "../../components/overlay";
import { Chip } from "../../components/page";
import styles from "../../components/page.module.css";
import { Answered } from "../../components/states";
import { useWords } from "../../lib/i18n/language";
import { useAnswer } from "../../lib/server";
import own from "./settings.module.css";

type Version = Schemas["TemplateVersions"]["rows"][number];
type Taken = Pick<Version, "subject" | "text">;

interface VersionsProps {
  readonly code: string;
  readonly language: "en" | "fr";
  /** Absent where the person may not change texts. */
  readonly take?: ((words: Taken) => void) | undefined;
}

function Line({ version, stands, take }: { version: Version; stands: boolean; take: VersionsProps["take"] }) {
  const { t, instant } = useWords();
  const { at, by } = version;
  return (
    <li className={styles["stack"]}>
      <div className={styles["row"]}>
        <strong>{at === null ? t("texts.shipped") : instant(at)}</strong>
        {by !== null && <span className="soft">{by}</span>}
        {stands && <Chip tone="accent">{t("texts.stands")}</Chip>}
        {take !== undefined && !stands && (
          <Button size="compact-xs" variant="default" onClick={() => take(version)}>
            {t("texts.take")}
          </Button>
        )}
      </div>
      <div>{version.subject}</div>
      <details>
        <summary>{t("message.text")}</summary>
        <pre className={own["words"]}>{version.text}</pre>
      </details>
    </li>
  );
}

function List({ code, language, stands, take }: VersionsProps & { stands: number }) {
  const { t } = useWords();
  const answer = useAnswer("/api/templates/{code}/{language}/versions", { parts: { code, language } });
  return (
    <Answered of={answer} lines={6}>
      {({ rows }) => (
        <div className={styles["stack"]}>
          {take !== undefined && <p className="soft">{t("texts.versions_help")}</p>}
          <ul className={own["versions"]}>
            {rows.map((one) => (
              <Line key={one.version} version={one} stands={one.version === stands} take={take} />
            ))}
          </ul>
        </div>
      )}
    </Answered>
  );
}

/** `stands`: the version that counts now. */
export function VersionsButton({ take, ...props }: VersionsProps & { stands: number }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const taking =
    take &&
    ((words: Taken) => {
      take(words);
      setOpen(false);
    });
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t("texts.versions")}
      </Button>
      <SidePanel opened={open} close={() => setOpen(false)} title={t("texts.versions_title")}>
        <List {...props} take={taking} />
      </SidePanel>
    </>
  );
}
