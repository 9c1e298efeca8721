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

async function check(vault: Vault): Promise<void> {
  try {
    const { checkRemembered } = await import("./remembered.ts");
    await checkRemembered(vault.session.organization.id);
  } catch (problem) {
    // What the network refuses is asked again at the next unlock.
    if (problem instanceof Untrusted && access.value.kind === "open" && access.value.vault === vault) lock(null, problem);
  }
}
