import type { JSX } from "preact";
import { Dialog } from "../../../ui/Dialog.tsx";
import { CheckField } from "../../../ui/Field.tsx";
import { t, type TextKey } from "../../../ui/text/index.ts";
import { singleKeys } from "./shortcuts.ts";

const keys: readonly (readonly [string, TextKey])[] = [
  ["/", "vault.search"],
  ["↑ ↓", "vault.key.move"],
  ["Enter", "vault.key.open"],
  ["Space", "vault.key.tick"],
  ["Shift ↑ ↓", "vault.key.range"],
  ["Ctrl A", "vault.key.all"],
  ["Esc", "vault.key.back"],
  ["e", "vault.edit"],
  ["n", "vault.empty.add"],
  ["c", "vault.key.password"],
  ["u", "vault.key.username"],
  ["t", "vault.key.code"],
  ["?", "vault.key.help"],
];

export function HelpDialog({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <Dialog title={t("vault.keys")} onClose={onClose}>
      <dl class="keys">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(what)}</dd>
          </div>
        ))}
      </dl>
      <CheckField label={t("vault.keys.single")} hint={t("vault.keys.single.hint")} checked={singleKeys.value} onChecked={(on) => (singleKeys.value = on)} />
      <div class="actions end">
        <button type="button" class="primary" onClick={onClose}>
          {t("vault.close")}
        </button>
      </div>
    </Dialog>
  );
}
