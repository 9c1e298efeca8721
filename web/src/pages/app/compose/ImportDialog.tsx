// A table on its way in: what maps where, what is not taken, before anything is taken.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { handoverTargets as targets, readColumns, type Exporter, type Target } from "../../../import/columns.ts";
import { entriesFrom, type ImportedEntry } from "../../../import/entries.ts";
import { mostRows, readTable } from "../../../import/table.ts";
import { normalizeTotp } from "../../../import/totp.ts";
import { Dialog } from "../../../ui/Dialog.tsx";
import { CheckField, TextArea } from "../../../ui/Field.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { number, plural, t } from "../../../ui/text/index.ts";
import { ColumnTable } from "./ColumnTable.tsx";

interface Preview {
  rows: string[][];
  named: boolean;
  exporter: Exporter | null;
  targets: Target[];
}

export function ImportDialog({ text, onTake, onClose }: { text: string; onTake: (entries: ImportedEntry[]) => void; onClose: () => void }): JSX.Element {
  const [pasted, setPasted] = useState("");
  const [error, setError] = useState<string>();
  const [preview, setPreview] = useState<Preview | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const read = async (source: string): Promise<void> => {
    const { rows, problem } = await readTable(source);
    if (problem !== null) return setError(problem === "quotes" ? t("import.quotes") : t("import.rows", { n: number(mostRows) }));
    if (rows.length === 0) return setError(t("import.empty"));
    setError(undefined);
    const reading = readColumns(rows[0]!);
    setPreview({ rows, ...reading, targets: reading.targets.map((target) => (targets.includes(target) ? target : "skip")) });
  };
  const readFile = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) await read(await file.text());
  };
  useEffect(() => {
    if (text !== "") void read(text);
  }, [text]);

  return (
    <Dialog title={t("import.title")} onClose={onClose} wide>
      {preview === null ? (
        <>
          <p class="quiet">{t("import.lead")}</p>
          <div
            class="drop"
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              void readFile(event.dataTransfer?.files[0]);
            }}
          >
            <Icon name="file-up" size={28} />
            <p>{t("import.drop")}</p>
            <button type="button" onClick={() => input.current?.click()}>
              {t("import.choose")}
            </button>
            <input
              ref={input}
              class="unseen"
              type="file"
              accept=".csv,.tsv,.txt,text/csv"
              tabIndex={-1}
              aria-label={t("import.choose")}
              onChange={(event) => void readFile(event.currentTarget.files?.[0])}
            />
          </div>
          <TextArea label={t("import.paste")} mono rows={4} error={error} value={pasted} onValue={setPasted} />
          <div class="actions end">
            <button type="button" onClick={onClose}>
              {t("app.cancel")}
            </button>
            <button type="button" class="primary" disabled={pasted.trim() === ""} onClick={() => void read(pasted)}>
              {t("import.read")}
            </button>
          </div>
        </>
      ) : (
        <PreviewTable preview={preview} onPreview={setPreview} onTake={onTake} onClose={onClose} />
      )}
    </Dialog>
  );
}

function PreviewTable({ preview, onPreview, onTake, onClose }: { preview: Preview; onPreview: (preview: Preview) => void; onTake: (entries: ImportedEntry[]) => void; onClose: () => void }): JSX.Element {
  const width = Math.max(...preview.rows.map((row) => row.length));
  const names = Array.from({ length: width }, (_, i) => (preview.named ? (preview.rows[0]![i] ?? "") : "") || `${i + 1}`);
  const data = preview.named ? preview.rows.slice(1) : preview.rows;
  const chosen = names.map((_, i): Target => preview.targets[i] ?? "skip");
  const entries = entriesFrom(data, names, chosen);
  const unreadable = entries.filter((entry) => entry.totp !== "" && !normalizeTotp(entry.totp, entry.title).ok);
  const skipped = names.filter((_, i) => chosen[i] === "skip");
  const take = (): void => onTake(entries.map((entry) => (unreadable.includes(entry) ? { ...entry, totp: "" } : entry)));
  return (
    <>
      <Notice tone={preview.exporter ? "good" : "info"}>
        <p>{preview.exporter ? t("import.from", { name: preview.exporter }) : t("import.unknown")}</p>
      </Notice>
      <ColumnTable names={names} rows={data} chosen={chosen} targets={targets} onChosen={(taken) => onPreview({ ...preview, targets: taken })} />
      {preview.exporter === null && <CheckField label={t("import.named")} checked={preview.named} onChecked={(named) => onPreview({ ...preview, named })} />}
      {skipped.length > 0 && <p class="hint">{t("import.skipped", { columns: skipped.join(", ") })}</p>}
      {unreadable.length > 0 && (
        <Notice tone="warn">
          <p>{plural("import.totp", unreadable.length)}</p>
        </Notice>
      )}
      {entries.length === 0 && <p class="error">{t("import.none")}</p>}
      <p class="hint">{t("import.file")}</p>
      <div class="actions end">
        <button type="button" onClick={onClose}>
          {t("app.cancel")}
        </button>
        <button type="button" class="primary" disabled={entries.length === 0} onClick={take}>
          {plural("import.take", entries.length)}
        </button>
      </div>
    </>
  );
}
