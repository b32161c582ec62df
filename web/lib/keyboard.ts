// Keys of a page. A key typed into a field stays there.
import { useEffect, useRef } from "react";

/** An action that answers false leaves the key to others. */
export type Keys = Readonly<Record<string, () => unknown>>;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}

function nameOf(event: KeyboardEvent): string {
  const held = event.ctrlKey || event.metaKey ? "ctrl+" : "";
  return held + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

function handle(event: KeyboardEvent, keys: Keys): void {
  const name = nameOf(event);
  const action = keys[name];
  if (action === undefined || event.altKey || event.defaultPrevented) return;
  if (
    !name.startsWith("ctrl+") &&
    (isTyping(event.target) || document.querySelector("[role=dialog]") !== null)
  )
    return;
  if (action() !== false) event.preventDefault();
}

/** Binds while the component is shown. Without a held key nothing fires inside fields or over an open dialog. */
export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => handle(event, latest.current);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
