// Who belongs to the organization, invitations and the policy: spec/api.md, "Members".
import { call } from "./http.ts";
import type { Session } from "./wire.ts";
import type { AcceptInvitation, CreateInvitation, InvitationOpened, InvitationSummary, NewGrant, OrganizationMember, SignedPolicy } from "./vaultWire.ts";

/** The next card of the roster, or a policy's text, with its signature. */
export interface SignedCardWire {
  card: string;
  signature: string;
}

export const members = (): Promise<{ members: OrganizationMember[] }> => call("GET", "/api/members");
export const putCard = (card: SignedCardWire): Promise<void> => call("POST", "/api/roster", { json: card });
export const suspend = (member: string): Promise<void> => call("POST", `/api/members/${member}/suspend`);
export const resume = (member: string): Promise<void> => call("POST", `/api/members/${member}/resume`);

export const openInvitation = (inviteAuth: string): Promise<InvitationOpened> => call("POST", "/api/invitation/open", { json: { inviteAuth } });
export const acceptInvitation = (accept: AcceptInvitation): Promise<Session> => call("POST", "/api/invitation/accept", { json: accept });
export const invitations = (): Promise<{ invitations: InvitationSummary[] }> => call("GET", "/api/invitations");
export const invite = (invitation: CreateInvitation): Promise<InvitationSummary> => call("POST", "/api/invitations", { json: invitation });
export const withdraw = (invitation: string): Promise<void> => call("DELETE", `/api/invitations/${invitation}`);
export const approve = (invitation: string, approval: SignedCardWire & { grants: NewGrant[] }): Promise<InvitationSummary> =>
  call("POST", `/api/invitations/${invitation}/approve`, { json: approval });

export const putPolicy = (policy: { text: string; signature: string }): Promise<SignedPolicy> => call("PUT", "/api/policy", { json: policy });
