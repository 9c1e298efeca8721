// The right pane while an entry is made or changed: it is saved whole or not at all, and what can't be sent stays here.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { announce } from "../../../../ui/Announcer.tsx";
import { focusFirstError } from "../../../../ui/focus.ts";
import { Icon } from "../../../../ui/Icon.tsx";
import { Empty, Notice } from "../../../../ui/Notice.tsx";
import { t } from "../../../../ui/text/index.ts";
import { Working } from "../../../../ui/Working.tsx";
import { endedSession } from "../../access/access.ts";
import { keepEdit, takeEdit } from "../../compose/unfinished.ts";
import { go, replace, unsaved } from "../../place.ts";
import { ProblemNotice } from "../../ProblemNotice.tsx";
import type { Item } from "../item.ts";
import { groupOf, mayWrite, writableGroups } from "../rights.ts";
import { items, syncing } from "../store.ts";
import { current, cursor, folder, place, scope } from "../view.ts";
import { newId, Stale, write } from "../write.ts";
import { check } from "./check.ts";
import { ConflictDialog } from "./ConflictDialog.tsx";
import { EntryForm } from "./EntryForm.tsx";
import { emptyForm, entryOf, formOf, holdsChanges, reopened, type Form } from "./form.ts";

export function EditorPane(): JSX.Element {
  const { doing, entry } = place.value;
  const [begun, setBegun] = useState<Form | null>(begin);
  // What was begun stays, whatever becomes of the entry or of the group meanwhile.
  useLayoutEffect(() => {
    if (begun === null) setBegun(begin());
  });
  if (begun !== null) return <Editor begun={begun} />;
  if (doing === "new") return <Missing title={t("vault.new.nowhere")} body={t("vault.new.nowhere.body")} />;
  if (syncing.value !== null && entry !== undefined)
    return (
      <section class="vault-entry none" aria-label={t("vault.entry")}>
        <Working label={t("app.loading")} done={null} />
      </section>
    );
  return <Missing title={t("vault.gone")} body={t("vault.gone.body")} />;
}

/** The form that a lock sealed, else one for the entry as it is; null while there is nothing to begin with. */
function begin(): Form | null {
  const { doing, entry } = place.value;
  const kept = takeEdit();
  if (kept !== null && kept.id === entry) return reopened(kept);
  if (doing === "edit") return current.value === undefined ? null : formOf(current.value);
  const group = writableGroups.value.find((one) => one.group === scope.value) ?? writableGroups.value[0];
  return group === undefined ? null : emptyForm(group.group, "login", group.group === scope.value ? folder.value : []);
}

function Missing({ title, body }: { title: string; body: string }): JSX.Element {
  return (
    <section class="vault-entry none" aria-label={t("vault.entry")}>
      <Empty icon="circle-slash" title={title}>
        <p>{body}</p>
        <div class="actions">
          <button type="button" onClick={() => replace("/vault")}>
            {t("app.back")}
          </button>
        </div>
      </Empty>
    </section>
  );
}

type Phase = { kind: "edit" } | { kind: "saving" } | { kind: "failed"; problem: unknown } | { kind: "conflict"; theirs: Item | undefined };

function Editor({ begun }: { begun: Form }): JSX.Element {
  const [form, setForm] = useState(begun);
  const [tries, setTries] = useState(0);
  const [phase, setPhase] = useState<Phase>({ kind: "edit" });
  const [sending, setSending] = useState(0);
  const id = useRef(begun.id ?? newId());
  const here = useRef(true);
  const heading = useRef<HTMLHeadingElement>(null);
  const group = groupOf(form.group);
  const wrongs = tries > 0 ? check(form, mayWrite(group)) : {};
  const change = (part: Partial<Form>): void => setForm((old) => ({ ...old, ...part }));

  // Before the browser can tell of the next key or of a lock.
  useLayoutEffect(() => {
    const worthKeeping = holdsChanges(form);
    unsaved.value = worthKeeping;
    keepEdit(worthKeeping ? form : null);
  }, [form]);
  useEffect(() => {
    here.current = true;
    if (form.id !== undefined) heading.current?.focus();
    return () => {
      here.current = false;
      unsaved.value = false;
      keepEdit(null);
    };
  }, []);

  const done = (): void => {
    unsaved.value = false;
    keepEdit(null);
    cursor.value = id.current;
    replace(`/vault/${form.group}/${id.current}`);
    announce(t("vault.saved"));
    requestAnimationFrame(() => document.getElementById("entry-title")?.focus());
  };
  const save = async (from: Form): Promise<void> => {
    setPhase({ kind: "saving" });
    try {
      await write([[{ act: "save", group: from.group, id: id.current, base: from.base, entry: entryOf(from, Date.now()) }]]);
      if (here.current) done();
    } catch (error) {
      if (!here.current || endedSession(error)) return;
      setPhase(error instanceof Stale ? { kind: "conflict", theirs: items.value.get(id.current) } : { kind: "failed", problem: error });
    }
  };
  const submit = (): void => {
    setTries(tries + 1);
    if (Object.keys(check(form, mayWrite(group))).length === 0) return void save(form);
    announce(t("send.check"));
    focusFirstError();
  };
  const cancel = (): void => go(form.id === undefined ? "/vault" : `/vault/${form.group}/${form.id}`);
  const newer = form.id === undefined ? undefined : items.value.get(form.id);
  const overtaken = newer !== undefined && newer.revision > form.base;

  return (
    <section class="vault-entry editing" aria-labelledby="editor-title">
      <button type="button" class="plain only-narrow" onClick={cancel}>
        <Icon name="arrow-left" />
        {t("app.back")}
      </button>
      <h2 id="editor-title" tabIndex={-1} ref={heading}>
        {form.id === undefined ? t("vault.new.title") : t("vault.edit.title", { title: begun.title || t("compose.untitled") })}
      </h2>
      {overtaken && phase.kind !== "conflict" && (
        <Notice tone="info">
          <p>{t("vault.overtaken")}</p>
        </Notice>
      )}
      <div inert={phase.kind === "saving"}>
        <EntryForm form={form} change={change} wrongs={wrongs} onSending={setSending} />
      </div>
      <div class="save-bar">
        {phase.kind === "failed" && (
          <>
            <ProblemNotice problem={phase.problem} />
            <p class="hint">{t("vault.unsaved")}</p>
          </>
        )}
        {Object.keys(wrongs).length > 0 && (
          <Notice tone="bad">
            <p>{t("send.check")}</p>
          </Notice>
        )}
        <div class="actions">
          <button type="button" class="primary" disabled={phase.kind === "saving" || sending > 0} onClick={submit}>
            <Icon name="check" />
            {t(phase.kind === "failed" ? "app.retry" : phase.kind === "saving" ? "vault.saving" : "vault.save")}
          </button>
          <button type="button" onClick={cancel}>
            {t("app.cancel")}
          </button>
          {sending > 0 && <span class="hint">{t("vault.file.wait")}</span>}
        </div>
      </div>
      {phase.kind === "conflict" && (
        <ConflictDialog
          form={form}
          theirs={phase.theirs}
          onClose={() => setPhase({ kind: "edit" })}
          onMerged={(merged) => {
            setForm(merged);
            void save(merged);
          }}
          onAnew={() => {
            id.current = newId();
            const anew = { ...form, id: undefined, base: 0, before: undefined };
            setForm(anew);
            void save(anew);
          }}
        />
      )}
    </section>
  );
}
