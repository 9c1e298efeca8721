// One's own account: name, master password, recovery key, sessions, fingerprint, its end.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { changeName } from "../../../api/account.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { TextField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { t } from "../../../ui/text/index.ts";
import { endedSession, followSession, refreshSession } from "../access/access.ts";
import type { Vault } from "../keys/vault.ts";
import { Fingerprint } from "../organization/Fingerprint.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { roleName } from "../words.ts";
import { ChangePassword } from "./ChangePassword.tsx";
import { DeleteAccount } from "./DeleteAccount.tsx";
import { NewRecoveryKey } from "./NewRecoveryKey.tsx";
import { Sessions } from "./Sessions.tsx";

type Part = "password" | "recovery" | "delete" | null;

export function Account({ vault }: { vault: Vault }): JSX.Element {
  followSession();
  const [part, setPart] = useState<Part>(null);
  const { member, organization } = vault.session;
  if (part === "recovery") return <NewRecoveryKey vault={vault} onClose={() => setPart(null)} />;
  return (
    <>
      <div class="page-head">
        <div>
          <h1 tabIndex={-1}>{t("account.title")}</h1>
          <p class="quiet">
            {member.email} · {organization.name} · {roleName(member.role)}
          </p>
        </div>
      </div>
      <div class="account">
        <NameForm vault={vault} />
        <section class="sheet" aria-labelledby="password-title">
          <h2 id="password-title">{t("signIn.password")}</h2>
          <p class="hint">{t("account.password.lead")}</p>
          <div class="actions">
            <button type="button" onClick={() => setPart("password")}>
              <Icon name="key-round" />
              {t("account.password.open")}
            </button>
          </div>
        </section>
        <section class="sheet" aria-labelledby="recovery-title">
          <h2 id="recovery-title">{t("recovery.key")}</h2>
          <p class="hint">{t("account.recovery.lead")}</p>
          <div class="actions">
            <button type="button" onClick={() => setPart("recovery")}>
              <Icon name="refresh-cw" />
              {t("account.recovery.open")}
            </button>
          </div>
        </section>
        <Sessions />
        <section class="sheet" aria-labelledby="fingerprint-title">
          <h2 id="fingerprint-title">{t("account.fingerprint")}</h2>
          <p class="hint">{t("account.fingerprint.lead")}</p>
          <Fingerprint keys={vault.roster.members.get(member.id)!} name={member.name} own />
        </section>
        <section class="sheet" aria-labelledby="delete-title">
          <h2 id="delete-title">{t("account.delete")}</h2>
          <p class="hint">{t("account.delete.lead")}</p>
          <div class="actions">
            <button type="button" class="danger" onClick={() => setPart("delete")}>
              <Icon name="trash" />
              {t("account.delete.open")}
            </button>
          </div>
        </section>
      </div>
      {part === "password" && <ChangePassword vault={vault} onClose={() => setPart(null)} />}
      {part === "delete" && <DeleteAccount vault={vault} onClose={() => setPart(null)} />}
    </>
  );
}

function NameForm({ vault }: { vault: Vault }): JSX.Element {
  followSession();
  const now = vault.session.member.name;
  const [name, setName] = useState(now);
  const [error, setError] = useState<string>();
  const [problem, setProblem] = useState<unknown>(null);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProblem(null);
    setError(name.trim() === "" ? t("need.value") : undefined);
    if (name.trim() === "") return focusFirstError();
    try {
      await changeName(name.trim());
      await refreshSession();
      announce(t("account.name.done"));
    } catch (caught) {
      if (!endedSession(caught)) setProblem(caught);
    }
  };
  return (
    <form class="sheet" noValidate onSubmit={(event) => void submit(event)}>
      <TextField label={t("setup.name")} hint={t("account.name.hint")} error={error} autocomplete="name" maxLength={120} value={name} onValue={setName} />
      <ProblemNotice problem={problem} />
      <div class="actions">
        <button type="submit" disabled={name.trim() === now}>
          {t("account.name.save")}
        </button>
      </div>
    </form>
  );
}
