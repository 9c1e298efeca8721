// What the composer holds until it is left. Nothing of it is stored anywhere.
import type { State } from "../../../api/wire.ts";
import type { EntryType, FieldKind, ImportedEntry } from "../../../import/entries.ts";
import type { Channel } from "../../../protocol/createHandover.ts";
import type { VaultEntry, VaultFile } from "../../../protocol/vaultEntry.ts";
import type { Language, TextKey } from "../../../ui/text/index.ts";

export type PresetKey = Extract<TextKey, `preset.${string}`>;
export type Standard = "url" | "username" | "password" | "totp" | "notes";

export interface DraftField {
  key: number;
  /** A field that its type brings: its name is written in the recipient's language. */
  preset?: PresetKey;
  name: string;
  value: string;
  kind: FieldKind;
  out: boolean;
}

export interface DraftFile {
  key: number;
  name: string;
  size: number;
  /** On this computer, or an attachment of the vault, which is copied out of it when it is sent. */
  source: File | VaultFile;
}

/** Where an entry of the vault was taken from, and as it was when. */
export interface Origin {
  group: string;
  entry: string;
  revision: number;
}

export interface DraftEntry extends Record<Standard, string> {
  key: number;
  type: EntryType;
  title: string;
  fields: DraftField[];
  files: DraftFile[];
  /** Standard fields that stay here. */
  out: Standard[];
  from?: Origin;
}

/** The handover whose link dies when this one is made. */
export interface Replaced {
  handover: string;
  title: string;
  recipient: string;
  state: State;
  /** What of it came from the vault, as it was then. */
  taken: { title: string; entry: string; revision: number }[];
}

export type LifeChoice = "1h" | "24h" | "3d" | "7d" | "own";
export type LifeUnit = "minutes" | "hours" | "days";
export type AccessMode = "words" | "characters" | "own" | "none";

export interface Draft {
  entries: DraftEntry[];
  recipient: string;
  message: string;
  language: Language;
  title: string;
  showSender: boolean;
  life: LifeChoice;
  lifeAmount: string;
  lifeUnit: LifeUnit;
  access: AccessMode;
  words: number;
  characters: number;
  generated: string;
  own: string;
  channel: Exclude<Channel, "none">;
  withoutPassword: boolean;
  /** Names of attachments that a lock dropped. */
  lost: string[];
  /** Whose history it goes to; null: the first that comes into question (whose.ts). */
  group: string | null;
  replaces: Replaced | null;
}

export const emptyDraft = (language: Language): Draft => ({
  entries: [],
  recipient: "",
  message: "",
  language,
  title: "",
  showSender: true,
  life: "24h",
  lifeAmount: "12",
  lifeUnit: "hours",
  access: "words",
  words: 4,
  characters: 12,
  generated: "",
  own: "",
  channel: "phone",
  withoutPassword: false,
  lost: [],
  group: null,
  replaces: null,
});

const onThisComputer = (file: DraftFile): boolean => file.source instanceof File;

/** What can be sealed as a text: attachments of this computer leave their names, those of the vault stay. */
export const withoutFiles = (draft: Draft): Draft => ({
  ...draft,
  entries: draft.entries.map((entry) => ({ ...entry, files: entry.files.filter((file) => !onThisComputer(file)) })),
  lost: [...stillLost(draft), ...draft.entries.flatMap((entry) => entry.files.filter(onThisComputer).map(({ name }) => name))],
});

/** Attachments that have to be attached again. */
export function stillLost(draft: Draft): string[] {
  const there = fileNames(draft);
  return draft.lost.filter((name) => {
    const at = there.indexOf(name);
    if (at >= 0) there.splice(at, 1);
    return at < 0;
  });
}

const fileNames = (draft: Draft): string[] => draft.entries.flatMap((entry) => entry.files.map(({ name }) => name));

/** What would be lost by leaving. */
export const holdsContent = (draft: Draft): boolean =>
  draft.entries.some((entry) => entry.title || entry.files.length > 0 || standards.some((name) => entry[name]) || entry.fields.some((field) => field.value)) ||
  draft.message !== "" ||
  draft.recipient !== "";

export const standards: readonly Standard[] = ["url", "username", "password", "totp", "notes"];

interface Shape {
  standard: readonly Standard[];
  presets: readonly (readonly [PresetKey, FieldKind])[];
}

