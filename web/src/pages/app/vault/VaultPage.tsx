// Where an agency works all day: groups, list, entry; side by side where there is room, one after the other on a phone.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import "../../../ui/styles/vault.css";
import "../../../ui/styles/shelf.css";
import "../../../ui/styles/entry.css";
import "../../../ui/styles/editor.css";
import { t } from "../../../ui/text/index.ts";
import { unsaved } from "../place.ts";
import { listElement, moveCursor, tickAll } from "./cursor.ts";
import { EditorPane } from "./editor/EditorPane.tsx";
import { EntryPane } from "./EntryPane.tsx";
import { GroupsPane } from "./GroupsPane.tsx";
import { HelpDialog } from "./HelpDialog.tsx";
import { NewGroup } from "./GroupActions.tsx";
import type { Item } from "./item.ts";
import { ListPane } from "./ListPane.tsx";
import { groupOf, mayWrite, writableGroups } from "./rights.ts";
import { isPressable, shortcutOf, singleKeys, takesKeys, type Shortcut } from "./shortcuts.ts";
import { items } from "./store.ts";
import { codeNow } from "./TotpValue.tsx";
import { copyAndTell } from "./Values.tsx";
import { choosing, closeEntry, current, cursor, editEntry, followAddress, newEntry, openEntry, place, query, shown, ticked, today, untick } from "./view.ts";

export function VaultPage(): JSX.Element {
  const [helping, setHelping] = useState(false);
  const now = place.value;
  const editing = now.doing !== "show";
  useEffect(followAddress, []);
  useEffect(() => {
    const timer = setInterval(() => (today.value = Date.now()), 60_000);
    return () => clearInterval(timer);
  }, []);
  // With the page itself: a key pressed as soon as it is seen is no key too early.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const focused = document.activeElement;
      if (event.defaultPrevented || event.isComposing || takesKeys(focused) || document.querySelector("dialog[open]") !== null) return;
      const shortcut = shortcutOf(event, singleKeys.value);
      if (shortcut === undefined || (shortcut === "open" && isPressable(focused))) return;
      if (run(shortcut, () => setHelping(true))) event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);

  const pane = editing || now.entry !== undefined ? "entry" : choosing.value ? "groups" : "list";
  return (
    <div class="vault" data-pane={pane}>
      <h1 class="unseen" tabIndex={-1}>
        {t("vault.title")}
      </h1>
      <GroupsPane>
        <NewGroup />
      </GroupsPane>
      <ListPane />
      {editing ? <EditorPane key={`${now.doing}${now.entry}`} /> : <EntryPane />}
      {helping && <HelpDialog onClose={() => setHelping(false)} />}
    </div>
  );
}

/** The entry that a key is meant for: the one on the right, else the one the keyboard is on. */
const target = (): Item | undefined => current.value ?? (cursor.value === undefined ? undefined : items.value.get(cursor.value));

/** False: the key did nothing here. */
function run(shortcut: Shortcut, help: () => void): boolean {
  const item = target();
  switch (shortcut) {
    case "search":
      document.getElementById("vault-search")?.focus();
      return true;
    case "up":
    case "down":
    case "first":
    case "last":
      if (shown.value.length === 0 || place.value.doing !== "show") return false;
      moveCursor({ up: -1, down: 1, first: -Infinity, last: Infinity }[shortcut]);
      listElement()?.focus();
      return true;
    case "open": {
      const on = cursor.value === undefined ? undefined : items.value.get(cursor.value);
      if (on !== undefined) openEntry(on);
      return on !== undefined;
    }
    case "edit":
      if (item === undefined || item.binnedAt !== undefined || !mayWrite(groupOf(item.group))) return false;
      editEntry(item);
      return true;
    case "new":
      if (writableGroups.value.length === 0) return false;
      newEntry();
      return true;
    case "password":
      return copyOf(t("compose.password"), item?.entry.password);
    case "username":
      return copyOf(t("compose.username"), item?.entry.username);
    case "code":
      if (item?.entry.totp === undefined) return false;
      void codeNow(item.entry.totp).then((code) => copyOf(t("vault.code"), code));
      return true;
    case "all":
      if (place.value.doing !== "show") return false;
      tickAll();
      return true;
    case "back":
      return back();
    case "help":
      help();
      return true;
  }
}

function copyOf(label: string, text: string | undefined): boolean {
  if (text === undefined || text === "") return false;
  void copyAndTell(label, text);
  return true;
}

/** One step out: of the ticks, of the search, of the entry. */
function back(): boolean {
  if (unsaved.value || place.value.doing !== "show") return false;
  if (ticked.value.size > 0) untick();
  else if (query.value !== "") query.value = "";
  else if (place.value.entry !== undefined) {
    closeEntry();
    listElement()?.focus();
  } else return false;
  return true;
}
