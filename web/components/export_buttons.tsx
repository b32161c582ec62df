// Exports what is seen: the same address with another format, in the language of the desk.
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import {
  type ExportedFile,
  type GetPath,
  type PathParts,
  pathWith,
  type Query,
  queryString,
  RefusalError,
} from "../api/client";
import { useWords } from "../lib/i18n/language";
import { takeFile } from "./export_progress";
import { tell } from "./notice";

export function saveFile({ name, content }: ExportedFile): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has taken the content by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export interface FileLinkProps {
  readonly href: string;
  readonly title: string;
  readonly text: string;
  readonly size?: "xs" | "compact-xs";
  /** What is said where there is no such file; else the server's own words. */
  readonly missing?: string;
}

/** A link that can be copied or opened apart; clicked, it asks as the desk asks. */
export function FileLink({ href, title, text, size = "xs", missing }: FileLinkProps) {
  const { t } = useWords();
  const file = useMutation({
    mutationFn: takeFile,
    onSuccess: (taken) => {
      if (taken === undefined) tell({ text: t("export.cancelled"), tone: "ok" });
      else saveFile(taken);
    },
    onError: (error) => {
      const none = error instanceof RefusalError && error.status === 404 ? missing : undefined;
      tell({ text: none ?? error.message, tone: "bad" });
    },
  });
  return (
    <Button
      component="a"
      size={size}
      variant="default"
      href={href}
      download
      title={title}
      loading={file.isPending}
      onClick={(event) => {
        event.preventDefault();
        file.mutate(href);
      }}
    >
      {text}
    </Button>
  );
}

export interface ExportButtonsProps {
  readonly path: GetPath;
  readonly query: Query;
  readonly parts?: PathParts;
}

export function ExportButtons({ path, query, parts = {} }: ExportButtonsProps) {
  const { t } = useWords();
  const link = (format: string) => pathWith(path, parts) + queryString({ ...query, format });
  return (
    <Button.Group aria-label={t("action.export")}>
      <FileLink href={link("xlsx")} title={t("action.export_xlsx")} text={t("format.xlsx")} />
      <FileLink href={link("csv")} title={t("action.export_csv")} text={t("format.csv")} />
    </Button.Group>
  );
}
