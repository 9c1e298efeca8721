import { expect, test } from "vitest";
import { folderTree, readPath, writePath } from "../../src/pages/app/vault/folders.ts";
import { hostOf, safeLink } from "../../src/pages/app/vault/links.ts";
import { isPressable, shortcutOf, takesKeys } from "../../src/pages/app/vault/shortcuts.ts";
import { readTags } from "../../src/pages/app/vault/tags.ts";
import { rowsInSight, scrollTo } from "../../src/pages/app/vault/windowed.ts";

test("folders exist through their entries, count what lies in them and are in order", () => {
  const tree = folderTree([["Servers", "Production"], ["Servers"], ["Łódź"], ["Servers", "Alt"], ["mail"]]);
  expect(tree.map(({ name, count }) => [name, count])).toEqual([["Łódź", 1], ["mail", 1], ["Servers", 3]]);
  expect(tree[2]!.children.map(({ path, count }) => [writePath(path), count])).toEqual([["Servers / Alt", 1], ["Servers / Production", 1]]);
});

test("a path is read as it is written, however many slashes and blanks", () => {
  expect(readPath(" /Servers//  Production / ")).toEqual(["Servers", "Production"]);
  expect(readPath(writePath(["a", "b c"]))).toEqual(["a", "b c"]);
  expect(readPath("")).toEqual([]);
});

test("tags come once each", () => {
  expect(readTags("aws,  prod ,aws,, ")).toEqual(["aws", "prod"]);
});

test("only the rows in sight are drawn, whatever the length of the list", () => {
  expect(rowsInSight(0, 600, 60, 10_000)).toEqual({ from: 0, to: 16 });
  expect(rowsInSight(300_000, 600, 60, 10_000)).toEqual({ from: 4_994, to: 5_016 });
  expect(rowsInSight(600_000, 600, 60, 10_000).to).toBe(10_000);
  expect(rowsInSight(0, 600, 60, 3)).toEqual({ from: 0, to: 3 });
  // The list got shorter while it was scrolled down.
  expect(rowsInSight(300_000, 600, 60, 5)).toEqual({ from: 4, to: 5 });
});

test("a row is scrolled into sight by as little as it takes", () => {
  expect(scrollTo(0, 300, 600, 60)).toBe(0);
  expect(scrollTo(20, 300, 600, 60)).toBe(660);
  expect(scrollTo(10, 300, 600, 60)).toBe(300);
});

test.each([
  ["https://panel.example/x", "https://panel.example/x"],
  ["panel.example", "https://panel.example"],
  ["panel.example:8443/login", "https://panel.example:8443/login"],
  ["ssh://root@host", "ssh://root@host"],
  ["mailto:a@b.example", "mailto:a@b.example"],
])("%s is a link", (text, href) => expect(safeLink(text)).toBe(href));

test.each(["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "blob:https://x/y", "https://user:pass@host/", "10.0.0.1", "just words", "", "about:blank"])(
  "%s stays text",
  (text) => expect(safeLink(text)).toBeUndefined(),
);

test("a list shows the host of an address", () => {
  expect(hostOf("https://www.panel.example:8443/login?x")).toBe("panel.example:8443");
  expect(hostOf("root@10.0.0.1")).toBe("10.0.0.1");
});

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey", boolean>> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });

test("the keys do what the help says, and nothing with another key held", () => {
  expect(shortcutOf(press("c"), true)).toBe("password");
  expect(shortcutOf(press("/"), true)).toBe("search");
  expect(shortcutOf(press("a", { ctrlKey: true }), true)).toBe("all");
  expect(shortcutOf(press("a", { metaKey: true }), true)).toBe("all");
  for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { ctrlKey: true, altKey: true }]) expect(shortcutOf(press("c", held), true)).toBeUndefined();
  expect(shortcutOf(press("a"), true)).toBeUndefined();
});

test("switched off, no single letter does anything; arrows and Escape still do", () => {
  for (const key of ["/", "e", "c", "u", "t", "n", "?"]) expect(shortcutOf(press(key), false), key).toBeUndefined();
  expect(shortcutOf(press("ArrowDown"), false)).toBe("down");
  expect(shortcutOf(press("Escape"), false)).toBe("back");
});

test("a field keeps its keys, a button keeps Enter", () => {
  const focused = (selector: string) => ({ closest: (list: string) => (list.split(", ").includes(selector) ? {} : null) }) as unknown as Element;
  for (const field of ["input", "textarea", "select", "dialog"]) expect(takesKeys(focused(field)), field).toBe(true);
  expect(takesKeys(focused("button"))).toBe(false);
  expect(takesKeys(null)).toBe(false);
  expect(isPressable(focused("button"))).toBe(true);
});
