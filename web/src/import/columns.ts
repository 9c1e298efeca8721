// What the columns of a password manager's export mean.

export type Target =
  | "title" | "url" | "username" | "password" | "totp" | "notes"
  | "text" | "hidden"     // a field of its own, named after the column
  | "fields"              // Bitwarden: "name: value", one a line
  | "type"                // Bitwarden: login, note, card, identity
  | "folder" | "tags" | "favourite"   // of the vault; a handover has none of them
  | "skip";

export type Exporter = "KeePassXC" | "KeePass" | "Bitwarden" | "1Password" | "LastPass" | "Dashlane" | "Chrome" | "Firefox";

/** What a column of the vault's may be. */
export const vaultTargets: readonly Target[] = ["title", "url", "username", "password", "totp", "notes", "folder", "tags", "favourite", "text", "hidden", "fields", "type", "skip"];

/** What a column of a handover may be. */
export const handoverTargets: readonly Target[] = vaultTargets.filter((target) => !["folder", "tags", "favourite"].includes(target));

const exporters: { name: Exporter; needs: string[]; columns: Record<string, Target> }[] = [
  {
    name: "KeePassXC",
    needs: ["group", "title", "username", "password", "url", "notes"],
    columns: { group: "folder", title: "title", username: "username", password: "password", url: "url", notes: "notes", totp: "totp", icon: "skip", "last modified": "skip", created: "skip" },
  },
  {
    name: "KeePass",
    needs: ["account", "login name", "password", "web site", "comments"],
    columns: { account: "title", "login name": "username", password: "password", "web site": "url", comments: "notes" },
  },
  {
    name: "Dashlane",
    needs: ["username", "username2", "title", "password", "note", "url"],
    columns: {
      username: "username", username2: "text", username3: "text", title: "title", password: "password", note: "notes", url: "url", category: "folder",
      otpsecret: "totp", otpurl: "totp",
    },
  },
  {
    name: "Bitwarden",
    needs: ["name", "login_uri", "login_username", "login_password"],
    columns: {
      folder: "folder", collections: "folder", favorite: "favourite", reprompt: "skip", archiveddate: "skip", type: "type", name: "title", notes: "notes", fields: "fields",
      login_uri: "url", login_username: "username", login_password: "password", login_totp: "totp",
    },
  },
  {
    name: "LastPass",
    needs: ["url", "username", "password", "extra", "name"],
    columns: { url: "url", username: "username", password: "password", totp: "totp", extra: "notes", name: "title", grouping: "folder", fav: "favourite" },
  },
  {
    name: "1Password",
    needs: ["title", "username", "password", "otpauth"],
    columns: {
      title: "title", url: "url", website: "url", username: "username", password: "password", otpauth: "totp",
      favorite: "favourite", archived: "skip", tags: "tags", notes: "notes",
    },
  },
  {
    name: "Firefox",
    needs: ["url", "username", "password", "httprealm", "formactionorigin"],
    columns: {
      url: "url", username: "username", password: "password", httprealm: "skip", formactionorigin: "skip", guid: "skip",
      timecreated: "skip", timelastused: "skip", timepasswordchanged: "skip",
    },
  },
  {
    name: "Chrome",
    needs: ["name", "url", "username", "password"],
    columns: { name: "title", url: "url", username: "username", password: "password", note: "notes", notes: "notes" },
  },
];

/** Names seen in lists that people keep themselves, in the three languages of the product. */
const words: Record<Exclude<Target, "text" | "hidden" | "fields" | "type" | "favourite" | "skip">, string[]> = {
  title: ["title", "name", "account", "service", "system", "tytuł", "tytul", "nazwa", "usługa", "usluga", "titel", "bezeichnung", "dienst"],
  url: ["url", "uri", "website", "web site", "address", "link", "host", "adres", "strona", "adres url", "adresse", "webseite"],
  username: ["username", "user name", "user", "login", "login name", "e-mail", "email", "użytkownik", "uzytkownik", "nazwa użytkownika", "benutzername", "benutzer", "anmeldename"],
  password: ["password", "pass", "pwd", "secret", "hasło", "haslo", "passwort", "kennwort"],
  totp: ["totp", "otp", "otpauth", "one-time password", "2fa", "authenticator key", "totp seed"],
  notes: ["notes", "note", "comment", "comments", "description", "extra", "uwagi", "notatki", "notatka", "opis", "notizen", "notiz", "bemerkung", "beschreibung"],
  folder: ["folder", "group", "category", "project", "client", "customer", "grupa", "katalog", "projekt", "klient", "ordner", "gruppe", "kategorie", "kunde"],
  tags: ["tags", "labels", "tagi", "etykiety", "schlagworte", "schlagwörter"],
};

export interface Reading {
  exporter: Exporter | null;
  /** False: the first row holds no name we know, so it is probably data. */
  named: boolean;
  targets: Target[];
}

/** Any number of columns may be one of these. */
const repeatable: ReadonlySet<Target> = new Set(["text", "hidden", "skip"]);

/** What each column of this first row is taken as. Columns nobody knows stay out until the reader of the preview says otherwise. */
export function readColumns(firstRow: readonly string[]): Reading {
  const names = firstRow.map((name) => name.trim().toLowerCase());
  const exporter = exporters.find((one) => one.needs.every((need) => names.includes(need)));
  const taken = new Set<Target>();
  const targets = names.map((name): Target => {
    const target = exporter?.columns[name] ?? guess(name);
    if (!repeatable.has(target) && taken.has(target)) return "skip";
    taken.add(target);
    return target;
  });
  return { exporter: exporter?.name ?? null, named: taken.size > (taken.has("skip") ? 1 : 0), targets };
}

function guess(name: string): Target {
  for (const [target, known] of Object.entries(words)) {
    if (known.includes(name)) return target as Target;
  }
  return "skip";
}
