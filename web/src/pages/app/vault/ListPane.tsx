// The middle: search, filters, and the list, of which only the rows in sight stand in the document.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../../ui/Icon.tsx";
import { plural, t } from "../../../ui/text/index.ts";
import { entryTypes } from "../compose/draft.ts";
import { keepInSight, listElement, moveCursor, tick, tickRange } from "./cursor.ts";
import { EmptyList } from "./EmptyList.tsx";
import { Share } from "./GroupActions.tsx";
import { GroupName } from "./GroupMark.tsx";
import { ListRow, rowHeight } from "./ListRow.tsx";
import { mayWrite, writableGroups } from "./rights.ts";
import { shelves, sorts, type Sort } from "./search.ts";
import { SelectionBar } from "./SelectionBar.tsx";
import { groups } from "./store.ts";
import { SyncNotice } from "./SyncNotice.tsx";
import { choosing, cursor, folder, newEntry, openEntry, query, scope, selecting, shown, sort, tag, ticked, type, untick } from "./view.ts";
import { rowsInSight } from "./windowed.ts";

export function ListPane(): JSX.Element {
  const count = shown.value.length;
  const group = groups.value.find((one) => one.group === scope.value);
  const mayAdd = group === undefined ? writableGroups.value.length > 0 : mayWrite(group);
  return (
    <section class="vault-list" aria-labelledby="vault-list-title">
      <header class="list-head">
        <button type="button" class="plain only-narrow" onClick={() => (choosing.value = true)}>
          <Icon name="arrow-left" />
          {t("vault.groups")}
        </button>
        <div class="list-title">
          <h2 id="vault-list-title" tabIndex={-1}>
            {group === undefined ? t(`vault.shelf.${scope.value as "all"}`) : <GroupName group={group} />}
            {folder.value && <span class="quiet"> › {folder.value.join(" › ")}</span>}
          </h2>
          {group !== undefined && !group.personal && <Share key={group.group} group={group.group} />}
          {mayAdd && scope.value !== "bin" && (
            <button type="button" class="primary small" onClick={newEntry}>
              <Icon name="plus" />
              {t("vault.new")}
            </button>
          )}
        </div>
        <Search />
        <Filters />
        <p class="hint" role="status">
          {plural("compose.entries.count", count)}
        </p>
      </header>
      <SyncNotice />
      {count === 0 ? <EmptyList /> : <Rows />}
      {ticked.value.size > 0 && <SelectionBar />}
    </section>
  );
}

function Search(): JSX.Element {
  return (
    <div class="search">
      <Icon name="search" />
      <input
        id="vault-search"
        type="search"
        aria-label={t("vault.search")}
        placeholder={t("vault.search")}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
        value={query.value}
        onInput={(event) => (query.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" || event.key === "Enter") {
            const first = shown.value[0];
            if (first === undefined) return;
            event.preventDefault();
            cursor.value = first.id;
            listElement()?.focus();
            if (event.key === "Enter") openEntry(first);
          } else if (event.key === "Escape" && query.value !== "") {
            event.preventDefault();
            query.value = "";
          }
        }}
      />
    </div>
  );
}

function Filters(): JSX.Element {
  return (
    <div class="list-filters">
      <select aria-label={t("vault.type")} value={type.value ?? ""} onChange={(event) => (type.value = event.currentTarget.value || undefined)}>
        <option value="">{t("vault.type.all")}</option>
        {entryTypes.map((name) => (
          <option key={name} value={name}>
            {t(`type.${name}`)}
          </option>
        ))}
      </select>
      <select aria-label={t("vault.sort")} value={sort.value} onChange={(event) => (sort.value = event.currentTarget.value as Sort)}>
        {sorts.map((name) => (
          <option key={name} value={name}>
            {t(`vault.sort.${name}`)}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="plain"
        aria-pressed={selecting.value}
        aria-label={t("vault.select")}
        title={t("vault.select")}
        onClick={() => {
          if (selecting.value) untick();
          else selecting.value = true;
        }}
      >
        <Icon name="list-checks" />
      </button>
      {tag.value !== undefined && (
        <button type="button" class="tag chosen" aria-label={t("vault.tag.clear", { tag: tag.value })} onClick={() => (tag.value = undefined)}>
          <Icon name="tag" size={14} />
          {tag.value}
          <Icon name="x" size={14} />
        </button>
      )}
    </div>
  );
}

function Rows(): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, height: 800 });
  const list = shown.value;
  const look = (): void => {
    if (box.current) setSight({ top: box.current.scrollTop, height: box.current.clientHeight });
  };
  useLayoutEffect(() => {
    look();
    const observer = new ResizeObserver(look);
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  // Another shelf or another search begins at its top.
  useEffect(() => {
    box.current?.scrollTo({ top: 0 });
  }, [scope.value, folder.value, tag.value, type.value, query.value, sort.value]);
  useLayoutEffect(() => {
    const row = list.findIndex((item) => item.id === cursor.value);
    if (row >= 0 && box.current) keepInSight(box.current, row, rowHeight);
  }, [cursor.value]);

  const { from, to } = rowsInSight(sight.top, sight.height, rowHeight, list.length);
  const rows = list.slice(from, to);
  const inDocument = rows.some((item) => item.id === cursor.value);
  return (
    <div
      ref={box}
      id="vault-rows"
      class={`rows-box ${ticked.value.size > 0 || selecting.value ? "ticking" : ""}`}
      role="listbox"
      aria-multiselectable="true"
      aria-label={t("vault.list")}
      tabIndex={0}
      {...(inDocument && { "aria-activedescendant": `row-${cursor.value}` })}
      onScroll={look}
      onFocus={() => {
        if (!list.some((item) => item.id === cursor.value)) cursor.value = list[0]?.id;
      }}
      onKeyDown={(event) => {
        if (event.key === " " && cursor.value !== undefined) {
          event.preventDefault();
          tick(cursor.value);
        } else if (event.shiftKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
          event.preventDefault();
          event.stopPropagation();
          const before = cursor.value;
          moveCursor(event.key === "ArrowDown" ? 1 : -1);
          if (before !== undefined && cursor.value !== undefined) tickRange(before, cursor.value);
        }
      }}
    >
      <div class="rows-all" role="presentation" style={{ height: `${list.length * rowHeight}px` }}>
        {rows.map((item, i) => (
          <ListRow key={item.id} item={item} at={from + i} of={list.length} mixed={shelves.includes(scope.value)} />
        ))}
      </div>
    </div>
  );
}
