// 1Password's unencrypted export (1pux): a zip with export.data (JSON) and the attachments under files/ → ImportedVault.
import { unzipSync } from "fflate";
import { build, dateText, kindOfValue, Losses, mostFileBytes, UnreadableFile, type EntryField, type Found, type ImportedFile, type ImportedItem, type ImportedVault } from "./importedVault.ts";

interface Document {
  fileName?: string;
  documentId?: string;
}

interface Item {
  favIndex?: number;
  createdAt?: number;
  updatedAt?: number;
  state?: string;
  trashed?: boolean;
  categoryUuid?: string;
  details?: {
    loginFields?: { value?: string; name?: string; fieldType?: string; designation?: string }[];
    notesPlain?: string;
    password?: string;
    sections?: { title?: string; fields?: { title?: string; id?: string; value?: Record<string, unknown> }[] }[];
    passwordHistory?: { value?: string; time?: number }[];
    documentAttributes?: Document | null;
  };
  overview?: { title?: string; url?: string; urls?: { label?: string; url?: string }[] | null; tags?: string[] };
}

interface Vault {
  attrs?: { name?: string };
  /** Older exports wrap each item. */
  items?: (Item & { item?: Item })[];
}

/** 1Password's category numbers. */
const types: Readonly<Record<string, string>> = {
  "001": "login", "002": "card", "003": "note", "004": "note", "005": "login", "006": "note", "101": "card", "102": "database", "103": "note", "109": "wifi", "110": "server", "111": "mailbox", "114": "server",
};

export function readOnePux(bytes: Uint8Array<ArrayBuffer>): ImportedVault {
  const zip = unzip(bytes);
  const data = zip["export.data"];
  if (data === undefined) throw new UnreadableFile("unknown");
  let accounts: { vaults?: Vault[] }[];
  try {
    accounts = (JSON.parse(new TextDecoder().decode(data)) as { accounts?: { vaults?: Vault[] }[] }).accounts ?? [];
  } catch {
    throw new UnreadableFile("damaged");
  }
  const losses = new Losses();
  const items = accounts.flatMap(({ vaults }) =>
    (vaults ?? []).flatMap(({ attrs, items }) => (items ?? []).flatMap((item) => convert(item.item ?? item, attrs?.name?.trim() || "?", zip, losses))),
  );
  return { source: "1Password", items, losses: losses.list() };
}

function unzip(bytes: Uint8Array<ArrayBuffer>): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes);
  } catch {
    throw new UnreadableFile("damaged");
  }
}

function convert(item: Item, vault: string, zip: Readonly<Record<string, Uint8Array>>, losses: Losses): ImportedItem[] {
  const { details = {}, overview = {} } = item;
  const title = overview.title ?? "";
  if (item.trashed === true || item.state === "deleted") {
    losses.add("bin", title);
    return [];
  }
  const found: Found = {
    ...(types[item.categoryUuid ?? ""] && item.categoryUuid !== "001" && { type: types[item.categoryUuid!]! }),
    title,
    password: details.password ?? "",
    notes: details.notesPlain ?? "",
    fields: [],
    tags: [...(overview.tags ?? []), ...(item.state === "archived" ? ["archived"] : [])],
    favourite: (item.favIndex ?? 0) > 0,
    old: (details.passwordHistory ?? []).map(({ value, time }) => ({ password: value ?? "", changed: (time ?? 0) * 1_000 })),
    created: seconds(item.createdAt),
    changed: seconds(item.updatedAt),
  };
  const [url, ...further] = [...new Set([overview.url, ...(overview.urls ?? []).map(({ url }) => url)].filter((one): one is string => !!one))];
  found.url = url ?? "";
  for (const { value = "", name = "", designation, fieldType } of details.loginFields ?? []) {
    if (designation === "username") found.username = value;
    else if (designation === "password") found.password = value;
    else if (value !== "" && fieldType !== "I" && fieldType !== "C") found.fields.push({ name, value, kind: kindOfValue(value, fieldType === "P") });
  }
  found.fields.push(...further.map((value): EntryField => ({ name: "URL", value, kind: "link" })));
  const documents: Document[] = details.documentAttributes ? [details.documentAttributes] : [];
  for (const section of details.sections ?? []) readSection(section, found, documents, title, losses);
  const files = documents.flatMap((document) => fileOf(document, zip, title, losses));
  const entry = build(found, files.length > 0, losses);
  return entry ? [{ path: [vault], entry, files }] : [];
}

