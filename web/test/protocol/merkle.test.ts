// The log's proofs against the tree as RFC 6962 §2.1 defines it.
import { expect, test } from "vitest";
import { concat, uint8, uint32, type Bytes } from "../../src/protocol/bytes.ts";
import { sha256 } from "../../src/protocol/derive.ts";
import { verifyConsistency, verifyInclusion } from "../../src/protocol/ledger/merkle.ts";

const most = 21;
const leaves = await Promise.all(Array.from({ length: most }, (_, i) => sha256(uint32(i))));
const known = new Map<string, Promise<Bytes>>();

/** The largest power of two below n. */
const split = (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1);

function rootOf(from: number, to: number): Promise<Bytes> {
  const key = `${from}-${to}`;
  if (!known.has(key)) known.set(key, makeRoot(from, to));
  return known.get(key)!;
}

async function makeRoot(from: number, to: number): Promise<Bytes> {
  if (to - from <= 1) return leaves[from] && to > from ? leaves[from] : sha256(new Uint8Array());
  const middle = from + split(to - from);
  return sha256(concat(uint8(1), await rootOf(from, middle), await rootOf(middle, to)));
}

/** RFC 6962 §2.1.1 */
async function path(index: number, from: number, to: number): Promise<Bytes[]> {
  if (to - from === 1) return [];
  const middle = from + split(to - from);
  return index < middle ? [...(await path(index, from, middle)), await rootOf(middle, to)] : [...(await path(index, middle, to)), await rootOf(from, middle)];
}

/** RFC 6962 §2.1.2 */
async function subproof(size: number, from: number, to: number, whole: boolean): Promise<Bytes[]> {
  if (size === to - from) return whole ? [] : [await rootOf(from, to)];
  const middle = from + split(to - from);
  return size <= middle - from
    ? [...(await subproof(size, from, middle, whole)), await rootOf(middle, to)]
    : [...(await subproof(size - (middle - from), middle, to, false)), await rootOf(from, middle)];
}

test("every leaf of every tree is proven, and at no other index, size or root", async () => {
  for (let size = 1; size <= most; size++)
    for (let index = 0; index < size; index++) {
      const [proof, root] = [await path(index, 0, size), await rootOf(0, size)];
      expect(await verifyInclusion(leaves[index]!, index, size, proof, root)).toBe(true);
      for (let other = 0; other <= size; other++)
        if (other !== index) expect(await verifyInclusion(leaves[index]!, other, size, proof, root)).toBe(false);
      expect(await verifyInclusion(leaves[index]!, index, size, [...proof, root], root)).toBe(false);
      expect(await verifyInclusion(leaves[index]!, index, size, proof.slice(0, -1), root)).toBe(size === 1);
      expect(await verifyInclusion(leaves[index]!, index, size, proof, await rootOf(0, size - 1))).toBe(false);
    }
});

test("every tree continues every smaller one, and no other", async () => {
  for (let second = 0; second <= most; second++)
    for (let first = 0; first <= second; first++) {
      const proof = first === 0 ? [] : await subproof(first, 0, second, true);
      const [before, after] = [await rootOf(0, first), await rootOf(0, second)];
      expect(await verifyConsistency(first, second, before, after, proof), `${first} ${second}`).toBe(true);
      expect(await verifyConsistency(first, second, leaves[0]!, after, proof)).toBe(first === 1);
      if (first > 0) expect(await verifyConsistency(first, second, before, await rootOf(1, most), proof)).toBe(false);
      expect(await verifyConsistency(first, second, before, after, [...proof, before])).toBe(false);
      if (first > 1) expect(await verifyConsistency(first - 1, second, await rootOf(0, first - 1), after, proof)).toBe(false);
      if (proof.length > 0) expect(await verifyConsistency(first, second, before, after, proof.slice(1))).toBe(false);
    }
});
