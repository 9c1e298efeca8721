// Members × groups: who holds what, and what may be changed.
import type { GroupRights } from "../../../api/vaultWire.ts";
import { grantable } from "../keys/granting.ts";
import type { Vault } from "../keys/vault.ts";
import { mayManage, type Person } from "../organization/people.ts";

/** Empty: none. */
export const rightOf = (rights: GroupRights, member: string): string => rights.grants.find((grant) => grant.member === member)?.right ?? "";

/** Whether one's own client may sign grants of the group: owner or admin who holds its key. */
export const mayGrant = (vault: Vault, group: string): boolean => !vault.session.organization.readOnly && grantable(vault).some((access) => access.group === group);

/** Whether the right gives the group's key, so that losing it asks for a new one. */
export const readsEntries = (right: string): boolean => right !== "" && right !== "history";

/** Without this one no owner or admin would hold the key: nobody could give it on or renew it. */
export function isLastHolder(rights: GroupRights, member: string, all: readonly Person[]): boolean {
  const holders = rights.grants.filter((grant) => {
    const person = all.find((one) => one.member === grant.member);
    return readsEntries(grant.right) && person?.state === "active" && mayManage(person.role);
  });
  return holders.length === 1 && holders[0]!.member === member;
}

/** Groups that still have entries first, by name. */
export const inOrder = (all: readonly GroupRights[], name: (group: string) => string): GroupRights[] =>
  [...all].filter(({ state }) => state !== "deleted").sort((a, b) => Number(a.state === "archived") - Number(b.state === "archived") || name(a.group).localeCompare(name(b.group)));
