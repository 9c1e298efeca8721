import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { t } from "../../../ui/text/index.ts";
import { Link } from "../Link.tsx";
import { path } from "../place.ts";
import { alarms, dismiss } from "./alarms.ts";

/** On top of every page. Looking at the handover is the answer to it. */
export function Alarms(): JSX.Element | null {
  const at = path.value;
  const all = alarms.value.filter(({ handover }) => at !== `/history/${handover}`);
  useEffect(() => {
    const looked = /^\/history\/([\w-]{22})$/.exec(at)?.[1];
    if (looked !== undefined) dismiss(looked);
  });
  if (all.length === 0) return null;
  return (
    <div class="trial alarms">
      {all.map(({ handover, title }) => (
        <Notice key={handover} tone="bad" icon="triangle-alert">
          <p>
            {t("report.alarm", { title })} <Link to={`/history/${handover}`}>{t("report.look")}</Link>
          </p>
          <button type="button" class="plain" aria-label={t("exchange.close")} title={t("exchange.close")} onClick={() => dismiss(handover)}>
            <Icon name="x" />
          </button>
        </Notice>
      ))}
    </div>
  );
}
