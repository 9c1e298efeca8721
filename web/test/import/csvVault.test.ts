// Tables into the vault: folders, tags and stars come along there.
import { expect, test } from "vitest";
import { readColumns } from "../../src/import/columns.ts";
import { readRows } from "../../src/import/csv.ts";
import { mostVaultRows, readTable } from "../../src/import/table.ts";

async function read(text: string) {
  const { rows } = await readTable(text, mostVaultRows);
  const { targets, exporter } = readColumns(rows[0]!);
  return readRows(rows.slice(1), rows[0]!, targets, exporter);
}

test.each([
  ["KeePassXC", '"Group","Title","Username","Password","URL","Notes","TOTP","Icon","Last Modified","Created"\n"Root/Studio/Servers","web01","root","pw","","","","0","",""', ["Studio", "Servers"]],
  ["KeePass", '"Account","Login Name","Password","Web Site","Comments"\n"web01","root","pw","",""', []],
  ["LastPass", "url,username,password,totp,extra,name,grouping,fav\nhttps://x.example,root,pw,,,web01,Studio\\Servers,1", ["Studio", "Servers"]],
  ["Bitwarden", "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\nStudio/Servers,1,login,web01,,,0,https://x.example,root,pw,", ["Studio", "Servers"]],
  ["Dashlane", "username,username2,username3,title,password,note,url,category,otpUrl\nroot,second,,web01,pw,,https://x.example,Studio,", ["Studio"]],
  ["Chrome", "name,url,username,password,note\nweb01,https://x.example,root,pw,", []],
])("%s", async (exporter, text, path) => {
  const { source, items } = await read(text);
  expect(source).toBe(exporter);
  expect(items).toHaveLength(1);
  expect(items[0]!.path).toEqual(path);
  expect(items[0]!.entry).toMatchObject({ title: "web01", username: "root", password: "pw" });
});

test("stars and tags", async () => {
  const { items } = await read("Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes\nPanel,https://p.example,ewa,pw,,true,false,cms;prod,");
  expect(items[0]!.entry).toMatchObject({ favourite: true, tags: ["cms", "prod"] });
});

test("Dashlane's second user name becomes a field", async () => {
  const { items } = await read("username,username2,username3,title,password,note,url,category,otpUrl\nroot,second,third,web01,pw,,,,");
  expect(items[0]!.entry.fields).toEqual([{ name: "username2", value: "second", kind: "text" }, { name: "username3", value: "third", kind: "text" }]);
});

test("an unreadable seed is kept as a hidden field and named", async () => {
  const { items, losses } = await read("title,password,totp\nPanel,pw,???");
  expect(items[0]!.entry.fields).toEqual([{ name: "TOTP", value: "???", kind: "hidden" }]);
  expect(losses).toEqual([{ kind: "totp", titles: ["Panel"] }]);
});
