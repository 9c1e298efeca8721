// Giving the organization on: somebody else becomes owner, and then one's own role changes. Two cards, in this order, so
// that there is an owner at every moment.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Choice } from "../../../ui/Field.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import type { Vault } from "../keys/vault.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { roleName } from "../words.ts";
import type { Office } from "./office.ts";
import type { Person } from "./people.ts";
import { changeRole } from "./roles.ts";

export function TransferDialog({ vault, office, person, onClose }: { vault: Vault; office: Office; person: Person; onClose: () => void }): JSX.Element {
  const [stay, setStay] = useState<"owner" | "admin" | "member">("admin");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const transfer = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      if (person.role !== "owner") await changeRole(vault, office, person.member, "owner");
      if (stay !== "owner") await changeRole(vault, office, vault.session.member.id, stay);
      await office.reload();
      onClose();
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("transfer.title", { name: person.name })} onClose={() => busy || onClose()}>
      <p>{t("transfer.body", { name: person.name, organization: vault.session.organization.name })}</p>
      <Choice
        legend={t("transfer.stay")}
        value={stay}
        onValue={setStay}
        options={(["admin", "member", "owner"] as const).map((value) => ({ value, label: roleName(value) }))}
      />
      {stay !== "owner" && (
        <Notice tone="warn">
          <p>{t("transfer.warn", { name: person.name })}</p>
        </Notice>
      )}
      <ProblemNotice problem={problem} />
      {busy ? (
        <Working label={t("settle.working")} done={null} />
      ) : (
        <div class="actions end">
          <button type="button" onClick={onClose}>
            {t("app.cancel")}
          </button>
          <button type="button" class="danger" onClick={() => void transfer()}>
            {t("transfer.submit")}
          </button>
        </div>
      )}
    </Dialog>
  );
}
