// Another manager's file on its way into the vault: chosen, opened, looked at, written; or taken back.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Table } from "../../../import/csv.ts";
import { UnreadableFile, type ImportedVault } from "../../../import/importedVault.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { number, plural, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { endedSession } from "../access/access.ts";
import type { Vault } from "../keys/vault.ts";
import { unsaved } from "../place.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { groupOf, mayPurge } from "../vault/rights.ts";
import { show } from "../vault/view.ts";
import { ChooseFile } from "./ChooseFile.tsx";
import { Columns } from "./Columns.tsx";
import { ImportStopped, runImport, type Imported, type Part, type Progress } from "./importing.ts";
import { unfinishedImport, type Journal } from "./journal.ts";
import { Leftover, Stopped } from "./Leftover.tsx";
import { Preview } from "./Preview.tsx";
import { choose, groupNameOf, readFile, readTableRows, type Chosen, type Secrets } from "./reading.ts";
import { Unseal } from "./Unseal.tsx";

type Step =
  | { at: "choose"; error?: string }
  | { at: "left"; journal: Journal }
  | { at: "unseal"; file: Extract<Chosen, { kind: "file" }>; error?: string }
  | { at: "reading"; done: number | null }
  | { at: "columns"; name: string; table: Table }
  | { at: "preview"; name: string; found: ImportedVault }
  | { at: "writing"; progress: Progress | null; undoing: boolean }
  | { at: "stopped"; stopped: ImportStopped; again: Step }
  | { at: "failed"; problem: unknown }
  | { at: "done"; imported: Imported };

