// An invitation that can't be used: what it is about, and what to do next.
import type { JSX } from "preact";
import { Notice } from "../../../ui/Notice.tsx";
import { t } from "../../../ui/text/index.ts";
import { Link } from "../Link.tsx";

/** `swapped`: the server shows an organization that the inviter didn't mean. */
export function Dead({ why }: { why: "none" | "cut" | "kind" | "gone" | "swapped" }): JSX.Element {
  const swapped = why === "swapped";
  return (
    <div class="narrow">
      <div class="sheet">
        <h1 tabIndex={-1}>{t(`join.dead.${why}`)}</h1>
        {swapped ? (
          <Notice tone="bad" icon="shield-alert">
            <p>{t("join.dead.swapped.body")}</p>
          </Notice>
        ) : (
          <p>{t(`join.dead.${why}.body`)}</p>
        )}
        <p class="hint">
          <Link to="/">{t("join.haveAccount")}</Link>
        </p>
      </div>
    </div>
  );
}
