// Members and invitations: who is in, who is on the way, and what may be done about either.
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { Icon } from "../../../ui/Icon.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { followSession } from "../access/access.ts";
import type { Vault } from "../keys/vault.ts";
import { Frame } from "./Frame.tsx";
import { Invitations } from "./Invitations.tsx";
import { InviteDialog } from "./InviteDialog.tsx";
import { openOffice } from "./office.ts";
import { mayManage, people } from "./people.ts";
import { PersonRow, type Asked } from "./PersonRow.tsx";
import { RemoveDialog } from "./RemoveDialog.tsx";
import { TransferDialog } from "./TransferDialog.tsx";

export function Members({ vault }: { vault: Vault }): JSX.Element {
  followSession();
  const own = vault.session.member;
  const office = useMemo(() => openOffice(vault), [own.role]);
  useEffect(() => office.close, [office]);
  const [inviting, setInviting] = useState(false);
  const [asked, setAsked] = useState<Asked | null>(null);
  const answered = (): void => setAsked(null);
  const manages = mayManage(own.role) && !vault.session.organization.readOnly;

  const all = people(office.members.value ?? [], vault.roster.members);
  const there = all.filter(({ state }) => state === "active" || state === "suspended");
  const gone = all.filter(({ state }) => state === "removed");
  return (
    <Frame
      vault={vault}
      office={office}
      title="organization.members"
      lead={t(manages ? "members.lead.manage" : "members.lead.see")}
      aside={
        manages && (
          <button type="button" class="primary" onClick={() => setInviting(true)}>
            <Icon name="user-plus" />
            {t("invite.open")}
          </button>
        )
      }
    >
      {mayManage(own.role) && <Invitations vault={vault} office={office} />}
      <section aria-labelledby="members-title" class="block">
        <h2 id="members-title">{plural("members.count", there.length)}</h2>
        <ul class="rows people">
          {there.map((person) => (
            <PersonRow key={person.member} vault={vault} office={office} person={person} all={all} onAsk={setAsked} />
          ))}
        </ul>
      </section>
      {gone.length > 0 && (
        <details class="more gone">
          <summary>
            <Icon name="chevron-down" size={16} />
            {plural("members.gone", gone.length)}
          </summary>
          <ul class="rows people">
            {gone.map((person) => (
              <PersonRow key={person.member} vault={vault} office={office} person={person} all={all} onAsk={setAsked} />
            ))}
          </ul>
        </details>
      )}
      {asked?.what === "remove" && <RemoveDialog vault={vault} office={office} person={asked.person} onClose={answered} />}
      {asked?.what === "transfer" && <TransferDialog vault={vault} office={office} person={asked.person} onClose={answered} />}
      {inviting && <InviteDialog vault={vault} office={office} onClose={() => setInviting(false)} />}
    </Frame>
  );
}
