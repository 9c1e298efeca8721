import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { setRetention } from "../../../api/ledger.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Choice, TextField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { Notice } from "../../../ui/Notice.tsx";
import { number, plural, t } from "../../../ui/text/index.ts";
import { refreshSession, endedSession } from "../access/access.ts";
import type { Vault } from "../keys/vault.ts";
import { mayManage } from "../organization/people.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";

const mostDays = 36_500;

export function RetentionForm({ vault }: { vault: Vault }): JSX.Element {
  const { member, organization } = vault.session;
  const now = organization.personalDays ?? 0;
  const editable = mayManage(member.role) && !organization.readOnly;
  const [kind, setKind] = useState<"ever" | "days">(now === 0 ? "ever" : "days");
  const [days, setDays] = useState(now === 0 ? "365" : String(now));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const wanted = kind === "ever" ? 0 : /^\d{1,5}$/.test(days.trim()) ? Number(days) : -1;
  const fits = kind === "ever" || (wanted >= 1 && wanted <= mostDays);
  const shorter = fits && wanted !== 0 && (now === 0 || wanted < now);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    setProblem(null);
    if (!fits) return focusFirstError();
    setBusy(true);
    try {
      await setRetention(wanted);
      await refreshSession();
      announce(t("retention.saved"));
    } catch (error) {
      if (!endedSession(error)) setProblem(error);
    }
    setBusy(false);
  };

  return (
    <section class="sheet" aria-labelledby="retention-title">
      <h2 id="retention-title">{t("retention.title")}</h2>
      <p>{t("retention.body")}</p>
      <p>
        <strong>{now === 0 ? t("retention.now.ever") : plural("retention.now", now)}</strong> {!editable && t("retention.see")}
      </p>
      {editable && (
        <form class="dialog-form" noValidate onSubmit={(event) => void submit(event)}>
          <Choice legend={t("retention.title")} unseenLegend value={kind} onValue={setKind} options={[{ value: "ever", label: t("retention.ever") }, { value: "days", label: t("retention.days") }]} />
          {kind === "days" && (
            <TextField
              class="days"
              label={t("retention.field")}
              type="number"
              inputMode="numeric"
              min={1}
              max={mostDays}
              error={tried && !fits ? t("retention.range", { most: number(mostDays) }) : undefined}
              value={days}
              onValue={setDays}
            />
          )}
          {shorter && (
            <Notice tone="warn">
              <p>{t("retention.shorter")}</p>
            </Notice>
          )}
          <ProblemNotice problem={problem} />
          <div class="actions">
            <button type="submit" class="primary" disabled={busy || (fits && wanted === now)}>
              {t("retention.save")}
            </button>
          </div>
        </form>
      )}
    </section>
  );
}
