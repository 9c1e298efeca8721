// What concerns a recipient is destroyed; the record of what happened stays. spec/ledger.md §8.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { erase } from "../../../api/ledger.ts";
import type { State } from "../../../api/wire.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { CheckField } from "../../../ui/Field.tsx";
import { number, plural, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { endedSession } from "../access/access.ts";
import { sharedHistory } from "../history/shared.ts";
import type { Row } from "../history/store.ts";
import { titleOf } from "../history/title.ts";
import type { Vault } from "../keys/vault.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";

const live: readonly State[] = ["draft", "waiting", "claimed"];

/** What can still be opened keeps what opening needs. */
export const erasable = ({ summary }: Row): boolean => !live.includes(summary.state);

export function EraseDialog({ vault, rows, onClose, onErased }: { vault: Vault; rows: readonly Row[]; onClose: () => void; onErased: () => void }): JSX.Element {
  const [details, setDetails] = useState(false);
  const [done, setDone] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);

  const run = async (): Promise<void> => {
    setProblem(null);
    try {
      for (const [i, { summary }] of rows.entries()) {
        setDone(i);
        await sharedHistory(vault).store.take(await erase(summary.handover, details));
      }
      announce(t("erase.done"));
      onClose();
    } catch (error) {
      if (endedSession(error)) return;
      setProblem(error);
    }
    setDone(null);
    onErased();
  };

  return (
    <Dialog title={rows.length === 1 ? t("erase.ask", { title: titleOf(rows[0]!) }) : plural("erase.ask.many", rows.length)} onClose={() => done === null && onClose()}>
      <div inert={done !== null} class="dialog-form">
        <p>{t("erase.body")}</p>
        <CheckField label={t("erase.details")} hint={t("erase.details.hint")} checked={details} onChecked={setDetails} />
        <p class="hint">{t("erase.stays")}</p>
      </div>
      <ProblemNotice problem={problem} />
      {done !== null && <Working label={t("erase.working", { done: number(done), of: number(rows.length) })} done={done / rows.length} />}
      <div class="actions end">
        <button type="button" disabled={done !== null} onClick={onClose}>
          {t("app.cancel")}
        </button>
        <button type="button" class="danger" disabled={done !== null} onClick={() => void run()}>
          {t("erase.go")}
        </button>
      </div>
    </Dialog>
  );
}
