// Exports what is seen: the same address with another format.
import { Button } from "@mantine/core";
import { type GetPath, type PathParts, pathWith, type Query, queryString } from "../api/client";
import { useWords } from "../lib/i18n/language";

export function ExportButtons({
  path,
  query,
  parts = {},
}: {
  path: GetPath;
  query: Query;
  parts?: PathParts;
}) {
  const { t } = useWords();
  const link = (format: string) => pathWith(path, parts) + queryString({ ...query, format });
  return (
    <Button.Group aria-label={t("action.export")}>
      <Button
        component="a"
        size="xs"
        variant="default"
        href={link("xlsx")}
        download
        title={t("action.export_xlsx")}
      >
        {t("format.xlsx")}
      </Button>
      <Button
        component="a"
        size="xs"
        variant="default"
        href={link("csv")}
        download
        title={t("action.export_csv")}
      >
        {t("format.csv")}
      </Button>
    </Button.Group>
  );
}
