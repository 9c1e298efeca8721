// KDBX 4 under Argon2id: groups and folders as groups, attachments, one-time codes as KeePassXC keeps them, earlier
// passwords as history.
import { credentialsOf, kdbxweb, onProgress, type Progress } from "../import/kdbx/database.ts";
import type { ExportedEntry, ExportedGroup, ExportedItem } from "./exportedVault.ts";

type Group = kdbxweb.KdbxGroup;
type Entry = kdbxweb.KdbxEntry;

/** KeePassXC's own choice of memory; passes for a second or two in a browser. */
const cost = { memory: 64 * 1_048_576, passes: 3, lanes: 1 };

const icons: Readonly<Record<string, number>> = { server: 3, database: 6, mailbox: 19, domain: 1, wifi: 12, card: 66, note: 7 };

export async function writeKdbx(name: string, groups: readonly ExportedGroup[], password: string, progress: Progress = () => {}): Promise<Uint8Array<ArrayBuffer>> {
  onProgress(progress);
  const database = kdbxweb.Kdbx.create(await credentialsOf(password, undefined), name);
  database.setKdf(kdbxweb.Consts.KdfId.Argon2id);
  const { UInt32, UInt64 } = kdbxweb.VarDictionary.ValueType;
  const parameters = database.header.kdfParameters!;
  parameters.set("M", UInt64, kdbxweb.Int64.from(cost.memory));
  parameters.set("I", UInt64, kdbxweb.Int64.from(cost.passes));
  parameters.set("P", UInt32, cost.lanes);

  const root = database.getDefaultGroup();
  for (const { name: group, items } of groups) {
    const shelf = database.createGroup(root, group);
    const folders = new Map<string, Group>();
    for (const item of items) await writeItem(database, folderOf(database, shelf, item.entry.folder ?? [], folders), item);
  }
  return new Uint8Array(await database.save());
}

function folderOf(database: kdbxweb.Kdbx, shelf: Group, path: readonly string[], known: Map<string, Group>): Group {
  let at = shelf;
  for (const [i, name] of path.entries()) {
    const key = JSON.stringify(path.slice(0, i + 1));
    at = known.get(key) ?? database.createGroup(at, name);
    known.set(key, at);
  }
  return at;
}

async function writeItem(database: kdbxweb.Kdbx, group: Group, { entry, files }: ExportedItem): Promise<void> {
  const made = database.createEntry(group);
  made.icon = icons[entry.type] ?? 0;
  made.tags = [...(entry.tags ?? []), ...(entry.favourite ? ["Favourite"] : [])].map((tag) => tag.replace(/[;,]/g, " "));
  writeFields(made, entry);
  for (const { name, bytes } of files) made.binaries.set(freeName(made.binaries, name), await database.createBinary(bytes.slice().buffer));
  writeTimes(made, entry);
  writeHistory(made, entry);
}

function writeFields(made: Entry, entry: ExportedEntry): void {
  const hidden = (text: string) => kdbxweb.ProtectedValue.fromString(text);
  made.fields.set("Title", entry.title);
  made.fields.set("UserName", entry.username ?? "");
  made.fields.set("Password", hidden(entry.password ?? ""));
  made.fields.set("URL", entry.url ?? "");
  made.fields.set("Notes", entry.notes ?? "");
  if (entry.totp) made.fields.set("otp", hidden(entry.totp));
  for (const { name, value, kind } of entry.fields ?? []) {
    const free = freeName(made.fields, name || "Field");
    made.fields.set(free, kind === "hidden" || kind === "key" ? hidden(value) : value);
  }
}

/** Names are keys there: a second one of the same name gets a number. */
function freeName(taken: ReadonlyMap<string, unknown>, name: string): string {
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name} (${n})`;
  return free;
}

function writeTimes({ times }: Entry, { created, changed, expires }: ExportedEntry): void {
  if (created !== undefined) times.creationTime = new Date(created);
  if (changed !== undefined) times.lastModTime = new Date(changed);
  times.expires = expires !== undefined;
  if (expires !== undefined) times.expiryTime = new Date(expires);
}

/** An earlier password is an earlier version of the entry that ended when the next began; so is today's own beginning. */
function writeHistory(made: Entry, { old = [], password = "", created = 0 }: ExportedEntry): void {
  const { lastModTime } = made.times;
  const oldestFirst = [...old].sort((a, b) => a.changed - b.changed);
  const versions = oldestFirst.map((one, i) => ({ password: one.password, began: i === 0 ? created : oldestFirst[i - 1]!.changed }));
  if (old.length > 0) versions.push({ password, began: oldestFirst.at(-1)!.changed });
  for (const version of versions) {
    made.times.lastModTime = new Date(version.began);
    made.pushHistory();
    made.history.at(-1)!.fields.set("Password", kdbxweb.ProtectedValue.fromString(version.password));
  }
  made.times.lastModTime = lastModTime;
}
