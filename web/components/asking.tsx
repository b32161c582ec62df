// A form asked for from several places of a page and placed once on it: the button that asks, and what it asks about.
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import type { Schemas } from "../api/client";
import { useMay } from "../lib/me";

export type Asked = Pick<Schemas["CustomerRef"], "id" | "name">;

export interface Asking {
  readonly ask: (customer: Asked) => void;
  /** To be placed once on the page, outside its lists. */
  readonly dialog: ReactNode;
}

export interface AskButtonProps {
  readonly asking: Asking;
  readonly customer: Asked;
  readonly text: string;
  /** Its key, where the page has one for it. */
  readonly hint?: string;
}

/** Nothing where the person may not act. */
export function AskButton({ asking, customer, text, hint }: AskButtonProps) {
  const may = useMay("act");
  if (!may) return null;
  return (
    <Button
      size={hint === undefined ? "compact-xs" : "sm"}
      variant="default"
      onClick={() => asking.ask({ id: customer.id, name: customer.name })}
      rightSection={hint !== undefined && <kbd>{hint}</kbd>}
    >
      {text}
    </Button>
  );
}
