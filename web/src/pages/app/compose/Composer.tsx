// One handover from the first entry to its link. The draft lives here, in memory, until the page is left; a lock seals it.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Problem } from "../../../api/http.ts";
import type { HandoverCreated } from "../../../api/wire.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { language, size, t } from "../../../ui/text/index.ts";
import { endedSession, isEnd, refreshSession, server } from "../access/access.ts";
import type { Vault } from "../keys/vault.ts";
import { normalPassword } from "../../../protocol/accessPassword.ts";
import { TooLarge } from "../../../protocol/createHandover.ts";
import { bitsNow, strengthNow, useBits, useStrength } from "../password/strength.ts";
import { unsaved } from "../place.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { Result } from "../result/Result.tsx";
import { AccessPassword } from "./AccessPassword.tsx";
import { check, type Wrongs } from "./check.ts";
import { accessPassword, emptyDraft, holdsContent, titleOf, type Draft, type Replaced } from "./draft.ts";
import { Entries } from "./Entries.tsx";
import { Refused } from "./ByPolicy.tsx";
import { fits, generate } from "./generated.ts";
import { Replacing } from "./Replacing.tsx";
import { prepare, send, UnreadableFile, WrongRecord, type Outgoing, type Step } from "./handOver.ts";
import { Sending } from "./Sending.tsx";
import { Settings } from "./Settings.tsx";
import { takePrefill } from "./prefill.ts";
import { currentRules, within } from "./rules.ts";
import { compose, takeReopened, type Done } from "./unfinished.ts";

type Phase =
  | { kind: "edit" }
  | { kind: "sending"; step: Step | null; abort: AbortController }
  | { kind: "stopped"; outgoing: Outgoing; problem: unknown }
  | ({ kind: "done" } & Done);

