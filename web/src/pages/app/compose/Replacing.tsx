// A re-issue in the composer: which link dies, and what changed in its entries since it was made.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { changesSince, sinceOf, type PartChange, type Taken } from "../history/since.ts";
import type { Vault } from "../keys/vault.ts";
import { items } from "../vault/store.ts";
import type { Draft } from "./draft.ts";

export function Replacing({ vault, draft, onDrop }: { vault: Vault; draft: Draft; onDrop: () => void }): JSX.Element | null {
  if (draft.replaces === null) return null;
  const { title, recipient, state, taken } = draft.replaces;
  const alive = state === "waiting" || state === "claimed";
  const bare = draft.entries.filter((entry) => entry.from === undefined).length;
  return (
    <section class="sheet replacing" aria-labelledby="replacing-title">
      <h2 id="replacing-title">
        <Icon name="refresh-cw" /> {t("replace.title", { title })}
      </h2>
      <p>{t(alive ? "replace.alive" : "replace.dead", { recipient: recipient || t("replace.noOne") })}</p>
      {taken.length > 0 && <Changes vault={vault} taken={taken} />}
      {bare > 0 && (
        <Notice tone="warn">
          <p>{plural("replace.bare", bare)}</p>
        </Notice>
      )}
      <div class="actions">
        <button type="button" class="link" onClick={onDrop}>
          {t("replace.drop")}
        </button>
      </div>
    </section>
  );
}

function Changes({ vault, taken }: { vault: Vault; taken: readonly Taken[] }): JSX.Element {
  const [found, setFound] = useState<ReadonlyMap<string, PartChange[] | undefined>>(new Map());
  const moved = taken.filter((one) => sinceOf(one) !== "same");
  const key = moved.map(({ entry }) => `${entry}/${items.value.get(entry)?.revision ?? ""}`).join(" ");
  useEffect(() => {
    let current = true;
    for (const one of moved) {
      const now = items.value.get(one.entry);
      if (now === undefined || sinceOf(one) !== "changed") continue;
      changesSince(vault, one, now).then(
        (changes) => current && setFound((before) => new Map([...before, [one.entry, changes]])),
        () => {},
      );
    }
    return () => {
      current = false;
    };
  }, [key]);
  if (moved.length === 0)
    return (
      <p class="hint">
        <Icon name="circle-check" size={16} /> {t("replace.same")}
      </p>
    );
  return (
    <>
      <p>
        <strong>{plural("replace.changed", moved.length)}</strong>
      </p>
      <ul class="changes">
        {moved.map((one) => (
          <li key={one.entry}>
            <strong>{one.title}</strong>
            <span>{words(one, found.get(one.entry))}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function words(taken: Taken, changes: PartChange[] | undefined): string {
  const since = sinceOf(taken);
  if (since !== "changed") return t(`since.${since}`);
  if (changes === undefined) return t("since.changed");
  if (changes.length === 0) return t("since.inside");
  return changes.map(({ label, how }) => t(`since.part.${how}`, { part: label })).join(" · ");
}