/** Which fields an entry of each type is offered. */
export const shapes: Readonly<Record<EntryType, Shape>> = {
  login: { standard: ["url", "username", "password", "totp", "notes"], presets: [] },
  server: { standard: ["url", "username", "password", "notes"], presets: [["preset.port", "text"], ["preset.privateKey", "key"], ["preset.passphrase", "hidden"]] },
  database: { standard: ["url", "username", "password", "notes"], presets: [["preset.port", "text"], ["preset.database", "text"]] },
  mailbox: { standard: ["username", "password", "url", "totp", "notes"], presets: [["preset.imap", "text"], ["preset.smtp", "text"]] },
  domain: { standard: ["url", "username", "password", "totp", "notes"], presets: [["preset.domain", "text"], ["preset.authCode", "hidden"], ["preset.expires", "text"]] },
  wifi: { standard: ["password", "notes"], presets: [["preset.ssid", "text"], ["preset.security", "text"]] },
  card: { standard: ["notes"], presets: [["preset.number", "hidden"], ["preset.holder", "text"], ["preset.expires", "text"], ["preset.cvc", "hidden"], ["preset.pin", "hidden"]] },
  note: { standard: ["notes"], presets: [] },
};

export const entryTypes = Object.keys(shapes) as EntryType[];

let lastKey = 0;
const nextKey = (): number => ++lastKey;

const presetFields = (type: EntryType): DraftField[] => shapes[type].presets.map(([preset, kind]) => ({ key: nextKey(), preset, name: "", value: "", kind, out: false }));

export const newEntry = (type: EntryType): DraftEntry => ({
  key: nextKey(),
  type,
  title: "",
  url: "",
  username: "",
  password: "",
  totp: "",
  notes: "",
  fields: presetFields(type),
  files: [],
  out: ["totp"],
});

export const newField = (): DraftField => ({ key: nextKey(), name: "", value: "", kind: "text", out: false });

export const newFile = (source: File | VaultFile): DraftFile => ({ key: nextKey(), name: source.name, size: source.size, source });

export const fromImport = ({ type, fields, ...texts }: ImportedEntry): DraftEntry => ({
  ...newEntry(type),
  ...texts,
  fields: [...presetFields(type), ...fields.map((field) => ({ ...newField(), ...field }))],
});

const fieldKinds: readonly string[] = ["text", "hidden", "link", "key"] satisfies FieldKind[];

/** A copy of an entry of the vault, as it is now. A field that is named like one its type brings becomes that one. */
export function fromVault(origin: Origin, entry: VaultEntry, nameOf: (preset: PresetKey) => readonly string[]): DraftEntry {
  const type = entryTypes.find((known) => known === entry.type) ?? "login";
  const presets = [...shapes[type].presets];
  const fields = (entry.fields ?? []).map(({ name, value, kind }): DraftField => {
    const at = presets.findIndex(([preset]) => nameOf(preset).includes(name));
    const [preset] = at < 0 ? [] : presets.splice(at, 1)[0]!;
    return { ...newField(), ...(preset && { preset }), name, value, kind: fieldKinds.includes(kind) ? (kind as FieldKind) : "text" };
  });
  const texts = Object.fromEntries(standards.map((name) => [name, entry[name] ?? ""])) as Record<Standard, string>;
  return { ...newEntry(type), ...texts, title: entry.title, fields, files: (entry.files ?? []).map(newFile), from: origin };
}

/** Another type keeps everything that was filled in. */
export const withType = (entry: DraftEntry, type: EntryType): DraftEntry => ({
  ...entry,
  type,
  fields: [...presetFields(type).filter((field) => !entry.fields.some((old) => old.preset === field.preset && old.value)), ...entry.fields.filter((field) => !field.preset || field.value)],
});

/** The standard fields to show: those of the type and any other that holds something. */
export const shownStandards = (entry: DraftEntry): Standard[] => [
  ...shapes[entry.type].standard,
  ...standards.filter((name) => entry[name] !== "" && !shapes[entry.type].standard.includes(name)),
];

const unitSeconds: Record<LifeUnit, number> = { minutes: 60, hours: 3_600, days: 86_400 };
export const chosenSeconds: Readonly<Record<Exclude<LifeChoice, "own">, number>> = { "1h": 3_600, "24h": 86_400, "3d": 259_200, "7d": 604_800 };

/** NaN for what is no whole number. */
export function lifeSeconds({ life, lifeAmount, lifeUnit }: Pick<Draft, "life" | "lifeAmount" | "lifeUnit">): number {
  if (life !== "own") return chosenSeconds[life];
  return /^\d{1,6}$/.test(lifeAmount.trim()) ? Number(lifeAmount) * unitSeconds[lifeUnit] : NaN;
}

/** The access password as it will be used; undefined without one. */
export function accessPassword(draft: Draft): string | undefined {
  if (draft.access === "none") return undefined;
  return draft.access === "own" ? draft.own : draft.generated;
}

/** What the handover is called in the sender's own history. */
export const titleOf = (draft: Draft): string => draft.title.trim() || draft.entries.map((entry) => entry.title.trim()).slice(0, 3).join(", ");
