// What the columns of a password manager's export mean.

export type Target =
  | "title" | "url" | "username" | "password" | "totp" | "notes"
  | "text" | "hidden"     // a field of its own, named after the column
  | "fields"              // Bitwarden: "name: value", one a line
  | "type"                // Bitwarden: login, note, card, identity
  | "skip";

export type Exporter = "KeePassXC" | "Bitwarden" | "1Password" | "LastPass" | "Chrome" | "Firefox";

const exporters: { name: Exporter; needs: string[]; columns: Record<string, Target> }[] = [
  {
    name: "KeePassXC",
    needs: ["group", "title", "username", "password", "url", "notes"],
    columns: { group: "skip", title: "title", username: "username", password: "password", url: "url", notes: "notes", totp: "totp", icon: "skip", "last modified": "skip", created: "skip" },
  },
  {
    name: "Bitwarden",
    needs: ["name", "login_uri", "login_username", "login_password"],
    columns: {
      folder: "skip", collections: "skip", favorite: "skip", reprompt: "skip", archiveddate: "skip", type: "type", name: "title", notes: "notes", fields: "fields",
      login_uri: "url", login_username: "username", login_password: "password", login_totp: "totp",
    },
  },
  {
    name: "LastPass",
    needs: ["url", "username", "password", "extra", "name"],
    columns: { url: "url", username: "username", password: "password", totp: "totp", extra: "notes", name: "title", grouping: "skip", fav: "skip" },
  },
  {
    name: "1Password",
    needs: ["title", "username", "password", "otpauth"],
    columns: {
      title: "title", url: "url", website: "url", username: "username", password: "password", otpauth: "totp",
      favorite: "skip", archived: "skip", tags: "skip", notes: "notes",
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
const words: Record<Exclude<Target, "text" | "hidden" | "fields" | "type" | "skip">, string[]> = {
  title: ["title", "name", "account", "service", "system", "tytuł", "tytul", "nazwa", "usługa", "usluga", "titel", "bezeichnung", "dienst"],
  url: ["url", "uri", "website", "web site", "address", "link", "host", "adres", "strona", "adres url", "adresse", "webseite"],
  username: ["username", "user name", "user", "login", "login name", "e-mail", "email", "użytkownik", "uzytkownik", "nazwa użytkownika", "benutzername", "benutzer", "anmeldename"],
  password: ["password", "pass", "pwd", "secret", "hasło", "haslo", "passwort", "kennwort"],
  totp: ["totp", "otp", "otpauth", "one-time password", "2fa", "authenticator key", "totp seed"],
  notes: ["notes", "note", "comment", "comments", "description", "extra", "uwagi", "notatki", "notatka", "opis", "notizen", "notiz", "bemerkung", "beschreibung"],
};

export interface Reading {
  exporter: Exporter | null;
  /** False: the first row holds no name we know, so it is probably data. */
  named: boolean;
  targets: Target[];
}

/** What each column of this first row is taken as. Columns nobody knows stay out until the reader of the preview says otherwise. */
export function readColumns(firstRow: readonly string[]): Reading {
  const names = firstRow.map((name) => name.trim().toLowerCase());
  const exporter = exporters.find((one) => one.needs.every((need) => names.includes(need)));
  const taken = new Set<Target>();
  const targets = names.map((name): Target => {
    const target = exporter?.columns[name] ?? guess(name);
    if (target !== "skip" && taken.has(target)) return "skip";
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
