// What the organization's policy leaves of the choices in the composer. The server enforces what it can see; the strength
// of an access password only this client can hold. spec/keys.md §9.
import type { Instance, Limits } from "../../../api/wire.ts";
import type { Vault } from "../keys/vault.ts";
import { characterBits, wordBits } from "../password/generate.ts";
import { chosenSeconds, type Draft, type LifeChoice } from "./draft.ts";

/** The members of a policy that concern a handover. */
export interface HandoverPolicy {
  lifeMax: number;
  password: boolean;
  passwordBits: number;
  handOver: string;
  files: boolean;
  fileBytes: number;
}

/** Why a member can't hand over at all. */
export type Refusal = "role" | "trial";

export interface Rules {
  /** Those of the server, narrowed. `files` is 0 where attachments aren't allowed. */
  limits: Limits;
  /** The policy is narrower than the server about these. */
  byPolicy: { life: boolean; files: boolean; fileBytes: boolean };
  password: boolean;
  passwordBits: number;
  refusal: Refusal | null;
  /** The least role that may hand over. */
  handOver: string;
}

const rank: Readonly<Record<string, number>> = { auditor: 0, member: 1, admin: 2, owner: 3 };

export function rulesOf(policy: HandoverPolicy | undefined, limits: Limits, role: string, readOnly: boolean): Rules {
  const [life, files, fileBytes] = [policy?.lifeMax ?? Infinity, policy?.files ?? true, policy?.fileBytes ?? Infinity];
  const handOver = policy?.handOver ?? "member";
  return {
    limits: { ...limits, lifeMaxSeconds: Math.min(limits.lifeMaxSeconds, life), files: files ? limits.files : 0, fileBytes: files ? Math.min(limits.fileBytes, fileBytes) : 0 },
    byPolicy: { life: life < limits.lifeMaxSeconds, files: !files, fileBytes: files && fileBytes < limits.fileBytes },
    password: policy?.password ?? false,
    passwordBits: policy?.password ? policy.passwordBits : 0,
    refusal: readOnly ? "trial" : (rank[role] ?? 0) < (rank[handOver] ?? 3) ? "role" : null,
    handOver,
  };
}

/** Of this member, at this server, now. */
export const currentRules = ({ session, policy }: Vault, { limits }: Instance): Rules => rulesOf(policy, limits, session.member.role, session.organization.readOnly);

/** The lives that may be chosen; an own one always, within the limits. */
export const livesWithin = ({ lifeMaxSeconds }: Limits): LifeChoice[] => [...(Object.keys(chosenSeconds) as (keyof typeof chosenSeconds)[]).filter((life) => chosenSeconds[life] <= lifeMaxSeconds), "own"];

export const wordCounts: readonly number[] = [4, 5, 6, 7, 8, 10];
export const lengths: readonly number[] = [10, 12, 16, 20, 24, 32];

/** What is strong enough of what is offered; the longest where nothing is. */
export function strongEnough(amounts: readonly number[], bits: (amount: number) => number, least: number): readonly number[] {
  const strong = amounts.filter((amount) => bits(amount) >= least);
  return strong.length > 0 ? strong : amounts.slice(-1);
}

/** The list of words that passwords are made of. */
export const listLength = 7_772;

/** A draft's choices moved to the nearest ones that the rules allow; the same draft where nothing has to move. */
export function within(draft: Draft, rules: Rules): Draft {
  const moved: Partial<Draft> = {};
  const lives = livesWithin(rules.limits);
  if (!lives.includes(draft.life)) {
    const longest = lives.filter((life) => life !== "own").at(-1);
    if (longest) moved.life = longest;
    else Object.assign(moved, { life: "own", lifeAmount: String(Math.floor(rules.limits.lifeMaxSeconds / 60)), lifeUnit: "minutes" } satisfies Partial<Draft>);
  }
  if (rules.password && draft.access === "none") moved.access = "words";
  const words = strongEnough(wordCounts, (count) => wordBits(listLength, count), rules.passwordBits);
  if (!words.includes(draft.words)) moved.words = words[0]!;
  const characters = strongEnough(lengths, characterBits, rules.passwordBits);
  if (!characters.includes(draft.characters)) moved.characters = characters.find((length) => length >= draft.characters) ?? characters[0]!;
  return Object.keys(moved).length === 0 ? draft : { ...draft, ...moved };
}
