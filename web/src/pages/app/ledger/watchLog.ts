// Holds the server's log against what this browser saw of it, once for every unlock and off the way of everything else.
import { effect } from "@preact/signals";
import { access, lock } from "../access/access.ts";
import { Untrusted, type Vault } from "../keys/vault.ts";

let last: Vault | undefined;

export const watchLog = (): (() => void) =>
  effect(() => {
    const now = access.value;
    if (now.kind !== "open" || now.vault === last) return;
    last = now.vault;
    void check(now.vault);
  });

/** Whoever set the installation up is quicker than its first checkpoint: asked again until there is one. */
const AGAIN_MS = 1000;

const isOpen = (vault: Vault): boolean => access.value.kind === "open" && access.value.vault === vault;

async function check(vault: Vault): Promise<void> {
  try {
    const { checkRemembered } = await import("./remembered.ts");
    while (isOpen(vault) && !(await checkRemembered(vault.session.organization.id))) await new Promise((soon) => setTimeout(soon, AGAIN_MS));
  } catch (problem) {
    // What the network refuses is asked again at the next unlock.
    if (problem instanceof Untrusted && isOpen(vault)) lock(null, problem);
  }
}
