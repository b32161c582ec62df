// The frame of the command palette: a dialog without a title bar.
import { Modal } from "@mantine/core";
import type { ReactNode } from "react";

export default function PalettePanel({
  close,
  label,
  children,
}: {
  close: () => void;
  label: string;
  children: ReactNode;
}) {
  return (
    <Modal.Root opened onClose={close}>
      <Modal.Overlay />
      <Modal.Content aria-label={label}>
        <Modal.Body p={0}>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
