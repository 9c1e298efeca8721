// Name, icon and colour of a group, as its details hold them.
import type { JSX } from "preact";
import { Choice, TextField } from "../../../ui/Field.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { t } from "../../../ui/text/index.ts";
import { groupColours, groupIcons, type GroupColour, type GroupIcon } from "./looks.ts";

export interface GroupLook {
  name: string;
  icon: string;
  colour: string;
}

export function GroupForm({ look, onLook, error, autofocus }: { look: GroupLook; onLook: (look: GroupLook) => void; error: string | undefined; autofocus?: boolean }): JSX.Element {
  return (
    <>
      <TextField
        label={t("group.name")}
        hint={t("group.name.hint")}
        error={error}
        maxLength={120}
        value={look.name}
        onValue={(name) => onLook({ ...look, name })}
        {...(autofocus && { autofocus })}
      />
      <fieldset class="swatches">
        <legend>{t("group.icon")}</legend>
        {groupIcons.map((icon) => (
          <label key={icon} title={t(`group.icon.${icon}`)}>
            <input type="radio" name="group-icon" checked={look.icon === icon} aria-label={t(`group.icon.${icon}`)} onChange={() => onLook({ ...look, icon })} />
            <span class={`group-mark ${look.colour}`}>
              <Icon name={icon} />
            </span>
          </label>
        ))}
      </fieldset>
      <Choice
        legend={t("group.colour")}
        value={look.colour as GroupColour}
        onValue={(colour) => onLook({ ...look, colour })}
        options={groupColours.map((value) => ({ value, label: t(`group.colour.${value}`) }))}
      />
    </>
  );
}

export type { GroupIcon };
