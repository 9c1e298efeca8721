// A group changes hands: somebody else manages it, and one's own right becomes a lower one.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { GroupRights } from "../../../api/vaultWire.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { SelectField } from "../../../ui/Field.tsx";
import { t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { groupName } from "../keys/groupNames.ts";
import type { Vault } from "../keys/vault.ts";
import type { Office } from "../organization/office.ts";
import { people } from "../organization/people.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { rightName } from "../words.ts";
import { giveRight } from "./rights.ts";

export function HandOnGroup({ vault, office, rights, onClose }: { vault: Vault; office: Office; rights: GroupRights; onClose: () => void }): JSX.Element {
  const own = vault.session.member.id;
  const others = people(office.members.value ?? [], vault.roster.members).filter(
    ({ member, state, role, doubt }) => member !== own && state === "active" && role !== "auditor" && doubt !== "card",
  );
  const [to, setTo] = useState(others[0]?.member ?? "");
  const [keep, setKeep] = useState("share");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const name = groupName(vault, rights.group);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await giveRight(vault, rights.group, to, "manage");
      if (keep !== "manage") await giveRight(vault, rights.group, own, keep);
      announce(t("group.handOn.done", { name: others.find(({ member }) => member === to)?.name ?? "", group: name }));
      await office.reload();
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("group.handOn.title", { group: name })} onClose={() => busy || onClose()}>
      <p>{t(others.length === 0 ? "group.handOn.nobody" : "group.handOn.body")}</p>
      {others.length > 0 && (
        <>
          <SelectField label={t("group.handOn.to")} value={to} onValue={setTo} options={others.map(({ member, name }) => ({ value: member, label: name }))} />
          <SelectField label={t("group.handOn.keep")} value={keep} onValue={setKeep} options={["view", "edit", "share", "manage"].map((value) => ({ value, label: rightName(value) }))} />
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
          {others.length > 0 && (
            <button type="button" class="primary" onClick={() => void submit()}>
              {t("group.handOn")}
            </button>
          )}
        </div>
      )}
    </Dialog>
  );
}
