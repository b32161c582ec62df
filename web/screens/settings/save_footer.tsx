// The end of a settings form: what was refused, and the button for whom may save.
import { Button } from "@mantine/core";
import { Failed } from "../../components/states";
import { useWords } from "../../lib/i18n/language";

interface ButtonProps {
  readonly pending: boolean;
  readonly disabled?: boolean;
}

export function SaveButton({ pending, disabled = false }: ButtonProps) {
  const { t } = useWords();
  return (
    <div>
      <Button type="submit" loading={pending} disabled={disabled}>
        {t("action.save")}
      </Button>
    </div>
  );
}

interface FooterProps {
  readonly write: { readonly error: Error | null; readonly isPending: boolean };
  readonly may: boolean;
  readonly disabled: boolean;
}

export function SaveFooter({ write, may, disabled }: FooterProps) {
  return (
    <>
      {write.error !== null && <Failed error={write.error} />}
      {may && <SaveButton pending={write.isPending} disabled={disabled} />}
    </>
  );
}
