// The list of what is handed over: typed in, imported, dropped.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { EntryType, ImportedEntry } from "../../../import/entries.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Empty, Notice } from "../../../ui/Notice.tsx";
import { plural, size, t } from "../../../ui/text/index.ts";
import { entriesText, wrongEntries, type Wrongs } from "./check.ts";
import { entryTypes, fromImport, newEntry, newFile, stillLost, type Draft, type DraftEntry } from "./draft.ts";
import { EntryEditor } from "./EntryEditor.tsx";
import { EntryRow } from "./EntryRow.tsx";
import { ImportDialog } from "./ImportDialog.tsx";
import type { Rules } from "./rules.ts";

interface Props {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  wrongs: Wrongs;
  rules: Rules;
  /** How often sending was tried. */
  tries: number;
}

export function Entries({ draft, change, wrongs, rules, tries }: Props): JSX.Element {
  const { limits } = rules;
  const [openKey, setOpenKey] = useState<number | null>(null);
  const [importing, setImporting] = useState<{ text: string } | null>(null);
  const [removed, setRemoved] = useState<{ entry: DraftEntry; at: number } | null>(null);
  const [fileError, setFileError] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  const { entries } = draft;
  const wrong = wrongEntries(wrongs);
  const lost = stillLost(draft);
  const used = entries.reduce((sum, entry) => sum + entry.files.reduce((size, file) => size + file.size, 0), 0);

  // A refused try opens the first entry that has to be looked at.
  const anyWrong = wrong.size > 0;
  useEffect(() => {
    const first = [...wrong][0];
    if (first !== undefined && (openKey === null || !wrong.has(openKey))) setOpenKey(first);
  }, [anyWrong, tries]);

  const put = (changed: DraftEntry): void => change({ entries: entries.map((entry) => (entry.key === changed.key ? changed : entry)) });
  const add = (type: EntryType): void => {
    const entry = newEntry(type);
    change({ entries: [...entries, entry] });
    setOpenKey(entry.key);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(".entry.open input")?.focus());
  };
  const remove = (entry: DraftEntry): void => {
    setRemoved({ entry, at: entries.indexOf(entry) });
    change({ entries: entries.filter((one) => one !== entry) });
    announce(t("compose.removed", { title: entry.title || t("compose.untitled") }));
  };
  const undo = (): void => {
    if (removed === null) return;
    change({ entries: entries.toSpliced(removed.at, 0, removed.entry) });
    setRemoved(null);
  };
  const take = (imported: ImportedEntry[]): void => {
    change({ entries: [...entries.filter((entry) => entry.title !== "" || entry.files.length > 0), ...imported.map(fromImport)] });
    setImporting(null);
    setOpenKey(null);
    announce(plural("import.done", imported.length));
  };

  /** To the entry that is open, else to a new note named after the file. */
  const attach = (chosen: File[], to: DraftEntry | undefined): void => {
    const count = entries.reduce((sum, entry) => sum + entry.files.length, 0);
    let room = limits.fileBytes - used;
    const fitting: File[] = [];
    setFileError(null);
    if (rules.byPolicy.files) return setFileError(t("rules.files"));
    for (const file of chosen) {
      if (count + fitting.length >= limits.files) setFileError(t("files.tooMany", { n: limits.files }));
      else if (file.size > room) setFileError(t("files.tooLarge", { name: file.name, size: size(limits.fileBytes) }));
      else {
        fitting.push(file);
        room -= file.size;
      }
    }
    if (fitting.length === 0) return;
    if (to !== undefined) return put({ ...to, files: [...to.files, ...fitting.map(newFile)] });
    const entry = { ...newEntry("note"), title: fitting[0]!.name, files: fitting.map(newFile) };
    change({ entries: [...entries, entry] });
    setOpenKey(entry.key);
  };

  const drop = async (event: DragEvent): Promise<void> => {
    event.preventDefault();
    setOver(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    const table = files.find((file) => /\.(csv|tsv)$/i.test(file.name) || file.type === "text/csv");
    if (table !== undefined) setImporting({ text: await table.text() });
    else if (files.length > 0) attach(files, entries.find((entry) => entry.key === openKey));
  };

  return (
    <section
      class={`sheet entries ${over ? "over" : ""}`}
      aria-labelledby="entries-title"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => void drop(event)}
    >
      <header>
        <h2 id="entries-title">
          {t("compose.entries")}
          {entries.length > 0 && <span class="quiet"> · {entriesText(entries.length)}</span>}
        </h2>
        <button type="button" onClick={() => setImporting({ text: "" })}>
          <Icon name="file-up" />
          {t("compose.import")}
        </button>
      </header>
      {lost.length > 0 && (
        <Notice tone="warn">
          <p>{t("files.lost", { names: lost.join(", ") })}</p>
          {wrongs["lost"] && (
            <p class="error" tabIndex={-1}>
              {wrongs["lost"]}
            </p>
          )}
          <button type="button" onClick={() => change({ lost: [] })}>
            {t("files.lost.drop")}
          </button>
        </Notice>
      )}
      {entries.length === 0 && (
        <Empty icon="file-up" title={t("compose.entries.empty")}>
          <p>{t("compose.entries.empty.body")}</p>
        </Empty>
      )}
      {entries.some((entry) => entry.from !== undefined) && <p class="hint">{t("compose.copy")}</p>}
      {wrongs["entries"] && (
        <p class="error" tabIndex={-1}>
          <Icon name="circle-alert" size={16} />
          {wrongs["entries"]}
        </p>
      )}
      {wrongs["files"] && (
        <p class="error" tabIndex={-1}>
          <Icon name="circle-alert" size={16} />
          {wrongs["files"]}
        </p>
      )}
      <ol ref={list}>
        {entries.map((entry) => (
          <li key={entry.key} class={`entry ${entry.key === openKey ? "open" : ""} ${wrong.has(entry.key) ? "wrong" : ""}`}>
            <EntryRow entry={entry} open={entry.key === openKey} onToggle={() => setOpenKey(entry.key === openKey ? null : entry.key)} onRemove={() => remove(entry)} />
            {entry.key === openKey && (
              <EntryEditor entry={entry} put={put} wrongs={wrongs} rules={rules} used={used} fileError={fileError} attach={(files) => attach(files, entry)} />
            )}
          </li>
        ))}
      </ol>
      {removed !== null && (
        <p class="removed">
          {t("compose.removed", { title: removed.entry.title || t("compose.untitled") })}{" "}
          <button type="button" class="link" onClick={undo}>
            {t("compose.undo")}
          </button>
        </p>
      )}
      <AddEntry onAdd={add} />
      {importing !== null && <ImportDialog text={importing.text} onTake={take} onClose={() => setImporting(null)} />}
    </section>
  );
}

function AddEntry({ onAdd }: { onAdd: (type: EntryType) => void }): JSX.Element {
  const [type, setType] = useState<EntryType>("login");
  return (
    <div class="add-entry">
      <select aria-label={t("compose.add.type")} value={type} onChange={(event) => setType(event.currentTarget.value as EntryType)}>
        {entryTypes.map((value) => (
          <option key={value} value={value}>
            {t(`type.${value}`)}
          </option>
        ))}
      </select>
      <button type="button" onClick={() => onAdd(type)}>
        <Icon name="plus" />
        {t("compose.add")}
      </button>
    </div>
  );
}
