// Removing a member: what dies and what stays is said first; afterwards the groups get new keys, and what the leaver may
// have kept is listed. spec/vault.md §5.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { Departure } from "../groups/Departure.tsx";
import { waitingOf } from "../groups/departures.ts";
import { rotateDue } from "../groups/rotating.ts";
import { groupName } from "../keys/groupNames.ts";
import type { Vault } from "../keys/vault.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import type { Office } from "./office.ts";
import type { Person } from "./people.ts";
import { removeMember } from "./roles.ts";

type Step = { kind: "asking" } | { kind: "removing" } | { kind: "renewing"; done: number } | { kind: "gone"; left: number };

export function RemoveDialog({ vault, office, person, onClose }: { vault: Vault; office: Office; person: Person; onClose: () => void }): JSX.Element {
  const [step, setStep] = useState<Step>({ kind: "asking" });
  const [waiting, setWaiting] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  // What the leaver could read, as it was before the removal.
  const [held] = useState(() => office.groups.value.filter(({ grants, state }) => state !== "deleted" && grants.some(({ member }) => member === person.member)));
  useEffect(() => {
    waitingOf(vault, person.member).then((found) => setWaiting(found.length), () => setWaiting(null));
  }, []);

  const remove = async (): Promise<void> => {
    setStep({ kind: "removing" });
    setProblem(null);
    try {
      await removeMember(vault, person.member);
      setStep({ kind: "renewing", done: 0 });
      const left = await rotateDue(vault, (done) => setStep({ kind: "renewing", done }));
      setStep({ kind: "gone", left });
    } catch (error) {
      setProblem(error);
      setStep({ kind: "asking" });
    }
  };
  const close = (): void => {
    if (step.kind === "removing" || step.kind === "renewing") return;
    onClose();
    void office.reload();
  };

  return (
    <Dialog title={t(step.kind === "gone" ? "remove.gone" : "remove.title", { name: person.name })} onClose={close} wide={step.kind === "gone"}>
      {step.kind === "asking" && (
        <>
          <p>{t("remove.lead", { name: person.name })}</p>
          <h3>{t("remove.dies")}</h3>
          <ul class="bullets">
            <li>{t("remove.dies.session")}</li>
            <li>{t("remove.dies.personal")}</li>
            {held.length > 0 && <li>{t("remove.dies.groups", { groups: held.map(({ group }) => groupName(vault, group)).join(", ") })}</li>}
          </ul>
          <h3>{t("remove.stays")}</h3>
          <ul class="bullets">
            <li>{t("remove.stays.entries")}</li>
            {waiting !== null && waiting > 0 && <li>{plural("remove.stays.waiting", waiting)}</li>}
            <li>{t("remove.stays.kept")}</li>
          </ul>
          <Notice tone="warn">
            <p>{t("remove.final", { name: person.name })}</p>
          </Notice>
        </>
      )}
      {step.kind === "removing" && <Working label={t("remove.removing")} done={null} />}
      {step.kind === "renewing" && <Working label={t("rotate.working")} done={step.done} />}
      {step.kind === "gone" && (
        <>
          <Notice tone={step.left === 0 ? "good" : "warn"}>
            <p>{step.left === 0 ? t("remove.done", { name: person.name }) : plural("remove.left", step.left)}</p>
          </Notice>
          <Departure vault={vault} member={person.member} groups={held.map(({ group, grants }) => ({ group, right: grants.find(({ member }) => member === person.member)!.right }))} leftAt={Date.now()} />
        </>
      )}
      <ProblemNotice problem={problem} />
      {step.kind === "asking" && (
        <div class="actions end">
          <button type="button" onClick={close}>
            {t("app.cancel")}
          </button>
          <button type="button" class="danger" onClick={() => void remove()}>
            {t("remove.submit")}
          </button>
        </div>
      )}
      {step.kind === "gone" && (
        <div class="actions end">
          <button type="button" class="primary" onClick={close}>
            {t("app.done")}
          </button>
        </div>
      )}
    </Dialog>
  );
}
