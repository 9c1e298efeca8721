// Copying, and taking back what was copied as far as a browser allows.
import { signal } from "@preact/signals";

/** What became of the last copy. */
export const clipboard = signal<"empty" | "holding" | "cleared" | "not-cleared">("empty");

const keepMs = 60_000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** False when the browser refuses. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return false;
  }
  clearTimeout(timer);
  clipboard.value = "holding";
  timer = setTimeout(() => void clear(), keepMs);
  return true;
}

/** Browsers let a page write only while it has the focus: then it is done when the focus comes back. */
export async function clear(): Promise<void> {
  clearTimeout(timer);
  if (clipboard.value !== "holding" && clipboard.value !== "not-cleared") return;
  try {
    await navigator.clipboard.writeText("");
    clipboard.value = "cleared";
  } catch {
    clipboard.value = "not-cleared";
    addEventListener("focus", () => void clear(), { once: true });
  }
}
