// What the pages of the organization show, fetched together and kept current by live updates.
import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { listen } from "../../../api/events.ts";
import { groups as fetchGroups } from "../../../api/groups.ts";
import { invitations as fetchInvitations, members as fetchMembers } from "../../../api/members.ts";
import type { GroupRights, InvitationSummary, OrganizationMember } from "../../../api/vaultWire.ts";
import { endedSession } from "../access/access.ts";
import type { Vault } from "../keys/vault.ts";
import { mayManage } from "./people.ts";

export interface Office {
  members: ReadonlySignal<readonly OrganizationMember[] | null>;
  /** Those that are shared. */
  groups: ReadonlySignal<readonly GroupRights[]>;
  /** Empty for who may not see them. */
  invitations: ReadonlySignal<readonly InvitationSummary[]>;
  problem: Signal<unknown>;
  reload: () => Promise<void>;
  close: () => void;
}

export function openOffice(vault: Vault): Office {
  const members = signal<readonly OrganizationMember[] | null>(null);
  const groups = signal<readonly GroupRights[]>([]);
  const invitations = signal<readonly InvitationSummary[]>([]);
  const problem = signal<unknown>(null);
  let run = 0;

  const reload = async (): Promise<void> => {
    const mine = ++run;
    try {
      const [people, rights, invited] = await Promise.all([fetchMembers(), fetchGroups(), mayManage(vault.session.member.role) ? fetchInvitations() : { invitations: [] }]);
      if (mine !== run) return;
      members.value = people.members;
      // A personal group is nobody else's business, and has no rights to give.
      groups.value = rights.groups.filter(({ group }) => vault.groups.get(group)?.personal !== true);
      invitations.value = invited.invitations;
      problem.value = null;
    } catch (error) {
      if (mine === run && !endedSession(error)) problem.value = error;
    }
  };

  let [begun, live] = [false, false];
  const stop = listen({
    organization: () => void reload(),
    live: (now) => {
      // What happened before anybody listened, or while nobody did.
      if (now && !live && begun) void reload();
      live = now;
    },
  });
  begun = true;
  void reload();
  return {
    members,
    groups,
    invitations,
    problem,
    reload,
    close: () => {
      run++;
      stop();
    },
  };
}
