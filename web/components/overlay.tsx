// Panels over the page. Their code is fetched when the first one opens, which keeps the first page small.
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { useWords } from "../lib/i18n/language";

const Drawer = lazy(() => import("./drawer_panel"));
const Modal = lazy(() => import("./modal_panel"));

/** Where a key opens a dialog and the next keys are for it: its code is there before. */
export function useDialogsAtHand(): void {
  useEffect(() => void import("./modal_panel"), []);
}

export interface OverlayProps {
  readonly opened: boolean;
  readonly close: () => void;
  readonly title: string;
  readonly children: ReactNode;
}

/** Beside the page, for explanations. */
export function SidePanel({ opened, close, title, children }: OverlayProps) {
  const { t } = useWords();
  if (!opened) return null;
  return (
    <Suspense fallback={null}>
      <Drawer
        opened
        onClose={close}
        position="right"
        size="lg"
        title={title}
        closeButtonProps={{ "aria-label": t("action.close") }}
      >
        {children}
      </Drawer>
    </Suspense>
  );
}

/** In the middle, for something to fill in. */
export function Dialog({ opened, close, title, children }: OverlayProps) {
  const { t } = useWords();
  if (!opened) return null;
  return (
    <Suspense fallback={null}>
      <Modal opened onClose={close} title={title} closeButtonProps={{ "aria-label": t("action.close") }}>
        {children}
      </Modal>
    </Suspense>
  );
}
