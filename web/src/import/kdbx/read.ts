// KDBX 3.1 and 4 → ImportedVault. What KeePass and KeePassXC keep in fields by convention (one-time codes, references,
// further addresses) lands where it belongs; history becomes the list of earlier passwords.
import { build, kindOfValue, Losses, mostFileBytes, UnreadableFile, type EntryField, type Found, type ImportedFile, type ImportedItem, type ImportedVault } from "../importedVault.ts";
import { credentialsOf, kdbxweb, onProgress, unreadable, type Progress } from "./database.ts";
import { seedOf, seedFields } from "./totp.ts";

type Entry = kdbxweb.KdbxEntry;
type Group = kdbxweb.KdbxGroup;

const standard = new Set(["Title", "UserName", "Password", "URL", "Notes"]);

export async function readKdbx(bytes: Uint8Array<ArrayBuffer>, password: string | undefined, keyFile: Uint8Array<ArrayBuffer> | undefined, progress: Progress = () => {}): Promise<ImportedVault> {
  if (password === undefined && keyFile === undefined) throw new UnreadableFile("password-needed");
  onProgress(progress);
  try {
    const database = await kdbxweb.Kdbx.load(bytes.slice().buffer, await credentialsOf(password, keyFile));
    return convert(database);
  } catch (error) {
    throw unreadable(error);
  }
}

function convert(database: kdbxweb.Kdbx): ImportedVault {
  const losses = new Losses();
  const items: ImportedItem[] = [];
  const bin = database.meta.recycleBinEnabled ? database.meta.recycleBinUuid?.id : undefined;
  const templates = database.meta.entryTemplatesGroup?.id;
  const byId = new Map<string, Entry>();
  for (const group of database.groups) for (const entry of group.allEntries()) byId.set(entry.uuid.id, entry);

  const walk = (group: Group, path: string[]): void => {
    for (const entry of group.entries) {
      const item = convertEntry(entry, path, byId, losses);
      if (item !== undefined) items.push(item);
    }
    for (const child of group.groups) {
      if (child.uuid.id === bin) for (const entry of child.allEntries()) losses.add("bin", plain(entry.fields.get("Title")));
      else if (child.uuid.id === templates) for (const entry of child.allEntries()) losses.add("template", plain(entry.fields.get("Title")));
      else {
        if (child.customIcon) losses.add("icon", child.name);
        walk(child, [...path, child.name?.trim() || "?"]);
      }
    }
  };
  for (const root of database.groups) walk(root, []);
  return { source: "KeePass", items, losses: losses.list() };
}

function convertEntry(entry: Entry, path: string[], byId: ReadonlyMap<string, Entry>, losses: Losses): ImportedItem | undefined {
  const value = (name: string): string => resolve(plain(entry.fields.get(name)), byId);
  const title = value("Title");
  const files = filesOf(entry, title, losses);
  const fields: EntryField[] = [];
  for (const [name, content] of entry.fields) {
    if (standard.has(name) || seedFields.has(name)) continue;
    const text = resolve(plain(content), byId);
    const hidden = content instanceof kdbxweb.ProtectedValue;
    const further = /^KP2A_URL/.test(name);
    fields.push({ name: further ? "URL" : name, value: text, kind: further ? "link" : kindOfValue(text, hidden) });
  }
  if (entry.customIcon) losses.add("icon", title);
  if (entry.autoType.items.length > 0 || entry.autoType.defaultSequence) losses.add("autoType", title);
  if (entry.history.some((version) => differsBeyondPassword(version, entry))) losses.add("versions", title);

  const { times } = entry;
  const { old, passwordChanged } = passwordsOf(entry);
  const found: Found = {
    title,
    url: value("URL"),
    username: value("UserName"),
    password: value("Password"),
    totp: seedOf((name) => plain(entry.fields.get(name))),
    notes: value("Notes"),
    fields,
    tags: entry.tags,
    old,
    created: times.creationTime?.getTime(),
    changed: times.lastModTime?.getTime(),
    passwordChanged,
    expires: times.expires ? times.expiryTime?.getTime() : undefined,
  };
  const text = build(found, files.length > 0, losses);
  return text && { path, entry: text, files };
}

function filesOf(entry: Entry, title: string, losses: Losses): ImportedFile[] {
  const files: ImportedFile[] = [];
  for (const [name, binary] of entry.binaries) {
    const value = "hash" in binary ? binary.value : binary;
    const bytes = value instanceof kdbxweb.ProtectedValue ? value.getBinary() : new Uint8Array(value);
    if (bytes.length > mostFileBytes) losses.add("file", title);
    else files.push({ name, bytes: bytes.slice() });
  }
  return files;
}

/** Earlier passwords with the time each ceased, out of the entry's earlier versions. */
function passwordsOf(entry: Entry): { old: { password: string; changed: number }[]; passwordChanged: number | undefined } {
  const versions = [...entry.history, entry].map((version) => ({ password: plain(version.fields.get("Password")), at: version.times.lastModTime?.getTime() ?? 0 })).sort((a, b) => a.at - b.at);
  const old: { password: string; changed: number }[] = [];
  let passwordChanged = entry.times.creationTime?.getTime();
  for (let i = 1; i < versions.length; i++) {
    if (versions[i]!.password === versions[i - 1]!.password) continue;
    old.push({ password: versions[i - 1]!.password, changed: versions[i]!.at });
    passwordChanged = versions[i]!.at;
  }
  return { old, passwordChanged };
}

function differsBeyondPassword(version: Entry, now: Entry): boolean {
  const texts = (entry: Entry) => JSON.stringify([...entry.fields].filter(([name]) => name !== "Password").map(([name, value]) => [name, plain(value)]).sort());
  return texts(version) !== texts(now);
}

const referenced: Readonly<Record<string, string>> = { T: "Title", U: "UserName", P: "Password", A: "URL", N: "Notes" };

/** {REF:P@I:…} names a field of another entry: here it becomes the text itself. */
function resolve(text: string, byId: ReadonlyMap<string, Entry>, depth = 0): string {
  if (depth > 4 || !text.includes("{REF:")) return text;
  return text.replace(/\{REF:([TUPAN])@I:([0-9A-F]{32})\}/gi, (whole, field: string, id: string) => {
    const bytes = Uint8Array.from(id.match(/../g)!, (pair) => parseInt(pair, 16));
    const entry = byId.get(btoa(String.fromCharCode(...bytes)));
    return entry === undefined ? whole : resolve(plain(entry.fields.get(referenced[field.toUpperCase()]!)), byId, depth + 1);
  });
}

const plain = (value: kdbxweb.KdbxEntryField | undefined): string => (value === undefined ? "" : typeof value === "string" ? value : value.getText());
