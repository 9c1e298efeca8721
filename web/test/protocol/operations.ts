// The operations of spec/vectors in terms of this implementation: undefined is a refusal.
import { argon2id as noble } from "@noble/hashes/argon2.js";
import { Aes128Gcm, Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { accessPasswordCost, normalPassword } from "../../src/protocol/accessPassword.ts";
import { decrypt, encrypt } from "../../src/protocol/aesGcm.ts";
import { argon2id } from "../../src/protocol/argon2.ts";
import { fromBase64url, toBase64url } from "../../src/protocol/base64url.ts";
import { concat, empty, equal, uint8, uint88, utf8, type Bytes } from "../../src/protocol/bytes.ts";
import { decodeCard } from "../../src/protocol/card.ts";
import { codeFault, decodeCode, encodeCode, linkKind, recoveryKind } from "../../src/protocol/code.ts";
import { openBackup } from "../../src/protocol/backup.ts";
import { commit, itemValue } from "../../src/protocol/commitments.ts";
import { openText, parseContent } from "../../src/protocol/content.ts";
import { derive, hkdf, hmac, sha256 } from "../../src/protocol/derive.ts";
import { openDetails, openPersonal } from "../../src/protocol/details.ts";
import { openEntry } from "../../src/protocol/entrySeal.ts";
import { render } from "../../src/protocol/evidence/render.ts";
import { story } from "../../src/protocol/evidence/story.ts";
import { parseEvidence } from "../../src/protocol/evidence/text.ts";
import { decryptFile } from "../../src/protocol/fileStream.ts";
import { fingerprint } from "../../src/protocol/fingerprint.ts";
import { openGrant, rights } from "../../src/protocol/grant.ts";
import * as keys from "../../src/protocol/handoverKeys.ts";
import { openGroupDetails } from "../../src/protocol/groupDetails.ts";
import { holdKey } from "../../src/protocol/heldKey.ts";
import { checkInvitation, inviteAuthOf, openInviteMac, toMac } from "../../src/protocol/invitation.ts";
import { followChain } from "../../src/protocol/keyChain.ts";
import { leafOf } from "../../src/protocol/ledgerEntry.ts";
import { acceptable, authKeyOf, masterKeyOf, recoveryAuthOf, recoveryWrapOf, wrapKeyOf } from "../../src/protocol/masterPassword.ts";
import { importMemberKeys, openMemberKeys } from "../../src/protocol/memberKeys.ts";
import { openClaimed } from "../../src/protocol/opened.ts";
import { openPolicy } from "../../src/protocol/policy.ts";
import { checkReceipt, openReply, parseStatement } from "../../src/protocol/receipt.ts";
import { readRoster } from "../../src/protocol/roster.ts";
import { unseal } from "../../src/protocol/seal.ts";
import { checkSpki, ecdsa } from "../../src/protocol/signatures.ts";
import { padme } from "../../src/protocol/padme.ts";
import { parseVaultEntry } from "../../src/protocol/vaultEntry.ts";
import { hex, toHex } from "../hex.ts";

// A vector's input is what its row of the README says; this is the one place that takes it at its word.
type Input = any;

const passwordKey = async (linkKey: Bytes, password: string | null | undefined): Promise<Bytes> =>
  typeof password === "string"
    ? argon2id({ password: utf8(normalPassword(password)), salt: await keys.passwordSalt(linkKey), ...accessPasswordCost })
    : empty;

const signedCard = ({ member, card, signature }: Input) => {
  const bytes = wireBytes(card);
  // The label is the server's word; what counts is the card.
  return { card: toBase64url(bytes.slice(16, 32)) === member ? bytes : empty, signature: wireBytes(signature) };
};

const wireBytes = (text: unknown): Bytes => fromBase64url(text) ?? empty;

export const operations: Record<string, (input: Input) => Promise<unknown>> = {
  "base64url.decode": async ({ text }) => {
    const bytes = fromBase64url(text);
    return bytes && { bytes: toHex(bytes) };
  },
  "code.decode": async ({ kind, text }) => {
    const key = await decodeCode(kind, text);
    return key ? { key: toHex(key), code: await encodeCode(kind, key) } : { refused: await codeFault(kind, text) };
  },
  padme: async ({ length }) => ({ size: padme(length) }),
  leaf: async ({ entry }) => ({ leaf: toHex(await leafOf(entry)) }),
  "spki.check": async ({ key }) => ((await checkSpki(hex(key))) ? {} : undefined),
  "ecdsa.verify": async ({ key, text, signature }) => {
    const imported = await crypto.subtle.importKey("spki", hex(key), ecdsa, false, ["verify"]);
    return (await crypto.subtle.verify(ecdsa, imported, hex(signature), hex(text))) ? {} : undefined;
  },
  hkdf: async ({ ikm, salt, info, length }) => ({ okm: toHex(await hkdf(hex(ikm), hex(salt), hex(info), length)) }),
  "aes-256-gcm.open": async ({ key, nonce, ad, sealed }) => {
    const message = await decrypt(hex(key), hex(nonce), hex(sealed), hex(ad));
    return message && { message: toHex(message) };
  },
  argon2id: async ({ password, salt, memoryKiB, passes, length }) => ({
    hash: toHex(noble(hex(password), hex(salt), { m: memoryKiB, t: passes, p: 1, dkLen: length })),
  }),
  "hpke.open": async ({ privateKey, publicKey, enc, info, aad, ciphertext, keySize }) => {
    const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: keySize === 16 ? new Aes128Gcm() : new Aes256Gcm() });
    const pair = { privateKey: await suite.kem.deserializePrivateKey(hex(privateKey)), publicKey: await suite.kem.deserializePublicKey(hex(publicKey)) };
    return suite.open({ recipientKey: pair, enc: hex(enc), info: hex(info) }, hex(ciphertext), hex(aad)).then(
      (message) => ({ message: toHex(new Uint8Array(message)) }),
      () => undefined,
    );
  },
  derive: async ({ ikm, salt, purpose, fields }) => ({ key: toHex(await derive(hex(ikm), hex(salt), purpose, hex(fields))) }),
  "seal.open": async ({ key, purpose, ad, sealed }) => {
    const message = await unseal(hex(key), purpose, hex(ad), hex(sealed));
    return message && { message: toHex(message) };
  },
  commitment: async ({ salt, label, value }) => ({ commitment: toHex(await commit(hex(salt), label, value)) }),
  "commitment.item": async ({ salt, ...entry }) => ({ commitment: toHex(await commit(hex(salt), "item", itemValue(entry))) }),
  "access-password": async ({ password }) => ({ normal: normalPassword(password) }),
  "handover-keys": async ({ linkKey, password, share }) => {
    const [link, shareBytes] = [hex(linkKey), hex(share)];
    const secret = keys.secretOf(link, await passwordKey(link, password));
    const locator = await keys.locatorOf(link);
    const claimKey = await keys.claimKeyOf(secret, locator);
    const displayedProof = await keys.displayedProofOf(secret, shareBytes, locator);
    return {
      locator: toHex(locator),
      locatorHash: toHex(await sha256(locator)),
      claimKey: toHex(claimKey),
      claimTag: toHex(await hmac(shareBytes, claimKey)),
      contentKey: toHex(await keys.contentKeyOf(secret, shareBytes, locator)),
      fileKey0: toHex(await keys.fileKeyOf(secret, shareBytes, locator, 0)),
      fileKey1: toHex(await keys.fileKeyOf(secret, shareBytes, locator, 1)),
      displayedProof: toHex(displayedProof),
      displayedTag: toHex(await sha256(displayedProof)),
      replyKey: toHex(await keys.replyKeyOf(secret, shareBytes, locator)),
    };
  },
  "content.open": async ({ contentKey, locator, flags, sealed }) => {
    const text = await openText(hex(contentKey), hex(locator), flags, hex(sealed));
    return text === undefined ? undefined : { text };
  },
  "content.parse": async ({ text }) => {
    const content = parseContent(text);
    return content && { entries: content.entries.length, files: content.files?.length ?? 0 };
  },
  "file.open": async ({ key, size, sha256: hash, chunks }) => {
    const parts = chunks.map(({ number, last, from, length }: Input) =>
      encrypt(hex(key), concat(uint88(number), uint8(last ? 1 : 0)), Uint8Array.from({ length }, (_, i) => (from + i) % 251)),
    );
    const wire = concat(...((await Promise.all(parts)) as Bytes[]));
    const file = await decryptFile(hex(key), wire, size, hex(hash));
    return file && { wireSha256: toHex(await sha256(wire)) };
  },
  "statement.parse": async ({ text }) => {
    const statement = parseStatement(text);
    return statement && { seq: statement.seq, statuses: statement.items.map(({ status }) => status) };
  },
  "reply.open": async ({ replyKey, handover, seq, statement, reply }) => {
    const opened = await openReply(hex(replyKey), hex(handover), seq, statement, hex(reply));
    return opened && { name: opened.name, notes: opened.notes, clock: opened.clock };
  },
  "receipt.check": async ({ readerKey, handover, claimed, statement, reply, items, signature }) =>
    (await checkReceipt(hex(readerKey), hex(handover), claimed, items.map(hex), { statement, reply: hex(reply), signature: hex(signature) })) ? {} : undefined,
  "details.open": async ({ historyKey, organization, group, version, handover, sealed }) => {
    const details = await openDetails(await holdKey(hex(historyKey)), { org: hex(organization), group: hex(group), version, handover: hex(handover) }, hex(sealed));
    return details && { title: details.title, items: details.items.map(({ title }) => title) };
  },
  "personal.open": async ({ historyKey, organization, group, version, handover, sealed }) => {
    const personal = await openPersonal(await holdKey(hex(historyKey)), { org: hex(organization), group: hex(group), version, handover: hex(handover) }, hex(sealed));
    return personal && { recipient: personal.recipient, recipientSalt: toHex(wireBytes(personal.recipientSalt)), replyKey: toHex(wireBytes(personal.replyKey)) };
  },
  "opened.check": async ({ code, password, readerKey, answer }) => {
    const linkKey = (await decodeCode(linkKind, code))!;
    const secret = keys.secretOf(linkKey, await passwordKey(linkKey, password));
    const opened = await openClaimed(secret, await keys.locatorOf(linkKey), toBase64url(hex(readerKey)), answer);
    return opened && { titles: opened.content.entries.map(({ title }) => title) };
  },
  "master-password": async ({ password, salt, ...cost }) => {
    const parameters = { salt: hex(salt), ...cost };
    if (!acceptable(parameters)) return undefined;
    const masterKey = await masterKeyOf(password, parameters, argon2id);
    return { authKey: toHex(await authKeyOf(masterKey)), wrapKey: toHex(await wrapKeyOf(masterKey)) };
  },
  "recovery-key": async ({ code }) => {
    const key = await decodeCode(recoveryKind, code);
    return key && { auth: toHex(await recoveryAuthOf(key)), wrap: toHex(await recoveryWrapOf(key)) };
  },
  "member-keys.open": async ({ key, member, blob }) => {
    const secrets = await openMemberKeys(hex(key), hex(member), hex(blob));
    return secrets && { root: toHex(secrets.root) };
  },
  "card.parse": async ({ card }) => {
    const parsed = decodeCard(hex(card));
    return (
      parsed && {
        organization: toHex(parsed.org),
        member: toHex(parsed.member),
        role: parsed.role,
        seq: parsed.seq,
        issuer: toHex(parsed.issuer),
        hash: toHex(await sha256(hex(card))),
      }
    );
  },
  "roster.read": async ({ organization, root, cards, seenSeq, seenHash }) => {
    const roster = await readRoster(cards.map(signedCard), hex(root), hex(organization), seenSeq && { seq: seenSeq, hash: hex(seenHash) });
    return (
      roster && {
        seq: roster.head.seq,
        hash: toHex(roster.head.hash),
        roles: Object.fromEntries([...roster.members.values()].map(({ member, role }) => [toHex(member), role])),
      }
    );
  },
  "group.open": async ({ organization, member, wrapKey, keyBlob, cards, group, seenVersion }) => {
    const [org, id] = [hex(organization), hex(member)];
    const secrets = (await openMemberKeys(hex(wrapKey), id, hex(keyBlob)))!;
    const roster = (await readRoster(cards.map(signedCard), secrets.root, org))!;
    if (!rights.includes(group.right)) return undefined;
    const at = { org, group: wireBytes(group.group), version: group.version };
    const opened = await openGrant(
      {
        ...at, member: id, right: group.right, personal: group.personal, granter: wireBytes(group.granter),
        enc: wireBytes(group.enc), ciphertext: wireBytes(group.ciphertext), signature: wireBytes(group.signature),
      },
      (await importMemberKeys(secrets, roster.members.get(toBase64url(id))!)).ecdh,
      roster,
      seenVersion,
    );
    const chain = opened && (await followChain(at, group.right, opened.key, group.previous.map(wireBytes)));
    const history = chain && (await holdKey(chain[0]!.history));
    const details = history && group.details && (await openGroupDetails(history, at, group.detailsRevision, wireBytes(group.details)));
    if (!group.personal && !details) return undefined;
    return (
      chain && {
        stands: opened.stands,
        name: details?.name ?? "",
        keys: chain.map((key) => ({ version: key.version, historyKey: toHex(key.history), ...(key.group && { groupKey: toHex(key.group) }) })),
      }
    );
  },
  "entry.open": async ({ groupKey, organization, group, version, entry, revision, sealed }) => {
    const at = { org: hex(organization), group: hex(group), version, entry: hex(entry), revision };
    const opened = await openEntry(await holdKey(hex(groupKey)), at, hex(sealed));
    return opened && { entry: opened };
  },
  "entry.parse": async ({ text }) => {
    const entry = parseVaultEntry(text);
    return entry && { entry };
  },
  "backup.open": async ({ text, password }) => {
    const backup = await openBackup(text, password, argon2id);
    if (typeof backup === "string") return undefined;
    const entries = backup.groups.flatMap((group) => group.entries);
    return {
      organization: backup.organization,
      groups: backup.groups.map(({ name }) => name),
      titles: entries.map(({ title }) => title),
      files: entries.flatMap(({ files }) => files ?? []).map(({ data }) => toHex(wireBytes(data))),
    };
  },
  "invitation.from": async ({ inviteKey, organization, invitation, rootCard, role, from }) => {
    const shown = await checkInvitation(hex(inviteKey), { org: hex(organization), invitation: hex(invitation), rootCard: hex(rootCard), role, from: hex(from) });
    const auth = await inviteAuthOf(hex(inviteKey));
    return shown && { auth: toHex(auth), authHash: toHex(await sha256(auth)), root: toHex(shown) };
  },
  "invitation.to": async ({ groupKey, organization, group, version, invitation, sealed, member, ecdh, ecdsa, to }) => {
    const mac = await openInviteMac(await holdKey(hex(groupKey)), { org: hex(organization), group: hex(group), version }, hex(invitation), hex(sealed));
    const made = mac && (await toMac(mac, { org: hex(organization), invitation: hex(invitation) }, { member: hex(member), ecdh: hex(ecdh), ecdsa: hex(ecdsa) }));
    return made && equal(made, hex(to)) ? {} : undefined;
  },
  "policy.check": async ({ organization, root, cards, text, signature, author, seenNumber }) => {
    const roster = (await readRoster(cards.map(signedCard), hex(root), hex(organization)))!;
    const policy = await openPolicy({ text, signature: hex(signature), author: hex(author) }, roster, seenNumber);
    return policy && { number: policy.number, handOver: policy.handOver };
  },
  "evidence.render": async ({ text }) => {
    const file = parseEvidence(text);
    return file && { grades: story(file).graded.map(({ grades }) => grades.join(" ")), page: render(file, text) };
  },
  fingerprint: async ({ ecdh, ecdsa }) => {
    const list = Array.from({ length: 7772 }, (_, place) => String(place));
    return { words: (await fingerprint({ ecdh: hex(ecdh), ecdsa: hex(ecdsa) }, list)).map(Number) };
  },
};
