// The organization's rules, signed anew. spec/keys.md §9.
import { toBase64url } from "../../../protocol/base64url.ts";
import { policyText, signPolicy, type Policy } from "../../../protocol/policy.ts";
import type { Vault } from "./vault.ts";

/** The next policy with these rules. */
export async function signedPolicy(vault: Vault, rules: Omit<Policy, "number">): Promise<{ text: string; signature: string }> {
  const text = policyText({ ...rules, number: (vault.policy?.number ?? 0) + 1 });
  return { text, signature: toBase64url(await signPolicy(vault.signingKey, vault.org, text)) };
}
