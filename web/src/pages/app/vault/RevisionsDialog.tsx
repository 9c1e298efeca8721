// Earlier versions of an entry: what each of them was, how it differs from now, and the way back to it.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { revisionsOf } from "../../../api/vault.ts";
import type { VaultEntry } from "../../../protocol/vaultEntry.ts";
import { Dialog } from "../../../ui/Dialog.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { relativeTime, t, time } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { endedSession } from "../access/access.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { runBulk } from "./bulk.ts";
import type { Item } from "./item.ts";
import { differences } from "./merge.ts";
import { openState } from "./opening.ts";
import { partLabel, PartValue } from "./Part.tsx";
import { nameOf } from "./people.ts";
import { groupOf, mayWrite } from "./rights.ts";
import { openNow } from "./store.ts";
import { changed } from "./write.ts";

interface Version {
  revision: number;
  changedAt: number;
  changedBy: string;
  /** Undefined where it doesn't open. */
  entry: VaultEntry | undefined;
}

export function RevisionsDialog({ item, onClose }: { item: Item; onClose: () => void }): JSX.Element {
  const [versions, setVersions] = useState<readonly Version[] | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  useEffect(() => {
    let here = true;
    read(item).then(
      (found) => {
        if (!here) return;
        setVersions(found);
        setChosen(found[1]?.revision ?? null);
      },
      (error) => here && !endedSession(error) && setProblem(error),
    );
    return () => {
      here = false;
    };
  }, [item.id, item.revision]);
  const version = versions?.find((one) => one.revision === chosen);
  return (
    <Dialog title={t("vault.revisions.of", { title: item.entry.title || t("compose.untitled") })} onClose={onClose} wide>
      {problem !== null && <ProblemNotice problem={problem} />}
      {versions === null && problem === null && <Working label={t("app.loading")} done={null} />}
      {versions !== null && (
        <div class="revisions">
          <ol>
            {versions.map((one) => (
              <li key={one.revision}>
                <button type="button" class={`place ${one.revision === chosen ? "here" : ""}`} {...(one.revision === chosen && { "aria-current": "true" as const })} onClick={() => setChosen(one.revision)}>
                  <span>
                    <strong>{time(one.changedAt)}</strong>
                    <span class="hint">
                      {nameOf(one.changedBy)}
                      {one.revision === item.revision && ` · ${t("vault.revisions.now")}`}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ol>
          {version === undefined ? <p class="quiet">{t(versions.length < 2 ? "vault.revisions.none" : "vault.revisions.choose")}</p> : <Compare item={item} version={version} onClose={onClose} />}
        </div>
      )}
      <div class="actions end">
        <button type="button" onClick={onClose}>
          {t("vault.close")}
        </button>
      </div>
    </Dialog>
  );
}

async function read(item: Item): Promise<Version[]> {
  const found = await revisionsOf(item.id);
  const { vault } = openNow();
  const group = vault.groups.get(item.group);
  return Promise.all(
    found.map(async ({ revision, version, sealed, changedAt, changedBy }) => ({
      revision,
      changedAt,
      changedBy,
      entry: group && (await openState(vault, group, { entry: item.id, group: item.group, revision, version, sealed })),
    })),
  );
}

function Compare({ item, version, onClose }: { item: Item; version: Version; onClose: () => void }): JSX.Element {
  if (version.entry === undefined) return <p class="error">{t("vault.revisions.unreadable")}</p>;
  const { entry } = version;
  const found = differences(undefined, entry, item.entry);
  const restoreIt = async (): Promise<void> => {
    onClose();
    const { passwordChanged: _, ...rest } = entry;
    const passwordChanged = entry.password === item.entry.password ? item.entry.passwordChanged : Date.now();
    await runBulk("restore", [[changed(item, { ...rest, ...(passwordChanged !== undefined && { passwordChanged }), changed: Date.now() })]]);
  };
  return (
    <div class="compare">
      <h3>{version.revision === item.revision ? t("vault.revisions.now") : t("vault.revisions.from", { time: relativeTime(version.changedAt, Date.now()) })}</h3>
      {found.length === 0 && <p class="quiet">{t("vault.revisions.same")}</p>}
      {found.length > 0 && (
        <div class="table-scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{t("vault.part")}</th>
                <th scope="col">{t("vault.revisions.then")}</th>
                <th scope="col">{t("vault.revisions.now")}</th>
              </tr>
            </thead>
            <tbody>
              {found.map((difference) => {
                const label = partLabel(difference);
                return (
                  <tr key={difference.key}>
                    <th scope="row">{label}</th>
                    <td>
                      <PartValue part={difference.part} value={difference.mine} label={`${t("vault.revisions.then")}, ${label}`} />
                    </td>
                    <td>
                      <PartValue part={difference.part} value={difference.theirs} label={`${t("vault.revisions.now")}, ${label}`} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {found.length > 0 && item.binnedAt === undefined && mayWrite(groupOf(item.group)) && (
        <div class="actions">
          <button type="button" class="primary" onClick={() => void restoreIt()}>
            <Icon name="rotate-ccw" />
            {t("vault.revisions.restore")}
          </button>
        </div>
      )}
    </div>
  );
}
