// What is left to do after somebody went: revoke what waits in their name, change what they could read.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import * as handovers from "../../../api/handovers.ts";
import { Problem } from "../../../api/http.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { plural, t, time } from "../../../ui/text/index.ts";
import { titleOf } from "../history/title.ts";
import type { Row } from "../history/store.ts";
import { groupName } from "../keys/groupNames.ts";
import type { Vault } from "../keys/vault.ts";
import { Link } from "../Link.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { items } from "../vault/store.ts";
import { unchangedSince, waitingOf } from "./departures.ts";

interface Props {
  vault: Vault;
  member: string;
  /** The groups they held a right on. */
  groups: readonly { group: string; right: string }[];
  leftAt: number;
}

const shownAtOnce = 20;

export function Departure({ vault, member, groups, leftAt }: Props): JSX.Element {
  // From history alone nothing of the entries could be read.
  const readable = groups.filter(({ right }) => right !== "history");
  return (
    <div class="departure">
      <Waiting vault={vault} member={member} groups={groups.map(({ group }) => group)} />
      {readable.map(({ group }) => (
        <Unchanged key={group} vault={vault} group={group} leftAt={leftAt} />
      ))}
    </div>
  );
}

function Waiting({ vault, member, groups }: { vault: Vault; member: string; groups: readonly string[] }): JSX.Element {
  const [rows, setRows] = useState<readonly Row[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  useEffect(() => {
    waitingOf(vault, member).then((found) => setRows(found.filter(({ summary }) => groups.includes(summary.group))), setProblem);
  }, []);
  const revoke = async (which: readonly Row[]): Promise<void> => {
    setBusy(true);
    setProblem(null);
    for (const { summary } of which) {
      try {
        await handovers.revoke(summary.handover);
      } catch (error) {
        // It ended meanwhile: that is what was wanted.
        if (!(error instanceof Problem && error.type === "wrong-state")) {
          setProblem(error);
          break;
        }
      }
      setRows((all) => all!.filter((row) => row.summary.handover !== summary.handover));
    }
    setBusy(false);
    announce(plural("departure.revoked", which.length));
  };
  if (rows === null || rows.length === 0)
    return (
      <section>
        <h3>{t("departure.waiting")}</h3>
        {rows !== null && <p class="hint">{t("departure.waiting.none")}</p>}
        <ProblemNotice problem={problem} />
      </section>
    );
  return (
    <section>
      <h3>{t("departure.waiting")}</h3>
      <p class="hint">{t("departure.waiting.hint")}</p>
      <ul class="rows">
        {rows.map((row) => (
          <li key={row.summary.handover}>
            <div class="row flat">
              <span class="row-words">
                <strong>{titleOf(row)}</strong>
                <span class="hint">
                  {row.personal?.recipient} · {time(row.summary.createdAt)}
                </span>
              </span>
              <button type="button" class="danger" disabled={busy} aria-label={`${t("detail.revoke")}: ${titleOf(row)}`} onClick={() => void revoke([row])}>
                {t("detail.revoke")}
              </button>
            </div>
          </li>
        ))}
      </ul>
      <ProblemNotice problem={problem} />
      {rows.length > 1 && (
        <div class="actions">
          <button type="button" class="danger" disabled={busy} onClick={() => void revoke(rows)}>
            {t("departure.revokeAll")}
          </button>
        </div>
      )}
    </section>
  );
}

function Unchanged({ vault, group, leftAt }: { vault: Vault; group: string; leftAt: number }): JSX.Element {
  const [all, setAll] = useState(false);
  const left = unchangedSince(items.value.values(), group, leftAt).sort((a, b) => a.title.localeCompare(b.title));
  return (
    <section>
      <h3>{t("departure.unchanged", { group: groupName(vault, group) })}</h3>
      {left.length === 0 ? (
        <p class="hint verified">
          <Icon name="circle-check" size={16} /> {t("departure.unchanged.none")}
        </p>
      ) : (
        <>
          <p class="hint">{plural("departure.unchanged.count", left.length)}</p>
          <ul class="rows">
            {left.slice(0, all ? undefined : shownAtOnce).map((item) => (
              <li key={item.id}>
                <Link to={`/vault/${group}/${item.id}`} class="row">
                  <span class="row-words">
                    <strong>{item.entry.title}</strong>
                    {item.entry.username && <span class="hint">{item.entry.username}</span>}
                  </span>
                  <Icon name="arrow-right" />
                </Link>
              </li>
            ))}
          </ul>
          {left.length > shownAtOnce && !all && (
            <button type="button" class="link" onClick={() => setAll(true)}>
              {t("history.more")} ({left.length - shownAtOnce})
            </button>
          )}
        </>
      )}
    </section>
  );
}
