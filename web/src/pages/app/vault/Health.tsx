// How good a password is, here alone: its strength, where else it is used, how old it is; and, when asked for and allowed,
// whether a list of known breaches has it.
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { breachRange } from "../../../api/vault.ts";
import { breachCount, breachName } from "../../../protocol/breach.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { number, plural, relativeTime, t } from "../../../ui/text/index.ts";
import { endedSession } from "../access/access.ts";
import { Meter } from "../password/Meter.tsx";
import { useStrength } from "../password/strength.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { breachCheckOffered } from "./rights.ts";
import type { Item } from "./item.ts";
import { items } from "./store.ts";
import { openEntry, today } from "./view.ts";

/** The other entries with the same password. */
export function sameSecret(all: Iterable<Item>, item: Item): Item[] {
  const { password } = item.entry;
  return password ? [...all].filter((other) => other.id !== item.id && other.binnedAt === undefined && other.entry.password === password) : [];
}

export function Health({ item }: { item: Item }): JSX.Element {
  const { password, title, username, passwordChanged } = item.entry;
  const score = useStrength(password!, [title, username ?? ""]);
  const all = items.value;
  const others = useMemo(() => sameSecret(all.values(), item), [all, item]);
  return (
    <div class="health">
      <Meter score={score} />
      {passwordChanged !== undefined && <p class="hint">{t("vault.password.changed", { time: relativeTime(passwordChanged, today.value) })}</p>}
      {others.length > 0 && (
        <details class="reuse">
          <summary>
            <Icon name="triangle-alert" size={16} />
            {plural("vault.reuse", others.length)}
          </summary>
          <ul>
            {others.slice(0, 20).map((other) => (
              <li key={other.id}>
                <button type="button" class="link" onClick={() => openEntry(other)}>
                  {other.entry.title || t("compose.untitled")}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
      {breachCheckOffered.value && <Breach password={password!} />}
    </div>
  );
}

type Answer = { kind: "asking" } | { kind: "known"; count: number } | { kind: "failed"; problem: unknown };

function Breach({ password }: { password: string }): JSX.Element {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const ask = async (): Promise<void> => {
    setAnswer({ kind: "asking" });
    try {
      const { prefix, suffix } = await breachName(password);
      setAnswer({ kind: "known", count: breachCount(await breachRange(prefix), suffix) });
    } catch (problem) {
      if (!endedSession(problem)) setAnswer({ kind: "failed", problem });
    }
  };
  if (answer?.kind === "known")
    return (
      <p class={answer.count > 0 ? "error" : "hint good"} role="status">
        <Icon name={answer.count > 0 ? "shield-alert" : "shield-check"} size={16} />
        {answer.count > 0 ? t("vault.breach.found", { n: number(answer.count) }) : t("vault.breach.none")}
      </p>
    );
  return (
    <>
      {answer?.kind === "failed" && <ProblemNotice problem={answer.problem} />}
      <button type="button" class="link" disabled={answer?.kind === "asking"} title={t("vault.breach.how")} onClick={() => void ask()}>
        {t("vault.breach.ask")}
      </button>
    </>
  );
}
