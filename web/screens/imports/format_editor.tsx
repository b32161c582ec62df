// What was detected in the file, and how to read it otherwise (IMP-2).
import { NativeSelect, TextInput } from "@mantine/core";
import type { Reading, Schemas } from "../../api/client";
import page from "../../components/page.module.css";
import { useWords } from "../../lib/i18n/language";

export type Formats = Schemas["FormatChoice"];
type Detected = Schemas["Detected"];

const encodings = ["utf-8", "windows-1252", "iso-8859-15", "utf-16le", "utf-16be"];
const delimiters = [";", ",", "\t", "|"];
const dateFormats = ["yyyy-mm-dd", "dd/mm/yyyy", "mm/dd/yyyy", "dd.mm.yyyy", "dd-mm-yyyy", "yyyymmdd"];

function withDetected(detected: string | null, known: readonly string[]): string[] {
  return detected === null || known.includes(detected) ? [...known] : [detected, ...known];
}

export interface FormatEditorProps {
  readonly detected: Detected;
  readonly formats: Formats;
  readonly setFormats: (formats: Formats) => void;
  /** Reads the file again, as columns may change. */
  readonly readAgain: (reading: Reading) => void;
}

function CsvReading({ detected, readAgain }: FormatEditorProps) {
  const { t, code } = useWords();
  const shown = (delimiter: string) => (delimiter === "\t" ? code("delimiter", "tab") : delimiter);
  return (
    <>
      <NativeSelect
        size="xs"
        label={t("imports.encoding")}
        value={detected.encoding ?? ""}
        data={withDetected(detected.encoding, encodings)}
        onChange={(event) => readAgain({ encoding: event.target.value })}
      />
      <NativeSelect
        size="xs"
        label={t("imports.delimiter")}
        value={detected.delimiter ?? ""}
        data={withDetected(detected.delimiter, delimiters).map((value) => ({ value, label: shown(value) }))}
        onChange={(event) => readAgain({ delimiter: event.target.value })}
      />
    </>
  );
}

export function FormatEditor(props: FormatEditorProps) {
  const { t } = useWords();
  const { detected, formats, setFormats, readAgain } = props;
  return (
    <div className={page["row"]}>
      {detected.format === "csv" && <CsvReading {...props} />}
      {detected.sheets.length > 1 && (
        <NativeSelect
          size="xs"
          label={t("imports.sheet")}
          value={detected.sheet ?? ""}
          data={detected.sheets}
          onChange={(event) => readAgain({ sheet: event.target.value })}
        />
      )}
      <TextInput
        type="number"
        size="xs"
        label={t("imports.header_line")}
        min={1}
        w={96}
        defaultValue={detected.header_line}
        onBlur={(event) => {
          const line = Number(event.target.value);
          if (Number.isInteger(line) && line > 0 && line !== detected.header_line)
            readAgain({ header_line: line });
        }}
      />
      <NativeSelect
        size="xs"
        label={t("imports.decimal")}
        value={formats.decimal ?? detected.decimal ?? "."}
        data={[
          { value: ".", label: "1234.56" },
          { value: ",", label: "1234,56" },
        ]}
        onChange={(event) => setFormats({ ...formats, decimal: event.target.value === "," ? "," : "." })}
      />
      <NativeSelect
        size="xs"
        label={t("imports.date_format")}
        value={formats.date_format ?? detected.date_format ?? ""}
        data={withDetected(detected.date_format, dateFormats)}
        onChange={(event) => setFormats({ ...formats, date_format: event.target.value })}
      />
    </div>
  );
}
