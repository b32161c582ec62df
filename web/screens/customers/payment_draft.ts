// What a payment recorded here says: its amount, and how much of it each chosen item gets, the oldest due first (IMP-8).
import type { PostBody } from "../../api/client";
import { compareAmounts, isZero, subtractAmounts, sumAmounts, typedAmount } from "../../lib/amount";

export interface PaidItem {
  readonly id: number;
  readonly open: string;
  readonly currency: string;
  readonly due_date: string;
}

export interface PaymentDraft {
  /** As typed; empty = the whole of the chosen items. */
  readonly amount: string;
  readonly currency: string;
  readonly date: string;
  readonly reference: string;
  readonly items: readonly number[];
}

function chosenOf(draft: PaymentDraft, open: readonly PaidItem[]): PaidItem[] {
  return open
    .filter((item) => item.currency === draft.currency && draft.items.includes(item.id))
    .toSorted((left, right) => left.due_date.localeCompare(right.due_date) || left.id - right.id);
}

/** Undefined while there is none or it cannot be read. */
export function amountOf(draft: PaymentDraft, open: readonly PaidItem[]): string | undefined {
  if (draft.amount.trim() !== "") return typedAmount(draft.amount);
  const chosen = chosenOf(draft, open);
  return chosen.length === 0 ? undefined : sumAmounts(chosen.map((item) => item.open));
}

export interface Part {
  readonly item: number;
  readonly amount: string;
}

/** Each chosen item up to what is open of it, until the payment is used up; the rest stays unapplied. */
export function allocated(draft: PaymentDraft, open: readonly PaidItem[]): Part[] {
  let left = amountOf(draft, open) ?? "0";
  const parts: Part[] = [];
  for (const item of chosenOf(draft, open)) {
    if (compareAmounts(left, "0") <= 0) break;
    const amount = compareAmounts(left, item.open) < 0 ? left : item.open;
    parts.push({ item: item.id, amount });
    left = subtractAmounts(left, amount);
  }
  return parts;
}

/** Undefined while it cannot be sent: no amount, or none above zero. */
export function paymentBody(
  customer: number,
  draft: PaymentDraft,
  open: readonly PaidItem[],
): PostBody<"/api/payments"> | undefined {
  const amount = amountOf(draft, open);
  if (amount === undefined || isZero(amount) || amount.startsWith("-")) return undefined;
  return {
    customer,
    amount,
    currency: draft.currency,
    date: draft.date,
    reference: draft.reference.trim() === "" ? null : draft.reference.trim(),
    allocations: allocated(draft, open),
  };
}
