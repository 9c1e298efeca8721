// The end of a group names what dies, and asks for the name typed: nothing brings it back.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { setState as putState } from "../../../api/groups.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { TextField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { Notice } from "../../../ui/Notice.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { settle } from "../access/settle.ts";
import { groupName } from "../keys/groupNames.ts";
import type { Vault } from "../keys/vault.ts";
import type { Office } from "../organization/office.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { items } from "../vault/store.ts";

export function DeleteGroup({ vault, office, group, onBack, onClose }: { vault: Vault; office: Office; group: string; onBack: () => void; onClose: () => void }): JSX.Element {
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const name = groupName(vault, group);
  const held = [...items.value.values()].filter((item) => item.group === group);
  const files = held.reduce((sum, { entry }) => sum + (entry.files?.length ?? 0), 0);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const differs = typed.trim() !== name;
    setError(differs ? t("group.delete.differs", { group: name }) : undefined);
    if (differs) return focusFirstError();
    setBusy(true);
    setProblem(null);
    try {
      await settle(() => putState(group, "deleted"));
      announce(t("group.delete.done", { group: name }));
      void office.reload();
      onClose();
    } catch (caught) {
      setProblem(caught);
      setBusy(false);
    }
  };

  return (
    <Dialog title={t("group.delete.ask", { group: name })} onClose={() => busy || onBack()}>
      <form class="dialog-form" noValidate onSubmit={(event) => void submit(event)}>
        <Notice tone="warn">
          <p>{t("group.delete.body", { entries: plural("group.delete.entries", held.length), files: plural("group.delete.files", files) })}</p>
        </Notice>
        <p>{t("group.delete.stays")}</p>
        <TextField label={t("group.delete.type", { group: name })} error={error} value={typed} onValue={setTyped} />
        <ProblemNotice problem={problem} />
        {busy ? (
          <Working label={t("settle.working")} done={null} />
        ) : (
          <div class="actions end">
            <button type="button" onClick={onBack}>
              {t("app.cancel")}
            </button>
            <button type="submit" class="danger">
              {t("group.delete")}
            </button>
          </div>
        )}
      </form>
    </Dialog>
  );
}
