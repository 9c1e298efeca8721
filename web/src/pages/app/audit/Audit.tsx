// Everything that happened in the organization, for owners and auditors: filtered, searched, taken along.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { Icon } from "../../../ui/Icon.tsx";
import { Empty } from "../../../ui/Notice.tsx";
import { number, plural, t, date } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import "../../../ui/styles/audit.css";
import { followSession } from "../access/access.ts";
import { sharedHistory } from "../history/shared.ts";
import type { Vault } from "../keys/vault.ts";
import { Frame } from "../organization/Frame.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import type { Read } from "./entries.ts";
import { AuditRow } from "./AuditRow.tsx";
import { Filters, queryOf, type AuditFilter } from "./Filters.tsx";
import { SaveDialog } from "./SaveDialog.tsx";
import { openAudit } from "./store.ts";
import { hasAll, subjectOf, type Known } from "./tell.ts";

/** Found that many, a search waits until it is asked for more. */
const enough = 50;

export const mayAudit = (role: string): boolean => role === "owner" || role === "auditor";

const everything: AuditFilter = { family: "all", member: "", handover: "", from: "", to: "", search: "" };

export function Audit({ vault }: { vault: Vault }): JSX.Element {
  followSession();
  const allowed = mayAudit(vault.session.member.role);
  return (
    <Frame vault={vault} title="organization.audit" lead={t("audit.lead")}>
      {allowed ? (
        <List vault={vault} />
      ) : (
        <section class="sheet">
          <Empty icon="eye-off" title={t("audit.notYours")}>
            <p>{t("audit.notYours.body")}</p>
          </Empty>
        </section>
      )}
    </Frame>
  );
}

function List({ vault }: { vault: Vault }): JSX.Element {
  const filter = useSignal<AuditFilter>(everything);
  const saving = useSignal(false);
  const { family, member, handover, from, to, search } = filter.value;
  const query = useMemo(() => queryOf(filter.value), [family, member, handover, from, to]);
  const store = useMemo(() => openAudit(query), [query]);
  useEffect(() => store.close, [store]);

  const rows = new Map(sharedHistory(vault).store.rows.value.map((row) => [row.summary.handover, row]));
  const known: Known = { vault, rows };
  const words = search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const entries = store.entries.value;
  const matching = words.length === 0 ? entries : entries.filter((entry) => hasAll(entry, known, words));
  const complete = store.complete.value;
  const loading = store.loading.value;
  const problem = store.problem.value;
  useEffect(() => {
    if (words.length > 0 && matching.length < enough && !complete && !loading && problem === null) store.more();
  });

  const narrowed = JSON.stringify(filter.value) !== JSON.stringify(everything);
  return (
    <>
      <Filters
        filter={filter.value}
        onFilter={(part) => (filter.value = { ...filter.value, ...part })}
        handoverTitle={handover === "" ? "" : subjectOf({ handover, facts: {} } as unknown as Read, known)}
      />
      <div class="audit-head">
        <p class="hint" role="status">
          {plural("audit.count", matching.length)}
          {!complete && ` · ${t(words.length > 0 ? "audit.searched" : "audit.more.there", { n: number(entries.length) })}`}
        </p>
        <button type="button" disabled={entries.length === 0} onClick={() => (saving.value = true)}>
          <Icon name="download" />
          {t("audit.save")}
        </button>
      </div>
      <ProblemNotice problem={problem} />
      {matching.length > 0 && <Days entries={matching} known={known} onHandover={(id) => (filter.value = { ...everything, handover: id })} />}
      {matching.length === 0 && complete && (
        <section class="sheet">
          <Empty icon="search" title={t("history.noMatch")}>
            <p>{t("history.noMatch.body")}</p>
            {narrowed && (
              <div class="actions">
                <button type="button" onClick={() => (filter.value = everything)}>
                  {t("history.clear")}
                </button>
              </div>
            )}
          </Empty>
        </section>
      )}
      {loading && <Working label={t("app.loading")} done={null} />}
      {!loading && !complete && (
        <div class="actions">
          <button type="button" onClick={store.more}>
            {t(problem === null ? "history.more" : "app.retry")}
          </button>
        </div>
      )}
      {saving.value && <SaveDialog query={query} known={known} words={words} onClose={() => (saving.value = false)} />}
    </>
  );
}

function Days({ entries, known, onHandover }: { entries: readonly Read[]; known: Known; onHandover: (id: string) => void }): JSX.Element {
  const days: { name: string; entries: Read[] }[] = [];
  for (const entry of entries) {
    const name = date(entry.time);
    if (days.at(-1)?.name !== name) days.push({ name, entries: [] });
    days.at(-1)!.entries.push(entry);
  }
  return (
    <>
      {days.map(({ name, entries: of }) => (
        <section key={name} class="block" aria-label={name}>
          <h2 class="day">{name}</h2>
          <ol class="rows audit">
            {of.map((entry) => (
              <AuditRow key={entry.nonce} entry={entry} known={known} onHandover={onHandover} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}
