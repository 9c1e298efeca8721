// Entries of the organization's history, read: what they are about and which family of events they belong to. spec/ledger.md §1.
import type { AuditEntry } from "../../../api/ledgerWire.ts";
import type { IconName } from "../../../ui/icons.ts";

/** What the filter offers, with the kinds of entries that belong to it. */
export const families = {
  handovers: ["created", "claimed", "displayed", "confirmed", "guess-failed", "locked", "expired", "undisplayed", "revoked", "void", "extended", "re-issued", "follow-up", "reported"],
  signIns: ["signed-in", "signed-out", "sign-in-failed", "recovered", "session-revoked"],
  people: ["organization-created", "card", "invited", "invitation-accepted", "invitation-withdrawn", "suspended", "resumed", "member-renamed"],
  groups: ["group-created", "group-changed", "group-state", "grant", "grant-ended"],
  keys: ["group-rotated", "password-changed", "recovery-key-changed"],
  vault: ["entries"],
  rules: ["policy", "retention", "erased", "trial", "log"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Family = keyof typeof families;

export type Kind = (typeof families)[Family][number];

const icons: Readonly<Record<Family, IconName>> = { handovers: "send", signIns: "fingerprint", people: "users", groups: "folder", keys: "key-round", vault: "vault", rules: "shield-check" };

const own: Readonly<Partial<Record<string, IconName>>> = {
  claimed: "mail-open",
  displayed: "monitor-check",
  confirmed: "badge-check",
  "guess-failed": "circle-x",
  locked: "lock-keyhole",
  expired: "timer-off",
  revoked: "ban",
  reported: "triangle-alert",
  erased: "trash",
  "signed-out": "log-out",
  "sign-in-failed": "circle-x",
  log: "server",
};

/** What somebody should look at. */
const troubling: readonly string[] = ["guess-failed", "locked", "undisplayed", "void", "reported", "sign-in-failed", "log"];

export interface Read {
  kind: string;
  family: Family | undefined;
  icon: IconName;
  trouble: boolean;
  time: number;
  actor: "member" | "recipient" | "server";
  member: string | undefined;
  handover: string | undefined;
  /** All that stands in it. */
  facts: Readonly<Record<string, unknown>>;
  entry: AuditEntry;
  /** Random in every entry, so it tells them apart. */
  nonce: string;
}

export function read(entry: AuditEntry): Read {
  const facts = parse(entry.text);
  const text = (name: string): string | undefined => (typeof facts[name] === "string" ? facts[name] : undefined);
  const kind = text("kind") ?? "?";
  const family = (Object.keys(families) as Family[]).find((name) => (families[name] as readonly string[]).includes(kind));
  const actor = text("actor");
  return {
    kind,
    family,
    icon: own[kind] ?? (family === undefined ? "info" : icons[family]),
    trouble: troubling.includes(kind),
    time: typeof facts["time"] === "number" ? facts["time"] : 0,
    actor: actor === "member" || actor === "recipient" ? actor : "server",
    member: text("member"),
    handover: text("handover"),
    facts,
    entry,
    nonce: text("nonce") ?? entry.text,
  };
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const entry: unknown = JSON.parse(text);
    return typeof entry === "object" && entry !== null ? (entry as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
