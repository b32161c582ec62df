// The frame of the scenarios: one heading, one line of doors.
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { type Crumb, Page } from "../../components/page";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import { useAnswer } from "../../lib/server";
import doors from "../settings/settings.module.css";

const pages = [
  ["/scenarios", "list"],
  ["/scenarios/rules", "rules"],
  ["/scenarios/simulator", "simulator"],
] as const;

export function usePolicy() {
  return useAnswer("/api/policy");
}

export interface FrameProps {
  readonly title?: string;
  readonly crumbs?: readonly Crumb[];
  readonly beside?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

export function ScenariosFrame({ title, children, ...more }: FrameProps) {
  const { t } = useWords();
  const { href } = usePlace();
  const [path] = useLocation();
  return (
    <Page title={title ?? t("nav.scenarios")} {...more}>
      {title === undefined && (
        <nav className={doors["doors"]} aria-label={t("nav.scenarios")}>
          {pages.map(([place, name]) => (
            <Link key={place} href={href(place)} aria-current={place === path ? "page" : undefined}>
              {t(`scenarios.${name}`)}
            </Link>
          ))}
        </nav>
      )}
      {children}
    </Page>
  );
}
