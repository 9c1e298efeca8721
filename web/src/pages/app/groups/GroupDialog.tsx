// One group: what it is called, its keys, who left it, archive and end.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { putDetails, setState as putState } from "../../../api/groups.ts";
import type { GroupLife, GroupRights } from "../../../api/vaultWire.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { t, time } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { followSession } from "../access/access.ts";
import { settle } from "../access/settle.ts";
import { changedDetails } from "../keys/grouping.ts";
import { groupName } from "../keys/groupNames.ts";
import type { GroupAccess, Vault } from "../keys/vault.ts";
import type { Office } from "../organization/office.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { rightName } from "../words.ts";
import { DeleteGroup } from "./DeleteGroup.tsx";
import { Departure } from "./Departure.tsx";
import { GroupForm } from "./GroupForm.tsx";
import { HandOnGroup } from "./HandOnGroup.tsx";
import { mayGrant } from "./matrix.ts";
import { rotateGroup } from "./rotating.ts";

interface Props {
  vault: Vault;
  office: Office;
  rights: GroupRights;
  onClose: () => void;
}

export function GroupDialog({ vault, office, rights, onClose }: Props): JSX.Element {
  followSession();
  const [asking, setAsking] = useState<"delete" | "hand on" | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const access = vault.groups.get(rights.group);
  const name = groupName(vault, rights.group);
  const manages = access?.right === "manage" && !vault.session.organization.readOnly;
  const renews = mayGrant(vault, rights.group);

  const act = async (what: () => Promise<unknown>, said: string): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    let done = false;
    try {
      await what();
      announce(said);
      done = true;
    } catch (error) {
      setProblem(error);
    }
    await office.reload();
    setBusy(false);
    return done;
  };
  const live = (state: GroupLife, said: string): void => void act(() => settle(() => putState(rights.group, state)), said);

  if (asking === "delete") return <DeleteGroup vault={vault} office={office} group={rights.group} onBack={() => setAsking(null)} onClose={onClose} />;
  if (asking === "hand on") return <HandOnGroup vault={vault} office={office} rights={rights} onClose={() => setAsking(null)} />;
  return (
    <Dialog title={name} onClose={() => busy || onClose()} wide={rights.leavers.length > 0}>
      {access === undefined && <p>{t("group.noKey")}</p>}
      {access !== undefined && !manages && <p class="hint">{t("group.yourRight", { right: rightName(access.right) })}</p>}
      {manages && access !== undefined && rights.state === "active" && <Details vault={vault} access={access} busy={busy} onSave={act} />}
      {(rights.rotationDue || access?.stands === false) && rights.state === "active" && (
        <Notice tone="warn" icon="refresh-cw">
          <p>{t("rotate.due")}</p>
          {renews ? (
            <button type="button" disabled={busy} onClick={() => void act(() => rotateGroup(vault, rights.group), t("rotate.done"))}>
              {t("rotate.now")}
            </button>
          ) : (
            <p>{t("rotate.others")}</p>
          )}
        </Notice>
      )}
      <ProblemNotice problem={problem} />
      {rights.leavers.map(({ member, name, right, leftAt }) => (
        <details key={`${member}${leftAt}`} class="more leaver">
          <summary>
            <Icon name="user-minus" size={16} />
            {t("group.leaver", { name, time: time(leftAt), right: rightName(right) })}
          </summary>
          {access === undefined ? <p class="hint">{t("group.noKey")}</p> : <Departure vault={vault} member={member} groups={[{ group: rights.group, right }]} leftAt={leftAt} />}
        </details>
      ))}
      {busy && <Working label={t("settle.working")} done={null} />}
      <div class="actions end">
        {manages && rights.state === "active" && renews && (
          <button type="button" disabled={busy} onClick={() => setAsking("hand on")}>
            <Icon name="key-round" />
            {t("group.handOn")}
          </button>
        )}
        {manages && rights.state === "active" && (
          <button type="button" disabled={busy} title={t("group.archive.hint")} onClick={() => live("archived", t("group.archive.done", { group: name }))}>
            <Icon name="archive" />
            {t("group.archive")}
          </button>
        )}
        {manages && rights.state === "archived" && (
          <button type="button" disabled={busy} onClick={() => live("active", t("group.unarchive.done", { group: name }))}>
            <Icon name="archive-restore" />
            {t("group.unarchive")}
          </button>
        )}
        {manages && (
          <button type="button" class="danger" disabled={busy} onClick={() => setAsking("delete")}>
            <Icon name="trash" />
            {t("group.delete")}
          </button>
        )}
        <button type="button" disabled={busy} onClick={onClose}>
          {t("app.done")}
        </button>
      </div>
    </Dialog>
  );
}

function Details({ vault, access, busy, onSave }: { vault: Vault; access: GroupAccess; busy: boolean; onSave: (what: () => Promise<unknown>, said: string) => Promise<boolean> }): JSX.Element {
  const now = { name: access.name ?? "", icon: access.icon ?? "folder", colour: access.colour ?? "teal" };
  const [look, setLook] = useState(now);
  const [error, setError] = useState<string>();
  const same = look.name.trim() === now.name && look.icon === now.icon && look.colour === now.colour;
  const submit = (event: Event): void => {
    event.preventDefault();
    const missing = look.name.trim() === "";
    setError(missing ? t("need.title") : undefined);
    if (missing) return focusFirstError();
    const wanted = { ...look, name: look.name.trim() };
    void onSave(() => settle(async () => putDetails(access.group, await changedDetails(vault, access.group, wanted))), t("group.saved", { group: wanted.name }));
  };
  return (
    <form class="dialog-form" noValidate onSubmit={submit}>
      <GroupForm look={look} onLook={setLook} error={error} />
      <div class="actions">
        <button type="submit" class="primary" disabled={busy || same}>
          {t("group.save")}
        </button>
      </div>
    </form>
  );
}