export function ImportDialog({ vault, group, onClose }: { vault: Vault; group: string | undefined; onClose: () => void }): JSX.Element {
  const [step, setStep] = useState<Step>({ at: "choose" });
  const abort = useRef<AbortController | null>(null);
  const busy = step.at === "writing";
  useEffect(() => {
    void unfinishedImport(vault.session.member.id).then((journal) => journal && setStep({ at: "left", journal }));
    return () => {
      abort.current?.abort();
      unsaved.value = false;
    };
  }, []);
  useEffect(() => void (unsaved.value = busy), [busy]);

  const chosen = async (file: File): Promise<void> => {
    try {
      const read = await choose({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
      if (read.kind === "table") setStep({ at: "columns", name: read.name, table: read.table });
      else await open(read, {});
    } catch (error) {
      setStep({ at: "choose", error: unreadableText(error) });
    }
  };

  const open = async (file: Extract<Chosen, { kind: "file" }>, secrets: Secrets): Promise<void> => {
    const running = (abort.current = new AbortController());
    setStep({ at: "reading", done: null });
    try {
      const found = await readFile(file, secrets, running.signal, (done) => setStep({ at: "reading", done }));
      if (found.items.length === 0) setStep({ at: "choose", error: t("exchange.unreadable.empty") });
      else setStep({ at: "preview", name: file.name, found });
    } catch (error) {
      if (running.signal.aborted) return setStep({ at: "choose" });
      const what = error instanceof UnreadableFile ? error.what : "damaged";
      if (what === "password-needed") setStep({ at: "unseal", file });
      else if (["password", "key-file"].includes(what)) setStep({ at: "unseal", file, error: unreadableText(error) });
      else setStep({ at: "choose", error: unreadableText(error) });
    }
  };

  const take = async (columns: Extract<Step, { at: "columns" }>): Promise<void> => {
    const running = (abort.current = new AbortController());
    setStep({ at: "reading", done: null });
    const found = await readTableRows(columns.table, running.signal).catch(() => null);
    setStep(found !== null && found.items.length > 0 ? { at: "preview", name: columns.name, found } : columns);
  };

  const write = async (parts: readonly Part[]): Promise<void> => {
    const back = step;
    const running = (abort.current = new AbortController());
    setStep({ at: "writing", progress: null, undoing: false });
    try {
      const imported = await runImport(vault, parts, {
        signal: running.signal,
        mayPurge: (id) => mayPurge(groupOf(id)),
        onProgress: (progress) => setStep({ at: "writing", progress, undoing: false }),
        onUndo: () => setStep({ at: "writing", progress: null, undoing: true }),
      });
      setStep({ at: "done", imported });
      announce(plural("exchange.done", imported.entries));
    } catch (error) {
      if (error instanceof ImportStopped) {
        if (endedSession(error.reason)) return;
        setStep({ at: "stopped", stopped: error, again: back });
      } else setStep({ at: "failed", problem: error });
    }
  };

  const close = (): void => {
    if (busy) abort.current?.abort();
    else onClose();
  };
  return (
    <Dialog title={t("exchange.import")} onClose={close} wide>
      {step.at === "left" && <Leftover journal={step.journal} onSettled={() => setStep({ at: "choose" })} />}
      {step.at === "choose" && <ChooseFile error={step.error} onFile={(file) => void chosen(file)} onClose={onClose} />}
      {step.at === "unseal" && <Unseal file={step.file} error={step.error} onOpen={(secrets) => void open(step.file, secrets)} onBack={() => setStep({ at: "choose" })} />}
      {step.at === "reading" && (
        <>
          <Working label={t("exchange.reading")} done={step.done} />
          <div class="actions end">
            <button type="button" onClick={() => abort.current?.abort()}>
              {t("app.cancel")}
            </button>
          </div>
        </>
      )}
      {step.at === "columns" && (
        <Columns
          table={step.table}
          onTable={(table) => setStep({ ...step, table })}
          onBack={() => setStep({ at: "choose" })}
          onGo={() => void take(step)}
        />
      )}
      {step.at === "preview" && <Preview vault={vault} found={step.found} name={groupNameOf(step.name)} group={group} onImport={(parts) => void write(parts)} onBack={() => setStep({ at: "choose" })} />}
      {step.at === "writing" && <Writing {...step} onCancel={() => abort.current?.abort()} />}
      {step.at === "stopped" && <Stopped stopped={step.stopped} cancelled={abort.current?.signal.aborted ?? false} onAgain={() => setStep(step.again)} onClose={onClose} />}
      {step.at === "failed" && (
        <>
          <ProblemNotice problem={step.problem} />
          <div class="actions end">
            <button type="button" onClick={onClose}>
              {t("exchange.close")}
            </button>
          </div>
        </>
      )}
      {step.at === "done" && (
        <Done
          imported={step.imported}
          onShow={() => {
            onClose();
            show(step.imported.group);
          }}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

export function unreadableText(error: unknown): string {
  return t(`exchange.unreadable.${error instanceof UnreadableFile ? error.what : "damaged"}`);
}

function Writing({ progress, undoing, onCancel }: { progress: Progress | null; undoing: boolean; onCancel: () => void }): JSX.Element {
  if (undoing) return <Working label={t("exchange.undoing")} done={null} />;
  return (
    <>
      <Working
        label={progress === null ? t("exchange.starting") : t("exchange.writing", { n: number(progress.entries), of: number(progress.of) })}
        done={progress === null ? null : progress.entries / progress.of}
        {...(progress?.file && { hint: t("exchange.writing.file", { name: progress.file }) })}
      />
      <p class="hint">{t("exchange.writing.hint")}</p>
      <div class="actions end">
        <button type="button" onClick={onCancel}>
          {t("app.cancel")}
        </button>
      </div>
    </>
  );
}

function Done({ imported, onShow, onClose }: { imported: Imported; onShow: () => void; onClose: () => void }): JSX.Element {
  return (
    <>
      <Notice tone="good">
        <p>{plural("exchange.done", imported.entries)}</p>
      </Notice>
      <p>{t("exchange.done.file")}</p>
      <div class="actions end">
        <button type="button" onClick={onClose}>
          {t("exchange.close")}
        </button>
        <button type="button" class="primary" onClick={onShow}>
          <Icon name="arrow-right" />
          {t("exchange.done.show")}
        </button>
      </div>
    </>
  );
}
