// After the handover: for each entry, whether its password was changed and the agency's own access taken away. Ticked off
// by people, recorded with who and when.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { FollowUp } from "../../../api/vaultWire.ts";
import type { HandoverSummary } from "../../../api/wire.ts";
import type { Details } from "../../../protocol/details.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { number, t, time } from "../../../ui/text/index.ts";
import { itemIds } from "./record.ts";

const steps = ["rotated", "access-removed"] as const satisfies readonly FollowUp["step"][];

interface Props {
  summary: HandoverSummary;
  details: Details;
  /** Undefined for who may only look. */
  onTick: ((step: FollowUp) => Promise<void>) | undefined;
}

export function FollowUps({ summary, details, onTick }: Props): JSX.Element | null {
  const [ids, setIds] = useState<string[] | null>(null);
  /** What was just ticked stays so until the server has said it. */
  const [pending, setPending] = useState<{ key: string; on: boolean } | null>(null);
  useEffect(() => {
    let current = true;
    void itemIds(details).then((found) => current && setIds(found));
    return () => {
      current = false;
    };
  }, [summary.handover]);
  if (ids === null) return null;
  const done = summary.followUps ?? [];
  const find = (item: string, step: string) => done.find((one) => one.item === item && one.step === step);
  const tick = (item: string, step: FollowUp["step"], on: boolean): void => {
    setPending({ key: `${item}/${step}`, on });
    void onTick?.({ item, step, done: on }).finally(() => setPending(null));
  };
  return (
    <section class="sheet" aria-labelledby="follow-title">
      <h2 id="follow-title">
        {t("follow.title")}{" "}
        <span class="quiet">
          · {t("follow.count", { n: number(done.length), of: number(ids.length * steps.length) })}
        </span>
      </h2>
      <p class="hint">{t("follow.lead")}</p>
      <ol class="follow-ups">
        {details.items.map((item, i) => (
          <li key={i}>
            <div>
              <strong>{item.title}</strong>
              <span class="hint">{[item.username, item.url].filter(Boolean).join(" · ")}</span>
            </div>
            <div class="follow-steps">
              {steps.map((step) => {
                const ticked = find(ids[i]!, step);
                const key = `${ids[i]}/${step}`;
                return (
                  <label key={step} class={ticked ? "ticked" : ""}>
                    <input
                      type="checkbox"
                      aria-label={`${t(`follow.${step}`)}: ${item.title}`}
                      checked={pending?.key === key ? pending.on : ticked !== undefined}
                      disabled={onTick === undefined || pending?.key === key}
                      onChange={(event) => tick(ids[i]!, step, event.currentTarget.checked)}
                    />
                    <span>
                      {t(`follow.${step}`)}
                      {ticked && (
                        <span class="hint">
                          <Icon name="user-round" size={14} /> {ticked.by}, {time(ticked.at)}
                        </span>
                      )}
                    </span>
                  </label>
                );
              })}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
