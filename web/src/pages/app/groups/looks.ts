// How a group may look. Another client may know more: what isn't here is shown as a teal folder.
import type { IconName } from "../../../ui/icons.ts";

export const groupIcons = ["folder", "globe", "server", "database", "mail", "building", "shopping-cart", "smartphone", "code", "palette", "credit-card", "users"] as const satisfies readonly IconName[];

export type GroupIcon = (typeof groupIcons)[number];

export const groupColours = ["teal", "blue", "green", "amber", "red", "violet", "grey"] as const;

export type GroupColour = (typeof groupColours)[number];

export const knownIcon = (icon: string | undefined): GroupIcon => groupIcons.find((known) => known === icon) ?? "folder";

export const knownColour = (colour: string | undefined): GroupColour => groupColours.find((known) => known === colour) ?? "teal";
