import { businessError, invalid } from './answers.ts';
import type { Dataset } from './dataset.ts';
import { offerAt } from './row.ts';
import { productIndex } from './views.ts';

type Fields = ReadonlyMap<string, unknown> | null;

const most = 1_000_000;

/** The place of the plan that a body's `productId` names in this service's price list, or the error. */
export function orderedProduct(dataset: Dataset, offer: number, fields: Fields): number | Response {
  const id = fields?.get('productId');
  if (typeof id !== 'string' || id === '') return invalid({ ProductId: ['The ProductId field is required.'] });
  const product = dataset.ids.product.indexOf(id);
  const plan = product === null ? -1 : product - productIndex(offer, 0);
  return offerAt(offer).plans[plan] === undefined
    ? businessError(400, 'InvalidValue', 'The product is not in the price list of this service.')
    : plan;
}

/** The quantity that a body asks for; null where the service is metered, which takes none. Or the error. */
export function quantityIn(metered: boolean, fields: Fields): number | null | Response {
  const quantity = fields?.get('quantity') ?? null;
  if (metered)
    return quantity === null ? null : businessError(400, 'InvalidValue', 'A metered product takes no quantity.');
  if (quantity === null) return invalid({ Quantity: ['The Quantity field is required.'] });
  return typeof quantity === 'number' && Number.isInteger(quantity) && quantity >= 1 && quantity <= most
    ? quantity
    : invalid({ Quantity: [`The field Quantity must be between 1 and ${most}.`] });
}
