// An empty database: from the file of the ERP to the first figures.
import { useState } from "react";
import { Redirect, useLocation } from "wouter";
import { Card, Page } from "../../components/page";
import page from "../../components/page.module.css";
import { useWords } from "../../lib/i18n/language";
import { useMay, useMe } from "../../lib/me";
import { usePlace } from "../../lib/perimeter";
import { ImportFlow } from "./import_flow";

export default function FirstSteps() {
  const { t } = useWords();
  const me = useMe();
  const may = useMay("import");
  const { href } = usePlace();
  const [, navigate] = useLocation();
  const [empty] = useState(me.company.empty);
  if (!empty) return <Redirect to={href("/")} />;
  return (
    <Page title={t("start.title")}>
      <Card>
        <div className={page["stack"]}>
          <p>{t("start.text")}</p>
          <p className="soft">{t(may ? "start.file" : "start.no_right")}</p>
        </div>
      </Card>
      {may && <ImportFlow onDone={(load) => navigate(href(`/imports/${load}`))} />}
    </Page>
  );
}
