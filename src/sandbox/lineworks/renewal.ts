import { Refused } from './errors.ts';
import { countsLicenses, freshPlanOf, groupOf, isPaid } from './plans.ts';
import { checkPaidPlan, licensesIn, neededLicenses, neededWord, type RequestInput, wordIn } from './request-input.ts';
import type { StoredRenewal, StoredRow } from './stored-row.ts';

/**
 * What `renewal` becomes: STAY keeps today's terms, CHANGE takes the given ones (licences with licence plans only),
 * CANCEL ends with the contract. Only paid plans renew. Throws Refused.
 */
export function changedRenewal(held: StoredRow, asked: RequestInput): StoredRenewal {
  const type = neededWord(asked, 'type');
  if (!isPaid(held.plan)) throw new Refused(400, 'BAD_REQUEST', 'Only a paid subscription can be renewed.');
  const own = held.licenseCount === null ? {} : { licenseCount: held.licenseCount };
  switch (type) {
    case 'STAY':
      return { type, productId: held.productId, plan: held.plan, ...own };
    case 'CANCEL':
      return { type };
    case 'CHANGE':
      return otherTerms(held, asked);
    default:
      throw new Refused(400, 'INVALID_PARAMETER', `type ${type} is not one of STAY, CHANGE, CANCEL.`);
  }
}

function otherTerms(held: StoredRow, asked: RequestInput): StoredRenewal {
  const productId = wordIn(asked, 'productId') ?? held.productId;
  const plan = checkPaidPlan(wordIn(asked, 'plan') ?? held.plan);
  const given = licensesIn(asked);
  if (asked.productId === undefined && asked.plan === undefined && given === null) {
    throw new Refused(400, 'MISSING_PARAMETER', 'CHANGE needs productId, plan or licenseCount.');
  }
  if (groupOf(productId) !== groupOf(held.productId) || freshPlanOf(productId) !== null) {
    throw new Refused(400, 'INVALID_PARAMETER', `${held.productId} cannot be renewed as ${productId}.`);
  }
  if (!countsLicenses(plan)) {
    if (given !== null) throw new Refused(400, 'INVALID_PARAMETER', `plan ${plan} takes no licenseCount.`);
    return { type: 'CHANGE', productId, plan };
  }
  return {
    type: 'CHANGE',
    productId,
    plan,
    licenseCount: held.licenseCount === null ? neededLicenses(asked) : (given ?? held.licenseCount),
  };
}
