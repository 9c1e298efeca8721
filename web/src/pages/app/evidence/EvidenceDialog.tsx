// Evidence of one handover, of several, or of a whole project, as a file.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { stepNames } from "../../../protocol/evidence/file.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { CopyButton } from "../../../ui/CopyButton.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Choice, SelectField, TextField } from "../../../ui/Field.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { language as spoken, languages, number, plural, t, type Language } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { endedSession } from "../access/access.ts";
import type { Vault } from "../keys/vault.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { saveAs } from "../vault/attachments.ts";
import { makeEvidence, mostHandovers, Refuted, type Made, type Step } from "./gather.ts";
import { subject } from "./open.ts";

type Format = "html" | "json";
const formats: readonly Format[] = ["html", "json"];

export function EvidenceDialog({ vault }: { vault: Vault }): JSX.Element {
  const { rows: given, title: suggested } = subject.value!;
  const rows = given.filter(({ summary }) => summary.state !== "draft");
  const drafts = given.length - rows.length;
  const alone = rows.length === 1 ? rows[0]!.summary.language : "";
  const [title, setTitle] = useState(suggested);
  const [language, setLanguage] = useState<Language>(alone in languages ? (alone as Language) : spoken.value);
  const [format, setFormat] = useState<Format>("html");
  const [step, setStep] = useState<Step | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [made, setMade] = useState<{ name: string; file: Made["file"] } | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const close = (): void => {
    subject.value = null;
  };

  const go = async (): Promise<void> => {
    const running = (abort.current = new AbortController());
    setProblem(null);
    setStep({ step: "proofs", done: 0, of: rows.length });
    try {
      const { bytes, file } = await makeEvidence(vault, { rows, title: title.trim() || suggested, language, format }, running.signal, setStep);
      const name = `${title.trim() || suggested} ${new Date().toISOString().slice(0, 10)}.${format}`;
      saveAs(name, bytes);
      setMade({ name, file });
      announce(t("evidence.made", { name }));
    } catch (error) {
      if (!running.signal.aborted && !endedSession(error)) setProblem(error);
    } finally {
      setStep(null);
    }
  };

  const possible = rows.length > 0 && rows.length <= mostHandovers;
  return (
    <Dialog title={t("evidence.title")} onClose={() => (step === null ? close() : abort.current?.abort())}>
      {made !== null ? (
        <Saved name={made.name} file={made.file} />
      ) : (
        <div inert={step !== null} class="dialog-form">
          <p>
            {rows.length === 1 ? t("evidence.of.one", { title: rows[0]!.details?.title || suggested }) : plural("evidence.of.many", rows.length)} {t("evidence.lead")}
          </p>
          {drafts > 0 && <p class="hint">{plural("evidence.left", drafts)}</p>}
          {rows.length === 0 && (
            <Notice tone="warn">
              <p>{t("evidence.nothing")}</p>
            </Notice>
          )}
          {rows.length > mostHandovers && (
            <Notice tone="warn">
              <p>{t("evidence.tooMany", { most: number(mostHandovers) })}</p>
            </Notice>
          )}
          <TextField label={t("evidence.name")} hint={t("evidence.name.hint")} maxLength={200} value={title} onValue={setTitle} />
          <Choice legend={t("evidence.format")} value={format} onValue={setFormat} options={formats.map((value) => ({ value, label: t(`evidence.format.${value}`) }))} hint={t(`evidence.format.${format}.hint`)} />
          {format === "html" && (
            <SelectField
              label={t("evidence.language")}
              value={language}
              onValue={setLanguage}
              options={(Object.entries(languages) as [Language, string][]).map(([value, label]) => ({ value, label }))}
            />
          )}
          <p class="hint">{t("evidence.personal")}</p>
        </div>
      )}
      {problem instanceof Refuted ? <Refusal problem={problem} /> : <ProblemNotice problem={problem} />}
      {step !== null && <Working label={labelOf(step)} done={step.step === "verifying" || step.of === 0 ? null : step.done / step.of} />}
      <div class="actions end">
        <button type="button" onClick={() => (step === null ? close() : abort.current?.abort())}>
          {t(made === null ? "app.cancel" : "exchange.close")}
        </button>
        {made === null && (
          <button type="button" class="primary" disabled={step !== null || !possible} onClick={() => void go()}>
            <Icon name="download" />
            {t("evidence.go")}
          </button>
        )}
      </div>
    </Dialog>
  );
}

function Saved({ name, file }: { name: string; file: Made["file"] }): JSX.Element {
  const key = file.logs.at(-1)!.key;
  return (
    <>
      <Notice tone="good">
        <p>{t("evidence.made", { name })}</p>
      </Notice>
      <p>{t("evidence.made.next")}</p>
      <p class="vkey mono">{key}</p>
      <div class="actions">
        <CopyButton text={key} label={t("ledger.key.copy")} />
        <a class="button" href="/verify" target="_blank" rel="noopener">
          <Icon name="shield-check" />
          {t("ledger.verify")}
        </a>
      </div>
      {file.checkpoints.every(({ stamps }) => stamps.length === 0) && <p class="hint">{t("evidence.unstamped")}</p>}
    </>
  );
}

function Refusal({ problem }: { problem: Refuted }): JSX.Element {
  return (
    <Notice tone="bad" icon="shield-alert">
      <p>{problem.step === undefined ? t("evidence.unproven") : t("evidence.refused", { step: stepNames.indexOf(problem.step) + 1, name: t(`step.${problem.step}`) })}</p>
    </Notice>
  );
}

function labelOf(step: Step): string {
  if (step.step === "verifying") return t("evidence.step.verifying");
  return t(`evidence.step.${step.step}`, { done: number(step.done), of: number(step.of) });
}
