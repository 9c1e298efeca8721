// A master password chosen twice, with its strength.
import type { JSX } from "preact";
import { SecretField } from "../../../ui/Field.tsx";
import { t } from "../../../ui/text/index.ts";
import { Meter } from "../password/Meter.tsx";
import { strengthNow, useStrength, type Score } from "../password/strength.ts";

export interface Chosen {
  password: string;
  again: string;
}

export const nothingChosen: Chosen = { password: "", again: "" };

const shortest = 12;
const leastScore = 3;

export interface Wrong {
  password?: string | undefined;
  again?: string | undefined;
}

/** What is wrong with the choice; nothing: an empty object. */
function wrongWith({ password, again }: Chosen, score: Score | null): Wrong {
  if ([...password].length < shortest) return { password: t("password.short") };
  if (score !== null && score < leastScore) return { password: t("password.weak") };
  return again === password ? {} : { again: t("password.differs") };
}

interface Props {
  label: string;
  chosen: Chosen;
  onChosen: (chosen: Chosen) => void;
  wrong: Wrong;
  score: Score | null;
}

export function NewPassword({ label, chosen, onChosen, wrong, score }: Props): JSX.Element {
  return (
    <>
      <div class="field">
        <SecretField
          label={label}
          hint={t("password.hint")}
          error={wrong.password}
          autocomplete="new-password"
          value={chosen.password}
          onValue={(password) => onChosen({ ...chosen, password })}
        />
        <Meter score={score} />
      </div>
      <SecretField label={t("setup.password.again")} error={wrong.again} autocomplete="new-password" value={chosen.again} onValue={(again) => onChosen({ ...chosen, again })} />
    </>
  );
}

const withOurs = (own: string[]): string[] => [...own, "baton"];

export const useMasterStrength = (password: string, own: string[]): Score | null => useStrength(password, withOurs(own));

/** What is wrong with the choice that is sent off now. What the meter shows may be of what stood there a moment ago. */
export const wrongNow = async (chosen: Chosen, own: string[]): Promise<Wrong> => wrongWith(chosen, await strengthNow(chosen.password, withOurs(own)));
