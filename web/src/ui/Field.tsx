// A label, a control, a hint and what is wrong with it, tied together for everyone.
import type { ComponentChildren, JSX, RefObject } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Icon } from "./Icon.tsx";
import { t } from "./text/index.ts";

export interface FieldFrame {
  label: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  optional?: boolean;
  /** Stands to the right of the label. */
  aside?: ComponentChildren;
  class?: string;
}

interface Wiring {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
}

function Frame({ label, hint, error, optional, aside, class: name, children }: FieldFrame & { children: (wiring: Wiring) => ComponentChildren }): JSX.Element {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class={`field ${name ?? ""}`}>
      <div class="field-head">
        <label for={id}>
          {label}
          {optional && <span class="quiet"> · {t("app.optional")}</span>}
        </label>
        {aside}
      </div>
      {children({ id, ...(described && { "aria-describedby": described }), ...(error && { "aria-invalid": true as const }) })}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="error" id={`${id}-error`}>
          <Icon name="circle-alert" size={16} />
          {error}
        </p>
      )}
    </div>
  );
}

/** The attribute works at a page's first load only; this one whenever the field appears. */
function useFocus(wanted: boolean | undefined): RefObject<HTMLInputElement | null> {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (wanted) input.current?.focus();
  }, []);
  return input;
}

type InputProps = FieldFrame & {
  value: string;
  onValue: (value: string) => void;
  type?: "text" | "email" | "search" | "number" | "url" | "date";
  autocomplete?: "off" | "username" | "organization" | "name";
  inputMode?: "numeric" | "email" | "url";
  maxLength?: number;
  min?: number;
  max?: number;
  name?: string;
  autofocus?: boolean;
};

/** Browsers must not keep or send away what is typed here: no completion unless asked for, no spell checking. */
export function TextField({ label, hint, error, optional, aside, class: name, value, onValue, type = "text", autofocus, ...rest }: InputProps): JSX.Element {
  const input = useFocus(autofocus);
  return (
    <Frame {...{ label, hint, error, optional, aside, class: name } as FieldFrame}>
      {(wiring) => (
        <input ref={input as RefObject<HTMLInputElement>} {...wiring} type={type as "text"} value={value} autocomplete="off" spellcheck={false} autocapitalize="none" {...rest} onInput={(event) => onValue(event.currentTarget.value)} />
      )}
    </Frame>
  );
}

type SecretProps = FieldFrame & { value: string; onValue: (value: string) => void; autocomplete?: string; autofocus?: boolean; lines?: boolean; name?: string };

/** A masked value with a button to show it. The browser's own password manager is asked in only where it belongs. */
export function SecretField({ label, hint, error, optional, aside, class: name, value, onValue, autocomplete = "off", autofocus, lines, name: formName }: SecretProps): JSX.Element {
  const [shown, setShown] = useState(false);
  const input = useFocus(autofocus);
  return (
    <Frame {...{ label, hint, error, optional, aside, class: name } as FieldFrame}>
      {(wiring) => (
        <div class={`secret-input ${lines ? "tall" : ""}`}>
          {lines ? (
            <textarea {...wiring} class={`mono ${shown ? "" : "masked"}`} rows={4} value={value} autocomplete="off" spellcheck={false} autocapitalize="none" onInput={(event) => onValue(event.currentTarget.value)} />
          ) : (
            <input
              ref={input as RefObject<HTMLInputElement>}
              {...wiring}
              class="mono"
              type={(shown ? "text" : "password") as "text"}
              {...(formName && { name: formName })}
              value={value}
              autocomplete={autocomplete as "off"}
              spellcheck={false}
              autocapitalize="none"
              onInput={(event) => onValue(event.currentTarget.value)}
            />
          )}
          <button type="button" class="plain" aria-pressed={shown} aria-label={`${t(shown ? "app.hide" : "app.show")}: ${label}`} onClick={() => setShown(!shown)}>
            <Icon name={shown ? "eye-off" : "eye"} />
          </button>
        </div>
      )}
    </Frame>
  );
}

export function TextArea({ label, hint, error, optional, aside, class: name, value, onValue, rows = 3, mono }: FieldFrame & { value: string; onValue: (value: string) => void; rows?: number; mono?: boolean }): JSX.Element {
  return (
    <Frame {...{ label, hint, error, optional, aside, class: name } as FieldFrame}>
      {(wiring) => <textarea {...wiring} class={mono ? "mono" : ""} rows={rows} value={value} autocomplete="off" spellcheck={!mono} onInput={(event) => onValue(event.currentTarget.value)} />}
    </Frame>
  );
}

export interface Option<T extends string> {
  value: T;
  label: string;
}

export function SelectField<T extends string>({ label, hint, error, optional, aside, class: name, value, onValue, options }: FieldFrame & { value: T; onValue: (value: T) => void; options: readonly Option<T>[] }): JSX.Element {
  return (
    <Frame {...{ label, hint, error, optional, aside, class: name } as FieldFrame}>
      {(wiring) => (
        <select {...wiring} value={value} onChange={(event) => onValue(event.currentTarget.value as T)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Frame>
  );
}

export function CheckField({ label, hint, error, checked, onChecked }: { label: string; hint?: string; error?: string | undefined; checked: boolean; onChecked: (checked: boolean) => void }): JSX.Element {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class="field check">
      <input
        type="checkbox"
        id={id}
        checked={checked}
        {...(described && { "aria-describedby": described })}
        {...(error && { "aria-invalid": true as const })}
        onChange={(event) => onChecked(event.currentTarget.checked)}
      />
      <div>
        <label for={id}>{label}</label>
        {hint && (
          <p class="hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
        {error && (
          <p class="error" id={`${id}-error`}>
            <Icon name="circle-alert" size={16} />
            {error}
          </p>
        )}
      </div>
    </div>
  );
}

/** A few choices side by side: native radio buttons, so arrow keys work. */
export function Choice<T extends string>({ legend, value, onValue, options, hint, unseenLegend }: { legend: string; value: T; onValue: (value: T) => void; options: readonly Option<T>[]; hint?: string; unseenLegend?: boolean }): JSX.Element {
  const id = useId();
  return (
    <fieldset class="choice" {...(hint && { "aria-describedby": `${id}-hint` })}>
      <legend class={unseenLegend ? "unseen" : ""}>{legend}</legend>
      <div class="choice-row">
        {options.map((option) => (
          <label key={option.value} class={option.value === value ? "chosen" : ""}>
            <input type="radio" name={id} value={option.value} checked={option.value === value} onChange={() => onValue(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}
