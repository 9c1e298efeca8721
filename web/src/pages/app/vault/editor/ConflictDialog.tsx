// Two people changed the same entry. Both versions, part by part: what only one of them changed is chosen already, what
// both changed waits for a choice. Nothing is written before that, and neither version is lost.
import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { Dialog } from "../../../../ui/Dialog.tsx";
import { Notice } from "../../../../ui/Notice.tsx";
import { relativeTime, t } from "../../../../ui/text/index.ts";
import type { Item } from "../item.ts";
import { differences, merged, type Difference, type Side } from "../merge.ts";
import { nameOf } from "../people.ts";
import { partLabel, PartValue } from "../Part.tsx";
import { entryOf, formOf, type Form } from "./form.ts";

interface Props {
  form: Form;
  /** Undefined: it was purged meanwhile, so there is nothing to put it together with. */
  theirs: Item | undefined;
  onMerged: (form: Form) => void;
  onAnew: () => void;
  onClose: () => void;
}

export function ConflictDialog({ form, theirs, onMerged, onAnew, onClose }: Props): JSX.Element {
  if (theirs === undefined)
    return (
      <Dialog title={t("vault.conflict.gone")} onClose={onClose}>
        <p>{t("vault.conflict.gone.body")}</p>
        <div class="actions end">
          <button type="button" onClick={onClose}>
            {t("vault.conflict.back")}
          </button>
          <button type="button" class="primary" onClick={onAnew}>
            {t("vault.conflict.anew")}
          </button>
        </div>
      </Dialog>
    );
  return <Choosing form={form} theirs={theirs} onMerged={onMerged} onClose={onClose} />;
}

function Choosing({ form, theirs, onMerged, onClose }: Omit<Props, "onAnew" | "theirs"> & { theirs: Item }): JSX.Element {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Side>>(new Map());
  const mine = entryOf(form, Date.now());
  const found = differences(form.before, mine, theirs.entry);
  const open = found.filter(({ key, suggested }) => suggested === undefined && !chosen.has(key)).length;
  const submit = (): void => {
    const together = merged(mine, theirs.entry, found, chosen);
    const entry = { ...formOf({ ...theirs, entry: together }), base: theirs.revision, before: theirs.entry };
    onMerged(entry);
  };
  return (
    <Dialog title={t("vault.conflict")} onClose={onClose} wide>
      <Notice tone="warn">
        <p>{t("vault.conflict.body", { name: nameOf(theirs.changedBy), time: relativeTime(theirs.changedAt, Date.now()) })}</p>
      </Notice>
      {found.length === 0 && <p>{t("vault.conflict.same")}</p>}
      {found.map((difference) => (
        <Choice key={difference.key} difference={difference} value={chosen.get(difference.key) ?? difference.suggested} onValue={(side) => setChosen(new Map(chosen).set(difference.key, side))} />
      ))}
      <div class="actions end">
        {open > 0 && <span class="hint">{t("vault.conflict.open")}</span>}
        <button type="button" onClick={onClose}>
          {t("vault.conflict.back")}
        </button>
        <button type="button" class="primary" disabled={open > 0} onClick={submit}>
          {t("vault.conflict.save")}
        </button>
      </div>
    </Dialog>
  );
}

function Choice({ difference, value, onValue }: { difference: Difference; value: Side | undefined; onValue: (side: Side) => void }): JSX.Element {
  const id = useId();
  const label = partLabel(difference);
  return (
    <fieldset class="conflict-part">
      <legend>
        {label}
        {difference.suggested === undefined && <span class="chip amber">{t("vault.conflict.both")}</span>}
      </legend>
      {(["mine", "theirs"] as const).map((side) => (
        <div key={side} class={`conflict-side ${value === side ? "chosen" : ""}`}>
          <label>
            <input type="radio" name={id} checked={value === side} onChange={() => onValue(side)} />
            {t(`vault.conflict.${side}`)}
          </label>
          <PartValue part={difference.part} value={difference[side]} label={`${t(`vault.conflict.${side}`)}, ${label}`} />
        </div>
      ))}
    </fieldset>
  );
}
