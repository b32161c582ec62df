import { useLocation } from "wouter";
import { Page } from "../../components/page";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { ImportFlow } from "./import_flow";

export default function NewImport() {
  const { t } = useWords();
  const { href } = usePlace();
  const [, navigate] = useLocation();
  return (
    <Page title={t("imports.new")} crumbs={[{ text: t("nav.imports"), href: href("/imports") }]}>
      <ImportFlow onDone={(load) => navigate(href(`/imports/${load}`))} />
    </Page>
  );
}
