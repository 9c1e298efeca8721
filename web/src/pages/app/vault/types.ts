import type { IconName } from "../../../ui/icons.ts";
import { entryTypes } from "../compose/draft.ts";
import { typeIcons } from "../compose/EntryRow.tsx";
import type { EntryType } from "../../../import/entries.ts";

/** A reader shows a type that it doesn't know as a login: spec/handover.md §2. */
export const knownType = (type: string): EntryType => entryTypes.find((known) => known === type) ?? "login";

export const typeIcon = (type: string): IconName => typeIcons[knownType(type)];
