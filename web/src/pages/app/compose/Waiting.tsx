import type { JSX } from "preact";
import { Notice } from "../../../ui/Notice.tsx";
import { t } from "../../../ui/text/index.ts";
import { held } from "../place.ts";

/** Says, where the master password is asked for, that it brings back an unfinished handover. */
export function Waiting(): JSX.Element | null {
  if (held.value === null) return null;
  return (
    <Notice icon="lock">
      <p>{t(held.value === "entry" ? "unlock.held.entry" : "unlock.held")}</p>
    </Notice>
  );
}
