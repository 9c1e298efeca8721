// From the master password or the recovery key to what is sent and what never leaves. spec/keys.md §4, §5.
import type { Argon2 } from "./argon2.ts";
import { empty, utf8, type Bytes } from "./bytes.ts";
import { derive } from "./derive.ts";

/** Argon2id parameters as the server names them. */
export interface KdfParameters {
  salt: Bytes;
  memoryKiB: number;
  passes: number;
  lanes: number;
}

/** What new passwords get. */
export const masterPasswordCost = { memoryKiB: 65_536, passes: 2, lanes: 1 } as const;

/** A server may not weaken what a client stretches, nor make it give up. */
export const acceptable = ({ salt, memoryKiB, passes, lanes }: KdfParameters): boolean =>
  salt.length === 16 &&
  Number.isInteger(memoryKiB) && memoryKiB >= 65_536 && memoryKiB <= 262_144 &&
  Number.isInteger(passes) && passes >= 2 && passes <= 4 &&
  lanes === 1;

/** Throws for parameters that a client refuses. */
export async function masterKeyOf(password: string, parameters: KdfParameters, argon2: Argon2, progress?: (done: number) => void): Promise<Bytes> {
  if (!acceptable(parameters)) throw new Error("The server names password parameters that are not accepted.");
  const { salt, memoryKiB, passes } = parameters;
  return argon2({ password: utf8(password.normalize("NFKC")), salt, memoryKiB, passes }, progress);
}

/** Sent at sign-in. */
export const authKeyOf = (masterKey: Bytes): Promise<Bytes> => derive(masterKey, empty, "sign in");

/** Never leaves the client. */
export const wrapKeyOf = (masterKey: Bytes): Promise<Bytes> => derive(masterKey, empty, "wrap");

/** Sent at recovery. */
export const recoveryAuthOf = (recoveryKey: Bytes): Promise<Bytes> => derive(recoveryKey, empty, "recovery auth");

/** Never leaves the client. */
export const recoveryWrapOf = (recoveryKey: Bytes): Promise<Bytes> => derive(recoveryKey, empty, "recovery wrap");
