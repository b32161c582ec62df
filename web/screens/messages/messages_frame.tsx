// The frame of the messages: one heading, one line of doors.
import type { ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { Page } from "../../components/page";
import { useWords } from "../../lib/i18n/language";
import { usePlace } from "../../lib/perimeter";
import doors from "../settings/settings.module.css";
import { ServerBanner } from "./message_chips";

const pages = [
  ["/messages", "list"],
  ["/messages/letters", "letters"],
] as const;

export function MessagesFrame({ tools, children }: { tools?: ReactNode; children: ReactNode }) {
  const { t } = useWords();
  const { href } = usePlace();
  const [path] = useLocation();
  return (
    <Page title={t("nav.messages")} tools={tools}>
      <ServerBanner />
      <nav className={doors["doors"]} aria-label={t("nav.messages")}>
        {pages.map(([place, name]) => (
          <Link key={place} href={href(place)} aria-current={place === path ? "page" : undefined}>
            {t(`messages.${name}`)}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  );
}
