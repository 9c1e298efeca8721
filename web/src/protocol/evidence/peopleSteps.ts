// Steps 7 to 10: who said what: the names and titles that entries commit to, and the signatures of sender, reader and
// composer. spec/evidence.md §4.
import { concat, equal, utf8, type Bytes } from "../bytes.ts";
import { commit, itemValue } from "../commitments.ts";
import { sha256 } from "../derive.ts";
import { leafOf, verifyCreated } from "../ledgerEntry.ts";
import { openReply, parseStatement } from "../receipt.ts";
import { readRoster, type Roster } from "../roster.ts";
import { verify } from "../signatures.ts";
import type { EvidenceFile } from "./file.ts";
import { eachHolds, failed, firstFailed, ok, type Finding } from "./logSteps.ts";
import { bytesOf, type ReadEntryPart, type ReadFile, type ReadHandover } from "./read.ts";
import { evidenceFields } from "./text.ts";

/** 7 */
export async function commitments({ handovers }: ReadFile): Promise<Finding> {
  if (!handovers.some(({ part }) => part.recipient ?? part.items ?? part.addresses)) return { verdict: "none" };
  return firstFailed(...handovers.map((handover) => () => commitmentsOf(handover)));
}

async function commitmentsOf({ part, where, entries, created }: ReadHandover): Promise<Finding> {
  const { recipient, items, addresses } = part;
  if (recipient && !(created && equal(await commit(bytesOf(recipient.salt), "recipient", recipient.name), created.recipient))) return failed(`${where}.recipient`);
  if (items && items.length !== created?.items.length) return failed(`${where}.items`);
  return firstFailed(
    () => eachHolds(items ?? [], async (item, i) => equal(await commit(bytesOf(item.salt), "item", itemValue(item)), created!.items[i]!), (_, i) => `${where}.items[${i}]`),
    () =>
      eachHolds(
        addresses ?? [],
        async ({ entry, address, salt }) => equal(await commit(bytesOf(salt), "address", address), bytesOf(entries[entry]?.members?.["address"])),
        (_, i) => `${where}.addresses[${i}]`,
      ),
  );
}

/** The organization's roster as the file has it; undefined where it doesn't hold. */
export async function rosterOf({ organization, roster }: EvidenceFile): Promise<Roster | undefined> {
  const cards = roster.map(({ card, signature }) => ({ card: bytesOf(card), signature: bytesOf(signature) }));
  return cards[0] && readRoster(cards, await sha256(cards[0].card), bytesOf(organization.id));
}

/** 8 */
export async function sender({ handovers }: ReadFile, roster: Roster | undefined): Promise<Finding> {
  if (!roster) return failed("roster");
  return eachHolds(
    handovers,
    async ({ part, created, first }) => {
      const card = created && roster.cards.find(({ hash }) => equal(hash, created.card));
      return card !== undefined && equal(card.member, bytesOf(part.sender.member)) && first("created")?.members?.["member"] === part.sender.member && verifyCreated(created!, card.card, card.ecdsa);
    },
    ({ where }) => where,
  );
}

/** 9 */
export async function receipt({ handovers }: ReadFile): Promise<Finding> {
  const answered = handovers.filter((handover) => handover.part.replies || handover.first("displayed") || handover.first("confirmed"));
  if (answered.length === 0) return { verdict: "none" };
  return firstFailed(...answered.map((handover) => () => receiptsOf(handover)));
}

function receiptsOf(handover: ReadHandover): Promise<Finding> {
  const { part, where, created } = handover;
  const confirmed = handover.all("confirmed");
  return firstFailed(
    () => eachHolds(handover.all("displayed"), async ({ members }) => created !== undefined && equal(await sha256(bytesOf(members["proof"])), created.displayedTag), ({ where }) => where),
    () => eachHolds(confirmed, (entry) => isSigned(handover, entry), ({ where }) => where),
    () =>
      eachHolds(
        part.replies ?? [],
        async ({ seq, reply, name, notes, clock }) => {
          const entry = confirmed.find(({ members }) => members["seq"] === seq)?.members;
          if (!entry || part.replyKey === undefined || !equal(await sha256(bytesOf(reply)), bytesOf(entry["reply"]))) return false;
          const said = await openReply(bytesOf(part.replyKey), bytesOf(part.handover), seq, entry["statement"] as string, bytesOf(reply));
          return said !== undefined && JSON.stringify([said.name, said.notes, said.clock]) === JSON.stringify([name, notes, clock]);
        },
        (_, i) => `${where}.replies[${i}]`,
      ),
  );
}

/** Signed by the reader that claimed, for exactly the created items. */
async function isSigned({ part, created, first }: ReadHandover, { members }: ReadEntryPart): Promise<boolean> {
  const claimed = first("claimed");
  const statement = parseStatement(members!["statement"] as string);
  return (
    claimed !== undefined &&
    created !== undefined &&
    statement !== undefined &&
    statement.seq === members!["seq"] &&
    statement.items.length === created.items.length &&
    statement.items.every(({ commitment }, i) => equal(commitment, created.items[i]!)) &&
    verify(readerOf(claimed), bytesOf(members!["signature"]), "receipt", await receiptFields(part.handover, claimed.part.text, members!))
  );
}

const receiptFields = async (handover: string, claimed: string, members: Record<string, unknown>): Promise<Bytes> =>
  concat(bytesOf(handover), await leafOf(claimed), await sha256(utf8(members["statement"] as string)), bytesOf(members["reply"]));

const readerOf = (claimed: ReadEntryPart | undefined): Bytes => bytesOf(claimed?.members?.["readerKey"]);

/** 10 */
export async function composer({ file, handovers }: ReadFile, roster: Roster | undefined): Promise<Finding> {
  const card = file.composer && roster?.members.get(file.composer.member);
  const member = card && card.role !== "removed" ? card.ecdsa : new Uint8Array();
  const key = file.kind === "agency" ? member : readerOf(handovers[0]?.first("claimed"));
  return (await verify(key, bytesOf(file.signature), "evidence", await evidenceFields(file))) ? ok : failed("signature");
}
