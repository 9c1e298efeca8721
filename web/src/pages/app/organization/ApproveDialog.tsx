// The invitee's keys are held against the link's own MAC before anything is signed: the server can put no other keys in
// their place. Who opened the link is for the inviter to judge, by name and e-mail. spec/keys.md §9.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { approve } from "../../../api/members.ts";
import type { InvitationSummary } from "../../../api/vaultWire.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { settle } from "../access/settle.ts";
import { groupName } from "../keys/groupNames.ts";
import { approvalOf, checkInvitee, type Invitee } from "../keys/inviting.ts";
import type { Vault } from "../keys/vault.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { rightName, roleName } from "../words.ts";
import { Fingerprint } from "./Fingerprint.tsx";
import type { Office } from "./office.ts";

interface Props {
  vault: Vault;
  office: Office;
  invitation: InvitationSummary;
  accepted: NonNullable<InvitationSummary["accepted"]>;
  onClose: () => void;
}

export function ApproveDialog({ vault, office, invitation, accepted, onClose }: Props): JSX.Element {
  const [invitee, setInvitee] = useState<Invitee | "swapped" | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    checkInvitee(vault, invitation).then((found) => setInvitee(found ?? "swapped"), setProblem);
  }, []);

  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await settle(async () => approve(invitation.invitation, await approvalOf(vault, invitation)));
      announce(t("approve.done", { name: accepted.name }));
      await office.reload();
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <Dialog title={t("approve.title", { name: accepted.name })} onClose={() => busy || onClose()}>
      {invitee === null && problem === null && <Working label={t("app.loading")} done={null} />}
      {invitee === "swapped" && (
        <Notice tone="bad" icon="shield-alert">
          <p>{t("approve.swapped")}</p>
        </Notice>
      )}
      {invitee !== null && invitee !== "swapped" && (
        <>
          <dl class="invitation">
            <div>
              <dt>{t("group.name")}</dt>
              <dd class="big">{accepted.name}</dd>
            </div>
            <div>
              <dt>{t("signIn.email")}</dt>
              <dd>{accepted.email}</dd>
            </div>
            <div>
              <dt>{t("members.role")}</dt>
              <dd>{roleName(invitation.role)}</dd>
            </div>
            <div>
              <dt>{t("organization.groups")}</dt>
              <dd>
                {invitation.groups.length === 0
                  ? t("invite.noGroups")
                  : invitation.groups.map(({ group, right }) => <div key={group}>{`${groupName(vault, group)}: ${rightName(right)}`}</div>)}
              </dd>
            </div>
          </dl>
          <p class="hint verified">
            <Icon name="shield-check" size={16} /> {t("approve.checked")}
          </p>
          <p>{t("approve.ask")}</p>
          <Fingerprint keys={invitee} name={accepted.name} />
        </>
      )}
      <ProblemNotice problem={problem} />
      {busy ? (
        <Working label={t("settle.working")} done={null} />
      ) : (
        <div class="actions end">
          <button type="button" onClick={onClose}>
            {t("app.cancel")}
          </button>
          {invitee !== null && invitee !== "swapped" && (
            <button type="button" class="primary" onClick={() => void submit()}>
              {t("approve.submit")}
            </button>
          )}
        </div>
      )}
    </Dialog>
  );
}
