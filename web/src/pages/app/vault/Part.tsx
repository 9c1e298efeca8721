// One part of an entry in words, for comparing two versions of it. Secrets are masked until asked for.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { VaultField, VaultFile } from "../../../protocol/vaultEntry.ts";
import { Secret } from "../../../ui/Secret.tsx";
import { date, size, t } from "../../../ui/text/index.ts";
import { writePath } from "./folders.ts";
import type { Difference, PartName } from "./merge.ts";
import { writeTags } from "./tags.ts";
import { knownType } from "./types.ts";
import { IconButton } from "./Values.tsx";

export function partLabel({ part, name }: Pick<Difference, "part" | "name">): string {
  switch (part) {
    case "field":
      return name || t("compose.field.value");
    case "file":
      return t("vault.part.file", { name });
    case "title":
      return t("compose.name");
    case "type":
    case "url":
    case "username":
    case "password":
    case "totp":
    case "notes":
      return t(`compose.${part}`);
    default:
      return t(`vault.${part}`);
  }
}

export function PartValue({ part, value, label }: { part: PartName; value: unknown; label: string }): JSX.Element {
  if (value === undefined) return <em class="quiet">{t("vault.part.empty")}</em>;
  if (part === "password" || part === "totp") return <Masked text={value as string} label={label} />;
  if (part === "field") {
    const field = value as VaultField;
    return field.kind === "hidden" || field.kind === "key" ? <Masked text={field.value} label={label} /> : <span>{field.value}</span>;
  }
  return <span class={part === "notes" ? "notes" : ""}>{textOf(part, value)}</span>;
}

function textOf(part: PartName, value: unknown): string {
  switch (part) {
    case "type":
      return t(`type.${knownType(value as string)}`);
    case "folder":
      return writePath(value as string[]);
    case "tags":
      return writeTags(value as string[]);
    case "favourite":
      return t("vault.part.yes");
    case "expires":
    case "rotateBy":
      return date(value as number);
    case "file": {
      const file = value as VaultFile;
      return `${file.name} · ${size(file.size)}`;
    }
    default:
      return value as string;
  }
}

function Masked({ text, label }: { text: string; label: string }): JSX.Element {
  const [shown, setShown] = useState(false);
  return (
    <span class="masked-part">
      {shown ? <Secret text={text} /> : <span class="mono">••••••••••</span>}
      <IconButton icon={shown ? "eye-off" : "eye"} label={`${t(shown ? "app.hide" : "app.show")}: ${label}`} pressed={shown} onPress={() => setShown(!shown)} />
    </span>
  );
}
