// Another recovery key: shown and typed back before the old one stops working.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { changeRecoveryKey } from "../../../api/account.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { SecretField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { endedSession } from "../access/access.ts";
import { RecoverySheet } from "../access/RecoverySheet.tsx";
import { prepareNewRecoveryKey, type NewRecovery } from "../keys/account.ts";
import type { Vault } from "../keys/vault.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";

export function NewRecoveryKey({ vault, onClose }: { vault: Vault; onClose: () => void }): JSX.Element {
  const { member, organization } = vault.session;
  const [password, setPassword] = useState("");
  const [error, setError] = useState<string>();
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [prepared, setPrepared] = useState<NewRecovery | null>(null);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProblem(null);
    setError(password === "" ? t("need.value") : undefined);
    if (password === "") return focusFirstError();
    setProgress(0);
    try {
      const made = await prepareNewRecoveryKey(vault.session, password, setProgress);
      if (made !== undefined) return setPrepared(made);
      setError(t("unlock.wrong", { email: member.email }));
      focusFirstError();
    } catch (caught) {
      if (!endedSession(caught)) setProblem(caught);
    }
    setProgress(null);
  };

  if (prepared !== null)
    return (
      <RecoverySheet
        code={prepared.recoveryCode}
        whose={{ organization: organization.name, name: member.name, email: member.email }}
        onConfirmed={async () => {
          await changeRecoveryKey(prepared.request);
          announce(t("account.recovery.done"));
          onClose();
        }}
        onBack={onClose}
      />
    );
  return (
    <div class="narrow">
      <form class="sheet" noValidate onSubmit={(event) => void submit(event)}>
        <h1 tabIndex={-1}>{t("account.recovery.open")}</h1>
        <p>{t("account.recovery.body")}</p>
        <SecretField label={t("signIn.password")} error={error} autocomplete="current-password" value={password} onValue={setPassword} autofocus />
        <ProblemNotice problem={problem} />
        {progress === null ? (
          <div class="actions">
            <button type="submit" class="primary">
              {t("account.recovery.submit")}
            </button>
            <button type="button" onClick={onClose}>
              {t("app.cancel")}
            </button>
          </div>
        ) : (
          <Working label={t("signIn.working")} hint={t("signIn.working.hint")} done={progress} />
        )}
      </form>
    </div>
  );
}
