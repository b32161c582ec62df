// A form that asks for one thing: its fields, what saves them, and the way out. Enter saves.
import { Button, TextInput, type TextInputProps } from "@mantine/core";
import type { ReactNode } from "react";
import { useWords } from "../lib/i18n/language";
import styles from "./page.module.css";

export interface AskedFormProps {
  readonly send: () => void;
  /** What the button says; absent while there is nothing to save. */
  readonly save?: string | undefined;
  readonly busy: boolean;
  /** Nothing has changed yet, or what is typed cannot be sent. */
  readonly disabled?: boolean;
  /** Nothing is to be typed: Enter is the answer. */
  readonly focused?: boolean;
  /** Absent where the form stands on the page and nothing is left. */
  readonly cancel?: () => void;
  readonly cancelWord?: string;
  /** Other buttons, between saving and leaving. */
  readonly between?: ReactNode;
  readonly children: ReactNode;
}

export function AskedForm({ send, save, busy, disabled = false, children, ...rest }: AskedFormProps) {
  const { t } = useWords();
  const { focused, cancel, cancelWord = t("action.cancel"), between } = rest;
  return (
    <form
      className={styles["stack"]}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {children}
      <div className={styles["row"]}>
        {save !== undefined && (
          <Button type="submit" loading={busy} disabled={disabled} data-autofocus={focused}>
            {save}
          </Button>
        )}
        {between}
        {cancel !== undefined && (
          <Button variant="default" onClick={cancel}>
            {cancelWord}
          </Button>
        )}
      </div>
    </form>
  );
}

interface AskedFieldProps extends Omit<TextInputProps, "onChange"> {
  readonly set: (value: string) => void;
}

/** A day has to be given, unless it is said not to be. */
export function DayField({ set, ...field }: AskedFieldProps) {
  const onChange: TextInputProps["onChange"] = (event) => set(event.target.value);
  return <TextInput type="date" required withAsterisk={false} {...field} onChange={onChange} />;
}

/** Why something is done, kept with it. */
export function ReasonField({ set, ...field }: AskedFieldProps) {
  const { t } = useWords();
  const onChange: TextInputProps["onChange"] = (event) => set(event.target.value);
  return (
    <TextInput
      label={t("form.reason")}
      required
      withAsterisk={false}
      maxLength={500}
      {...field}
      onChange={onChange}
    />
  );
}
