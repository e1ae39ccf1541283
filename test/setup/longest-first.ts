import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Here a file of ten lines runs a suite that is kept elsewhere, on servers and processes of its own: its size says nothing. */
const long = /\/test\/(?:torture|journal|team|hostile|vendors)\//;

/**
 * In a fresh clone nothing is known of how long a file takes, and vitest begins with the largest. Those that take long come before
 * them, so that no worker is left alone with one at the end.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    // One project after another: their files share workers.
    const projects = [...new Set(sorted.map(({ project }) => project))];
    return projects.flatMap((project) => {
      const own = sorted.filter((file) => file.project === project);
      return [
        ...own.filter(({ moduleId }) => long.test(moduleId)),
        ...own.filter(({ moduleId }) => !long.test(moduleId)),
      ];
    });
  }
}
