// To another group or another folder. Into another group it is a new entry there and a bin here, together: its earlier
// revisions stay behind, under the key that those who may read them hold.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Dialog } from "../../../ui/Dialog.tsx";
import { SelectField } from "../../../ui/Field.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { runBulk } from "./bulk.ts";
import { FolderField } from "./FolderField.tsx";
import { readPath, writePath } from "./folders.ts";
import { groupName } from "./GroupMark.tsx";
import type { Item } from "./item.ts";
import { writableGroups } from "./rights.ts";
import { changed, inFolder, move } from "./write.ts";

export function MoveDialog({ items, onClose, onMoved }: { items: readonly Item[]; onClose: () => void; onMoved?: () => void }): JSX.Element {
  const first = items[0]!;
  const [group, setGroup] = useState(first.group);
  const [folder, setFolder] = useState(writePath(first.entry.folder ?? []));
  const leaving = items.filter((item) => item.group !== group).length;
  const submit = async (): Promise<void> => {
    onClose();
    const path = readPath(folder);
    const now = Date.now();
    const units = items.map((item) =>
      item.group === group ? [changed(item, { ...inFolder(item.entry, path), changed: now })] : move({ ...item, entry: { ...item.entry, changed: now } }, group, path),
    );
    if (await runBulk("move", units)) onMoved?.();
  };
  return (
    <Dialog title={plural("vault.move.ask", items.length)} onClose={onClose}>
      <SelectField label={t("vault.group")} value={group} onValue={setGroup} options={writableGroups.value.map((one) => ({ value: one.group, label: groupName(one) }))} />
      <FolderField group={group} value={folder} onValue={setFolder} />
      {leaving > 0 && <p class="hint">{t("vault.move.body")}</p>}
      <div class="actions end">
        <button type="button" onClick={onClose}>
          {t("app.cancel")}
        </button>
        <button type="button" class="primary" onClick={() => void submit()}>
          {t("vault.move")}
        </button>
      </div>
    </Dialog>
  );
}
