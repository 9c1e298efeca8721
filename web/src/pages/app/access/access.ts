// Who is here: nobody, somebody locked, somebody with open keys. The one place that opens and wipes a vault.
import { signal } from "@preact/signals";
import { Problem } from "../../../api/http.ts";
import { currentSession, instance, signIn, signInParameters, signOut, signOutEverywhere } from "../../../api/sessions.ts";
import type { Instance, Session } from "../../../api/wire.ts";
import { clear as clearClipboard } from "../../../ui/clipboard.ts";
import { passwordKeys, type Progress } from "../keys/membership.ts";
import { openVault, Untrusted, wipe, type Vault } from "../keys/vault.ts";
import { unsaved } from "../place.ts";

export type Access =
  | { kind: "starting" }
  | { kind: "insecure" }
  | { kind: "unreachable"; problem: unknown }
  | { kind: "new" }
  | { kind: "signed-out"; ended: boolean }
  | { kind: "locked"; session: Session; idleMinutes: number | null }
  | { kind: "open"; vault: Vault };

export const access = signal<Access>({ kind: "starting" });
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
  const vault = await openVault(session, wrapKey);
  wrapKey.fill(0);
  if (vault !== undefined) enter(vault);
  return vault !== undefined;
}

/** Opens what the server answered to set-up, sign-in or recovery. */
export async function open(session: Session, wrapKey: Uint8Array<ArrayBuffer>): Promise<void> {
  const vault = await openVault(session, wrapKey);
  wrapKey.fill(0);
  // The password was right, so a blob that doesn't open under it was swapped.
  if (vault === undefined) throw new Untrusted("member");
  enter(vault);
}

function enter(vault: Vault): void {
  access.value = { kind: "open", vault };
}

/** Wipes the keys; with the state every page and what it shows goes too. */
export function lock(idleMinutes: number | null = null): void {
  const now = access.value;
  if (now.kind !== "open") return;
  unsaved.value = false;
  access.value = { kind: "locked", session: now.vault.session, idleMinutes };
  void clearClipboard();
  wipe(now.vault);
}

/** The session ended, here or elsewhere. */
export function leave(ended: boolean): void {
  const now = access.value;
  unsaved.value = false;
  access.value = { kind: "signed-out", ended };
  void clearClipboard();
  if (now.kind === "open") wipe(now.vault);
}

export async function signOutHere(everywhere: boolean): Promise<void> {
  try {
    await (everywhere ? signOutEverywhere() : signOut());
  } catch (problem) {
    if (!(problem instanceof Problem && problem.status === 401)) throw problem;
  }
  leave(false);
}

/** True when it was the end of the session: the caller's page is gone then. */
export function endedSession(problem: unknown): boolean {
  if (!(problem instanceof Problem && problem.type === "sign-in-required")) return false;
  leave(true);
  return true;
}
