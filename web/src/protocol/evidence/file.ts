// The machine part of a piece of evidence, member by member in its order. spec/evidence.md §1. Bytes are base64url texts.
export type EvidenceLanguage = "en" | "pl" | "de";

export interface EvidenceEntry {
  text: string;
  log: number;
  index: number;
  leaf: string;
  proof: string[];
}

export interface EvidenceStamp {
  authority: string;
  token: string;
  /** Number of the earlier stamp of the same checkpoint that this one renews. */
  renews?: number;
}

export interface EvidenceItem {
  type: string;
  title: string;
  username?: string;
  url?: string;
  salt: string;
}

export interface EvidenceReply {
  seq: number;
  reply: string;
  name: string;
  notes: string[];
  clock: number;
}

export interface EvidenceHandover {
  handover: string;
  title?: string;
  sender: { member: string; name: string };
  recipient?: { name: string; salt: string };
  items?: EvidenceItem[];
  /** What the server saw; entry is the number in entries. */
  addresses?: { entry: number; address: string; salt: string }[];
  replyKey?: string;
  entries: EvidenceEntry[];
  replies?: EvidenceReply[];
}

export interface EvidenceFile {
  v: 1;
  rendering: number;
  kind: "agency" | "recipient";
  language: EvidenceLanguage;
  /** Unix milliseconds by the composer's clock. */
  composed: number;
  title?: string;
  composer?: { member: string; name: string };
  organization: { id: string; name: string };
  server: string;
  logs: { origin: string; key: string }[];
  openings: EvidenceEntry[];
  checkpoints: { log: number; note: string; stamps: EvidenceStamp[] }[];
  consistency: string[][];
  roster: { card: string; signature: string }[];
  handovers: EvidenceHandover[];
  signature: string;
}

export const stepNames = ["bytes", "leaf", "proof", "checkpoint", "signature", "stamps", "commitments", "sender", "receipt", "composer", "grades"] as const;

export type StepName = (typeof stepNames)[number];

export type Verdict = "ok" | "failed" | "unknown" | "none" | "skipped";

/** What is known of who opened one handover. spec/evidence.md §3. */
export const grades = ["unopened", "link", "password", "displayed", "confirmed"] as const;

export type Grade = (typeof grades)[number];
