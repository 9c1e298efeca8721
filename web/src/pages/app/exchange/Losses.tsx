import type { JSX } from "preact";
import type { Loss, Source } from "../../../import/importedVault.ts";
import { Notice } from "../../../ui/Notice.tsx";
import { plural, t } from "../../../ui/text/index.ts";

const titlesShown = 50;

/** What is lost, changed or left behind, and whose. */
export function Losses({ losses, source }: { losses: readonly Loss[]; source: Source }): JSX.Element {
  if (losses.length === 0)
    return (
      <Notice tone="good">
        <p>{t("exchange.nothingLost")}</p>
      </Notice>
    );
  return (
    <Notice tone="warn">
      <p>
        <strong>{t("exchange.lost")}</strong>
      </p>
      <ul class="exchange-losses">
        {losses.map(({ kind, titles }) => (
          <li key={kind}>
            {titles.length === 0 ? (
              t(`exchange.loss.${kind}`, { source })
            ) : (
              <details>
                <summary>
                  {t(`exchange.loss.${kind}`, { source })} <span class="quiet">· {plural("compose.entries.count", titles.length)}</span>
                </summary>
                <p class="hint">
                  {titles.slice(0, titlesShown).map((title) => title || t("compose.untitled")).join(", ")}
                  {titles.length > titlesShown && " …"}
                </p>
              </details>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
