// One value of an entry: its label, what is seen of it, what can be done with it. Secrets are text nodes only, and only
// after somebody asked for them.
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { announce } from "../../../ui/Announcer.tsx";
import { copy } from "../../../ui/clipboard.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { Secret } from "../../../ui/Secret.tsx";
import { language, t } from "../../../ui/text/index.ts";
import { spell } from "../password/spell.ts";
import { safeLink } from "./links.ts";

export function Row({ label, children, actions, under }: { label: string; children: ComponentChildren; actions?: ComponentChildren; under?: ComponentChildren }): JSX.Element {
  return (
    <div class="value-row">
      <dt>{label}</dt>
      <dd>
        <div class="value-line">
          <div class="value">{children}</div>
          {actions && <div class="value-actions">{actions}</div>}
        </div>
        {under}
      </dd>
    </div>
  );
}

/** An icon alone; its words are heard and shown on hover. */
export function IconButton({ icon, label, onPress, pressed }: { icon: Parameters<typeof Icon>[0]["name"]; label: string; onPress: () => void; pressed?: boolean }): JSX.Element {
  return (
    <button type="button" class="plain" aria-label={label} title={label} {...(pressed !== undefined && { "aria-pressed": pressed })} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}

/** Copies and says so. */
export async function copyAndTell(label: string, text: string): Promise<void> {
  announce((await copy(text)) ? t("vault.copied", { what: label }) : t("result.copyFailed"));
}

export function CopyIcon({ label, text }: { label: string; text: () => string }): JSX.Element {
  const [copied, setCopied] = useState(false);
  const press = async (): Promise<void> => {
    const done = await copy(text());
    setCopied(done);
    announce(done ? t("vault.copied", { what: label }) : t("result.copyFailed"));
    setTimeout(() => setCopied(false), 2_500);
  };
  return <IconButton icon={copied ? "check" : "copy"} label={t("vault.copy", { what: label })} onPress={() => void press()} />;
}

export function PlainValue({ label, text }: { label: string; text: string }): JSX.Element {
  return (
    <Row label={label} actions={<CopyIcon label={label} text={() => text} />}>
      {text}
    </Row>
  );
}

export function LinkValue({ label, text }: { label: string; text: string }): JSX.Element {
  const href = safeLink(text);
  if (href === undefined) return <PlainValue label={label} text={text} />;
  return (
    <Row label={label} actions={<CopyIcon label={label} text={() => text} />}>
      <a href={href} target="_blank" rel="noopener noreferrer">
        {text}
      </a>
    </Row>
  );
}

const mask = "••••••••••";

interface SecretProps {
  label: string;
  text: string;
  /** Of several lines: a key. */
  lines?: boolean;
  under?: ComponentChildren;
}

export function SecretValue({ label, text, lines, under }: SecretProps): JSX.Element {
  const [shown, setShown] = useState(false);
  const [spelled, setSpelled] = useState(false);
  return (
    <Row
      label={label}
      actions={
        <>
          {!lines && <IconButton icon="phone" label={t("vault.spell", { what: label })} pressed={spelled} onPress={() => setSpelled(!spelled)} />}
          <IconButton icon={shown ? "eye-off" : "eye"} label={`${t(shown ? "app.hide" : "app.show")}: ${label}`} pressed={shown} onPress={() => setShown(!shown)} />
          <CopyIcon label={label} text={() => text} />
        </>
      }
      under={
        <>
          {spelled && <Spelled text={text} />}
          {under}
        </>
      }
    >
      {!shown && <span class="mono">{mask}</span>}
      {shown && (lines ? <pre class="mono">{text}</pre> : <Secret text={text} />)}
    </Row>
  );
}

/** Character by character, as it is said over the phone. */
function Spelled({ text }: { text: string }): JSX.Element {
  return (
    <ol class="spelling">
      {Array.from(text, (character, i) => {
        const name = spell(character, language.value)[0]?.names[0] ?? character;
        const capital = /\p{Lu}/u.test(character);
        return (
          <li key={i}>
            <span class="mono">{character}</span>
            <small>{name === character ? signName(character) : capital ? t("vault.capital", { name }) : name.toLowerCase()}</small>
          </li>
        );
      })}
    </ol>
  );
}

const signs = { " ": "space", "-": "hyphen", "_": "underscore", ".": "dot", ",": "comma", "/": "slash", "\\": "backslash", "@": "at", "#": "hash", "|": "bar", "'": "quote", '"': "quotes", "`": "backtick", "~": "tilde", "^": "caret", "&": "ampersand", "*": "star" } as const;

function signName(character: string): string {
  const name = signs[character as keyof typeof signs];
  return name === undefined ? character : t(`sign.${name}`);
}
