import type { ComponentChildren, JSX } from "preact";
import { Dialog } from "../../../ui/Dialog.tsx";
import { t } from "../../../ui/text/index.ts";

/** A destructive act names what dies, and is asked for once more. */
export function ConfirmDialog({ title, action, onConfirm, onClose, children }: { title: string; action: string; onConfirm: () => void; onClose: () => void; children: ComponentChildren }): JSX.Element {
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <div class="actions end">
        <button type="button" onClick={onClose}>
          {t("app.cancel")}
        </button>
        <button
          type="button"
          class="danger"
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {action}
        </button>
      </div>
    </Dialog>
  );
}
