import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { VaultFile } from "../../../protocol/vaultEntry.ts";
import { Icon } from "../../../ui/Icon.tsx";
import { Notice } from "../../../ui/Notice.tsx";
import { size, t } from "../../../ui/text/index.ts";
import { Working } from "../../../ui/Working.tsx";
import { endedSession } from "../access/access.ts";
import { ProblemNotice } from "../ProblemNotice.tsx";
import { BrokenFile, download, saveAs } from "./attachments.ts";
import { IconButton, Row } from "./Values.tsx";

/** Files of an entry, fetched and opened when they are asked for. */
export function Attachments({ files }: { files: readonly VaultFile[] }): JSX.Element {
  return (
    <Row label={t("files.title")}>
      <ul class="files">
        {files.map((file) => (
          <Attachment key={file.id} file={file} />
        ))}
      </ul>
    </Row>
  );
}

function Attachment({ file }: { file: VaultFile }): JSX.Element {
  const [done, setDone] = useState<number | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const fetchFile = async (): Promise<void> => {
    const mine = (abort.current = new AbortController());
    setProblem(null);
    setDone(0);
    try {
      saveAs(file.name, await download(file, mine.signal, setDone));
    } catch (error) {
      if (!mine.signal.aborted && !endedSession(error)) setProblem(error);
    }
    if (abort.current === mine) setDone(null);
  };
  return (
    <li>
      <Icon name="file" />
      <span>{file.name}</span>
      <span class="hint">{size(file.size)}</span>
      {done === null ? (
        <IconButton icon="download" label={t("vault.file.save", { name: file.name })} onPress={() => void fetchFile()} />
      ) : (
        <>
          <Working label={t("vault.file.loading", { name: file.name })} done={done} />
          <IconButton icon="x" label={t("app.cancel")} onPress={() => abort.current?.abort()} />
        </>
      )}
      {problem !== null && <FileProblem problem={problem} />}
    </li>
  );
}

export function FileProblem({ problem }: { problem: unknown }): JSX.Element {
  if (!(problem instanceof BrokenFile)) return <ProblemNotice problem={problem} />;
  return (
    <Notice tone="bad">
      <p>{t("vault.file.broken", { name: problem.message })}</p>
    </Notice>
  );
}
