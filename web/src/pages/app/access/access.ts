// Who is here: nobody, somebody locked, somebody with open keys. The one place that opens and wipes a vault.
import { signal } from "@preact/signals";
import { Problem } from "../../../api/http.ts";
import { createGroup } from "../../../api/groups.ts";
import { currentSession, instance, signIn, signInParameters, signOut, signOutEverywhere } from "../../../api/sessions.ts";
import type { Instance, Session } from "../../../api/wire.ts";
import { clear as clearClipboard } from "../../../ui/clipboard.ts";
import { hush } from "../../../ui/Announcer.tsx";
import { discardUnfinished, reopenUnfinished, sealUnfinished } from "../compose/unfinished.ts";
import type { Bytes } from "../../../protocol/bytes.ts";
import { passwordKeys, type Progress } from "../keys/membership.ts";
import { newPersonalGroup } from "../keys/grouping.ts";
import { openVault, refreshVault, Untrusted, wipe, type PendingKeys, type Vault } from "../keys/vault.ts";
import { leaving, replace, unsaved } from "../place.ts";
import { tell } from "./tabs.ts";

export type Access =
  | { kind: "starting" }
  | { kind: "insecure" }
  | { kind: "unreachable"; problem: unknown }
  | { kind: "new" }
  | { kind: "signed-out"; ended: boolean; turnedAway?: boolean }
  | { kind: "locked"; session: Session; idleMinutes: number | null; problem?: unknown }
  | { kind: "pending"; session: Session; keys: PendingKeys; wrapKey: Bytes; problem?: unknown }
  | { kind: "open"; vault: Vault };

export const access = signal<Access>({ kind: "starting" });
/**
 * Draws the calling component anew whenever the session was read again. The vault stays the same object, so nothing else would tell the
 * component that what is in it changed.
 */
export const followSession = (): void => void access.value;

export const server = signal<Instance | null>(null);

export async function start(): Promise<void> {
  if (!isSecureContext) {
    access.value = { kind: "insecure" };
    return;
  }
  try {
    server.value = await instance();
    access.value = server.value.setUp ? await returning() : { kind: "new" };
  } catch (problem) {
    access.value = { kind: "unreachable", problem };
  }
}

async function returning(): Promise<Access> {
  try {
    return { kind: "locked", session: await currentSession(), idleMinutes: null };
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 401) return { kind: "signed-out", ended: false };
    throw problem;
  }
}

/** False: the server knows no such e-mail and password. */
export async function signInWith(email: string, password: string, progress: Progress): Promise<boolean> {
  const parameters = await signInParameters(email);
  const { authKey, wrapKey } = await passwordKeys(password, parameters, progress);
  let session: Session;
  try {
    session = await signIn(email, authKey);
  } catch (problem) {
    wrapKey.fill(0);
    if (problem instanceof Problem && problem.type === "sign-in-failed") return false;
    throw problem;
  }
  await open(session, wrapKey);
  return true;
}

/** False: another master password. The session is fetched anew, so that one that ended or was changed is seen. */
export async function unlock(password: string, progress: Progress): Promise<boolean> {
  const session = await currentSession();
  const { wrapKey } = await passwordKeys(password, session.parameters, progress);
  return enter(session, wrapKey);
}

/** Opens what the server answered to set-up, sign-in or recovery. */
export async function open(session: Session, wrapKey: Bytes): Promise<void> {
  // The password was right, so a blob that doesn't open under it was swapped.
  if (!(await enter(session, wrapKey))) throw new Untrusted("member");
}

/** Uses wrapKey up. False: it doesn't open the member's keys. */
async function enter(session: Session, wrapKey: Bytes): Promise<boolean> {
  try {
    const vault = await openVault(session, wrapKey);
    if (vault === undefined) return false;
    if ("pending" in vault) {
      forget();
      // Kept for the moment of the approval, until then there is nothing that it opens.
      access.value = { kind: "pending", session, keys: vault.pending, wrapKey: wrapKey.slice() };
      return true;
    }
    await ensurePersonalGroup(vault);
    const goOn = await reopenUnfinished(session.member.id, wrapKey);
    if (goOn !== undefined) replace(goOn);
    access.value = { kind: "open", vault };
    return true;
  } finally {
    wrapKey.fill(0);
  }
}

