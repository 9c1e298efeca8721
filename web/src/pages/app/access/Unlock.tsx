import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Session } from "../../../api/wire.ts";
import { SecretField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { Waiting } from "../compose/Waiting.tsx";
import { Link } from "../Link.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { endedSession, signOutHere, unlock } from "./access.ts";

/** `refused`: why the page locked itself. */
export function Unlock({ session, idleMinutes, refused }: { session: Session; idleMinutes: number | null; refused: unknown }): JSX.Element {
  const { name, email } = session.member;
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(refused);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProblem(null);
    setError(password === "" ? t("need.value") : undefined);
    if (password === "") return focusFirstError();
    setProgress(0);
    try {
      if (await unlock(password, setProgress)) return;
      setError(t("unlock.wrong", { email }));
      setPassword("");
      focusFirstError();
    } catch (caught) {
      if (endedSession(caught)) return;
      setProblem(caught);
    }
    setProgress(null);
  };

  return (
    <div class="narrow">
      <form class="sheet" noValidate onSubmit={(event) => void submit(event)}>
        <h1 tabIndex={-1}>
          <Icon name="lock" size={24} /> {t("unlock.title")}
        </h1>
        {idleMinutes !== null && (
          <Notice>
            <p>{t("unlock.idle", { minutes: plural("unlock.idle.minutes", idleMinutes) })}</p>
          </Notice>
        )}
        <p>{t("unlock.lead", { name })}</p>
        <Waiting />
        <input class="unseen" type="email" autocomplete="username" value={email} readOnly tabIndex={-1} aria-hidden="true" />
        <SecretField label={t("signIn.password")} error={error} autocomplete="current-password" value={password} onValue={setPassword} autofocus />
        <ProblemNotice problem={problem} />
        {progress === null ? (
          <div class="actions">
            <button type="submit" class="primary">
              {t("unlock.submit")}
            </button>
            <button type="button" onClick={() => void signOutHere(false).catch(setProblem)}>
              {t("unlock.other")}
            </button>
          </div>
        ) : (
          <Working label={t("signIn.working")} hint={t("signIn.working.hint")} done={progress} />
        )}
        <p class="hint">
          <Link to="/recover">{t("signIn.lost")}</Link>
        </p>
      </form>
    </div>
  );
}