export function Composer({ vault }: { vault: Vault }): JSX.Element {
  const [before] = useState(takeReopened);
  const rules = currentRules(vault, server.value!);
  const [chosen, setDraft] = useState<Draft>(() => before?.draft ?? { ...emptyDraft(language.value), ...takePrefill() });
  const draft = within(chosen, rules);
  const [interrupted, setInterrupted] = useState(before?.interrupted ?? false);
  const [tries, setTries] = useState(0);
  const [phase, setPhase] = useState<Phase>(before?.done ? { kind: "done", ...before.done } : { kind: "edit" });
  const [problem, setProblem] = useState<unknown>(null);
  const ownPassword = draft.access === "own" ? normalPassword(draft.own) : "";
  const known = [draft.recipient, vault.session.organization.name];
  const score = useStrength(ownPassword, known);
  const bits = useBits(rules.passwordBits > 0 ? ownPassword : "", known);
  const mounted = useRef(true);
  const sending = useRef<AbortController | null>(null);
  const asked = useRef(false);
  // Silent until the first try; from then on it follows what is typed.
  const wrongs: Wrongs = tries > 0 ? check(draft, rules, vault, { score, bits }) : {};
  const change = (part: Partial<Draft>): void => setDraft((old) => ({ ...old, ...part }));

  // Before the browser can tell of the next key or of a lock.
  useLayoutEffect(() => {
    const worthKeeping = phase.kind !== "edit" || holdsContent(draft);
    unsaved.value = worthKeeping;
    const { kind, ...done } = phase;
    compose(worthKeeping ? { draft, interrupted: interrupted || kind === "sending" || kind === "stopped", ...("link" in done && { done }) } : null);
  }, [chosen, phase, interrupted]);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
      sending.current?.abort();
      unsaved.value = false;
      compose(null);
    };
  }, []);
  useEffect(() => {
    if (phase.kind === "done") document.querySelector<HTMLElement>("h1")?.focus();
  }, [phase.kind]);

  const run = async (from: Draft, outgoing: Outgoing | null, tried = false): Promise<void> => {
    const abort = new AbortController();
    const onStep = (step: Step): void => {
      if (!abort.signal.aborted && mounted.current) setPhase({ kind: "sending", step, abort });
    };
    sending.current = abort;
    setPhase({ kind: "sending", step: null, abort });
    setProblem(null);
    let built = outgoing;
    try {
      built ??= await prepare(from, vault, server.value!, abort.signal, onStep);
      const created = await send(built, abort.signal, onStep);
      if (!mounted.current) return;
      setInterrupted(false);
      setPhase({ kind: "done", link: built.made.link, password: accessPassword(from), created });
      announce(t("result.title"));
    } catch (error) {
      if (!mounted.current) return;
      // A first try that was refused left nothing behind that the history would have to be asked about.
      if (outgoing === null && isEnd(error)) compose({ draft: from, interrupted });
      if (endedSession(error)) return;
      // Keys or policy are newer than this page knew: it looks again, and a newer key is taken at once.
      if (error instanceof Problem && ["stale-key", "policy"].includes(error.type)) {
        await refreshSession().catch(() => undefined);
        if (!mounted.current) return;
        if (error.type === "stale-key" && !tried && !abort.signal.aborted) return run(from, null, true);
      }
      const goesOn = built !== null && !abort.signal.aborted && error instanceof Problem && ["offline", "server", "not-ready", "shares-unavailable", "too-many-requests"].includes(error.type);
      if (goesOn) return setPhase({ kind: "stopped", outgoing: built!, problem: error });
      setPhase({ kind: "edit" });
      if (!abort.signal.aborted) setProblem(error);
    }
  };

  // A button and no form: Enter in a field must not hand anything over.
  const submit = async (): Promise<void> => {
    if (asked.current) return;
    asked.current = true;
    setTries(tries + 1);
    setProblem(null);
    // What the meter shows may be of what stood there a moment ago.
    const [scoreNow, bitsOfNow] = await Promise.all([strengthNow(ownPassword, known), bitsNow(rules.passwordBits > 0 ? ownPassword : "", known)]);
    const ready = fits(draft) ? draft : { ...draft, generated: await generate(draft).catch(() => "") };
    asked.current = false;
    if (!mounted.current) return;
    // Its words couldn't be fetched. Never without the password that was chosen.
    if (!fits(ready)) return setProblem(new Problem("offline", 0));
    change({ generated: ready.generated });
    if (Object.keys(check(ready, rules, vault, { score: scoreNow, bits: bitsOfNow })).length === 0) return run(ready, null);
    announce(t("send.check"));
    focusFirstError();
  };

  if (phase.kind === "done")
    return (
      <Result
        vault={vault}
        draft={draft}
        link={phase.link}
        password={phase.password}
        created={phase.created}
        onAgain={() => {
          change({ replaces: null, generated: "" });
          setPhase({ kind: "edit" });
        }}
        onReplace={() => {
          change({ replaces: replacedBy(draft, phase.created), generated: "" });
          setPhase({ kind: "edit" });
        }}
        onFresh={() => {
          setDraft(emptyDraft(language.value));
          setInterrupted(false);
          setTries(0);
          setPhase({ kind: "edit" });
        }}
      />
    );

  const busy = phase.kind !== "edit";
  return (
    <div class="composer">
      <div class="page-head">
        <div>
          <h1 tabIndex={-1}>{t("compose.title")}</h1>
          <p class="quiet">
            <Icon name="shield-check" /> {t("compose.lead")}
          </p>
        </div>
      </div>
      <Refused rules={rules} />
      {draft.replaces && <Replacing vault={vault} draft={draft} onDrop={() => change({ replaces: null })} />}
      {interrupted && (
        <Notice tone="warn">
          <p>{t("compose.interrupted")}</p>
        </Notice>
      )}
      <div class="composer-columns">
        <div inert={busy}>
          <Entries draft={draft} change={change} wrongs={wrongs} rules={rules} tries={tries} />
        </div>
        <div class="composer-side">
          <div inert={busy}>
            <Settings draft={draft} change={change} wrongs={wrongs} vault={vault} rules={rules} />
            <AccessPassword draft={draft} change={change} wrongs={wrongs} score={score} rules={rules} />
          </div>
          <div class="send-bar">
            {phase.kind === "sending" && (
              <Sending
                step={phase.step}
                onCancel={() => {
                  phase.abort.abort();
                  setPhase({ kind: "edit" });
                }}
              />
            )}
            {phase.kind === "stopped" && (
              <>
                <ProblemNotice problem={phase.problem} />
                {phase.outgoing.made.files.length > 0 && <p class="hint">{t("send.stopped")}</p>}
                <div class="actions">
                  <button type="button" class="primary" onClick={() => void run(draft, phase.outgoing)}>
                    {t("send.resume")}
                  </button>
                  <button type="button" onClick={() => setPhase({ kind: "edit" })}>
                    {t("app.cancel")}
                  </button>
                </div>
              </>
            )}
            {phase.kind === "edit" && (
              <>
                {problem !== null && <Failure problem={problem} />}
                {Object.keys(wrongs).length > 0 && (
                  <Notice tone="bad">
                    <p>{t("send.check")}</p>
                  </Notice>
                )}
                <button type="button" class="primary send" disabled={rules.refusal !== null} onClick={() => void submit()}>
                  <Icon name="lock" />
                  {t(draft.replaces ? "send.replace" : "send.submit")}
                </button>
              </>
            )}
          </div>
        </div>
      </div>
    </div>
  );
}

/** The handover just made, as the next one replaces it. */
function replacedBy(draft: Draft, { handover, state }: HandoverCreated): Replaced {
  const taken = draft.entries.flatMap(({ title, from }) => (from ? { title, entry: from.entry, revision: from.revision } : []));
  return { handover, title: titleOf(draft), recipient: draft.recipient, state, taken };
}

function Failure({ problem }: { problem: unknown }): JSX.Element {
  const text =
    problem instanceof WrongRecord
      ? t("send.created.bad")
      : problem instanceof UnreadableFile
        ? t("files.changed", { name: problem.message })
        : problem instanceof Problem && problem.type === "policy"
          ? t("rules.changed")
          : problem instanceof TooLarge
            ? t("send.tooLarge", { size: size(problem.limit) })
            : null;
  if (text === null) return <ProblemNotice problem={problem} />;
  return (
    <Notice tone="bad">
      <p>{text}</p>
    </Notice>
  );
}
