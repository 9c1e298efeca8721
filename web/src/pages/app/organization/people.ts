// Who is in the organization: names and states are the server's word, roles are those of the signed cards.
import type { OrganizationMember } from "../../../api/vaultWire.ts";
import type { TrustedCard } from "../../../protocol/roster.ts";

export interface Person {
  member: string;
  name: string;
  email: string | undefined;
  role: string;
  state: OrganizationMember["state"];
  since: number;
  card: TrustedCard | undefined;
  /** The server's word differs from the cards: another role, or nobody signed for this person at all. */
  doubt: "role" | "card" | null;
}

/** Those who are in first, by name; who was removed comes last. */
export function people(members: readonly OrganizationMember[], cards: ReadonlyMap<string, TrustedCard>): Person[] {
  const order = ["active", "suspended", "pending", "removed"];
  return members
    .map((member) => person(member, cards.get(member.member)))
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.name.localeCompare(b.name));
}

function person({ member, name, email, role, state, createdAt }: OrganizationMember, card: TrustedCard | undefined): Person {
  const known = { member, name, email, since: createdAt, card };
  if (card === undefined) return { ...known, role, state, doubt: state === "pending" || state === "removed" ? null : "card" };
  if (card.role === "removed") return { ...known, role: "removed", state: "removed", doubt: state === "removed" ? null : "role" };
  return { ...known, role: card.role, state, doubt: card.role === role ? null : "role" };
}

const owners = (all: readonly Person[]): Person[] => all.filter(({ role, state }) => role === "owner" && state === "active");

/** Nobody else could let people in, sign for them or give the organization on. */
export const isLastOwner = (person: Person, all: readonly Person[]): boolean => person.role === "owner" && owners(all).every(({ member }) => member === person.member);

export const mayManage = (role: string): boolean => role === "owner" || role === "admin";

/** Only an owner makes owners or touches one. spec/keys.md §6, rule 4. */
export const mayChange = (own: string, person: Person): boolean => mayManage(own) && (own === "owner" || person.role !== "owner");

export type RoleToGive = "owner" | "admin" | "member" | "auditor";

/** The roles that somebody with role `own` may give. */
export const rolesToGive = (own: string): readonly RoleToGive[] =>
  own === "owner" ? ["owner", "admin", "member", "auditor"] : ["admin", "member", "auditor"];
