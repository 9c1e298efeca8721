// The page behind an invitation's link: who invites whom into what, then an account of one's own. The fragment stays in
// the address until the invitation is used. spec/keys.md §9.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Problem } from "../../../api/http.ts";
import { acceptInvitation } from "../../../api/members.ts";
import { signInParameters } from "../../../api/sessions.ts";
import type { AcceptInvitation } from "../../../api/vaultWire.ts";
import { codeFault, inviteKind } from "../../../protocol/code.ts";
import { TextField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { t, time } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { access, open } from "../access/access.ts";
import { isEmail } from "../access/email.ts";
import { NewPassword, nothingChosen, useMasterStrength, wrongNow, type Wrong } from "../access/NewPassword.tsx";
import { RecoverySheet } from "../access/RecoverySheet.tsx";
import { openLink, prepareJoining, type Invitation } from "../keys/joining.ts";
import type { Prepared } from "../keys/membership.ts";
import { Untrusted } from "../keys/vault.ts";
import { replace } from "../place.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { roleName } from "../words.ts";
import { Dead } from "./Dead.tsx";

type Opening = { kind: "reading" } | { kind: "dead"; why: "none" | "cut" | "kind" | "gone" | "swapped" } | { kind: "trouble"; problem: unknown } | { kind: "ready"; invitation: Invitation };

export function Join(): JSX.Element {
  const [opening, setOpening] = useState<Opening>({ kind: "reading" });
  const read = (): void => {
    setOpening({ kind: "reading" });
    void openFragment().then(setOpening);
  };
  useEffect(() => {
    read();
    // A second link pasted into the same tab changes the fragment only.
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);

  switch (opening.kind) {
    case "reading":
      return (
        <div class="narrow">
          <Working label={t("app.loading")} done={null} />
        </div>
      );
    case "dead":
      return <Dead why={opening.why} />;
    case "trouble":
      return (
        <div class="narrow">
          <div class="sheet">
            <h1 tabIndex={-1}>{t("join.title")}</h1>
            <ProblemNotice problem={opening.problem} />
            <button type="button" class="primary" onClick={read}>
              {t("app.retry")}
            </button>
          </div>
        </div>
      );
    case "ready":
      return <JoinForm key={opening.invitation.opened.invitation} invitation={opening.invitation} onDead={() => setOpening({ kind: "dead", why: "gone" })} />;
  }
}

async function openFragment(): Promise<Opening> {
  const code = location.hash.slice(1);
  if (code === "") return { kind: "dead", why: "none" };
  const fault = await codeFault(inviteKind, code);
  if (fault !== undefined) return { kind: "dead", why: fault === "kind" ? "kind" : "cut" };
  try {
    return { kind: "ready", invitation: await openLink(code) };
  } catch (problem) {
    if (problem instanceof Problem && problem.type === "unavailable") return { kind: "dead", why: "gone" };
    if (problem instanceof Untrusted) return { kind: "dead", why: "swapped" };
    return { kind: "trouble", problem };
  }
}

type FormErrors = Wrong & { name?: string; email?: string };

function JoinForm({ invitation, onDead }: { invitation: Invitation; onDead: () => void }): JSX.Element {
  const { organization, role, inviter, expiresAt } = invitation.opened;
  const [form, setForm] = useState({ name: "", email: "" });
  const [chosen, setChosen] = useState(nothingChosen);
  const [errors, setErrors] = useState<FormErrors>({});
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [prepared, setPrepared] = useState<Prepared<AcceptInvitation> | null>(null);
  const own = [organization.name, form.name, form.email];
  const score = useMasterStrength(chosen.password, own);
  const set = (part: Partial<typeof form>): void => setForm({ ...form, ...part });

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProgress(0);
    const found: FormErrors = await wrongNow(chosen, own);
    if (form.name.trim() === "") found.name = t("need.value");
    if (!isEmail(form.email)) found.email = t("need.email");
    setErrors(found);
    setProblem(null);
    if (Object.values(found).some(Boolean)) {
      setProgress(null);
      return focusFirstError();
    }
    try {
      const parameters = await signInParameters(form.email.trim());
      setPrepared(await prepareJoining(invitation, { ...form, password: chosen.password }, parameters, setProgress));
    } catch (error) {
      setProblem(error);
    }
    setProgress(null);
  };

  const accept = async (): Promise<void> => {
    try {
      const session = await acceptInvitation(prepared!.request);
      // Used: from here on the link opens nothing, so it needn't stand in the address.
      replace("/");
      await open(session, prepared!.wrapKey);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.type === "unavailable") return onDead();
      if (error.type !== "conflict") throw error;
      setPrepared(null);
      setErrors({ email: t("join.taken") });
      focusFirstError();
    }
  };

  if (prepared !== null)
    return (
      <RecoverySheet code={prepared.recoveryCode} whose={{ ...form, organization: organization.name }} onConfirmed={accept} onBack={() => setPrepared(null)} />
    );
  return (
    <div class="narrow wide">
      <form class="sheet" noValidate onSubmit={(event) => void submit(event)}>
        <h1 tabIndex={-1}>{t("join.title")}</h1>
        <dl class="invitation">
          <div class="whole">
            <dt>{t("join.organization")}</dt>
            <dd class="big">{organization.name}</dd>
          </div>
          <div>
            <dt>{t("join.inviter")}</dt>
            <dd>{inviter}</dd>
          </div>
          <div>
            <dt>{t("join.role")}</dt>
            <dd>{roleName(role)}</dd>
          </div>
          <div>
            <dt>{t("join.until")}</dt>
            <dd>
              <time dateTime={new Date(expiresAt).toISOString()}>{time(expiresAt)}</time>
            </dd>
          </div>
        </dl>
        <p class="hint verified">
          <Icon name="shield-check" size={16} /> {t("join.checked")}
        </p>
        {(access.value.kind === "locked" || access.value.kind === "open") && <p class="hint">{t("join.signedIn")}</p>}
        <p>{t("join.lead")}</p>
        <TextField label={t("setup.name")} hint={t("setup.name.hint")} error={errors.name} autocomplete="name" maxLength={120} value={form.name} onValue={(name) => set({ name })} autofocus />
        <TextField
          label={t("signIn.email")}
          hint={t("setup.email.hint")}
          error={errors.email}
          type="email"
          autocomplete="username"
          value={form.email}
          onValue={(email) => set({ email })}
        />
        <NewPassword label={t("signIn.password")} chosen={chosen} onChosen={setChosen} wrong={errors} score={score} />
        <ProblemNotice problem={problem} />
        {progress === null ? (
          <button type="submit" class="primary">
            {t("join.submit")}
          </button>
        ) : (
          <Working label={t("signIn.working")} hint={t("signIn.working.hint")} done={progress} />
        )}
      </form>
    </div>
  );
}
