import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Problem } from "../../../api/http.ts";
import { instance, setUp, signInParameters, signUp } from "../../../api/sessions.ts";
import type { Registration } from "../../../api/wire.ts";
import { TextField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { prepareRegistration, type Prepared } from "../keys/membership.ts";
import { replace } from "../place.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { access, open, server } from "./access.ts";
import { isEmail } from "./email.ts";
import { NewPassword, nothingChosen, useMasterStrength, wrongNow, type Wrong } from "./NewPassword.tsx";
import { RecoverySheet } from "./RecoverySheet.tsx";

type FormErrors = Wrong & { code?: string; organization?: string; name?: string; email?: string };

/** With the code that a new server prints, or without one where anybody may make an organization. */
export function SetUp({ withoutCode }: { withoutCode?: boolean }): JSX.Element {
  const [form, setForm] = useState({ code: "", organization: "", name: "", email: "" });
  const [chosen, setChosen] = useState(nothingChosen);
  const [errors, setErrors] = useState<FormErrors>({});
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [prepared, setPrepared] = useState<Prepared<Registration> | null>(null);
  const own = [form.organization, form.name, form.email];
  const score = useMasterStrength(chosen.password, own);
  const set = (part: Partial<typeof form>): void => setForm({ ...form, ...part });

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProgress(0);
    const found: FormErrors = await wrongNow(chosen, own);
    const needed = withoutCode ? (["organization", "name"] as const) : (["code", "organization", "name"] as const);
    for (const field of needed) if (form[field].trim() === "") found[field] = t("need.value");
    if (!isEmail(form.email)) found.email = t("need.email");
    setErrors(found);
    setProblem(null);
    if (Object.values(found).some(Boolean)) {
      setProgress(null);
      return focusFirstError();
    }
    try {
      const parameters = await signInParameters(form.email.trim());
      setPrepared(await prepareRegistration({ ...form, password: chosen.password }, parameters, setProgress));
    } catch (error) {
      setProblem(error);
    }
    setProgress(null);
  };

  const register = async (): Promise<void> => {
    try {
      const session = await (withoutCode ? signUp : setUp)(prepared!.request);
      if (!withoutCode) server.value = await instance();
      await open(session, prepared!.wrapKey);
      replace("/vault");
    } catch (error) {
      if (!(error instanceof Problem && error.type === "conflict")) throw error;
      if (withoutCode) {
        setPrepared(null);
        setErrors({ email: t("signUp.taken") });
        return focusFirstError();
      }
      access.value = { kind: "signed-out", ended: false };
      throw error;
    }
  };

  if (prepared !== null)
    return (
      <RecoverySheet
        code={prepared.recoveryCode}
        whose={form}
        onConfirmed={register}
        onBack={() => setPrepared(null)}
      />
    );
  return (
    <div class="narrow wide">
      <form class="sheet" noValidate onSubmit={(event) => void submit(event)}>
        <h1 tabIndex={-1}>{t(withoutCode ? "signUp.title" : "setup.title")}</h1>
        <p>{t(withoutCode ? "signUp.lead" : "setup.lead")}</p>
        {!withoutCode && <TextField label={t("setup.code")} hint={t("setup.code.hint")} error={errors.code} value={form.code} onValue={(code) => set({ code })} autofocus />}
        <TextField
          label={t("setup.organization")}
          hint={t("setup.organization.hint")}
          error={errors.organization}
          autocomplete="organization"
          maxLength={120}
          value={form.organization}
          onValue={(organization) => set({ organization })}
        />
        <TextField label={t("setup.name")} hint={t("setup.name.hint")} error={errors.name} autocomplete="name" maxLength={120} value={form.name} onValue={(name) => set({ name })} />
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
            {t("setup.submit")}
          </button>
        ) : (
          <Working label={t("signIn.working")} hint={t("signIn.working.hint")} done={progress} />
        )}
      </form>
    </div>
  );
}
