// Who outside saw the ledger, and when.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { stamp } from "../../../api/ledger.ts";
import type { LedgerHead } from "../../../api/ledgerWire.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { date, exactTime, number, plural, relativeTime, t, time } from "../../../ui/text/index.ts";
import { endedSession } from "../access/access.ts";
import { mayManage } from "../organization/people.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";

const shownAtOnce = 5;

/** Before a certificate's end its stamp has to be renewed. spec/ledger.md §9. */
const renewalTime = 30 * 86_400_000;

/** In words, where it is one that this app knows. */
const words = (failure: string): string => (failures.includes(failure as "refused") ? t(`kept.stamp.${failure as "refused"}`) : failure);

const failures = ["unreachable", "refused", "invalid", "untrusted", "not-renewed"] as const;

export function Stamps({ head, role, onAsked }: { head: LedgerHead; role: string; onAsked: () => void }): JSX.Element {
  const [problem, setProblem] = useState<unknown>(null);
  const [asked, setAsked] = useState(false);
  const [all, setAll] = useState(false);
  const { stamps, authorities } = head;
  const ask = async (): Promise<void> => {
    setProblem(null);
    try {
      await stamp();
      setAsked(true);
      announce(t("ledger.stamp.asked"));
      // The authorities answer in their own time.
      setTimeout(onAsked, 1_500);
    } catch (error) {
      if (!endedSession(error)) setProblem(error);
    }
  };
  const newest = [...stamps].sort((a, b) => b.time - a.time);
  return (
    <section class="sheet" aria-labelledby="stamps-title">
      <header>
        <h2 id="stamps-title">{t("ledger.stamps")}</h2>
        {authorities.length > 0 && mayManage(role) && (
          <button type="button" onClick={() => void ask()}>
            <Icon name="clock-plus" />
            {t("ledger.stamp.now")}
          </button>
        )}
      </header>
      <p>{t("ledger.stamps.why")}</p>
      <ProblemNotice problem={problem} />
      {asked && problem === null && (
        <Notice>
          <p>{t("ledger.stamp.asked")}</p>
        </Notice>
      )}
      {authorities.length === 0 ? (
        <Notice tone="warn">
          <p>{t("ledger.authorities.none")}</p>
        </Notice>
      ) : (
        <ul class="authorities">
          {authorities.map(({ authority, lastAt, failure, nextAt }) => (
            <li key={authority}>
              <div>
                <strong>{authority}</strong>
                <p class="hint">
                  {lastAt === undefined ? t("ledger.authority.never") : t("ledger.authority.last", { time: time(lastAt) })} · {t("ledger.authority.next", { when: relativeTime(nextAt, Date.now()) })}
                </p>
                {failure !== undefined && <p class="error">{t("ledger.authority.failed", { why: words(failure) })}</p>}
              </div>
              <span class={`chip ${failure !== undefined ? "red" : lastAt === undefined ? "grey" : "green"}`}>
                <Icon name={failure !== undefined ? "circle-alert" : lastAt === undefined ? "hourglass" : "check"} size={16} />
                {t(failure !== undefined ? "ledger.authority.state.failed" : lastAt === undefined ? "ledger.authority.state.never" : "ledger.authority.state.ok")}
              </span>
            </li>
          ))}
        </ul>
      )}
      {newest.length > 0 && (
        <>
          <h3>{plural("ledger.stamps.count", stamps.length)}</h3>
          <ol class="stamps">
            {newest.slice(0, all ? newest.length : shownAtOnce).map((one) => (
              <li key={`${one.log}/${one.size}/${one.authority}/${one.time}`}>
                <strong>
                  <time dateTime={new Date(one.time).toISOString()}>{exactTime(one.time)}</time>
                </strong>
                <span>{t(one.renewal ? "ledger.stamp.renewal" : "ledger.stamp.of", { size: number(one.size) })}</span>
                <span class="hint">
                  {one.authority} · {t(one.certificateEnds - Date.now() < renewalTime ? "ledger.stamp.soon" : "ledger.stamp.until", { date: date(one.certificateEnds) })}
                </span>
              </li>
            ))}
          </ol>
          {newest.length > shownAtOnce && !all && (
            <div class="actions">
              <button type="button" onClick={() => setAll(true)}>
                {t("history.more")} ({number(newest.length - shownAtOnce)})
              </button>
            </div>
          )}
        </>
      )}
    </section>
  );
}
