// The screens of the desk, in the order of the navigation.
import type { IconName } from "./icon";

export const places = [
  ["/", "today"],
  ["/agenda", "agenda"],
  ["/customers", "customers"],
  ["/items", "items"],
  ["/ageing", "ageing"],
  ["/dso", "dso"],
  ["/imports", "imports"],
] as const satisfies readonly (readonly [string, IconName])[];
