// The entries as the recipient sees them: values masked until asked, copy with a tick, one-time codes running, keys and
// files as downloads. Secrets are text nodes only.
import type { Content, Entry, Field } from "../../protocol/content.ts";
import { button, copyButton, element, rename } from "./dom.ts";
import { parseTotp } from "../../protocol/totp.ts";
import { say } from "./words.ts";

/** Digits and signs in colours of their own, so that 0 and O, 1 and l tell apart. */
const coloured = (secret: string): Node[] =>
  (secret.match(/[0-9]+|[\p{L}\s]+|[^0-9\p{L}\s]+/gu) ?? []).map((run) =>
    /^[\p{L}\s]/u.test(run) ? new Text(run) : element("span", { className: /^[0-9]/.test(run) ? "digit" : "sign" }, run),
  );

const copy = (label: string, value: () => string, shown: Node) => copyButton(say("copy"), say("copied"), label, value, shown);

/** Names from outside may hold paths, or signs that turn the reading direction. */
const safeName = (name: string): string => name.replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]/gu, "_").slice(-120) || "file";

/** Saved as bytes only: the browser must never open what comes from outside. */
export function saveButton(text: string, name: string, data: BlobPart): HTMLButtonElement {
  const download = safeName(name);
  return button(
    text,
    () => {
      const href = URL.createObjectURL(new Blob([data], { type: "application/octet-stream" }));
      element("a", { href, download }).click();
      setTimeout(URL.revokeObjectURL, 60_000, href);
    },
    download,
  );
}

const row = (label: string, ...children: Node[]): HTMLElement => element("div", {}, element("dt", {}, label), element("dd", {}, ...children));

const value = (tag: "span" | "code", ...children: (Node | string)[]) => element(tag, { className: "value" }, ...children);

function plainRow(label: string, text: string, shown: Node | string = text): HTMLElement {
  const place = value("span", shown);
  return row(label, place, copy(label, () => text, place));
}

function secretRow(label: string, secret: string, ...more: Node[]): HTMLElement {
  const mask = "••••••••";
  const place = value("code", mask);
  let open = false;
  const toggle: HTMLButtonElement = button(
    say("show"),
    () => {
      open = !open;
      rename(toggle, say(open ? "hide" : "show"));
      place.replaceChildren(...(open ? coloured(secret) : [mask]));
    },
    label,
  );
  return row(label, place, toggle, copy(label, () => secret, place), ...more);
}

/** A link only to where a link may lead, and never one with a password inside. */
function linkRow(label: string, address: string): HTMLElement {
  const url = URL.canParse?.(address) && new URL(address);
  return url && /^(https?|ssh|mailto):$/.test(url.protocol) && !url.password
    ? plainRow(label, address, element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address))
    : plainRow(label, address);
}

function codeRows(address: string): HTMLElement[] {
  const totp = parseTotp(address);
  if (!totp) return [secretRow(say("seed"), address)];
  let code = "";
  let step = -1;
  const place = value("code");
  const left = element("meter", { max: totp.period, ariaLabel: say("code") });
  const tick = () => {
    const now = Date.now() / 1000 / totp.period;
    left.value = totp.period * (1 - (now % 1));
    if (Math.floor(now) === step) return;
    step = Math.floor(now);
    void totp.code(step).then((next) => place.replaceChildren((code = next)));
  };
  tick();
  setInterval(tick, 1000);
  return [row(say("code"), place, left, copy(say("code"), () => code, place)), secretRow(say("seed"), totp.secret)];
}

const fieldRow = ({ name, value, kind }: Field): HTMLElement =>
  kind === "link"
    ? linkRow(name, value)
    : kind === "text"
      ? plainRow(name, value)
      : secretRow(name, value, ...(kind === "key" ? [saveButton(say("save"), name, value)] : []));

const fileRow = (name: string, blob: Blob): HTMLElement =>
  row(name, value("span", Math.ceil(blob.size / 1024) + " KB"), saveButton(say("save"), name, blob));

/** One entry's rows. */
export const entryRows = (entry: Entry, content: Content, files: Blob[]): HTMLElement =>
  element(
    "dl",
    {},
    entry.url && linkRow(say("url"), entry.url),
    entry.username && plainRow(say("username"), entry.username),
    entry.password && secretRow(say("secret"), entry.password),
    ...(entry.totp ? codeRows(entry.totp) : []),
    ...(entry.fields ?? []).map(fieldRow),
    entry.notes && plainRow(say("notes"), entry.notes),
    ...(entry.files ?? []).map((file) => fileRow(content.files![file]!.name, files[file]!)),
  );

/** Files that belong to no entry. */
export const looseFiles = (content: Content, files: Blob[]): HTMLElement[] => {
  const named = content.entries.flatMap((entry) => entry.files ?? []);
  return files.flatMap((blob, file) => (named.includes(file) ? [] : fileRow(content.files![file]!.name, blob)));
};
