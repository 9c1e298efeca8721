// Set-up, sign-in, session, recovery: spec/api.md, "Anyone" and "Members".
import { call } from "./http.ts";
import type { Instance, KdfParameters, Recovery, Registration, Session } from "./wire.ts";

export const instance = (): Promise<Instance> => call("GET", "/api/instance");
export const signInParameters = (email: string): Promise<KdfParameters> => call("POST", "/api/sign-in/parameters", { json: { email } });
export const setUp = (registration: Registration): Promise<Session> => call("POST", "/api/setup", { json: registration });
/** An organization of one's own, where the server is open for that; it starts with a trial. */
export const signUp = (registration: Registration): Promise<Session> => call("POST", "/api/sign-up", { json: registration });
export const signIn = (email: string, authKey: string): Promise<Session> => call("POST", "/api/sessions", { json: { email, authKey } });
export const currentSession = (): Promise<Session> => call("GET", "/api/session");
export const signOut = (): Promise<void> => call("DELETE", "/api/session");
export const signOutEverywhere = (): Promise<void> => call("DELETE", "/api/sessions");
export const openRecovery = (email: string, recoveryAuth: string): Promise<{ member: string; recoveryBlob: string }> =>
  call("POST", "/api/recovery/open", { json: { email, recoveryAuth } });
export const recover = (recovery: Recovery): Promise<Session> => call("POST", "/api/recovery", { json: recovery });
