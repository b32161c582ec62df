// The frame of the settings: one heading, one line of doors to its pages.
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { Page } from "../../components/page";
import { useWords } from "../../lib/i18n/language";
import { useMay } from "../../lib/me";
import { usePlace } from "../../lib/perimeter";
import own from "./settings.module.css";

const pages = [
  ["/settings", "mail"],
  ["/settings/companies", "companies"],
  ["/settings/texts", "texts"],
  ["/settings/measures", "measures"],
  ["/settings/late-payment", "late_payment"],
] as const;

export function SettingsFrame({ tools, children }: { tools?: ReactNode; children: ReactNode }) {
  const { t } = useWords();
  const { href } = usePlace();
  const [path] = useLocation();
  const administers = useMay("administer");
  return (
    <Page title={t("nav.settings")} tools={tools}>
      <nav className={own["doors"]} aria-label={t("nav.settings")}>
        {pages
          .filter(([, name]) => administers || name !== "mail")
          .map(([place, name]) => (
            <Link key={place} href={href(place)} aria-current={place === path ? "page" : undefined}>
              {t(`settings.${name}`)}
            </Link>
          ))}
      </nav>
      {children}
    </Page>
  );
}
