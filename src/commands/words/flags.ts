import { levels } from '../../model/vendor.ts';
import type { ArgumentSpec, FlagSpec } from '../command.ts';

export const connectionFlag: FlagSpec = {
  name: 'connection',
  value: 'C',
  help: 'this connection only',
  completes: 'connection',
};
export const withinFlag: FlagSpec = {
  name: 'within',
  value: 'LEVEL=CONNECTION/ID',
  help: 'below this seller, reseller, organization or service; LEVEL=ID finds it in the cache',
  completes: levels.map((level) => `${level}=`),
};
export const liveFlag: FlagSpec = { name: 'live', help: 'ask the vendor, even if the cache is fresh' };
export const refArgument: ArgumentSpec = {
  name: 'REF',
  help: 'connection/subscriptionId, or the id alone',
  completes: 'ref',
};
