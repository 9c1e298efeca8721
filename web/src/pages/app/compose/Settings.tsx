import type { JSX } from "preact";
import { CheckField, Choice, SelectField, TextArea, TextField } from "../../../ui/Field.tsx";
import { Icon } from "../../../ui/Icon.tsx";
import { languages, t, time, type Language } from "../../../ui/text/index.ts";
import type { Wrongs } from "./check.ts";
import { lifeSeconds, type Draft, type LifeChoice, type LifeUnit } from "./draft.ts";

interface Props {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  wrongs: Wrongs;
  organization: string;
}

export function Settings({ draft, change, wrongs, organization }: Props): JSX.Element {
  return (
    <section class="sheet" aria-labelledby="to-title">
      <h2 id="to-title">{t("to.title")}</h2>
      <TextField label={t("to.recipient")} hint={t("to.recipient.hint")} error={wrongs["recipient"]} maxLength={200} value={draft.recipient} onValue={(recipient) => change({ recipient })} />
      <SelectField
        label={t("to.language")}
        value={draft.language}
        onValue={(value: Language) => change({ language: value })}
        options={Object.entries(languages).map(([value, label]) => ({ value: value as Language, label }))}
      />
      <LifeFields draft={draft} change={change} error={wrongs["life"]} />
      <TextArea label={t("to.message")} optional hint={t("to.message.hint")} value={draft.message} onValue={(message) => change({ message })} />
      <details class="more">
        <summary>
          <Icon name="chevron-down" size={16} />
          {t("to.name")}
        </summary>
        <div class="more-body">
          <TextField label={t("to.name")} optional hint={t("to.name.hint")} maxLength={200} value={draft.title} onValue={(title) => change({ title })} />
          <CheckField label={t("to.showSender")} hint={t("to.showSender.hint", { organization })} checked={draft.showSender} onChecked={(showSender) => change({ showSender })} />
        </div>
      </details>
    </section>
  );
}

const lives: readonly LifeChoice[] = ["1h", "24h", "3d", "7d", "own"];
const units: readonly LifeUnit[] = ["minutes", "hours", "days"];

type Life = Pick<Draft, "life" | "lifeAmount" | "lifeUnit">;

/** Also asked when a waiting handover is extended. */
export function LifeFields({ draft, change, error }: { draft: Life; change: (part: Partial<Life>) => void; error: string | undefined }): JSX.Element {
  const seconds = lifeSeconds(draft);
  return (
    <div class="field">
      <Choice
        legend={t("life.title")}
        value={draft.life}
        onValue={(life) => change({ life })}
        options={lives.map((value) => ({ value, label: t(`life.${value}`) }))}
        {...(Number.isFinite(seconds) && !error && { hint: t("life.until", { time: time(Date.now() + seconds * 1000) }) })}
      />
      {draft.life === "own" && (
        <div class="pair">
          <TextField label={t("life.amount")} inputMode="numeric" error={error} value={draft.lifeAmount} onValue={(lifeAmount) => change({ lifeAmount })} />
          <SelectField
            label={t("life.unit")}
            value={draft.lifeUnit}
            onValue={(lifeUnit: LifeUnit) => change({ lifeUnit })}
            options={units.map((value) => ({ value, label: t(`life.${value}`) }))}
          />
        </div>
      )}
    </div>
  );
}
