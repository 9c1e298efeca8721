import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { SuggestField } from "../../../ui/SuggestField.tsx";
import { t } from "../../../ui/text/index.ts";
import { writePath } from "./folders.ts";
import { items } from "./store.ts";

/** A folder of the group, or a new one: written with slashes between. */
export function FolderField({ group, value, onValue }: { group: string; value: string; onValue: (value: string) => void }): JSX.Element {
  const all = items.value;
  const known = useMemo(() => {
    const paths = new Set<string>();
    for (const item of all.values()) if (item.group === group && item.binnedAt === undefined && item.entry.folder) paths.add(writePath(item.entry.folder));
    return [...paths].sort();
  }, [all, group]);
  return <SuggestField label={t("vault.folder")} optional hint={t("vault.folder.hint")} value={value} onValue={onValue} suggestions={known} />;
}
