// What the member may do in which group. The server decides; this only keeps buttons away that would be refused.
import { computed } from "@preact/signals";
import { access, server } from "../access/access.ts";
import type { GroupAccess } from "../keys/vault.ts";
import { rights, type Right } from "../../../protocol/grant.ts";
import { groups } from "./store.ts";

const atLeast = (group: GroupAccess, right: Right): boolean => rights.indexOf(group.right) >= rights.indexOf(right);

/** A trial that is over leaves reading and exporting. */
const readOnly = (): boolean => access.value.kind === "open" && access.value.vault.session.organization.readOnly;

export const mayWrite = (group: GroupAccess | undefined): boolean => group?.writable === true;
export const mayHandOver = (group: GroupAccess | undefined): boolean => group?.writable === true && atLeast(group, "share");
export const mayPurge = (group: GroupAccess | undefined): boolean => group !== undefined && !readOnly() && atLeast(group, "manage");

export const groupOf = (id: string | undefined): GroupAccess | undefined => groups.value.find((group) => group.group === id);

export const writableGroups = computed(() => groups.value.filter(mayWrite));

/** Whether a password may be looked for in known breaches: the server can, and the policy wants it. */
export const breachCheckOffered = computed(() => server.value?.breachCheck === true && access.value.kind === "open" && access.value.vault.policy?.breachCheck === true);
