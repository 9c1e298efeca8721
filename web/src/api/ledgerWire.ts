// The ledger as members and recipients hear of it: spec/api.md, "The ledger". Bytes and ids are base64url texts.
import type { HandoverSummary } from "./wire.ts";

export interface ObservedText {
  address?: string;
  addressSalt?: string;
  userAgent?: string;
}

export interface ProvenEntry {
  text: string;
  log: number;
  index: number;
  leaf: string;
  proof: string[];
  observed?: ObservedText;
}

export interface LedgerProofs {
  logs: { origin: string; key: string }[];
  openings: ProvenEntry[];
  checkpoints: { log: number; note: string; stamps: { authority: string; token: string; renews?: number }[] }[];
  consistency: string[][];
}

export interface EvidenceParts {
  ledger: LedgerProofs;
  roster: { member: string; card: string; signature: string }[];
  handovers: { summary: HandoverSummary; entries: ProvenEntry[]; replies: { seq: number; statement: string; reply?: string }[] }[];
}

export interface LinkEvidence {
  ledger: LedgerProofs;
  roster: { member: string; card: string; signature: string }[];
  entries: ProvenEntry[];
}

export interface LedgerHead {
  logs: { origin: string; key: string; size: number; note: string }[];
  behind: number;
  check: { state: "running" | "ok" | "damaged"; checked: number; total: number; damaged: number[] };
  stamps: { log: number; size: number; authority: string; time: number; certificateEnds: number; renewal: boolean }[];
  authorities: { authority: string; lastAt?: number; failure?: string; nextAt: number }[];
}

export interface AuditEntry {
  text: string;
  observed?: ObservedText;
  log?: number;
  index?: number;
}

export interface LedgerPage {
  entries: AuditEntry[];
  next?: string;
}
