// Access passwords. The choice is uniform: a draw beyond the last whole multiple is thrown away, never folded.

export type RandomBytes = (count: number) => Uint8Array;

/** No 0 o 1 l i: the password is read out over the phone. Lower case only, because normal() makes it so anyway. */
export const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

/** A number in [0, below), each equally likely. */
export function pick(below: number, random: RandomBytes): number {
  if (!Number.isInteger(below) || below < 1 || below > 0x10000) throw new RangeError("below");
  const limit = 0x10000 - (0x10000 % below);
  for (;;) {
    const [high, low] = random(2) as unknown as [number, number];
    const draw = high * 256 + low;
    if (draw < limit) return draw % below;
  }
}

export function words(list: readonly string[], count: number, random: RandomBytes): string {
  return Array.from({ length: count }, () => list[pick(list.length, random)]).join("-");
}

/** Groups of four: easier to read out and to type. */
export function characters(count: number, random: RandomBytes): string {
  const drawn = Array.from({ length: count }, () => alphabet[pick(alphabet.length, random)]).join("");
  return drawn.match(/.{1,4}/g)!.join("-");
}

export const wordBits = (listLength: number, count: number): number => count * Math.log2(listLength);

export const characterBits = (count: number): number => count * Math.log2(alphabet.length);
