import type { JSX } from "preact";
import type { Shelf, Target } from "../../../import/place.ts";
import { SelectField, TextField } from "../../../ui/Field.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { groupName } from "../vault/GroupMark.tsx";
import type { GroupAccess } from "../keys/vault.ts";

interface Props {
  shelf: Shelf;
  /** Everything goes to one place. */
  alone: boolean;
  target: Target;
  groups: readonly GroupAccess[];
  mayMake: boolean;
  suggestedName: string;
  error: string | undefined;
  onTarget: (target: Target) => void;
}

/** Where the entries of one of the file's groups go. */
export function ShelfRow({ shelf, alone, target, groups, mayMake, suggestedName, error, onTarget }: Props): JSX.Element {
  const label = alone && shelf.name === "" ? t("exchange.into") : shelf.name || t("exchange.outside");
  const options = [
    ...(mayMake ? [{ value: "new", label: t("exchange.into.new") }] : []),
    ...groups.map((group) => ({ value: group.group, label: groupName(group) })),
    ...(alone ? [] : [{ value: "nowhere", label: t("exchange.into.nowhere") }]),
  ];
  const value = target.to === "group" ? target.group : target.to;
  const choose = (chosen: string): void => onTarget(chosen === "new" ? { to: "new", name: suggestedName } : chosen === "nowhere" ? { to: "nowhere" } : { to: "group", group: chosen });
  return (
    <li class={target.to === "nowhere" ? "skipped" : ""}>
      <SelectField
        label={label}
        hint={[plural("compose.entries.count", shelf.count), shelf.folders > 0 ? plural("exchange.folders", shelf.folders) : ""].filter(Boolean).join(" · ")}
        value={value}
        onValue={choose}
        options={options}
      />
      {target.to === "new" && (
        <TextField label={t("exchange.into.name")} maxLength={200} error={target.name.trim() === "" ? error : undefined} value={target.name} onValue={(name) => onTarget({ to: "new", name })} />
      )}
    </li>
  );
}
