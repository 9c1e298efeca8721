// From a list of handovers to one signed and verified text: proofs from the server, names and receipts opened here. What the server
// gives is believed by nobody: the result is verified like a stranger would, and kept only when it holds. spec/evidence.md §1.
import * as ledger from "../../../api/ledger.ts";
import { Problem } from "../../../api/http.ts";
import type { EvidenceParts } from "../../../api/ledgerWire.ts";
import { utf8 } from "../../../protocol/bytes.ts";
import { composeEvidence, joinProofs, type HandoverPart, type Proofs } from "../../../protocol/evidence/compose.ts";
import type { EvidenceFile, EvidenceLanguage, StepName } from "../../../protocol/evidence/file.ts";
import { render } from "../../../protocol/evidence/render.ts";
import { verifyEvidence } from "../../../protocol/evidence/verify.ts";
import { parseCheckpoint } from "../../../protocol/ledger/note.ts";
import { server } from "../access/access.ts";
import { patiently } from "../exchange/patience.ts";
import { openRow, type Row } from "../history/store.ts";
import type { Vault } from "../keys/vault.ts";

/** Handovers in one file, and in one question to the server. */
export const mostHandovers = 1_000;
const atOnce = 100;

export type Step = { step: "proofs" | "opening"; done: number; of: number } | { step: "verifying" };

export interface Made {
  bytes: Uint8Array<ArrayBuffer>;
  file: EvidenceFile;
}

/** What was put together doesn't hold: the server's fault, or worse. `step` is absent where it could not even be put together. */
export class Refuted extends Error {
  readonly step: StepName | undefined;

  constructor(step?: StepName) {
    super(step ?? "proofs");
    this.step = step;
  }
}

export interface Order {
  rows: readonly Row[];
  title: string;
  language: EvidenceLanguage;
  format: "html" | "json";
}

export async function makeEvidence(vault: Vault, { rows, title, language, format }: Order, signal: AbortSignal, onStep: (step: Step) => void): Promise<Made> {
  const ids = rows.map(({ summary }) => summary.handover);
  const answers = await askAll(ids, signal, (done) => onStep({ step: "proofs", done, of: ids.length }));
  const proofs = await join(answers.map((answer) => answer.ledger), signal);
  const handovers: HandoverPart[] = [];
  for (const part of answers.flatMap((answer) => answer.handovers)) {
    signal.throwIfAborted();
    // What began after the checkpoint that all proofs are under is not provable yet.
    if (part.entries.length > 0) handovers.push(await opened(vault, part));
    onStep({ step: "opening", done: handovers.length, of: ids.length });
  }

  const { member, organization } = vault.session;
  const composed = await composeEvidence(
    {
      kind: "agency",
      language,
      composed: Date.now(),
      title,
      composer: { member: member.id, name: member.name },
      organization: { id: organization.id, name: organization.name },
      server: server.value!.origin,
      proofs,
      roster: answers.at(-1)!.roster,
      handovers,
    },
    vault.signingKey,
  );
  onStep({ step: "verifying" });
  const bytes = utf8(format === "html" ? render(composed.file, composed.text) : composed.text);
  const { steps } = await verifyEvidence(bytes, { key: server.value!.ledgerKey });
  signal.throwIfAborted();
  const failed = steps.find(({ verdict }) => verdict === "failed");
  if (failed) throw new Refuted(failed.name);
  return { bytes, file: composed.file };
}

/** Under one and the same checkpoint of the newest log, however many questions it takes. */
async function askAll(ids: readonly string[], signal: AbortSignal, onDone: (n: number) => void): Promise<EvidenceParts[]> {
  const answers: EvidenceParts[] = [];
  let size: number | undefined;
  for (let at = 0; at < ids.length; at += atOnce) {
    onDone(at);
    const answer = await patiently(signal, () => ledger.evidence(ids.slice(at, at + atOnce), size, signal));
    answers.push(answer);
    size ??= parseCheckpoint(answer.ledger.checkpoints.at(-1)?.note ?? "")?.size;
    if (size === undefined) throw new Refuted();
  }
  onDone(ids.length);
  return answers;
}

async function join(parts: Proofs[], signal: AbortSignal): Promise<Proofs> {
  if (parts.length === 1) return parts[0]!;
  const joined = await joinProofs(parts, async (log, from, to) => {
    try {
      return (await patiently(signal, () => ledger.consistency(log, from, to, signal))).proof;
    } catch (error) {
      if (error instanceof Problem && error.type === "not-found") return undefined;
      throw error;
    }
  });
  if (joined === undefined) throw new Refuted();
  return joined;
}

async function opened(vault: Vault, { summary, entries, replies }: EvidenceParts["handovers"][number]): Promise<HandoverPart> {
  const { details, personal } = await openRow(vault, summary);
  return {
    handover: summary.handover,
    ...(details && { title: details.title, items: details.items }),
    sender: { member: summary.sender, name: summary.senderName },
    ...(personal && { recipient: { name: personal.recipient, salt: personal.recipientSalt }, replyKey: personal.replyKey }),
    entries,
    replies,
  };
}
