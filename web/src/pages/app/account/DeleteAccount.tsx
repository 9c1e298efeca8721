// The end of an account: what dies is named, the master password asked, the removal card signed by the member itself.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { deleteAccount } from "../../../api/account.ts";
import { Problem } from "../../../api/http.ts";
import { Dialog } from "../../../ui/Dialog.tsx";
import { CheckField, SecretField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { Notice } from "../../../ui/Notice.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { retryStale } from "../access/settle.ts";
import { endedSession, leave } from "../access/access.ts";
import { tell } from "../access/tabs.ts";
import { ownRemoval, proveIt } from "../keys/account.ts";
import type { Vault } from "../keys/vault.ts";
import { replace } from "../place.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { items } from "../vault/store.ts";

/** Going by the cards: the server can't make somebody the last owner, nor hide that they are. */
const isLastOwner = ({ roster, session }: Vault): boolean =>
  session.member.role === "owner" && [...roster.members].every(([member, card]) => member === session.member.id || card.role !== "owner");

export function DeleteAccount({ vault, onClose }: { vault: Vault; onClose: () => void }): JSX.Element {
  const { member, organization } = vault.session;
  const [password, setPassword] = useState("");
  const [sure, setSure] = useState(false);
  const [wrong, setWrong] = useState<{ password?: string; sure?: string }>({});
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const personal = [...vault.groups.values()].find((access) => access.personal)?.group;
  const entries = [...items.value.values()].filter((item) => item.group === personal).length;

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const found: typeof wrong = {};
    if (password === "") found.password = t("need.value");
    if (!sure) found.sure = t("account.delete.tick");
    setWrong(found);
    setProblem(null);
    if (Object.keys(found).length > 0) return focusFirstError();
    setProgress(0);
    try {
      const authKey = await proveIt(vault.session, password, setProgress);
      if (authKey !== undefined) {
        await retryStale(async () => deleteAccount({ authKey, ...(await ownRemoval(vault)) }));
        replace("/");
        leave(false);
        tell("sign-out");
        return;
      }
      setWrong({ password: t("unlock.wrong", { email: member.email }) });
      focusFirstError();
    } catch (error) {
      if (error instanceof Problem && error.type === "conflict") setProblem(new Problem("last-owner", 409));
      else if (!endedSession(error)) setProblem(error);
    }
    setProgress(null);
  };

  if (isLastOwner(vault))
    return (
      <Dialog title={t("account.delete.ask")} onClose={onClose}>
        <Notice tone="warn">
          <p>{t("problem.last-owner")}</p>
        </Notice>
        <div class="actions end">
          <button type="button" onClick={onClose}>
            {t("app.done")}
          </button>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={t("account.delete.ask")} onClose={() => progress === null && onClose()}>
      <form class="dialog-form" noValidate onSubmit={(event) => void submit(event)}>
        <ul class="bullets">
          <li>{plural("account.delete.dies", entries)}</li>
          <li>{t("account.delete.access", { organization: organization.name })}</li>
          <li>{t("account.delete.stays")}</li>
        </ul>
        <SecretField label={t("signIn.password")} error={wrong.password} autocomplete="current-password" value={password} onValue={setPassword} />
        <CheckField label={t("account.delete.sure")} error={wrong.sure} checked={sure} onChecked={setSure} />
        <ProblemNotice problem={problem} />
        {progress === null ? (
          <div class="actions end">
            <button type="button" onClick={onClose}>
              {t("app.cancel")}
            </button>
            <button type="submit" class="danger">
              {t("account.delete.open")}
            </button>
          </div>
        ) : (
          <Working label={t("signIn.working")} hint={t("signIn.working.hint")} done={progress} />
        )}
      </form>
    </Dialog>
  );
}