type Section = NonNullable<NonNullable<Item["details"]>["sections"]>[number];

function readSection(section: Section, found: Found, documents: Document[], title: string, losses: Losses): void {
  for (const field of section.fields ?? []) {
    const [kind, raw] = Object.entries(field.value ?? {})[0] ?? ["", ""];
    const label = field.title || field.id || "";
    const name = section.title ? `${section.title}: ${label}` : label;
    if (kind === "file") documents.push((raw ?? {}) as Document);
    else if (kind === "totp" && !found.totp) found.totp = String(raw ?? "");
    else if (kind === "sshKey") pushKey(raw, name, found);
    else if (kind === "reference" || kind === "passkey") {
      if (raw) losses.add(kind === "passkey" ? "passkey" : "linked", title);
    } else push(kind, raw, name, found);
  }
}

/** The fields that a category has by itself take the place they have here. */
function push(kind: string, raw: unknown, name: string, found: Found): void {
  const value = textOf(kind, raw);
  if (value === "") return;
  const id = name.split(": ").at(-1)!.toLowerCase();
  if (found.type !== undefined && found.type !== "card" && !found.username && ["username", "admin_console_username", "pop_username", "benutzername", "nazwa użytkownika"].includes(id)) found.username = value;
  else if (found.type !== undefined && found.type !== "card" && !found.password && kind === "concealed" && ["password", "wireless network password", "hasło", "passwort"].includes(id)) found.password = value;
  else if (kind === "url" && !found.url) found.url = value;
  else found.fields.push({ name, value, kind: kind === "date" ? "date" : kindOfValue(value, ["concealed", "creditCardNumber", "totp"].includes(kind)) });
}

function textOf(kind: string, raw: unknown): string {
  if (raw === null || raw === undefined) return "";
  if (kind === "date" && typeof raw === "number") return dateText(raw * 1_000);
  if (kind === "monthYear" && typeof raw === "number") return `${String(raw % 100).padStart(2, "0")}/${Math.floor(raw / 100)}`;
  if (typeof raw !== "object") return String(raw);
  const members = raw as Record<string, unknown>;
  if (kind === "email") return String(members["email_address"] ?? "");
  return ["street", "city", "state", "zip", "country"].map((part) => members[part]).filter(Boolean).join(", ");
}

function pushKey(raw: unknown, name: string, found: Found): void {
  const { privateKey, metadata } = (raw ?? {}) as { privateKey?: string; metadata?: { publicKey?: string; fingerprint?: string } };
  if (privateKey) found.fields.push({ name, value: privateKey, kind: "key" });
  if (metadata?.publicKey) found.fields.push({ name: "Public key", value: metadata.publicKey, kind: "text" });
}

function fileOf({ fileName = "?", documentId = "" }: Document, zip: Readonly<Record<string, Uint8Array>>, title: string, losses: Losses): ImportedFile[] {
  const path = Object.keys(zip).find((name) => name === `files/${documentId}__${fileName}` || name.startsWith(`files/${documentId}__`));
  const bytes = path === undefined || documentId === "" ? undefined : zip[path];
  if (bytes === undefined) losses.add("fileMissing", title);
  else if (bytes.length > mostFileBytes) losses.add("file", title);
  else return [{ name: fileName, bytes: bytes.slice() as Uint8Array<ArrayBuffer> }];
  return [];
}

const seconds = (value: number | undefined): number | undefined => (value ? value * 1_000 : undefined);
