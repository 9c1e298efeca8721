// What an organization allows its members, as one exact text that an owner or admin signs. spec/keys.md §9.
import { toBase64url } from "./base64url.ts";
import { utf8, type Bytes } from "./bytes.ts";
import { sha256 } from "./derive.ts";
import type { Role } from "./card.ts";
import type { Roster } from "./roster.ts";
import { sign, verify } from "./signatures.ts";

export interface Policy {
  /** Counts up from 1. */
  number: number;
  /** Longest life of a handover, seconds. */
  lifeMax: number;
  /** An access password is required, of at least so many bits where the sender chooses it. */
  password: boolean;
  passwordBits: number;
  /** The least role that may hand over. */
  handOver: "member" | "admin" | "owner";
  files: boolean;
  /** Bytes of plaintext of all attachments of a handover together. */
  fileBytes: number;
  /** Seconds until lock, and until sign-in again. */
  idle: number;
  session: number;
  breachCheck: boolean;
}

/** Least and most of each number. */
export const policyBounds = {
  lifeMax: [300, 2_592_000],
  passwordBits: [0, 256],
  fileBytes: [0, 268_435_456],
  idle: [60, 604_800],
  session: [60, 2_592_000],
} as const;

/** The exact text: no white space, this order. */
export const policyText = ({ number, lifeMax, password, passwordBits, handOver, files, fileBytes, idle, session, breachCheck }: Policy): string =>
  JSON.stringify({ v: 1, number, lifeMax, password, passwordBits, handOver, files, fileBytes, idle, session, breachCheck });

/** Undefined for a text that policyText wouldn't write, and for values out of bounds. */
export function parsePolicy(text: string): Policy | undefined {
  try {
    const { v, ...policy }: Policy & { v: number } = JSON.parse(text);
    const numbers = Object.entries(policyBounds).every(([name, [least, most]]) => {
      const value = policy[name as keyof typeof policyBounds];
      return Number.isInteger(value) && value >= least && value <= most;
    });
    const flags = [policy.password, policy.files, policy.breachCheck].every((flag) => typeof flag === "boolean");
    const counted = Number.isInteger(policy.number) && policy.number > 0 && policy.number < 2 ** 32;
    const fits = v === 1 && counted && numbers && flags && ["member", "admin", "owner"].includes(policy.handOver);
    return fits && policyText(policy) === text ? policy : undefined;
  } catch {
    return undefined;
  }
}

/** The `SignedPolicy` of spec/api.md, as bytes. */
export interface SignedPolicyText {
  text: string;
  signature: Bytes;
  author: Bytes;
}

export const signPolicy = async (key: CryptoKey, org: Bytes, text: string): Promise<Bytes> => sign(key, "policy", org, await sha256(utf8(text)));

/** Undefined for a policy that nobody signed who is or once was owner or admin, and for one older than was seen. */
export async function openPolicy({ text, signature, author }: SignedPolicyText, roster: Roster, seenNumber = 0): Promise<Policy | undefined> {
  const policy = parsePolicy(text);
  const signer = roster.members.get(toBase64url(author));
  if (!policy || policy.number < seenNumber || !signer?.onceIssuer) return undefined;
  return (await verify(signer.ecdsa, signature, "policy", roster.org, await sha256(utf8(text)))) ? policy : undefined;
}

const ranks: readonly Role[] = ["owner", "admin", "member"];

/** Whether a member of this role may hand over. */
export const mayHandOver = (policy: Policy | undefined, role: Role): boolean =>
  ranks.includes(role) && (policy === undefined || ranks.indexOf(role) <= ranks.indexOf(policy.handOver));
