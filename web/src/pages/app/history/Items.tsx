// What was handed over, and what became of it in the vault since.
import type { JSX } from "preact";
import { Icon } from "../../../ui/Icon.tsx";
import { t } from "../../../ui/text/index.ts";
import type { Details, DetailsItem } from "../../../protocol/details.ts";
import { Link } from "../Link.tsx";
import { items as vaultItems, syncing } from "../vault/store.ts";
import { sinceOf, takenOf } from "./since.ts";

export function Items({ details }: { details: Details }): JSX.Element {
  return (
    <section class="sheet" aria-labelledby="items-title">
      <h2 id="items-title">
        {t("detail.items")} <span class="quiet">· {details.items.length}</span>
      </h2>
      <ol class="items">
        {details.items.map((item, i) => (
          <li key={i}>
            <strong>{item.title}</strong>
            <span class="hint">{[item.username, item.url].filter(Boolean).join(" · ")}</span>
            <SinceThen item={item} />
          </li>
        ))}
      </ol>
      {details.files && (
        <p class="hint">
          <Icon name="paperclip" size={16} /> {details.files.join(", ")}
        </p>
      )}
      {details.items.some((item) => item.entry !== undefined) && <p class="hint">{t("since.copy")}</p>}
    </section>
  );
}

function SinceThen({ item }: { item: DetailsItem }): JSX.Element | null {
  const taken = takenOf(item);
  if (taken === undefined || syncing.value !== null) return null;
  const since = sinceOf(taken);
  const now = vaultItems.value.get(taken.entry);
  return (
    <span class={`hint since ${since}`}>
      {since === "changed" && <Icon name="pencil" size={14} />}
      {since === "same" ? t("since.same") : t(`since.${since}`)}
      {now !== undefined && (
        <>
          {" · "}
          <Link to={`/vault/${now.group}/${now.id}`}>{t("since.open")}</Link>
        </>
      )}
    </span>
  );
}
