// What the editor holds while an entry is typed, and the way from an entry to it and back.
import type { EntryType } from "../../../../import/entries.ts";
import { normalizeTotp } from "../../../../import/totp.ts";
import type { VaultEntry, VaultField, VaultFile } from "../../../../protocol/vaultEntry.ts";
import { t } from "../../../../ui/text/index.ts";
import { shapes, standards, type Standard } from "../../compose/draft.ts";
import { readPath, writePath } from "../folders.ts";
import type { Item } from "../item.ts";
import { readTags, writeTags } from "../tags.ts";
import { knownType } from "../types.ts";

export const fieldKinds = ["text", "hidden", "link", "date", "key"] as const;
export type FieldKind = (typeof fieldKinds)[number];

export interface FormField {
  key: number;
  name: string;
  value: string;
  kind: FieldKind;
  /** Brought by the type, not asked for: stays away while it is empty. */
  offered: boolean;
}

/** Texts as they stand in the fields; a plain object, so that a lock can seal it. */
export interface Form extends Record<Standard, string> {
  /** Undefined: a new entry. */
  id: string | undefined;
  group: string;
  /** The revision that it was begun with. */
  base: number;
  /** What the entry was then. */
  before: VaultEntry | undefined;
  type: EntryType;
  title: string;
  fields: FormField[];
  files: VaultFile[];
  folder: string;
  tags: string;
  favourite: boolean;
  /** Days, YYYY-MM-DD. */
  expires: string;
  rotateBy: string;
}

let lastKey = 0;
export const newField = (): FormField => ({ key: ++lastKey, name: "", value: "", kind: "text", offered: false });

/** Fields of the type that the entry doesn't have; they are named in the language spoken. */
const offered = (type: EntryType, fields: readonly FormField[]): FormField[] =>
  shapes[type].presets
    .map(([preset, kind]): FormField => ({ key: ++lastKey, name: t(preset), value: "", kind, offered: true }))
    .filter(({ name }) => !fields.some((field) => field.name === name));

export const emptyForm = (group: string, type: EntryType = "login", folder: readonly string[] = []): Form => ({
  id: undefined,
  group,
  base: 0,
  before: undefined,
  type,
  title: "",
  url: "",
  username: "",
  password: "",
  totp: "",
  notes: "",
  fields: offered(type, []),
  files: [],
  folder: writePath(folder),
  tags: "",
  favourite: false,
  expires: "",
  rotateBy: "",
});

export function formOf({ id, group, revision, entry }: Item): Form {
  const type = knownType(entry.type);
  const fields = (entry.fields ?? []).map((field): FormField => ({ key: ++lastKey, ...field, kind: fieldKinds.find((kind) => kind === field.kind) ?? "text", offered: false }));
  return {
    ...emptyForm(group, type, entry.folder),
    id,
    base: revision,
    before: entry,
    title: entry.title,
    ...(Object.fromEntries(standards.map((name) => [name, entry[name] ?? ""])) as Record<Standard, string>),
    fields: [...fields, ...offered(type, fields)],
    files: entry.files ?? [],
    tags: writeTags(entry.tags ?? []),
    favourite: entry.favourite === true,
    expires: dayOf(entry.expires),
    rotateBy: dayOf(entry.rotateBy),
  };
}

/** Keys of fields count on where a form that was sealed left off. */
export function reopened(form: Form): Form {
  return { ...form, fields: form.fields.map((field) => ({ ...field, key: ++lastKey })) };
}

/** Another type keeps everything that was filled in. */
export function withType(form: Form, type: EntryType): Form {
  const kept = form.fields.filter((field) => !field.offered || field.value !== "");
  return { ...form, type, fields: [...kept, ...offered(type, kept)] };
}

/** The standard fields to show: those of the type and any other that holds something. */
export const shownStandards = (form: Form): Standard[] => [
  ...shapes[form.type].standard,
  ...standards.filter((name) => form[name] !== "" && !shapes[form.type].standard.includes(name)),
];

/** The entry that the form says; what this version of Baton doesn't know of it is kept. */
export function entryOf(form: Form, now: number): VaultEntry {
  const old = form.before;
  const filled: VaultField[] = form.fields.filter(({ value, offered: brought }) => value !== "" || !brought).map(({ name, value, kind }) => ({ name: name.trim(), value, kind }));
  const fields = filled.filter(({ name, value }) => name !== "" || value !== "");
  const [folder, tags] = [readPath(form.folder), readTags(form.tags)];
  const totp = normalizeTotp(form.totp, form.title);
  const passwordChanged = form.password === (old?.password ?? "") ? old?.passwordChanged : now;
  const made: VaultEntry = {
    ...old,
    v: 1,
    type: old !== undefined && knownType(old.type) === form.type ? old.type : form.type,
    title: form.title.trim(),
    url: form.url.trim(),
    username: form.username.trim(),
    password: form.password,
    totp: form.totp === "" ? "" : totp.ok ? totp.uri : form.totp,
    notes: form.notes,
    fields,
    files: form.files,
    folder,
    tags,
    favourite: form.favourite,
    created: old?.created ?? now,
    changed: now,
    ...(passwordChanged !== undefined && { passwordChanged }),
    ...day("expires", form.expires, old?.expires),
    ...day("rotateBy", form.rotateBy, old?.rotateBy),
  };
  return withoutEmpty(made);
}

/** What is empty is absent: spec/vault.md §2. */
function withoutEmpty(entry: VaultEntry): VaultEntry {
  const kept = Object.entries(entry).filter(([name, value]) => name === "title" || !(value === undefined || value === "" || value === false || (Array.isArray(value) && value.length === 0)));
  return Object.fromEntries(kept) as unknown as VaultEntry;
}

/** Whether leaving would lose something. */
export function holdsChanges(form: Form): boolean {
  const before = form.before;
  if (before === undefined)
    return form.title !== "" || standards.some((name) => form[name] !== "") || form.fields.some((field) => field.value !== "" || (!field.offered && field.name !== "")) || form.files.length > 0;
  const plain = ({ changed: _, passwordChanged: __, ...rest }: VaultEntry): string => JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
  return plain(entryOf(form, 0)) !== plain(withoutEmpty(before));
}

/** The day in the viewer's zone. */
function dayOf(ms: number | undefined): string {
  if (ms === undefined) return "";
  const at = new Date(ms);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
}

/** The end of that day; a day that wasn't touched keeps its moment. */
function day(name: "expires" | "rotateBy", text: string, before: number | undefined): { [name: string]: number | undefined } {
  if (text === dayOf(before)) return { [name]: before };
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  return { [name]: parts === null ? undefined : new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]), 23, 59, 59).getTime() };
}
