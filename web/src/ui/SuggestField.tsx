import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { TextField } from "./Field.tsx";
import { t } from "./text/index.ts";

interface Props {
  label: string;
  hint?: ComponentChildren;
  optional?: boolean;
  value: string;
  onValue: (value: string) => void;
  suggestions: readonly string[];
}

/** A text, or one of those there are. What can be chosen is a list of its own beside the field: a datalist would put it into attributes. */
export function SuggestField({ label, hint, optional, value, onValue, suggestions }: Props): JSX.Element {
  const id = useId();
  const others = suggestions.filter((one) => one !== value);
  return (
    <TextField
      label={label}
      {...(hint !== undefined && { hint })}
      {...(optional && { optional })}
      value={value}
      onValue={onValue}
      aside={
        others.length > 0 && (
          <select id={id} class="suggest" aria-label={t("app.choose", { what: label })} value="" onChange={(event) => onValue(suggestions[Number(event.currentTarget.value)] ?? value)}>
            <option value="">{t("app.choose.short")}</option>
            {suggestions.map((one, i) => (
              <option key={one} value={i}>
                {one}
              </option>
            ))}
          </select>
        )
      }
    />
  );
}
