// Where one is signed in, and ending that.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { endSession, liveSessions } from "../../../api/account.ts";
import type { LiveSession } from "../../../api/vaultWire.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { relativeTime, t, time } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { endedSession } from "../access/access.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { deviceOf } from "./device.ts";

export function Sessions(): JSX.Element {
  const [sessions, setSessions] = useState<readonly LiveSession[] | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const load = async (): Promise<void> => {
    try {
      const { sessions } = await liveSessions();
      setSessions([...sessions].sort((a, b) => Number(b.current) - Number(a.current) || b.usedAt - a.usedAt));
    } catch (error) {
      if (!endedSession(error)) setProblem(error);
    }
  };
  useEffect(() => void load(), []);
  const end = async (which: readonly LiveSession[]): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      for (const { session } of which) await endSession(session);
      announce(t("sessions.ended"));
    } catch (error) {
      if (!endedSession(error)) setProblem(error);
    }
    await load();
    setBusy(false);
  };
  const others = (sessions ?? []).filter(({ current }) => !current);
  return (
    <section class="sheet" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{t("sessions.title")}</h2>
      <p class="hint">{t("sessions.lead")}</p>
      {sessions === null && problem === null && <Working label={t("app.loading")} done={null} />}
      <ul class="session-list">
        {(sessions ?? []).map((session) => (
          <li key={session.session}>
            <span class="row-words">
              <strong>{deviceOf(session.userAgent) || t("sessions.unknown")}</strong>
              <span class="hint">
                {session.address !== undefined && `${session.address} · `}
                {t("sessions.since", { time: time(session.createdAt) })} · {t("sessions.used", { time: relativeTime(session.usedAt, Date.now()) })}
              </span>
            </span>
            {session.current ? (
              <span class="chip green">
                <Icon name="monitor-check" size={16} />
                {t("sessions.current")}
              </span>
            ) : (
              <button type="button" disabled={busy} aria-label={`${t("sessions.end")}: ${deviceOf(session.userAgent) || t("sessions.unknown")}`} onClick={() => void end([session])}>
                {t("sessions.end")}
              </button>
            )}
          </li>
        ))}
      </ul>
      <ProblemNotice problem={problem} />
      {others.length > 0 && (
        <div class="actions">
          <button type="button" class="danger" disabled={busy} onClick={() => void end(others)}>
            {t("sessions.endOthers")}
          </button>
        </div>
      )}
    </section>
  );
}
