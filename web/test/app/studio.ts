// An organization as a server would hold it, for tests: cards, groups, and the session of whoever asks.
import type { CreateGroup, GroupRights, NewGrant, Rotation } from "../../src/api/vaultWire.ts";
import type { Session } from "../../src/api/wire.ts";
import { openVault, type Vault } from "../../src/pages/app/keys/vault.ts";
import { toBase64url } from "../../src/protocol/base64url.ts";
import { random, type Bytes } from "../../src/protocol/bytes.ts";
import { encodeCard, signCard, type Card } from "../../src/protocol/card.ts";
import { sha256 } from "../../src/protocol/derive.ts";
import { sealGrant, type MadeGrant } from "../../src/protocol/grant.ts";
import { generateMemberKeys, importMemberKeys, sealMemberKeys, type NewMemberKeys } from "../../src/protocol/memberKeys.ts";

interface Member {
  id: Bytes;
  keys: NewMemberKeys;
  wrapKey: Bytes;
  personal: { group: string; grant: MadeGrant };
}

interface Group {
  version: number;
  details: string;
  detailsRevision: number;
  previous: string[];
  previousHistory: string[];
  grants: Map<string, { grant: NewGrant; granter: string }>;
}

export class Studio {
  readonly org = random(16);
  readonly cards: { member: string; card: string; signature: string }[] = [];
  readonly groups = new Map<string, Group>();
  private readonly members = new Map<string, Member>();
  private root!: Bytes;

  static async open(): Promise<{ studio: Studio; owner: Vault }> {
    const studio = new Studio();
    const owner = await studio.newMember();
    const card: Card = { org: studio.org, member: owner.id, ecdh: owner.keys.ecdh, ecdsa: owner.keys.ecdsa, role: "owner", seq: 1, issuer: owner.id };
    studio.root = await sha256(encodeCard(card));
    const { ecdsa } = await importMemberKeys({ ecdh: owner.keys.ecdhPrivate, ecdsa: owner.keys.ecdsaPrivate, root: studio.root }, owner.keys);
    const signed = await signCard(ecdsa, card);
    studio.add(toBase64url(owner.id), { card: toBase64url(signed.card), signature: toBase64url(signed.signature) });
    return { studio, owner: await studio.unlock(toBase64url(owner.id)) };
  }

  async newMember(): Promise<Member> {
    const [id, group, keys] = [random(16), random(16), await generateMemberKeys()];
    const { ecdsa } = await importMemberKeys({ ecdh: keys.ecdhPrivate, ecdsa: keys.ecdsaPrivate, root: random(32) }, keys);
    const grant = await sealGrant(ecdsa, { org: this.org, group, version: 1 }, "manage", { member: id, ecdh: keys.ecdh, ecdsa: keys.ecdsa }, random(32), true);
    const member = { id, keys, wrapKey: random(32), personal: { group: toBase64url(group), grant } };
    this.members.set(toBase64url(id), member);
    return member;
  }

  add(member: string, card: { card: string; signature: string }): void {
    this.cards.push({ member, ...card });
  }

  create({ group, details, grants }: CreateGroup, granter: string): void {
    this.groups.set(group, { version: 1, details: details!, detailsRevision: 1, previous: [], previousHistory: [], grants: new Map(grants.map((grant) => [grant.member, { grant, granter }])) });
  }

  grant(grant: NewGrant, granter: string): void {
    this.groups.get(grant.group)!.grants.set(grant.member, { grant, granter });
  }

  rotate(group: string, rotation: Rotation, granter: string): void {
    const old = this.groups.get(group)!;
    this.groups.set(group, {
      version: rotation.version,
      details: rotation.details!,
      detailsRevision: rotation.detailsRevision,
      previous: [rotation.previous, ...old.previous],
      previousHistory: [rotation.previousHistory, ...old.previousHistory],
      grants: new Map(rotation.grants.map((grant) => [grant.member, { grant, granter }])),
    });
  }

  /** As GET /api/groups shows it. */
  shown(group: string): GroupRights {
    const { version, details, detailsRevision, grants } = this.groups.get(group)!;
    return {
      group, version, details, detailsRevision, state: "active", rotationDue: false, leavers: [],
      grants: [...grants.values()].map(({ grant, granter }) => ({ ...grant, granter, grantedAt: 0 })),
    };
  }

  async session(id: string, role = "member"): Promise<Session> {
    const { keys, wrapKey, personal } = this.members.get(id)!;
    const member = this.members.get(id)!.id;
    const keyBlob = await sealMemberKeys(wrapKey, member, { ecdh: keys.ecdhPrivate, ecdsa: keys.ecdsaPrivate, root: this.root });
    const shared = [...this.groups].flatMap(([group, held]) => {
      const own = held.grants.get(id);
      const previous = own?.grant.right === "history" ? held.previousHistory : held.previous;
      return own === undefined ? [] : [{ ...own.grant, group, personal: false, state: "active" as const, rotationDue: false, details: held.details, detailsRevision: held.detailsRevision, granter: own.granter, previous }];
    });
    return {
      member: { id, name: "Ola", email: "ola@studio.example", role, state: "active" },
      organization: { id: toBase64url(this.org), name: "Studio", readOnly: false, personalDays: 0 },
      parameters: { salt: toBase64url(random(16)), memoryKiB: 65_536, passes: 2, lanes: 1 },
      keyBlob: toBase64url(keyBlob),
      cards: [...this.cards],
      groups: [{ ...personal.grant, personal: true, state: "active", rotationDue: false, detailsRevision: 0, granter: id, previous: [] }, ...shared],
      idleSeconds: 900,
    };
  }

  async unlock(id: string): Promise<Vault> {
    const vault = await openVault(await this.session(id), this.members.get(id)!.wrapKey);
    if (vault === undefined || "pending" in vault) throw new Error("It stays locked.");
    return vault;
  }
}
