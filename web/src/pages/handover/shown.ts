// The opened handover on the screen, and the receipt that the recipient gives for it. spec/handover.md §6.
import { toBase64url } from "../../protocol/base64url.ts";
import type { Bytes } from "../../protocol/bytes.ts";
import { makeReceipt, receiptStatuses, type ReceiptStatus } from "../../protocol/receipt.ts";
import { button, element, p, screen } from "./dom.ts";
import { entryRows, looseFiles, saveButton } from "./entries.ts";
import { post } from "./network.ts";
import type { Claimed } from "./open.ts";
import { say } from "./words.ts";

/** What the recipient says of one entry. */
interface Mark {
  card: HTMLElement;
  status: () => ReceiptStatus | undefined;
  set: (status: ReceiptStatus) => void;
  note: () => string;
}

function mark(number: number, title: string, rows: HTMLElement): Mark {
  const note = element("input", { maxLength: 500, autocomplete: "off" });
  const noteLine = element("label", { hidden: true }, say("note"), note);
  const radios = receiptStatuses.map((status) =>
    element("input", { type: "radio", name: `status${number}`, value: status, onchange: () => (noteLine.hidden = status !== "problem") }),
  );
  return {
    card: element(
      "article",
      {},
      element("h2", {}, title),
      rows,
      element(
        "fieldset",
        {},
        element("legend", {}, say("status"), element("span", { className: "heard" }, ` ${title}`)),
        ...radios.map((radio, i) => element("label", { className: radio.value }, radio, say(receiptStatuses[i]!))),
      ),
      noteLine,
    ),
    status: () => receiptStatuses[radios.findIndex((radio) => radio.checked)],
    set: (status) => radios[receiptStatuses.indexOf(status)]!.click(),
    note: () => (noteLine.hidden ? "" : note.value.trim()),
  };
}

/** Shows everything. The files are verified already. */
export function show(opened: Claimed, files: Blob[], locator: Bytes, reader: CryptoKey): void {
  const { content } = opened;
  const marks = content.entries.map((entry, i) => mark(i, entry.title, entryRows(entry, content, files)));
  const loose = looseFiles(content, files);
  screen(
    say("from", content.organization.name),
    p("soft", say("by", content.sender.name)),
    p("notice", element("strong", {}, say("now")), " " + say("nowMore")),
    content.message && element("blockquote", {}, content.message),
    ...marks.map(({ card }) => card),
    loose.length > 0 && element("article", {}, element("dl", {}, ...loose)),
    receiptForm(opened, marks, locator, reader),
  );
}

function receiptForm(opened: Claimed, marks: Mark[], locator: Bytes, reader: CryptoKey): HTMLElement {
  let seq = 0;
  const name = element("input", { maxLength: 200, autocomplete: "name" });
  const said = element("p", { role: "alert" });
  const confirm = element("button", {}, say("confirm"));
  return element(
    "form",
    {
      noValidate: true,
      onsubmit: async (event: Event) => {
        event.preventDefault();
        const missing = marks.filter(({ status }) => status() === undefined);
        if (missing.length > 0) {
          said.textContent = say("missing", missing.length);
          missing[0]!.card.querySelector("input")!.focus();
          return;
        }
        confirm.disabled = true;
        const items = opened.items.map((commitment, i) => ({ commitment, status: marks[i]!.status()! }));
        const spoken = { name: name.value.trim(), notes: marks.map(({ note }) => note()), clock: Date.now() };
        const { statement, reply, signature } = await makeReceipt(reader, opened.replyKey, opened.handover, opened.answer.claimed, ++seq, items, spoken);
        const answer = await post("receipt", { locator: toBase64url(locator), statement, reply: toBase64url(reply), signature: toBase64url(signature) });
        confirm.disabled = false;
        if (!answer.ok) {
          said.textContent = say("dead");
          return;
        }
        const kept = {
          organization: opened.content.organization,
          sender: opened.content.sender,
          items: opened.content.entries.map(({ type, title, username, url, salt }) => ({ type, title, username, url, salt })),
          created: opened.answer.created,
          claimed: opened.answer.claimed,
          confirmed: answer.json.confirmed,
        };
        said.replaceChildren(
          element("strong", {}, "✓ " + say("confirmed")),
          saveButton(say("receipt"), `baton-receipt-${opened.content.handover.slice(0, 8)}-${seq}.json`, JSON.stringify(kept, null, 1)),
        );
      },
    },
    element("h2", {}, say("confirming")),
    p("soft", say("confirmingMore")),
    button(say("all"), () => marks.filter(({ status }) => !status()).forEach(({ set }) => set("received"))),
    element("label", {}, say("name"), name),
    said,
    confirm,
  );
}
