// Who may know what: web/src/ui neither fetches nor encrypts, fetch has one place.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const source = fileURLToPath(new URL("../../src", import.meta.url));
const files = (folder: string): [string, string][] =>
  readdirSync(join(source, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => [join(folder, name), readFileSync(join(source, folder, name), "utf8")]);

test("ui knows no fetch and no crypto, and nothing of the other folders", () => {
  for (const [name, text] of files("ui")) {
    expect(text, name).not.toMatch(/\bfetch\(|\bcrypto\b|EventSource|XMLHttpRequest|WebSocket|sendBeacon/);
    expect(text, name).not.toMatch(/from "[^"]*(protocol|api|pages|import)\//);
  }
});

test("the app reaches the network through api alone", () => {
  for (const [name, text] of [...files("pages/app"), ...files("pages/exchange"), ...files("import"), ...files("export")])
    expect(text, name).not.toMatch(/\bfetch\(|new EventSource|XMLHttpRequest|WebSocket|sendBeacon/);
});

test("the app calls no cryptography of the browser, but for what another manager sealed its export with", () => {
  const calling = [...files("pages/app"), ...files("api"), ...files("import"), ...files("export")].filter(([, text]) => /crypto\.(subtle|getRandomValues|randomUUID)/.test(text));
  expect(calling.map(([name]) => name)).toEqual([join("import", "bitwarden", "decrypt.ts")]);
});

test("the Verify page reaches no network and keeps nothing", () => {
  for (const [name, text] of files("pages/verify")) {
    expect(text, name).not.toMatch(/\bfetch\(|EventSource|XMLHttpRequest|WebSocket|sendBeacon|localStorage|sessionStorage|indexedDB|document\.cookie/);
    expect(text, name).not.toMatch(/from "[^"]*(api|pages\/app|import|export)\//);
  }
});

test("nothing turns text into markup", () => {
  for (const [name, text] of [...files("pages/app"), ...files("pages/verify"), ...files("ui")]) expect(text, name).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser/);
});

test("only a language, what was seen of an organization and which import is under way are kept in the browser", () => {
  const keeping = [...files("pages/app"), ...files("ui"), ...files("api"), ...files("import")].filter(([, text]) => /localStorage|sessionStorage|indexedDB|document\.cookie/.test(text));
  expect(keeping.map(([name]) => name).sort()).toEqual([join("pages", "app", "exchange", "journal.ts"), join("pages", "app", "keys", "seen.ts"), join("pages", "app", "language.ts")]);
});
