// The member's groups: each granted by somebody who may, with every version of its keys. spec/keys.md §6.
import type { GroupLife, SessionGroup } from "../../../api/vaultWire.ts";
import type { Bytes } from "../../../protocol/bytes.ts";
import { mayIssue } from "../../../protocol/card.ts";
import { includes, openGrant, rights, type Grant, type Right } from "../../../protocol/grant.ts";
import { openGroupDetails } from "../../../protocol/groupDetails.ts";
import { holdKey, type HeldKey } from "../../../protocol/heldKey.ts";
import { followChain } from "../../../protocol/keyChain.ts";
import { roleOf, type Roster } from "../../../protocol/roster.ts";
import { toBase64url } from "../../../protocol/base64url.ts";
import { versionSeen } from "./seen.ts";
import { trustedBytes, Untrusted } from "./untrusted.ts";

/** The keys of one version. */
export interface GroupKeys {
  /** Opens and seals entries; missing for who may see the history only. */
  entries?: HeldKey;
  /** Opens and seals the details of handovers and the group's own. */
  history: HeldKey;
}

export interface GroupAccess {
  group: string;
  personal: boolean;
  state: GroupLife;
  right: Right;
  version: number;
  rotationDue: boolean;
  /** Whether the granter may grant now: else the group can be read, and written only after a rotation. */
  stands: boolean;
  /** Whether the member may change entries now: it stands, the right is edit or above, the group active, no trial over. */
  writable: boolean;
  /** Undefined for a personal group, as icon and colour. */
  name: string | undefined;
  icon: string | undefined;
  colour: string | undefined;
  detailsRevision: number;
  /** By version. */
  keys: Map<number, GroupKeys>;
  /** The newest group key itself, to grant and to rotate with: owners and admins only. Zeros once locked. */
  raw: Bytes | undefined;
  sent: SessionGroup;
}

interface Own {
  org: Bytes;
  member: Bytes;
  pair: CryptoKeyPair;
  roster: Roster;
  /** The trial is over. */
  readOnly: boolean;
}

/** Opens the groups of a session; what is open already and unchanged stays. Throws Untrusted. */
export async function openGroups(sent: SessionGroup[], own: Own, open: ReadonlyMap<string, GroupAccess> = new Map()): Promise<Map<string, GroupAccess>> {
  const groups = await Promise.all(
    sent.map(async (group) => {
      const known = open.get(group.group);
      return known && isSame(known, group, own) ? again(known, group, own) : openGroup(group, own);
    }),
  );
  return new Map(groups.map((group) => [group.group, group]));
}

const needsRaw = ({ roster, member }: Own, right: string, personal: boolean): boolean =>
  !personal && right !== "history" && mayIssue(roleOf(roster, toBase64url(member)));

/** The same grant of the same key; what else the server says of the group may differ. */
function isSame({ sent: before, raw }: GroupAccess, sent: SessionGroup, own: Own): boolean {
  const same = (["version", "personal", "right", "enc", "ciphertext", "granter", "signature", "details", "detailsRevision"] as const).every((name) => before[name] === sent[name]);
  return same && (raw !== undefined) === needsRaw(own, sent.right, sent.personal);
}

const again = (known: GroupAccess, sent: SessionGroup, own: Own): GroupAccess =>
  withState(known, sent, own, sent.personal || mayIssue(roleOf(own.roster, sent.granter)));

const withState = (group: Omit<GroupAccess, "state" | "rotationDue" | "stands" | "writable" | "sent">, sent: SessionGroup, { readOnly }: Own, stands: boolean): GroupAccess => ({
  ...group,
  sent,
  stands,
  state: sent.state,
  rotationDue: sent.rotationDue,
  writable: stands && includes(group.right, "edit") && sent.state === "active" && !readOnly,
});

async function openGroup(sent: SessionGroup, own: Own): Promise<GroupAccess> {
  const grant = readGrant(sent, own);
  if (grant.version < versionSeen(sent.group)) throw new Untrusted("version");
  const granted = await openGrant(grant, own.pair, own.roster);
  if (granted === undefined) throw new Untrusted("grant");
  const chain = await followChain(grant, grant.right, granted.key, sent.previous.map((link) => trustedBytes(link, 80, "chain")));
  if (chain === undefined) throw new Untrusted("chain");
  const raw = needsRaw(own, sent.right, grant.personal) ? granted.key.slice() : undefined;
  const keys = new Map<number, GroupKeys>();
  for (const { version, group, history } of chain) {
    keys.set(version, { ...(group && { entries: await holdKey(group) }), history: await holdKey(history) });
    group?.fill(0);
    history.fill(0);
  }

  const details = sent.details === undefined ? undefined : await openGroupDetails(keys.get(grant.version)!.history, grant, sent.detailsRevision, trustedBytes(sent.details, undefined, "name"));
  if (details === undefined && !grant.personal && sent.state !== "deleted") throw new Untrusted("name");
  return withState(
    {
      group: sent.group, personal: grant.personal, right: grant.right, version: grant.version, detailsRevision: sent.detailsRevision,
      name: details?.name, icon: details?.icon, colour: details?.colour, keys, raw,
    },
    sent, own, granted.stands,
  );
}

function readGrant(sent: SessionGroup, { org, member }: Own): Grant {
  const right = rights.find((name) => name === sent.right);
  if (right === undefined || !Number.isInteger(sent.version) || sent.version < 1) throw new Untrusted("grant");
  return {
    org, member, right,
    version: sent.version,
    personal: sent.personal === true,
    group: trustedBytes(sent.group, 16, "grant"),
    granter: trustedBytes(sent.granter, 16, "grant"),
    enc: trustedBytes(sent.enc, 65, "grant"),
    ciphertext: trustedBytes(sent.ciphertext, 48, "grant"),
    signature: trustedBytes(sent.signature, 64, "grant"),
  };
}
