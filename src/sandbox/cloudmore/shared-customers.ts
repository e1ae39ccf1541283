import { acme, amongCustomers, bergmann, hollenstein, kuusela, pemberton } from '../names/shared-customers.ts';

/** The organizations that are customers of other vendors too, by index. */
export const sharedCustomer = amongCustomers([acme, kuusela, hollenstein, pemberton, bergmann]);
