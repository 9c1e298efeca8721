// Every version of a group's key seals the one before it, so that a rotation needs no grant of older keys. spec/keys.md §6.
import { concat, uint32, type Bytes } from "./bytes.ts";
import type { SealPurpose } from "./derive.ts";
import { historyKeyOf, type GroupVersion, type Right } from "./grant.ts";
import { seal, unseal } from "./seal.ts";

/** The keys of one version; `group` opens entries and is missing for who may see the history only. */
export interface VersionKeys {
  version: number;
  group?: Bytes;
  history: Bytes;
}

const place = ({ org, group, version }: GroupVersion) => concat(org, group, uint32(version));
const purposeOf = (right: Right): SealPurpose => (right === "history" ? "previous history" : "previous key");

/** The keys of all versions, the newest first; undefined where the chain isn't whole from the newest down to version 1. */
export async function followChain(at: GroupVersion, right: Right, newest: Bytes, previous: Bytes[]): Promise<VersionKeys[] | undefined> {
  if (previous.length !== at.version - 1) return undefined;
  const found: Bytes[] = [newest];
  for (const [i, link] of previous.entries()) {
    const older = await unseal(found[i]!, purposeOf(right), place({ ...at, version: at.version - i }), link);
    if (older?.length !== 32) return undefined;
    found.push(older);
  }
  return Promise.all(
    found.map(async (key, i) => {
      const version = at.version - i;
      return right === "history" ? { version, history: key } : { version, group: key, history: await historyKeyOf(key, at.group, version) };
    }),
  );
}

/** What ties a new version to the one before. Throws for a wiped key. */
export async function linkKeys(at: GroupVersion, newKey: Bytes, oldKey: Bytes): Promise<{ previous: Bytes; previousHistory: Bytes }> {
  // A lock wipes keys while a rotation may be under way: sealing zeros would lose every entry before.
  const old = oldKey.slice();
  if (old.every((byte) => byte === 0)) throw new Error("The key was wiped.");
  const [newHistory, oldHistory] = [await historyKeyOf(newKey, at.group, at.version), await historyKeyOf(old, at.group, at.version - 1)];
  const linked = {
    previous: await seal(newKey, "previous key", place(at), old),
    previousHistory: await seal(newHistory, "previous history", place(at), oldHistory),
  };
  for (const secret of [newHistory, oldHistory, old]) secret.fill(0);
  return linked;
}
