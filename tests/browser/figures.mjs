// Figures as they stand on a page, read back to the exact text the program gives; sums in whole minor units.

/** "−1,724.14 EUR" or "−1 724,14 EUR" → "-1724.14". Throws when the text holds no figure. */
export function figure(shown) {
  const digits = shown.replace(/[\s\u00a0\u202f]|[A-Z]{3}$/g, '').replace('\u2212', '-');
  const cut = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const decimals = cut >= 0 && digits.length - cut === 3 ? digits.slice(cut + 1) : '';
  const whole = (decimals === '' ? digits : digits.slice(0, cut)).replace(/[.,]/g, '');
  const text = decimals === '' ? whole : `${whole}.${decimals}`;
  if (!/^-?\d+(\.\d\d)?$/.test(text)) throw new Error(`no figure: "${shown}"`);
  return text;
}

/** "-1724.14" → -172414n; two decimals. */
export const cents = (text) => BigInt(text.replace('.', ''));

export function text_of(amount) {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
