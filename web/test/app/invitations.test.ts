// An invitation between a browser that invites and one that joins, with a server in between that may be hostile.
// spec/keys.md §9.
import { expect, test } from "vitest";
import type { InvitationSummary } from "../../src/api/vaultWire.ts";
import { roleCard } from "../../src/pages/app/keys/cards.ts";
import { judge } from "../../src/pages/app/keys/granting.ts";
import { newGroup, nextKey } from "../../src/pages/app/keys/grouping.ts";
import { approvalOf, checkInvitee, newInvitation } from "../../src/pages/app/keys/inviting.ts";
import type { Vault } from "../../src/pages/app/keys/vault.ts";
import { fromBase64url, toBase64url } from "../../src/protocol/base64url.ts";
import { random } from "../../src/protocol/bytes.ts";
import { decodeCode, inviteKind } from "../../src/protocol/code.ts";
import { sha256 } from "../../src/protocol/derive.ts";
import { inviteAuthOf, inviteMacOf, toMac } from "../../src/protocol/invitation.ts";
import { generateMemberKeys } from "../../src/protocol/memberKeys.ts";
import { Studio } from "./studio.ts";

const look = { name: "Klient Orzeł", icon: "folder", colour: "teal" };

/** An owner with a group, who invites; somebody answers with the link. */
async function invited(role: "member" | "auditor" = "member", right = "edit") {
  const { studio, owner } = await Studio.open();
  const group = await newGroup(owner, look, new Map());
  studio.create(group, toBase64url(owner.member));
  const inviter = await studio.unlock(toBase64url(owner.member));
  const { request, link } = await newInvitation(inviter, "https://baton.example", role, [{ group: group.group, right }]);
  const key = (await decodeCode(inviteKind, link.split("#")[1]!))!;
  const joining = await studio.newMember();
  const place = { org: studio.org, invitation: fromBase64url(request.invitation, 16)! };
  const { ecdh, ecdsa } = joining.keys;
  const to = await toMac(await inviteMacOf(key), place, { member: joining.id, ecdh, ecdsa });
  const summary: InvitationSummary = {
    invitation: request.invitation, role, groups: request.groups, inviter: toBase64url(owner.member), createdAt: 0, expiresAt: 1, state: "accepted", sealed: request.sealed,
    accepted: { member: toBase64url(joining.id), name: "Ola", email: "ola@studio.example", ecdh: toBase64url(ecdh), ecdsa: toBase64url(ecdsa), to: toBase64url(to) },
  };
  return { studio, inviter, request, link, key, joining, summary, group: group.group };
}

async function approve({ studio, inviter, summary }: Awaited<ReturnType<typeof invited>>): Promise<Vault> {
  const approval = await approvalOf(inviter, summary);
  studio.add(summary.accepted!.member, approval);
  for (const grant of approval.grants) studio.grant(grant, toBase64url(inviter.member));
  return studio.unlock(summary.accepted!.member);
}

test("the link carries what the server knows only by its hash", async () => {
  const { request, link, key } = await invited();
  expect(link).toMatch(/^https:\/\/baton\.example\/i#[0-9a-hjkmnp-tv-z]{56}$/);
  expect(request.authHash).toBe(toBase64url(await sha256(await inviteAuthOf(key))));
  expect(JSON.stringify(request)).not.toContain(toBase64url(key));
});

test("who is approved opens what the invitation promised", async () => {
  const joined = await approve(await invited());
  expect([...joined.groups.values()].find(({ personal }) => !personal)).toMatchObject({ name: "Klient Orzeł", right: "edit", stands: true });
});

test("an auditor gets the history key alone", async () => {
  const joined = await approve(await invited("auditor", "history"));
  const access = [...joined.groups.values()].find(({ personal }) => !personal)!;
  expect(access).toMatchObject({ name: "Klient Orzeł", right: "history" });
  expect(access.keys.get(1)).toEqual({ history: expect.anything() });
});

test.each([
  ["keys", async (accepted: NonNullable<InvitationSummary["accepted"]>) => ({ ...accepted, ecdh: toBase64url((await generateMemberKeys()).ecdh) })],
  ["member", async (accepted: NonNullable<InvitationSummary["accepted"]>) => ({ ...accepted, member: toBase64url(random(16)) })],
  ["answer", async (accepted: NonNullable<InvitationSummary["accepted"]>) => ({ ...accepted, to: toBase64url(random(32)) })],
] as const)("other %s than the link made are not approved", async (_, swap) => {
  const { inviter, summary } = await invited();
  const swapped = { ...summary, accepted: await swap(summary.accepted!) };
  expect(await checkInvitee(inviter, swapped)).toBeUndefined();
  await expect(approvalOf(inviter, swapped)).rejects.toMatchObject({ what: "invitation" });
});

test("an answer to another invitation is not approved", async () => {
  const { inviter, summary } = await invited();
  expect(await checkInvitee(inviter, { ...summary, invitation: toBase64url(random(16)) })).toBeUndefined();
});

test("the next key opens for who stays, with every older one, and never for who left", async () => {
  const all = await invited();
  const { studio, inviter, group, summary } = all;
  await approve(all);
  studio.add(summary.accepted!.member, await roleCard(await studio.unlock(toBase64url(inviter.member)), summary.accepted!.member, "removed"));
  studio.groups.get(group)!.grants.delete(summary.accepted!.member);
  const owner = await studio.unlock(toBase64url(inviter.member));
  studio.rotate(group, await nextKey(owner, studio.shown(group), summary.accepted!.member), toBase64url(inviter.member));
  const after = await studio.unlock(toBase64url(inviter.member));
  expect(after.groups.get(group)).toMatchObject({ version: 2, name: "Klient Orzeł", stands: true });
  expect([...after.groups.get(group)!.keys.keys()].sort()).toEqual([1, 2]);
  await expect(studio.unlock(summary.accepted!.member)).rejects.toMatchObject({ what: "member" });
});

test("a key is never sealed to who left, nor to who was granted nothing", async () => {
  const all = await invited();
  const { studio, inviter, group, summary } = all;
  await approve(all);
  const owner = await studio.unlock(toBase64url(inviter.member));
  const member = summary.accepted!.member;
  await expect(nextKey(owner, studio.shown(group), member)).rejects.toMatchObject({ what: "grant" });
  const raised = { ...studio.shown(group), grants: studio.shown(group).grants.map((grant) => (grant.member === member ? { ...grant, right: "manage" } : grant)) };
  expect(await judge(owner, raised, raised.grants.find((grant) => grant.member === member)!)).toBe("forged");
  await expect(nextKey(owner, raised)).rejects.toMatchObject({ what: "grant" });
  expect((await nextKey(owner, studio.shown(group))).grants.map((grant) => grant.member).sort()).toEqual([member, toBase64url(inviter.member)].sort());
});

test("a right by a granter who may grant no more is told from one that stands", async () => {
  const all = await invited();
  const { studio, inviter, group, summary } = all;
  await approve(all);
  const owner = await studio.unlock(toBase64url(inviter.member));
  const member = summary.accepted!.member;
  const grant = studio.shown(group).grants.find((one) => one.member === member)!;
  expect(await judge(owner, studio.shown(group), grant)).toBe("stands");
  expect(await judge(owner, studio.shown(group), { ...grant, granter: member })).toBe("forged");
  studio.add(member, await roleCard(owner, member, "owner"));
  studio.add(toBase64url(owner.member), await roleCard(await studio.unlock(toBase64url(owner.member)), toBase64url(owner.member), "member"));
  const demoted = await studio.unlock(member);
  expect(await judge(demoted, studio.shown(group), grant)).toBe("stood");
});
