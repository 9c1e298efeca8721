// What comes in, where it goes, what is lost: nothing is written before this is agreed to.
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { ImportedVault } from "../../../import/importedVault.ts";
import { place, shelvesOf, type Arrangement, type Shelf, type Target } from "../../../import/place.ts";
import { sortOut } from "../../../import/twins.ts";
import { CheckField, Choice } from "../../../ui/Field.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { number, plural, t } from "../../../ui/text/index.ts";
import type { Vault } from "../keys/vault.ts";
import { Working } from "../../../ui/Working.tsx";
import { items, syncing } from "../vault/store.ts";
import { writableGroups } from "../vault/rights.ts";
import type { Part } from "./importing.ts";
import { Losses } from "./Losses.tsx";
import { ShelfRow } from "./ShelfRow.tsx";

interface Props {
  vault: Vault;
  found: ImportedVault;
  /** Of a new group made of the file. */
  name: string;
  group: string | undefined;
  onImport: (parts: Part[]) => void;
  onBack: () => void;
}

export function Preview({ vault, found, name, group, onImport, onBack }: Props): JSX.Element {
  const mayMake = ["owner", "admin"].includes(vault.session.member.role) && !vault.session.organization.readOnly;
  const groups = writableGroups.value;
  const nested = found.items.some(({ path }) => path.length > 0);
  const [arrangement, setArrangement] = useState<Arrangement>(nested && (found.source === "Baton" || found.source === "1Password") ? "groups" : "folders");
  const [chosen, setChosen] = useState<ReadonlyMap<string, Target>>(new Map());
  const [skipSame, setSkipSame] = useState(true);
  const [tried, setTried] = useState(false);

  const shelves = useMemo(() => shelvesOf(found.items, arrangement), [found, arrangement]);
  const suggested = (shelf: Shelf): Target => {
    if (group !== undefined && arrangement === "folders" && groups.some((one) => one.group === group)) return { to: "group", group };
    const label = shelf.name || name;
    const known = groups.find((one) => one.name?.toLowerCase() === label.toLowerCase());
    if (known) return { to: "group", group: known.group };
    if (mayMake) return { to: "new", name: label };
    return groups[0] ? { to: "group", group: groups[0].group } : { to: "nowhere" };
  };
  const targets = new Map(shelves.map((shelf) => [shelf.name, chosen.get(`${arrangement}/${shelf.name}`) ?? suggested(shelf)]));
  const signature = JSON.stringify([...targets]);

  const placed = useMemo(
    () =>
      place(found.items, arrangement, targets).map(({ target, items: placedItems }) => ({
        target,
        ...(target.to === "group" ? sortOut(placedItems, [...items.value.values()].filter((item) => item.group === target.group && item.binnedAt === undefined)) : { fresh: placedItems, same: [], alike: [] }),
      })),
    [found, arrangement, signature, syncing.value === null],
  );
  const [same, alike] = (["same", "alike"] as const).map((kind) => placed.reduce((sum, one) => sum + one[kind].length, 0)) as [number, number];
  const parts = placed.flatMap(({ target, fresh, same }): Part[] => {
    const taken = skipSame ? fresh : [...fresh, ...same];
    return taken.length === 0 ? [] : [{ into: target.to === "new" ? { name: target.name.trim() } : { group: target.group }, items: taken }];
  });
  const count = parts.reduce((sum, part) => sum + part.items.length, 0);
  const files = parts.reduce((sum, part) => sum + part.items.reduce((n, item) => n + item.files.length, 0), 0);
  const nameless = [...targets.values()].some((target) => target.to === "new" && target.name.trim() === "");
  const go = (): void => {
    setTried(true);
    if (!nameless && count > 0) onImport(parts);
  };

  return (
    <>
      <p class="exchange-sum">
        <strong>{plural("exchange.found", found.items.length, { source: found.source })}</strong>
      </p>
      {nested && (
        <Choice
          legend={t("exchange.arrangement")}
          value={arrangement}
          onValue={setArrangement}
          options={(["folders", "groups"] as const).map((value) => ({ value, label: t(`exchange.arrangement.${value}`) }))}
          hint={t(`exchange.arrangement.${arrangement}.hint`)}
        />
      )}
      <ul class="exchange-shelves">
        {shelves.map((shelf) => (
          <ShelfRow
            key={`${arrangement}/${shelf.name}`}
            shelf={shelf}
            alone={shelves.length === 1}
            target={targets.get(shelf.name)!}
            groups={groups}
            mayMake={mayMake}
            suggestedName={shelf.name || name}
            error={tried ? t("need.title") : undefined}
            onTarget={(target) => setChosen(new Map([...chosen, [`${arrangement}/${shelf.name}`, target]]))}
          />
        ))}
      </ul>
      {!mayMake && <p class="hint">{t("exchange.noNewGroup")}</p>}
      {same > 0 && <CheckField label={plural("exchange.same", same)} hint={t("exchange.same.hint")} checked={skipSame} onChecked={setSkipSame} />}
      {alike > 0 && (
        <Notice>
          <p>{plural("exchange.alike", alike)}</p>
        </Notice>
      )}
      <Losses losses={found.losses} source={found.source} />
      {syncing.value !== null && <Working label={t("export.syncing")} done={null} />}
      <p class="hint">
        <Icon name="shield-check" size={16} /> {t("exchange.whole")}
      </p>
      <div class="actions end">
        <button type="button" onClick={onBack}>
          {t("app.back")}
        </button>
        <button type="button" class="primary" disabled={count === 0 || syncing.value !== null} onClick={go}>
          {files > 0 ? plural("exchange.go.files", count, { files: number(files) }) : plural("exchange.go", count)}
        </button>
      </div>
    </>
  );
}
