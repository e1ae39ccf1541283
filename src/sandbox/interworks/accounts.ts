import { plainName } from '../names/companies.ts';
import type { SandboxApp } from '../vendor.ts';
import { missing, ok } from './answers.ts';
import { type Dataset, productAt, products } from './dataset.ts';
import { type Collection, listingOf } from './listing.ts';

/** Accounts and products of the reseller whose user asks. */
export function accountRoutes(app: SandboxApp, datasetOf: (holder: string) => Dataset): void {
  const listAccounts = listingOf(accountsOf);
  const listProducts = listingOf(productsOf);
  app.get('/api/accounts', (c) => listAccounts(datasetOf(c.get('holder')), c));
  app.get('/api/accounts/:id', (c) => {
    const dataset = datasetOf(c.get('holder'));
    const account = accountIn(dataset, Number(c.req.param('id')));
    return account === null ? missing('account') : ok(accountView(dataset, account));
  });
  app.get('/api/products', (c) => listProducts(datasetOf(c.get('holder')), c));
  app.get('/api/products/:id', (c) => {
    const dataset = datasetOf(c.get('holder'));
    const product = productIn(dataset, Number(c.req.param('id')));
    return product === null ? missing('product') : ok(productView(dataset, product));
  });
}

/** The account's place, or null for an id that names none. */
export function accountIn(dataset: Dataset, id: number): number | null {
  const account = dataset.ids.account.indexOf(id);
  return account !== null && account < dataset.accounts ? account : null;
}

/** The product's place, or null for an id that names none. */
export function productIn(dataset: Dataset, id: number): number | null {
  const product = dataset.ids.product.indexOf(id);
  return product !== null && product < products.length ? product : null;
}

function accountsOf(dataset: Dataset): Collection<number> {
  return {
    count: dataset.accounts,
    version: 0,
    at: (index) => index,
    shown: (account) => accountView(dataset, account),
    properties: {
      id: (account) => dataset.ids.account.of(account),
      name: (account) => dataset.accountName(account),
      code: (account) => accountView(dataset, account).code,
      email: (account) => accountView(dataset, account).email,
      phone: (account) => accountView(dataset, account).phone,
      orderingenabled: (account) => account % 6 !== 0,
    },
  };
}

function accountView(dataset: Dataset, account: number) {
  const name = dataset.accountName(account);
  const domain =
    dataset.sharedCustomer(account)?.domain ?? `${plainName(name ?? 'account').slice(0, 40)}-${account}.example`;
  return {
    id: dataset.ids.account.of(account),
    name,
    code: `ACC${String(account + 1).padStart(6, '0')}`,
    phone: `+30 210 ${1_000_000 + account}`,
    registrationNumber: account % 4 === 0 ? null : `EL${90_000_000 + account}`,
    businessActivity: null,
    enableOrdering: account % 6 !== 0,
    email: `info@${domain}`,
    webSite: account % 5 === 4 ? null : `https://www.${domain}/`,
    billToAccountId: null,
    enableReselling: false,
  };
}

function productsOf(dataset: Dataset): Collection<number> {
  return {
    count: products.length,
    version: 0,
    at: (index) => index,
    shown: (product) => productView(dataset, product),
    properties: {
      id: (product) => dataset.ids.product.of(product),
      name: (product) => productAt(product).name,
      code: (product) => productAt(product).code,
    },
  };
}

function productView(dataset: Dataset, product: number) {
  const { name, code } = productAt(product);
  return { id: dataset.ids.product.of(product), name, code };
}
