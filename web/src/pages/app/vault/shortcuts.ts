// Keys that work while no field has the focus. They can be switched off (WCAG 2.1.4), for who dictates or types with help.
import { signal } from "@preact/signals";

export type Shortcut = "search" | "up" | "down" | "first" | "last" | "open" | "edit" | "password" | "username" | "code" | "new" | "all" | "back" | "help";

/** While the page is open; Escape, arrows and Enter work in any case. */
export const singleKeys = signal(true);

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

const always: Readonly<Record<string, Shortcut>> = { ArrowUp: "up", ArrowDown: "down", Home: "first", End: "last", Enter: "open", Escape: "back" };
const single: Readonly<Record<string, Shortcut>> = { "/": "search", e: "edit", c: "password", u: "username", t: "code", n: "new", "?": "help" };

/** Undefined: not a shortcut, the browser's own. */
export function shortcutOf({ key, ctrlKey, metaKey, altKey }: Pressed, allowSingle: boolean): Shortcut | undefined {
  if (ctrlKey !== metaKey && !altKey) return key === "a" || key === "A" ? "all" : undefined;
  if (ctrlKey || metaKey || altKey) return undefined;
  return always[key] ?? (allowSingle ? single[key] : undefined);
}

/** Whether what has the focus takes keys itself. */
export const takesKeys = (focused: Element | null): boolean => focused !== null && focused.closest('input, textarea, select, [contenteditable="true"], dialog, summary, video, audio') !== null;

/** Enter presses a button or follows a link that has the focus. */
export const isPressable = (focused: Element | null): boolean => focused !== null && focused.closest("button, a[href]") !== null;
