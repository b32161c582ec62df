// Messages beside the reminders: a new invoice is announced, a payment is thanked for.
import { Button, NativeSelect } from "@mantine/core";
import { Icon } from "../../components/icon";
import { Card, Chip } from "../../components/page";
import styles from "../../components/page.module.css";
import { useWords } from "../../lib/i18n/language";
import { freeCode, modes, nameIn, type Notice } from "./scenario_draft";
import own from "./scenarios.module.css";
import { Days, TemplateChoice } from "./step_fields";

const kinds = ["new_invoice", "thank_you"] as const;

interface Props {
  readonly notices: readonly Notice[];
  readonly may: boolean;
  readonly set: (notices: Notice[]) => void;
}

function NoticeFields({ notice, may, set }: { notice: Notice; may: boolean; set: (notice: Notice) => void }) {
  const { t } = useWords();
  return (
    <div className={own["form"]}>
      <Days
        label={t(`notice.days_${notice.kind ?? "new_invoice"}`)}
        value={notice.days ?? 0}
        may={may}
        set={(days) => set({ ...notice, days: Math.max(0, days) })}
      />
      <NativeSelect
        label={t("scenarios.mode")}
        value={notice.mode ?? "confirm"}
        disabled={!may}
        data={modes.map((value) => ({ value, label: t(`step_mode.${value}`) }))}
        onChange={(event) => set({ ...notice, mode: event.target.value as (typeof modes)[number] })}
      />
      <TemplateChoice value={notice.template} may={may} set={(template) => set({ ...notice, template })} />
    </div>
  );
}

export function Notices({ notices, may, set }: Props) {
  const { t, language } = useWords();
  const add = (kind: (typeof kinds)[number]) => {
    const name = t(`notice.${kind}`);
    const code = freeCode(kind, notices.map((one) => one.code));
    set([
      ...notices,
      { code, names: { en: name, fr: name }, kind, days: 0, channel: "email", mode: "confirm", template: kind, to: ["payables"], cc: [] },
    ]);
  };
  return (
    <Card title={t("notice.title")}>
      <div className={styles["stack"]}>
        {notices.length === 0 && <p className="soft">{t("notice.none")}</p>}
        <ul className={own["steps"]}>
          {notices.map((notice, place) => (
            <li key={notice.code} className={own["step"]}>
              <div className={own["head"]}>
                <strong>{nameIn(notice, language)}</strong>
                <Chip>{t(`notice.${notice.kind ?? "new_invoice"}`)}</Chip>
                {may ? (
                  <button
                    type="button"
                    className={styles["iconButton"]}
                    onClick={() => set(notices.toSpliced(place, 1))}
                    aria-label={t("action.remove")}
                    title={t("action.remove")}
                  >
                    <Icon name="close" />
                  </button>
                ) : (
                  <span />
                )}
              </div>
              <NoticeFields
                notice={notice}
                may={may}
                set={(next) => set(notices.toSpliced(place, 1, next))}
              />
            </li>
          ))}
        </ul>
        {may && (
          <div className={styles["row"]}>
            {kinds.map((kind) => (
              <Button key={kind} size="xs" variant="default" onClick={() => add(kind)}>
                {t(`notice.add_${kind}`)}
              </Button>
            ))}
          </div>
        )}
      </div>
    </Card>
  );
}
