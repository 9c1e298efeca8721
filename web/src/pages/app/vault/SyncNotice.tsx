import type { JSX } from "preact";
import { Notice } from "../../../ui/Notice.tsx";
import { number, plural, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { problem, refused, reload, syncing } from "./store.ts";

/** What is on its way, what is missing, what was refused. */
export function SyncNotice(): JSX.Element | null {
  const now = syncing.value;
  const kinds = [...refused.value.values()];
  const older = kinds.filter((kind) => kind === "older").length;
  const unreadable = kinds.length - older;
  if (now === null && problem.value === null && kinds.length === 0) return null;
  return (
    <div class="list-notices">
      {now !== null && <Working label={t("vault.syncing", { n: number(now.entries) })} hint={plural("vault.syncing.groups", now.groups)} done={null} />}
      {problem.value !== null && (
        <>
          <ProblemNotice problem={problem.value} />
          <div class="actions">
            <button type="button" onClick={reload}>
              {t("app.retry")}
            </button>
          </div>
        </>
      )}
      {older > 0 && (
        <Notice tone="bad" icon="shield-alert">
          <p>{plural("vault.refused.older", older)}</p>
        </Notice>
      )}
      {unreadable > 0 && (
        <Notice tone="bad" icon="shield-alert">
          <p>{plural("vault.refused.unreadable", unreadable)}</p>
        </Notice>
      )}
    </div>
  );
}
