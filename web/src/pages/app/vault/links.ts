// Where a link may lead: never to a script, a file or with a password inside.

const schemes: readonly string[] = ["http:", "https:", "ssh:", "mailto:"];

/** The address to open; undefined where text stays text. What looks like a host alone is meant as https. */
export function safeLink(text: string): string | undefined {
  const address = /^[\w-]+(\.[\w-]+)+(:\d+)?([/?#]|$)/.test(text) && !/^\d+(\.\d+){3}(:|$)/.test(text) ? `https://${text}` : text;
  try {
    const url = new URL(address);
    return schemes.includes(url.protocol) && url.password === "" ? address : undefined;
  } catch {
    return undefined;
  }
}

/** What a list shows of it. */
export const hostOf = (url: string): string => /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/@]*@)?([^/?#\s]+)/i.exec(url)?.[1]?.replace(/^www\./, "") ?? "";
