// How long the trial goes on, and what still works when it is over.
import type { JSX } from "preact";
import { Notice } from "../../ui/Notice.tsx";
import { plural, t } from "../../ui/text/index.ts";
import type { Session } from "../../api/wire.ts";

const day = 86_400_000;

export const daysLeft = (endsAt: number, now: number): number => Math.max(0, Math.ceil((endsAt - now) / day));

export function TrialBanner({ organization }: { organization: Session["organization"] }): JSX.Element | null {
  const { trialEndsAt, readOnly } = organization;
  if (readOnly)
    return (
      <div class="trial">
        <Notice tone="warn" icon="hourglass">
          <p>
            <strong>{t("trial.over")}</strong> {t("trial.over.body")}
          </p>
        </Notice>
      </div>
    );
  if (trialEndsAt === undefined || trialEndsAt === null) return null;
  const left = daysLeft(trialEndsAt, Date.now());
  return (
    <div class="trial">
      <Notice tone={left <= 7 ? "warn" : "info"} icon="hourglass">
        <p>{plural("trial.left", left)}</p>
      </Notice>
    </div>
  );
}
