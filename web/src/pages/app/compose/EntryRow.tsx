import type { JSX } from "preact";
import type { EntryType } from "../../../import/entries.ts";
import { Icon } from "../../../ui/Icon.tsx";
import type { IconName } from "../../../ui/icons.ts";
import { t } from "../../../ui/text/index.ts";
import type { DraftEntry } from "./draft.ts";

export const typeIcons: Readonly<Record<EntryType, IconName>> = {
  login: "key-round",
  server: "server",
  database: "database",
  mailbox: "mail",
  domain: "globe",
  wifi: "wifi",
  card: "credit-card",
  note: "sticky-note",
};

interface Props {
  entry: DraftEntry;
  open: boolean;
  onToggle: () => void;
  onRemove: () => void;
}

/** An entry folded: what it is, and what of it stays here. Never a secret. */
export function EntryRow({ entry, open, onToggle, onRemove }: Props): JSX.Element {
  const title = entry.title || t("compose.untitled");
  const about = [entry.username, entry.url.replace(/^https?:\/\//, "")].filter(Boolean).join(" · ");
  const left = [
    ...entry.out.filter((name) => entry[name] !== "").map((name) => t(`compose.${name}`)),
    ...entry.fields.filter((field) => field.out && field.value !== "").map((field) => (field.preset ? t(field.preset) : field.name)),
  ];
  return (
    <div class="entry-row">
      <button type="button" class="plain entry-toggle" aria-expanded={open} onClick={onToggle}>
        <Icon name={typeIcons[entry.type]} />
        <span class="entry-words">
          <span class={entry.title ? "entry-title" : "entry-title quiet"}>{title}</span>
          {about && <span class="hint">{about}</span>}
          {entry.from && (
            <span class="hint">
              <Icon name="lock" size={14} /> {t("compose.from")}
            </span>
          )}
          {left.length > 0 && (
            <span class="hint left">
              <Icon name="eye-off" size={14} /> {t("compose.left", { fields: left.join(", ") })}
            </span>
          )}
        </span>
        {entry.files.length > 0 && (
          <span class="hint">
            <Icon name="paperclip" size={16} /> {entry.files.length}
          </span>
        )}
        <Icon name="chevron-down" />
      </button>
      <button type="button" class="plain" aria-label={t("compose.remove", { title })} title={t("app.remove")} onClick={onRemove}>
        <Icon name="trash" />
      </button>
    </div>
  );
}
