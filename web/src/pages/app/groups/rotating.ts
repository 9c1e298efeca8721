// New keys for groups that somebody left: by whoever is there first of those who hold the old one. spec/vault.md §5.
import { signal } from "@preact/signals";
import { groups as fetchGroups, rotate } from "../../../api/groups.ts";
import { Problem } from "../../../api/http.ts";
import type { GroupRights } from "../../../api/vaultWire.ts";
import { mayIssue } from "../../../protocol/card.ts";
import { roleOf } from "../../../protocol/roster.ts";
import { access, refreshSession } from "../access/access.ts";
import { settle } from "../access/settle.ts";
import { nextKey } from "../keys/grouping.ts";
import type { Vault } from "../keys/vault.ts";

/** How far a run is; null while none is under way. */
export const rotating = signal<{ done: number; of: number } | null>(null);

/** `without` left just now: a server that lists it still is not believed. */
export async function rotateGroup(vault: Vault, group: string, without?: string): Promise<void> {
  const before = vault.groups.get(group)?.version ?? 0;
  try {
    await settle(async () => {
      const shown = (await fetchGroups()).groups.find((one) => one.group === group);
      // Somebody else may have been faster: then there is nothing left to do.
      if (shown !== undefined && isDue(vault, shown)) await rotate(group, await nextKey(vault, shown, without));
    });
  } catch (problem) {
    if (!(problem instanceof Problem && (problem.type === "stale-key" || problem.type === "stale-revision"))) throw problem;
    await refreshSession();
    // Somebody else's client did it at the same moment, which is as good.
    if ((vault.groups.get(group)?.version ?? 0) === before) throw problem;
  }
}

/** Whether somebody left, or somebody's key came from who may grant no more. */
const isDue = (vault: Vault, { group, rotationDue, grants, state }: GroupRights): boolean =>
  state === "active" && vault.groups.get(group)?.personal !== true && (rotationDue || grants.some(({ granter }) => !mayIssue(roleOf(vault.roster, granter))));

/** Renews what one holds; the number of groups that wait for somebody else who does. */
export async function rotateDue(vault: Vault, progress: (done: number) => void = () => undefined): Promise<number> {
  const due = (await fetchGroups()).groups.filter((shown) => isDue(vault, shown));
  const own = due.filter(({ group }) => vault.groups.get(group)?.raw !== undefined);
  try {
    for (const [done, { group }] of own.entries()) {
      rotating.value = { done, of: own.length };
      progress(done / own.length);
      await rotateGroup(vault, group);
    }
  } finally {
    rotating.value = null;
  }
  return due.length - own.length;
}

/**
 * Looks whenever members or groups may have changed while an owner's or admin's keys are open. Quiet: what fails is tried
 * again at the next change, and the group says itself that it waits.
 */
export function watchRotations(): void {
  let seen: string | null = null;
  let running = false;
  const look = async (vault: Vault): Promise<void> => {
    const { session, roster, groups } = vault;
    if (!mayIssue(roleOf(roster, session.member.id)) || session.organization.readOnly) return;
    const now = `${session.member.id} ${roster.head.seq} ${[...groups.values()].map(({ group, state, version, rotationDue, stands }) => `${group}${state}${version}${rotationDue}${stands}`).sort()}`;
    if (now === seen || running) return;
    seen = now;
    running = true;
    await rotateDue(vault).catch(() => undefined);
    running = false;
    // What changed while it ran.
    if (access.value.kind === "open" && access.value.vault === vault) void look(vault);
  };
  access.subscribe((now) => {
    if (now.kind === "open") void look(now.vault);
    else seen = null;
  });
}
