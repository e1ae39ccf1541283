/** A company that buys from several vendors: the only ones that do on purpose. Each vendor's folder lists its own. */
export interface SharedCustomer {
  readonly name: string;
  readonly domain: string;
}

export const acme: SharedCustomer = { name: 'Acme Oy', domain: 'acme.example' };
export const kuusela: SharedCustomer = { name: 'Kuusela Logistics Oy', domain: 'kuusela.example' };
export const hollenstein: SharedCustomer = { name: 'Hollenstein & Söhne GmbH', domain: 'hollenstein.example' };
export const tokai: SharedCustomer = { name: '東海精機株式会社', domain: 'tokai-seiki.example' };
export const pemberton: SharedCustomer = { name: 'Pemberton Care Homes Ltd', domain: 'pemberton-care.example' };
export const vallmark: SharedCustomer = { name: 'Vallmark Fastigheter AB', domain: 'vallmark.example' };

/** These two have another name at one vendor: only the domain tells, at vendors that give one. */
export const bergmann: SharedCustomer = { name: 'Bergmann Print AG', domain: 'bergmann-print.example' };
export const lindholm: SharedCustomer = { name: 'Lindholm Rederi AS', domain: 'lindholm-rederi.example' };

/** Early ones, so that small datasets have them too. */
const firstCustomer = 1;

/** The shared company that a vendor's customer `index` is; null for all others. */
export function amongCustomers(shared: readonly SharedCustomer[]): (index: number) => SharedCustomer | null {
  return (index) => shared[index - firstCustomer] ?? null;
}
