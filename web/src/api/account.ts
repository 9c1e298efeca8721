// What a member does with its own account: spec/api.md, "Members".
import { call } from "./http.ts";
import type { ChangePassword, LiveSession } from "./vaultWire.ts";
import type { Session } from "./wire.ts";

export const changePassword = (change: ChangePassword): Promise<Session> => call("POST", "/api/account/password", { json: change });
export const changeRecoveryKey = (change: { authKey: string; recoveryAuth: string; recoveryBlob: string }): Promise<void> =>
  call("POST", "/api/account/recovery-key", { json: change });
export const changeName = (name: string): Promise<void> => call("POST", "/api/account/name", { json: { name } });
export const liveSessions = (): Promise<{ sessions: LiveSession[] }> => call("GET", "/api/account/sessions");
export const endSession = (session: string): Promise<void> => call("DELETE", `/api/account/sessions/${session}`);
export const deleteAccount = (removal: { authKey: string; card: string; signature: string }): Promise<void> =>
  call("POST", "/api/account/delete", { json: removal });
