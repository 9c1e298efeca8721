// Groups and who has which right on them: spec/api.md, "Members".
import { call } from "./http.ts";
import type { CreateGroup, GroupLife, GroupRights, NewGrant, Rotation, SessionGroup } from "./vaultWire.ts";

export const groups = (): Promise<{ groups: GroupRights[] }> => call("GET", "/api/groups");
export const createGroup = (group: CreateGroup): Promise<SessionGroup> => call("POST", "/api/groups", { json: group });
export const putDetails = (group: string, details: { version: number; base: number; details: string }): Promise<SessionGroup> =>
  call("PUT", `/api/groups/${group}/details`, { json: details });
export const setState = (group: string, state: GroupLife): Promise<SessionGroup> => call("POST", `/api/groups/${group}/state`, { json: { state } });
export const putGrant = (grant: NewGrant): Promise<void> => call("PUT", `/api/groups/${grant.group}/grants/${grant.member}`, { json: grant });
export const endGrant = (group: string, member: string): Promise<void> => call("DELETE", `/api/groups/${group}/grants/${member}`);
export const rotate = (group: string, rotation: Rotation): Promise<SessionGroup> => call("POST", `/api/groups/${group}/rotate`, { json: rotation });
