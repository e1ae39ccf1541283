import { environmentTopic } from './environment.ts';
import { exitCodesTopic } from './exit-codes.ts';
import { filterTopic } from './filter.ts';
import { jsonTopic } from './json.ts';
import { keysTopic } from './keys.ts';
import { settingsTopic } from './settings.ts';
import type { Topic } from './topic.ts';

/** The topics of `subdeck help`, in the order of its overview. */
export const topics: readonly Topic[] = [
  filterTopic,
  settingsTopic,
  environmentTopic,
  exitCodesTopic,
  jsonTopic,
  keysTopic,
];
