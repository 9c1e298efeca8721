// From what the server proves and a client has opened to one signed text. spec/evidence.md §1. The recipient's page and the
// members' pages hand in the same parts; Baton.Client's EvidenceComposer is the twin.
import { fromBase64url, toBase64url } from "../base64url.ts";
import { parseEntry } from "../ledgerEntry.ts";
import { parseCheckpoint } from "../ledger/note.ts";
import { openReply } from "../receipt.ts";
import { sign } from "../signatures.ts";
import type { EvidenceEntry, EvidenceFile, EvidenceHandover, EvidenceItem, EvidenceReply } from "./file.ts";
import { evidenceFields, isText, writeEvidence } from "./text.ts";

/** LedgerProofs as they come over the wire. */
export type Proofs = Pick<EvidenceFile, "logs" | "openings" | "checkpoints" | "consistency">;

/** An entry as it comes over the wire, with what the server itself saw where it still keeps that. */
export interface ProvenEntryPart extends EvidenceEntry {
  observed?: { address?: string; addressSalt?: string };
}

/** One handover: the server's entries and replies, and what its client knows or has opened. Bytes are base64url texts. */
export interface HandoverPart extends Pick<EvidenceHandover, "handover" | "title" | "sender" | "recipient" | "replyKey"> {
  /** As in the details or the content: other members are left out, as empty texts are. */
  items?: EvidenceItem[];
  entries: ProvenEntryPart[];
  /** Those that were not purged; they are opened here. */
  replies: { seq: number; reply?: string }[];
}

/** Everything a file says but its signature. */
export interface EvidenceInput extends Pick<EvidenceFile, "kind" | "language" | "composed" | "title" | "composer" | "organization" | "server"> {
  proofs: Proofs;
  /** From the root card to the newest, in order. */
  roster: { card: string; signature: string }[];
  handovers: HandoverPart[];
}

/**
 * The file and its text, signed by the composing member's card key or the reader key. Throws where a part is none, and for a
 * handover without entries. It believes the server: verify what comes out before it leaves.
 */
export async function composeEvidence(input: EvidenceInput, key: CryptoKey): Promise<{ file: EvidenceFile; text: string }> {
  const { proofs } = input;
  const unsigned = {
    v: 1,
    rendering: 1,
    kind: input.kind,
    language: input.language,
    composed: input.composed,
    ...(input.title !== undefined && { title: input.title }),
    ...(input.composer && { composer: input.composer }),
    organization: input.organization,
    server: input.server,
    logs: proofs.logs,
    openings: proofs.openings.map(bare),
    checkpoints: proofs.checkpoints,
    consistency: proofs.consistency,
    roster: input.roster.map(({ card, signature }) => ({ card, signature })),
    handovers: await Promise.all(input.handovers.map(handoverOf)),
  } as const;
  const file: EvidenceFile = { ...unsigned, signature: toBase64url(await sign(key, "evidence", await evidenceFields(unsigned))) };
  return { file, text: writeEvidence(file) };
}

const bare = ({ text, log, index, leaf, proof }: EvidenceEntry): EvidenceEntry => ({ text, log, index, leaf, proof });

async function handoverOf(part: HandoverPart): Promise<EvidenceHandover> {
  const addresses = part.entries.flatMap(({ observed }, entry) =>
    observed?.address !== undefined && observed.addressSalt !== undefined ? [{ entry, address: observed.address, salt: observed.addressSalt }] : [],
  );
  const replies = await openedReplies(part);
  return {
    handover: part.handover,
    ...(part.title !== undefined && { title: part.title }),
    sender: part.sender,
    ...(part.recipient && { recipient: part.recipient }),
    ...(part.items?.length && { items: part.items.map(itemOf) }),
    ...(addresses.length && { addresses }),
    // It opens replies and nothing else, so it goes with them.
    ...(part.replyKey !== undefined && part.entries.some(isConfirmed) && { replyKey: part.replyKey }),
    entries: part.entries.map(bare),
    ...(replies.length && { replies }),
  };
}

const itemOf = ({ type, title, username, url, salt }: EvidenceItem): EvidenceItem => ({ type, title, ...(username && { username }), ...(url && { url }), salt });

const isConfirmed = ({ text }: EvidenceEntry): boolean => parseEntry(text, "confirmed") !== undefined;

/** By seq; one that doesn't open, or says what can't be written, is not genuine and is left out. */
async function openedReplies({ handover, replyKey, entries, replies }: HandoverPart): Promise<EvidenceReply[]> {
  const [key, id] = [fromBase64url(replyKey, 32), fromBase64url(handover, 16)];
  if (!key || !id) return [];
  const opened = entries.map(async ({ text }): Promise<EvidenceReply[]> => {
    const confirmed = parseEntry(text, "confirmed");
    const seq = Number(confirmed?.["seq"]);
    const reply = replies.find((one) => one.seq === seq)?.reply;
    const bytes = fromBase64url(reply);
    const said = confirmed && bytes && (await openReply(key, id, seq, String(confirmed["statement"]), bytes));
    const fits = said && [said.name, ...said.notes].every(isText) && Number.isSafeInteger(said.clock) && said.clock >= 0;
    return fits ? [{ seq, reply: reply!, name: said.name, notes: said.notes, clock: said.clock }] : [];
  });
  return (await Promise.all(opened)).flat().sort((a, b) => a.seq - b.seq);
}

/**
 * The proofs of several answers of the server, made under the same newest checkpoints, as one list. Checkpoints that stood in
 * different answers are joined by proofs asked for here; undefined where the answers contradict each other or one isn't given.
 */
export async function joinProofs(parts: Proofs[], ask: (log: number, from: number, to: number) => Promise<string[] | undefined>): Promise<Proofs | undefined> {
  const [first] = parts;
  if (!first || parts.some((part) => JSON.stringify([part.logs, part.openings.map(bare)]) !== JSON.stringify([first.logs, first.openings.map(bare)]))) return undefined;
  const known = new Map<string, string[]>();
  const kept = new Map<string, { size: number; checkpoint: Proofs["checkpoints"][number] }>();
  for (const { checkpoints, consistency } of parts) {
    const sizes = checkpoints.map(({ note }) => parseCheckpoint(note)?.size ?? -1);
    for (const [i, checkpoint] of checkpoints.entries()) {
      const place = `${checkpoint.log} ${sizes[i]}`;
      const before = kept.get(place)?.checkpoint;
      // The same checkpoint may have been signed twice: what it says has to be the same.
      if (before && before.note.split("\n\n")[0] !== checkpoint.note.split("\n\n")[0]) return undefined;
      if (!before || before.stamps.length < checkpoint.stamps.length) kept.set(place, { size: sizes[i]!, checkpoint });
      if (consistency[i]) known.set(`${place} ${sizes[i + 1]}`, consistency[i]);
    }
  }
  const all = [...kept.values()].sort((a, b) => a.checkpoint.log - b.checkpoint.log || a.size - b.size);
  const consistency: string[][] = [];
  for (const [i, { size, checkpoint }] of all.slice(0, -1).entries()) {
    const next = all[i + 1]!;
    const sameLog = next.checkpoint.log === checkpoint.log;
    const proof = sameLog ? (known.get(`${checkpoint.log} ${size} ${next.size}`) ?? (await ask(checkpoint.log, size, next.size))) : [];
    if (!proof) return undefined;
    consistency.push(proof);
  }
  return { logs: first.logs, openings: first.openings, checkpoints: all.map(({ checkpoint }) => checkpoint), consistency };
}
