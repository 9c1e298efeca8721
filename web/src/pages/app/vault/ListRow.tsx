import type { JSX } from "preact";
import { Icon } from "../../../ui/Icon.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { tick, tickTo } from "./cursor.ts";
import { groupName } from "./GroupMark.tsx";
import { daysLeft, dueAt, type Item } from "./item.ts";
import { hostOf } from "./links.ts";
import { groups } from "./store.ts";
import { typeIcon } from "./types.ts";
import { current, cursor, openEntry, selecting, ticked, today } from "./view.ts";

/** Pixels; the style sheet says the same. */
export const rowHeight = 60;

/** An entry folded. Never a secret. */
export function ListRow({ item, at, of, mixed }: { item: Item; at: number; of: number; mixed: boolean }): JSX.Element {
  const { id, entry } = item;
  const isTicked = ticked.value.has(id);
  const due = dueAt(entry, today.value);
  const group = mixed ? groups.value.find((one) => one.group === item.group) : undefined;
  const about = [group && groupName(group), entry.username, entry.url && hostOf(entry.url)].filter(Boolean).join(" · ");
  const press = (event: MouseEvent): void => {
    if (event.shiftKey) {
      event.preventDefault();
      tickTo(id);
    } else if (event.ctrlKey || event.metaKey || selecting.value || (event.target as Element).closest(".tick") !== null) tick(id);
    else openEntry(item);
  };
  return (
    <div
      id={`row-${id}`}
      role="option"
      class={`vault-row ${current.value?.id === id ? "open" : ""} ${cursor.value === id ? "cursor" : ""}`}
      aria-selected={isTicked}
      aria-setsize={of}
      aria-posinset={at + 1}
      style={{ transform: `translateY(${at * rowHeight}px)` }}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={press}
    >
      <span class="tick" aria-hidden="true">
        <Icon name={typeIcon(entry.type)} />
        <span class="box">{isTicked && <Icon name="check" size={16} />}</span>
      </span>
      <span class="entry-words">
        <span class="entry-title">{entry.title || t("compose.untitled")}</span>
        {about && <span class="hint">{about}</span>}
      </span>
      <span class="row-marks">
        {item.binnedAt !== undefined && <span class="hint">{plural("vault.bin.days", daysLeft(item.binnedAt, today.value))}</span>}
        {due !== undefined && item.binnedAt === undefined && (
          <span class={due < today.value ? "mark red" : "mark amber"} title={t(due < today.value ? "vault.overdue" : "vault.dueSoon")}>
            <Icon name="clock" size={16} />
            <span class="unseen">{t(due < today.value ? "vault.overdue" : "vault.dueSoon")}</span>
          </span>
        )}
        {entry.files !== undefined && entry.files.length > 0 && <Icon name="paperclip" size={16} />}
        {entry.favourite && (
          <span class="mark star" title={t("vault.shelf.favourites")}>
            <Icon name="star" size={16} />
            <span class="unseen">{t("vault.shelf.favourites")}</span>
          </span>
        )}
      </span>
    </div>
  );
}
