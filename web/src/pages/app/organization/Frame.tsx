// What the organization's pages have in common: its name, its pages, what went wrong while fetching.
import type { ComponentChildren, JSX } from "preact";
import { t, type TextKey } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { followSession } from "../access/access.ts";
import type { Vault } from "../keys/vault.ts";
import { Link } from "../Link.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { roleName } from "../words.ts";
import type { Office } from "./office.ts";
import type { RoleToGive } from "./people.ts";

const pages: readonly (readonly [string, TextKey])[] = [
  ["/organization", "organization.members"],
  ["/organization/groups", "organization.groups"],
  ["/organization/policy", "organization.policy"],
  ["/organization/audit", "organization.audit"],
  ["/organization/ledger", "organization.ledger"],
  ["/organization/data", "organization.data"],
];

interface Props {
  vault: Vault;
  office?: Office;
  title: TextKey;
  lead: string;
  aside?: ComponentChildren;
  children: ComponentChildren;
}

export function Frame({ vault, office, title, lead, aside, children }: Props): JSX.Element {
  followSession();
  const problem = office?.problem.value ?? null;
  const { role } = vault.session.member;
  return (
    <>
      <nav class="subnav" aria-label={vault.session.organization.name}>
        {pages.map(([to, name]) => (
          <Link key={to} to={to}>
            {t(name)}
          </Link>
        ))}
      </nav>
      <div class="page-head">
        <div>
          <h1 tabIndex={-1}>{t(title)}</h1>
          <p class="quiet">{lead}</p>
          <p class="hint">{t("organization.you", { organization: vault.session.organization.name, role: roleName(role) })}. {t(`role.${role as RoleToGive}.help`)}</p>
        </div>
        {aside}
      </div>
      {problem !== null && (
        <>
          <ProblemNotice problem={problem} />
          <div class="actions">
            <button type="button" onClick={() => void office?.reload()}>
              {t("app.retry")}
            </button>
          </div>
        </>
      )}
      {office !== undefined && office.members.value === null && problem === null ? <Working label={t("app.loading")} done={null} /> : children}
    </>
  );
}
