// What the calls of the vault and of the organization say and hear: spec/api.md. Bytes and ids are base64url texts, times Unix milliseconds.
import type { KdfParameters } from "./wire.ts";

export interface SessionGroup {
  group: string;
  personal: boolean;
  state: GroupLife;
  version: number;
  rotationDue: boolean;
  details?: string;
  detailsRevision: number;
  right: string;
  enc: string;
  ciphertext: string;
  granter: string;
  signature: string;
  /** The chain of keys from version down to 2. */
  previous: string[];
}

export type GroupLife = "active" | "archived" | "deleted";

export interface NewGrant {
  group: string;
  member: string;
  version: number;
  right: string;
  enc: string;
  ciphertext: string;
  signature: string;
}

export interface CreateGroup {
  group: string;
  personal: boolean;
  details?: string;
  grants: NewGrant[];
}

export interface Rotation {
  version: number;
  previous: string;
  previousHistory: string;
  details?: string;
  detailsRevision: number;
  grants: NewGrant[];
}

export interface GroupRights {
  group: string;
  state: GroupLife;
  rotationDue: boolean;
  version: number;
  details?: string;
  detailsRevision: number;
  grants: { member: string; right: string; granter: string; enc: string; ciphertext: string; signature: string; grantedAt: number }[];
  leavers: { member: string; name: string; right: string; leftAt: number }[];
}

export interface EntryState {
  entry: string;
  group: string;
  change: number;
  revision: number;
  version: number;
  sealed?: string;
  changedAt: number;
  changedBy: string;
  binnedAt?: number;
  purged: boolean;
}

export interface EntryPage {
  entries: EntryState[];
  more: boolean;
}

export interface EntryChange {
  act: "save" | "bin" | "restore" | "purge";
  group: string;
  entry: string;
  /** The revision it was made from, 0 for a new entry. */
  base: number;
  version?: number;
  sealed?: string;
  files?: string[];
}

export interface EntryRevision {
  revision: number;
  version: number;
  sealed: string;
  changedAt: number;
  changedBy: string;
}

export interface OrganizationMember {
  member: string;
  name: string;
  email?: string;
  role: string;
  state: "active" | "suspended" | "pending" | "removed";
  createdAt: number;
}

export interface InvitationSummary {
  invitation: string;
  role: string;
  groups: { group: string; right: string }[];
  inviter: string;
  createdAt: number;
  expiresAt: number;
  state: "waiting" | "accepted" | "approved" | "expired" | "withdrawn";
  sealed: string;
  accepted?: { member: string; name: string; email: string; ecdh: string; ecdsa: string; to: string };
}

export interface CreateInvitation {
  invitation: string;
  authHash: string;
  role: string;
  groups: { group: string; right: string }[];
  rootCardHash: string;
  from: string;
  sealed: string;
}

export interface InvitationOpened {
  invitation: string;
  organization: { id: string; name: string };
  rootCard: string;
  role: string;
  from: string;
  inviter: string;
  expiresAt: number;
}

export interface SignedPolicy {
  text: string;
  signature: string;
  author: string;
}

export interface LiveSession {
  session: string;
  createdAt: number;
  usedAt: number;
  address?: string;
  userAgent?: string;
  current: boolean;
}

export interface FollowUp {
  item: string;
  step: "rotated" | "access-removed";
  done: boolean;
}

export interface FollowedUp {
  item: string;
  step: "rotated" | "access-removed";
  at: number;
  by: string;
}

export interface AcceptInvitation {
  inviteAuth: string;
  member: { id: string; name: string; email: string };
  parameters: KdfParameters;
  authKey: string;
  recoveryAuth: string;
  keyBlob: string;
  recoveryBlob: string;
  ecdh: string;
  ecdsa: string;
  to: string;
}

export interface ChangePassword {
  authKey: string;
  parameters: KdfParameters;
  newAuthKey: string;
  keyBlob: string;
}
