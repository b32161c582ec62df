// The frame of a screen: title, tools, breadcrumbs, cards.
import { type ReactNode, useEffect } from "react";
import { Link } from "wouter";
import { useWords } from "../lib/i18n/language";
import styles from "./page.module.css";

export interface Crumb {
  readonly text: string;
  readonly href: string;
}

export interface PageProps {
  readonly title: string;
  readonly crumbs?: readonly Crumb[];
  readonly beside?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, crumbs = [], beside, tools, children }: PageProps) {
  const { t } = useWords();
  useEffect(() => {
    document.title = `${title} · Countback`;
  }, [title]);
  return (
    <main className={styles["page"]} id="page" tabIndex={-1}>
      {crumbs.length > 0 && (
        <nav className={styles["crumbs"]} aria-label={t("page.crumbs")}>
          {crumbs.map((crumb) => (
            <span key={crumb.href}>
              <Link href={crumb.href}>{crumb.text}</Link> ›
            </span>
          ))}
        </nav>
      )}
      <div className={styles["head"]}>
        <h1>{title}</h1>
        {beside}
        {tools !== undefined && <div className={styles["tools"]}>{tools}</div>}
      </div>
      {children}
    </main>
  );
}

export interface CardProps {
  readonly title?: ReactNode;
  readonly tools?: ReactNode;
  readonly children: ReactNode;
}

export function Card({ title, tools, children }: CardProps) {
  return (
    <section className={styles["card"]}>
      {title !== undefined && (
        <div className={styles["cardHead"]}>
          <h2>{title}</h2>
          {tools !== undefined && <div className={styles["cardTools"]}>{tools}</div>}
        </div>
      )}
      {children}
    </section>
  );
}

export type Tone = "plain" | "ok" | "warn" | "bad" | "accent";

export function Chip({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={styles["chip"]} data-tone={tone}>
      {children}
    </span>
  );
}

/** A table that may be wider than the page; reachable by keyboard, since it can be scrolled. */
export function Scroll({ children }: { children: ReactNode }) {
  return (
    // WCAG 2.1.1, what scrolls must be reachable.
    <div className={styles["scroll"]} tabIndex={0}>
      {children}
    </div>
  );
}
