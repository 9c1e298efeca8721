import type { JSX } from "preact";
import { number, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import type { Step } from "./handOver.ts";

export function Sending({ step, onCancel }: { step: Step | null; onCancel: () => void }): JSX.Element {
  return (
    <>
      <Working label={labelOf(step)} done={doneOf(step)} />
      <div class="actions">
        <button type="button" onClick={onCancel}>
          {t("app.cancel")}
        </button>
      </div>
    </>
  );
}

function labelOf(step: Step | null): string {
  switch (step?.step) {
    case "fetching":
      return t("send.fetching", { name: step.name });
    case "stretching":
      return t("send.stretching");
    case "creating":
      return t("send.creating");
    case "uploading":
      return t("send.uploading", { n: number(step.file + 1), count: number(step.files), percent: number(Math.floor(step.done * 100)) });
    default:
      return t("send.sealing");
  }
}

const doneOf = (step: Step | null): number | null => {
  if (step?.step === "stretching" || step?.step === "fetching") return step.done;
  return step?.step === "uploading" ? (step.file + step.done) / step.files : null;
};
