// What members' calls say and hear: spec/api.md. Bytes and ids are base64url texts here, as they travel.
import type { FollowedUp, SessionGroup, SignedPolicy } from "./vaultWire.ts";

export interface Instance {
  version: string;
  origin: string;
  setUp: boolean;
  signUp: "open" | "closed";
  breachCheck: boolean;
  ledgerKey: string;
  limits: Limits;
}

export interface Limits {
  sealedBytes: number;
  fileBytes: number;
  files: number;
  lifeMinSeconds: number;
  lifeMaxSeconds: number;
}

export interface KdfParameters {
  salt: string;
  memoryKiB: number;
  passes: number;
  lanes: number;
}

export interface Session {
  member: { id: string; name: string; email: string; role: string; state: string };
  organization: { id: string; name: string; trialEndsAt?: number; readOnly: boolean; personalDays: number };
  parameters: KdfParameters;
  keyBlob: string;
  /** The whole roster, in the order of seq. */
  cards: { member: string; card: string; signature: string }[];
  groups: SessionGroup[];
  policy?: SignedPolicy;
  idleSeconds: number;
}

export interface Registration {
  /** Absent at an open sign-up. */
  code?: string;
  organization: { id: string; name: string };
  member: { id: string; name: string; email: string };
  parameters: KdfParameters;
  authKey: string;
  recoveryAuth: string;
  keyBlob: string;
  recoveryBlob: string;
  card: string;
  cardSignature: string;
  group: { id: string; enc: string; ciphertext: string; signature: string };
}

export interface Recovery {
  email: string;
  recoveryAuth: string;
  parameters: KdfParameters;
  authKey: string;
  newRecoveryAuth: string;
  keyBlob: string;
  recoveryBlob: string;
}

export const states = ["draft", "waiting", "claimed", "displayed", "undisplayed", "confirmed", "expired", "revoked", "locked", "void"] as const;

export type State = (typeof states)[number];

export interface HandoverCreated {
  handover: string;
  state: State;
  createdAt: number;
  expiresAt?: number;
  created?: string;
}

export interface HandoverSummary {
  handover: string;
  group: string;
  groupVersion: number;
  sender: string;
  senderName: string;
  state: State;
  flags: number;
  channel: string;
  language: string;
  createdAt: number;
  changedAt: number;
  expiresAt?: number;
  guessesLeft: number;
  files: number;
  /** Absent once erased. */
  details?: string;
  personal?: string;
  /** The handover that this one re-issued, and the one that re-issued this. */
  replaces?: string;
  replacedBy?: string;
  followUps?: FollowedUp[];
  /** How often somebody reported something. */
  reports: number;
}

export interface HandoverPage {
  handovers: HandoverSummary[];
  next?: string;
}

export interface HandoverDetail {
  summary: HandoverSummary;
  entries: { text: string; observed?: { address?: string; addressSalt?: string; userAgent?: string } }[];
  /** A reply is absent once purged. */
  replies: { seq: number; statement: string; reply?: string }[];
}
