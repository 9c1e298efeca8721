// Each grant that the server shows, held against the cards: whose signature is missing is marked and never counted as right.
import { useEffect, useState } from "preact/hooks";
import type { GroupRights } from "../../../api/vaultWire.ts";
import { judge, type Verdict } from "../keys/granting.ts";
import type { Vault } from "../keys/vault.ts";

export type Verdicts = ReadonlyMap<string, Verdict>;

export const verdictOf = (verdicts: Verdicts, group: string, member: string): Verdict | undefined => verdicts.get(`${group}/${member}`);

export function useVerdicts(vault: Vault, groups: readonly GroupRights[]): Verdicts {
  const [verdicts, setVerdicts] = useState<Verdicts>(new Map());
  useEffect(() => {
    let current = true;
    const all = groups.flatMap((group) => group.grants.map(async (grant) => [`${group.group}/${grant.member}`, await judge(vault, group, grant)] as const));
    void Promise.all(all).then((judged) => current && setVerdicts(new Map(judged)));
    return () => {
      current = false;
    };
  }, [vault.roster, groups]);
  return verdicts;
}
