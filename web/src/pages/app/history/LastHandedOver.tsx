// On an entry of the vault: to whom it was handed over last, and when; whether it changed since.
import type { JSX } from "preact";
import { Icon } from "../../../ui/Icon.tsx";
import { StateChip } from "../../../ui/StateChip.tsx";
import { plural, t, time } from "../../../ui/text/index.ts";
import type { Vault } from "../keys/vault.ts";
import { Link } from "../Link.tsx";
import { sharedHistory } from "./shared.ts";

export function LastHandedOver({ vault, entry, revision }: { vault: Vault; entry: string; revision: number }): JSX.Element {
  const { store, byEntry } = sharedHistory(vault);
  const all = byEntry.value.get(entry) ?? [];
  const [last] = all;
  if (last === undefined)
    return (
      <p class="hint last-handed">
        <Icon name="send" size={16} /> {t(store.complete.value ? "last.never" : "last.loading")}
      </p>
    );
  const { row, item } = last;
  return (
    <div class="last-handed">
      <p>
        <Icon name="send" size={16} />{" "}
        <Link to={`/history/${row.summary.handover}`}>{t("last.to", { recipient: row.personal?.recipient || t("last.noOne"), time: time(row.summary.createdAt) })}</Link>{" "}
        <StateChip state={row.summary.state} told />
      </p>
      {(item.revision ?? 0) < revision && (
        <p class="hint">
          <Icon name="pencil" size={14} /> {t("last.changed")}
        </p>
      )}
      {all.length > 1 && <p class="hint">{plural("last.more", all.length - 1)}</p>}
    </div>
  );
}
