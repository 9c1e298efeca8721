// Attachments in the editor: sealed and sent when they are chosen, so that saving the entry only refers to them.
import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { VaultFile } from "../../../../protocol/vaultEntry.ts";
import { Icon } from "../../../../ui/Icon.tsx";
import { size, t } from "../../../../ui/text/index.ts";
import { Working } from "../../../../ui/Working.tsx";
import { endedSession, server } from "../../access/access.ts";
import { FileProblem } from "../Attachments.tsx";
import { upload } from "../attachments.ts";
import { IconButton } from "../Values.tsx";

interface Sending {
  key: number;
  name: string;
  done: number;
  abort: AbortController;
}

let lastKey = 0;

export function FileFields({ files, group, put, onSending }: { files: VaultFile[]; group: string; put: (files: VaultFile[]) => void; onSending: (count: number) => void }): JSX.Element {
  const [sending, setSending] = useState<readonly Sending[]>([]);
  const [problem, setProblem] = useState<unknown>(null);
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  // What is sent side by side ends in any order.
  const now = useRef(files);
  now.current = files;
  const running = useRef(new Set<AbortController>());
  useEffect(
    () => () => {
      for (const abort of running.current) abort.abort();
    },
    [],
  );
  // Before anybody can press Save: an entry saved now would lack what is on its way.
  useLayoutEffect(() => onSending(sending.length), [sending.length]);
  const most = server.value!.limits.fileBytes;

  const send = async (file: File): Promise<void> => {
    const one: Sending = { key: ++lastKey, name: file.name, done: 0, abort: new AbortController() };
    running.current.add(one.abort);
    setSending((list) => [...list, one]);
    try {
      const sent = await upload(file, group, one.abort.signal, (done) => setSending((list) => list.map((other) => (other.key === one.key ? { ...other, done } : other))));
      if (!one.abort.signal.aborted) put((now.current = [...now.current, sent]));
    } catch (error) {
      if (!one.abort.signal.aborted && !endedSession(error)) setProblem(error);
    }
    running.current.delete(one.abort);
    setSending((list) => list.filter((other) => other.key !== one.key));
  };
  const attach = (chosen: readonly File[]): void => {
    setProblem(null);
    const large = chosen.find((file) => file.size > most);
    setTooLarge(large === undefined ? null : t("vault.file.tooLarge", { name: large.name, size: size(most) }));
    for (const file of chosen) if (file.size <= most) void send(file);
  };

  return (
    <div
      class={`field file-fields ${over ? "over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        attach([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <strong class="label">{t("files.title")}</strong>
      {(files.length > 0 || sending.length > 0) && (
        <ul class="files">
          {files.map((file) => (
            <li key={file.id}>
              <Icon name="file" />
              <span>{file.name}</span>
              <span class="hint">{size(file.size)}</span>
              <IconButton icon="x" label={t("files.remove", { name: file.name })} onPress={() => put(files.filter((one) => one !== file))} />
            </li>
          ))}
          {sending.map((one) => (
            <li key={one.key}>
              <Working label={t("vault.file.sending", { name: one.name })} done={one.done} />
              <IconButton icon="x" label={t("app.cancel")} onPress={() => one.abort.abort()} />
            </li>
          ))}
        </ul>
      )}
      <div class="actions">
        <button type="button" onClick={() => input.current?.click()}>
          <Icon name="paperclip" />
          {t("files.add")}
        </button>
        <input
          ref={input}
          class="unseen"
          type="file"
          multiple
          tabIndex={-1}
          aria-label={t("files.add")}
          onChange={(event) => {
            attach([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      <p class="hint">{t("vault.file.hint", { size: size(most) })}</p>
      {tooLarge !== null && (
        <p class="error" role="alert">
          <Icon name="circle-alert" size={16} />
          {tooLarge}
        </p>
      )}
      {problem !== null && <FileProblem problem={problem} />}
    </div>
  );
}
