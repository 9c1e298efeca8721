// When an authority says it stamped: genTime in the TSTInfo of its token (RFC 3161 §2.4.2). Read only to be told; whether
// the token holds is a verifier's sixth step.
import type { Bytes } from "../bytes.ts";

/** Element 1 of ContentInfo, SignedData in it, its third (encapContentInfo), … the fifth of TSTInfo. */
const path = [0, 1, 0, 2, 1, 0, 0, 4];
const generalizedTime = 0x18;

/** Unix milliseconds; undefined for what isn't DER of a token. */
export function stampTime(token: Bytes): number | undefined {
  let place: Element | undefined = { tag: 0, start: 0, end: token.length };
  for (const number of path) place = place && child(token, place, number);
  if (place?.tag !== generalizedTime || place.end - place.start > 32) return undefined;
  const text = String.fromCharCode(...token.subarray(place.start, place.end));
  const [, year, month, day, hour, minute, second, rest] = (/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d{1,9}))?Z$/.exec(text) ?? []).map((part) => part ?? "0");
  if (Number(year) < 1970 || !within(month, 1, 12) || !within(day, 1, 31) || !within(hour, 0, 23) || !within(minute, 0, 59) || !within(second, 0, 59)) return undefined;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), Number(rest!.padEnd(3, "0").slice(0, 3)));
}

const within = (text: string | undefined, least: number, most: number): boolean => text !== undefined && Number(text) >= least && Number(text) <= most;

interface Element {
  tag: number;
  start: number;
  end: number;
}

function child(bytes: Bytes, parent: Element, number: number): Element | undefined {
  let at = parent.start;
  for (let i = 0; ; i++) {
    const [tag, first] = [bytes[at], bytes[at + 1]];
    if (at + 2 > parent.end || tag === undefined || first === undefined) return undefined;
    let length = first;
    let start = at + 2;
    if (first > 0x80) {
      length = 0;
      const more = first - 0x80;
      if (more > 3 || start + more > parent.end) return undefined;
      for (let j = 0; j < more; j++) length = length * 256 + bytes[start++]!;
    } else if (first === 0x80) return undefined;
    if (start + length > parent.end) return undefined;
    if (i === number) return { tag, start, end: start + length };
    at = start + length;
  }
}
