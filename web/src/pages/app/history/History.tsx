import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { announce } from "../../../ui/Announcer.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { Empty } from "../../../ui/Notice.tsx";
import { number, plural, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { endedSession } from "../access/access.ts";
import { groupName } from "../vault/GroupMark.tsx";
import type { Vault } from "../keys/vault.ts";
import { Link } from "../Link.tsx";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { filters, groupsOf, select, type Filter } from "./filter.ts";
import { SelectableRow, SelectBar } from "./Selecting.tsx";
import { onHandoverChanged, sharedHistory } from "./shared.ts";
import { titleOf } from "./title.ts";

const shownAtOnce = 60;

export function History({ vault }: { vault: Vault }): JSX.Element {
  const { store } = sharedHistory(vault);
  const filter = useSignal<Filter>("all");
  const search = useSignal("");
  const group = useSignal("");
  const shown = useSignal(shownAtOnce);
  const chosen = useSignal<ReadonlySet<string> | undefined>(undefined);
  useEffect(() => onHandoverChanged((row) => announce(t("history.changed", { state: t(`state.${row.summary.state}`), title: titleOf(row) }))), []);

  const problem = store.problem.value;
  useEffect(() => {
    if (problem !== null) endedSession(problem);
  }, [problem]);

  const rows = store.rows.value;
  const complete = store.complete.value;
  const groups = groupsOf(rows, vault);
  const matching = select(rows, filter.value, search.value, group.value);
  const narrowed = filter.value !== "all" || search.value.trim() !== "" || group.value !== "";
  const only = vault.groups.get(group.value);
  const project = only && !only.personal ? { group: only, rows: rows.filter((row) => row.summary.group === only.group) } : undefined;
  const clear = (): void => {
    filter.value = "all";
    search.value = "";
    group.value = "";
  };

  return (
    <>
      <div class="page-head">
        <div>
          <h1 tabIndex={-1}>{t("history.title")}</h1>
          <p class="quiet">{t("history.lead")}</p>
        </div>
        <Live live={store.live.value} />
      </div>
      {problem !== null && (
        <>
          <ProblemNotice problem={problem} />
          <div class="actions">
            <button type="button" onClick={store.reload}>
              {t("app.retry")}
            </button>
          </div>
        </>
      )}
      {rows.length === 0 && !complete && problem === null && <Working label={t("app.loading")} done={null} />}
      {rows.length === 0 && complete && (
        <section class="sheet">
          <Empty icon="send" title={t("history.empty")}>
            <p>{t("history.empty.body")}</p>
            <div class="actions">
              <Link to="/new" class="button primary">
                {t("app.new")}
              </Link>
            </div>
          </Empty>
        </section>
      )}
      {rows.length > 0 && (
        <>
          <div class="filters">
            <div class="search">
              <Icon name="search" />
              <input
                type="search"
                aria-label={t("history.search")}
                placeholder={t("history.search")}
                autocomplete="off"
                spellcheck={false}
                value={search.value}
                onInput={(event) => {
                  search.value = event.currentTarget.value;
                  shown.value = shownAtOnce;
                }}
              />
            </div>
            {groups.length > 1 && (
              <select
                class="group-filter"
                aria-label={t("history.group")}
                value={group.value}
                onChange={(event) => {
                  group.value = event.currentTarget.value;
                  shown.value = shownAtOnce;
                }}
              >
                <option value="">{t("history.group.all")}</option>
                {groups.map((one) => (
                  <option key={one.group} value={one.group}>
                    {groupName(one)}
                  </option>
                ))}
              </select>
            )}
            <div class="filter-row" role="group" aria-label={t("history.filter")}>
              {filters.map((name) => (
                <button
                  key={name}
                  type="button"
                  class="pill"
                  aria-pressed={filter.value === name}
                  onClick={() => {
                    filter.value = name;
                    shown.value = shownAtOnce;
                  }}
                >
                  {t(`history.${name}`)}
                </button>
              ))}
            </div>
          </div>
          <div class="audit-head">
            <p class="hint" role="status">
              {plural("history.count", matching.length)}
              {!complete && ` · ${t("history.partial", { n: number(rows.length) })}`}
            </p>
            <SelectBar matching={matching} chosen={chosen.value} onChosen={(next) => (chosen.value = next)} project={project} />
          </div>
          {matching.length === 0 && complete && narrowed ? (
            <section class="sheet">
              <Empty icon="search" title={t("history.noMatch")}>
                <p>{t("history.noMatch.body")}</p>
                <div class="actions">
                  <button type="button" onClick={clear}>
                    {t("history.clear")}
                  </button>
                </div>
              </Empty>
            </section>
          ) : (
            <ol class="rows">
              {matching.slice(0, shown.value).map((row) => (
                <li key={row.summary.handover}>
                  <SelectableRow row={row} group={groups.length > 1 ? vault.groups.get(row.summary.group) : undefined} chosen={chosen.value} onChosen={(next) => (chosen.value = next)} />
                </li>
              ))}
            </ol>
          )}
          {matching.length > shown.value && (
            <div class="actions">
              <button type="button" onClick={() => (shown.value += shownAtOnce)}>
                {t("history.more")} ({number(matching.length - shown.value)})
              </button>
            </div>
          )}
        </>
      )}
    </>
  );
}

function Live({ live }: { live: boolean | null }): JSX.Element | null {
  if (live === null) return null;
  return (
    <p class={`live ${live ? "on" : ""}`} role="status">
      <span class="dot" aria-hidden="true" />
      {t(live ? "history.live" : "history.notLive")}
    </p>
  );
}
