import type { JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { random } from "../../../../protocol/bytes.ts";
import { CheckField, Choice } from "../../../../ui/Field.tsx";
import { Icon } from "../../../../ui/Icon.tsx";
import { Secret } from "../../../../ui/Secret.tsx";
import { t } from "../../../../ui/text/index.ts";
import { wordlist } from "../../password/wordlist.ts";
import { bitsOf, classes, generatePassword, usualRecipe, type Recipe } from "./generator.ts";

/** The recipe last used, while the page is open. */
let last = usualRecipe;

export function Generator({ onTake }: { onTake: (password: string) => void }): JSX.Element {
  const [recipe, setRecipe] = useState<Recipe>(last);
  const [list, setList] = useState<readonly string[]>([]);
  const [made, setMade] = useState("");
  const make = (): void => {
    if (recipe.kind === "characters" || list.length > 0) setMade(generatePassword(recipe, list, random));
  };
  useEffect(() => {
    last = recipe;
    make();
  }, [recipe, list]);
  useEffect(() => {
    if (recipe.kind === "words" && list.length === 0) void wordlist().then(setList, () => setRecipe({ ...recipe, kind: "characters" }));
  }, [recipe.kind]);
  const change = (part: Partial<Recipe>): void => setRecipe({ ...recipe, ...part });
  const words = recipe.kind === "words";
  return (
    <div class="generator">
      <div class="generated">
        <output aria-label={t("vault.generated")}>{made && <Secret text={made} />}</output>
        <button type="button" class="plain" aria-label={t("access.new")} title={t("access.new")} onClick={make}>
          <Icon name="refresh-cw" />
        </button>
      </div>
      <Choice
        legend={t("vault.generator.kind")}
        unseenLegend
        value={recipe.kind}
        onValue={(kind) => change({ kind })}
        options={[
          { value: "characters", label: t("access.characters") },
          { value: "words", label: t("access.words") },
        ]}
      />
      <Slider label={t(words ? "access.count" : "access.length")} min={words ? 3 : 8} max={words ? 12 : 64} value={words ? recipe.words : recipe.length} onValue={(value) => change(words ? { words: value } : { length: value })} />
      {!words && (
        <div class="classes">
          {classes.map((name) => (
            <CheckField
              key={name}
              label={t(`vault.class.${name}`)}
              checked={recipe.classes.includes(name)}
              onChecked={(on) => {
                const next = classes.filter((one) => (one === name ? on : recipe.classes.includes(one)));
                if (next.length > 0) change({ classes: next });
              }}
            />
          ))}
          <CheckField label={t("vault.class.clear")} checked={recipe.clear} onChecked={(clear) => change({ clear })} />
        </div>
      )}
      <div class="actions">
        <button type="button" class="primary" disabled={made === ""} onClick={() => onTake(made)}>
          {t("vault.generator.take")}
        </button>
        <span class="hint">{t("access.bits", { n: Math.floor(bitsOf(recipe, Math.max(1, list.length))) })}</span>
      </div>
    </div>
  );
}

function Slider({ label, min, max, value, onValue }: { label: string; min: number; max: number; value: number; onValue: (value: number) => void }): JSX.Element {
  const id = useId();
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <input id={id} type="range" min={min} max={max} value={value} onInput={(event) => onValue(Number(event.currentTarget.value))} />
      <output for={id}>{value}</output>
    </div>
  );
}
