// What can be done with the ticked entries.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { bulk, bulkProblem, runBulk } from "./bulk.ts";
import { tickAll } from "./cursor.ts";
import { ConfirmDialog } from "./ConfirmDialog.tsx";
import { handOver } from "./handOver.ts";
import { MoveDialog } from "./MoveDialog.tsx";
import { groupOf, mayHandOver, mayPurge, mayWrite } from "./rights.ts";
import { TagDialog } from "./TagDialog.tsx";
import { scope, tickedItems, untick } from "./view.ts";
import { bin, purge, restore, Stale } from "./write.ts";

type Asking = "move" | "tag" | "bin" | "purge" | null;

export function SelectionBar(): JSX.Element {
  const [asking, setAsking] = useState<Asking>(null);
  const chosen = tickedItems.value;
  const groups = [...new Set(chosen.map((item) => item.group))].map(groupOf);
  const writable = groups.every(mayWrite);
  const inBin = scope.value === "bin";
  const close = (): void => setAsking(null);
  return (
    <div class="selection" role="region" aria-label={t("vault.selection")}>
      {bulkProblem.value !== null && <BulkProblem problem={bulkProblem.value} />}
      {bulk.value !== null ? (
        <div class="bulk">
          <Working label={plural(`vault.doing.${bulk.value.kind}`, bulk.value.count)} done={bulk.value.done} />
          <button type="button" onClick={() => bulk.value?.abort.abort()}>
            {t("app.cancel")}
          </button>
        </div>
      ) : (
        <>
          <p>
            <strong>{plural("vault.ticked", chosen.length)}</strong>{" "}
            <button type="button" class="link" onClick={tickAll}>
              {t("vault.tickAll")}
            </button>
          </p>
          <div class="selection-actions">
            {inBin ? (
              <>
                <button type="button" disabled={!writable} onClick={() => void runBulk("restore", chosen.map((item) => [restore(item)]))}>
                  <Icon name="rotate-ccw" />
                  {t("vault.restore")}
                </button>
                <button type="button" class="danger" disabled={!groups.every(mayPurge)} onClick={() => setAsking("purge")}>
                  <Icon name="trash" />
                  {t("vault.purge")}
                </button>
              </>
            ) : (
              <>
                <button type="button" class="primary" disabled={!groups.every(mayHandOver)} onClick={() => handOver(chosen)}>
                  <Icon name="send" />
                  {t("vault.handOver")}
                </button>
                <button type="button" disabled={!writable} onClick={() => setAsking("move")}>
                  <Icon name="folder-input" />
                  {t("vault.move")}
                </button>
                <button type="button" disabled={!writable} onClick={() => setAsking("tag")}>
                  <Icon name="tag" />
                  {t("vault.tag")}
                </button>
                <button type="button" disabled={!writable} onClick={() => setAsking("bin")}>
                  <Icon name="trash" />
                  {t("vault.bin")}
                </button>
              </>
            )}
            <button type="button" class="plain" aria-label={t("vault.untick")} title={t("vault.untick")} onClick={untick}>
              <Icon name="x" />
            </button>
          </div>
        </>
      )}
      {asking === "move" && <MoveDialog items={chosen} onClose={close} />}
      {asking === "tag" && <TagDialog items={chosen} onClose={close} />}
      {asking === "bin" && (
        <ConfirmDialog title={plural("vault.bin.ask", chosen.length)} action={t("vault.bin")} onClose={close} onConfirm={() => void runBulk("bin", chosen.map((item) => [bin(item)]))}>
          <p>{t("vault.bin.body")}</p>
        </ConfirmDialog>
      )}
      {asking === "purge" && (
        <ConfirmDialog title={plural("vault.purge.ask", chosen.length)} action={t("vault.purge")} onClose={close} onConfirm={() => void runBulk("purge", chosen.map((item) => [purge(item)]))}>
          <p>{t("vault.purge.body")}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

function BulkProblem({ problem }: { problem: unknown }): JSX.Element {
  if (!(problem instanceof Stale)) return <ProblemNotice problem={problem} />;
  return (
    <Notice tone="warn">
      <p>{plural("vault.stale.many", problem.entries.length)}</p>
    </Notice>
  );
}
