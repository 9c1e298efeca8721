// The way from the vault into a handover is the composer's.
export { handOver } from "../compose/prefill.ts";
