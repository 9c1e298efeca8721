// Invitations on the way: those that wait for somebody come first, because nobody gets in before an approval.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { withdraw } from "../../../api/members.ts";
import type { InvitationSummary } from "../../../api/vaultWire.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import type { IconName } from "../../../ui/icons.ts";
import { relativeTime, t } from "../../../ui/text/index.ts";
import { followSession } from "../access/access.ts";
import { settle } from "../access/settle.ts";
import { groupName } from "../keys/groupNames.ts";
import type { Vault } from "../keys/vault.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { rightName, roleName } from "../words.ts";
import { ApproveDialog } from "./ApproveDialog.tsx";
import type { Office } from "./office.ts";

const looks: Record<InvitationSummary["state"], [IconName, string]> = {
  accepted: ["user-round-check", "amber"],
  waiting: ["hourglass", "blue"],
  approved: ["circle-check", "green"],
  expired: ["timer-off", "grey"],
  withdrawn: ["ban", "grey"],
};

const live = ({ state }: InvitationSummary): boolean => state === "accepted" || state === "waiting";

export function Invitations({ vault, office }: { vault: Vault; office: Office }): JSX.Element | null {
  const [old, setOld] = useState(false);
  const all = [...office.invitations.value].sort((a, b) => Number(b.state === "accepted") - Number(a.state === "accepted") || b.createdAt - a.createdAt);
  const shown = all.filter((invitation) => old || live(invitation));
  if (all.length === 0) return null;
  return (
    <section aria-labelledby="invitations-title" class="block">
      <div class="block-head">
        <h2 id="invitations-title">{t("invitations.title")}</h2>
        {all.some((invitation) => !live(invitation)) && (
          <button type="button" class="link" aria-pressed={old} onClick={() => setOld(!old)}>
            {t(old ? "invitations.hideOld" : "invitations.showOld")}
          </button>
        )}
      </div>
      {shown.length === 0 ? (
        <p class="hint">{t("invitations.none")}</p>
      ) : (
        <ul class="rows people">
          {shown.map((invitation) => (
            <Row key={invitation.invitation} vault={vault} office={office} invitation={invitation} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ vault, office, invitation }: { vault: Vault; office: Office; invitation: InvitationSummary }): JSX.Element {
  followSession();
  const [approving, setApproving] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const { accepted, state } = invitation;
  const [icon, colour] = looks[state];
  const mine = invitation.inviter === vault.session.member.id;
  const inviter = office.members.value?.find(({ member }) => member === invitation.inviter)?.name ?? "?";
  const readOnly = vault.session.organization.readOnly;
  const dismiss = async (): Promise<void> => {
    setBusy(true);
    try {
      await settle(() => withdraw(invitation.invitation));
      announce(t("invitations.withdrawn"));
    } catch (error) {
      setProblem(error);
    }
    await office.reload();
    setBusy(false);
  };
  return (
    <li>
      <div class="row flat">
        <span class="row-words">
          <strong>{accepted?.name ?? t("invitations.link", { name: mine ? t("members.you") : inviter })}</strong>
          <span class="hint">
            {accepted ? `${accepted.email} · ` : ""}
            {roleName(invitation.role)}
            {invitation.groups.map(({ group, right }) => ` · ${groupName(vault, group)}: ${rightName(right)}`).join("")}
          </span>
          {state === "waiting" && (
            <span class="hint">{t("invitations.until", { time: relativeTime(invitation.expiresAt, Date.now()) })}</span>
          )}
          {state === "accepted" && !mine && <span class="hint">{t("invitations.inviterOnly", { name: inviter })}</span>}
        </span>
        <span class={`chip ${colour}`}>
          <Icon name={icon} size={16} />
          {t(`invitations.state.${state}`)}
        </span>
        {live(invitation) && !readOnly && (
          <span class="actions">
            {state === "accepted" && mine && (
              <button type="button" class="primary" disabled={busy} onClick={() => setApproving(true)}>
                {t("approve.open")}
              </button>
            )}
            <button type="button" class="danger" disabled={busy} aria-label={`${t(accepted ? "invitations.refuse" : "invitations.withdraw")}: ${accepted?.name ?? roleName(invitation.role)}`} onClick={() => void dismiss()}>
              {t(accepted ? "invitations.refuse" : "invitations.withdraw")}
            </button>
          </span>
        )}
      </div>
      <ProblemNotice problem={problem} />
      {approving && accepted !== undefined && <ApproveDialog vault={vault} office={office} invitation={invitation} accepted={accepted} onClose={() => setApproving(false)} />}
    </li>
  );
}
