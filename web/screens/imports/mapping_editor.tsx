// Which column is which field; the proposal of the server, corrected by a person (IMP-2).
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { Chip, Scroll } from "../../components/page";
import page from "../../components/page.module.css";
import { useWords } from "../../lib/i18n/language";
import styles from "./imports.module.css";
import {
  fieldsOf,
  type ImportField,
  type ImportFile,
  type ImportKind,
  isConstant,
  isProposed,
  type Mapping,
  samplesOf,
  unusedColumns,
  withTarget,
} from "./mapping";

export interface MappingEditorProps {
  readonly file: ImportFile;
  readonly kind: ImportKind;
  readonly mapping: Mapping;
  readonly set: (mapping: Mapping) => void;
}

const none = "none";
const constant = "constant";
const columnPrefix = "column:";

function FieldRow({ field, file, mapping, set }: MappingEditorProps & { field: ImportField }) {
  const { t } = useWords();
  const target = mapping[field.name];
  const value = target === undefined ? none : isConstant(target) ? constant : columnPrefix + target;
  const choose = (chosen: string) => {
    if (chosen === none) set(withTarget(mapping, field.name, undefined));
    else if (chosen === constant) set(withTarget(mapping, field.name, { constant: "" }));
    else set(withTarget(mapping, field.name, chosen.slice(columnPrefix.length)));
  };
  const choices = [
    { value: none, label: t("imports.not_in_file") },
    { value: constant, label: t("imports.constant") },
    ...file.columns.map((column) => ({ value: columnPrefix + column.name, label: column.name })),
  ];
  return (
    <tr>
      <td>
        {field.label}{" "}
        {field.required && <Chip tone={target === undefined ? "bad" : "plain"}>{t("imports.required")}</Chip>}
      </td>
      <td>
        <NativeSelect
          size="xs"
          aria-label={field.label}
          value={value}
          data={choices}
          onChange={(event) => choose(event.target.value)}
        />
        {isConstant(target) && (
          <TextInput
            size="xs"
            aria-label={t("imports.constant_of", { field: field.label })}
            value={target.constant}
            onChange={(event) => set(withTarget(mapping, field.name, { constant: event.target.value }))}
          />
        )}
      </td>
      <td>
        <div className={styles["sample"]}>{samplesOf(file, target).join(" · ")}</div>
      </td>
    </tr>
  );
}

export function MappingEditor(props: MappingEditorProps) {
  const { t, n } = useWords();
  const [open, setOpen] = useState(false);
  const unused = unusedColumns(props.file, props.mapping);
  const fields = fieldsOf(props.file, props.kind);
  const proposed = fields.filter((field) => isProposed(props.file, field));
  const folded = fields.filter((field) => !isProposed(props.file, field));
  const shown = open ? [...proposed, ...folded] : proposed;
  return (
    <div className={page["stack"]}>
      <Scroll>
        <table className={page["plain"]}>
          <thead>
            <tr>
              <th>{t("imports.field")}</th>
              <th>{t("imports.column")}</th>
              <th>{t("imports.samples")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((field) => (
              <FieldRow key={field.name} field={field} {...props} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {folded.length > 0 && (
        <div>
          <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            {n("imports.more_fields", folded.length)}
          </Button>
        </div>
      )}
      {unused.length > 0 && <p className="soft">{t("imports.unused", { columns: unused.join(", ") })}</p>}
    </div>
  );
}
