import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { t } from "../../../ui/text/index.ts";
import type { Score } from "./strength.ts";

export function Meter({ score }: { score: Score | null }): JSX.Element {
  const id = useId();
  return (
    <div class="meter">
      <span id={id}>{t("strength.label")}</span>
      <meter aria-labelledby={id} min={0} max={4} low={2} high={3} optimum={4} value={score ?? 0} />
      <strong aria-live="polite">{score === null ? "–" : t(`strength.${score}`)}</strong>
    </div>
  );
}
