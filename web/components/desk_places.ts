// The screens of the desk, in the order of the navigation.
import type { IconName } from "./icon";

export const places = [
  ["/", "today"],
  ["/agenda", "agenda"],
  ["/messages", "messages"],
  ["/customers", "customers"],
  ["/items", "items"],
  ["/ageing", "ageing"],
  ["/dso", "dso"],
  ["/imports", "imports"],
  ["/runs", "runs"],
  ["/scenarios", "scenarios"],
  ["/settings", "settings"],
] as const satisfies readonly (readonly [string, IconName])[];
