// A group's beginning and its next key: what one request needs of both. spec/keys.md §6, spec/vault.md §1.
import { toBase64url } from "./base64url.ts";
import { random, type Bytes } from "./bytes.ts";
import { historyKeyOf, sealGrant, type Grantee, type GroupVersion, type MadeGrant, type Right } from "./grant.ts";
import { sealGroupDetails, type GroupDetails } from "./groupDetails.ts";
import { holdKey } from "./heldKey.ts";
import { linkKeys } from "./keyChain.ts";

/** Who gets the key, and to do what. */
export interface NewHolder {
  grantee: Grantee;
  right: Right;
}

/** The `CreateGroup` of spec/api.md. */
export interface MadeGroup {
  group: string;
  personal: boolean;
  details?: string;
  grants: MadeGrant[];
}

/** The `Rotation` of spec/api.md. */
export interface MadeRotation {
  version: number;
  previous: string;
  previousHistory: string;
  details?: string;
  detailsRevision: number;
  grants: MadeGrant[];
}

/** A group with its first key; without details it is a personal one. The granter has to be among the holders. */
export async function makeGroup(granterKey: CryptoKey, org: Bytes, details: GroupDetails | undefined, holders: NewHolder[]): Promise<MadeGroup> {
  const [group, key] = [random(16), random(32)];
  const at = { org, group, version: 1 };
  try {
    const sealed = details && toBase64url(await sealDetails(at, key, 1, details));
    const grants = await Promise.all(holders.map(({ grantee, right }) => sealGrant(granterKey, at, right, grantee, key, details === undefined)));
    return { group: toBase64url(group), personal: details === undefined, ...(sealed && { details: sealed }), grants };
  } finally {
    key.fill(0);
  }
}

/**
 * The next version of a group's key. `at` and `oldKey` are the newest so far, detailsRevision that of the details so far;
 * holders are exactly the members that hold a grant, each with the right it has.
 */
export async function makeRotation(
  granterKey: CryptoKey,
  at: GroupVersion,
  oldKey: Bytes,
  details: { details: GroupDetails; revision: number },
  holders: NewHolder[],
): Promise<MadeRotation> {
  const key = random(32);
  const next = { ...at, version: at.version + 1 };
  const revision = details.revision + 1;
  try {
    const { previous, previousHistory } = await linkKeys(next, key, oldKey);
    return {
      version: next.version,
      previous: toBase64url(previous),
      previousHistory: toBase64url(previousHistory),
      details: toBase64url(await sealDetails(next, key, revision, details.details)),
      detailsRevision: revision,
      grants: await Promise.all(holders.map(({ grantee, right }) => sealGrant(granterKey, next, right, grantee, key))),
    };
  } finally {
    key.fill(0);
  }
}

async function sealDetails(at: GroupVersion, key: Bytes, revision: number, details: GroupDetails): Promise<Bytes> {
  const history = await historyKeyOf(key, at.group, at.version);
  const sealed = await sealGroupDetails(await holdKey(history), at, revision, details);
  history.fill(0);
  return sealed;
}
