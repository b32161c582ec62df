// Money in the pages (LED-1): the server's decimal strings, added as whole minor units, never as floating point.

export interface Amount {
  /** Whole units of the last digit, as in 123456n for "1234.56". */
  readonly units: bigint;
  /** Digits after the point. */
  readonly digits: number;
}

const form = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Reads "1234.56"; undefined when the text is no decimal number. */
export function parseAmount(text: string): Amount | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const fraction = match[3] ?? "";
  const units = BigInt(`${match[2] ?? "0"}${fraction}`);
  return { units: match[1] === "-" ? -units : units, digits: fraction.length };
}

export function amountText({ units, digits }: Amount): string {
  const sign = units < 0n ? "-" : "";
  const figures = (units < 0n ? -units : units).toString().padStart(digits + 1, "0");
  if (digits === 0) return sign + figures;
  return `${sign}${figures.slice(0, -digits)}.${figures.slice(-digits)}`;
}

function scaled(amount: Amount, digits: number): bigint {
  return amount.units * 10n ** BigInt(digits - amount.digits);
}

/** Exact sum; the result has the most digits of its parts. Text that is no number is a fault of the caller. */
export function sumAmounts(texts: readonly string[]): string {
  const parts = texts.map((text) => {
    const part = parseAmount(text);
    if (part === undefined) throw new RangeError(`not an amount: ${text}`);
    return part;
  });
  const digits = Math.max(0, ...parts.map((part) => part.digits));
  return amountText({ units: parts.reduce((sum, part) => sum + scaled(part, digits), 0n), digits });
}

export function subtractAmounts(left: string, right: string): string {
  return sumAmounts([left, right.startsWith("-") ? right.slice(1) : `-${right}`]);
}

export function compareAmounts(left: string, right: string): number {
  const difference = parseAmount(subtractAmounts(left, right));
  if (difference === undefined || difference.units === 0n) return 0;
  return difference.units < 0n ? -1 : 1;
}

export function isZero(text: string): boolean {
  return /^-?0+(\.0+)?$/.test(text);
}

export function isNegative(text: string): boolean {
  return text.startsWith("-") && !isZero(text);
}

/** Sums per currency, in order of first appearance. */
export function sumByCurrency<T extends { readonly currency: string }>(
  rows: readonly T[],
  pick: (row: T) => string,
): { readonly currency: string; readonly amount: string }[] {
  const groups = new Map<string, string[]>();
  for (const row of rows) groups.set(row.currency, [...(groups.get(row.currency) ?? []), pick(row)]);
  return [...groups].map(([currency, texts]) => ({ currency, amount: sumAmounts(texts) }));
}

/** Share of a whole for drawing only (bars, charts): a picture, not a figure. */
export function drawnShare(part: string, whole: string): number {
  const divisor = Number(whole);
  return divisor === 0 ? 0 : Number(part) / divisor;
}

/** Reads what a person types, in either language: "1 234,56", "1,234.56", "1234.5". Undefined when unclear. */
export function typedAmount(typed: string): string | undefined {
  const text = typed.replace(/[\s\u00a0\u202f']/g, "").replace("\u2212", "-");
  const lastComma = text.lastIndexOf(",");
  const lastPoint = text.lastIndexOf(".");
  const decimal = lastComma > lastPoint ? "," : ".";
  const grouping = decimal === "," ? "." : ",";
  const plain = text.split(grouping).join("").replace(decimal, ".");
  return parseAmount(plain) === undefined ? undefined : plain;
}
