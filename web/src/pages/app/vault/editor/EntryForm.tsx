import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { SecretField, SelectField, TextArea, TextField, CheckField } from "../../../../ui/Field.tsx";
import { Icon } from "../../../../ui/Icon.tsx";
import { SuggestField } from "../../../../ui/SuggestField.tsx";
import { t } from "../../../../ui/text/index.ts";
import { entryTypes, type Standard } from "../../compose/draft.ts";
import { Meter } from "../../password/Meter.tsx";
import { useStrength } from "../../password/strength.ts";
import { FolderField } from "../FolderField.tsx";
import { groupName } from "../GroupMark.tsx";
import { groupOf, writableGroups } from "../rights.ts";
import { readTags, writeTags } from "../tags.ts";
import { counts } from "../view.ts";
import type { Wrongs } from "./check.ts";
import { DateField } from "./DateField.tsx";
import { FileFields } from "./FileFields.tsx";
import { newField, shownStandards, withType, type Form, type FormField } from "./form.ts";
import { Generator } from "./Generator.tsx";
import { OwnField } from "./OwnField.tsx";
import { TotpField } from "./TotpField.tsx";

interface Props {
  form: Form;
  change: (part: Partial<Form>) => void;
  wrongs: Wrongs;
  /** How many attachments are on their way. */
  onSending: (count: number) => void;
}

export function EntryForm({ form, change, wrongs, onSending }: Props): JSX.Element {
  const putField = (field: FormField): void => change({ fields: form.fields.map((one) => (one.key === field.key ? field : one)) });
  const swap = (at: number, to: number): void => {
    const fields = [...form.fields];
    [fields[at], fields[to]] = [fields[to]!, fields[at]!];
    change({ fields });
  };
  const own = form.fields.filter((field) => !field.offered);
  const group = groupOf(form.group);
  return (
    <div class="entry-form">
      <div class="pair title-and-type">
        <TextField label={t("compose.name")} error={wrongs["title"]} value={form.title} onValue={(title) => change({ title })} autofocus={form.id === undefined} />
        <SelectField label={t("compose.type")} value={form.type} onValue={(type) => change(withType(form, type))} options={entryTypes.map((value) => ({ value, label: t(`type.${value}`) }))} />
      </div>
      {shownStandards(form).map((name) => (
        <StandardField key={name} name={name} form={form} change={change} wrongs={wrongs} />
      ))}
      {form.fields.map((field, at) =>
        field.offered ? (
          <Offered key={field.key} field={field} put={putField} />
        ) : (
          <OwnField
            key={field.key}
            field={field}
            wrongs={wrongs}
            put={putField}
            remove={() => change({ fields: form.fields.filter((one) => one !== field) })}
            up={at > 0 ? () => swap(at, at - 1) : undefined}
            down={at < form.fields.length - 1 ? () => swap(at, at + 1) : undefined}
          />
        ),
      )}
      <div class="actions">
        <button type="button" onClick={() => change({ fields: [...form.fields, newField()] })}>
          <Icon name="plus" />
          {t(own.length === 0 ? "compose.field.add" : "vault.field.another")}
        </button>
      </div>
      <FileFields files={form.files} group={form.group} put={(files) => change({ files })} onSending={onSending} />
      <fieldset class="place-fields">
        <legend>{t("vault.where")}</legend>
        {form.id === undefined ? (
          <SelectField label={t("vault.group")} error={wrongs["group"]} value={form.group} onValue={(value) => change({ group: value })} options={writableGroups.value.map((one) => ({ value: one.group, label: groupName(one) }))} />
        ) : (
          <p>
            <span class="label">{t("vault.group")}</span> {group && groupName(group)}
            {wrongs["group"] && (
              <span class="error" tabIndex={-1}>
                {wrongs["group"]}
              </span>
            )}
          </p>
        )}
        <FolderField group={form.group} value={form.folder} onValue={(folder) => change({ folder })} />
        <Tags form={form} change={change} />
        <CheckField label={t("vault.favourite")} checked={form.favourite} onChecked={(favourite) => change({ favourite })} />
      </fieldset>
      <fieldset class="place-fields">
        <legend>{t("vault.dates")}</legend>
        <div class="pair">
          <DateField label={t("vault.expires")} hint={t("vault.expires.hint")} value={form.expires} onValue={(expires) => change({ expires })} />
          <DateField label={t("vault.rotateBy")} hint={t("vault.rotateBy.hint")} value={form.rotateBy} onValue={(rotateBy) => change({ rotateBy })} />
        </div>
      </fieldset>
    </div>
  );
}

function Tags({ form, change }: { form: Form; change: (part: Partial<Form>) => void }): JSX.Element {
  const has = readTags(form.tags);
  const known = [...counts.value.tags.keys()].filter((tag) => !has.includes(tag)).sort();
  return <SuggestField label={t("vault.tags")} optional hint={t("vault.tags.hint")} value={form.tags} onValue={(tags) => change({ tags: known.includes(tags) ? writeTags([...has, tags]) : tags })} suggestions={known} />;
}

function StandardField({ name, form, change, wrongs }: { name: Standard; form: Form; change: (part: Partial<Form>) => void; wrongs: Wrongs }): JSX.Element {
  const label = t(name === "url" && (form.type === "server" || form.type === "database") ? "preset.host" : `compose.${name}`);
  const shared = { label, value: form[name], onValue: (value: string) => change({ [name]: value }) };
  if (name === "password") return <Password form={form} change={change} label={label} />;
  if (name === "totp") return <TotpField value={form.totp} onValue={shared.onValue} title={form.title} error={wrongs["totp"]} />;
  return name === "notes" ? <TextArea {...shared} rows={4} /> : <TextField {...shared} />;
}

function Password({ form, change, label }: { form: Form; change: (part: Partial<Form>) => void; label: string }): JSX.Element {
  const [making, setMaking] = useState(false);
  const score = useStrength(form.password, [form.title, form.username]);
  return (
    <div class="password-field">
      <SecretField
        label={label}
        value={form.password}
        onValue={(password) => change({ password })}
        autocomplete="new-password"
        aside={
          <button type="button" class="link" aria-expanded={making} onClick={() => setMaking(!making)}>
            <Icon name="refresh-cw" size={16} /> {t("vault.generate")}
          </button>
        }
      />
      {form.password !== "" && <Meter score={score} />}
      {making && (
        <Generator
          onTake={(password) => {
            change({ password });
            setMaking(false);
          }}
        />
      )}
    </div>
  );
}

function Offered({ field, put }: { field: FormField; put: (field: FormField) => void }): JSX.Element {
  const shared = { label: field.name, value: field.value, onValue: (value: string) => put({ ...field, value }) };
  if (field.kind === "hidden" || field.kind === "key") return <SecretField {...shared} lines={field.kind === "key"} />;
  return field.kind === "date" ? <DateField {...shared} /> : <TextField {...shared} />;
}
