// The filtered history as a file.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { AuditQuery } from "../../../api/ledger.ts";
import { utf8 } from "../../../protocol/bytes.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Choice } from "../../../ui/Field.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { endedSession } from "../access/access.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { saveAs } from "../vault/attachments.ts";
import { auditCsv, auditJson } from "./files.ts";
import { everything } from "./store.ts";
import { hasAll, type Known } from "./tell.ts";

const formats = ["csv", "json"] as const;

export function SaveDialog({ query, known, words, onClose }: { query: AuditQuery; known: Known; words: readonly string[]; onClose: () => void }): JSX.Element {
  const [format, setFormat] = useState<(typeof formats)[number]>("csv");
  const [done, setDone] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [made, setMade] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const save = async (): Promise<void> => {
    const running = (abort.current = new AbortController());
    setProblem(null);
    setDone(0);
    try {
      const all = (await everything(query, running.signal, setDone)).filter((entry) => words.length === 0 || hasAll(entry, known, words));
      const name = `${known.vault.session.organization.name} ${new Date().toISOString().slice(0, 10)}.${format}`;
      saveAs(name, utf8(format === "csv" ? `\u{feff}${auditCsv(all, known)}` : auditJson(all)));
      const said = plural("audit.saved", all.length, { name });
      setMade(said);
      announce(said);
    } catch (error) {
      if (!running.signal.aborted && !endedSession(error)) setProblem(error);
    } finally {
      setDone(null);
    }
  };

  return (
    <Dialog title={t("audit.save")} onClose={onClose}>
      {made !== null ? (
        <Notice tone="good">
          <p>{made}</p>
        </Notice>
      ) : (
        <>
          <p>{t("audit.save.body")}</p>
          <Choice legend={t("export.format")} value={format} onValue={setFormat} options={formats.map((value) => ({ value, label: t(`audit.format.${value}`) }))} hint={t(`audit.format.${format}.hint`)} />
          <Notice tone="warn">
            <p>{t("audit.save.personal")}</p>
          </Notice>
        </>
      )}
      <ProblemNotice problem={problem} />
      {done !== null && <Working label={plural("audit.saving", done)} done={null} />}
      <div class="actions end">
        <button type="button" onClick={() => (done === null ? onClose() : abort.current?.abort())}>
          {t(made === null ? "app.cancel" : "exchange.close")}
        </button>
        {made === null && (
          <button type="button" class="primary" disabled={done !== null} onClick={() => void save()}>
            <Icon name="download" />
            {t("audit.save.go")}
          </button>
        )}
      </div>
    </Dialog>
  );
}
