import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Problem } from "../../../api/http.ts";
import { SecretField, TextField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { Notice } from "../../../ui/Notice.tsx";
import { t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { Waiting } from "../compose/Waiting.tsx";
import { Link } from "../Link.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { server, signInWith } from "./access.ts";
import { isEmail } from "./email.ts";

/** `turnedAway`: who waited for an approval was not let in. */
export function SignIn({ ended, turnedAway, setUpDone }: { ended: boolean; turnedAway: boolean; setUpDone: boolean }): JSX.Element {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [errors, setErrors] = useState<{ email?: string; password?: string }>({});
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const found: typeof errors = {};
    if (!isEmail(email)) found.email = t("need.email");
    if (password === "") found.password = t("need.value");
    setErrors(found);
    setProblem(null);
    if (Object.keys(found).length > 0) return focusFirstError();
    setProgress(0);
    try {
      if (await signInWith(email.trim(), password, setProgress)) return;
      setProblem(new Problem("sign-in-failed", 401));
      setPassword("");
    } catch (error) {
      setProblem(error);
    }
    setProgress(null);
  };

  return (
    <div class="narrow">
      <form class="sheet" noValidate onSubmit={(event) => void submit(event)}>
        <h1 tabIndex={-1}>{t("signIn.title")}</h1>
        <p class="quiet">{t("signIn.lead")}</p>
        {ended && (
          <Notice>
            <p>{t("problem.sign-in-required")}</p>
          </Notice>
        )}
        {turnedAway && (
          <Notice tone="warn">
            <p>{t("pending.gone")}</p>
          </Notice>
        )}
        <Waiting />
        {setUpDone && (
          <Notice>
            <p>{t("setup.done")}</p>
          </Notice>
        )}
        <TextField label={t("signIn.email")} error={errors.email} type="email" autocomplete="username" value={email} onValue={setEmail} autofocus name="email" />
        <SecretField label={t("signIn.password")} error={errors.password} autocomplete="current-password" value={password} onValue={setPassword} name="password" />
        <ProblemNotice problem={problem} />
        {progress === null ? (
          <button type="submit" class="primary">
            {t("signIn.submit")}
          </button>
        ) : (
          <Working label={t("signIn.working")} hint={t("signIn.working.hint")} done={progress} />
        )}
        <p class="hint">
          <Link to="/recover">{t("signIn.lost")}</Link>
          {server.value?.signUp === "open" && (
            <>
              {" · "}
              <Link to="/sign-up">{t("signUp.link")}</Link>
            </>
          )}
        </p>
      </form>
    </div>
  );
}
