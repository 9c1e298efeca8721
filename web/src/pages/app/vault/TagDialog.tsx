import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Dialog } from "../../../ui/Dialog.tsx";
import { CheckField, TextField } from "../../../ui/Field.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { runBulk } from "./bulk.ts";
import type { Item } from "./item.ts";
import { readTags } from "./tags.ts";
import { counts } from "./view.ts";
import { changed } from "./write.ts";

/** Tags that all, some or none of the entries have; only what was touched is changed. */
export function TagDialog({ items, onClose }: { items: readonly Item[]; onClose: () => void }): JSX.Element {
  const [wanted, setWanted] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [fresh, setFresh] = useState("");
  const known = [...counts.value.tags.keys()].sort();
  const held = (tag: string): number => items.filter((item) => item.entry.tags?.includes(tag)).length;
  const submit = (): void => {
    const changes = new Map([...wanted, ...readTags(fresh).map((tag) => [tag, true] as const)]);
    const now = Date.now();
    const units = items.flatMap((item) => {
      const tags = new Set(item.entry.tags);
      for (const [tag, has] of changes) if (has) tags.add(tag);
        else tags.delete(tag);
      const { tags: before, ...rest } = item.entry;
      if (JSON.stringify(before ?? []) === JSON.stringify([...tags])) return [];
      return [[changed(item, { ...rest, ...(tags.size > 0 && { tags: [...tags] }), changed: now })]];
    });
    onClose();
    if (units.length > 0) void runBulk("tag", units);
  };
  return (
    <Dialog title={plural("vault.tag.ask", items.length)} onClose={onClose}>
      <TextField label={t("vault.tag.new")} hint={t("vault.tags.hint")} optional value={fresh} onValue={setFresh} />
      {known.length > 0 && (
        <div class="tag-choices">
          {known.map((tag) => {
            const has = held(tag);
            const some = !wanted.has(tag) && has > 0 && has < items.length;
            return (
              <CheckField
                key={tag}
                label={tag}
                {...(some && { hint: t("vault.tag.some", { n: has, all: items.length }) })}
                checked={wanted.get(tag) ?? has === items.length}
                onChecked={(checked) => setWanted(new Map(wanted).set(tag, checked))}
              />
            );
          })}
        </div>
      )}
      <div class="actions end">
        <button type="button" onClick={onClose}>
          {t("app.cancel")}
        </button>
        <button type="button" class="primary" onClick={submit}>
          <Icon name="tag" />
          {t("vault.tag.save")}
        </button>
      </div>
    </Dialog>
  );
}
