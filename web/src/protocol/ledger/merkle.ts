// The log's tree: RFC 6962 §2.1 with SHA-256, its proofs verified as in RFC 9162 §2.1.3.2 and §2.1.4.2. spec/ledger.md §3.
// Sizes go beyond 32 bits, so they are halved by division.
import { concat, equal, uint8, type Bytes } from "../bytes.ts";
import { sha256 } from "../derive.ts";

const node = (left: Bytes, right: Bytes): Promise<Bytes> => sha256(concat(uint8(1), left, right));

const isOdd = (value: number): boolean => value % 2 === 1;

const half = (value: number): number => Math.floor(value / 2);

/** Whether the leaf stands at this index of the tree with this size and root. */
export async function verifyInclusion(leaf: Bytes, index: number, size: number, proof: Bytes[], root: Bytes): Promise<boolean> {
  if (index >= size) return false;
  let [at, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      hash = await node(sibling, hash);
      while (at !== 0 && !isOdd(at)) [at, last] = [half(at), half(last)];
    } else hash = await node(hash, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && equal(hash, root);
}

/** Whether the second tree begins with all of the first. */
export async function verifyConsistency(first: number, second: number, firstRoot: Bytes, secondRoot: Bytes, proof: Bytes[]): Promise<boolean> {
  if (first === second) return proof.length === 0 && equal(firstRoot, secondRoot);
  if (first === 0) return proof.length === 0 && equal(firstRoot, await sha256(new Uint8Array()));
  if (first > second || proof.length === 0) return false;
  let [at, last] = [first - 1, second - 1];
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  // A complete first tree is a node of the second, and so not in the proof.
  const [start, ...rest] = at === 0 ? [firstRoot, ...proof] : proof;
  let [before, after] = [start!, start!];
  for (const hash of rest) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      [before, after] = [await node(hash, before), await node(hash, after)];
      while (at !== 0 && !isOdd(at)) [at, last] = [half(at), half(last)];
    } else after = await node(after, hash);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && equal(before, firstRoot) && equal(after, secondRoot);
}
