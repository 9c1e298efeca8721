// What was erased of a handover, and what is left of it.
export const kept = {
  "kept.title": "Erased handover",
  "kept.item": "Entry {n}",
  "kept.personal": "What concerned the recipient has been erased: name, notes and addresses. The record of what happened stays.",
  "kept.all": "Names and entries have been erased. The record of what happened stays.",
  "kept.receipt": "What the recipient wrote has been erased. The record keeps its hash, so a copy the recipient kept can still be checked.",
  "kept.signature": "Your organization's signature fits. What was erased can't be compared any more.",
  "kept.stamp.unreachable": "it does not answer",
  "kept.stamp.refused": "it refused",
  "kept.stamp.invalid": "its token is not for what was asked",
  "kept.stamp.untrusted": "its certificate leads to none of the roots that are set",
  "kept.stamp.not-renewed": "its certificate ends soon, and nobody gave a stamp that lasts longer",
} as const;
