// The next card of the roster, as it travels. spec/keys.md §6.
import type { SignedCardWire } from "../../../api/members.ts";
import { toBase64url } from "../../../protocol/base64url.ts";
import type { Role, SignedCard } from "../../../protocol/card.ts";
import { nextCard } from "../../../protocol/roster.ts";
import { Untrusted, type Vault } from "./vault.ts";

export const onWire = ({ card, signature }: SignedCard): SignedCardWire => ({ card: toBase64url(card), signature: toBase64url(signature) });

/** Another role for a known member; `removed` ends the membership. */
export async function roleCard(vault: Vault, member: string, role: Role): Promise<SignedCardWire> {
  const known = vault.roster.members.get(member);
  if (known === undefined) throw new Untrusted("card");
  return onWire(await nextCard(vault.roster, vault.signingKey, vault.member, known, role));
}
