// Whose word stands when a load says otherwise (IMP-5): the source's, or the one entered here.
import { Checkbox } from "@mantine/core";
import type { Schemas } from "../../api/client";
import { Chip } from "../../components/page";
import { useWords } from "../../lib/i18n/language";

export type Owner = Schemas["Owner"];

/** Only what is owned here is marked: the source owns all the rest. */
export function OwnedHere({ owner }: { owner: Owner | undefined }) {
  const { t } = useWords();
  return owner === "product" ? <Chip tone="accent">{t("owner.product")}</Chip> : null;
}

export interface OwnerChoiceProps {
  readonly owner: Owner;
  readonly set: (owner: Owner) => void;
  /** What it is about, for those who do not see it beside its field. */
  readonly of: string;
}

export function OwnerChoice({ owner, set, of }: OwnerChoiceProps) {
  const { t } = useWords();
  return (
    <Checkbox
      size="xs"
      label={t("owner.keep")}
      aria-label={`${of}: ${t("owner.keep")}`}
      checked={owner === "product"}
      onChange={(event) => set(event.target.checked ? "product" : "source")}
    />
  );
}
