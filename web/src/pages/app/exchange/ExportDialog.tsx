// Entries on their way out: which groups, in which format, under which password; what the format can't carry is said first.
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { dropped, type Format } from "../../../export/carried.ts";
import { UnreadableFile } from "../../../import/importedVault.ts";
import { announce } from "../../../ui/Announcer.tsx";
import { Dialog } from "../../../ui/Dialog.tsx";
import { CheckField, Choice, SecretField } from "../../../ui/Field.tsx";
import { focusFirstError } from "../../../ui/focus.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { Empty, Notice } from "../../../ui/Notice.tsx";
import { number, plural, size, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { endedSession } from "../access/access.ts";
import { groupName } from "../vault/GroupMark.tsx";
import type { GroupAccess, Vault } from "../keys/vault.ts";
import { Meter } from "../password/Meter.tsx";
import { useStrength } from "../password/strength.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { saveAs } from "../vault/attachments.ts";
import type { Item } from "../vault/item.ts";
import { groups as allGroups, items, syncing } from "../vault/store.ts";
import { exportVault, type Step } from "./exporting.ts";

const formats: readonly Format[] = ["backup", "kdbx", "csv"];
const endings: Readonly<Record<Format, string>> = { backup: "baton", kdbx: "kdbx", csv: "csv" };
const leastScore = 3;

export function ExportDialog({ vault, group, onClose }: { vault: Vault; group: string | undefined; onClose: () => void }): JSX.Element {
  const shelves = shelvesOf(allGroups.value);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(group === undefined ? shelves.map((shelf) => shelf.group.group) : [group]));
  const [format, setFormat] = useState<Format>("backup");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [agreed, setAgreed] = useState(false);
  const [tried, setTried] = useState(false);
  const [step, setStep] = useState<Step | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [made, setMade] = useState<string | null>(null);
  const abort = useRef<AbortController | null>(null);
  const score = useStrength(format === "csv" ? "" : password, [vault.session.organization.name]);
  useEffect(() => () => abort.current?.abort(), []);

  const taken = shelves.filter((shelf) => chosen.has(shelf.group.group));
  const entries = taken.flatMap((shelf) => shelf.items.map((item) => item.entry));
  const losses = [...dropped(format, entries)];
  const fileBytes = format === "csv" ? 0 : entries.reduce((sum, entry) => sum + (entry.files ?? []).reduce((bytes, file) => bytes + file.size, 0), 0);
  const wrongs = { password: "", again: "", agreed: "" };
  if (format === "csv" && !agreed) wrongs.agreed = t("export.csv.need");
  if (format !== "csv" && password === "") wrongs.password = t("need.value");
  else if (format !== "csv" && score !== null && score < leastScore) wrongs.password = t("export.password.weak");
  if (format !== "csv" && again !== password) wrongs.again = t("export.password.differs");

  const go = async (): Promise<void> => {
    setTried(true);
    if (Object.values(wrongs).some(Boolean) || entries.length === 0) return focusFirstError();
    const running = (abort.current = new AbortController());
    setProblem(null);
    setStep({ step: "writing" });
    try {
      const bytes = await exportVault({ format, name: vault.session.organization.name, groups: taken, password }, running.signal, setStep);
      const name = `${taken.length === 1 ? taken[0]!.name : vault.session.organization.name} ${new Date().toISOString().slice(0, 10)}.${endings[format]}`;
      saveAs(name, bytes);
      setMade(name);
      announce(t("export.made", { name }));
    } catch (error) {
      if (!running.signal.aborted && !endedSession(error)) setProblem(error);
    } finally {
      setStep(null);
    }
  };

  return (
    <Dialog title={t("exchange.export")} onClose={onClose} wide>
      {shelves.length === 0 ? (
        <Empty icon="eye-off" title={t("export.nothing")}>
          <p>{t("export.nothing.body")}</p>
        </Empty>
      ) : made !== null ? (
        <Notice tone="good">
          <p>{t("export.made", { name: made })}</p>
          <p>{t(`export.made.${format}`)}</p>
        </Notice>
      ) : (
        <div inert={step !== null} class="dialog-form">
          <Choice legend={t("export.format")} value={format} onValue={setFormat} options={formats.map((value) => ({ value, label: t(`export.${value}`) }))} hint={t(`export.${format}.hint`)} />
          <ChooseGroups shelves={shelves} chosen={chosen} onChosen={setChosen} />
          {losses.length > 0 && (
            <Notice tone="warn">
              <p>
                <strong>{t("export.lost")}</strong>
              </p>
              <ul>
                {losses.map(([kind, n]) => (
                  <li key={kind}>
                    {t(`export.lost.${kind}`)} <span class="quiet">· {plural("compose.entries.count", n)}</span>
                  </li>
                ))}
              </ul>
            </Notice>
          )}
          {format === "csv" ? (
            <Notice tone="warn">
              <p>
                <strong>{t("export.csv.ask")}</strong>
              </p>
              <p>{t("export.csv.body")}</p>
              <CheckField label={t("export.csv.agree")} error={tried ? wrongs.agreed || undefined : undefined} checked={agreed} onChecked={setAgreed} />
            </Notice>
          ) : (
            <>
              <div class="field">
                <SecretField label={t("export.password")} hint={t("export.password.hint")} error={tried ? wrongs.password || undefined : undefined} autocomplete="new-password" value={password} onValue={setPassword} />
                <Meter score={score} />
              </div>
              <SecretField label={t("export.password.again")} error={tried ? wrongs.again || undefined : undefined} autocomplete="new-password" value={again} onValue={setAgain} />
            </>
          )}
          <p class="hint">{t("export.unrecorded")}</p>
        </div>
      )}
      {syncing.value !== null && made === null && <Working label={t("export.syncing")} done={null} />}
      {problem !== null && <ExportProblem problem={problem} />}
      {step !== null && <Working label={labelOf(step)} done={step.step === "writing" ? null : step.done} />}
      <div class="actions end">
        <button type="button" onClick={() => (step === null ? onClose() : abort.current?.abort())}>
          {t(made === null ? "app.cancel" : "exchange.close")}
        </button>
        {made === null && shelves.length > 0 && (
          <button type="button" class="primary" disabled={step !== null || entries.length === 0 || syncing.value !== null} onClick={() => void go()}>
            <Icon name="download" />
            {fileBytes > 0 ? plural("export.go.files", entries.length, { size: size(fileBytes) }) : plural("export.go", entries.length)}
          </button>
        )}
      </div>
    </Dialog>
  );
}

