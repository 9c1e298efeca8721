// An import that stopped, and what became of what it had written.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Notice } from "../../../ui/Notice.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { groupOf, mayPurge } from "../vault/rights.ts";
import type { ImportStopped } from "./importing.ts";
import { dropJournal, type Journal } from "./journal.ts";
import { undo, type Undone } from "./undo.ts";

/** From an earlier visit: the window was closed, or the network went before it could be taken back. */
export function Leftover({ journal, onSettled }: { journal: Journal; onSettled: () => void }): JSX.Element {
  return (
    <>
      <Notice tone="warn">
        <p>{t("exchange.left")}</p>
      </Notice>
      <TakeBack journal={journal} onSettled={onSettled}>
        <button
          type="button"
          onClick={() => {
            dropJournal();
            onSettled();
          }}
        >
          {t("exchange.left.keep")}
        </button>
      </TakeBack>
    </>
  );
}

export function Stopped({ stopped, cancelled, onAgain, onClose }: { stopped: ImportStopped; cancelled: boolean; onAgain: () => void; onClose: () => void }): JSX.Element {
  const { undone, reason } = stopped;
  return (
    <>
      {!cancelled && <ProblemNotice problem={reason} />}
      {undone === null ? (
        <>
          <Notice tone="bad">
            <p>{t("exchange.stopped.left")}</p>
          </Notice>
          <TakeBack journal={stopped.journal} onSettled={onAgain} />
        </>
      ) : (
        <>
          <Notice tone={cancelled ? "good" : "info"}>
            <p>{undoneText(undone)}</p>
          </Notice>
          <div class="actions end">
            <button type="button" onClick={onClose}>
              {t("exchange.close")}
            </button>
            <button type="button" class="primary" onClick={onAgain}>
              {t("exchange.again")}
            </button>
          </div>
        </>
      )}
    </>
  );
}

function undoneText({ binned, kept }: Undone): string {
  const said = [binned > 0 ? plural("exchange.stopped.binned", binned) : t("exchange.stopped.undone")];
  if (kept > 0) said.push(plural("exchange.stopped.kept", kept));
  return said.join(" ");
}

function TakeBack({ journal, onSettled, children }: { journal: Journal; onSettled: () => void; children?: JSX.Element }): JSX.Element {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const takeBack = (): void => {
    setBusy(true);
    setProblem(null);
    undo(journal, (group) => mayPurge(groupOf(group))).then(onSettled, (error: unknown) => {
      setBusy(false);
      setProblem(error);
    });
  };
  if (busy) return <Working label={t("exchange.undoing")} done={null} />;
  return (
    <>
      <ProblemNotice problem={problem} />
      <div class="actions end">
        {children}
        <button type="button" class="primary" onClick={takeBack}>
          {t("exchange.left.undo")}
        </button>
      </div>
    </>
  );
}
