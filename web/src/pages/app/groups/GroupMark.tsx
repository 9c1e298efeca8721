import type { JSX } from "preact";
import { Icon } from "../../../ui/Icon.tsx";
import { knownColour, knownIcon } from "./looks.ts";

/** A group's icon in its colour, beside its name. */
export function GroupMark({ icon, colour, size = 18 }: { icon: string | undefined; colour: string | undefined; size?: number }): JSX.Element {
  return (
    <span class={`group-mark ${knownColour(colour)}`}>
      <Icon name={knownIcon(icon)} size={size} />
    </span>
  );
}