/** Who was approved makes the own shelf at the first unlock. */
async function ensurePersonalGroup(vault: Vault): Promise<void> {
  if (vault.session.organization.readOnly || [...vault.groups.values()].some(({ personal }) => personal)) return;
  try {
    await createGroup(await newPersonalGroup(vault));
  } catch (problem) {
    // There is one, made in another tab a moment ago or held back by the server: the next reading tells.
    if (!(problem instanceof Problem && problem.type === "conflict")) throw problem;
  }
  await refreshVault(vault, await currentSession());
  if (![...vault.groups.values()].some(({ personal }) => personal)) throw new Untrusted("none");
}

/** While waiting for an approval: whether it came. Out of reach: asked again when the stream of updates is back. */
export async function lookForApproval(): Promise<void> {
  const now = access.value;
  if (now.kind !== "pending") return;
  try {
    const session = await currentSession();
    if (session.member.role === "pending" || access.value !== now) return;
    if (!(await enter(session, now.wrapKey))) throw new Untrusted("member");
  } catch (problem) {
    if (access.value !== now) return;
    if (isEnd(problem)) {
      forget();
      access.value = { kind: "signed-out", ended: false, turnedAway: true };
    } else if (problem instanceof Untrusted) access.value = { ...now, problem };
  }
}

/** The key that waits for an approval. */
function forget(): void {
  if (access.value.kind === "pending") access.value.wrapKey.fill(0);
}

let refreshing: Promise<void> | null = null;
let again = false;

/**
 * Reads the session again and takes in what changed of members, groups and policy: after one's own changes, when the server
 * says so, on *stale-key*. The vault stays the same object; `access` gets a new value, so that pages are drawn anew. What can't
 * be trusted locks the page.
 */
export async function refreshSession(): Promise<void> {
  again = true;
  refreshing ??= refresh().finally(() => (refreshing = null));
  return refreshing;
}

async function refresh(): Promise<void> {
  while (again) {
    again = false;
    try {
      const session = await currentSession();
      const now = access.value;
      if (now.kind !== "open") return;
      await refreshVault(now.vault, session);
      // A lock may have come meanwhile: what was just opened goes too.
      if (access.value === now) access.value = { kind: "open", vault: now.vault };
      else if (access.value.kind !== "open") wipe(now.vault);
    } catch (problem) {
      if (problem instanceof Untrusted) lock(null, problem);
      else if (!endedSession(problem)) throw problem;
    }
  }
}

/** Locks this tab and, as a member asked for it, the others. */
export function lockAll(): void {
  lock();
  tell("lock");
}

/** Seals what is being composed and wipes the keys; with the state every page and what it shows goes too. */
export function lock(idleMinutes: number | null = null, problem: unknown = null): void {
  const now = access.value;
  if (now.kind === "pending") {
    forget();
    access.value = { kind: "locked", session: now.session, idleMinutes };
  }
  if (now.kind !== "open") return;
  sealUnfinished(now.vault);
  clearPage();
  access.value = { kind: "locked", session: now.vault.session, idleMinutes, problem };
  wipe(now.vault);
}

/** The session ended, by a sign-out or by itself: then an unfinished handover waits for the same member's password. */
export function leave(ended: boolean): void {
  const now = access.value;
  if (ended && now.kind === "open") sealUnfinished(now.vault);
  if (!ended) discardUnfinished();
  forget();
  clearPage();
  access.value = { kind: "signed-out", ended };
  if (now.kind === "open") wipe(now.vault);
}

/** Another tab ended the session that this one shares. */
export function signedOutElsewhere(): void {
  if (["open", "locked", "pending"].includes(access.value.kind)) leave(false);
}

/** What would outlive the pages that made it. */
function clearPage(): void {
  unsaved.value = false;
  leaving.value = null;
  hush();
  void clearClipboard();
}

export async function signOutHere(everywhere: boolean): Promise<void> {
  try {
    await (everywhere ? signOutEverywhere() : signOut());
  } catch (problem) {
    if (!(problem instanceof Problem && problem.status === 401)) throw problem;
  }
  leave(false);
  tell("sign-out");
}

/** Whether the server says that the session ended. */
export const isEnd = (problem: unknown): boolean => problem instanceof Problem && problem.type === "sign-in-required";

/** True when it was the end of the session: the caller's page is gone then. */
export function endedSession(problem: unknown): boolean {
  if (!isEnd(problem)) return false;
  leave(true);
  return true;
}
