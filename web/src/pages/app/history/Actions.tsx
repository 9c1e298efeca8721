import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { duration, plural, t } from "../../../ui/text/index.ts";
import { lifeSeconds } from "../compose/draft.ts";
import type { Rules } from "../compose/rules.ts";
import { LifeFields } from "../compose/Settings.tsx";
import { titleOf } from "./title.ts";
import type { Row } from "./store.ts";

/** Names what dies. */
export function RevokeDialog({ row, onClose, onRevoke }: { row: Row; onClose: () => void; onRevoke: () => void }): JSX.Element {
  const { summary, personal } = row;
  return (
    <Dialog title={t("detail.revoke.ask", { title: titleOf(row) })} onClose={onClose}>
      <p>{t("detail.revoke.body", { recipient: personal?.recipient || t("detail.revoke.noOne"), files: plural("detail.revoke.files", summary.files) })}</p>
      {summary.state === "claimed" && (
        <Notice tone="warn">
          <p>{t("detail.revoke.claimed")}</p>
        </Notice>
      )}
      <div class="actions end">
        <button type="button" onClick={onClose}>
          {t("app.cancel")}
        </button>
        <button type="button" class="danger" onClick={onRevoke}>
          {t("detail.revoke")}
        </button>
      </div>
    </Dialog>
  );
}

export function ExtendDialog({ row, rules, onClose, onExtend }: { row: Row; rules: Rules; onClose: () => void; onExtend: (seconds: number) => void }): JSX.Element {
  const [life, setLife] = useState({ life: "24h", lifeAmount: "48", lifeUnit: "hours" } as Parameters<typeof lifeSeconds>[0]);
  const [error, setError] = useState<string>();
  const { limits } = rules;
  const submit = (event: Event): void => {
    event.preventDefault();
    const seconds = lifeSeconds(life);
    if (seconds >= limits.lifeMinSeconds && seconds <= limits.lifeMaxSeconds) onExtend(seconds);
    else setError(t("life.range", { min: duration(limits.lifeMinSeconds), max: duration(limits.lifeMaxSeconds) }));
  };
  return (
    <Dialog title={t("detail.extend.ask", { title: titleOf(row) })} onClose={onClose}>
      <form class="dialog-form" noValidate onSubmit={submit}>
        <p>{t("detail.extend.body")}</p>
        <LifeFields draft={life} change={(part) => setLife({ ...life, ...part })} error={error} rules={rules} />
        <div class="actions end">
          <button type="button" onClick={onClose}>
            {t("app.cancel")}
          </button>
          <button type="submit" class="primary">
            {t("detail.extend")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
