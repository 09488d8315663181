import { parseQuantity } from './quantity.ts';

/** US dollars: `$30,000`, `$5.00`, `$0.30`; below a cent two digits are kept, `$0.0042`. */
export function formatUsd(usd: number): string {
  const amount = Math.abs(usd);
  const digits =
    amount >= 99.995
      ? { maximumFractionDigits: 0 }
      : amount >= 0.01 || amount === 0
        ? { minimumFractionDigits: 2, maximumFractionDigits: 2 }
        : { maximumSignificantDigits: 2 };
  return `${usd < 0 ? '-' : ''}$${amount.toLocaleString('en-US', digits)}`;
}

/** Money in any currency: `$30,000`, `€30`, `CHF 30`. */
export function formatMoney(amount: number, currency: string): string {
  const symbol = ({ USD: '$', EUR: '€', GBP: '£', INR: '₹', JPY: '¥' } as Partial<Record<string, string>>)[currency];
  return formatUsd(amount).replace('$', symbol ?? `${currency} `);
}

/** Reads US dollars as people write them: `~$500`, `$0.01`, `$1.5k`, `$ 2,500`, `USD 500`, `$500 USD`; null for anything else. */
export function parseUsd(text: string): number | null {
  const amount = text.trim().replace(/^[~≈]/, '').trimStart();
  return parseQuantity(amount.replace(/^(?:US\$|USD|\$)/i, '').replace(/USD$/i, ''));
}