interface Shelf {
  group: GroupAccess;
  name: string;
  items: Item[];
}

/** Every group whose entries the member can read, without what lies in the bin. */
function shelvesOf(groups: readonly GroupAccess[]): Shelf[] {
  const readable = groups.filter((group) => group.right !== "history");
  const shelves = new Map(readable.map((group) => [group.group, { group, name: groupName(group), items: [] as Item[] }]));
  for (const item of items.value.values()) if (item.binnedAt === undefined) shelves.get(item.group)?.items.push(item);
  return [...shelves.values()].filter((shelf) => shelf.items.length > 0).sort((a, b) => a.name.localeCompare(b.name));
}

function ChooseGroups({ shelves, chosen, onChosen }: { shelves: readonly Shelf[]; chosen: ReadonlySet<string>; onChosen: (chosen: ReadonlySet<string>) => void }): JSX.Element {
  const toggle = (id: string, on: boolean): void => onChosen(new Set(on ? [...chosen, id] : [...chosen].filter((one) => one !== id)));
  return (
    <fieldset class="export-groups">
      <legend>{t("export.groups")}</legend>
      {shelves.length > 1 && (
        <button type="button" class="link" onClick={() => onChosen(new Set(chosen.size === shelves.length ? [] : shelves.map(({ group }) => group.group)))}>
          {t(chosen.size === shelves.length ? "export.groups.none" : "export.groups.all")}
        </button>
      )}
      {shelves.map(({ group, name, items }) => (
        <label key={group.group} class="export-group">
          <input type="checkbox" checked={chosen.has(group.group)} onChange={(event) => toggle(group.group, event.currentTarget.checked)} />
          <span>{name}</span>
          <span class="hint">{number(items.length)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function ExportProblem({ problem }: { problem: unknown }): JSX.Element {
  if (!(problem instanceof UnreadableFile)) return <ProblemNotice problem={problem} />;
  return (
    <Notice tone="bad">
      <p>{t("export.failed")}</p>
    </Notice>
  );
}

function labelOf(step: Step): string {
  if (step.step === "files") return t("export.files", { name: step.name });
  return t(step.step === "stretching" ? "export.stretching" : "export.writing");
}
