// The newest version of each group's key that this browser has seen, so that a server can't lead it back to an older
// one (spec/keys.md §6). Numbers only; no secret is ever kept in a storage of the browser.

const name = (group: string): string => `baton.version.${group}`;

export function newestVersionSeen(group: string): number {
  try {
    return Number(localStorage.getItem(name(group)) ?? 1) || 1;
  } catch {
    return 1;
  }
}

export function rememberVersion(group: string, version: number): void {
  try {
    if (version > newestVersionSeen(group)) localStorage.setItem(name(group), String(version));
  } catch {
    // A browser that forbids storage remembers while the page is open only: the session brings every version anyway.
  }
}
