import { guids, type Ids } from '../ids.ts';
import { salt } from '../seeded-random.ts';

export interface DatasetIds {
  readonly subscription: Ids<string>;
  readonly order: Ids<string>;
  readonly offer: Ids<string>;
  readonly customer: Ids<string>;
  readonly reseller: Ids<string>;
  readonly provider: Ids<string>;
  /** The provider's own id of a subscription. */
  readonly provided: Ids<string>;
}

export function datasetIds(seed: number): DatasetIds {
  const of = (kind: string) => guids(seed, salt(`cloudcockpit ${kind}`));
  return {
    subscription: of('subscription'),
    order: of('order'),
    offer: of('offer'),
    customer: of('customer'),
    reseller: of('reseller'),
    provider: of('provider'),
    provided: of('provided'),
  };
}
