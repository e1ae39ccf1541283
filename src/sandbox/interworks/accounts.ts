import { plainName } from '../names/companies.ts';
import type { SandboxApp } from '../vendor.ts';
import { missing, ok } from './answers.ts';
import { type Book, productAt, products } from './dataset.ts';
import { type Collection, listingOf } from './listing.ts';

/** Accounts and products of the reseller whose user asks. */
export function accountRoutes(app: SandboxApp, bookOf: (holder: string) => Book): void {
  const listAccounts = listingOf(accountsOf);
  const listProducts = listingOf(productsOf);
  app.get('/api/accounts', (c) => listAccounts(bookOf(c.get('holder')), c));
  app.get('/api/accounts/:id', (c) => {
    const book = bookOf(c.get('holder'));
    const account = accountIn(book, Number(c.req.param('id')));
    return account === null ? missing('account') : ok(accountView(book, account));
  });
  app.get('/api/products', (c) => listProducts(bookOf(c.get('holder')), c));
  app.get('/api/products/:id', (c) => {
    const book = bookOf(c.get('holder'));
    const product = productIn(book, Number(c.req.param('id')));
    return product === null ? missing('product') : ok(productView(book, product));
  });
}

/** The account's place, or null for an id that names none. */
export function accountIn(book: Book, id: number): number | null {
  const account = book.ids.account.indexOf(id);
  return account !== null && account < book.accounts ? account : null;
}

/** The product's place, or null for an id that names none. */
export function productIn(book: Book, id: number): number | null {
  const product = book.ids.product.indexOf(id);
  return product !== null && product < products.length ? product : null;
}

function accountsOf(book: Book): Collection<number> {
  return {
    count: book.accounts,
    version: 0,
    at: (index) => index,
    shown: (account) => accountView(book, account),
    properties: {
      id: (account) => book.ids.account.of(account),
      name: (account) => book.accountName(account),
      code: (account) => accountView(book, account).code,
      email: (account) => accountView(book, account).email,
      phone: (account) => accountView(book, account).phone,
      orderingenabled: (account) => account % 6 !== 0,
    },
  };
}

function accountView(book: Book, account: number) {
  const name = book.accountName(account);
  return {
    id: book.ids.account.of(account),
    name,
    code: `ACC${String(account + 1).padStart(6, '0')}`,
    phone: `+30 210 ${1_000_000 + account}`,
    registrationNumber: account % 4 === 0 ? null : `EL${90_000_000 + account}`,
    businessActivity: null,
    enableOrdering: account % 6 !== 0,
    email: `info@${plainName(name ?? 'account').slice(0, 40)}-${account}.example`,
    billToAccountId: null,
    enableReselling: false,
  };
}

function productsOf(book: Book): Collection<number> {
  return {
    count: products.length,
    version: 0,
    at: (index) => index,
    shown: (product) => productView(book, product),
    properties: {
      id: (product) => book.ids.product.of(product),
      name: (product) => productAt(product).name,
      code: (product) => productAt(product).code,
    },
  };
}

function productView(book: Book, product: number) {
  const { name, code } = productAt(product);
  return { id: book.ids.product.of(product), name, code };
}
