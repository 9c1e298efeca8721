// Another role for a member, or none any more: one card each, and the groups that follow from it.
import { putCard } from "../../../api/members.ts";
import { toBase64url } from "../../../protocol/base64url.ts";
import { settle } from "../access/settle.ts";
import { endRight } from "../groups/rights.ts";
import { readsEntries, rightOf } from "../groups/matrix.ts";
import { rotateDue } from "../groups/rotating.ts";
import { roleCard } from "../keys/cards.ts";
import { grantable } from "../keys/granting.ts";
import type { Vault } from "../keys/vault.ts";
import type { Office } from "./office.ts";
import type { RoleToGive } from "./people.ts";

export async function changeRole(vault: Vault, office: Office, member: string, role: RoleToGive): Promise<void> {
  await settle(async () => putCard(await roleCard(vault, member, role)));
  if (member === toBase64url(vault.member)) return;
  // An auditor keeps the history of its groups and loses their entries.
  if (role === "auditor")
    for (const rights of office.groups.value)
      if (readsEntries(rightOf(rights, member)) && grantable(vault).some(({ group }) => group === rights.group)) await endRight(vault, rights.group, member, "history");
  // What somebody granted who may grant no more has to be granted anew.
  await rotateDue(vault);
}

export const removeMember = (vault: Vault, member: string): Promise<void> => settle(async () => putCard(await roleCard(vault, member, "removed")));
