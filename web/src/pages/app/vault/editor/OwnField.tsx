import type { JSX } from "preact";
import { SecretField, SelectField, TextField } from "../../../../ui/Field.tsx";
import { t } from "../../../../ui/text/index.ts";
import { IconButton } from "../Values.tsx";
import type { Wrongs } from "./check.ts";
import { DateField } from "./DateField.tsx";
import { fieldKinds, type FormField } from "./form.ts";

interface Props {
  field: FormField;
  wrongs: Wrongs;
  put: (field: FormField) => void;
  remove: () => void;
  up: (() => void) | undefined;
  down: (() => void) | undefined;
}

/** A field of one's own: name, kind, value, and its place among the others. */
export function OwnField({ field, wrongs, put, remove, up, down }: Props): JSX.Element {
  const name = field.name || t("compose.field.value");
  const value = { label: t("compose.field.value"), value: field.value, onValue: (text: string) => put({ ...field, value: text }) };
  return (
    <fieldset class="own-field">
      <legend class="unseen">{name}</legend>
      <div class="pair">
        <TextField label={t("compose.field.name")} error={wrongs[`name:${field.key}`]} value={field.name} onValue={(text) => put({ ...field, name: text })} autofocus={field.name === "" && field.value === ""} />
        <SelectField label={t("compose.field.kind")} value={field.kind} onValue={(kind) => put({ ...field, kind })} options={fieldKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} />
      </div>
      {field.kind === "hidden" || field.kind === "key" ? (
        <SecretField {...value} lines={field.kind === "key"} />
      ) : field.kind === "date" ? (
        <DateField {...value} error={wrongs[`date:${field.key}`]} />
      ) : (
        <TextField {...value} />
      )}
      <div class="own-field-tools">
        {up && <IconButton icon="arrow-up" label={t("vault.field.up", { field: name })} onPress={up} />}
        {down && <IconButton icon="arrow-down" label={t("vault.field.down", { field: name })} onPress={down} />}
        <IconButton icon="trash" label={t("compose.field.remove", { field: name })} onPress={remove} />
      </div>
    </fieldset>
  );
}
