import type { Barred, DeadlineRules } from './contract.ts';

/** A vendor's rules as one connection can follow them: a step that it may not take is replaced by the reason. */
export function connectionDeadlines(rules: DeadlineRules, barred: Barred): DeadlineRules {
  return {
    ...rules,
    next(about, row) {
      const step = rules.next(about, row);
      const why = step.kind === 'write' ? barred[step.ability] : undefined;
      return why === undefined ? step : { kind: 'elsewhere', sentence: why.no.replace(/\.$/, '') };
    },
  };
}
