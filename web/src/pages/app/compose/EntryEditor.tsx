import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";
import type { FieldKind } from "../../../import/entries.ts";
import { SecretField, SelectField, TextArea, TextField } from "../../../ui/Field.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { size, t } from "../../../ui/text/index.ts";
import type { Wrongs } from "./check.ts";
import { ByPolicy } from "./ByPolicy.tsx";
import type { Rules } from "./rules.ts";
import { entryTypes, newField, shownStandards, withType, type DraftEntry, type DraftField, type Standard } from "./draft.ts";

interface Props {
  entry: DraftEntry;
  put: (entry: DraftEntry) => void;
  wrongs: Wrongs;
  rules: Rules;
  used: number;
  fileError: string | null;
  attach: (files: File[]) => void;
}

export function EntryEditor({ entry, put, wrongs, rules, used, fileError, attach }: Props): JSX.Element {
  const set = (part: Partial<DraftEntry>): void => put({ ...entry, ...part });
  const putField = (field: DraftField): void => set({ fields: entry.fields.map((one) => (one.key === field.key ? field : one)) });
  const presets = entry.fields.filter((field) => field.preset);
  const own = entry.fields.filter((field) => !field.preset);
  return (
    <div class="entry-editor">
      <div class="pair title-and-type">
        <TextField label={t("compose.name")} error={wrongs[`title:${entry.key}`] ?? wrongs[`entry:${entry.key}`]} value={entry.title} onValue={(title) => set({ title })} />
        <SelectField label={t("compose.type")} value={entry.type} onValue={(type) => put(withType(entry, type))} options={entryTypes.map((value) => ({ value, label: t(`type.${value}`) }))} />
      </div>
      {shownStandards(entry).map((name) => (
        <StandardField key={name} name={name} entry={entry} set={set} error={wrongs[`${name}:${entry.key}`]} />
      ))}
      {presets.map((field) => (
        <ValueField key={field.key} field={field} label={t(field.preset!)} put={putField} />
      ))}
      {own.map((field) => (
        <OwnField key={field.key} field={field} put={putField} remove={() => set({ fields: entry.fields.filter((one) => one !== field) })} />
      ))}
      <Files entry={entry} set={set} rules={rules} used={used} error={fileError} attach={attach} />
      <div class="actions">
        <button type="button" onClick={() => set({ fields: [...entry.fields, newField()] })}>
          <Icon name="plus" />
          {t("compose.field.add")}
        </button>
      </div>
    </div>
  );
}

function StandardField({ name, entry, set, error }: { name: Standard; entry: DraftEntry; set: (part: Partial<DraftEntry>) => void; error: string | undefined }): JSX.Element {
  const label = t(name === "url" && (entry.type === "server" || entry.type === "database") ? "preset.host" : `compose.${name}`);
  const out = entry.out.includes(name);
  const shared = {
    label,
    error,
    value: entry[name],
    onValue: (value: string) => set({ [name]: value }),
    class: out && entry[name] !== "" ? "is-out" : "",
    aside: entry[name] !== "" && <Include label={label} out={out} onOut={(stays) => set({ out: stays ? [...entry.out, name] : entry.out.filter((one) => one !== name) })} />,
  };
  if (name === "password") return <SecretField {...shared} />;
  if (name === "totp") return <SecretField {...shared} hint={t("compose.totp.hint")} />;
  if (name === "notes") return <TextArea {...shared} />;
  return <TextField {...shared} />;
}

function ValueField({ field, label, put, aside }: { field: DraftField; label: string; put: (field: DraftField) => void; aside?: ComponentChildren }): JSX.Element {
  const shared = {
    label,
    value: field.value,
    onValue: (value: string) => put({ ...field, value }),
    class: field.out && field.value !== "" ? "is-out" : "",
    aside: (
      <>
        {field.value !== "" && <Include label={label} out={field.out} onOut={(out) => put({ ...field, out })} />}
        {aside}
      </>
    ),
  };
  if (field.kind === "hidden") return <SecretField {...shared} />;
  return field.kind === "key" ? <SecretField {...shared} lines /> : <TextField {...shared} />;
}

const kinds: readonly FieldKind[] = ["text", "hidden", "link", "key"];

function OwnField({ field, put, remove }: { field: DraftField; put: (field: DraftField) => void; remove: () => void }): JSX.Element {
  const name = field.name || t("compose.field.value");
  return (
    <fieldset class="own-field">
      <legend class="unseen">{name}</legend>
      <div class="pair">
        <TextField label={t("compose.field.name")} value={field.name} onValue={(value) => put({ ...field, name: value })} />
        <SelectField label={t("compose.field.kind")} value={field.kind} onValue={(kind) => put({ ...field, kind })} options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))} />
      </div>
      <ValueField
        field={field}
        label={t("compose.field.value")}
        put={put}
        aside={
          <button type="button" class="link" aria-label={t("compose.field.remove", { field: name })} onClick={remove}>
            {t("app.remove")}
          </button>
        }
      />
    </fieldset>
  );
}

function Include({ label, out, onOut }: { label: string; out: boolean; onOut: (out: boolean) => void }): JSX.Element {
  return (
    <label class="include">
      <input type="checkbox" aria-label={t("compose.include.field", { field: label })} checked={!out} onChange={(event) => onOut(!event.currentTarget.checked)} />
      {t("compose.include")}
    </label>
  );
}

function Files({ entry, set, rules, used, error, attach }: { entry: DraftEntry; set: (part: Partial<DraftEntry>) => void; rules: Rules; used: number; error: string | null; attach: (files: File[]) => void }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const { limits } = rules;
  return (
    <div class="field">
      <div class="field-head">
        <strong class="label">{t("files.title")}</strong>
        {used > 0 && <span class="hint">{t("files.total", { used: size(used), size: size(limits.fileBytes) })}</span>}
      </div>
      {entry.files.length > 0 && (
        <ul class="files">
          {entry.files.map(({ key, name, size: bytes }) => (
            <li key={key}>
              <Icon name="file" />
              <span>{name}</span>
              <span class="hint">{size(bytes)}</span>
              <button type="button" class="plain" aria-label={t("files.remove", { name })} onClick={() => set({ files: entry.files.filter((one) => one.key !== key) })}>
                <Icon name="x" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="actions">
        <button type="button" disabled={rules.byPolicy.files} onClick={() => input.current?.click()}>
          <Icon name="paperclip" />
          {t("files.add")}
        </button>
        <input
          ref={input}
          class="unseen"
          type="file"
          multiple
          disabled={rules.byPolicy.files}
          tabIndex={-1}
          aria-label={t("files.add")}
          onChange={(event) => {
            attach([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      {rules.byPolicy.files ? (
        <ByPolicy>{t("rules.files")}</ByPolicy>
      ) : (
        <p class="hint">
          {t("files.limits", { n: limits.files, size: size(limits.fileBytes) })}
          {rules.byPolicy.fileBytes && ` ${t("rules.bytes")}`}
        </p>
      )}
      {error !== null && (
        <p class="error" role="alert">
          <Icon name="circle-alert" size={16} />
          {error}
        </p>
      )}
    </div>
  );
}
