import type { JSX } from "preact";
import { Icon } from "./Icon.tsx";
import type { IconName } from "./icons.ts";
import { t, type TextKey } from "./text/index.ts";

type StateName = TextKey extends infer Key ? (Key extends `state.${infer Name}.help` ? Name : never) : never;

const looks: Record<StateName, [IconName, "blue" | "amber" | "green" | "grey" | "red"]> = {
  draft: ["pencil", "grey"],
  waiting: ["hourglass", "blue"],
  claimed: ["mail-open", "amber"],
  displayed: ["monitor-check", "green"],
  undisplayed: ["eye-off", "amber"],
  confirmed: ["badge-check", "green"],
  expired: ["timer-off", "grey"],
  revoked: ["ban", "grey"],
  locked: ["lock-keyhole", "red"],
  void: ["circle-slash", "red"],
};

/**
 * Icon and word; the colour only repeats them. `doubtful`: a confirmation that could not be verified is never green. `told`: the state is the
 * server's word and its proofs were not looked at, as in a list, so it isn't green either.
 */
export function StateChip({ state, doubtful, told }: { state: StateName; doubtful?: boolean; told?: boolean }): JSX.Element {
  const [icon, look] = doubtful ? (["shield-alert", "red"] as const) : looks[state];
  const colour = told && look === "green" ? "grey" : look;
  return (
    <span class={`chip ${colour}`}>
      <Icon name={icon} size={16} />
      {t(`state.${state}`)}
    </span>
  );
}
