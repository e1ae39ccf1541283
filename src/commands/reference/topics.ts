import { assumptionsTopic } from './assumptions.ts';
import { commandsTopic } from './commands.ts';
import { environmentTopic } from './environment.ts';
import { exitCodesTopic } from './exit-codes.ts';
import { faultsTopic } from './faults.ts';
import { fieldsTopic } from './fields.ts';
import { filterTopic } from './filter.ts';
import { jsonTopic } from './json.ts';
import { keysTopic } from './keys.ts';
import { settingsTopic } from './settings.ts';
import type { Topic } from './topic.ts';
import { vendorsTopic } from './vendors.ts';

/** The topics of `subdeck help`, in the order of its overview, and the pages of docs/reference. */
export const topics: readonly Topic[] = [
  commandsTopic,
  keysTopic,
  filterTopic,
  fieldsTopic,
  settingsTopic,
  environmentTopic,
  exitCodesTopic,
  jsonTopic,
  vendorsTopic,
  assumptionsTopic,
  faultsTopic,
];
