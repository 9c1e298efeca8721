// "This was not me", "I expected more": said by somebody who held the link, through the link. spec/api.md, report.
import type { JSX } from "preact";
import type { HandoverDetail } from "../../../api/wire.ts";
import { Notice } from "../../../ui/Notice.tsx";
import { t, time } from "../../../ui/text/index.ts";
import { readTimeline } from "./record.ts";

export function Reports({ detail }: { detail: HandoverDetail }): JSX.Element | null {
  const reported = readTimeline(detail).filter(({ kind }) => kind === "reported");
  if (reported.length === 0) return null;
  const notMe = reported.filter(({ reason }) => reason !== "more");
  const more = reported.filter(({ reason }) => reason === "more");
  return (
    <>
      {notMe.length > 0 && (
        <Notice tone="bad" icon="triangle-alert">
          <p>
            <strong>{t("report.title")}</strong> {notMe.map((one) => time(one.time)).join(", ")}
          </p>
          <p>{t("report.body")}</p>
        </Notice>
      )}
      {more.length > 0 && (
        <Notice tone="warn">
          <p>
            <strong>{t("report.title.more")}</strong> {more.map((one) => time(one.time)).join(", ")}
          </p>
          <p>{t("report.body.more")}</p>
        </Notice>
      )}
    </>
  );
}
