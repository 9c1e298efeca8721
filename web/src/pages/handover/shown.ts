// The opened handover on the screen, and the receipt that the recipient gives for it. spec/handover.md §6.
import { fetchWorker, startWorker } from "../../api/worker.ts";
import type { ReceiptStatus } from "../../protocol/receipt.ts";
import type { Checked, Made, Order } from "../receipt/worker.ts";
import { button, element, p, screen } from "./dom.ts";
import { entryRows, looseFiles, saveButton } from "./entries.ts";
import { insist, pause, post } from "./network.ts";
import type { Claimed } from "./open.ts";
import { reportButton } from "./report.ts";
import { language, languages, say } from "./words.ts";

const statuses = ["received", "works", "problem"] as const satisfies readonly ReceiptStatus[];

/** What the recipient says of one entry. */
interface Mark {
  card: HTMLElement;
  status: () => ReceiptStatus | undefined;
  receive: () => void;
  note: () => string;
}

function mark(number: number, title: string, rows: HTMLElement): Mark {
  const note = element("input", { maxLength: 500, autocomplete: "off" });
  const noteLine = element("label", { hidden: true }, say("note"), note);
  const radios = statuses.map((status) =>
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
        ...radios.map((radio, i) => element("label", { className: radio.value }, radio, say(statuses[i]!))),
      ),
      noteLine,
    ),
    status: () => radios.find((radio) => radio.checked)?.value as ReceiptStatus | undefined,
    receive: () => radios[0]!.click(),
    note: () => (noteLine.hidden ? "" : note.value.trim()),
  };
}

/** Shows everything. The files are verified already. */
export function show(opened: Claimed, files: Blob[], locator: string, reader: CryptoKey): void {
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
    receiptForm(marks, locator, receiptWorker(opened, reader), `baton-${content.handover.slice(0, 8)}.html`),
    p("", reportButton("more", say("more"), locator)),
  );
}

/**
 * The receipt is made and checked in a worker, whose file is fetched while the recipient reads. Nothing is sent before it
 * is there, so whoever has given a receipt can have its proof.
 */
async function receiptWorker({ content, handover, items, replyKey, answer }: Claimed, reader: CryptoKey): Promise<(order: Order) => Promise<any>> {
  const worker = startWorker(await insist(() => fetchWorker(__RECEIPT__)));
  const entries = content.entries.map(({ type, title, username, url, salt }) => ({ type, title, username, url, salt }));
  worker.postMessage({ subject: { language: languages[language], content: { ...content, message: "", entries }, handover, items, replyKey, created: answer.created, claimed: answer.claimed, reader } });
  return (order) =>
    new Promise((resolve) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage(order);
    });
}

function receiptForm(marks: Mark[], locator: string, worker: ReturnType<typeof receiptWorker>, file: string): HTMLElement {
  const name = element("input", { maxLength: 200, autocomplete: "name" });
  const said = element("p", { role: "alert" });
  const confirm = element("button", {}, say("confirm"));
  return element(
    "form",
    {
      onsubmit: async (event: Event) => {
        event.preventDefault();
        const missing = marks.filter(({ status }) => !status());
        if (missing[0]) {
          said.textContent = say("missing", missing.length);
          missing[0].card.querySelector("input")!.focus();
          return;
        }
        confirm.disabled = true;
        const make = { statuses: marks.map(({ status }) => status()!), name: name.value.trim(), notes: marks.map(({ note }) => note()) };
        const ask = await worker;
        const { receipt, words }: Made = await ask({ make });
        const tell = (...more: (Node | string)[]) => said.replaceChildren(element("strong", {}, words.confirmed), ...more);
        let answer;
        while ((answer = await post("receipt", { locator, ...receipt })).status === 202) {
          tell(words.proving);
          await pause(1);
        }
        if (answer.ok) {
          const checked: Checked = await ask({ check: answer.json });
          tell(p(checked.tone, checked.said), ...(checked.page ? [saveButton(words.save, file, checked.page)] : []));
        } else said.textContent = say("dead");
        confirm.disabled = false;
      },
    },
    element("h2", {}, say("confirming")),
    p("soft", say("confirmingMore")),
    button(say("all"), () => marks.forEach(({ status, receive }) => status() ?? receive())),
    element("label", {}, say("name"), name),
    said,
    confirm,
  );
}
