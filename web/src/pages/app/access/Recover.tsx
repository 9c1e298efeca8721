// Back in with the recovery key: key → new password → new recovery key → sent.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Problem } from "../../../api/http.ts";
import { openRecovery, recover } from "../../../api/sessions.ts";
import type { Recovery } from "../../../api/wire.ts";
import type { Bytes } from "../../../protocol/bytes.ts";
import { decodeCode, linkKind, recoveryKind } from "../../../protocol/code.ts";
import type { MemberSecrets } from "../../../protocol/memberKeys.ts";
import { TextArea, TextField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { Notice } from "../../../ui/Notice.tsx";
import { t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { Link } from "../Link.tsx";
import { openRecoveryBlob, prepareRecovery, recoveryAuth, type Prepared } from "../keys/membership.ts";
import { replace } from "../place.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { open } from "./access.ts";
import { isEmail } from "./email.ts";
import { NewPassword, nothingChosen, useMasterStrength, wrongNow, type Wrong } from "./NewPassword.tsx";
import { RecoverySheet } from "./RecoverySheet.tsx";

interface Opened {
  member: string;
  key: Bytes;
  secrets: MemberSecrets;
}

export function Recover(): JSX.Element {
  const [email, setEmail] = useState("");
  const [opened, setOpened] = useState<Opened | null>(null);
  const [prepared, setPrepared] = useState<Prepared<Recovery> | null>(null);

  const send = async (): Promise<void> => {
    const session = await recover(prepared!.request);
    await open(session, prepared!.wrapKey);
    replace("/vault");
  };

  if (prepared !== null)
    return (
      <RecoverySheet
        code={prepared.recoveryCode}
        whose={{ organization: "Baton", name: "", email }}
        onConfirmed={send}
        onBack={() => {
          setPrepared(null);
          setOpened(null);
        }}
      />
    );
  return opened === null ? (
    <KeyForm email={email} onEmail={setEmail} onOpened={setOpened} />
  ) : (
    <PasswordForm email={email.trim()} opened={opened} onPrepared={setPrepared} />
  );
}

function KeyForm({ email, onEmail, onOpened }: { email: string; onEmail: (email: string) => void; onOpened: (opened: Opened) => void }): JSX.Element {
  const [code, setCode] = useState("");
  const [errors, setErrors] = useState<{ email?: string; code?: string }>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProblem(null);
    const key = await decodeCode(recoveryKind, code);
    const found: typeof errors = {};
    if (!isEmail(email)) found.email = t("need.email");
    if (key === undefined) found.code = await whatIsWrong(code);
    setErrors(found);
    if (Object.keys(found).length > 0) return focusFirstError();
    setBusy(true);
    try {
      const { member, recoveryBlob } = await openRecovery(email.trim(), await recoveryAuth(key!));
      const secrets = await openRecoveryBlob(key!, member, recoveryBlob);
      if (secrets === undefined) throw new Problem("sign-in-failed", 401);
      onOpened({ member, key: key!, secrets });
    } catch (error) {
      if (error instanceof Problem && error.type === "sign-in-failed") {
        setErrors({ code: t("recover.failed") });
        focusFirstError();
      } else setProblem(error);
    }
    setBusy(false);
  };

  return (
    <div class="narrow">
      <form class="sheet" noValidate onSubmit={(event) => void submit(event)}>
        <h1 tabIndex={-1}>{t("recover.title")}</h1>
        <p>{t("recover.lead")}</p>
        <TextField label={t("signIn.email")} error={errors.email} type="email" autocomplete="username" value={email} onValue={onEmail} autofocus />
        <TextArea label={t("recover.key")} hint={t("recover.key.hint")} error={errors.code} mono rows={3} value={code} onValue={setCode} />
        <ProblemNotice problem={problem} />
        {busy ? (
          <Working label={t("send.creating")} done={null} />
        ) : (
          <div class="actions">
            <button type="submit" class="primary">
              {t("recover.next")}
            </button>
            <Link to="/" class="button">
              {t("app.back")}
            </Link>
          </div>
        )}
      </form>
    </div>
  );
}

function PasswordForm({ email, opened, onPrepared }: { email: string; opened: Opened; onPrepared: (prepared: Prepared<Recovery>) => void }): JSX.Element {
  const [chosen, setChosen] = useState(nothingChosen);
  const [wrong, setWrong] = useState<Wrong>({});
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const own = [email];
  const score = useMasterStrength(chosen.password, own);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setProgress(0);
    const found = await wrongNow(chosen, own);
    setWrong(found);
    if (found.password || found.again) {
      setProgress(null);
      return focusFirstError();
    }
    try {
      onPrepared(await prepareRecovery(email, opened.member, opened.key, opened.secrets, chosen.password, setProgress));
    } catch (error) {
      setProblem(error);
      setProgress(null);
    }
  };

  return (
    <div class="narrow wide">
      <form class="sheet" noValidate onSubmit={(event) => void submit(event)}>
        <h1 tabIndex={-1}>{t("recover.title")}</h1>
        <Notice tone="good">
          <p>{email}</p>
        </Notice>
        <NewPassword label={t("recover.new")} chosen={chosen} onChosen={setChosen} wrong={wrong} score={score} />
        <ProblemNotice problem={problem} />
        {progress === null ? (
          <button type="submit" class="primary">
            {t("recover.submit")}
          </button>
        ) : (
          <Working label={t("signIn.working")} hint={t("signIn.working.hint")} done={progress} />
        )}
      </form>
    </div>
  );
}

async function whatIsWrong(code: string): Promise<string> {
  const length = code.replace(/[-\s]/g, "").length;
  if (length !== 56) return t("recover.key.length", { n: length });
  return t((await decodeCode(linkKind, code)) === undefined ? "recover.key.typo" : "recover.key.kind");
}
