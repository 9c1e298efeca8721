// The shapes that password managers really export.
import { describe, expect, test } from "vitest";
import { readColumns } from "../../src/import/columns.ts";
import { entriesFrom } from "../../src/import/entries.ts";
import { mostRows, readTable } from "../../src/import/table.ts";

async function importText(text: string) {
  const { rows, problem } = await readTable(text);
  expect(problem).toBeNull();
  const reading = readColumns(rows[0]!);
  return { ...reading, entries: entriesFrom(rows.slice(1), rows[0]!, reading.targets) };
}

describe("KeePassXC", () => {
  const header = '"Group","Title","Username","Password","URL","Notes","TOTP","Icon","Last Modified","Created"';

  test("every column lands where it belongs, quotes and line breaks included", async () => {
    const { exporter, entries } = await importText(
      `${header}\n"Root/Północ","Panel ""CMS""","ewa","a,b""c;d","https://cms.example/admin","first line\nsecond, line","otpauth://totp/CMS:ewa?secret=JBSWY3DPEHPK3PXP&period=30&digits=6&issuer=CMS","0","2026-01-02T03:04:05Z","2025-01-02T03:04:05Z"\n`,
    );
    expect(exporter).toBe("KeePassXC");
    expect(entries).toEqual([
      {
        type: "login",
        title: 'Panel "CMS"',
        username: "ewa",
        password: 'a,b"c;d',
        url: "https://cms.example/admin",
        notes: "first line\nsecond, line",
        totp: "otpauth://totp/CMS:ewa?secret=JBSWY3DPEHPK3PXP&period=30&digits=6&issuer=CMS",
        fields: [],
      },
    ]);
  });

  test("a row that holds only its group and dates is no entry", async () => {
    const { entries } = await importText(`${header}\n"Root","","","","","","","0","2026-01-02","2025-01-02"\n`);
    expect(entries).toEqual([]);
  });

  test("a byte order mark and Windows line ends change nothing", async () => {
    const { exporter, entries } = await importText(`\uFEFF${header}\r\n"Root","T","u","p","","a\r\nb","","0","",""\r\n`);
    expect(exporter).toBe("KeePassXC");
    expect(entries[0]).toMatchObject({ title: "T", notes: "a\nb" });
  });

  test("addresses of servers, databases and mail make the type", async () => {
    const rows = ["ssh://web1", "postgres://db", "jdbc:mysql://db", "imaps://mail", "https://x"].map((url) => `"Root","T","u","p","${url}","","","0","",""`).join("\n");
    expect((await importText(`${header}\n${rows}\n`)).entries.map((entry) => entry.type)).toEqual(["server", "database", "database", "mailbox", "login"]);
  });
});

test("Bitwarden: own fields, notes and cards", async () => {
  const { exporter, entries } = await importText(
    "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\n" +
      'Klient,1,login,Sklep,,"PIN: 1234\nRegion: EU: West",0,https://sklep.example,admin,s3cret,JBSW Y3DP EHPK 3PXP\n' +
      ',,note,Umowa,"numer 7",,0,,,,\n',
  );
  expect(exporter).toBe("Bitwarden");
  expect(entries[0]).toMatchObject({
    type: "login",
    title: "Sklep",
    url: "https://sklep.example",
    totp: "JBSW Y3DP EHPK 3PXP",
    fields: [
      { name: "PIN", value: "1234", kind: "hidden" },
      { name: "Region", value: "EU: West", kind: "text" },
    ],
  });
  expect(entries[1]).toMatchObject({ type: "note", title: "Umowa", notes: "numer 7" });
});

test("Bitwarden of an organization has collections in the place of folders", async () => {
  const { exporter } = await importText("collections,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\nK,login,N,,,0,u,n,p,\n");
  expect(exporter).toBe("Bitwarden");
});

test("1Password", async () => {
  const { exporter, entries } = await importText("Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\nDHL,https://dhl.example,me,pw,,false,false,work,hello\n");
  expect(exporter).toBe("1Password");
  expect(entries[0]).toMatchObject({ title: "DHL", url: "https://dhl.example", username: "me", password: "pw", notes: "hello" });
});

test("LastPass: a secure note is a note", async () => {
  const { exporter, entries } = await importText("url,username,password,totp,extra,name,grouping,fav\nhttp://sn,,,,the text,Alarm,Office,0\nhttps://a.example,u,p,,,A,,0\n");
  expect(exporter).toBe("LastPass");
  expect(entries[0]).toMatchObject({ type: "note", title: "Alarm", url: "", notes: "the text" });
  expect(entries[1]).toMatchObject({ type: "login", title: "A", password: "p" });
});

test("Chrome", async () => {
  const { exporter, entries } = await importText("name,url,username,password,note\nshop.example,https://shop.example/,u,p,n\n");
  expect(exporter).toBe("Chrome");
  expect(entries[0]).toMatchObject({ title: "shop.example", notes: "n" });
});

test("Firefox names no titles: the host is one", async () => {
  const { exporter, entries } = await importText(
    '"url","username","password","httpRealm","formActionOrigin","guid","timeCreated","timeLastUsed","timePasswordChanged"\n"https://www.bank.example:8443","u","p",,"https://www.bank.example","{1}","1","2","3"\n',
  );
  expect(exporter).toBe("Firefox");
  expect(entries[0]).toMatchObject({ title: "bank.example", url: "https://www.bank.example:8443" });
});

test("a list of one's own: semicolons, Polish names, unknown columns stay out", async () => {
  const { exporter, named, targets, entries } = await importText("Nazwa;Login;Hasło;Uwagi;Termin\nPoczta;biuro@x.example;zażółć;;jutro\n");
  expect(exporter).toBeNull();
  expect(named).toBe(true);
  expect(targets).toEqual(["title", "username", "password", "notes", "skip"]);
  expect(entries[0]).toMatchObject({ title: "Poczta", password: "zażółć" });
});

test("without column names nothing is guessed", () => {
  expect(readColumns(["sklep", "admin", "x7!k"])).toEqual({ exporter: null, named: false, targets: ["skip", "skip", "skip"] });
});

test("a column taken as a field of its own carries the column's name", () => {
  expect(entriesFrom([["A", "5432"]], ["Name", "Port"], ["title", "text"])[0]!.fields).toEqual([{ name: "Port", value: "5432", kind: "text" }]);
});

test("spaces around a password belong to it", async () => {
  expect((await importText('name,url,username,password\nA,, u ," p "\n')).entries[0]).toMatchObject({ username: "u", password: " p " });
});

test("a password without user or address is a network's when its title says Wi-Fi", () => {
  expect(entriesFrom([["Wi-Fi magazyn", "pw"]], ["n", "p"], ["title", "password"])[0]!.type).toBe("wifi");
  expect(entriesFrom([["Wifinity", "pw"]], ["n", "p"], ["title", "password"])[0]!.type).toBe("login");
});

test("U+0000 never gets in", () => {
  expect(entriesFrom([["A\u0000B"]], ["name"], ["title"])[0]!.title).toBe("AB");
});

test("a quotation mark that never closes is refused, not guessed", async () => {
  expect((await readTable('name,password\n"A,b\nC,d\n')).problem).toBe("quotes");
});

test("a table beyond the limit is refused whole", async () => {
  expect((await readTable("name\n" + "x\n".repeat(mostRows + 5))).problem).toBe("rows");
});
