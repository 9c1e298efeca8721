// English: the text every other language translates.
import { account } from "./en/account.ts";
import { compose } from "./en/compose.ts";
import { exchange } from "./en/exchange.ts";
import { history } from "./en/history.ts";

export const en = { ...account, ...compose, ...exchange, ...history } as const;
export default en;
