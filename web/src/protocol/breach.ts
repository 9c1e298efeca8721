// Whether a password is in a list of known breaches, without telling it: only the first five digits of its SHA-1 are
// asked for, and the answer holds hundreds. SHA-1 because that is how those lists are keyed; nothing is protected by it.
import { utf8 } from "./bytes.ts";

export interface BreachName {
  /** Five hexadecimal digits, what is asked for. */
  prefix: string;
  /** The other 35, looked for in the answer here. */
  suffix: string;
}

export async function breachName(password: string): Promise<BreachName> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-1", utf8(password)));
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();
  return { prefix: hex.slice(0, 5), suffix: hex.slice(5) };
}

/** How often it was seen, out of lines `SUFFIX:COUNT`; lines with a count of 0 are padding. */
export function breachCount(lines: string, suffix: string): number {
  const found = lines.split("\n").find((line) => line.trim().toUpperCase().startsWith(`${suffix}:`));
  return Number(found?.split(":")[1] ?? 0) || 0;
}
