// Another master password: the old one proves and opens the keys, the new one wraps them; every other session ends.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { changePassword } from "../../../api/account.ts";
import { Problem } from "../../../api/http.ts";
import { Dialog } from "../../../ui/Dialog.tsx";
import { SecretField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { Notice } from "../../../ui/Notice.tsx";
import { t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { endedSession, open } from "../access/access.ts";
import { NewPassword, nothingChosen, useMasterStrength, wrongNow, type Wrong } from "../access/NewPassword.tsx";
import { prepareNewPassword } from "../keys/account.ts";
import type { Vault } from "../keys/vault.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";

export function ChangePassword({ vault, onClose }: { vault: Vault; onClose: () => void }): JSX.Element {
  const { member, organization } = vault.session;
  const [old, setOld] = useState("");
  const [chosen, setChosen] = useState(nothingChosen);
  const [wrong, setWrong] = useState<Wrong & { old?: string }>({});
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [done, setDone] = useState(false);
  const own = [member.name, member.email, organization.name];
  const score = useMasterStrength(chosen.password, own);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProgress(0);
    const found: Wrong & { old?: string } = await wrongNow(chosen, own);
    if (old === "") found.old = t("need.value");
    else if (chosen.password === old) found.password = t("account.password.same");
    setWrong(found);
    setProblem(null);
    if (Object.values(found).some(Boolean)) {
      setProgress(null);
      return focusFirstError();
    }
    try {
      const prepared = await prepareNewPassword(vault.session, old, chosen.password, setProgress);
      if (prepared === undefined) return refuseOld();
      await open(await changePassword(prepared.request), prepared.wrapKey);
      setDone(true);
    } catch (error) {
      if (error instanceof Problem && error.type === "sign-in-failed") return refuseOld();
      if (!endedSession(error)) setProblem(error);
    }
    setProgress(null);
  };
  const refuseOld = (): void => {
    setProgress(null);
    setWrong({ old: t("unlock.wrong", { email: member.email }) });
    focusFirstError();
  };

  if (done)
    return (
      <Dialog title={t("account.password.title")} onClose={onClose}>
        <Notice tone="good">
          <p>{t("account.password.done")}</p>
        </Notice>
        <div class="actions end">
          <button type="button" class="primary" onClick={onClose}>
            {t("app.done")}
          </button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={t("account.password.title")} onClose={() => progress === null && onClose()}>
      <form class="dialog-form" noValidate onSubmit={(event) => void submit(event)}>
        <p>{t("account.password.body")}</p>
        <input class="unseen" type="email" autocomplete="username" value={member.email} readOnly tabIndex={-1} aria-hidden="true" />
        <SecretField label={t("account.password.old")} error={wrong.old} autocomplete="current-password" value={old} onValue={setOld} autofocus />
        <NewPassword label={t("recover.new")} chosen={chosen} onChosen={setChosen} wrong={wrong} score={score} />
        <ProblemNotice problem={problem} />
        {progress === null ? (
          <div class="actions end">
            <button type="button" onClick={onClose}>
              {t("app.cancel")}
            </button>
            <button type="submit" class="primary">
              {t("account.password.submit")}
            </button>
          </div>
        ) : (
          <Working label={t("signIn.working")} hint={t("signIn.working.hint")} done={progress} />
        )}
      </form>
    </Dialog>
  );
}
