// Bitwarden's JSON export, plain or password-protected, of a person or of an organization → ImportedVault.
import { build, kindOfValue, Losses, UnreadableFile, type EntryField, type Found, type ImportedItem, type ImportedVault } from "../importedVault.ts";
import { decrypt, type Protected } from "./decrypt.ts";
import { cardFields, identityFields, sshFields } from "./kinds.ts";

export interface Item {
  type: number;
  name?: string | null;
  notes?: string | null;
  favorite?: boolean;
  reprompt?: number;
  folderId?: string | null;
  collectionIds?: string[] | null;
  fields?: { name?: string | null; value?: string | null; type: number }[] | null;
  login?: { uris?: { uri?: string | null }[] | null; username?: string | null; password?: string | null; totp?: string | null; fido2Credentials?: unknown[] | null; passwordRevisionDate?: string | null } | null;
  card?: Record<string, string | null> | null;
  identity?: Record<string, string | null> | null;
  sshKey?: Record<string, string | null> | null;
  passwordHistory?: { password?: string; lastUsedDate?: string }[] | null;
  creationDate?: string;
  revisionDate?: string;
  deletedDate?: string | null;
  attachments?: unknown[] | null;
}

interface Shelf {
  id: string;
  name: string;
}

const types: Readonly<Record<number, string>> = { 2: "note", 3: "card", 4: "note", 5: "server" };

export async function readBitwarden(text: string, password: string | undefined, progress: (done: number) => void = () => {}): Promise<ImportedVault> {
  const file = parse(text);
  if (file["encrypted"] !== true) return convert(file);
  if (file["passwordProtected"] !== true) throw new UnreadableFile("account-key");
  if (password === undefined) throw new UnreadableFile("password-needed");
  return convert(parse(await decrypt(file as unknown as Protected, password, progress)));
}

/** Whether this is one at all. */
export function looksLikeBitwarden(text: string): boolean {
  try {
    const file = parse(text);
    return typeof file["encrypted"] === "boolean" && (Array.isArray(file["items"]) || typeof file["data"] === "string" || "encKeyValidation_DO_NOT_EDIT" in file);
  } catch {
    return false;
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new UnreadableFile("damaged");
}

function convert(file: Record<string, unknown>): ImportedVault {
  if (!Array.isArray(file["items"])) throw new UnreadableFile("damaged");
  const losses = new Losses();
  const shelves = new Map([...listOf<Shelf>(file["folders"]), ...listOf<Shelf>(file["collections"])].map(({ id, name }) => [id, name]));
  const items = listOf<Item>(file["items"]).flatMap((item) => convertItem(item, shelves, losses));
  if (items.length > 0) losses.add("attachments");
  return { source: "Bitwarden", items, losses: losses.list() };
}

function convertItem(item: Item, shelves: ReadonlyMap<string, string>, losses: Losses): ImportedItem[] {
  const title = item.name ?? "";
  if (item.deletedDate) {
    losses.add("bin", title);
    return [];
  }
  const { login } = item;
  const [url, ...further] = (login?.uris ?? []).map(({ uri }) => uri ?? "").filter(Boolean);
  const fields: EntryField[] = further.map((value) => ({ name: "URL", value, kind: "link" }));
  if (item.card) fields.push(...cardFields(item.card));
  if (item.identity) fields.push(...identityFields(item.identity));
  if (item.sshKey) fields.push(...sshFields(item.sshKey));
  fields.push(...ownFields(item, title, losses));
  if (login?.fido2Credentials?.length) losses.add("passkey", title);
  if (item.reprompt) losses.add("reprompt", title);

  const found: Found = {
    ...(types[item.type] && { type: types[item.type]! }),
    title,
    url: url ?? "",
    username: login?.username ?? item.identity?.["username"] ?? "",
    password: login?.password ?? "",
    totp: login?.totp ?? "",
    notes: item.notes ?? "",
    fields,
    favourite: item.favorite === true,
    old: (item.passwordHistory ?? []).map(({ password, lastUsedDate }) => ({ password: password ?? "", changed: ms(lastUsedDate) ?? 0 })),
    created: ms(item.creationDate),
    changed: ms(item.revisionDate),
    passwordChanged: ms(login?.passwordRevisionDate),
  };
  const entry = build(found, false, losses);
  return entry ? [{ path: pathOf(item, shelves), entry, files: [] }] : [];
}

/** 0 text, 1 hidden, 2 yes or no, 3 a pointer to another field of the same login. */
function ownFields(item: Item, title: string, losses: Losses): EntryField[] {
  return (item.fields ?? []).flatMap(({ name, value, type }): EntryField[] => {
    if (type === 3) {
      losses.add("linked", title);
      return [];
    }
    return [{ name: name ?? "", value: value ?? "", kind: kindOfValue(value ?? "", type === 1) }];
  });
}

/** Nested folders are written with a slash. */
function pathOf(item: Item, shelves: ReadonlyMap<string, string>): string[] {
  const shelf = [item.folderId, ...(item.collectionIds ?? [])].map((id) => shelves.get(id ?? "")).find((name) => name !== undefined);
  return (shelf ?? "").split("/").map((part) => part.trim()).filter(Boolean);
}

const listOf = <T>(value: unknown): T[] => (Array.isArray(value) ? value.filter((one) => typeof one === "object" && one !== null) : []);

function ms(date: string | null | undefined): number | undefined {
  const parsed = Date.parse(date ?? "");
  return Number.isNaN(parsed) ? undefined : parsed;
}
