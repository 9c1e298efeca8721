// Accepted and not yet approved. The page lives: it goes on into the vault by itself.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { t } from "../../../ui/text/index.ts";
import { signOutHere, type Access } from "../access/access.ts";
import { wordsOf } from "../keys/fingerprints.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { Words } from "../Words.tsx";

export function Pending({ now }: { now: Extract<Access, { kind: "pending" }> }): JSX.Element {
  const { member, organization } = now.session;
  const [words, setWords] = useState<string[] | null>(null);
  const [problem, setProblem] = useState<unknown>(now.problem);
  useEffect(() => setProblem(now.problem), [now.problem]);
  useEffect(() => {
    wordsOf(now.keys).then(setWords, () => setWords(null));
  }, [now.keys]);
  return (
    <div class="narrow wide">
      <section class="sheet">
        <h1 tabIndex={-1}>
          <Icon name="hourglass" size={24} /> {t("pending.title")}
        </h1>
        <p>{t("pending.lead", { name: member.name, organization: organization.name })}</p>
        <Notice>
          <p>{t("pending.live")}</p>
        </Notice>
        {words !== null && (
          <div class="field">
            <h2>{t("fingerprint.own")}</h2>
            <Words words={words} />
            <p class="hint">{t("pending.fingerprint")}</p>
          </div>
        )}
        <ProblemNotice problem={problem} />
        <div class="actions">
          <button type="button" onClick={() => void signOutHere(false).catch(setProblem)}>
            <Icon name="log-out" />
            {t("app.signOut")}
          </button>
        </div>
      </section>
    </div>
  );
}
