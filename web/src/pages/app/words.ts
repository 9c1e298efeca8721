// What roles, rights and states are called. The server's own word stays where it is none of ours.
import { en } from "../../ui/text/en.ts";
import { t, type TextKey } from "../../ui/text/index.ts";

const named = (key: string, word: string): string => (key in en ? t(key as TextKey) : word);

export const roleName = (role: string): string => named(`role.${role}`, role);

export const rightName = (right: string): string => named(`right.${right}`, right);
